"""All segments of one generation of the index, laid end to end.

A document is known by its position here, from 0 to ``size - 1``; sets of documents are integers
(see ``bits``). A snapshot never changes; a new generation gets a new one, made of the same segments
as far as they still exist. Deleted documents keep their position: an answer begins with ``live``.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress
from math import log
from typing import Final

from resourcedir.engine.bits import bitset, flags
from resourcedir.engine.documents import Extras
from resourcedir.engine.segment import Segment

# Okapi BM25 with the usual constants (Robertson and Zaragoza 2009): how soon repeating a word
# stops helping, and how much a long text counts against it.
_SATURATION: Final = 1.2
_LENGTH: Final = 0.75

_IMPACTS_KEPT: Final = 128  # each is four bytes a document


class Snapshot:
    def __init__(self, parts: Sequence[tuple[Segment, int]]) -> None:
        """``parts`` are the segments with the documents that live in each."""
        self._segments = [segment for segment, _ in parts]
        self._bases: list[int] = []
        self.size = 0
        for segment in self._segments:
            self._bases.append(self.size)
            self.size += segment.size
        self.live = self._join(live for _, live in parts)
        self.count = self.live.bit_count()
        columns = [segment.columns for segment in self._segments]
        self.keys: list[int] = list(chain.from_iterable(c.keys for c in columns))
        self.located = self._join(c.located for c in columns)
        self._vectors = [
            array("d", chain.from_iterable(axis))
            for axis in ([c.xs for c in columns], [c.ys for c in columns], [c.zs for c in columns])
        ]
        self._lengths = list(chain.from_iterable(c.lengths for c in columns))
        total = sum(compress(self._lengths, flags(self.live, self.size)))
        self._mean_length = total / self.count if total else 1.0
        self._values: dict[str, dict[str, int]] = {}
        self._impacts: dict[str, array[float]] = {}

    def word(self, token: str) -> int:
        """Return the documents whose texts hold the word."""
        return self._join(
            bitset(segment.word(token).positions, segment.size) for segment in self._segments
        )

    def area(self, code: str) -> int:
        """Return the documents that answer for the area."""
        return self._join(segment.area(code) for segment in self._segments)

    def values(self, name: str) -> Mapping[str, int]:
        """Return each value of the keyword field and the documents that have it."""
        known = self._values.get(name)
        if known is None:
            known = {}
            for segment, base in zip(self._segments, self._bases, strict=True):
                for value, holders in segment.values(name).items():
                    known[value] = known.get(value, 0) | holders << base
            self._values[name] = known
        return known

    def vectors(self, selector: bytes) -> Iterable[tuple[float, float, float]]:
        """Yield the unit vectors of the documents flagged in ``selector``."""
        xs, ys, zs = (compress(axis, selector) for axis in self._vectors)
        return zip(xs, ys, zs, strict=True)

    def extras(self, positions: Iterable[int]) -> Iterable[tuple[int, Extras]]:
        """Yield each of the rising ``positions`` with its document's stored strings."""
        part = 0
        for position in positions:
            while position >= self._bases[part] + self._segments[part].size:
                part += 1
            yield position, self._segments[part].extras()[position - self._bases[part]]

    def digests(self) -> list[str]:
        """Return the content digest of each document, deleted ones included."""
        return list(chain.from_iterable(segment.digests() for segment in self._segments))

    def impacts(self, token: str) -> "array[float]":
        """Return the BM25 score of the word in each document; 0 where it is not.

        Only living documents count as the collection, so that an index made bit by bit scores
        like one made at once.
        """
        known = self._impacts.get(token)
        if known is None:
            known = self._score(token)
            if len(self._impacts) >= _IMPACTS_KEPT:
                self._impacts.clear()
            self._impacts[token] = known
        return known

    def _score(self, token: str) -> "array[float]":
        holding = (self.word(token) & self.live).bit_count()
        rarity = log(1 + (self.count - holding + 0.5) / (holding + 0.5))
        scores = array("f", bytes(4 * self.size))
        for segment, base in zip(self._segments, self._bases, strict=True):
            found = segment.word(token)
            for position, weight in zip(found.positions, found.weights, strict=True):
                length = self._lengths[base + position] / self._mean_length
                damping = _SATURATION * (1 - _LENGTH + _LENGTH * length)
                scores[base + position] = rarity * weight * (_SATURATION + 1) / (weight + damping)
        return scores

    def _join(self, parts: Iterable[int]) -> int:
        joined = 0
        for part, base in zip(parts, self._bases, strict=True):
            joined |= part << base
        return joined
