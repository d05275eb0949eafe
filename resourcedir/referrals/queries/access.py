"""Which referrals and clients a person may reach, and what may be sent where.

A referral is seen by the officer who made it and by the one who has the client now; only the
latter acts on it. A supervisor sees those of the team's clients.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients.models import Client
from resourcedir.clients.scope import has_now
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.offering import Offer, offer_state
from resourcedir.errors import NotFound
from resourcedir.identity import Identity, Officer, Role, Supervisor
from resourcedir.matching.models import ClientSearch
from resourcedir.referrals.ground import Given
from resourcedir.referrals.lifecycle import State, Status
from resourcedir.referrals.models import Referral


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


def client_of_search(session: Session, scope: Officer, search_id: UUID) -> UUID:
    """Return for whom this officer searches.

    :raises NotFound: if there is no such search, or it is somebody else's.
    """
    client_id = session.scalar(
        select(ClientSearch.client_id).where(
            ClientSearch.id == search_id, ClientSearch.user_id == scope.user_id
        )
    )
    if client_id is None:
        raise NotFound
    return client_id


def obstacle(session: Session, facts: ListingFacts, today: date) -> Obstacle | None:
    """Return what keeps a referral to this listing from being sent in the app, if anything.

    Whatever it is, the referral may be recorded: officers phone places that are closed, too.
    """
    match offer_state(facts, today):
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
    """Return where a referral stands, for the rules."""
    return State(referral.status, referral.mode, opened=referral.opened_at is not None)


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
