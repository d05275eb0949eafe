"""Prefers, of listings that answer alike, those that answer more nearly. Hooks for the engine."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Part, Positions, Score
from resourcedir.search.masks import Bools
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.pieces import Sets
from resourcedir.search.weights import FOR_THEM, SAID, TELLING
from resourcedir.search.words import clauses
from resourcedir.taxonomy.terms import taxonomy

_OTHERS = {"women": "men", "men": "women"}


def telling_words(read: Reading) -> Iterator[Score]:
    """Yield what prefers listings that say the very words, and that are for those named alone."""
    for clause in clauses(read.rest):
        if clause.keyword is not None and not _is_a_name(clause.text, clause.keyword[1]):
            yield _saying(tuple(tokens(clause.text)))
    people = [
        value for each in read.pieces if each.sets is Sets.POPULATION for value in each.values
    ]
    if len(people) > 1:
        yield from (_having(value) for value in people)
    yield from (_not_having(_OTHERS[value]) for value in people if value in _OTHERS)


def naming(keyword: tuple[str, frozenset[str]]) -> Score:
    """Return what prefers listings that have the keyword: the one that tells most of several."""
    name, values = keyword
    return lambda part, positions: (
        part.having(name, values).take(positions) * np.float32(TELLING.value)
    )


def _is_a_name(text: str, codes: frozenset[str]) -> bool:
    """Say whether the text is the name of a term, which all of its listings have alike."""
    said = tokens(text)
    names = (
        name for code in codes for name in (taxonomy()[code].name_en, taxonomy()[code].name_es)
    )
    return any(tokens(name) == said for name in names)


def _saying(words: tuple[str, ...]) -> Score:
    def score(part: Part, positions: Positions) -> NDArray[np.float32]:
        held: Bools = np.ones(len(positions), np.bool_)
        for word in words:
            held &= part.saying(word).take(positions)
        return held * np.float32(SAID.value)

    return score


def _having(value: str) -> Score:
    return lambda part, positions: (
        part.having("population", (value,)).take(positions) * np.float32(FOR_THEM.value)
    )


def _not_having(value: str) -> Score:
    return lambda part, positions: (
        ~part.having("population", (value,)).take(positions) * np.float32(FOR_THEM.value)
    )
