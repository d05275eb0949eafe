"""Answers a search from the database alone, while there is no index that can be read.

The same words, filters and places find the same listings, but every word must be there and spelt
so; words behind the twelfth and listings behind ``sifting.MOST_READ`` are not looked at; nothing is
counted beside the filters. Listings that have what the words name come first, then the nearest,
then those that bear more of the words in their names, then by number; who has a free place makes no
difference to the order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from resourcedir.directory.sieve import Region, Sieve, Test, having, saying
from resourcedir.directory.sifting import Named, Sifted, names, passing, sifted
from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Answer, Clause, Hit, Near
from resourcedir.places.distance import box_around, distance_km
from resourcedir.places.point import Point
from resourcedir.search.ask import PER_PAGE, Ask, Order
from resourcedir.search.words import clauses
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


def answer(session: Session, ask: Ask, near: Near | None, now: datetime, limit: int) -> Answer:
    """Return the page of ``ask``, or the last, its total and no counts; scores say nothing."""
    question = _Question(session, clauses(ask.words))
    region, reach = (_region(near), near.within_km) if near else (None, None)
    sieve = Sieve(
        ask.filters, region, open_now=ask.open_now, tonight=ask.tonight, openings=ask.openings
    )
    rows: dict[int, _Row] = {}
    for each in sifted(session, sieve, now, with_words=bool(question.words)):
        km = _distance(near, each) if near else None
        is_near = km is None or reach is None or km <= reach
        if is_near and (row := question.read(each, km)):
            rows[each.number] = row
    named = question.sift(session, rows)
    ranked = [(_rank(ask, row, named[number]), number) for number, row in rows.items()]
    first = min(ask.page - 1, max(0, len(ranked) - 1) // PER_PAGE) * PER_PAGE
    best = nsmallest(first + limit, ranked)[first:]
    hits = tuple(Hit(number, rows[number].km, 0.0) for _, number in best)
    return Answer(len(ranked), hits, {})


class _Question:
    """What is asked in words, and which listings have all of it."""

    def __init__(self, session: Session, asked: Sequence[Clause]) -> None:
        parts = [
            _Part(words, having(*clause.keyword) if clause.keyword else None)
            for clause, words in _words_of(asked)
        ]
        self.words = frozenset(chain.from_iterable(part.words for part in parts))
        said = _Said(names(session) if self.words else ())
        self._said = {word: said.by(word) for word in self.words}
        # What few can have is asked first: the costly questions are then about few listings.
        self._parts = sorted(
            parts, key=lambda part: (part.named is not None, sum(map(said.bearers, part.words)))
        )

    def read(self, listing: Sifted, km: float | None) -> _Row | None:
        """Return what the listing bears of the words; None if nothing can make up for the rest."""
        held = self._held(listing.text)
        for part in self._parts:
            if part.named is None and any(self._said[word] is None for word in part.words - held):
                return None
        return _Row(km, held, len(self._held(listing.name)) if held else 0)

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

    def _held(self, text: str) -> frozenset[str]:
        return self.words.intersection(_words(text)) if self.words else self.words


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


def _distance(near: Near, row: Sifted) -> float | None:
    if row.latitude is None or row.longitude is None:
        return None
    return distance_km(Point(near.latitude, near.longitude), Point(row.latitude, row.longitude))


def _rank(ask: Ask, row: _Row, named: int) -> _Rank:
    """Return what orders the rows, the least first."""
    far = (1.0, 0.0) if row.km is None else (0.0, row.km)
    if ask.sort is Order.NEAREST:
        return (*far, -named, -row.in_name)
    return (-named, *far, -row.in_name)
