"""Completes what somebody is typing: terms in both languages, places, and names of listings.

Everybody who may search sees the same; nothing here knows a client.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.directory import queries as directory
from resourcedir.engine.analysis import raw_words
from resourcedir.engine.documents import Clause, Index, Question
from resourcedir.engine.errors import IndexMissing
from resourcedir.places import gazetteer
from resourcedir.places.names import STATES
from resourcedir.search.ask import LONGEST_WORDS, Ask
from resourcedir.search.lexicon import FIELD, Lexicon
from resourcedir.search.understanding.placing import SIZEABLE
from resourcedir.search.understanding.units import Unit, units_of
from resourcedir.taxonomy.terms import taxonomy

MOST: Final = 8  # suggestions in all
MOST_EACH: Final = 4
LEAST: Final = 2  # letters before anything is suggested
TOGETHER: Final = 3  # last words that may be the beginning of one name
_BEGINNINGS: Final = 40  # words of names with one beginning that are looked for


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant, and the whole words to search for then."""

    label: str
    words: str

    @property
    def query(self) -> str:
        return Ask(words=self.words).query()


class Completer:
    """Completes words by one index; ``home_state`` has its towns first."""

    def __init__(self, index: Index, *, home_state: str) -> None:
        self._index = index
        self._home_state = home_state

    def suggestions(self, session: Session | None, text: str) -> tuple[Suggestion, ...]:
        """Return what ``text`` may become, the likeliest first; none for what begins nothing.

        Without a session no names of listings.
        """
        text = " ".join(text.split())[:LONGEST_WORDS]
        units = units_of(text)
        if not units or len("".join(units[-1].words)) < LEAST or units[-1].quoted:
            return ()
        typed = text.casefold()
        found = list(_ending(text, units, (_terms(), *_places(self._home_state))))
        found += self._names(session, units) if session else ()
        words = {each.words.casefold(): each for each in reversed(found)}
        words.pop(typed, None)
        kept = [each for each in found if words.pop(each.words.casefold(), None) is not None]
        return tuple(kept[:MOST])

    def _names(self, session: Session, units: Sequence[Unit]) -> Iterator[Suggestion]:
        with suppress(IndexMissing):
            if not (numbers := self._bearing(units)):
                return
            for facts in directory.listing_facts(session, numbers).values():
                if not facts.withdrawn:
                    label = f"{facts.name}, {facts.organization}"
                    yield Suggestion(label if facts.organization else facts.name, facts.name)

    def _bearing(self, units: Sequence[Unit]) -> list[int]:
        """Return listings whose names have words that begin so, and all words before."""
        *before, last = units
        words = Lexicon(self._index).beginning(last.words[-1], _BEGINNINGS)
        if not words:
            return []
        question = Question(
            clauses=tuple(Clause(each.text) for each in before[-TOGETHER:]),
            filters={FIELD: frozenset(words)},
            limit=MOST_EACH,
        )
        return [hit.key for hit in self._index.search(question).hits]


_Table = tuple[list[str], list[str]]  # what is compared, in order, and what is shown for each


def _ending(text: str, units: Sequence[Unit], tables: Iterable[_Table]) -> Iterator[Suggestion]:
    """Yield what the last words begin, as many as begin anything: "sober liv" is no Liverpool."""
    tables = tuple(tables)
    for size in range(min(TOGETHER, len(units)), 0, -1):
        start = units[-size].start
        begun = " ".join(word for unit in units[-size:] for word in unit.words)
        shown = [each for table in tables for each in islice(_beginning(table, begun), MOST_EACH)]
        if shown:
            yield from (Suggestion(each, f"{text[:start]}{each}") for each in shown)
            return


def _beginning(table: _Table, begun: str) -> Iterator[str]:
    compared, shown = table
    for place in range(bisect_left(compared, begun), len(compared)):
        if not compared[place].startswith(begun):
            return
        yield shown[place]


@lru_cache(maxsize=1)
def _terms() -> _Table:
    """Return the names and synonyms of all terms, in both languages."""
    return _table(words for term in taxonomy() for words in term.words)


@lru_cache(maxsize=4)
def _places(home_state: str) -> tuple[_Table, _Table]:
    """Return the towns of the state that is at home, then the larger ones of others."""
    names = gazetteer.names()
    home = [
        f"{name}, {state}"
        for (state, _), zips in (*names.cities.items(), *names.other_cities.items())
        if state == home_state
        for zip_ in zips
        for name in (zip_.city, *zip_.other_cities)
    ]
    others = [
        f"{zips[0].city}, {state}"
        for (state, _), zips in names.cities.items()
        if state in STATES and state != home_state and len(zips) >= SIZEABLE
    ]
    return _table(home), _table(others)


def _table(names: Iterable[str]) -> _Table:
    rows = sorted({(" ".join(raw_words(name)), name) for name in names})
    return [compared for compared, _ in rows], [shown for _, shown in rows]
