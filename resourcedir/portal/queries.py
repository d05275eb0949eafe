"""What a provider may read of referrals: those sent to it in the app, and no more than was told.

Drafts, recorded referrals and those sent to others do not exist here. The client's name is in no
answer until the provider has opened the referral.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from resourcedir.directory.models import JobLead, Listing, Service
from resourcedir.errors import NotFound
from resourcedir.identity import Provider
from resourcedir.referrals.lifecycle import (
    CLOSED,
    OPEN,
    Action,
    Mode,
    Reason,
    State,
    Status,
    WordOf,
    shows_packet,
    word_of,
)
from resourcedir.referrals.models import Referral, ReferralEvent
from resourcedir.referrals.packet import Packet, broad_need
from resourcedir.referrals.queries import state_of

CLOSED_SHOWN: Final = 50  # ended referrals in the inbox; all open ones are always shown


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One line of the inbox. ``need`` is the code of a widest term."""

    id: UUID
    reference: str
    need: str | None
    listing_name: str
    state: State
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """One thing that happened, without who or what was said between the officer and others."""

    at: datetime
    action: Action
    reason: Reason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReferral:
    """One referral as its provider sees it. ``packet`` is None before it was opened."""

    id: UUID
    reference: str
    version: int
    need: str | None
    listing_name: str
    state: State
    sent_at: datetime
    packet: Packet | None
    events: tuple[AnswerFact, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    waiting: tuple[InboxRow, ...]
    going_on: tuple[InboxRow, ...]
    ended: tuple[InboxRow, ...]


def provider_inbox(session: Session, scope: Provider) -> Inbox:
    """Return what was sent to the provider: the longest waiting first, the latest ended first."""
    rows = _rows().where(_sent_to(scope))
    still_open = rows.where(Referral.status.in_(OPEN)).order_by(Referral.sent_at, Referral.id)
    ended = rows.where(Referral.status.in_(CLOSED)).order_by(Referral.sent_at.desc(), Referral.id)
    found = _lines(session, still_open)
    return Inbox(
        waiting=tuple(row for row in found if row.state.status is Status.SENT),
        going_on=tuple(row for row in found if row.state.status is not Status.SENT),
        ended=_lines(session, ended.limit(CLOSED_SHOWN)),
    )


def sent_referral(session: Session, scope: Provider, referral_id: UUID) -> SentReferral:
    """Return one referral that was sent to the provider.

    :raises NotFound: if there is none, it is a draft or recorded, or it went to somebody else. The
        three are told apart nowhere, so that ids cannot be probed.
    """
    found = session.execute(
        _rows().where(_sent_to(scope), Referral.id == referral_id)
    ).one_or_none()
    if found is None or (sent_at := found[0].sent_at) is None:
        raise NotFound
    referral, listing_name = found
    state = state_of(referral)
    return SentReferral(
        id=referral.id,
        reference=referral.reference,
        version=referral.version,
        need=broad_need(referral.need_code),
        listing_name=listing_name,
        state=state,
        sent_at=sent_at,
        packet=Packet.from_json(referral.packet) if shows_packet(state) else None,
        events=_events(session, referral.id),
    )


def _rows() -> Select[Referral, str]:
    return (
        select(Referral, func.coalesce(Service.name, JobLead.title))
        .join(Listing, Listing.number == Referral.listing_number)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
    )


def _sent_to(scope: Provider) -> ColumnElement[bool]:
    return and_(
        Referral.organization_id == scope.organization_id,
        Referral.mode == Mode.LIVE,
        Referral.status != Status.DRAFT,
        Referral.sent_at.is_not(None),  # a draft that was thrown away has ended unsent
    )


def _lines(session: Session, statement: Select[Referral, str]) -> tuple[InboxRow, ...]:
    return tuple(
        InboxRow(
            id=referral.id,
            reference=referral.reference,
            need=broad_need(referral.need_code),
            listing_name=listing_name,
            state=state_of(referral),
            sent_at=referral.sent_at,
        )
        for referral, listing_name in session.execute(statement)
        if referral.sent_at is not None
    )


def _events(session: Session, referral_id: UUID) -> tuple[AnswerFact, ...]:
    rows = session.execute(
        select(ReferralEvent.at, ReferralEvent.action, ReferralEvent.reason)
        .where(ReferralEvent.referral_id == referral_id)
        .order_by(ReferralEvent.sequence)
    )
    # Why an officer withdraws is the client's own business: custody, another place.
    return tuple(
        AnswerFact(at, action, reason if word_of(action) is WordOf.PROVIDER else None)
        for at, action, reason in rows
    )
