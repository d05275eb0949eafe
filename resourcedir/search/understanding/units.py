"""Cuts a text into units, what stands between blanks and commas, and compares them. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from resourcedir.engine.analysis import raw_words

MOST: Final = 48  # units that are looked at; a pasted page is no question
_UNIT: Final = re.compile(r"[^\s,;/]+")
_QUOTED: Final = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb')


@dataclass(frozen=True, slots=True)
class Unit:
    """One word as typed, where it stands, and how it is compared; ``quoted``: as it stands."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    quoted: bool = False


def units_of(text: str) -> list[Unit]:
    """Return the units of ``text`` that have any letter or digit, the first ``MOST``."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    return [
        unit
        for start, end, cut in _cut(text)
        for unit in [
            Unit(start, end, cut, tuple(raw_words(cut)), any(a <= start < b for a, b in quoted))
        ]
        if unit.words
    ]


def _cut(text: str) -> Iterator[tuple[int, int, str]]:
    for number, found in enumerate(_UNIT.finditer(text)):
        if number >= MOST:
            return
        yield found.start(), found.end(), found[0]


def words_of(units: list[Unit]) -> tuple[str, ...]:
    """Return the words of several units in a row."""
    return tuple(word for unit in units for word in unit.words)
