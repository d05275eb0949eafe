"""A referral after it has left: opened, answered, followed, and what came of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.audit.commands import AuditEvent
from resourcedir.errors import BadInput, NotFound, TransitionNotAllowed
from resourcedir.identity import Identity, Officer, Provider
from resourcedir.referrals import ground, lifecycle, queries
from resourcedir.referrals.commands.acting import By, Who, add_event, audit, is_done, move
from resourcedir.referrals.commands.effects import follow, take_back
from resourcedir.referrals.lifecycle import (
    CLOSED,
    NOTE_MAX_LENGTH,
    SOURCES,
    TRANSITIONS,
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    Step,
    WordOf,
)
from resourcedir.referrals.models import Outcome, Referral, ReferralEvent
from resourcedir.referrals.outcomes import Milestone, milestones
from resourcedir.referrals.packet import broad_need
from resourcedir.texts import N_

_APART: Final = frozenset({Action.SEND, Action.RECORD, Action.OPEN})
_TREATMENT: Final = "treatment"
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
    milestone: Milestone | None = None


def take_step(session: Session, by: By[Who], referral_id: UUID, asked: Asked) -> Referral:
    """Move a referral along, and keep who did it, when, on whose word and why.

    The same step from the same page by the same person is done once and answered as done.

    :raises NotFound: if the referral is not this person's.
    :raises NotAllowed, TransitionNotAllowed: as ``lifecycle.step``; nothing is changed then.
    :raises StaleRecord: saying what somebody else did meanwhile.
    """
    referral = _to_act_on(session, by.who, referral_id)
    if asked.step.action in _APART:
        raise TransitionNotAllowed(N_("This step has a page of its own."))
    was = queries.state_now(session, referral, by.today)
    words = lifecycle.words_of(asked.step.action, referral.mode, by.who.role)
    word_of = asked.word_of or words[0]
    step = lifecycle.only_asked(was, by.who.role, asked.step, word_of)
    if is_done(session, referral, by, asked.version, step, word_of):
        return referral
    status = lifecycle.step(was, by.who.role, step, word_of)
    if word_of not in words:
        raise TransitionNotAllowed(N_("Choose who says so."))
    _check_disclosure(session, referral, by, step.action, status)
    mistaken = _mistaken(session, referral, step.action)
    move(session, referral, step, status)
    event = add_event(session, referral, by, step, word_of, corrects=mistaken)
    if (result := _result(step)) is not None:
        said = Said(
            result=result,
            source=word_of,
            on_date=asked.on_date or by.today,
            milestone=_finished(was, step, word_of),
        )
        _add_outcome(session, referral, by, said, event)
    follow(session, referral, by, step, was)
    if mistaken is not None:
        take_back(session, referral, mistaken, by.at)
    return referral


def _result(step: Step) -> Result | None:
    """Return what a step says of the outcome; what a clinic may not tell is not known."""
    if not TRANSITIONS[step.action].needs_result:
        return None
    return step.result or Result.NOT_KNOWN


def _finished(was: State, step: Step, word: WordOf) -> Milestone | None:
    """Return all that a clinic may tell of the end of treatment."""
    told = was.limited and word is WordOf.PROVIDER and step.action is Action.COMPLETE
    return Milestone.TREATMENT_FINISHED if told else None


def _mistaken(session: Session, referral: Referral, action: Action) -> ReferralEvent | None:
    moves = queries.last_moves(session, referral.id) if action is Action.CORRECT else ()
    return moves[0] if moves else None


def _check_disclosure(
    session: Session, referral: Referral, by: By[Who], action: Action, status: Status
) -> None:
    """Refuse words to the provider, and the packet anew, when nothing permits them any more."""
    tells = action in {Action.ANSWER_INFO, Action.MESSAGE} and isinstance(by.who, Officer)
    anew = action is Action.CORRECT and referral.status in CLOSED and status not in CLOSED
    if referral.mode is not Mode.LIVE or not (tells or anew):
        return
    if anew and queries.is_replaced(session, referral.id):
        raise BadInput(
            N_("The client was referred elsewhere meanwhile: this referral stays closed.")
        )
    if not ground.still_holds(queries.given_of(referral), by.today):
        raise BadInput(
            N_("The client's permission has ended: have the client sign a new one, or call.")
        )


def end_replaced(session: Session, by: By[Officer], referral_id: UUID) -> None:
    """Withdraw a missed referral when another has left in its place; others have ended already."""
    referral = queries.for_officer(session, by.who, referral_id)
    if referral.status is Status.NO_SHOW:
        step = Step(Action.WITHDRAW, Reason.OTHER_PLACE)
        take_step(session, by, referral_id, Asked(version=referral.version, step=step))


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
    if referral.status is Status.ENTERED_IN_ERROR:
        raise TransitionNotAllowed(N_("This was entered in error: nothing came of it."))
    if said.source not in SOURCES:
        raise BadInput(N_("Choose who says so."))
    limited = queries.state_now(session, referral, by.today).limited
    if limited and said.source is WordOf.PROVIDER and not _attendance_alone(said):
        raise BadInput(
            N_("On the word of a place of treatment only attendance is kept: ask the client.")
        )
    return _add_outcome(session, referral, by, said)


def _attendance_alone(said: Said) -> bool:
    told = {None, Milestone.ATTENDED, Milestone.TREATMENT_FINISHED}
    return said.result is Result.NOT_KNOWN and not said.note and said.milestone in told


def record_release(
    session: Session, by: By[Officer], referral_id: UUID, until_on: date | None
) -> Referral:
    """Keep until when the client lets a clinic tell more than attendance; None ends it.

    :raises TransitionNotAllowed: if it is no place of treatment.
    """
    referral = queries.for_officer(session, by.who, referral_id)
    if not referral.clinical:
        raise TransitionNotAllowed(N_("Only places of treatment need such a release."))
    referral.report_until_on = until_on
    session.flush()
    audit(session, referral.id, by, AuditEvent.REFERRAL_CHANGED)
    return referral


def _add_outcome(
    session: Session,
    referral: Referral,
    by: By[Who],
    said: Said,
    event: ReferralEvent | None = None,
) -> Outcome:
    if said.on_date > by.today:
        raise BadInput(N_("The day is not yet: put in today or an earlier day."))
    sent_at = referral.sent_at if referral.mode is Mode.LIVE else None
    if sent_at is not None and said.on_date < sent_at.date() - _DAY:
        raise BadInput(N_("The day lies before the referral: put in the day it was true."))
    if len(said.note) > NOTE_MAX_LENGTH:
        raise BadInput(N_("Shorten the note to 500 characters."))
    kind = _TREATMENT if referral.clinical else broad_need(referral.need_code)
    if said.milestone is not None and said.milestone not in milestones(kind):
        raise BadInput(N_("Choose how far it came from the list."))
    last = session.scalar(
        select(Outcome)
        .where(Outcome.referral_id == referral.id, Outcome.taken_back_at.is_(None))
        .order_by(Outcome.recorded_at.desc(), Outcome.id)
        .limit(1)
    )
    if last is not None and _same(last, by, said):
        return last
    outcome = Outcome(
        referral_id=referral.id,
        event_id=event.id if event else None,
        result=said.result,
        milestone=said.milestone,
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
    kept = Said(
        result=last.result,
        source=last.source,
        on_date=last.on_date,
        note=last.note,
        milestone=last.milestone,
    )
    return kept == replace(said, note=said.note.strip()) and last.recorded_by == by.who.user_id


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
