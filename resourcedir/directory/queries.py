"""Reads listings. What anybody may see of them is ``ListingFacts``; who may change one is here too.

It must not write, and must not read ``location_private`` (``private`` does).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.db import usual_zone
from resourcedir.directory.assembling import facts_of
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.gathering import Around
from resourcedir.directory.hours import WeeklyHours
from resourcedir.directory.kinds import WrongFact
from resourcedir.directory.models import (
    Attribute,
    JobLead,
    Listing,
    ListingReport,
    Metadata,
    Organization,
    Service,
)
from resourcedir.directory.offering import runs
from resourcedir.errors import NotFound
from resourcedir.identity import Administrator, Identity, Provider
from resourcedir.places.areas import base_name
from resourcedir.taxonomy.commands import NEED, term_id
from resourcedir.taxonomy.terms import taxonomy

MOST_FOUND: Final = 50  # listings that a look-up by name shows


def listing_facts(session: Session, numbers: Iterable[int]) -> dict[int, ListingFacts]:
    """Return what is known of each listing, in the order asked; unknown numbers are left out.

    The number of statements is the same for one listing and for five hundred.
    """
    wanted = list(dict.fromkeys(numbers))
    around = Around(session, wanted)
    heads = around.heads
    zone = usual_zone(session)
    return {number: facts_of(heads[number], around, zone) for number in wanted if number in heads}


def facts_for(session: Session, number: int) -> ListingFacts:
    """Return what is known of one listing.

    :raises NotFound: when there never was one. One that was withdrawn is found: referrals name it.
    """
    found = listing_facts(session, [number])
    if number not in found:
        raise NotFound
    return found[number]


def listing_numbers(session: Session) -> list[int]:
    """Return the numbers of all listings that are offered, in order."""
    statement = select(Listing.number).where(Listing.withdrawn_at.is_(None))
    return list(session.scalars(statement.order_by(Listing.number)))


def confidential(session: Session, numbers: Iterable[int]) -> set[int]:
    """Return those of ``numbers`` whose place is confidential, withdrawn ones too."""
    statement = select(Listing.number).where(
        Listing.number.in_(list(numbers)), Listing.confidential.is_(True)
    )
    return set(session.scalars(statement))


def editable(session: Session, identity: Identity, number: int) -> Listing:
    """Return the listing to be changed.

    :raises NotFound: when there is none that is offered, or this person may not change it.
    """
    listing = kept_up(session, identity, number)
    if listing.withdrawn_at is not None:
        raise NotFound
    return listing


def kept_up(session: Session, identity: Identity, number: int) -> Listing:
    """Return a listing that this person keeps up, whether it is offered or not.

    :raises NotFound: when there is none, or it is somebody else's to keep up.
    """
    listing = session.get(Listing, number)
    if listing is None or not _may_edit(identity, listing):
        raise NotFound
    return listing


def own_listings(session: Session, provider: Provider) -> list[ListingFacts]:
    """Return the listings of the provider's organization, by name."""
    statement = select(Listing.number).where(
        Listing.organization_id == provider.organization_id, Listing.withdrawn_at.is_(None)
    )
    return _by_name(session, session.scalars(statement))


def find_by_name(session: Session, _scope: Administrator, words: str) -> list[ListingFacts]:
    """Return the listings whose name or organization's name holds ``words``, by name.

    At most ``MOST_FOUND``; letters are compared as the database does, without case.
    """
    text = "%" + words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    statement = (
        select(Listing.number)
        .join(Organization, Organization.id == Listing.organization_id)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
        .where(
            Listing.withdrawn_at.is_(None),
            func.coalesce(Service.name, JobLead.title).ilike(text, escape="\\")
            | Organization.name.ilike(text, escape="\\"),
        )
        .order_by(func.coalesce(Service.name, JobLead.title), Listing.number)
        .limit(MOST_FOUND)
    )
    return _by_name(session, session.scalars(statement))


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of one field. ``by`` is the user; None: its source was imported anew."""

    at: datetime
    action: str
    field: str
    before: str
    after: str
    by: UUID | None


def history(session: Session, resource_id: UUID) -> list[HistoryLine]:
    """Return every change of a service or job lead, the newest first."""
    statement = (
        select(Metadata)
        .where(Metadata.resource_id == resource_id)
        .order_by(Metadata.last_action_date.desc(), Metadata.field_name, Metadata.id)
    )
    return [
        HistoryLine(
            row.last_action_date,
            row.last_action_type,
            row.field_name,
            row.previous_value,
            row.replacement_value,
            row.updated_by,
        )
        for row in session.scalars(statement)
    ]


def changes_since(session: Session, number: int, at: datetime) -> list[HistoryLine]:
    """Return what was changed of a listing at ``at`` or later, the newest first."""
    facts = facts_for(session, number)
    return [line for line in history(session, facts.resource_id) if line.at >= at]


def names(session: Session, lines: Iterable[HistoryLine]) -> dict[UUID | None, str]:
    """Return the names of the people who made these changes, by id."""
    people = {line.by for line in lines if line.by is not None}
    found = session.execute(select(User.id, User.name).where(User.id.in_(people)))
    return {row.id: row.name for row in found}


@dataclass(frozen=True, slots=True)
class Report:
    """A fact is said to be wrong, and nobody has checked or changed the listing since.

    ``by`` None: the app says so, from what came of a referral.
    """

    fact: WrongFact
    at: datetime
    by: UUID | None
    from_referral: bool = False


def open_reports(session: Session, number: int) -> list[Report]:
    """Return what is said to be wrong with a listing, the oldest first."""
    statement = (
        select(ListingReport)
        .where(ListingReport.listing_number == number, ListingReport.settled_at.is_(None))
        .order_by(ListingReport.reported_at, ListingReport.id)
    )
    return [
        Report(row.fact, row.reported_at, row.reported_by, row.from_referral)
        for row in session.scalars(statement)
    ]


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A line for people in crisis, and whose it is; ``hours`` None is not known."""

    name: str
    number: str
    hours: WeeklyHours | None
    listing: int = 0
    areas: tuple[str, ...] = ()  # codes of what it serves


def crisis_lines(session: Session, among: Iterable[int] | None = None) -> list[CrisisLine]:
    """Return the lines for people in crisis that take calls or texts, by listing.

    ``among`` are the listings to look at; None means all.
    """
    terms = [term_id(NEED, code) for code in sorted(taxonomy().within("crisis-line"))]
    named = exists().where(
        Attribute.link_id == Listing.service_id, Attribute.taxonomy_term_id.in_(terms)
    )
    statement = (
        select(Listing.number).where(named, Listing.withdrawn_at.is_(None)).order_by(Listing.number)
    )
    if among is not None:
        statement = statement.where(Listing.number.in_(list(among)))
    found = listing_facts(session, session.scalars(statement).all()).values()
    return [
        CrisisLine(
            each.name,
            each.main_phone,
            each.hours,
            each.number,
            _areas_of(each),
        )
        for each in found
        if each.main_phone and runs(each)
    ]


def _areas_of(facts: ListingFacts) -> tuple[str, ...]:
    """Return the codes of what a listing serves; where nothing is said, of where it stands."""
    if facts.areas or facts.place is None:
        return tuple(code for code, _ in facts.areas)
    county = facts.place.county and base_name(facts.place.state, facts.place.county)
    return (f"{facts.place.state}/{county}" if county else facts.place.state,)


def _may_edit(identity: Identity, listing: Listing) -> bool:
    if isinstance(identity, Provider):
        return listing.organization_id == identity.organization_id
    return isinstance(identity, Administrator)


def _by_name(session: Session, numbers: Iterable[int]) -> list[ListingFacts]:
    found: Sequence[ListingFacts] = list(listing_facts(session, numbers).values())
    return sorted(found, key=lambda each: (each.name.casefold(), each.number))
