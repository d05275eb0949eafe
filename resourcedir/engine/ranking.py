"""In which order documents answer. Reads sets and distances from ``matching``; filters nothing.

Best first means, in this order:

1. more clauses whose keyword the document has (rather than a mention of its words);
2. more clauses matched at all (all equal, unless no document matched every clause);
3. with a place: documents with a distance before those that answer only by their area;
4. the score: how well the words that name no keyword fit (BM25, 1 for the best of the answer; 1 for
   all when there are no such words) and how close the document is, in equal parts;
5. the key.
"""

from array import array
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import compress
from typing import Final

from resourcedir.engine.bits import flags, positions
from resourcedir.engine.documents import Hit, Question, Sort
from resourcedir.engine.matching import Matched
from resourcedir.engine.snapshot import Snapshot

HALF_CLOSE_KM: Final = 8.04672  # five miles: where closeness has fallen to a half

Scores = Sequence[float]


def page(snapshot: Snapshot, matched: Matched, question: Question) -> tuple[Hit, ...]:
    """Return the hits ``offset`` to ``offset + limit`` in the order asked for."""
    ranker = _Ranker(snapshot, matched)
    nearest = question.sort is Sort.NEAREST and matched.near
    ranks = ranker.nearest_ranks() if nearest else ranker.best_ranks()
    first, last = max(0, question.offset), max(0, question.offset) + max(0, question.limit)
    hits: list[Hit] = []
    passed = 0
    for rank, by_distance in ranks:
        size = rank.bit_count()
        if passed + size > first and passed < last:
            ordered = ranker.ordered(rank, last - passed, by_distance=by_distance)
            hits += ordered[max(0, first - passed) :]
        passed += size
    return tuple(hits)


class _Ranker:
    def __init__(self, snapshot: Snapshot, matched: Matched) -> None:
        self._snapshot = snapshot
        self._matched = matched
        self._fit_words = _fit_words(matched)
        self._best_fit = max(self._sums(matched.result), default=0.0) or 1.0

    def best_ranks(self) -> Iterator[tuple[int, bool]]:
        """Yield sets of documents, best first, that rules 1 to 3 tell apart."""
        for rank in self._by_clauses(self._matched.result):
            for part in self._by_place(rank):
                yield part, False

    def nearest_ranks(self) -> Iterator[tuple[int, bool]]:
        """Yield those with a distance (to be ordered by it), then the others, best first."""
        located = self._matched.result & self._snapshot.located
        yield located, True
        for rank in self._by_clauses(self._matched.result & ~located):
            yield rank, False

    def ordered(self, rank: int, most: int, *, by_distance: bool) -> list[Hit]:
        """Return the first ``most`` hits of one rank."""
        chosen = positions(rank, self._snapshot.size)
        scores = self._scores(rank, chosen)
        distances = self._matched.distances
        keys = self._snapshot.keys
        if by_distance:
            entries = (
                (distances[n], keys[n], n, score) for n, score in zip(chosen, scores, strict=True)
            )
        else:
            entries = ((-score, keys[n], n, score) for n, score in zip(chosen, scores, strict=True))
        return [Hit(key, distances.get(n), score) for _, key, n, score in nsmallest(most, entries)]

    def _by_clauses(self, result: int) -> Iterator[int]:
        clauses = self._matched.clauses
        named = [clause.named for clause in clauses if clause.named is not None]
        for rank in _by_count(result, named):
            if self._matched.every_word:
                yield rank
            else:
                yield from _by_count(rank, [clause.matching for clause in clauses])

    def _by_place(self, rank: int) -> Iterator[int]:
        if not self._matched.near:
            yield rank
            return
        yield rank & self._snapshot.located
        yield rank & ~self._snapshot.located

    def _scores(self, rank: int, chosen: list[int]) -> Scores:
        fits = [total / self._best_fit for total in self._sums(rank)] or [1.0] * len(chosen)
        if not self._matched.near:
            return fits
        distances = self._matched.distances
        closeness = [
            HALF_CLOSE_KM / (HALF_CLOSE_KM + distances[n]) if n in distances else 0.0
            for n in chosen
        ]
        return [(fit + close) / 2 for fit, close in zip(fits, closeness, strict=True)]

    def _sums(self, documents: int) -> list[float]:
        """Return the BM25 of the fitting words for each document; nothing when there are none."""
        if not self._fit_words:
            return []
        selector = flags(documents, self._snapshot.size)
        impacts: list[array[float]] = [self._snapshot.impacts(word) for word in self._fit_words]
        return list(map(sum, zip(*(compress(each, selector) for each in impacts), strict=True)))


def _fit_words(matched: Matched) -> tuple[str, ...]:
    """Return the words whose fit counts.

    Words that name a keyword count only where nothing else could tell documents apart: without
    a place and without other words.
    """
    plain = [word for clause in matched.clauses if clause.named is None for word in clause.words]
    if not plain and not matched.near:
        plain = [word for clause in matched.clauses for word in clause.words]
    return tuple(dict.fromkeys(plain))


def _by_count(documents: int, sets: Sequence[int]) -> Iterator[int]:
    """Yield the documents that are in most of ``sets``, then in one less, down to none."""
    at_least = [documents] + [0] * (len(sets) + 1)
    for each in sets:
        for number in range(len(sets), 0, -1):
            at_least[number] |= at_least[number - 1] & each
    for number in range(len(sets), -1, -1):
        if rank := at_least[number] & ~at_least[number + 1]:
            yield rank
