"""Cuts what somebody typed into clauses: what must be met, and what may tell one from another.

Pure. There is no query syntax. What the words name is found by ``naming``.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from resourcedir.engine.analysis import raw_words
from resourcedir.engine.documents import Clause
from resourcedir.search import naming
from resourcedir.search.hearing import named
from resourcedir.search.naming import MOST_WORDS, Named, is_common, told_in
from resourcedir.search.understanding.situations import Does
from resourcedir.search.understanding.units import Unit, units_of

Offered = frozenset[str] | None

_QUOTES: Final = '"\u201c\u201d\u00ab\u00bb'


@dataclass(frozen=True, slots=True)
class Weighed:
    """The clauses that must be met, and those that only put one place before another.

    ``names`` are of the former: words that stand beside a need and name nothing themselves. If no
    place of the kind bears such a word, it is none to be found.
    """

    must: tuple[Clause, ...]
    may: tuple[Clause, ...] = ()
    names: tuple[Clause, ...] = ()

    @property
    def without_index(self) -> tuple[Clause, ...]:
        """Return what must be met where nobody can tell what no listing says of itself."""
        sure = tuple(each for each in self.must if each.keyword is None or _is_term(each))
        return sure or self.must


def clauses(text: str, heard: str = "", offered: Offered = None) -> tuple[Clause, ...]:
    """Return the clauses of ``text``; the longest phrase that names a term wins.

    Stop words stand in no clause. Names and synonyms of both languages are known, and what several
    words say together (``situations``): a word may then stand in two clauses. ``heard`` is more of
    what was said, that tells of needs with them; ``offered`` are the needs that anybody meets.
    """
    return _clauses(text, heard, offered)


def weighed(text: str, heard: str = "", offered: Offered = None) -> Weighed:
    """Return which clauses must be met.

    Beside the name of a need everyday words are no words to be found ("my brother", "too much"),
    nor is the wide kind of another need ("classes", "family"), nor, beside one that several words
    tell, what a single everyday word names ("lost the house"). They may tell one place from
    another, but keep none out. Without such a name all must be met.
    """
    said = clauses(text, heard, offered)
    narrow = [clause for clause in said if _is_term(clause) and not is_wide(clause)]
    if not any(clause.keyword is not None for clause in said):
        return Weighed(said)
    passing = _in_passing(text, heard, offered)
    may = tuple(
        clause
        for clause in said
        if (
            _is_common(clause)
            if clause.keyword is None
            else clause in passing or (bool(narrow) and is_wide(clause))
        )
    )
    must = tuple(clause for clause in said if clause not in may)
    names = tuple(clause for clause in must if clause.keyword is None)
    return Weighed(must, (*may, *_likeliest(text, heard, offered)), names)


def told_needs(text: str, heard: str = "", offered: Offered = None) -> tuple[Clause, ...]:
    """Return what must be met because several words tell of it together: each is to be shown."""
    found, units = named(text, heard, offered)
    told = {_clause(each, units) for each in found if each.told}
    return tuple(each for each in weighed(text, heard, offered).must if each in told)


def as_words(text: str, words: Collection[str]) -> str:
    """Return ``text`` with these words, folded, in quotation marks: they tell nothing together."""
    quoted, at = "", 0
    for unit in units_of(text):
        if not unit.quoted and set(unit.words) <= set(words):
            quoted += f'{text[at : unit.start]}"{unit.text}"'
            at = unit.end
    return quoted + text[at:]


def told_besides(text: str, does: Does) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the keywords of what is to come first or last by what is told."""
    _, told = told_in(units_of(text)[:MOST_WORDS])
    yield from dict.fromkeys(each.keyword for each in told if each.does is does)


def is_wide(clause: Clause) -> bool:
    """Say whether the clause names nothing but a whole kind of needs, as "housing" does."""
    return clause.keyword is not None and _is_term(clause) and naming.is_wide(clause.keyword[1])


@lru_cache(maxsize=512)
def _clauses(text: str, heard: str, offered: Offered) -> tuple[Clause, ...]:
    found, units = named(text, heard, offered)
    return tuple(_clause(each, units) for each in found)


def _clause(what: Named, units: Sequence[Unit]) -> Clause:
    return Clause(" ".join(units[at].text.strip(_QUOTES) for at in what.at), what.keyword)


def _in_passing(text: str, heard: str, offered: Offered) -> Collection[Clause]:
    """Return the needs that a single everyday word names beside one that several words tell."""
    found, units = named(text, heard, offered)
    if not any(each.told and each.is_narrow for each in found):
        return ()
    return [
        _clause(each, units)
        for each in found
        if each.is_term and not each.told and len(each.at) == 1 and _is_everyday(units[each.at[0]])
    ]


def _likeliest(text: str, heard: str, offered: Offered) -> Iterator[Clause]:
    found, units = named(text, heard, offered)
    for each in found:
        if each.likeliest and each.keyword is not None and each.likeliest < each.keyword[1]:
            yield Clause(_clause(each, units).text, ("term", each.likeliest))


def _is_everyday(unit: Unit) -> bool:
    return not unit.quoted and all(map(is_common, unit.words))


def _is_common(clause: Clause) -> bool:
    return all(map(is_common, raw_words(clause.text)))


def _is_term(clause: Clause) -> bool:
    return clause.keyword is not None and clause.keyword[0] == "term"
