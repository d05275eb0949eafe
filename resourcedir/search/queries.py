"""Answers a search: asks the index which listings, the directory what they are now.

The session reads the public directory alone, so no scope is asked for: everybody who may search
sees the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.directory import queries as directory
from resourcedir.directory.facts import ListingFacts
from resourcedir.engine.documents import Answer, Hooks, Index, Near, Question, Sort
from resourcedir.engine.errors import IndexMissing
from resourcedir.errors import DomainError
from resourcedir.places.finding import find_place
from resourcedir.places.place import Place, PlaceKind, areas_of
from resourcedir.search import fallback, masks
from resourcedir.search.ask import DISTANCES, FILTERS, PER_PAGE, USUAL_MILES, Ask, Order
from resourcedir.search.fallback import Reach
from resourcedir.search.words import clauses

KM_PER_MILE: Final = 1.609344  # international mile of 1959, exact
FACETS: Final = ("term", *FILTERS)
PATIENCE_S: Final = 0.6  # after which no wider search of the database begins


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
class Widening:
    """A wider search that would find something."""

    ask: Ask
    total: int
    at_least: bool = False  # there may be more


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results. ``trouble`` is why the place could not be used; nothing is found then.

    Without an index (``indexed``) the database has answered, and nothing is counted beside it:
    ``facets`` are empty, ``open_now`` and ``with_openings`` None. ``reach`` is how much of the
    directory was looked through then; if not all, ``total`` is the least that there are.
    """

    ask: Ask
    total: int
    found: tuple[Found, ...]
    facets: Mapping[str, Mapping[str, int]]
    open_now: int | None
    open_tonight: int | None
    with_openings: int | None
    every_word: bool
    named: tuple[str, ...] = ()  # codes of the terms that the words name
    place: Place | None = None
    trouble: DomainError | None = None
    widening: Widening | None = None
    nothing_wider: bool = True  # without a widening: wider searches were made, and found nothing
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


class Searcher:
    """Asks one index at one instant; ``home_state`` settles cities of the same name."""

    def __init__(self, index: Index, *, home_state: str, now: datetime) -> None:
        self._index = index
        self._home_state = home_state or None
        self._now = now

    def results(self, session: Session, ask: Ask, *, limit: int = PER_PAGE) -> Results:
        """Return the page of ``ask``; never raises for what was typed."""
        place: Place | None = None
        try:
            place = self.place_of(ask)
        except DomainError as trouble:
            return Results(ask, 0, (), {}, 0, 0, 0, every_word=True, trouble=trouble)
        try:
            return self._from_index(session, ask, place, limit)
        except IndexMissing:
            return self._from_database(session, ask, place, limit)

    def place_of(self, ask: Ask) -> Place | None:
        """Return the place that is typed, None without one.

        :raises DomainError: if it is none, with what to type instead.
        """
        return find_place(ask.near, home_state=self._home_state) if ask.near else None

    def answer(
        self, ask: Ask, place: Place | None, own: Hooks, *, most_each: int | None = None
    ) -> tuple[Answer, bool]:
        """Return what answers ``ask``, with hooks of one's own, and whether it has every word.

        Nothing is counted by facets. With ``most_each`` there are so many first ones of each order
        in place of a page.

        :raises IndexMissing: while there is no index.
        """
        every, asked = self._has_every_word(ask), self._hooks(ask)
        question = replace(
            self._question(ask, place),
            any_clause=not every,
            offset=(ask.page - 1) * PER_PAGE,
            limit=PER_PAGE if most_each is None else most_each,
            limit_each=most_each is not None,
        )
        order = own.order or asked.order
        return self._index.search(
            question, replace(own, keep=[*asked.keep, *own.keep], order=order)
        ), every

    def without_index(
        self, session: Session, ask: Ask, place: Place | None, limit: int
    ) -> fallback.Simple:
        """Return what the database alone answers."""
        return fallback.answer(session, ask, near_of(ask, place), self._now, limit)

    def _from_database(
        self, session: Session, ask: Ask, place: Place | None, limit: int
    ) -> Results:
        near = near_of(ask, place)
        wider = _Wider(session, self._now)
        simple = fallback.answer(session, ask, near, self._now, limit)
        answer = simple.answer
        widening = None if answer.total else _widening(ask, place, wider.count)
        return Results(
            ask=replace(ask, page=min(ask.page, max(1, -(-answer.total // PER_PAGE)))),
            total=answer.total,
            found=found_of(session, answer, place),
            facets={},
            open_now=None,
            open_tonight=None,
            with_openings=None,
            every_word=True,
            named=_named(ask),
            place=place,
            widening=widening and replace(widening, at_least=not wider.whole),
            nothing_wider=simple.reach.whole and wider.whole,
            reach=simple.reach,
        )

    def _from_index(self, session: Session, ask: Ask, place: Place | None, limit: int) -> Results:
        answer, every_word = self._answer(ask, place, limit)
        if answer.total and not answer.hits:  # a page after the last: show the last
            ask = replace(ask, page=-(-answer.total // PER_PAGE))
            answer, every_word = self._answer(ask, place, limit)
        return Results(
            ask=ask,
            total=answer.total,
            found=found_of(session, answer, place),
            facets=answer.facets,
            open_now=answer.tallies["now"],
            open_tonight=answer.tallies["tonight"],
            with_openings=answer.tallies["openings"],
            every_word=every_word,
            named=_named(ask),
            place=place,
            widening=None if answer.total else _widening(ask, place, self._count),
        )

    def _answer(self, ask: Ask, place: Place | None, limit: int) -> tuple[Answer, bool]:
        """Return the answer, and whether it is to every word."""
        every = self._has_every_word(ask)
        question = replace(
            self._question(ask, place),
            any_clause=not every,
            facets=FACETS,
            offset=(ask.page - 1) * PER_PAGE,
            limit=limit,
        )
        tally = {
            "now": masks.open_now(self._now),
            "tonight": masks.open_tonight(self._now),
            "openings": masks.with_openings(self._now),
        }
        return self._index.search(question, replace(self._hooks(ask), tally=tally)), every

    def _has_every_word(self, ask: Ask) -> bool:
        """Say whether any listing has all the words, wherever it is and whatever it is for.

        Settled before filters and place, so that these can only take results away.
        """
        said = clauses(ask.words)
        return len(said) < 2 or self._index.search(Question(said, limit=0)).total > 0

    def _count(self, ask: Ask, place: Place | None) -> int:
        any_clause = not self._has_every_word(ask)
        question = replace(self._question(ask, place), any_clause=any_clause, limit=0)
        return self._index.search(question, self._hooks(ask)).total

    def _question(self, ask: Ask, place: Place | None) -> Question:
        return Question(
            clauses=clauses(ask.words),
            filters=ask.filters,
            near=near_of(ask, place),
            sort=Sort.NEAREST if ask.sort is Order.NEAREST else Sort.BEST,
        )

    def _hooks(self, ask: Ask) -> Hooks:
        keep = []
        if ask.open_now:
            keep.append(masks.open_now(self._now))
        if ask.tonight:
            keep.append(masks.open_tonight(self._now))
        if ask.openings:
            keep.append(masks.with_openings(self._now))
        return Hooks(keep, order=masks.soonest(self._now) if ask.sort is Order.SOONEST else None)


class _Wider:
    """Counts what wider searches find in the database, for as long as that is no burden.

    ``whole`` says whether all could be made, and each to its end.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._until = monotonic() + PATIENCE_S
        self.whole = True

    def count(self, ask: Ask, place: Place | None) -> int:
        if monotonic() >= self._until:
            self.whole = False
            return 0
        near = near_of(ask, place)
        found = fallback.answer(self._session, ask, near, self._now, limit=0)
        self.whole = self.whole and found.reach.whole
        return found.answer.total


def _widening(
    ask: Ask, place: Place | None, count: Callable[[Ask, Place | None], int]
) -> Widening | None:
    """Return the nearest distance, then the search without filters, that finds something."""
    offered = [float(each) for each in DISTANCES if ask.within and each > ask.within]
    tries = [replace(ask, within=each, page=1) for each in offered]
    bare = Ask(words=ask.words, need=ask.need, near=ask.near, within=ask.within)
    less = [bare, replace(bare, need=""), replace(bare, near="", within=USUAL_MILES)]
    for wider in dict.fromkeys([*(tries if place else []), *less]):
        if wider != ask and (total := count(wider, place if wider.near else None)):
            return Widening(wider, total)
    return None


def _named(ask: Ask) -> tuple[str, ...]:
    """Return the codes of the terms that the words name."""
    found = (clause.keyword for clause in clauses(ask.words))
    return tuple(code for keyword in found if keyword for code in sorted(keyword[1]))


def near_of(ask: Ask, place: Place | None) -> Near | None:
    """Return the part of the map that is asked about, None for all of it."""
    if place is None:
        return None
    miles = ask.within
    # Of a county or a state all is meant, not what lies around its middle.
    reach = place.error_m / 1000 if place.kind in {PlaceKind.COUNTY, PlaceKind.STATE} else 0.0
    return Near(
        latitude=place.point.latitude,
        longitude=place.point.longitude,
        within_km=None if miles is None else miles * KM_PER_MILE + reach,
        areas=areas_of(place),
    )


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
