"""How long a count of free beds, slots or seats may be believed. Pure.

A count that is too old is *not known*: it is neither shown as a number nor found as an opening.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.kinds import Unit
from resourcedir.taxonomy.terms import taxonomy

_OVERNIGHT: Final = timedelta(hours=12)
_RESIDENTIAL: Final = timedelta(days=3)
_OTHERWISE: Final = timedelta(days=14)

BEDS_BY_TERM: Final = {
    "emergency-shelter": _OVERNIGHT,
    "detox": _OVERNIGHT,
}
"""Need -> how long a count of its beds holds; any other bed is residential."""


def lasts(unit: Unit, terms: Iterable[str]) -> timedelta:
    """Return how long after it was true a count of ``unit`` for these needs is believed."""
    if unit is not Unit.BED:
        return _OTHERWISE
    lineages = (taxonomy().lineage(code) for code in terms if code in taxonomy())
    codes = {term.code for lineage in lineages for term in lineage}
    return min((BEDS_BY_TERM[code] for code in codes & BEDS_BY_TERM.keys()), default=_RESIDENTIAL)


def known_until(openings: OpeningsFact, terms: Iterable[str]) -> datetime:
    """Return the instant from which the count is not known any more."""
    return openings.as_of + lasts(openings.unit, terms)


def known(openings: OpeningsFact, terms: Iterable[str], at: datetime) -> bool:
    """Say whether the count may be believed at ``at``."""
    return at < known_until(openings, terms)
