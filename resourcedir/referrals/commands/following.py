"""A referral after it has left: opened, answered, followed, and what came of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.audit.commands import AuditEvent
from resourcedir.errors import BadInput, NotFound, TransitionNotAllowed
from resourcedir.identity import Identity, Officer, Provider
from resourcedir.referrals import ground, lifecycle, queries
from resourcedir.referrals.commands.acting import By, Who, add_event, audit, is_done
from resourcedir.referrals.lifecycle import (
    NOTE_MAX_LENGTH,
    TRANSITIONS,
    Action,
    Mode,
    Result,
    Step,
    WordOf,
)
from resourcedir.referrals.models import Outcome, Referral
from resourcedir.texts import N_

_DAY: Final = timedelta(days=1)  # where the officer is it may be the day before


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A step that somebody asks to take. ``version``: of the referral as they read it."""

    version: int
    step: Step
    word_of: WordOf | None = None  # None: the usual one
    on_date: date | None = None  # None: today


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says came of it."""

    result: Result
    source: WordOf
    on_date: date
    note: str = ""


def take_step(session: Session, by: By[Who], referral_id: UUID, asked: Asked) -> Referral:
    """Move a referral along, and keep who did it, when, on whose word and why.

    The same step from the same page by the same person is done once and answered as done.

    :raises NotFound: if the referral is not this person's.
    :raises NotAllowed, TransitionNotAllowed: as ``lifecycle.step``; nothing is changed then.
    :raises StaleRecord: saying what somebody else did meanwhile.
    """
    referral = _to_act_on(session, by.who, referral_id)
    if asked.step.action in {Action.SEND, Action.RECORD, Action.OPEN}:
        raise TransitionNotAllowed(N_("This step has a page of its own."))
    if is_done(session, referral, by, asked.version, asked.step):
        return referral
    state = queries.state_of(referral)
    status = lifecycle.step(state, by.who.role, asked.step)
    words = lifecycle.words_of(asked.step.action, referral.mode, by.who.role)
    word_of = asked.word_of or words[0]
    if word_of not in words:
        raise TransitionNotAllowed(N_("Choose who says so."))
    referral.status = status
    session.flush()
    add_event(session, referral, by, asked.step, word_of)
    if TRANSITIONS[asked.step.action].needs_result and asked.step.result is not None:
        on_date = asked.on_date or by.today
        said = Said(result=asked.step.result, source=word_of, on_date=on_date)
        _add_outcome(session, referral, by, said)
    return referral


def told_by_phone(session: Session, by: By[Officer], referral_id: UUID, asked: Asked) -> Referral:
    """Take a step that is the provider's, on the word of somebody who told the officer.

    :raises TransitionNotAllowed: for a step that nobody tells, and as ``take_step``.
    """
    if not TRANSITIONS[asked.step.action].told:
        raise TransitionNotAllowed(N_("This step is not one that somebody tells."))
    return take_step(session, by, referral_id, asked)


def open_by_provider(session: Session, by: By[Provider], referral_id: UUID) -> Referral:
    """Show the provider who it is, from now on. Opening it again changes nothing.

    :raises NotFound: if it was not sent to this provider.
    :raises TransitionNotAllowed: if it has ended, or the client's release has.
    """
    referral = _to_act_on(session, by.who, referral_id)
    if referral.opened_at is not None:
        return referral
    step = Step(Action.OPEN)
    lifecycle.step(queries.state_of(referral), by.who.role, step)
    if not ground.still_holds(queries.given_of(referral), by.today):
        raise TransitionNotAllowed(
            N_("The client's permission has ended. Call the officer; the reference names it.")
        )
    referral.opened_at = by.at
    session.flush()
    add_event(session, referral, by, step, WordOf.PROVIDER)
    audit(session, referral.id, by, AuditEvent.REFERRAL_DISCLOSED)
    return referral


def record_outcome(session: Session, by: By[Officer], referral_id: UUID, said: Said) -> Outcome:
    """Keep what one source says came of it, beside what others say. Twice the same is once.

    :raises TransitionNotAllowed: for a draft: nothing can have come of it.
    :raises BadInput: for a day that is not yet, or a note that is too long.
    """
    referral = queries.for_officer(session, by.who, referral_id)
    if referral.sent_at is None:
        raise TransitionNotAllowed(N_("This never left: nothing can have come of it."))
    return _add_outcome(session, referral, by, said)


def _add_outcome(session: Session, referral: Referral, by: By[Who], said: Said) -> Outcome:
    if said.on_date > by.today:
        raise BadInput(N_("The day is not yet: put in today or an earlier day."))
    if referral.sent_at is not None and said.on_date < referral.sent_at.date() - _DAY:
        raise BadInput(N_("The day lies before the referral: put in the day it was true."))
    if len(said.note) > NOTE_MAX_LENGTH:
        raise BadInput(N_("Shorten the note to 500 characters."))
    last = session.scalar(
        select(Outcome)
        .where(Outcome.referral_id == referral.id)
        .order_by(Outcome.recorded_at.desc(), Outcome.id)
        .limit(1)
    )
    if last is not None and _same(last, by, said):
        return last
    outcome = Outcome(
        referral_id=referral.id,
        result=said.result,
        source=said.source,
        on_date=said.on_date,
        recorded_by=by.who.user_id,
        recorded_at=by.at,
    )
    session.add(outcome)
    outcome.note = said.note.strip()
    session.flush()
    audit(session, referral.id, by, AuditEvent.REFERRAL_CHANGED)
    return outcome


def _same(last: Outcome, by: By[Who], said: Said) -> bool:
    kept = (last.result, last.source, last.on_date, last.note, last.recorded_by)
    return kept == (said.result, said.source, said.on_date, said.note.strip(), by.who.user_id)


def _to_act_on(session: Session, who: Identity, referral_id: UUID) -> Referral:
    match who:
        case Officer():
            return queries.for_officer(session, who, referral_id)
        case Provider():
            return _for_provider(session, who, referral_id)
        case _:
            raise NotFound


def _for_provider(session: Session, scope: Provider, referral_id: UUID) -> Referral:
    referral = session.scalar(
        select(Referral)
        .where(
            Referral.id == referral_id,
            Referral.organization_id == scope.organization_id,
            Referral.mode == Mode.LIVE,
            Referral.sent_at.is_not(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if referral is None:
        raise NotFound
    return referral
