"""Knows a listing by its name: who types all of it wants that place, whatever the words tell."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from resourcedir.engine.analysis import raw_words
from resourcedir.engine.documents import Part, Positions, Score
from resourcedir.search.hearing import named
from resourcedir.search.lexicon import FIELD
from resourcedir.search.masks import Bools

LEAST: Final = 2  # words: one alone may be anything
MOST: Final = 25  # listings that bear all of the words; what more do is a kind, and no name


def borne(parts: Sequence[Part], text: str) -> tuple[str, ...]:
    """Return the words of ``text`` if they are the name of a few listings, or a part of it."""
    words = tuple(dict.fromkeys(raw_words(text)))
    if len(words) < LEAST or _is_a_need(text):
        return ()
    many = sum(int(np.count_nonzero(_bearing(part, words))) for part in parts)
    return words if 0 < many <= MOST else ()


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
