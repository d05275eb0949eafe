"""Answers a search from the database alone, while there is no index that can be read.

The same words, filters and places find the same listings, but every word must be there and spelt
so; words behind the twelfth are not looked at; nothing is counted beside the filters. So that an
answer never takes long it is about no more listings than ``sifting`` allows for what is asked, the
nearest if there is a place, and it says how many those are: the total is the least one then.

Listings that have what the words name come first, then the nearest, then those that bear more of
the words in their names, then by number; who has a free place makes no difference to the order.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from math import cos, isnan, radians
from typing import Final
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from resourcedir.directory import sifting
from resourcedir.directory.sieve import Region, Sieve, Test, having, saying
from resourcedir.directory.sifting import Named, Placed, names, passing
from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Answer, Clause, Hit, Near
from resourcedir.places.distance import EARTH_RADIUS_KM, box_around
from resourcedir.places.point import Point
from resourcedir.search import masks
from resourcedir.search.ask import PER_PAGE, Ask, Order
from resourcedir.search.words import weighed
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.commands import NEED, term_id
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary

_Rank = tuple[float, float, float, float]

MOST_TOKENS: Final = 12  # of one question; later ones are not looked at

_cut = lru_cache(maxsize=200_000)(tokens)  # directories say the same words again and again


@dataclass(frozen=True, slots=True)
class _Row:
    """A listing that may answer: its distance, the words asked for that it bears, and in its name.

    What is said of it in terms and languages is not looked at yet.
    """

    km: float | None
    held: frozenset[str]
    in_name: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause: its words, and the test whether a listing has what it names."""

    words: frozenset[str]
    named: Test | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many listings were looked at, of all that are in the region and pass the filters.

    ``nearest``: those are the nearest to the place.
    """

    looked_at: int
    of: int
    nearest: bool = False

    @property
    def whole(self) -> bool:
        return self.looked_at == self.of


@dataclass(frozen=True, slots=True)
class Simple:
    """An answer of the database; its total is exact where the reach is whole."""

    answer: Answer
    reach: Reach


def answer(session: Session, ask: Ask, near: Near | None, now: datetime, limit: int) -> Simple:
    """Return the page of ``ask``, or the last, and no counts; scores say nothing."""
    question = _Question(session, weighed(ask.words).without_index)
    around, reach = _around(session, ask, near, into=bool(question.words))
    rows = question.read(session, _now(session, ask, around, now))
    named = question.sift(session, rows)
    ranked = [(_rank(ask, row, named[number]), number) for number, row in rows.items()]
    first = min(ask.page - 1, max(0, len(ranked) - 1) // PER_PAGE) * PER_PAGE
    best = nsmallest(first + limit, ranked)[first:]
    hits = tuple(Hit(number, rows[number].km, 0.0) for _, number in best)
    return Simple(Answer(len(ranked), hits, {}), reach)


def _around(
    session: Session, ask: Ask, near: Near | None, *, into: bool
) -> tuple[dict[int, float | None], Reach]:
    """Return the listings to look at with their distances; ``into``: words are asked for.

    Where they are too many these are the nearest, else those of the lowest numbers.
    """
    sieve = Sieve(ask.filters, _region(near) if near else None)
    into = into or ask.open_now or ask.tonight or ask.weekend or ask.openings
    most = sifting.MOST_LOOKED_INTO if into else sifting.MOST_READ
    read = sifting.MOST_READ if near else most
    every = sifting.placed(session, sieve, read)
    far = _distances(near, every) if near else [None] * len(every)
    around = {each.number: km for each, km in zip(every, far, strict=True)}
    if near and (reach := near.within_km) is not None:
        around = {number: km for number, km in around.items() if km is None or km <= reach}
    cut = len(every) == read
    of = sifting.how_many(session, sieve) if cut else len(around)
    if len(around) > most:
        nearest = sorted(around.items(), key=lambda each: (each[1] or 0.0, each[0]))
        around = dict(nearest[:most])
    return around, Reach(len(around), of, nearest=near is not None and not cut)


def _now(
    session: Session, ask: Ask, around: dict[int, float | None], now: datetime
) -> dict[int, float | None]:
    """Return what is open, and has a free place, where that is asked for."""
    tests: list[Callable[[Collection[int]], set[int]]] = []
    if ask.open_now:
        tests.append(lambda some: sifting.open_among(session, some, lambda week: week.open_at(now)))
    if ask.tonight:
        tests.append(
            lambda some: sifting.open_among(session, some, lambda week: week.open_tonight(now))
        )
    if ask.weekend:
        tests.append(
            lambda some: sifting.open_among(
                session, some, lambda week: masks.is_open_this_weekend(week, now)
            )
        )
    if ask.openings:
        tests.append(lambda some: sifting.free_among(session, some, now))
    left = set(around)
    for test in tests:
        left &= test(left)
    return {number: km for number, km in around.items() if number in left}


class _Question:
    """What is asked in words, and which listings have all of it."""

    def __init__(self, session: Session, asked: Sequence[Clause]) -> None:
        parts = [
            _Part(words, having(*clause.keyword) if clause.keyword else None)
            for clause, words in _words_of(asked)
        ]
        self.words = frozenset(chain.from_iterable(part.words for part in parts))
        self._pieces = Pieces(self.words)
        said = _Said(names(session) if self.words else ())
        self._said = {word: said.by(word) for word in self.words}
        # What few can have is asked first: the costly questions are then about few listings.
        self._parts = sorted(
            parts, key=lambda part: (part.named is not None, sum(map(said.bearers, part.words)))
        )

    def read(self, session: Session, around: dict[int, float | None]) -> dict[int, _Row]:
        """Return what each bears of the words; not those where nothing can make up for the rest."""
        if not self.words:
            return {number: _Row(km, self.words, 0) for number, km in around.items()}
        rows = {}
        for number, name, text in sifting.told(session, around):
            held = self._pieces.held(text)
            if not self._hopeless(held):
                in_name = len(self._pieces.held(name)) if held else 0
                rows[number] = _Row(around[number], held, in_name)
        return rows

    def _hopeless(self, held: frozenset[str]) -> bool:
        return any(
            part.named is None and any(self._said[word] is None for word in part.words - held)
            for part in self._parts
        )

    def sift(self, session: Session, rows: dict[int, _Row]) -> Counter[int]:
        """Take away the rows that lack a clause; return of how many clauses each has the term.

        Each test is made of those alone that are left and need it.
        """
        count: Counter[int] = Counter()
        for part in self._parts:
            named = set() if part.named is None else passing(session, part.named, rows)
            count.update(named)
            for word in sorted(part.words):
                lacking = {
                    number
                    for number, row in rows.items()
                    if word not in row.held and number not in named
                }
                test = self._said[word]
                said = set() if test is None else passing(session, test, lacking)
                for number in lacking - said:
                    del rows[number]
        return count


class Pieces:
    """Which of the words a text has, asked of texts that say the same again and again.

    Blanks always part words, so that it is enough to cut each piece between them once.
    """

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words
        self._seen: set[str] = set()
        self._bearing: dict[str, frozenset[str]] = {}

    def held(self, text: str) -> frozenset[str]:
        pieces = set(text.split())
        for piece in pieces - self._seen:
            self._seen.add(piece)
            if words := self._words.intersection(_cut(piece)):
                self._bearing[piece] = words
        return frozenset().union(
            *map(self._bearing.__getitem__, pieces.intersection(self._bearing))
        )


class _Said:
    """Which terms and languages have a word in one of their names."""

    def __init__(self, every: Iterable[Named]) -> None:
        self._terms = [(frozenset(_words(each.names)), each) for each in every]

    def bearers(self, word: str) -> int:
        """Return how many terms bear the word."""
        return sum(word in words for words, _ in self._terms)

    def by(self, word: str) -> Test | None:
        """Return the test whether something said of a listing has ``word``; None: nothing has."""
        terms = {
            id_ for words, each in self._terms if word in words for id_ in _with_narrower(each)
        }
        spoken = [
            each.code
            for each in vocabulary.words()[Vocabulary.LANGUAGE].values()
            if word in _words(f"{each.name_en} {each.name_es}")
        ]
        return saying(terms, spoken) if terms or spoken else None


def _with_narrower(each: Named) -> Iterator[UUID]:
    yield each.id
    if each.need is not None and each.need in taxonomy():
        yield from (term_id(NEED, code) for code in taxonomy().within(each.need))


def _words_of(asked: Sequence[Clause]) -> Iterator[tuple[Clause, frozenset[str]]]:
    budget = MOST_TOKENS
    for clause in asked:
        words = frozenset(list(dict.fromkeys(tokens(clause.text)))[:budget])
        budget -= len(words)
        if words or clause.keyword:
            yield clause, words


def _words(text: str) -> Iterator[str]:
    """Yield the words of ``text`` as the engine cuts them; blanks always part words."""
    return chain.from_iterable(map(_cut, text.split()))


def _region(near: Near) -> Region:
    center = Point(near.latitude, near.longitude)
    box = None if near.within_km is None else box_around(center, near.within_km)
    return Region(box, near.areas)


def _distances(near: Near, every: Sequence[Placed]) -> list[float | None]:
    """Return what ``places.distance`` says of each, all at once; None of what has no point."""
    points = np.radians(np.array([each[1:] for each in every], dtype=np.float64).reshape(-1, 2))
    latitude, longitude = radians(near.latitude), radians(near.longitude)
    across = np.sin((points[:, 0] - latitude) / 2) ** 2
    along = np.sin((points[:, 1] - longitude) / 2) ** 2
    haversine = across + cos(latitude) * np.cos(points[:, 0]) * along
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(haversine)))
    return [None if isnan(each) else each for each in km.tolist()]


def _rank(ask: Ask, row: _Row, named: int) -> _Rank:
    """Return what orders the rows, the least first."""
    far = (1.0, 0.0) if row.km is None else (0.0, row.km)
    if ask.sort is Order.NEAREST:
        return (*far, -named, -row.in_name)
    return (-named, *far, -row.in_name)
