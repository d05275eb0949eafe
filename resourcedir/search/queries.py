"""Answers a search: asks the index which listings, the directory what they are now.

The session reads the public directory alone, so no scope is asked for: everybody who may search
sees the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.directory import queries as directory
from resourcedir.directory.facts import ListingFacts
from resourcedir.engine.documents import Answer, Clause, Hit, Hooks, Index, Near, Question, Sort
from resourcedir.engine.errors import IndexMissing
from resourcedir.errors import DomainError
from resourcedir.places.finding import find_place
from resourcedir.places.place import Place, PlaceKind, areas_of
from resourcedir.search import fallback, masks
from resourcedir.search.ask import FILTERS, PER_PAGE, Ask, Order
from resourcedir.search.fallback import Reach
from resourcedir.search.lexicon import Lexicon
from resourcedir.search.preferring import preferences
from resourcedir.search.related import FEW, MOST, asked_itself, related
from resourcedir.search.telling import Asked, asked
from resourcedir.search.understanding.asking import Reading, reading
from resourcedir.search.widening import Widening, widening
from resourcedir.search.words import clauses, weighed

KM_PER_MILE: Final = 1.609344  # international mile of 1959, exact
FACETS: Final = ("term", *FILTERS)
SURELY: Final = 3  # listings that have a word, from which on it is surely no slip of theirs
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
        self._home_state = home_state
        self._now = now
        self._readings: dict[Ask, Reading] = {}
        self._askings: dict[str, Asked] = {}

    def results(self, session: Session, ask: Ask, *, limit: int = PER_PAGE) -> Results:
        """Return the page of ``ask``; never raises for what was typed."""
        read = self.reading(ask)
        try:
            place = self.place_of(ask)
        except DomainError as trouble:
            return Results(
                read.settled, read, 0, (), {}, 0, 0, 0, 0, every_word=True, trouble=trouble
            )
        try:
            return self._from_index(session, read, place, limit)
        except IndexMissing:
            return self._from_database(session, read, place, limit)

    def reading(self, ask: Ask) -> Reading:
        """Return what ``ask`` means, its words put right by those that the listings have.

        A word that few listings have may be a slip of the directory itself. It is put right only
        where nothing is found that has all the words, and something is then.
        """
        if ask not in self._readings:
            try:
                self._readings[ask] = self._read(ask)
            except IndexMissing:
                self._readings[ask] = reading(ask, None, home_state=self._home_state)
        return self._readings[ask]

    def _read(self, ask: Ask) -> Reading:
        read = reading(ask, Lexicon(self._index), home_state=self._home_state)
        found = not ask.words or self._finds(read)
        if not ask.words or (found and not self._asked(read).unmet):
            return read
        surely = Lexicon(self._index, least=SURELY)
        other = reading(ask, surely, home_state=self._home_state)
        better = other.repairs != read.repairs and self._finds(other)
        fewer = not found or self._asked(other).unmet < self._asked(read).unmet
        return other if better and fewer else read

    def _finds(self, read: Reading) -> bool:
        """Say whether anything has all the words; a place that is none is told of elsewhere."""
        if not self._asked(read).every_word:
            return False
        try:
            place = self._place(read)
        except DomainError:
            return True
        return self._counting(read)(read.settled, place) > 0

    def _asked(self, read: Reading) -> Asked:
        """Return which of the words can be asked for together.

        :raises IndexMissing: while there is no index.
        """
        if read.rest not in self._askings:
            self._askings[read.rest] = asked(self._index, weighed(read.rest))
        return self._askings[read.rest]

    def place_of(self, ask: Ask) -> Place | None:
        """Return the place that is typed, in its field or among the words; None without one.

        :raises DomainError: if it is none, with what to type instead.
        """
        return self._place(self.reading(ask))

    def _place(self, read: Reading) -> Place | None:
        near = read.settled.near
        return find_place(near, home_state=self._home_state or None) if near else None

    def answer(
        self, ask: Ask, place: Place | None, own: Hooks, *, most_each: int | None = None
    ) -> tuple[Answer, bool]:
        """Return what answers ``ask``, with hooks of one's own, and whether it has every word.

        Nothing is counted by facets. With ``most_each`` there are so many first ones of each order
        in place of a page.

        :raises IndexMissing: while there is no index.
        """
        read = self.reading(ask)
        said, hooks = self._asked(read), self._hooks(read.effective)
        question = replace(
            _question(read.effective, place, said),
            offset=(ask.page - 1) * PER_PAGE,
            limit=PER_PAGE if most_each is None else most_each,
            limit_each=most_each is not None,
        )
        order = own.order or hooks.order
        return self._index.search(
            question, replace(own, keep=[*hooks.keep, *own.keep], order=order)
        ), said.every_word

    def without_index(
        self, session: Session, ask: Ask, place: Place | None, limit: int
    ) -> fallback.Simple:
        """Return what the database alone answers."""
        effective = self.reading(ask).effective
        return fallback.answer(session, effective, near_of(effective, place), self._now, limit)

    def _from_database(
        self, session: Session, read: Reading, place: Place | None, limit: int
    ) -> Results:
        effective = read.effective
        near = near_of(effective, place)
        wider = _Wider(session, self._now, read)
        simple = fallback.answer(session, effective, near, self._now, limit)
        answer = simple.answer
        wide = None if answer.total else widening(read.settled, place, wider.count)
        page = min(effective.page, max(1, -(-answer.total // PER_PAGE)))
        return Results(
            ask=replace(read.settled, page=page),
            reading=read,
            total=answer.total,
            found=found_of(session, answer, place),
            facets={},
            open_now=None,
            open_tonight=None,
            open_weekend=None,
            with_openings=None,
            every_word=True,
            named=_named(clauses(read.rest)),
            place=place,
            widening=wide and replace(wide, at_least=not wider.whole),
            nothing_wider=simple.reach.whole and wider.whole,
            reach=simple.reach,
        )

    def _from_index(
        self, session: Session, read: Reading, place: Place | None, limit: int
    ) -> Results:
        ask, said = read.settled, self._asked(read)
        answer = self._answer(read, ask, place, limit)
        if answer.total and not answer.hits:  # a page after the last: show the last
            ask = replace(ask, page=-(-answer.total // PER_PAGE))
            answer = self._answer(read, ask, place, limit)
        close = self._close(read, place, answer)
        every = found_of(session, replace(answer, hits=(*answer.hits, *close)), place)
        apart = {hit.key for hit in close}
        return Results(
            ask=ask,
            reading=read,
            total=answer.total,
            found=tuple(each for each in every if each.facts.number not in apart),
            facets=answer.facets,
            open_now=answer.tallies["now"],
            open_tonight=answer.tallies["tonight"],
            open_weekend=answer.tallies["weekend"],
            with_openings=answer.tallies["openings"],
            every_word=said.every_word,
            any_word=said.any_clause,
            named=_named(said.clauses),
            left_out=said.left_out,
            related=tuple(each for each in every if each.facts.number in apart),
            place=place,
            widening=None if answer.total else widening(ask, place, self._counting(read)),
        )

    def _answer(self, read: Reading, ask: Ask, place: Place | None, limit: int) -> Answer:
        """Return the answer to a page of what was read."""
        said, effective = self._asked(read), read.effective_of(ask)
        question = replace(
            _question(effective, place, said),
            facets=FACETS,
            offset=(ask.page - 1) * PER_PAGE,
            limit=limit,
        )
        score = [*preferences(read, said, place, self._index.parts()), masks.standing(self._now)]
        tally = {
            "now": masks.open_now(self._now),
            "tonight": masks.open_tonight(self._now),
            "weekend": masks.open_weekend(self._now),
            "openings": masks.with_openings(self._now),
        }
        hooks = self._hooks(effective)
        return self._index.search(question, replace(hooks, score=score, tally=tally))

    def _counting(self, read: Reading) -> Callable[[Ask, Place | None], int]:
        """Return what counts what another settled search of the same words finds."""
        said = self._asked(read)

        def count(ask: Ask, place: Place | None) -> int:
            effective = read.effective_of(ask)
            question = replace(_question(effective, place, said), limit=0)
            return self._index.search(question, self._hooks(effective)).total

        return count

    def _close(self, read: Reading, place: Place | None, answer: Answer) -> Sequence[Hit]:
        """Return what has not all that was asked for, where few have; on the first page alone."""
        if answer.total >= FEW or read.asked.page > 1 or not read.asked.words:
            return ()
        near, hooks = near_of(read.settled, place), self._hooks(asked_itself(read))
        question, hooks = related(read, near, hooks, answer.total, self._index.parts())
        if not question.clauses:
            return ()
        shown = {hit.key for hit in answer.hits}
        hits = self._index.search(question, hooks).hits
        return [hit for hit in hits if hit.key not in shown][:MOST]

    def _hooks(self, ask: Ask) -> Hooks:
        asks = (
            (ask.open_now, masks.open_now),
            (ask.tonight, masks.open_tonight),
            (ask.weekend, masks.open_weekend),
            (ask.openings, masks.with_openings),
        )
        keep = [mask(self._now) for wanted, mask in asks if wanted]
        keep += [masks.for_all(ask.population)] if len(ask.population) > 1 else []
        return Hooks(keep, order=masks.soonest(self._now) if ask.sort is Order.SOONEST else None)


class _Wider:
    """Counts what wider searches find in the database, for as long as that is no burden.

    ``whole`` says whether all could be made, and each to its end.
    """

    def __init__(self, session: Session, now: datetime, read: Reading) -> None:
        self._session = session
        self._now = now
        self._read = read
        self._until = monotonic() + PATIENCE_S
        self.whole = True

    def count(self, ask: Ask, place: Place | None) -> int:
        if monotonic() >= self._until:
            self.whole = False
            return 0
        near, effective = near_of(ask, place), self._read.effective_of(ask)
        found = fallback.answer(self._session, effective, near, self._now, limit=0)
        self.whole = self.whole and found.reach.whole
        return found.answer.total


def _question(ask: Ask, place: Place | None, said: Asked) -> Question:
    return Question(
        clauses=said.clauses,
        any_clause=said.any_clause,
        filters=ask.filters,
        near=near_of(ask, place),
        sort=Sort.NEAREST if ask.sort is Order.NEAREST else Sort.BEST,
    )


def _named(said: Iterable[Clause]) -> tuple[str, ...]:
    """Return the codes of the terms that the words name."""
    found = (clause.keyword for clause in said)
    return tuple(
        code for field, codes in filter(None, found) if field == "term" for code in sorted(codes)
    )


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
