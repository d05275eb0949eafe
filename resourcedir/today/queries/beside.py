"""What stands beside the referrals: last contacts, needs that are seen to, working days."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients.models import Assignment
from resourcedir.clients.scope import Scope, is_present
from resourcedir.db import cut_off, local_holidays, usual_zone
from resourcedir.directory.hours import week_of
from resourcedir.directory.models import Listing, Location, Schedule
from resourcedir.referrals.deadlines import Calendar, Rules, calendar_of
from resourcedir.referrals.lifecycle import OPEN, Status
from resourcedir.referrals.models import Referral, ReferralEvent


def last_contacts(session: Session, scope: Scope) -> Mapping[UUID, datetime]:
    """Return when somebody last did anything on any referral of each client; drafts count."""
    done = func.max(case((ReferralEvent.by_user_id.is_not(None), ReferralEvent.at)))
    drafted = func.max(case((Referral.status == Status.DRAFT, Referral.created_at)))
    statement = (
        select(Referral.client_id, done, drafted)
        .join(Assignment, Assignment.client_id == Referral.client_id)
        .join(User, User.id == Assignment.officer_id)
        .outerjoin(ReferralEvent, ReferralEvent.referral_id == Referral.id)
        .where(Referral.agency_id == scope.agency_id, is_present(scope))
        .group_by(Referral.client_id)
    )
    return {
        client_id: max(each for each in (at, drafted_at) if each is not None)
        for client_id, at, drafted_at in session.execute(statement)
        if at is not None or drafted_at is not None
    }


def needs_referred(session: Session, scope: Scope) -> Mapping[UUID, frozenset[str]]:
    """Return the needs of each client that a referral is open for, or has been finished for."""
    statement = (
        select(Referral.client_id, Referral.need_code)
        .join(Assignment, Assignment.client_id == Referral.client_id)
        .join(User, User.id == Assignment.officer_id)
        .where(
            Referral.agency_id == scope.agency_id,
            is_present(scope),
            Referral.need_code.is_not(None),
            Referral.status.in_(OPEN | {Status.COMPLETED}),
        )
        .distinct()
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for client_id, code in session.execute(statement):
        found[client_id].add(code or "")
    return {client_id: frozenset(codes) for client_id, codes in found.items()}


def calendars(session: Session, numbers: Iterable[int]) -> Mapping[int, Calendar]:
    """Return the working days of the providers of some listings, by the listing's number."""
    statement = (
        select(
            Listing.number,
            func.coalesce(func.nullif(Location.time_zone, ""), Listing.time_zone).label("zone"),
            Schedule.byday,
            Schedule.opens_at,
            Schedule.closes_at,
        )
        .outerjoin(Location, Location.id == Listing.location_id)
        .outerjoin(
            Schedule,
            and_(
                Schedule.service_id == Listing.service_id,
                Schedule.valid_from.is_(None),  # rows for a season say nothing of the usual week
                Schedule.valid_to.is_(None),
            ),
        )
        .where(Listing.number.in_(sorted(set(numbers))))
        .order_by(Listing.number, Schedule.opens_at, Schedule.id)
    )
    rules = Rules(holidays=local_holidays(session), cut_off=cut_off(session))
    zones: dict[int, str] = {}
    weeks: dict[int, list[tuple[str, Any, Any]]] = defaultdict(list)
    for number, zone, byday, opens_at, closes_at in session.execute(statement):
        zones[number] = zone or usual_zone(session)
        if byday is not None:
            weeks[number].append((byday, opens_at, closes_at))
    return {n: calendar_of(week_of(weeks[n], zone), zone, rules) for n, zone in zones.items()}
