"""In which order documents answer. Reads what ``matching`` found in each part; filters nothing.

Best first means, in this order:

1. more clauses whose keyword the document has (rather than a mention of its words);
2. more clauses matched at all (all equal, unless any clause was enough);
3. the score: how well the words that name no keyword fit (BM25, 1 for the best of the answer; 1 for
   all when there are no such words) and how close the document is, in equal parts; what answers
   only by its area is as close as what is three miles off;
4. the key.

Nearest first means by distance, and after all that has one what answers by its area, as above.

``Hooks.order`` goes before all of these, ``Hooks.score`` is added to the score. ``Hooks.rank`` is
the score in place of 1 to 3, whatever sort is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.documents import Hit, Hooks, Measured, Question, Rank, Sort
from resourcedir.engine.grid import Reals, kilometres
from resourcedir.engine.matching import Found
from resourcedir.engine.part import Bools, Numbers

HALF_CLOSE_KM: Final = 8.04672  # five miles: where closeness has fallen to a half
BY_AREA: Final = 0.6  # closeness of what answers by its area: it comes, or is called

_BLOCK: Final = 64
_MANY: Final = 4_096  # values, from which on blocks are quicker than all

Integers = NDArray[np.int64]
Places = NDArray[np.intp]
Tiers = Integers | None
Values = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """All documents of an answer. A lower ``tier`` comes first; None where there is but one.

    ``nearest``: within a tier the order is by distance, where there is one, not by score.
    """

    keys: Integers
    km: Reals | None
    scores: Numbers
    tiers: Tiers
    nearest: bool = False

    def page(self, question: Question) -> tuple[Hit, ...]:
        """Return the hits ``offset`` to ``offset + limit`` in the order asked for.

        With ``limit_each`` these are the first ones of each tier.
        """
        if question.limit_each:
            return tuple(self._first_of_each(question))
        first = max(0, question.offset)
        last = first + max(0, question.limit)
        if self.tiers is None:
            return self._hits(self._first(None, last)[first:])
        hits: list[Hit] = []
        passed = 0
        for places in self._places_by_tier(self.tiers):
            if passed + len(places) > first:
                best = self._first(places, last - passed)
                hits += self._hits(best[max(0, first - passed) :])
            passed += len(places)
            if passed >= last:
                break
        return tuple(hits)

    def _first_of_each(self, question: Question) -> Iterator[Hit]:
        most = max(0, question.limit)
        if self.tiers is None:
            yield from self._hits(self._first(None, most))
            return
        for places in self._places_by_tier(self.tiers):
            yield from self._hits(self._first(places, most))

    @staticmethod
    def _places_by_tier(tiers: Integers) -> Iterator[Places]:
        few = tiers.max() < _MANY
        present = np.flatnonzero(np.bincount(tiers)) if few else np.unique(tiers)
        for tier in present.tolist():
            yield (tiers == tier).nonzero()[0]

    def _first(self, places: Places | None, most: int) -> Places:
        """Return the first ``most`` of one tier (None: of all), in order."""
        by_distance = self.nearest and self.km is not None
        if by_distance and self.km is not None:
            by_distance = not np.isnan(self.km[0 if places is None else places[0]])
        values = self.km if by_distance and self.km is not None else -self.scores
        if places is not None:
            values = values.take(places)
        if most < len(values):
            few = (values <= _bound(values, most)).nonzero()[0]
            values = values.take(few)
            places = few if places is None else places.take(few)
        keys = self.keys if places is None else self.keys.take(places)
        order = np.lexsort((keys, values))[:most]
        return order if places is None else places.take(order)

    def _hits(self, places: Places) -> tuple[Hit, ...]:
        keys, scores = self.keys.take(places).tolist(), self.scores.take(places).tolist()
        distances: list[float | None] = [None] * len(keys)
        if self.km is not None:
            # NaN is not equal to itself.
            distances = [each if each == each else None for each in self.km.take(places).tolist()]  # noqa: PLR0124
        return tuple(map(Hit, keys, distances, scores))


def _bound(values: Values, count: int) -> Any:  # noqa: ANN401 -- a number of their type
    """Return a bound that at least ``count`` values do not exceed, and few others."""
    if len(values) >= max(_MANY, 2 * count * _BLOCK):
        # The smallest of each block: of these, ``count`` are values that do not exceed the bound.
        # Blocks are columns, since whole rows are compared at once.
        whole = len(values) // _BLOCK * _BLOCK
        values = values[:whole].reshape(_BLOCK, -1).min(axis=0)
    values = np.partition(values, count - 1)
    return values[count - 1]


def rank(found: Sequence[Found], question: Question, hooks: Hooks, *, has_fit: bool) -> Ranked:
    """Put the documents of all parts together and score them; there is at least one."""
    lines = _joined([each.lines for each in found], found)
    km = None if lines is None else kilometres(lines)
    by_area = None if km is None else np.isnan(km)
    if by_area is not None and not by_area.any():
        by_area = None
    fits = _fits(found) if has_fit else None
    if hooks.rank is not None:
        scores = _ranked(found, km, fits, hooks.rank)
    else:
        scores = _scores(found, km, by_area, fits, has_fit=has_fit)
    for score in hooks.score:
        scores += np.concatenate([score(each.part, each.positions) for each in found])
    keys = [each.part.keys.take(each.positions) for each in found]
    return Ranked(
        keys=keys[0] if len(keys) == 1 else np.concatenate(keys),
        km=km,
        scores=scores,
        tiers=_tiers(found, by_area, question, hooks),
        nearest=question.sort is Sort.NEAREST and hooks.rank is None,
    )


def _fits(found: Sequence[Found]) -> Numbers | None:
    """Return how well the words fit each document, 1 for the best of the answer."""
    fits: Numbers | None = _joined([each.fit for each in found], found)
    return None if fits is None else fits * np.float32(1 / (fits.max() or 1))


def _ranked(found: Sequence[Found], km: Reals | None, fits: Numbers | None, rank: Rank) -> Numbers:
    """Return the score that the caller gives to each document."""
    borders = np.cumsum([len(each) for each in found])[:-1]
    kms = [None] * len(found) if km is None else np.split(km, borders)
    fitting = [None] * len(found) if fits is None else np.split(fits, borders)
    scores = [
        rank(each.part, each.positions, Measured(far, fit, each.named))
        for each, far, fit in zip(found, kms, fitting, strict=True)
    ]
    joined: Numbers = np.concatenate(scores)
    return joined


def _scores(
    found: Sequence[Found],
    km: Reals | None,
    by_area: Bools | None,
    fits: Numbers | None,
    *,
    has_fit: bool,
) -> Numbers:
    size = sum(map(len, found))
    scores: Numbers = np.zeros(size, np.float32) if has_fit else np.ones(size, np.float32)
    if fits is not None:
        scores = fits
    if km is None:
        return scores
    closeness = HALF_CLOSE_KM / (km + HALF_CLOSE_KM)
    if by_area is not None:
        closeness[by_area] = BY_AREA
    scores += closeness.astype(np.float32)
    scores *= np.float32(0.5)
    return scores


def _tiers(
    found: Sequence[Found], by_area: Bools | None, question: Question, hooks: Hooks
) -> Tiers:
    """Return which documents come before which, whatever their score."""
    if hooks.rank is not None:
        return _ordered(found, hooks)
    levels: list[Integers] = []
    for counts in ([each.named for each in found], [each.matched for each in found]):
        joined = _joined(counts, found)
        if joined is not None:
            levels.append((joined.max(initial=0) - joined).astype(np.int64))
    if question.sort is Sort.NEAREST and question.near is not None:
        place = None if by_area is None else by_area.astype(np.int64)
        levels = [] if place is None else [place, *(each * place for each in levels)]
    if (ordered := _ordered(found, hooks)) is not None:
        levels.insert(0, ordered)
    tiers: Tiers = None
    for level in levels:
        tiers = level if tiers is None else tiers * (int(level.max(initial=0)) + 1) + level
    return tiers


def _ordered(found: Sequence[Found], hooks: Hooks) -> Tiers:
    if hooks.order is None:
        return None
    values = np.concatenate([hooks.order(each.part, each.positions) for each in found])
    if len(values) and values.min() >= 0 and values.max() < _MANY:
        whole = values.astype(np.int64)
        if (whole == values).all():  # a few levels: they need no sorting to become tiers
            return whole
    ordered: Integers = np.unique(values, return_inverse=True)[1]
    return ordered


def _joined(arrays: Sequence[NDArray[Any] | None], found: Sequence[Found]) -> NDArray[Any] | None:
    """Return the arrays of all parts as one, 0 where a part has none; None where none has one."""
    known = [each for each in arrays if each is not None]
    if not known:
        return None
    if len(arrays) == 1:
        return known[0]
    filled = [
        np.zeros(len(part), known[0].dtype) if each is None else each
        for each, part in zip(arrays, found, strict=True)
    ]
    return np.concatenate(filled)
