"""Reads listings for a search while there is no index: what a sieve lets through, and its words.

Words are not compared here: each kind of database folds and cuts them in its own way. It must not
read ``location_private``.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, null, select
from sqlalchemy.orm import Session

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
from resourcedir.directory.openings import BEDS_BY_TERM, known
from resourcedir.directory.sieve import Sieve, Test, listings
from resourcedir.taxonomy.commands import NEED, taxonomy_id, term_id
from resourcedir.taxonomy.models import TaxonomyTerm
from resourcedir.taxonomy.terms import taxonomy

MOST_READ: Final = 200_000  # listings that are looked at for one answer
_AT_ONCE: Final = 5_000  # rows fetched together
_MOST_NAMED: Final = 5_000  # listings that a statement names

_Span = tuple[str, time | None, time | None]  # days, opens, closes


class Sifted(NamedTuple):
    """A listing that stayed, with its point if a region was asked for. ``text`` has all its words.

    A confidential listing has no point, and nothing of its place is in the text.
    """

    number: int
    latitude: float | None
    longitude: float | None
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a listing may be said to be, its names in both languages; ``need`` is a need's code."""

    id: UUID
    names: str
    need: str | None


def sifted(session: Session, sieve: Sieve, now: datetime, *, with_words: bool) -> Iterator[Sifted]:
    """Yield what stays, by number, ``MOST_READ`` at the most; without words those are ""."""
    kept = _kept(session, sieve, now)
    nothing: tuple[ColumnElement[Any], ...] = (null(), null())
    point = (Location.latitude, Location.longitude) if sieve.region else nothing
    words = _words() if with_words else ()
    statement = listings(sieve, Listing.number, *point, *words).order_by(Listing.number)
    rows = session.execute(statement.limit(MOST_READ), execution_options={"yield_per": _AT_ONCE})
    for number, latitude, longitude, *texts in rows:
        if all(number in each for each in kept):
            name = texts[0] if texts else ""
            yield Sifted(number, latitude, longitude, name, " ".join(texts))


def passing(session: Session, test: Test, numbers: Collection[int]) -> set[int]:
    """Return those of the listings that pass the test."""
    if not numbers:
        return set()
    # Many are not named but spanned: PostgreSQL then reads a table once and not once a thousand.
    among = (
        Listing.number.in_(sorted(numbers))
        if len(numbers) <= _MOST_NAMED
        else Listing.number.between(min(numbers), max(numbers))
    )
    return set(session.scalars(select(Listing.number).where(among, test))).intersection(numbers)


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


def _kept(session: Session, sieve: Sieve, now: datetime) -> list[set[int]]:
    """Return the numbers that each test passes that SQL cannot make."""
    kept = []
    if sieve.open_now:
        kept.append(_open(session, sieve, lambda hours: hours.open_at(now)))
    if sieve.tonight:
        kept.append(_open(session, sieve, lambda hours: hours.open_tonight(now)))
    if sieve.openings:
        kept.append(_free(session, sieve, now))
    return kept


def _open(session: Session, sieve: Sieve, holds: Callable[[WeeklyHours], bool]) -> set[int]:
    zone = func.coalesce(
        func.nullif(Location.time_zone, ""),
        func.nullif(Listing.time_zone, ""),
        usual_zone(session),
    )
    statement = (
        listings(sieve, Listing.number, zone, Schedule.byday, Schedule.opens_at, Schedule.closes_at)
        .join(Schedule, Schedule.service_id == Service.id)
        .where(
            Service.status == ServiceStatus.ACTIVE,
            Schedule.valid_from.is_(None),
            Schedule.valid_to.is_(None),
        )
    )
    weeks: dict[tuple[int, str], list[_Span]] = defaultdict(list)
    for number, time_zone, byday, opens, closes in session.execute(statement):
        weeks[number, time_zone].append((byday, opens, closes))

    @cache
    def is_open(spans: frozenset[_Span], time_zone: str) -> bool:
        hours = week_of(spans, time_zone)
        return hours is not None and holds(hours)

    return {number for (number, zone), spans in weeks.items() if is_open(frozenset(spans), zone)}


def _free(session: Session, sieve: Sieve, now: datetime) -> set[int]:
    counts = (
        listings(
            sieve,
            Listing.number,
            ServiceCapacity.unit,
            ServiceCapacity.available,
            ServiceCapacity.updated,
        )
        .join(ServiceCapacity, ServiceCapacity.service_id == Service.id)
        .where(Service.status == ServiceStatus.ACTIVE, ServiceCapacity.available > 0)
    )
    telling = {
        term_id(NEED, each): each for code in BEDS_BY_TERM for each in taxonomy().within(code)
    }
    needs = (
        listings(sieve, Listing.number, Attribute.taxonomy_term_id)
        .join(ServiceCapacity, ServiceCapacity.service_id == Service.id)
        .join(Attribute, Attribute.link_id == Service.id)
        .where(Attribute.taxonomy_term_id.in_(sorted(telling)), ServiceCapacity.available > 0)
    )
    codes: dict[int, list[str]] = defaultdict(list)
    for number, term in session.execute(needs):
        codes[number].append(telling[term])
    return {
        number
        for number, unit, available, as_of in session.execute(counts)
        if known(OpeningsFact(unit, available, None, as_of), codes[number], now)
    }
