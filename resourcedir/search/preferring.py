"""Prefers, of listings that answer alike, those that answer more nearly. Hooks for the engine."""

from collections.abc import Iterable, Iterator
from functools import partial
from math import log
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from resourcedir.directory.asking import Asked, Matter, parse
from resourcedir.directory.kinds import Stance
from resourcedir.engine.analysis import raw_words, token_of, tokens
from resourcedir.engine.documents import Clause, Keep, Part, Positions, Score
from resourcedir.search.masks import Bools
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.everyday import COMMON, EVERYDAY
from resourcedir.search.understanding.pieces import Sets
from resourcedir.search.understanding.situations import Does
from resourcedir.search.weights import FOR_THEM, MAY, MEANT, NOT_MEANT, SAID, TELLING, WIDE
from resourcedir.search.words import clauses, told_besides
from resourcedir.taxonomy.terms import taxonomy

Keyword = tuple[str, frozenset[str]]
Scores = NDArray[np.float32]

_OTHERS: Final = {"women": "men", "men": "women"}
_AGES: Final = {"youth": (0, 17), "young-adults": (18, 25), "seniors": (60, 120)}


def telling_words(read: Reading, may: Iterable[Clause] = ()) -> Iterator[Score]:
    """Yield what prefers listings that say the very words, and that are for those named alone."""
    for clause in clauses(read.rest):
        if clause.keyword is not None and not _is_a_name(clause.text, clause.keyword):
            yield from (partial(_telling, token, SAID.value) for token in _own_words(clause.text))
    yield from (_having(each.keyword, WIDE.value) for each in may if each.keyword is not None)
    plain = [each.text for each in may if each.keyword is None]
    yield from (partial(_telling, token, MAY.value) for text in plain for token in tokens(text))
    yield from (_having(each, MEANT.value) for each in told_besides(read.rest, Does.PREFERS))
    yield from (_having(each, -NOT_MEANT.value) for each in told_besides(read.rest, Does.AVOIDS))
    people = people_of(read)
    if len(people) > 1:
        yield from (_having(_for(value), FOR_THEM.value) for value in people)
    yield from (_not_having(_OTHERS[value]) for value in people if value in _OTHERS)


def people_of(read: Reading) -> list[str]:
    """Return whom the words say it is for."""
    return [value for each in read.pieces if each.sets is Sets.POPULATION for value in each.values]


def taking(people: Iterable[str]) -> Iterator[Keep]:
    """Yield what leaves out listings that do not take the people, by sex or age."""
    for value in people:
        if value in _OTHERS or value in _AGES:
            yield partial(_taking, value)


def naming(keyword: Keyword) -> Score:
    """Return what prefers listings that have the keyword: the one that tells most of several."""
    return _having(keyword, TELLING.value)


def _is_a_name(text: str, keyword: Keyword) -> bool:
    """Say whether the text is the name of a term, which all of its listings have alike."""
    field, codes = keyword
    said = tokens(text)
    names = (
        name
        for code in (codes if field == "term" else ())
        for name in (taxonomy()[code].name_en, taxonomy()[code].name_es)
    )
    return any(tokens(name) == said for name in names)


def _own_words(text: str) -> Iterator[str]:
    """Yield of the words that name a need those that are not everybody's."""
    for word in raw_words(text):
        if word not in EVERYDAY and word not in COMMON and (token := token_of(word)):
            yield token


def _telling(word: str, value: float, part: Part, positions: Positions) -> Scores:
    """Return more for a word the fewer say it; nothing for one that all say."""
    said = part.says(word)
    telling = 1 - log(1 + said) / log(2 + part.size)
    return part.saying(word).take(positions) * np.float32(value * telling)


def _having(keyword: Keyword, value: float) -> Score:
    field, codes = keyword
    return lambda part, positions: part.having(field, codes).take(positions) * np.float32(value)


def _for(value: str) -> Keyword:
    return "population", frozenset({value})


def _not_having(value: str) -> Score:
    return lambda part, positions: (
        ~part.having("population", (value,)).take(positions) * np.float32(FOR_THEM.value)
    )


_known: Final[WeakKeyDictionary[Any, dict[str, Bools]]] = WeakKeyDictionary()
"""For each part, whom of the people each listing does not take."""


def _taking(value: str, part: Part, positions: Positions) -> Bools:
    known = _known.setdefault(part, {})
    if value not in known:
        said = [text for text in part.values("asks") if _refuses(parse(text), value)]
        known[value] = part.having("asks", said) | _for_others(part, value)
    return ~known[value].take(positions)


def _for_others(part: Part, value: str) -> Bools:
    """Return what says that it is for the other sex, and not for this one too."""
    if value not in _OTHERS:
        return np.zeros(part.size, np.bool_)
    other, this = (part.having("population", (each,)) for each in (_OTHERS[value], value))
    return np.asarray(other & ~this)


def _refuses(asked: Asked, value: str) -> bool:
    """Say whether what a listing asks keeps the people out."""
    if asked.matter is Matter.AGE and value in _AGES:
        low, high = _AGES[value]
        oldest = high if asked.high is None else asked.high
        return (asked.low or 0) > high or oldest < low
    if asked.matter is not Matter.GENDER or value not in _OTHERS:
        return False
    taken = {*asked.with_stance(Stance.ACCEPTED), *asked.with_stance(Stance.REQUIRED)}
    return bool(taken) and not taken & {value, "any"}
