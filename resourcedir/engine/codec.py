"""Writes and reads postings and columns of Whoosh's whoosh3 codec by the block, not one by one.

It keeps to what Whoosh's own writers write, and Whoosh reads it as its own; tests hold it to that.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3PostingsWriter
from whoosh.columns import Column, ColumnWriter

BLOCK: Final = 128  # postings in one block, as many as Whoosh takes

_PLAIN: Final = 12  # postings; a block of no more gains nothing from compression
_COMPRESSION: Final = 1  # of zlib; higher levels take twice the time for a tenth of the size


class BlockWriter(W3PostingsWriter):
    """Takes the postings of a term in whole blocks, between the start and the end of the term."""

    _ids: list[int]
    _weights: list[float]
    _maxweight: float

    def __init__(self, postings_file: Any) -> None:  # noqa: ANN401 -- Whoosh ships no types
        super().__init__(postings_file, blocklimit=BLOCK)

    def add_block(self, documents: list[int], gaps: list[int], weights: list[float]) -> None:
        """Add at most ``BLOCK`` documents; ``gaps`` are the first one and then the differences."""
        if self._ids:
            self._write_block()
        self._ids = documents
        self._gaps = gaps
        self._weights = weights
        self._maxweight = max(weights)
        self._compression = _COMPRESSION if len(documents) > _PLAIN else 0

    def _mini_ids(self) -> tuple[int, ...]:
        return tuple(self._gaps)

    def _mini_weights(self) -> tuple[float, ...] | float | None:
        weight = self._maxweight
        if min(self._weights) != weight:
            return tuple(self._weights)
        return None if weight == 1.0 else weight


class WholeColumn(Column):
    """Takes the bytes of all documents as its one value; a ``NumericColumn`` reads them."""

    class Writer(ColumnWriter):
        def add(self, _: int, value: bytes) -> None:
            self._dbfile.write(value)


def column_bytes(values: NDArray[Any]) -> bytes:
    """Return numbers as a numeric column holds them: the most significant byte first."""
    return values.astype(values.dtype.newbyteorder(">")).tobytes()


def column_values(column: Any, size: int, kind: str) -> NDArray[Any]:  # noqa: ANN401
    """Return a numeric column of ``size`` documents, given its Whoosh reader and typecode."""
    native = np.dtype(kind)
    values = np.full(size, column._default, native)
    if hasattr(column, "_count"):  # not where no document had a value of its own
        raw = bytes(column._dbfile.get(column._basepos, column._count * native.itemsize))
        values[: column._count] = np.frombuffer(raw, native.newbyteorder(">"))
    return values


@dataclass(slots=True)
class FieldPostings:
    """All postings of one field of a segment: of each term in turn, rising by document."""

    terms: list[bytes] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    _gaps: "array[int]" = field(default_factory=lambda: array("I"))
    _blocks: list[int] = field(default_factory=list)
    _weights: "array[float]" = field(default_factory=lambda: array("f"))

    def add(self, term: bytes, matcher: Any) -> None:  # noqa: ANN401
        """Read a term from the Whoosh matcher of it that nobody has moved."""
        before = len(self._gaps)
        for gaps, weights in _blocks(matcher):
            self._gaps.extend(gaps)
            self._blocks.append(len(gaps))
            if weights is None or isinstance(weights, float):
                self._weights.extend([1.0 if weights is None else weights] * len(gaps))
            else:
                self._weights.extend(weights)
        self.terms.append(term)
        self.counts.append(len(self._gaps) - before)

    def documents(self) -> NDArray[np.int64]:
        """Return the document of each posting."""
        reached = np.cumsum(np.asarray(self._gaps), dtype=np.int64)
        blocks = np.array(self._blocks, np.int64)
        # Each block begins with a whole number and goes on with differences.
        before = np.concatenate([[0], reached])[np.cumsum(blocks) - blocks]
        found: NDArray[np.int64] = reached - np.repeat(before, blocks)
        return found

    def weights(self) -> NDArray[np.float32]:
        """Return the weight of each posting."""
        return np.asarray(self._weights)


def all_postings(reader: Any) -> dict[str, FieldPostings]:  # noqa: ANN401
    """Return the postings of each field of a Whoosh segment reader, deleted documents included."""
    found: dict[str, FieldPostings] = {}
    terms, codec = reader._terms, reader.codec()
    for (name, text), facts in terms.items():
        layout = reader.schema[name].format
        matcher = codec.postings_reader(terms._postfile, facts, layout)
        found.setdefault(name, FieldPostings()).add(text, matcher)
    return found


def _blocks(matcher: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    while True:
        matcher._read_data()
        yield matcher._data[0], matcher._data[1]
        if matcher._lastblock:
            return
        matcher._goto(matcher._nextoffset)
