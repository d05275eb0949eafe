"""Finds the words of a list that are few edits away from another. Pure.

An edit changes at most two of the letters that a word has at all. So words are compared by their
letters first, as bits and all at once; the few that are left are compared letter by letter.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

LAST_LETTER: Final = "\U0010ffff"  # after all others
_OTHERS: Final = 36  # the bit of what is neither a letter nor a digit of ours


class Nearest:
    """A list of words, folded and in order."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._letters = np.fromiter(map(_letters, words), np.uint64, len(words))
        self._lengths = np.fromiter(map(len, words), np.int32, len(words))

    def __contains__(self, word: str) -> bool:
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place] == word

    def begun(self, start: str) -> str | None:
        """Return the one word that begins so, if all others that do are longer forms of it."""
        place = bisect_left(self.words, start)
        if place == len(self.words) or not (found := self.words[place]).startswith(start):
            return None
        last = bisect_left(self.words, start + LAST_LETTER) - 1
        return found if self.words[last].startswith(found) else None

    def within(self, word: str, most: int, start: str = "") -> Iterator[tuple[int, str]]:
        """Yield the words at most ``most`` edits away that have the ``start``, and how many."""
        first, end = bisect_left(self.words, start), bisect_left(self.words, start + LAST_LETTER)
        unlike = np.bitwise_count(self._letters[first:end] ^ np.uint64(_letters(word)))
        near = (unlike <= 2 * most) & (np.abs(self._lengths[first:end] - len(word)) <= most)
        for place in near.nonzero()[0].tolist():
            found = self.words[first + place]
            if (away := edits(word, found, most)) <= most:
                yield away, found


def edits(a: str, b: str, most: int) -> int:
    """Return how many letters must be put in, taken out, changed or swapped; more than ``most``
    where it is more.

    Damerau's distance, each pair of letters swapped at most once ("optimal string alignment").
    """
    a, b = _without_ends(a, b)
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        last, row, before2 = row, [i], before
        before = last
        for j, other in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before2[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(last) > most:
            return most + 1
    return row[-1]


def _without_ends(a: str, b: str) -> tuple[str, str]:
    start = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return a, b


@lru_cache(maxsize=20_000)
def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        if "a" <= letter <= "z":
            bits |= 1 << (ord(letter) - 97)
        elif "0" <= letter <= "9":
            bits |= 1 << (26 + ord(letter) - 48)
        else:
            bits |= 1 << (_OTHERS + ord(letter) % 28)
    return bits
