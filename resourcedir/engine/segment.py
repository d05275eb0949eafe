"""One segment of a Whoosh index, read into plain Python as it is needed.

A segment never changes once written, only the set of its deleted documents grows; so what is read
here serves every later generation that still has the segment. Positions count from 0 within it.
"""

import weakref
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, TypeVar

from whoosh.reading import TermNotFound

from resourcedir.engine.bits import bitset, full
from resourcedir.engine.damage import reading
from resourcedir.engine.distance import unit_vector
from resourcedir.engine.documents import Extras
from resourcedir.engine.schema import NOWHERE, SEPARATOR, keyword_term

_TERMS_KEPT: Final = 4096  # decoded posting lists; beyond it all are dropped and read again

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Postings:
    """Positions of the documents that hold a word, rising, and the word's weight in each."""

    positions: "array[int]"
    weights: "array[float]"


@dataclass(frozen=True, slots=True)
class Columns:
    """One value a document: key, unit vector of its point (0, 0, 0 without), length in words."""

    keys: list[int]
    xs: "array[float]"
    ys: "array[float]"
    zs: "array[float]"
    lengths: list[int]
    located: int


class Segment:
    """Reads from one Whoosh segment reader, which is not made for threads: under a lock."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 -- Whoosh ships no types
        self._reader = reader
        weakref.finalize(self, reader.close)
        self._lock = Lock()
        self._cache: dict[tuple[str, str], Any] = {}
        with reading():
            self.size: int = reader.doc_count_all()
            self.columns = self._read_columns()

    def word(self, token: str) -> Postings:
        """Return where ``token`` stands in the texts."""
        return self._once("word", token, lambda: self._postings("words", token))

    def area(self, code: str) -> int:
        """Return the documents that answer for the area."""
        return self._once(
            "area", code, lambda: bitset(self._postings("areas", code).positions, self.size)
        )

    def values(self, name: str) -> dict[str, int]:
        """Return each value of the keyword field and the documents that have it."""
        return self._once("values", name, lambda: self._read_values(name))

    def extras(self) -> list[Extras]:
        """Return the stored strings of each document, deleted ones included."""
        return self._once("extras", "", lambda: [fields["extras"] for fields in self._stored()])

    def digests(self) -> list[str]:
        """Return the content digest of each document, deleted ones included."""
        with self._lock, reading():
            return [fields["digest"] for fields in self._stored()]

    def _once(self, kind: str, name: str, read: Callable[[], T]) -> T:
        known: T | None = self._cache.get((kind, name))
        if known is not None:
            return known
        with self._lock, reading():
            value = read()
        if len(self._cache) >= _TERMS_KEPT:
            self._cache.clear()
        self._cache[kind, name] = value
        return value

    def _read_columns(self) -> Columns:
        latitudes, longitudes = self._column("latitude"), self._column("longitude")
        located = [n for n, latitude in enumerate(latitudes) if latitude != NOWHERE]
        xs, ys, zs = (array("d", bytes(8 * self.size)) for _ in range(3))
        for n in located:
            xs[n], ys[n], zs[n] = unit_vector(latitudes[n] / 1e6, longitudes[n] / 1e6)
        # Whoosh says None of a document without words.
        lengths = [self._reader.doc_field_length(n, "words") or 0 for n in range(self.size)]
        return Columns(self._column("number"), xs, ys, zs, lengths, bitset(located, self.size))

    def _column(self, name: str) -> list[int]:
        return list(self._reader.column_reader(name, translate=False).load())

    def _stored(self) -> list[dict[str, Any]]:
        return [self._reader.stored_fields(n) for n in range(self.size)]

    def _read_values(self, name: str) -> dict[str, int]:
        prefix = keyword_term(name, "")
        return {
            term.decode().partition(SEPARATOR)[2]: bitset(
                self._postings("keywords", term).positions, self.size
            )
            for term in self._reader.expand_prefix("keywords", prefix)
        }

    def _postings(self, field: str, term: str | bytes) -> Postings:
        positions, weights = array("l"), array("f")
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return Postings(positions, weights)
        while matcher.is_active():
            positions.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        return Postings(positions, weights)


def living(reader: Any, size: int) -> int:  # noqa: ANN401
    """Return the documents of a segment that ``reader`` does not see as deleted."""
    return bitset(reader.all_doc_ids(), size) if reader.has_deletions() else full(size)
