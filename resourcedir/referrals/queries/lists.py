"""Lists of referrals, as officers and supervisors see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from resourcedir.clients.models import Client
from resourcedir.directory.models import JobLead, Listing, Organization, Service
from resourcedir.identity import Identity
from resourcedir.referrals.lifecycle import CLOSED, OPEN, Action, Result, State, Status, WordOf
from resourcedir.referrals.models import Outcome, Referral, ReferralEvent
from resourcedir.referrals.outcomes import counts_as
from resourcedir.referrals.queries.access import MOVES, state_of, visible

CLOSED_SHOWN: Final = 100  # closed referrals in a list; all open ones are always shown

LISTING_WORDS = (func.coalesce(Service.name, JobLead.title), Organization.name)
_LAST_EVENT = (
    select(func.max(ReferralEvent.at))
    .where(
        ReferralEvent.referral_id == Referral.id,
        ReferralEvent.action.in_([*MOVES, Action.OPEN, Action.MESSAGE]),
    )
    .scalar_subquery()
)
_MOVED = func.coalesce(_LAST_EVENT, Referral.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    """One line of a list. ``result`` is None while nobody has said anything of it."""

    id: UUID
    reference: str
    client_id: UUID
    client_name: str
    listing_name: str
    organization: str
    need_code: str | None
    state: State
    moved_at: datetime
    answer_due_at: datetime | None
    result: Result | None


def own_referrals(
    session: Session, scope: Identity, *, longest_silence_first: bool = False
) -> tuple[ReferralRow, ...]:
    """Return what the viewer may see, the last moved first: all open ones, the latest closed."""
    rows = _rows().where(visible(scope))
    still_open = session.execute(rows.where(Referral.status.in_(OPEN))).all()
    closed = session.execute(rows.where(Referral.status.in_(CLOSED)).limit(CLOSED_SHOWN)).all()
    found = _facts(session, [*still_open, *closed])
    return tuple(sorted(found, key=_silence)) if longest_silence_first else found


def _silence(row: ReferralRow) -> tuple[datetime, UUID]:
    return row.moved_at, row.id


def client_referrals(session: Session, scope: Identity, client_id: UUID) -> tuple[ReferralRow, ...]:
    """Return the referrals of one client that the viewer may see, the last moved first."""
    rows = session.execute(_rows().where(visible(scope), Referral.client_id == client_id))
    return _facts(session, rows.all())


def earlier_open(session: Session, scope: Identity, referral_id: UUID) -> ReferralRow | None:
    """Return the oldest open referral of the same client to the same listing for the same need.

    Drafts do not count. None, where there is none or the viewer may not see the one asked about.
    """
    this = aliased(Referral)
    statement = (
        _rows()
        .join(this, this.client_id == Referral.client_id)
        .where(
            visible(scope),
            this.id == referral_id,
            Referral.id != this.id,
            Referral.listing_number == this.listing_number,
            Referral.need_code.is_not_distinct_from(this.need_code),
            Referral.status.in_(OPEN - {Status.DRAFT}),
        )
        .order_by(None)
        .order_by(Referral.sent_at, Referral.id)
    )
    return next(iter(_facts(session, session.execute(statement.limit(1)).all())), None)


def tried_before(
    session: Session, scope: Identity, client_id: UUID, need_code: str | None
) -> dict[int, Status]:
    """Return by listing what came of the client's referrals for a need that the viewer may see.

    Those are in it that are still open or came to nothing, not those that the client completed, nor
    drafts. Of several to one listing an open one is told, else the last.
    """
    statement = (
        select(Referral.listing_number, Referral.status)
        .where(
            visible(scope),
            Referral.client_id == client_id,
            Referral.need_code.is_not_distinct_from(need_code),
            Referral.sent_at.is_not(None),
            Referral.status.not_in((Status.COMPLETED, Status.ENTERED_IN_ERROR)),
        )
        .order_by(Referral.status.in_(OPEN), Referral.created_at, Referral.id)
    )
    return {row.listing_number: row.status for row in session.execute(statement)}


def _rows() -> Select[Referral, Client, str, str, datetime]:
    return (
        select(Referral, Client, *LISTING_WORDS, _MOVED)
        .join(Client, Client.id == Referral.client_id)
        .join(Listing, Listing.number == Referral.listing_number)
        .join(Organization, Organization.id == Referral.organization_id)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
        .order_by(_MOVED.desc(), Referral.id)
    )


def _facts(
    session: Session, rows: Iterable[Row[Referral, Client, str, str, datetime]]
) -> tuple[ReferralRow, ...]:
    found = list(rows)
    results = _results(session, [row[0].id for row in found])
    return tuple(
        ReferralRow(
            id=referral.id,
            reference=referral.reference,
            client_id=client.id,
            client_name=client.name,
            listing_name=listing_name,
            organization=organization,
            need_code=referral.need_code,
            state=state_of(referral),
            moved_at=moved_at,
            answer_due_at=referral.answer_due_at,
            result=results.get(referral.id),
        )
        for referral, client, listing_name, organization, moved_at in found
    )


def _results(session: Session, ids: list[UUID]) -> dict[UUID, Result]:
    said: dict[UUID, dict[WordOf, Result]] = {}
    statement = (
        select(Outcome.referral_id, Outcome.source, Outcome.result)
        .where(Outcome.referral_id.in_(ids), Outcome.taken_back_at.is_(None))
        .order_by(Outcome.recorded_at, Outcome.id)
    )
    for referral_id, source, result in session.execute(statement):
        said.setdefault(referral_id, {})[source] = result
    return {referral_id: counts_as(words) for referral_id, words in said.items()}
