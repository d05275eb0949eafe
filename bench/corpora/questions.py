"""What is asked of every engine: questions of five kinds, the same words and places in each."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np

from bench.corpora import words
from bench.corpora.cities import scattered
from bench.corpora.corpus import Corpus, keyword
from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Clause, Near, Question

QUESTIONS: Final = 200
FACET: Final = "cat"
PAGE: Final = 20
EARTH_RADIUS_KM: Final = 6371.0088
HALF_CLOSE_KM: Final = 8.04672  # closeness is a half there
CLEAR_KM: Final = 0.003  # so far is every listing at least from the border of every circle asked


class Kind(StrEnum):
    """``NEED`` stands for filters by category, group and language beside words and a radius."""

    ANY_NEED_PLACE = "any word, need, radius"
    ALL_NEED_PLACE = "all words, need, radius"
    ANY = "any word"
    ALL = "all words"
    PLACE = "radius"

    @property
    def has_words(self) -> bool:
        return self in _HAS_WORDS

    @property
    def needs_all(self) -> bool:
        return self in _NEEDS_ALL

    @property
    def has_filters(self) -> bool:
        return self in _HAS_FILTERS

    @property
    def has_place(self) -> bool:
        return self in _HAS_PLACE


# Looked at while the clock runs, so made once.
_NEEDS_ALL: Final = frozenset((Kind.ALL, Kind.ALL_NEED_PLACE))
_HAS_FILTERS: Final = frozenset((Kind.ANY_NEED_PLACE, Kind.ALL_NEED_PLACE))
_HAS_PLACE: Final = _HAS_FILTERS | {Kind.PLACE}
_HAS_WORDS: Final = frozenset(Kind) - {Kind.PLACE}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question; a kind leaves out what it does not ask. ``cut`` is ``words`` as tokens."""

    words: tuple[str, ...]
    cut: tuple[str, ...]
    category: int | None
    group: int | None
    language: int | None
    latitude: float
    longitude: float
    within_km: float

    def filters(self) -> dict[str, int]:
        """Return the keyword fields and the one value wanted in each."""
        wanted = {"cat": self.category, "elig": self.group, "lang": self.language}
        return {name: value for name, value in wanted.items() if value is not None}

    def question(self, kind: Kind) -> Question:
        """Return the question as our engine takes it: words uncut."""
        clause = Clause(" ".join(self.words), any_word=not kind.needs_all)
        near = Near(self.latitude, self.longitude, self.within_km)
        filters = {
            name: frozenset([keyword(name, value)]) for name, value in self.filters().items()
        }
        return Question(
            clauses=(clause,) if kind.has_words else (),
            filters=filters if kind.has_filters else {},
            near=near if kind.has_place else None,
            facets=(FACET,),
            limit=PAGE,
        )


def questions(count: int = QUESTIONS) -> list[Ask]:
    """Return questions of one to four words, each word with a token of its own."""
    chance = np.random.default_rng(42)
    latitudes, longitudes = scattered(chance, count, typical_km=8)
    return [
        _ask(chance, round(float(latitude), 6), round(float(longitude), 6))
        for latitude, longitude in zip(latitudes, longitudes, strict=True)
    ]


def _ask(chance: np.random.Generator, latitude: float, longitude: float) -> Ask:
    asked = _words(chance, int(chance.choice([1, 2, 3, 4], p=[0.3, 0.4, 0.2, 0.1])))
    miles = float(chance.choice([5, 10, 25, 50]))
    return Ask(
        words=tuple(asked),
        cut=tuple(tokens(" ".join(asked))),
        category=_sometimes(chance, 0.6, len(words.CATEGORIES)),
        group=_sometimes(chance, 0.25, len(words.ELIGIBILITY)),
        language=_sometimes(chance, 0.25, 3),
        latitude=latitude,
        longitude=longitude,
        within_km=miles * 1.609344,
    )


def _sometimes(chance: np.random.Generator, likely: float, values: int) -> int | None:
    drawn, value = chance.random(), int(chance.integers(values))
    return value if drawn < likely else None


def _words(chance: np.random.Generator, many: int) -> list[str]:
    lexicon = words.vocabulary()
    asked: dict[str, str] = {}  # token -> word
    while len(asked) < many:
        # Half of the words are drawn as the listings draw theirs, half name a category.
        place = _common(chance, len(lexicon))
        category = words.CATEGORY_WORDS[int(chance.integers(len(words.CATEGORIES)))]
        word = lexicon[place] if chance.random() < 0.55 else category[-1]
        if token := words.cut_vocabulary()[words.numbers()[word]]:
            asked.setdefault(token, word)
    return list(asked.values())


def _common(chance: np.random.Generator, size: int) -> int:
    first = len(words.STOP)
    likely = np.cumsum(1 / (np.arange(size - first) + 3.0))
    return int(np.searchsorted(likely, chance.random() * likely[-1])) + first


def cleared(asked: Sequence[Ask], corpus: Corpus) -> list[Ask]:
    """Return the questions with circles so large that no listing lies on a border.

    So that an engine that measures in single precision and one that does not have the same answer.
    """
    latitudes = corpus.array("latitude") / 1e6
    longitudes = corpus.array("longitude") / 1e6
    clear = []
    for ask in asked:
        within = ask.within_km
        # A degree of latitude has 111 km everywhere: a band holds the circle and more.
        band = np.flatnonzero(np.abs(latitudes - ask.latitude) < (within + 1) / 111)
        away = distances_km(latitudes[band], longitudes[band], ask)
        while np.any(np.abs(away - within) < CLEAR_KM):
            within += CLEAR_KM
        clear.append(replace(ask, within_km=within))
    return clear


def distances_km(latitudes: np.ndarray, longitudes: np.ndarray, ask: Ask) -> np.ndarray:
    """Return great-circle distances (haversine) in double precision; all degrees in."""
    phi, lam = np.radians(latitudes), np.radians(longitudes)
    here, there = np.radians(ask.latitude), np.radians(ask.longitude)
    half = np.sin((phi - here) / 2) ** 2
    half = half + np.cos(phi) * np.cos(here) * np.sin((lam - there) / 2) ** 2
    distances: np.ndarray = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return distances


def write(asked: Sequence[Ask], path: Path) -> None:
    """Keep the questions in a file, for other processes."""
    path.write_text(json.dumps([asdict(ask) for ask in asked]))


def read(path: Path) -> list[Ask]:
    """Return the questions of the file."""
    rows = json.loads(path.read_text())
    return [Ask(**{**row, "words": tuple(row["words"]), "cut": tuple(row["cut"])}) for row in rows]
