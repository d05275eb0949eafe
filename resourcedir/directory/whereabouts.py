"""What of a listing the limits of a client are held to: where it is, when it is open. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final

from resourcedir.directory.asking import gives_a_bed
from resourcedir.directory.facts import ListingFacts, PlaceFact
from resourcedir.directory.hours import WeeklyHours
from resourcedir.directory.kinds import Shift
from resourcedir.directory.offering import runs
from resourcedir.places.areas import base_name
from resourcedir.places.point import Point

LATEST: Final = 2**31 - 1  # minutes, what a column of the index holds: the year 6053
_DIGITS: Final = 6  # of degrees: what the index keeps of a point


class Spot(IntEnum):
    """How well one knows where a listing is. The numbers stand in the index."""

    NOWHERE = 0  # by phone, online, or it comes to you
    BY_ZIP = 1
    BY_ADDRESS = 2
    HIDDEN = 3


class ShiftKind(IntEnum):
    """When a job is worked; services have none. The numbers stand in the index."""

    NONE = 0
    BY_DAY = 1
    LATE = 2  # reaches into the night, or changes
    UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """``error_m`` is how far off the point may be, metres; ``areas`` are codes."""

    spot: Spot
    point: Point | None = None
    error_m: float = 0.0
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """``hours`` None and ``languages`` empty: not known. ``access`` is what helps people get in.

    ``full_at`` is when it was told that nothing is free, in minutes since 1970; 0: it was not.
    """

    where: Whereabouts
    bed: bool
    shift: ShiftKind
    hours: WeeklyHours | None
    languages: frozenset[str]
    access: frozenset[str]
    full_at: int = 0


def offered(facts: ListingFacts) -> Offered:
    """Return what of a listing the limits are held to."""
    return Offered(
        where=whereabouts(facts),
        bed=gives_a_bed(facts),
        shift=shift_of(facts),
        hours=facts.hours if runs(facts) else None,
        languages=frozenset(facts.languages),
        access=access_of(facts),
        full_at=0 if facts.openings is None or facts.openings.available else told_at(facts),
    )


def told_at(facts: ListingFacts) -> int:
    """Return when its count of free places was true, in minutes since 1970; 0 where none holds."""
    if facts.openings is None or not runs(facts):
        return 0
    return minutes(facts.openings.as_of)


def minutes(instant: datetime) -> int:
    """Return whole minutes since 1970 (UTC), rounded up, as a column of the index holds them."""
    return min(-int(-instant.timestamp() // 60), LATEST)


def shift_of(facts: ListingFacts) -> ShiftKind:
    """Return when a job is worked."""
    if facts.job is None:
        return ShiftKind.NONE
    if facts.job.shift is None:
        return ShiftKind.UNKNOWN
    late = facts.job.shift in {Shift.EVENING, Shift.NIGHT, Shift.ROTATING}
    return ShiftKind.LATE if late else ShiftKind.BY_DAY


def whereabouts(facts: ListingFacts) -> Whereabouts:
    """Return where a listing is; of a confidential one nothing but that it is."""
    if facts.confidential:
        return Whereabouts(Spot.HIDDEN)
    place = facts.place
    if place is None:
        return Whereabouts(Spot.NOWHERE)
    areas = areas_of_place(place)
    if place.latitude is None or place.longitude is None:
        return Whereabouts(Spot.BY_ZIP, areas=areas)
    spot = Spot.BY_ADDRESS if place.by_address else Spot.BY_ZIP
    point = Point(round(place.latitude, _DIGITS), round(place.longitude, _DIGITS))
    return Whereabouts(spot, point, float(place.error_m or 0), areas)


def areas_of_place(place: PlaceFact) -> frozenset[str]:
    """Return the state of a place, and its county where it is known."""
    if not place.county:
        return frozenset({place.state})
    return frozenset({place.state, f"{place.state}/{base_name(place.state, place.county)}"})


def access_of(facts: ListingFacts) -> frozenset[str]:
    """Return what helps people get in, of a place that is shown."""
    if facts.place is None or facts.confidential:
        return frozenset()
    return frozenset(facts.place.accessibility)
