"""When an answer is owed, and what the app does by itself about it."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.orm import Session

from resourcedir.directory.queries import listing_facts
from resourcedir.referrals import queries
from resourcedir.referrals.due import OF_ANSWER, DueKind
from resourcedir.referrals.lifecycle import UNANSWERED, Mode, Status
from resourcedir.referrals.models import IntakeAppointment, Referral, ReferralDue

_MORNING: Final = time(9)  # when people are told of tomorrow's intake
_DAY: Final = timedelta(days=1)


def plan_answer(
    session: Session, referral: Referral, at: datetime, *, taken_back: bool = False
) -> None:
    """Give whoever owes an answer now the time for it; or nobody, where none is owed.

    Where a step was ``taken_back`` the time runs on from when the wait began.
    """
    drop(session, referral, OF_ANSWER)
    if referral.mode is not Mode.LIVE or referral.status not in UNANSWERED:
        referral.answer_due_at = None
        return
    facts = listing_facts(session, [referral.listing_number])[referral.listing_number]
    since = queries.waits_since(session, referral) if taken_back else None
    plan = queries.planned(session, facts, referral.urgency, since or at)
    referral.answer_due_at = plan.answer_due_at
    if plan.remind_at > at or since is None:
        add(session, referral, DueKind.REMIND, plan.remind_at)
    add(session, referral, DueKind.ESCALATE, plan.escalate_at)
    add(session, referral, DueKind.EXPIRE, max(plan.expires_at, at + _DAY))


def plan_intake(
    session: Session, referral: Referral, intake: IntakeAppointment | None, at: datetime
) -> None:
    """Have people told the day before; not of what is nearer than that."""
    drop(session, referral, (DueKind.INTAKE_AHEAD,))
    if intake is None or referral.status is not Status.INTAKE_SCHEDULED:
        return
    if referral.mode is not Mode.LIVE:
        return  # nobody could be told
    zone = ZoneInfo(intake.time_zone)
    before = intake.starts_at.astimezone(zone).date() - _DAY
    told_at = datetime.combine(before, _MORNING, zone)
    if told_at > at:
        add(session, referral, DueKind.INTAKE_AHEAD, told_at)


def add(session: Session, referral: Referral, kind: DueKind, at: datetime) -> None:
    """Have ``kind`` done at ``at``."""
    session.add(ReferralDue(referral_id=referral.id, kind=kind, at=at))


def drop(session: Session, referral: Referral, kinds: tuple[DueKind, ...]) -> None:
    """Have what is not done yet of ``kinds`` not done at all."""
    session.execute(
        delete(ReferralDue).where(
            ReferralDue.referral_id == referral.id,
            ReferralDue.kind.in_(kinds),
            ReferralDue.done_at.is_(None),
        )
    )
