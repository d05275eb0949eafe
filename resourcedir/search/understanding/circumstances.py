"""Whom it is for and how they fare, as far as words tell: a veteran, broke, with children along.

Pure. Learned from sentences, as needs are (``likely``). What is only told puts the places first
that are made for it (``circumstances.csv``); it keeps none out, for it may be heard wrongly. What
is named, as "for veterans", is read by ``reading`` and is a filter.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import exp
from typing import Final

from resourcedir.search.understanding.likely import learned
from resourcedir.taxonomy.csvtable import read_table, split_list

WRITTEN: Final = "circumstances.npz"
SURE: Final = 0.7  # how likely a circumstance is before it counts,
SURE_OF_FEW: Final = 0.85  # of two or three words
FEW: Final = 3
SEXES: Final = {"men": "women", "women": "men"}
_COLUMNS: Final = ("circumstance", "does", "field", "codes", "source")


class Acts(StrEnum):
    """What a circumstance does to places: ``TAKES`` puts those last that refuse such people."""

    PREFERS = "prefers"
    AVOIDS = "avoids"
    TAKES = "takes"


@dataclass(frozen=True, slots=True)
class Act:
    """What is done to places with any of the values of a keyword field."""

    does: Acts
    keyword: tuple[str, frozenset[str]]


@cache
def circumstances() -> Mapping[str, tuple[Act, ...]]:
    """Return what each circumstance does.

    :raises ValueError: naming the line of the table, if it is faulty.
    """
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for line in read_table(__package__, "circumstances.csv", _COLUMNS):
        if line.cells["does"] not in set(Acts):
            raise line.fault(f"nothing is done by {line.cells['does']}")
        keyword = (line.cells["field"], frozenset(split_list(line, "codes")))
        found[line.cells["circumstance"]].append(Act(Acts(line.cells["does"]), keyword))
    return {name: tuple(acts) for name, acts in found.items()}


def known_words(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words, folded, that were in sentences which tell of circumstances."""
    return learned(WRITTEN).known(words)


def least(words: Sequence[str]) -> float:
    """Return how likely a circumstance must be, in so many words."""
    return SURE if len(words) > FEW else SURE_OF_FEW


@lru_cache(maxsize=1000)
def told_of(words: tuple[str, ...]) -> Mapping[str, float]:
    """Return how likely each circumstance is told, by its name.

    Words are folded; those that are not known tell nothing, whatever pieces they have.
    """
    known = learned(WRITTEN)
    worth = known.worth(known_words(words)).tolist()
    return {code: 1 / (1 + exp(-each)) for code, each in zip(known.codes, worth, strict=True)}
