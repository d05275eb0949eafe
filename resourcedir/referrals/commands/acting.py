"""Who acts and when; the event and the audit row that each act leaves behind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from resourcedir.audit.commands import AuditEvent, Entry
from resourcedir.audit.commands import record as write_audit
from resourcedir.errors import StaleRecord
from resourcedir.identity import Identity, Officer, Provider
from resourcedir.referrals import queries
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import TRANSITIONS, Action, Result, Status, Step, WordOf
from resourcedir.referrals.models import IntakeAppointment, Outcome, Referral, ReferralEvent
from resourcedir.referrals.wording import OVERTAKEN
from resourcedir.texts import N_


@dataclass(frozen=True, slots=True)
class TheApp:
    """Acts when a time has come; nobody's account, and no role."""

    user_id: ClassVar[None] = None
    role: ClassVar[None] = None


Who = TypeVar("Who", Officer, Provider, Identity)
Actor = TypeVar("Actor", Officer, Provider, Identity, TheApp)
AGAIN_WITHIN: Final = timedelta(minutes=1)  # the same words twice by then are one press


@dataclass(frozen=True, slots=True, kw_only=True)
class By(Generic[Actor]):
    """Who acts, when, on which day where they are, and from which network address."""

    who: Actor
    at: datetime
    today: date
    address: str | None = None


def by_app(at: datetime) -> By[TheApp]:
    """Return the app as who acts at ``at``."""
    return By(who=TheApp(), at=at, today=at.date())


def add_event(
    session: Session,
    referral: Referral,
    by: By[Actor],
    step: Step,
    word_of: WordOf,
    *,
    corrects: ReferralEvent | None = None,
) -> ReferralEvent:
    """Append what happened, numbered within the referral, and the audit row for it."""
    last = session.scalar(
        select(func.max(ReferralEvent.sequence)).where(ReferralEvent.referral_id == referral.id)
    )
    event = ReferralEvent(
        referral_id=referral.id,
        sequence=(last or 0) + 1,
        at=by.at,
        action=step.action,
        status=referral.status,
        by_user_id=by.who.user_id,
        word_of=word_of,
        reason=step.reason,
        absence=step.absence,
        corrects_id=corrects.id if corrects else None,
    )
    session.add(event)
    event.note = step.note.strip()
    session.flush()
    audit(session, referral.id, by, AuditEvent.REFERRAL_CHANGED)
    return event


def move(session: Session, referral: Referral, step: Step, status: Status) -> None:
    """Bring a referral to ``status``; its version grows with every step, also where that stays."""
    referral.status = status
    if moves(step.action):
        flag_modified(referral, "status")
    session.flush()


def moves(action: Action) -> bool:
    """Say whether a step may change the status; others wait for nobody."""
    return TRANSITIONS[action].target is not None or action is Action.CORRECT


def audit(session: Session, referral_id: UUID, by: By[Actor], event: AuditEvent) -> None:
    """Write down who did it; ids alone."""
    write_audit(
        session,
        Entry(
            event=event,
            at=by.at,
            actor_id=by.who.user_id,
            address=by.address,
            subject_type="referral",
            subject_id=referral_id,
        ),
    )


def is_done(
    session: Session,
    referral: Referral,
    by: By[Actor],
    version: int,
    step: Step,
    word_of: WordOf = WordOf.OFFICER,
) -> bool:
    """Say whether this very step was already taken by the same person from the same page.

    A double click is answered as done. Anything else that happened since the page was read is for
    the person to see first; but what leaves the status as it is waits for nobody.

    :raises StaleRecord: saying what happened meanwhile.
    """
    stays = not moves(step.action)
    if referral.version == version and not stays:
        return False
    last = session.scalar(
        select(ReferralEvent)
        .where(
            ReferralEvent.referral_id == referral.id,
            # Between two clicks the app may have reminded somebody.
            ReferralEvent.by_user_id.is_not(None) | ReferralEvent.action.in_(queries.MOVES),
        )
        .order_by(ReferralEvent.sequence.desc())
        .limit(1)
    )
    if stays:
        again = last is not None and by.at - last.at < AGAIN_WITHIN
        return again and last is not None and _same(session, last, by, step)
    if last is None:
        raise StaleRecord(N_("This draft was changed meanwhile. Read it again."))
    if last.word_of is word_of and _same(session, last, by, step):
        return True
    raise StaleRecord(OVERTAKEN[Action(last.action)])


def _same(session: Session, last: ReferralEvent, by: By[Actor], step: Step) -> bool:
    """Say whether the last event is this very step, with all that was said in it."""
    kept = (last.action, last.by_user_id, last.reason, last.absence, last.note)
    if kept != (step.action, by.who.user_id, step.reason, step.absence, step.note.strip()):
        return False
    if step.result is not None and step.result != _result_of(session, last):
        return False
    if step.action is Action.WAITLIST:
        waits = select(Referral.wait_days).where(Referral.id == last.referral_id)
        return session.scalar(waits) == step.wait_days
    return step.appointment is None or _same_intake(session, last, step.appointment)


def _same_intake(session: Session, last: ReferralEvent, asked: Appointment) -> bool:
    intake = session.scalar(
        select(IntakeAppointment)
        .where(IntakeAppointment.referral_id == last.referral_id)
        .order_by(IntakeAppointment.sequence.desc())
        .limit(1)
    )
    if intake is None:
        return False
    return (intake.starts_at, intake.minutes) == (asked.starts_at, asked.minutes)


def _result_of(session: Session, event: ReferralEvent) -> Result | None:
    return session.scalar(select(Outcome.result).where(Outcome.event_id == event.id))
