"""Does what is due by itself, in a thread or a process, until stopped.

Any number of workers may run at once, on any number of machines: each row of what is due is
claimed in the database, and is done by exactly one of them.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from random import sample
from threading import Event, Thread
from time import monotonic
from typing import Final
from uuid import UUID

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from resourcedir import clock
from resourcedir.db import writing
from resourcedir.errors import DomainError
from resourcedir.extensions import db
from resourcedir.referrals import commands, queries
from resourcedir.referrals.models import Referral

PAUSE_S: Final = 5.0  # between two looks; a hold or a deadline is told in hours
BATCH: Final = 100
COUNTED_EVERY_S: Final = 3600.0  # what came of referrals moves by the day

logger = logging.getLogger(__name__)


def do_what_is_due() -> int:
    """Do all that is due now, each thing in a transaction of its own; return how many were done."""
    done, failed = 0, set[UUID]()
    while True:
        with db.sessionmaker() as session:
            ids = queries.due_ids(session, clock.now(), BATCH + len(failed))
        if not (left := set(ids) - failed):
            break
        for each in sample(list(left), len(left)):  # several workers do not wait for one row
            try:
                done += _do(each)
            except (DomainError, SQLAlchemyError) as error:  # the others must not wait for it
                logger.warning("due %s: %s", each, type(error).__name__)
                failed.add(each)
    return done


def offer_what_is_free() -> int:
    """Offer openings that providers have told to those who wait for them; return to how many."""
    with db.sessionmaker() as session:
        services = queries.services_waited_for(session)
    offered = 0
    for each in services:
        try:
            with db.sessionmaker() as session:
                offered += commands.offer_freed(writing(session), each, clock.now())
                session.commit()
        except (DomainError, SQLAlchemyError) as error:
            logger.warning("openings of %s: %s", each, type(error).__name__)
    return offered


def plan_what_is_owed() -> int:
    """Give a time to answers that are owed without one, as of referrals from before there were."""
    with db.sessionmaker() as session:
        ids = queries.owed_without_time(writing(session))
        for each in ids:
            commands.plan_answer(session, session.get_one(Referral, each), clock.now())
        session.commit()
    return len(ids)


def count_what_came() -> int:
    """Keep what came of the referrals to each listing; return of how many that has changed."""
    with db.sessionmaker() as session:
        changed = commands.recount(writing(session), clock.now())
        session.commit()
    return changed


def tend(app: Flask, stop: Event) -> None:
    """Do what is due, again and again, until ``stop`` is set."""
    with app.app_context():
        planned, count_at = False, monotonic()
        while not stop.is_set():
            try:
                if not planned:
                    plan_what_is_owed()
                    planned = True
                do_what_is_due()
                offer_what_is_free()
                if monotonic() >= count_at:
                    count_at = monotonic() + COUNTED_EVERY_S
                    count_what_came()
            except Exception as error:  # the outer edge: one bad row must not end the others
                logger.warning("what is due waits: %s", type(error).__name__)
            stop.wait(PAUSE_S)


@contextmanager
def tending(app: Flask) -> Iterator[None]:
    """Do what is due in a thread until the block ends."""
    stop = Event()
    thread = Thread(target=tend, args=(app, stop), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _do(due_id: UUID) -> bool:
    with db.sessionmaker() as session:
        done = commands.do_due(writing(session), due_id, clock.now())
        session.commit()
    return done
