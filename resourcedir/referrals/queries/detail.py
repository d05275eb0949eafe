"""One referral with all that the agency's side may read of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients.models import Client
from resourcedir.directory.models import JobLead, Listing, Organization, Service
from resourcedir.errors import NotFound
from resourcedir.identity import Identity, Role
from resourcedir.referrals.ground import Given
from resourcedir.referrals.lifecycle import Action, Reason, Result, State, WordOf
from resourcedir.referrals.models import Outcome, Referral, ReferralEvent
from resourcedir.referrals.packet import Packet
from resourcedir.referrals.queries.access import given_of, may_act, state_of, visible
from resourcedir.referrals.queries.lists import LISTING_WORDS


@dataclass(frozen=True, slots=True)
class EventFact:
    at: datetime
    action: Action
    by_name: str
    by_role: Role
    word_of: WordOf
    reason: Reason | None
    note: str


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    result: Result
    source: WordOf
    on_date: date
    note: str
    by_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDetail:
    """Everything the agency's side may read of one referral; ``packet`` is None for a draft."""

    id: UUID
    reference: str
    version: int
    state: State
    client_id: UUID
    client_name: str
    birth_year: str
    listing_number: int
    listing_name: str
    organization: str
    organization_id: UUID
    need_code: str | None
    contact_by: str | None
    given: Given
    note: str
    packet: Packet | None
    officer_name: str
    officer_phone: str
    sent_at: datetime | None
    may_act: bool
    events: tuple[EventFact, ...]
    outcomes: tuple[OutcomeFact, ...]

    @property
    def said(self) -> dict[WordOf, OutcomeFact]:
        """The latest word of each source."""
        return {each.source: each for each in self.outcomes}


def referral_detail(session: Session, scope: Identity, referral_id: UUID) -> ReferralDetail:
    """Return one referral with its timeline.

    :raises NotFound: if it does not exist or is not the viewer's to see.
    """
    found = session.execute(
        select(Referral, Client, *LISTING_WORDS, User.name, User.phone)
        .join(Client, Client.id == Referral.client_id)
        .join(User, User.id == Referral.officer_id)
        .join(Listing, Listing.number == Referral.listing_number)
        .join(Organization, Organization.id == Referral.organization_id)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
        .where(Referral.id == referral_id, visible(scope))
    ).one_or_none()
    if found is None:
        raise NotFound
    referral, client, listing_name, organization, officer_name, officer_phone = found
    return ReferralDetail(
        id=referral.id,
        reference=referral.reference,
        version=referral.version,
        state=state_of(referral),
        client_id=client.id,
        client_name=client.name,
        birth_year=client.birth_year,
        listing_number=referral.listing_number,
        listing_name=listing_name,
        organization=organization,
        organization_id=referral.organization_id,
        need_code=referral.need_code,
        contact_by=referral.contact_by,
        given=given_of(referral),
        note=referral.note,
        packet=Packet.from_json(referral.packet) if referral.packet else None,
        officer_name=officer_name,
        officer_phone=officer_phone or "",
        sent_at=referral.sent_at,
        may_act=may_act(session, scope, client.id),
        events=_events(session, referral.id),
        outcomes=_outcomes(session, referral.id),
    )


def _events(session: Session, referral_id: UUID) -> tuple[EventFact, ...]:
    rows = session.execute(
        select(ReferralEvent, User.name, User.role)
        .join(User, User.id == ReferralEvent.by_user_id)
        .where(ReferralEvent.referral_id == referral_id)
        .order_by(ReferralEvent.sequence)
    )
    return tuple(
        EventFact(each.at, each.action, name, role, each.word_of, each.reason, each.note)
        for each, name, role in rows
    )


def _outcomes(session: Session, referral_id: UUID) -> tuple[OutcomeFact, ...]:
    rows = session.execute(
        select(Outcome, User.name)
        .join(User, User.id == Outcome.recorded_by)
        .where(Outcome.referral_id == referral_id)
        .order_by(Outcome.recorded_at, Outcome.id)
    )
    return tuple(
        OutcomeFact(each.result, each.source, each.on_date, each.note, name, each.recorded_at)
        for each, name in rows
    )
