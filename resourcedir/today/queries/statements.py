"""The statements that ask about many referrals at once. Only ``referred`` sends them."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from resourcedir.accounts.models import User
from resourcedir.clients.models import Assignment
from resourcedir.clients.scope import Scope, is_present
from resourcedir.directory.models import JobLead, Listing, Organization, Service
from resourcedir.identity import Role
from resourcedir.referrals.due import DueKind, IntakeEnding
from resourcedir.referrals.lifecycle import OPEN, TRANSITIONS, Action, Reason, Status
from resourcedir.referrals.models import (
    IntakeAppointment,
    OpeningHold,
    Outcome,
    Referral,
    ReferralEvent,
)
from resourcedir.referrals.models import ReferralDue as Due
from resourcedir.today.sections import LOOK_BACK

Rows = Select[*tuple[Any, ...]]
_MOVES: Final = frozenset(a for a, t in TRANSITIONS.items() if t.target or a is Action.CORRECT)
_ANSWERS: Final = frozenset(
    {
        Action.ACCEPT,
        Action.SCHEDULE,
        Action.WAITLIST,
        Action.DECLINE,
        Action.START,
        Action.MISS,
        Action.COMPLETE,
        Action.END_EARLY,
    }
)


def lately(scope: Scope, now: datetime) -> Select[UUID]:
    """Select the ids of the referrals to look at."""
    moved = select(ReferralEvent.id).where(
        ReferralEvent.referral_id == Referral.id, ReferralEvent.at >= now - LOOK_BACK
    )
    return (
        select(Referral.id)
        .join(Assignment, Assignment.client_id == Referral.client_id)
        .join(User, User.id == Assignment.officer_id)
        .where(
            Referral.agency_id == scope.agency_id,
            is_present(scope),
            or_(Referral.status.in_(OPEN), moved.exists()),
        )
    )


def heads(ids: Select[UUID], now: datetime) -> Rows:
    escalated = select(Due.id).where(
        Due.referral_id == Referral.id, Due.kind == DueKind.ESCALATE, Due.at <= now
    )
    held = (
        select(OpeningHold.until_at)
        .where(OpeningHold.referral_id == Referral.id, OpeningHold.ended_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(
            Referral.id,
            Referral.version,
            Referral.reference,
            Referral.client_id,
            Assignment.officer_id,
            Referral.listing_number,
            func.coalesce(Service.name, JobLead.title).label("listing_name"),
            Organization.name.label("organization"),
            Referral.need_code,
            Referral.urgency,
            Referral.contact_by,
            Referral.status,
            Referral.mode,
            Referral.created_at,
            Referral.sent_at,
            Referral.answer_due_at,
            Referral.waitlisted_at,
            Referral.wait_days,
            Referral.instead_of_id,
            held.label("held_until_at"),
            escalated.exists().label("escalated"),
        )
        .join(
            Assignment,
            and_(Assignment.client_id == Referral.client_id, Assignment.until_at.is_(None)),
        )
        .join(Listing, Listing.number == Referral.listing_number)
        .join(Organization, Organization.id == Referral.organization_id)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
        .where(Referral.id.in_(ids))
        .order_by(Referral.created_at, Referral.id)
    )


def events(ids: Select[UUID]) -> Rows:
    """Select what the events of each referral come to; what was taken back does not count."""
    event, later = aliased(ReferralEvent), aliased(ReferralEvent)
    stands = later.id.is_(None)

    def last(*which: Any) -> Any:  # noqa: ANN401 -- conditions, and an aggregate of an instant
        return func.max(case((and_(*which), event.at)))

    missed = and_(event.action == Action.MISS, stands)
    return (
        select(
            event.referral_id,
            last(event.action.in_(_MOVES)).label("moved_at"),
            # Who was called or reminded in vain has said nothing.
            last(
                event.by_user_id.is_not(None),
                event.action != Action.NUDGE,
                or_(event.action != Action.CALL, event.reason == Reason.SPOKE),
            ).label("heard_at"),
            last(event.action == Action.MESSAGE, User.role == Role.PROVIDER).label("wrote_at"),
            last(User.role == Role.OFFICER).label("officer_at"),
            func.min(case((and_(event.action.in_(_ANSWERS), stands), event.at))).label(
                "answered_at"
            ),
            last(missed).label("missed_at"),
            func.count(case((missed, 1))).label("misses"),
            last(event.action == Action.NUDGE).label("asked_again_at"),
            last(event.action == Action.CALL).label("called_at"),
        )
        .outerjoin(User, User.id == event.by_user_id)
        .outerjoin(
            later, and_(later.referral_id == event.referral_id, later.corrects_id == event.id)
        )
        .where(event.referral_id.in_(ids))
        .group_by(event.referral_id)
    )


def reasons(ids: Select[UUID]) -> Select[UUID, Reason | None]:
    """Select the reasons of what has ended, the last step's last: a mapping keeps that one."""
    return (
        select(ReferralEvent.referral_id, ReferralEvent.reason)
        .join(Referral, Referral.id == ReferralEvent.referral_id)
        .where(
            Referral.id.in_(ids),
            Referral.status.in_({Status.DECLINED, Status.ENDED_EARLY}),
            ReferralEvent.action.in_({Action.DECLINE, Action.END_EARLY}),
        )
        .order_by(ReferralEvent.referral_id, ReferralEvent.sequence)
    )


def intakes(ids: Select[UUID]) -> Rows:
    """Select the intakes that count, the last set last: a mapping keeps that one."""
    return (
        select(
            IntakeAppointment.referral_id,
            IntakeAppointment.starts_at,
            IntakeAppointment.minutes,
            IntakeAppointment.time_zone,
            IntakeAppointment.ending,
        )
        .join(Referral, Referral.id == IntakeAppointment.referral_id)
        .where(
            Referral.id.in_(ids),
            Referral.status.in_({Status.INTAKE_SCHEDULED, Status.NO_SHOW}),
            IntakeAppointment.ending.is_distinct_from(IntakeEnding.CANCELED),
        )
        .order_by(IntakeAppointment.referral_id, IntakeAppointment.sequence)
    )


def outcomes(ids: Select[UUID]) -> Rows:
    return (
        select(
            Outcome.referral_id,
            Outcome.source,
            Outcome.result,
            Outcome.event_id,
            Outcome.recorded_at,
        )
        .where(Outcome.referral_id.in_(ids), Outcome.taken_back_at.is_(None))
        .order_by(Outcome.recorded_at, Outcome.id)
    )
