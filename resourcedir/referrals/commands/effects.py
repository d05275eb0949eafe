"""What follows when a referral moves: intakes, holds, deadlines, the listing's own record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from resourcedir.directory.capacity import report_from_referral, take_back_report
from resourcedir.directory.kinds import WrongFact
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import BadInput
from resourcedir.referrals import appointments
from resourcedir.referrals.commands.acting import Actor, By
from resourcedir.referrals.commands.holding import settle
from resourcedir.referrals.commands.planning import plan_answer, plan_intake
from resourcedir.referrals.due import IntakeEnding
from resourcedir.referrals.lifecycle import CLOSED, UNANSWERED, Action, Reason, State, Status, Step
from resourcedir.referrals.models import IntakeAppointment, Outcome, Referral, ReferralEvent
from resourcedir.texts import N_

TELLS_OF: Final[Mapping[tuple[Action, Reason], WrongFact]] = {
    (Action.DECLINE, Reason.FULL): WrongFact.OPENINGS,
    (Action.WAITLIST, Reason.FULL): WrongFact.OPENINGS,
    (Action.DECLINE, Reason.CLOSED): WrongFact.CLOSED,
    (Action.DECLINE, Reason.PLACE_MOVED): WrongFact.PLACE,
    (Action.WITHDRAW, Reason.PLACE_MOVED): WrongFact.PLACE,
    (Action.WITHDRAW, Reason.PLACE_NOT_REACHED): WrongFact.PHONE,
    (Action.CALL, Reason.WRONG_NUMBER): WrongFact.PHONE,
    (Action.EXPIRE, Reason.NO_ANSWER): WrongFact.PHONE,
}
"""What a step says of the listing: it asks for a new check of that."""

_ENDS_INTAKE: Final[Mapping[Action, IntakeEnding]] = {
    Action.START: IntakeEnding.KEPT,
    Action.COMPLETE: IntakeEnding.KEPT,
    Action.MISS: IntakeEnding.MISSED,
}


def follow(session: Session, referral: Referral, by: By[Actor], step: Step, was: State) -> None:
    """Do what follows from a step that was taken; ``was``: how the referral stood before it."""
    _intake(session, referral, step, was, by.at)
    if step.action is Action.WAITLIST:
        # Who was on the list and is put there again keeps the place.
        referral.waitlisted_at = referral.waitlisted_at or by.at
        referral.wait_days = step.wait_days
    if referral.status is not was.status:
        settle(session, referral, was, step, by.at)
        if UNANSWERED & {was.status, referral.status}:
            plan_answer(session, referral, by.at, taken_back=step.action is Action.CORRECT)
    if referral.sent_at is not None and step.reason is not None:
        _tell_listing(session, referral, by, TELLS_OF.get((step.action, step.reason)))
    session.flush()


def take_back(session: Session, referral: Referral, mistaken: ReferralEvent, at: datetime) -> None:
    """Undo what a step brought besides the status: what was said with it, an intake's end."""
    session.execute(
        update(Outcome)
        .where(Outcome.event_id == mistaken.id, Outcome.taken_back_at.is_(None))
        .values(taken_back_at=at)
    )
    take_back_report(session, referral.listing_number, mistaken.at, at)
    if mistaken.action is Action.WAITLIST:
        referral.waitlisted_at = None
    if mistaken.action is Action.SCHEDULE:
        _end(present_intake(session, referral), IntakeEnding.CANCELED, at)
    if referral.status is not Status.INTAKE_SCHEDULED:
        return
    ended_by_it = session.scalar(
        select(IntakeAppointment).where(
            IntakeAppointment.referral_id == referral.id,
            IntakeAppointment.ended_at == mistaken.at,
        )
    )
    if ended_by_it is not None:
        ended_by_it.ended_at = ended_by_it.ending = ended_by_it.absence = None
        # A calendar that has a later time of it takes only what is later still.
        ended_by_it.sequence = _next_sequence(session, referral)
        session.flush()
    plan_intake(session, referral, ended_by_it, at)


def _tell_listing(
    session: Session, referral: Referral, by: By[Actor], fact: WrongFact | None
) -> None:
    """Ask for a check of what a step found wrong. That nothing is free may be what it says."""
    number = referral.listing_number
    if fact is WrongFact.OPENINGS:
        facts = listing_facts(session, [number])[number]
        if facts.job is not None:
            fact = WrongFact.CLOSED
        elif facts.openings is None or not facts.openings.available:
            return
    if fact is not None:
        report_from_referral(session, number, fact, by.at, by.who.user_id)


def present_intake(session: Session, referral: Referral) -> IntakeAppointment | None:
    """Return the intake that lies ahead, or whose end nobody has told yet."""
    return session.scalar(
        select(IntakeAppointment).where(
            IntakeAppointment.referral_id == referral.id, IntakeAppointment.ended_at.is_(None)
        )
    )


def _intake(session: Session, referral: Referral, step: Step, was: State, at: datetime) -> None:
    if step.action is Action.JUDGE:
        _judge(session, referral, step)
    if step.appointment is None and referral.status is was.status:
        return
    present = present_intake(session, referral)
    if step.appointment is not None:
        appointments.check(step.appointment, at)
        _end(present, IntakeEnding.MOVED, at)
        session.flush()
        present = _new_intake(session, referral, step, at)
    elif step.action in _ENDS_INTAKE:
        if step.action is Action.MISS and present is not None and present.starts_at > at:
            raise BadInput(N_("The intake is still ahead: nobody can have missed it."))
        if present is not None:
            present.absence = step.absence
        _end(present, _ENDS_INTAKE[step.action], at)
    elif referral.status in CLOSED:
        _end(present, IntakeEnding.CANCELED, at)
    plan_intake(session, referral, present, at)


def _new_intake(
    session: Session, referral: Referral, step: Step, at: datetime
) -> IntakeAppointment | None:
    wanted = step.appointment
    if wanted is None:
        return None
    made = IntakeAppointment(
        referral_id=referral.id,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        time_zone=wanted.time_zone,
        set_at=at,
        sequence=_next_sequence(session, referral),
    )
    session.add(made)
    return made


def _judge(session: Session, referral: Referral, step: Step) -> None:
    missed = session.scalar(
        select(IntakeAppointment)
        .where(
            IntakeAppointment.referral_id == referral.id,
            IntakeAppointment.ending == IntakeEnding.MISSED,
        )
        .order_by(IntakeAppointment.ended_at.desc(), IntakeAppointment.sequence.desc())
        .limit(1)
    )
    if missed is not None:
        missed.absence = step.absence


def _next_sequence(session: Session, referral: Referral) -> int:
    """Return a number that no intake of the referral has: calendars take the highest."""
    last = session.scalar(
        select(func.max(IntakeAppointment.sequence)).where(
            IntakeAppointment.referral_id == referral.id
        )
    )
    return 0 if last is None else last + 1


def _end(present: IntakeAppointment | None, ending: IntakeEnding, at: datetime) -> None:
    if present is not None and present.ended_at is None:
        present.ended_at, present.ending = at, ending
