"""What a provider may read of referrals: those sent to it in the app, and no more than was told.

Drafts, recorded referrals and those sent to others do not exist here. The client's name is in no
answer until the provider has opened the referral.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from resourcedir.accounts.models import User
from resourcedir.directory.models import JobLead, Listing, Service
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import NotFound
from resourcedir.identity import Provider, Role
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
from resourcedir.referrals.models import OpeningHold, Referral, ReferralEvent
from resourcedir.referrals.packet import Packet, broad_need
from resourcedir.referrals.queries import (
    MOVES,
    IntakeFact,
    last_intake,
    place_in_line,
    state_now,
    state_of,
)

_OFFICERS_OWN: Final = frozenset({Action.CALL, Action.JUDGE, Action.ESCALATE})
_WRITTEN: Final = frozenset({Action.MESSAGE, Action.ASK_INFO, Action.ANSWER_INFO})
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
    answer_due_at: datetime | None
    asked_again: bool
    held_until_at: datetime | None


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """One thing that happened, without who or what was said between the officer and others.

    ``note`` is what the two sides wrote to each other, and is empty while no packet is shown.
    """

    at: datetime
    action: Action
    reason: Reason | None
    note: str
    taken_back: bool
    from_us: bool


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
    time_zone: str
    answer_due_at: datetime | None
    held_until_at: datetime | None
    place_in_line: int | None
    wait_days: int | None
    intake: IntakeFact | None
    events: tuple[AnswerFact, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    waiting: tuple[InboxRow, ...]
    going_on: tuple[InboxRow, ...]
    ended: tuple[InboxRow, ...]


def provider_inbox(session: Session, scope: Provider) -> Inbox:
    """Return what was sent to the provider: asked again first, then the longest waiting."""
    rows = _rows().where(_sent_to(scope))
    still_open = rows.where(Referral.status.in_(OPEN)).order_by(Referral.sent_at, Referral.id)
    ended = rows.where(Referral.status.in_(CLOSED)).order_by(Referral.sent_at.desc(), Referral.id)
    found = _lines(session, still_open)
    waiting = [row for row in found if row.state.status is Status.SENT or row.held_until_at]
    return Inbox(
        waiting=tuple(sorted(waiting, key=lambda row: not (row.asked_again or row.held_until_at))),
        going_on=tuple(row for row in found if row not in waiting),
        ended=_lines(session, ended.limit(CLOSED_SHOWN)),
    )


def sent_referral(
    session: Session, scope: Provider, referral_id: UUID, today: date
) -> SentReferral:
    """Return one referral that was sent to the provider; ``today``: the day where the reader is.

    :raises NotFound: if there is none, it is a draft or recorded, or it went to somebody else. The
        three are told apart nowhere, so that ids cannot be probed.
    """
    found = session.execute(
        _rows().where(_sent_to(scope), Referral.id == referral_id)
    ).one_or_none()
    if found is None or (sent_at := found[0].sent_at) is None:
        raise NotFound
    referral, listing_name, _, held_until_at = found
    state = state_now(session, referral, today)
    facts = listing_facts(session, [referral.listing_number])[referral.listing_number]
    return SentReferral(
        id=referral.id,
        reference=referral.reference,
        version=referral.version,
        need=broad_need(referral.need_code),
        listing_name=listing_name,
        state=state,
        sent_at=sent_at,
        packet=Packet.from_json(referral.packet) if shows_packet(state) else None,
        time_zone=facts.time_zone,
        answer_due_at=referral.answer_due_at,
        held_until_at=held_until_at,
        place_in_line=place_in_line(session, referral.id),
        wait_days=referral.wait_days,
        intake=last_intake(session, referral.id),
        events=_events(session, referral.id, shows_words=shows_packet(state)),
    )


def _rows() -> Select[Referral, str, bool, datetime | None]:
    """Select referrals, where to, if they were asked again, until when an opening is held."""
    event = aliased(ReferralEvent)
    moved = (
        select(func.max(event.sequence))
        .where(event.referral_id == Referral.id, event.action.in_(MOVES))
        .correlate(Referral)
        .scalar_subquery()
    )
    again = (
        select(ReferralEvent.id)
        .where(
            ReferralEvent.referral_id == Referral.id,
            ReferralEvent.sequence > moved,
            or_(
                ReferralEvent.action == Action.NUDGE,
                and_(ReferralEvent.action == Action.REMIND, Referral.status == Status.SENT),
            ),
        )
        .correlate(Referral)
        .exists()
    )
    held = (
        select(OpeningHold.until_at)
        .where(OpeningHold.referral_id == Referral.id, OpeningHold.ended_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(Referral, func.coalesce(Service.name, JobLead.title), again, held)
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


def _lines(
    session: Session, statement: Select[Referral, str, bool, datetime | None]
) -> tuple[InboxRow, ...]:
    return tuple(
        InboxRow(
            id=referral.id,
            reference=referral.reference,
            need=broad_need(referral.need_code),
            listing_name=listing_name,
            state=state_of(referral),
            sent_at=referral.sent_at,
            answer_due_at=referral.answer_due_at,
            asked_again=asked_again,
            held_until_at=held_until_at,
        )
        for referral, listing_name, asked_again, held_until_at in session.execute(statement)
        if referral.sent_at is not None
    )


def _is_written(action: Action, role: Role | None) -> bool:
    """Say whether an event's note was written to the other side; not what was told by phone."""
    return action in _WRITTEN and (action is not Action.ASK_INFO or role is Role.PROVIDER)


def _events(session: Session, referral_id: UUID, *, shows_words: bool) -> tuple[AnswerFact, ...]:
    rows = session.execute(
        select(ReferralEvent, User.role)
        .outerjoin(User, User.id == ReferralEvent.by_user_id)
        .where(ReferralEvent.referral_id == referral_id, ReferralEvent.action.not_in(_OFFICERS_OWN))
        .order_by(ReferralEvent.sequence)
    ).all()
    taken_back = {each.corrects_id for each, _ in rows}
    # Why an officer withdraws is the client's own business: custody, another place.
    return tuple(
        AnswerFact(
            at=each.at,
            action=each.action,
            reason=each.reason if word_of(each.action) is WordOf.PROVIDER else None,
            note=each.note if shows_words and _is_written(each.action, role) else "",
            taken_back=each.id in taken_back,
            from_us=role is Role.PROVIDER,
        )
        for each, role in rows
    )
