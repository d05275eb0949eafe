"""Knows a listing by its name: who types all of it wants that place, whatever the words tell."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from resourcedir.engine.analysis import raw_words, tokens
from resourcedir.engine.documents import Clause, Index, Near, Part, Positions, Question, Score
from resourcedir.search.hearing import named
from resourcedir.search.lexicon import FIELD
from resourcedir.search.masks import Bools
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.pieces import Sets

LEAST: Final = 2  # words that say more than whom it is for: one alone may be anything
MOST_WORDS: Final = 16  # more is no name
MOST: Final = 25  # listings that bear all of the words; what more do is a kind, and no name


def borne(index: Index, read: Reading) -> tuple[str, ...]:
    """Return the words that are read if they are the name of a few listings, or a part of it."""
    words = tuple(dict.fromkeys(raw_words(read.repaired_words)))
    places = [piece.words for piece in read.pieces if piece.sets is Sets.NEAR]
    if len(words) > MOST_WORDS or len(tokens(" ".join([read.rest, *places]))) < LEAST:
        return ()
    if not places and _is_a_need(read.rest):
        return ()
    return words if 0 < bearers(index, words) <= MOST else ()


def bearers(index: Index, words: Sequence[str], near: Near | None = None) -> int:
    """Return how many listings bear all of the words in their names, there or anywhere."""
    said = tuple(Clause("", (FIELD, frozenset((word,)))) for word in words)
    return index.search(Question(said, near=near, limit=0)).total


def bearing_first(words: Sequence[str]) -> Score:
    """Return the order in which listings that bear all of the words come before all others."""

    def order(part: Part, positions: Positions) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return (~_bearing(part, words).take(positions)).astype(np.float32)

    return order


def _bearing(part: Part, words: Sequence[str]) -> Bools:
    held = part.having(FIELD, words[:1])
    for word in words[1:]:
        if not held.any():
            break
        held = held & part.having(FIELD, (word,))
    return held


def _is_a_need(text: str) -> bool:
    """Say whether the words are nothing but names of needs, which many places bear."""
    found, _ = named(text)
    return all(each.keyword is not None and not each.told for each in found)
