"""Changes a listing each second from another process than those that serve, as staff would."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from threading import Event, Thread
from typing import Final
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from bench.web.stage import Stage
from resourcedir import clock
from resourcedir.accounts.models import User
from resourcedir.db import writing
from resourcedir.directory.commands import Hand, mark_still_true
from resourcedir.directory.models import Listing
from resourcedir.extensions import db
from resourcedir.identity import Administrator

EVERY_S: Final = 1.0
OF: Final = 500  # listings, in turn


class Changes:
    """How many listings were changed."""

    def __init__(self) -> None:
        self.count = 0


@contextmanager
def changing(stage: Stage) -> Iterator[Changes]:
    """Change listings until the block ends."""
    changes, stop = Changes(), Event()
    with stage.app() as app:
        thread = Thread(target=_change, args=(app, changes, stop))
        thread.start()
        try:
            yield changes
        finally:
            stop.set()
            thread.join()


def _change(app: Flask, changes: Changes, stop: Event) -> None:
    with app.app_context():
        with db.sessionmaker() as session:
            found = session.scalars(select(Listing.number).order_by(Listing.number).limit(OF))
            numbers, user = cycle(found.all()), session.scalars(select(User).limit(1)).one()
            by = Administrator(user.id, user.agency_id or uuid4())
        for number in numbers:
            with writing(db.sessionmaker()) as session:
                listing = session.get_one(Listing, number)
                mark_still_true(session, listing, Hand(by, clock.now()))
                session.commit()
            changes.count += 1
            if stop.wait(EVERY_S):
                return
