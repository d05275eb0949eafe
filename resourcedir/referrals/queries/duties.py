"""What is due, who waits for an opening, and when people are not free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from resourcedir.db import cut_off, local_holidays
from resourcedir.directory import openings
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.models import Listing, ServiceCapacity
from resourcedir.directory.offering import Offer, offer_at
from resourcedir.referrals.appointments import Appointment, Busy
from resourcedir.referrals.deadlines import (
    Calendar,
    Plan,
    Rules,
    Urgency,
    calendar_of,
    closed_in_crisis_time,
    plan,
)
from resourcedir.referrals.due import HoldEnding
from resourcedir.referrals.lifecycle import UNANSWERED, Action, Mode, Status
from resourcedir.referrals.models import (
    IntakeAppointment,
    OpeningHold,
    Referral,
    ReferralDue,
    ReferralEvent,
)
from resourcedir.referrals.queries.access import MOVES


def calendar_for(session: Session, facts: ListingFacts) -> Calendar:
    """Return the working days of a listing's provider, on the clock of the listing."""
    return calendar_of(facts.hours, facts.time_zone, _rules(session))


def planned(session: Session, facts: ListingFacts, urgency: Urgency, at: datetime) -> Plan:
    """Return when the answer to a referral that leaves at ``at`` is due, and what follows then."""
    return plan(at, urgency, calendar_for(session, facts))


def warns_to_phone(session: Session, facts: ListingFacts, urgency: Urgency, at: datetime) -> bool:
    """Say whether the officer must phone before sending: a crisis, and nobody may be there."""
    if urgency is not Urgency.CRISIS:
        return False
    return closed_in_crisis_time(facts.hours, at, _rules(session))


def holds_openings(facts: ListingFacts, at: datetime) -> bool:
    """Say whether an opening of the listing may be held: one is known to be free, and they do."""
    told = facts.openings
    if told is None or not told.hold_hours or told.available < 1:
        return False
    if offer_at(facts, at) is not Offer.OPEN:
        return False
    return openings.known(told, facts.terms, facts.time_zone, at)


def due_ids(session: Session, at: datetime, limit: int) -> Sequence[UUID]:
    """Return what is due at ``at`` and not done, the longest due first."""
    statement = (
        select(ReferralDue.id)
        .where(ReferralDue.done_at.is_(None), ReferralDue.at <= at)
        .order_by(ReferralDue.at, ReferralDue.id)
        .limit(limit)
    )
    return session.scalars(statement).all()


def owed_without_time(session: Session) -> Sequence[UUID]:
    """Return the referrals whose answer is owed, but by no time."""
    statement = select(Referral.id).where(
        Referral.mode == Mode.LIVE,
        Referral.status.in_(UNANSWERED),
        Referral.answer_due_at.is_(None),
    )
    return session.scalars(statement.order_by(Referral.id)).all()


def services_waited_for(session: Session) -> Sequence[UUID]:
    """Return the services that have an opening to offer and somebody to offer it to."""
    statement = (
        _waiting()
        .with_only_columns(ServiceCapacity.service_id)
        .where(
            ServiceCapacity.available > 0,
            ServiceCapacity.hold_hours > 0,
            ServiceCapacity.updated > Referral.waitlisted_at,
        )
        .distinct()
        .order_by(ServiceCapacity.service_id)
    )
    return session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class Line:
    """Who in a waiting list is asked: all ``but`` one, or those who waited when it was told."""

    but: UUID | None = None
    told_since: bool = False


def first_waiting(session: Session, service_id: UUID, line: Line) -> Referral | None:
    """Return who has waited longest for a service and was not offered an opening yet, locked."""
    asked = Referral.id.is_distinct_from(line.but)
    if line.told_since:
        asked = and_(asked, ServiceCapacity.updated > Referral.waitlisted_at)
    statement = (
        _waiting()
        .where(Listing.service_id == service_id, asked)
        .order_by(Referral.waitlisted_at, Referral.id)
        .limit(1)
        .with_for_update(of=Referral)
        .execution_options(populate_existing=True)
    )
    return session.scalar(statement)


def place_in_line(session: Session, referral_id: UUID) -> int | None:
    """Return the place in the waiting list of the service, from 1; None for who stands in none.

    So does who was offered an opening already: nothing is offered twice by itself.
    """
    this = session.execute(
        _waiting()
        .with_only_columns(Listing.service_id, Referral.waitlisted_at)
        .where(Referral.id == referral_id)
    ).one_or_none()
    if this is None:
        return None
    ahead = _waiting().where(
        Listing.service_id == this.service_id,
        or_(
            Referral.waitlisted_at < this.waitlisted_at,
            and_(Referral.waitlisted_at == this.waitlisted_at, Referral.id < referral_id),
        ),
    )
    count = ahead.with_only_columns(func.count(Referral.id))
    return (session.scalar(count) or 0) + 1


def waits_since(session: Session, referral: Referral) -> datetime | None:
    """Return when the present status began, whatever was taken back since."""
    return session.scalar(
        select(func.max(ReferralEvent.at)).where(
            ReferralEvent.referral_id == referral.id,
            ReferralEvent.status == referral.status,
            ReferralEvent.action.in_(MOVES),
            ReferralEvent.action != Action.CORRECT,
        )
    )


def busy_times(session: Session, client_id: UUID, *, but: UUID) -> tuple[Busy, ...]:
    """Return the intakes that a client has ahead, without those of the referral ``but``."""
    rows = session.execute(
        select(Referral.reference, IntakeAppointment)
        .join(IntakeAppointment, IntakeAppointment.referral_id == Referral.id)
        .where(
            Referral.client_id == client_id,
            Referral.id != but,
            IntakeAppointment.ended_at.is_(None),
        )
        .order_by(IntakeAppointment.starts_at, IntakeAppointment.id)
    )
    return tuple(
        Busy(reference, Appointment(each.starts_at, each.minutes, each.time_zone))
        for reference, each in rows
    )


def _waiting() -> Select[Referral]:
    """Select referrals that wait for an opening and were never offered one while they wait."""
    offered = select(OpeningHold.id).where(
        OpeningHold.referral_id == Referral.id,
        (OpeningHold.ended_at.is_(None))
        | and_(
            OpeningHold.offered,
            OpeningHold.ending == HoldEnding.LAPSED,
            OpeningHold.held_at >= Referral.waitlisted_at,
        ),
    )
    return (
        select(Referral)
        .join(Listing, Listing.number == Referral.listing_number)
        .outerjoin(ServiceCapacity, ServiceCapacity.service_id == Listing.service_id)
        .where(
            Listing.service_id.is_not(None),
            Referral.status == Status.WAITLISTED,
            Referral.mode == Mode.LIVE,
            ~offered.exists(),
        )
    )


def _rules(session: Session) -> Rules:
    return Rules(holidays=local_holidays(session), cut_off=cut_off(session))
