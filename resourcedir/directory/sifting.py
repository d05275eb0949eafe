"""Reads listings for a search while there is no index: what a sieve lets through, and its words.

Words are not compared here: each kind of database folds and cuts them in its own way. It must not
read ``location_private``.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, null, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from resourcedir.db import usual_zone
from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.hours import WeeklyHours, week_of
from resourcedir.directory.kinds import ServiceStatus
from resourcedir.directory.models import (
    Address,
    Attribute,
    JobLead,
    Listing,
    Location,
    Organization,
    Schedule,
    Service,
    ServiceCapacity,
)
from resourcedir.directory.openings import NEEDS, known, pause_ends_at
from resourcedir.directory.sieve import ITS_PLACE, Sieve, Test, passing_through
from resourcedir.taxonomy.commands import NEED, taxonomy_id, term_id
from resourcedir.taxonomy.models import TaxonomyTerm
from resourcedir.taxonomy.terms import taxonomy

MOST_READ: Final = 100_000  # listings whose number and place are read for one answer
MOST_LOOKED_INTO: Final = 15_000  # and those whose words, hours or free places are
_AT_ONCE: Final = 5_000  # listings that a statement names

_Span = tuple[str, time | None, time | None]  # days, opens, closes


class Placed(NamedTuple):
    """A listing that stayed, with its point if a region was asked for.

    A confidential listing has no point.
    """

    number: int
    latitude: float | None
    longitude: float | None


class Told(NamedTuple):
    """The words of a listing; ``text`` has all of them, and nothing of a confidential place."""

    number: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a listing may be said to be, its names in both languages; ``need`` is a need's code."""

    id: UUID
    names: str
    need: str | None


def placed(session: Session, sieve: Sieve, most: int) -> list[Placed]:
    """Return what stays, by number, ``most`` of them."""
    point = (Location.latitude, Location.longitude) if sieve.region else (null(), null())
    statement = passing_through(sieve, Listing.number, *point).order_by(Listing.number)
    return [Placed(*row) for row in session.execute(statement.limit(most))]


def how_many(session: Session, sieve: Sieve) -> int:
    """Return how many stay."""
    return session.scalar(passing_through(sieve, func.count())) or 0


def told(session: Session, numbers: Collection[int]) -> Iterator[Told]:
    """Yield the words of each of the listings."""
    for number, *texts in _read(session, _joined(Listing.number, *_words()), numbers):
        yield Told(number, texts[0], " ".join(texts))


def passing(session: Session, test: Test, numbers: Collection[int]) -> set[int]:
    """Return those of the listings that pass the test."""
    return {number for (number,) in _read(session, select(Listing.number).where(test), numbers)}


def names(session: Session) -> list[Named]:
    """Return everything that a listing may be said to be."""
    rows = session.execute(
        select(
            TaxonomyTerm.id,
            TaxonomyTerm.name,
            TaxonomyTerm.name_es,
            TaxonomyTerm.code,
            TaxonomyTerm.taxonomy_id,
        ).order_by(TaxonomyTerm.id)
    )
    needs = taxonomy_id(NEED)
    return [
        Named(each, f"{english} {spanish}", code if source == needs else None)
        for each, english, spanish, code, source in rows
    ]


def _words() -> tuple[ColumnElement[str], ...]:
    """Return the columns that hold words, the name first."""
    return (
        func.coalesce(Service.name, JobLead.title, ""),
        func.coalesce(Service.alternate_name, ""),
        func.coalesce(Organization.name, ""),
        func.coalesce(Service.description, JobLead.description, ""),
        func.coalesce(_address(), ""),
    )


def _address() -> ColumnElement[str | None]:
    """Return town, ZIP code and county of the place that is shown, in one text."""
    words = Address.city + " " + Address.postal_code + " " + func.coalesce(Address.region, "")
    return (
        select(words)
        .where(Address.location_id == Location.id)
        .order_by(Address.address_type, Address.id)
        .limit(1)
        .scalar_subquery()
    )


def _joined(*columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[Any]:
    """Return the statement that reads ``columns`` of listings and of what they are about."""
    return (
        select(*columns)
        .select_from(Listing)
        .outerjoin(Organization, Organization.id == Listing.organization_id)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
        .outerjoin(Location, ITS_PLACE)
    )


def _read(session: Session, statement: Select[Any], numbers: Collection[int]) -> Iterator[Any]:
    """Yield the rows, whose first column is the listing's number, of each of the listings."""
    wanted, ordered = set(numbers), sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        dense = some[-1] - some[0] < 2 * len(some)
        # Neighbors are not named but spanned, so that both databases read them in one go.
        test = Listing.number.between(some[0], some[-1]) if dense else Listing.number.in_(some)
        yield from (row for row in session.execute(statement.where(test)) if row[0] in wanted)


def _zone(session: Session) -> ColumnElement[str]:
    """Return the time zone whose clock a listing goes by."""
    return func.coalesce(
        func.nullif(Location.time_zone, ""),
        func.nullif(Listing.time_zone, ""),
        usual_zone(session),
    )


def open_among(
    session: Session, numbers: Collection[int], holds: Callable[[WeeklyHours], bool]
) -> set[int]:
    """Return those of the listings of whose hours ``holds`` is true."""
    statement = (
        _joined(
            Listing.number,
            _zone(session),
            Schedule.byday,
            Schedule.opens_at,
            Schedule.closes_at,
        )
        .join(Schedule, Schedule.service_id == Service.id)
        .where(
            Service.status == ServiceStatus.ACTIVE,
            Schedule.valid_from.is_(None),
            Schedule.valid_to.is_(None),
        )
    )
    weeks: dict[tuple[int, str], list[_Span]] = defaultdict(list)
    for number, time_zone, byday, opens, closes in _read(session, statement, numbers):
        weeks[number, time_zone].append((byday, opens, closes))

    @cache
    def is_open(spans: frozenset[_Span], time_zone: str) -> bool:
        hours = week_of(spans, time_zone)
        return hours is not None and holds(hours)

    return {number for (number, zone), spans in weeks.items() if is_open(frozenset(spans), zone)}


def free_among(session: Session, numbers: Collection[int], now: datetime) -> set[int]:
    """Return those of the listings that have a free place, by a count that is still believed."""
    counts = (
        _joined(
            Listing.number,
            _zone(session),
            ServiceCapacity.unit,
            ServiceCapacity.available,
            ServiceCapacity.maximum,
            ServiceCapacity.updated,
            ServiceCapacity.starts_on,
            Service.paused_until,
        )
        .join(ServiceCapacity, ServiceCapacity.service_id == Service.id)
        .where(Service.status == ServiceStatus.ACTIVE, ServiceCapacity.available > 0)
    )
    telling = {term_id(NEED, each): each for code in NEEDS for each in taxonomy().within(code)}
    needs = (
        _joined(Listing.number, Attribute.taxonomy_term_id)
        .join(ServiceCapacity, ServiceCapacity.service_id == Service.id)
        .join(Attribute, Attribute.link_id == Service.id)
        .where(Attribute.taxonomy_term_id.in_(sorted(telling)), ServiceCapacity.available > 0)
    )
    codes: dict[int, list[str]] = defaultdict(list)
    for number, term in _read(session, needs, numbers):
        codes[number].append(telling[term])
    return {
        number
        for number, zone, *told, starts_on, paused_until in _read(session, counts, numbers)
        if known(_fact(told, starts_on), codes[number], zone, now)
        and now >= pause_ends_at(paused_until, zone)
    }


def _fact(told: list[Any], starts_on: date | None) -> OpeningsFact:
    unit, available, maximum, as_of = told
    return OpeningsFact(unit, available, maximum, as_of, starts_on=starts_on)
