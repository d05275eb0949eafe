"""Openings that are kept for one referral: held, taken, given back, offered to who waits first."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.directory.capacity import give_back_opening, take_opening
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.models import ServiceCapacity
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import BadInput
from resourcedir.referrals import queries
from resourcedir.referrals.commands.acting import add_event, by_app
from resourcedir.referrals.commands.planning import add, drop
from resourcedir.referrals.due import DueKind, HoldEnding
from resourcedir.referrals.lifecycle import CLOSED, Action, State, Status, Step, WordOf
from resourcedir.referrals.models import OpeningHold, Referral
from resourcedir.referrals.queries import Line
from resourcedir.texts import N_

_ONE_IS_THEIRS: Final = frozenset(
    {
        Status.ACCEPTED,
        Status.INTAKE_SCHEDULED,
        Status.NO_SHOW,
        Status.IN_SERVICE,
        Status.COMPLETED,
    }
)
_WAS_THERE: Final = frozenset({Status.IN_SERVICE, Status.COMPLETED})


def hold(session: Session, referral: Referral, facts: ListingFacts, at: datetime) -> None:
    """Keep one opening of the listing for a referral that leaves now.

    :raises BadInput: if the service keeps none, or none is known to be free. The last one goes to
        exactly one of those who ask at once.
    """
    if not queries.holds_openings(facts, at):
        raise BadInput(N_("No opening is known to be free that could be held: do not hold one."))
    if not take_opening(session, facts.resource_id, at):
        raise BadInput(
            N_("The last opening was just taken: do not hold one, or choose another place.")
        )
    _keep(session, referral, facts, at, offered=False)


def settle(session: Session, referral: Referral, was: State, step: Step, at: datetime) -> None:
    """Bring what is held for a referral in line with the status that it has come to."""
    found = _held(session, referral.id)
    if found is None:
        return
    if referral.status in _ONE_IS_THEIRS:
        if found.ended_at is None:
            _end(session, referral, found, HoldEnding.TAKEN, at)
        return
    taken = found.ending is HoldEnding.TAKEN
    if taken and was.status in _WAS_THERE:
        return  # whoever was there has left an opening that the provider counts anew
    slip = taken and step.action is Action.CORRECT and found.until_at > at
    if slip and not _counted_since(session, referral, found):
        found.ended_at = found.ending = None  # a slip of the hand must not cost the last bed
        add(session, referral, DueKind.HOLD_ENDS, found.until_at)
        return
    if taken or referral.status in CLOSED or referral.status is Status.WAITLISTED:
        give_back(session, referral, found, HoldEnding.GIVEN_BACK, at)


def lapse(session: Session, referral: Referral, at: datetime) -> bool:
    """End a hold whose time is over; False if there is none."""
    found = _held(session, referral.id)
    if found is None or found.ended_at is not None or found.until_at > at:
        return False
    add_event(session, referral, by_app(at), Step(Action.LET_GO), WordOf.CLOCK)
    give_back(session, referral, found, HoldEnding.LAPSED, at)
    return True


def give_back(
    session: Session, referral: Referral, found: OpeningHold, ending: HoldEnding, at: datetime
) -> None:
    """Count a kept opening as free again, unless the provider has counted since it was taken."""
    counted = _counted_since(session, referral, found)
    _end(session, referral, found, ending, at)
    if counted:
        return
    give_back_opening(session, found.service_id, at)
    _offer(session, found.service_id, at, Line(but=referral.id))


def offer_freed(session: Session, service_id: UUID, at: datetime) -> int:
    """Offer what a provider has told to be free to those who waited then; return to how many.

    The first first. Who let an offer pass is not asked again by itself, and who was put on the list
    while openings stood free is not either: the provider meant something by it.
    """
    offered = 0
    while _offer(session, service_id, at, Line(told_since=True)):
        offered += 1
    return offered


def _offer(session: Session, service_id: UUID, at: datetime, line: Line) -> bool:
    """Offer one opening to the first in line; False where there is none, or nobody."""
    # All that is done with one service's openings stands in one queue, at this row.
    session.execute(
        select(ServiceCapacity.id).where(ServiceCapacity.service_id == service_id).with_for_update()
    )
    first = queries.first_waiting(session, service_id, line)
    if first is None:
        return False
    facts = listing_facts(session, [first.listing_number])[first.listing_number]
    if not (queries.holds_openings(facts, at) and take_opening(session, service_id, at)):
        return False
    _keep(session, first, facts, at, offered=True)
    add_event(session, first, by_app(at), Step(Action.OFFER), WordOf.CLOCK)
    return True


def _counted_since(session: Session, referral: Referral, found: OpeningHold) -> bool:
    """Say whether the provider has told a full count since the opening was taken."""
    facts = listing_facts(session, [referral.listing_number])[referral.listing_number]
    told, taken_at = facts.openings, found.ended_at
    return taken_at is not None and told is not None and told.as_of > taken_at


def _keep(
    session: Session, referral: Referral, facts: ListingFacts, at: datetime, *, offered: bool
) -> None:
    hours = facts.openings.hold_hours if facts.openings else None
    until = at + timedelta(hours=hours or 0)
    session.add(
        OpeningHold(
            referral_id=referral.id,
            service_id=facts.resource_id,
            held_at=at,
            until_at=until,
            offered=offered,
        )
    )
    add(session, referral, DueKind.HOLD_ENDS, until)
    session.flush()


def _end(
    session: Session, referral: Referral, found: OpeningHold, ending: HoldEnding, at: datetime
) -> None:
    found.ended_at, found.ending = at, ending
    drop(session, referral, (DueKind.HOLD_ENDS,))
    session.flush()


def _held(session: Session, referral_id: UUID) -> OpeningHold | None:
    """Return what is held now, or what was taken and not given back, the latest first."""
    return session.scalar(
        select(OpeningHold)
        .where(
            OpeningHold.referral_id == referral_id,
            (OpeningHold.ended_at.is_(None)) | (OpeningHold.ending == HoldEnding.TAKEN),
        )
        .order_by(OpeningHold.ended_at.is_(None).desc(), OpeningHold.held_at.desc())
        .limit(1)
    )
