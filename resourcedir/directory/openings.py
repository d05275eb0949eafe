"""How long a count of free beds, slots or seats may be believed. Pure.

A count that is too old is *not known*: it is neither shown as a number nor found as an opening.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.kinds import Unit
from resourcedir.taxonomy.terms import taxonomy

_LAST_DAY: Final = date.max - timedelta(days=1)
MOST_WAIT_DAYS: Final = 3650
MOST_HOLD_HOURS: Final = 336  # two weeks


@dataclass(frozen=True, slots=True)
class Fading:
    """For how long a count of ``unit`` is believed where the service answers ``need``.

    ``need`` None: any other. ``at_start``: where the class has a first day, until that begins
    instead, on the clock of the place.
    """

    unit: Unit
    need: str | None
    lasts: timedelta
    at_start: bool = False


FADING: Final = (
    Fading(Unit.BED, "emergency-shelter", timedelta(hours=12)),
    Fading(Unit.BED, "detox", timedelta(hours=12)),
    Fading(Unit.BED, None, timedelta(days=3)),
    Fading(Unit.SLOT, None, timedelta(days=14)),
    Fading(Unit.SEAT, None, timedelta(days=14), at_start=True),
)
"""The one table of it. A row that names a need goes before; of several the shortest holds."""

NEEDS: Final = frozenset(each.need for each in FADING if each.need is not None)
"""What of a service's needs decides how long its count holds."""


def fading(unit: Unit, terms: Iterable[str]) -> Fading:
    """Return the row of the table for a count of ``unit`` at a service of these needs."""
    lineages = (taxonomy().lineage(code) for code in terms if code in taxonomy())
    codes = {term.code for lineage in lineages for term in lineage}
    rows = [each for each in FADING if each.unit is unit]
    named = [each for each in rows if each.need in codes]
    return min(named or (each for each in rows if each.need is None), key=lambda each: each.lasts)


def known_until(openings: OpeningsFact, terms: Iterable[str], time_zone: str) -> datetime:
    """Return the instant (UTC) from which the count is not known any more.

    ``time_zone`` is whose clock the listing goes by.
    """
    row = fading(openings.unit, terms)
    if row.at_start and openings.starts_on is not None:
        return starts_at(openings.starts_on, time_zone)
    return openings.as_of + row.lasts


def known(openings: OpeningsFact, terms: Iterable[str], time_zone: str, at: datetime) -> bool:
    """Say whether the count may be believed at ``at``."""
    return at < known_until(openings, terms, time_zone)


def pause_ends_at(paused_until: date | None, time_zone: str) -> datetime:
    """Return the instant (UTC) at which the day after the last one of a pause begins."""
    if paused_until is None:
        return datetime.min.replace(tzinfo=UTC)
    return starts_at(min(paused_until, _LAST_DAY) + timedelta(days=1), time_zone)


def starts_at(starts_on: date, time_zone: str) -> datetime:
    """Return the instant (UTC) at which a day begins on the clock of the place."""
    try:
        return datetime.combine(starts_on, time(), ZoneInfo(time_zone)).astimezone(UTC)
    except OverflowError:  # the first day of the calendar, east of Greenwich
        return datetime.min.replace(tzinfo=UTC)


def begun(openings: OpeningsFact, time_zone: str, at: datetime) -> bool:
    """Say whether the class that the seats are in has begun."""
    return openings.starts_on is not None and at >= starts_at(openings.starts_on, time_zone)
