"""What a file says of one listing, in the shape of the tables that it becomes. Pure.

A draft holds no number and no state of the database, so that two drafts can be compared by value.
Which columns the tuples stand for is in ``tables``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from resourcedir.directory.hours import WeeklyHours, week_of
from resourcedir.directory.kinds import ListingKind

Values = Mapping[str, Any]
Rows = frozenset[tuple[Any, ...]]
NOTHING: Rows = frozenset()


def usual_week(rows: Rows) -> WeeklyHours | None:
    """Return the hours that rows of the side "hours" say; those of a season say nothing of it."""
    return week_of(row[:3] for row in rows if row[3] is None and row[4] is None)


@dataclass(frozen=True, slots=True)
class OrganizationDraft:
    """Who provides it. None is "the file does not say", and then nothing is overwritten."""

    id: UUID
    name: str
    description: str | None = None
    website: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDraft:
    """One listing. ``resource`` is the service or job lead; ``sides`` are the rows around it.

    ``terms`` are ids of taxonomy terms. ``taxonomies`` are those that the file can speak of: terms
    of others stay. ``private_address`` is of a confidential place; empty leaves what is stored.
    """

    line: int
    source: str
    key: str
    kind: ListingKind
    resource_id: UUID
    organization: OrganizationDraft
    listing: Values
    resource: Values
    location: Values | None
    sides: Mapping[str, Rows]
    terms: frozenset[UUID]
    taxonomies: frozenset[str]
    private_address: str = field(default="", repr=False)

    def side(self, name: str) -> Rows:
        """Return the rows of one table around it."""
        return self.sides.get(name, NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredListing:
    """One listing as the database has it, in the same shape."""

    number: int
    source: str
    key: str
    kind: ListingKind
    resource_id: UUID
    location_id: UUID | None
    organization: OrganizationDraft
    listing: Values
    resource: Values
    location: Values | None
    sides: Mapping[str, Rows]
    terms: frozenset[UUID]

    def day_of(self, instant: datetime, usual_zone: str) -> date:
        """Return the day that ``instant`` was where the listing is; else in ``usual_zone``."""
        return instant.astimezone(ZoneInfo(self.zone(usual_zone))).date()

    def zone(self, usual_zone: str) -> str:
        """Return the zone whose clock it goes by."""
        place = (self.location or {}).get("time_zone")
        return str(place or self.listing["time_zone"] or usual_zone)

    def side(self, name: str) -> Rows:
        """Return the rows of one table around it."""
        return self.sides.get(name, NOTHING)
