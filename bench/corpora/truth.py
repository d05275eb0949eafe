"""The exact answers, worked out from all documents without any index.

Slow on purpose and in double precision: sums over whole arrays, one step after another, in the
order that ``engine/ranking.py`` describes. Nothing here is shared with the engine but the tables
that say how Whoosh rounds the length of a document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

from bench.corpora import words
from bench.corpora.corpus import LAYOUT, TEXTS, WEIGHTS, Corpus
from bench.corpora.questions import HALF_CLOSE_KM, PAGE, Ask, Kind, distances_km

SAME_SCORE = 2e-6  # two scores that differ by less are one in single precision


@dataclass(frozen=True, slots=True)
class Exact:
    """All answers, best first, with their scores; how many of each category."""

    keys: NDArray[np.int64]
    scores: NDArray[np.float64]
    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        return len(self.keys)

    def counted(self) -> dict[int, int]:
        """Return the counts that are not zero."""
        return {number: count for number, count in self.counts.items() if count}

    def page(self) -> list[int]:
        first: list[int] = self.keys[:PAGE].tolist()
        return first

    def in_order(self, page: Sequence[int]) -> bool:
        """Return whether ``page`` is the first page, equal scores of single precision aside."""
        if len(page) != min(PAGE, self.total) or len(set(page)) != len(page):
            return False
        place = {key: n for n, key in enumerate(self.keys[: PAGE * 50].tolist())}
        if not all(key in place for key in page):
            return False
        found = self.scores[[place[key] for key in page]]
        return bool(np.all(np.abs(found - self.scores[: len(page)]) < SAME_SCORE))


class Truth:
    """Answers ``asked`` over all documents."""

    def __init__(self, corpus: Corpus, asked: Sequence[Ask]) -> None:
        self._size = corpus.size
        self._latitudes = corpus.array("latitude") / 1e6
        self._longitudes = corpus.array("longitude") / 1e6
        self._masks = {
            "cat": corpus.array("categories"),
            "elig": corpus.array("eligibility"),
            "lang": corpus.array("languages"),
        }
        whole = lengths(corpus)
        rounded = np.array([byte_to_length(length_to_byte(n)) for n in range(int(whole.max()) + 1)])
        self._lengths = rounded[whole] / LAYOUT.usual_length
        self._weights = _weights(corpus, sorted({token for ask in asked for token in ask.cut}))

    def answer(self, ask: Ask, kind: Kind) -> Exact:
        """Return the exact answer."""
        keep, fits = self._by_words(ask, kind)
        away = np.zeros(0)
        if kind.has_place:
            away = distances_km(self._latitudes, self._longitudes, ask)
            keep &= away <= ask.within_km
        passed = {
            name: (self._masks[name] >> np.uint64(value) & np.uint64(1)).astype(bool)
            for name, value in (ask.filters() if kind.has_filters else {}).items()
        }
        for name, having in passed.items():
            if name != "cat":
                keep = keep & having
        counts = self._counts(keep)
        wanted = ask.category if kind.has_filters else None
        if wanted is not None:
            keep = keep & passed["cat"]
        keys = np.flatnonzero(keep)
        scores = (
            fits[keys] / fits[keys].max() if kind.has_words and len(keys) else np.ones(len(keys))
        )
        if kind.has_place:
            scores = (scores + HALF_CLOSE_KM / (HALF_CLOSE_KM + away[keys])) / 2
        order = np.lexsort((keys, -scores))
        return Exact(keys[order], scores[order], counts)

    def _by_words(self, ask: Ask, kind: Kind) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        fits = np.zeros(self._size)
        if not kind.has_words:
            return np.ones(self._size, bool), fits
        matched = np.zeros(self._size, np.int64)
        for token in ask.cut:
            holders, weight = self._weights[token]
            rarity = np.log(1 + (self._size - len(holders) + 0.5) / (len(holders) + 0.5))
            spread = 1.2 * (0.25 + 0.75 * self._lengths[holders])
            fits[holders] += rarity * weight * 2.2 / (weight + spread)
            matched[holders] += 1
        return matched >= (len(ask.cut) if kind.needs_all else 1), fits

    def _counts(self, keep: NDArray[np.bool_]) -> dict[int, int]:
        categories = self._masks["cat"][keep]
        counted = {
            number: int((categories >> np.uint64(number) & np.uint64(1)).sum())
            for number in range(len(words.CATEGORIES))
        }
        return {number: count for number, count in counted.items() if count}


def lengths(corpus: Corpus) -> NDArray[np.int64]:
    """Return the weighted number of words of each document."""
    total = np.zeros(corpus.size, np.int64)
    counted = np.array([bool(token) for token in words.cut_vocabulary()])
    for text, weight in zip(TEXTS, WEIGHTS, strict=True):
        running = np.concatenate([[0], np.cumsum(counted[corpus.array(text)])])
        ends = corpus.array(f"{text}_ends")
        total += int(weight) * (running[ends[1:]] - running[ends[:-1]])
    return total


Weights = tuple[NDArray[np.int64], NDArray[Any]]  # documents, and the weight in each


def _weights(corpus: Corpus, wanted: Sequence[str]) -> dict[str, Weights]:
    """Return for each token the documents that hold it and the sum of its weights there."""
    number = {token: n for n, token in enumerate(wanted)}
    table = np.array([number.get(token, -1) for token in words.cut_vocabulary()], np.int32)
    found, amounts = [], []
    for text, weight in zip(TEXTS, WEIGHTS, strict=True):
        cut = table[corpus.array(text)]
        places = np.flatnonzero(cut >= 0)
        ends = corpus.array(f"{text}_ends")
        holders = np.searchsorted(ends, places, side="right") - 1
        found.append(cut[places].astype(np.int64) * corpus.size + holders)
        amounts.append(np.full(len(places), weight, np.float32))
    pairs, group = np.unique(np.concatenate(found), return_inverse=True)
    weights = np.bincount(group, weights=np.concatenate(amounts), minlength=len(pairs))
    bounds = np.searchsorted(pairs, np.arange(len(wanted) + 1) * corpus.size).tolist()
    return {
        token: (pairs[start:end] % corpus.size, weights[start:end])
        for token, start, end in zip(wanted, bounds[:-1], bounds[1:], strict=True)
    }
