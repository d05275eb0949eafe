"""Which referrals and clients a person may reach, and what may be sent where.

A referral is seen by the officer who made it and by the one who has the client now; only the
latter acts on it. A supervisor sees those of the team's clients.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients.models import Client
from resourcedir.clients.scope import has_now
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.offering import Offer, offer_at
from resourcedir.errors import NotFound
from resourcedir.identity import Identity, Officer, Role, Supervisor
from resourcedir.matching.models import ClientSearch
from resourcedir.referrals.ground import Given
from resourcedir.referrals.lifecycle import TRANSITIONS, Action, State, Status, Undo
from resourcedir.referrals.models import Referral, ReferralEvent

MOVES: Final = frozenset(
    action
    for action, transition in TRANSITIONS.items()
    if transition.target is not None or action is Action.CORRECT
)


class Obstacle(StrEnum):
    """Why a referral cannot be sent in the app."""

    NO_STAFF = "no_staff"
    CLOSED_NOW = "closed_now"
    APPLICATIONS_CLOSED = "applications_closed"


def for_officer(session: Session, scope: Officer, referral_id: UUID) -> Referral:
    """Return the row of a referral to act on, locked until the transaction ends.

    :raises NotFound: if it does not exist or its client is not assigned to this officer now.
    """
    referral = session.scalar(
        select(Referral)
        .where(
            Referral.id == referral_id,
            Referral.agency_id == scope.agency_id,
            has_now(scope, Referral.client_id),
        )
        .with_for_update(of=Referral)
        .execution_options(populate_existing=True)
    )
    if referral is None:
        raise NotFound
    return referral


def client_to_refer(session: Session, scope: Officer, client_id: UUID) -> Client:
    """:raises NotFound: if there is no such client or it is not assigned to this officer now."""
    client = session.scalar(
        select(Client).where(
            Client.id == client_id,
            Client.agency_id == scope.agency_id,
            has_now(scope, Client.id),
        )
    )
    if client is None:
        raise NotFound
    return client


def client_of_search(session: Session, scope: Officer, search_id: UUID) -> tuple[UUID, UUID | None]:
    """Return for whom this officer searches, and which referral that is to replace.

    :raises NotFound: if there is no such search, or it is somebody else's.
    """
    found = session.execute(
        select(ClientSearch.client_id, ClientSearch.instead_of_id).where(
            ClientSearch.id == search_id, ClientSearch.user_id == scope.user_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found.client_id, found.instead_of_id


def obstacle(session: Session, facts: ListingFacts, at: datetime) -> Obstacle | None:
    """Return what keeps a referral to this listing from being sent in the app, if anything.

    Whatever it is, the referral may be recorded: officers phone places that are closed, too.
    """
    match offer_at(facts, at):
        case Offer.OPEN:
            pass
        case Offer.CLOSED_JOB:
            return Obstacle.APPLICATIONS_CLOSED
        case _:
            return Obstacle.CLOSED_NOW
    staff = select(User.id).where(
        User.organization_id == facts.organization_id,
        User.role == Role.PROVIDER,
        User.disabled_at.is_(None),
    )
    return None if session.scalar(staff.limit(1)) else Obstacle.NO_STAFF


def state_of(referral: Referral) -> State:
    """Return where a referral stands, as lists show it."""
    return State(referral.status, referral.mode, opened=referral.opened_at is not None)


def state_now(session: Session, referral: Referral, today: date) -> State:
    """Return where a referral stands, with what the rules of a step ask besides."""
    released = referral.report_until_on is not None and today <= referral.report_until_on
    moves = last_moves(session, referral.id)
    last = None
    if len(moves) == 2:
        last = Undo(moves[0].action, moves[1].status, _role_of(session, moves[0]))
    return replace(
        state_of(referral),
        limited=referral.clinical and not released,
        last=last,
    )


def last_moves(session: Session, referral_id: UUID) -> Sequence[ReferralEvent]:
    """Return the last two events that moved the referral, the last first."""
    statement = (
        select(ReferralEvent)
        .where(ReferralEvent.referral_id == referral_id, ReferralEvent.action.in_(MOVES))
        .order_by(ReferralEvent.sequence.desc())
        .limit(2)
    )
    return session.scalars(statement).all()


def is_replaced(session: Session, referral_id: UUID) -> bool:
    """Say whether the client was referred elsewhere in place of this referral."""
    later = select(Referral.id).where(
        Referral.instead_of_id == referral_id, Referral.sent_at.is_not(None)
    )
    return session.scalar(later.limit(1)) is not None


def _role_of(session: Session, event: ReferralEvent) -> Role | None:
    return session.scalar(select(User.role).where(User.id == event.by_user_id))


def given_of(referral: Referral) -> Given:
    """Return the ground that is recorded for sending the client's details."""
    return Given(
        referral.ground,
        referral.release_from_on,
        referral.release_until_on,
        referral.ground_detail,
    )


def visible(scope: Identity) -> ColumnElement[bool]:
    match scope:
        case Officer():
            mine = or_(Referral.officer_id == scope.user_id, has_now(scope, Referral.client_id))
        case Supervisor():
            # A draft is nobody's business yet but its officer's.
            mine = and_(has_now(scope, Referral.client_id), Referral.status != Status.DRAFT)
        case _:
            return false()
    return and_(Referral.agency_id == scope.agency_id, mine)


def may_act(session: Session, scope: Identity, client_id: UUID) -> bool:
    if not isinstance(scope, Officer):
        return False
    return bool(session.scalar(select(has_now(scope, client_id))))
