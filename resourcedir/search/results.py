"""What a search has found: a page of listings, with what the page says of them.

Nothing is asked of an index here; the directory is asked what the listings are now.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from resourcedir.directory import queries as directory
from resourcedir.directory.facts import ListingFacts
from resourcedir.engine.documents import Answer
from resourcedir.errors import DomainError
from resourcedir.places.place import Place, areas_of
from resourcedir.search.ask import PER_PAGE, Ask
from resourcedir.search.fallback import Reach
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.widening import Widening


@dataclass(frozen=True, slots=True)
class Found:
    """One result. ``distance_km`` is None without a place, or where it serves an area."""

    facts: ListingFacts
    distance_km: float | None
    area: str | None  # name of the area it serves, where that is why it answers
    error_m: int | None  # how far off the distance may be

    @property
    def from_address(self) -> bool:
        """Say whether the listing's own point was found by its address."""
        return self.facts.place is not None and self.facts.place.by_address


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results. ``trouble`` is why the place could not be used; nothing is found then.

    ``ask`` is settled: what the words set stands in its filters; ``reading`` has what was typed.
    ``left_out`` are words that nothing has with the others. ``related`` have not all that was asked
    for: they count nowhere.

    Without an index (``indexed``) the database has answered, and nothing is counted beside it:
    ``facets`` are empty, ``open_now`` and ``with_openings`` None. ``reach`` is how much of the
    directory was looked through then; if not all, ``total`` is the least that there are.
    """

    ask: Ask
    reading: Reading
    total: int
    found: tuple[Found, ...]
    facets: Mapping[str, Mapping[str, int]]
    open_now: int | None
    open_tonight: int | None
    open_weekend: int | None
    with_openings: int | None
    every_word: bool
    named: tuple[str, ...] = ()  # codes of the terms that the words name
    any_word: bool = False  # some of the words will do
    left_out: tuple[str, ...] = ()
    related: tuple[Found, ...] = ()
    place: Place | None = None
    trouble: DomainError | None = None
    widenings: tuple[Widening, ...] = ()  # of an empty answer, the next first
    nothing_wider: bool = True  # without any: wider searches were made, and found nothing
    reach: Reach | None = None

    @property
    def indexed(self) -> bool:
        return self.reach is None

    @property
    def in_part(self) -> bool:
        """Say whether there may be more that was not looked at."""
        return self.reach is not None and not self.reach.whole

    @property
    def first(self) -> int:
        return (self.ask.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.found) - 1


def found_of(session: Session, answer: Answer, place: Place | None) -> tuple[Found, ...]:
    """Return the listings of an answer as they are now, in its order."""
    facts = directory.listing_facts(session, [hit.key for hit in answer.hits])
    areas = areas_of(place) if place else frozenset()
    rows = []
    for hit in answer.hits:
        # The index may still hold a listing that was withdrawn a second ago.
        if (listing := facts.get(hit.key)) is None or listing.withdrawn:
            continue
        served = next((name for code, name in listing.areas if code in areas), None)
        error = None
        if hit.distance_km is not None and place and listing.place:
            error = place.error_m + (listing.place.error_m or 0)
        rows.append(
            Found(listing, hit.distance_km, served if hit.distance_km is None else None, error)
        )
    return tuple(rows)
