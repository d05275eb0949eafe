"""Finds a listing that a client must keep away from by its number or name, and its point.

Of a confidential place nothing comes back, not even that it is one: it is answered like a listing
whose place nobody knows.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.models import JobLead, Listing, Organization, Service
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import BadInput
from resourcedir.numbers import whole_number
from resourcedir.places.point import Point
from resourcedir.texts import N_

MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class ListingPlace:
    """Where a listing is; ``words`` are its name and address, ``error_m`` is in meters."""

    words: str
    point: Point
    error_m: float


def listing_place(session: Session, words: str) -> ListingPlace:
    """Return the place of the one listing that has this number or name.

    :raises BadInput: if there is none, there are several (with their numbers), or its place is not
        known; the message does not repeat what was typed.
    """
    found = listing_facts(session, _numbers(session, words))
    if not found:
        raise BadInput(N_("No listing has this number or name. Check it, or type coordinates."))
    if len(found) > 1:
        known = [f"{number} ({facts.name})" for number, facts in found.items()]
        raise BadInput(
            N_("Several listings have this name. Type the number of one: %(known)s."),
            known="; ".join(known[:MOST_NAMED]) + ("; …" if len(known) > MOST_NAMED else ""),
        )
    place = _place(next(iter(found.values())))
    if place is None:
        raise BadInput(
            N_("Where this listing is on the map is not known here. Type coordinates instead.")
        )
    return place


def _numbers(session: Session, words: str) -> list[int]:
    offered = select(Listing.number).where(Listing.withdrawn_at.is_(None))
    if (number := whole_number(words)) is not None:
        return list(session.scalars(offered.where(Listing.number == number)))
    name = func.coalesce(Service.name, JobLead.title)
    text = words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    named = (
        offered.join(Organization, Organization.id == Listing.organization_id)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
        .order_by(name, Listing.number)
        .limit(MOST_NAMED + 1)
    )
    exact = [each.ilike(text, escape="\\") for each in (name, Organization.name)]
    for wanted in (*exact, name.ilike(f"%{text}%", escape="\\")):
        if found := list(session.scalars(named.where(wanted))):
            return found
    return []


def _place(facts: ListingFacts) -> ListingPlace | None:
    place = facts.place
    if facts.confidential or place is None or place.latitude is None or place.longitude is None:
        return None
    if place.error_m is None:
        return None
    street = ", ".join(part for part in (place.address_1, place.city) if part)
    words = ": ".join(part for part in (facts.name, street) if part)
    return ListingPlace(words, Point(place.latitude, place.longitude), float(place.error_m))
