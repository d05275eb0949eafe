"""The documents of one segment as flat arrays, mapped into memory. It answers about sets of them.

A document is its position, 0 to ``size - 1``. The arrays, for ``n`` documents and ``t`` terms:

=================  ========  =======================================================================
key                int64 n   the document's key
digest             int64 n,2 what tells whether it is still the true one
sealed             uint8 n   1 where no earlier version may be left on disk
column:NAME        n         a column of the layout
cells              int32     the grid cell of each document with a point, rising (see ``grid``)
cell_documents     int32     the document's position
cell_places        int32 n   where a document is among these; -1 without a point
points             float64   three rows in the order of cells: the unit vector of the point
term_bytes         uint8     the terms one after another: keywords (field, separator, value) in the
                             order of their bytes, then words in theirs
term_starts        uint32    t + 1 places in it
posting_starts     int64     t + 1 places in ``postings``
postings           int32     for each term the documents that have it, rising
impacts            float32   for each posting of a word its BM25 without the word's rarity
dense_rows         int32 t   the row in ``bits`` of a common term, keywords first; -1 of another
bits               uint64    for each common term one bit a document, the lowest first
ranks              int32     for each common word how many have it before each 64, less one
starts:FIELD       uint32    n + 1 places in ``values:FIELD``
values:FIELD       uint16    the values of each document in a keyword field, counted from the
                   (uint32)  field's first term
=================  ========  =======================================================================
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.arrays import Array, Arrays
from resourcedir.engine.documents import Positions
from resourcedir.engine.grid import kilometres, laid_out, squares, unit_vector
from resourcedir.engine.schema import AREA, keyword_term

Bools = NDArray[np.bool_]
Numbers = NDArray[np.float32]

_KNOWN: Final = 4096  # terms whose place in a part is remembered
_CHUNK: Final = 1 << 17  # words of bits that are counted at once: what a near cache holds


class Spots:
    """Positions, and where in a row of bits each of them is: worked out once, when it is asked."""

    __slots__ = ("_shifts", "_small", "_words", "positions")

    def __init__(self, positions: Positions) -> None:
        self.positions = positions
        self._words: NDArray[np.int64] | None = None
        self._shifts: NDArray[np.uint64] | None = None
        self._small: NDArray[np.int32] | None = None

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def words(self) -> NDArray[np.int64]:
        """Return in which word of 64 bits each position is."""
        if self._words is None:
            self._words = self.positions.astype(np.int64, copy=False) >> 6
        return self._words

    def highest(self, words: Array) -> Bools:
        """Return the bit of each document in the word of bits that it is in."""
        return (words << self.shifts).view(np.int64) < 0

    @property
    def shifts(self) -> NDArray[np.uint64]:
        """Return how far left to shift a word for the document's bit to be the highest."""
        if self._shifts is None:
            low = ~self.positions.astype(np.int64, copy=False) & 63  # 63 less the place in the word
            self._shifts = low.view(np.uint64)
        return self._shifts

    @property
    def small(self) -> NDArray[np.int32]:
        """Return the positions in the type of postings, in which alone these are searched fast."""
        if self._small is None:
            self._small = self.positions.astype(np.int32, copy=False)
        return self._small


def all_at(sets: Sequence["Postings"], spots: Spots) -> Bools:
    """Return for each of the positions whether the document has all of the terms."""
    common: Array | None = None
    rare: Bools | None = None
    for each in sets:
        if each.bits is not None:
            bits = each.bits.take(spots.words)
            common = bits if common is None else common & bits
        else:
            held = each.at(spots)
            rare = held if rare is None else rare & held
    if common is None:
        return np.ones(len(spots), np.bool_) if rare is None else rare
    held = spots.highest(common)
    return held if rare is None else held & rare


class Postings:
    """The documents that have one term, and, of a word, how well each fits it."""

    __slots__ = ("_ranks", "bits", "documents", "impacts", "size")

    def __init__(self, part: "FlatPart", term: int) -> None:
        first, last = part.posting_span(term)
        arrays, offset = part.arrays, part.first_impact
        self.size = part.size
        self.documents: NDArray[np.int32] = arrays["postings"][first:last]
        self.impacts: Numbers = arrays["impacts"][max(0, first - offset) : max(0, last - offset)]
        row = int(arrays["dense_rows"][term])
        self.bits: Array | None = arrays["bits"][row] if row >= 0 else None
        first_row = len(arrays["bits"]) - len(arrays["ranks"])
        self._ranks: Array | None = arrays["ranks"][row - first_row] if row >= first_row else None

    def __len__(self) -> int:
        return len(self.documents)

    def mask(self) -> Bools:
        """Return for each document of the part whether it has the term."""
        held = np.zeros(self.size, np.bool_)
        held[self.documents] = True
        return held

    def at(self, spots: Spots) -> Bools:
        """Return for each of the positions whether the document has the term."""
        if self.bits is not None:
            return spots.highest(self.bits.take(spots.words))
        if self._is_quicker_spread(len(spots)):
            return self.mask().take(spots.positions)
        return self._found(spots)[1]

    def impacts_at(self, spots: Spots) -> Numbers:
        """Return how well each of the positions fits the word; 0 where it has it not."""
        if spots.positions is self.documents:
            return self.impacts
        if self._is_quicker_spread(len(spots)):
            spread = np.zeros(self.size, np.float32)
            spread[self.documents] = self.impacts
            return spread.take(spots.positions)
        if self.bits is None or self._ranks is None:
            places, held = self._found(spots)
        else:
            highest = self.bits.take(spots.words) << spots.shifts
            held = highest.view(np.int64) < 0
            places = self._ranks.take(spots.words) + np.bitwise_count(highest)
        return self.impacts.take(places, mode="clip") * held

    def _is_quicker_spread(self, many: int) -> bool:
        """Say whether to spread the term over all documents rather than look each position up.

        By what either costs in nanoseconds (measured; only the proportions matter).
        """
        spread = 3_000 + 0.2 * self.size + 1.5 * len(self.documents)
        return spread < (6_000 + 60 * many if self.bits is None else 7_000 + 12 * many)

    def _found(self, spots: Spots) -> tuple[Array, Bools]:
        if not len(self.documents):
            return np.zeros(len(spots), np.intp), np.zeros(len(spots), np.bool_)
        places = self.documents.searchsorted(spots.small)
        return places, self.documents.take(places, mode="clip") == spots.small


class FlatPart:
    """One segment. What it gives are views of the mapped file, read-only."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.size: int = arrays.facts["size"]
        self._first_word: int = arrays.facts["word"]
        self._fields: dict[str, list[int]] = arrays.facts["fields"]
        self._terms: memoryview[int] = arrays["term_bytes"].data
        self._starts: memoryview[int] = arrays["term_starts"].data
        self._known: dict[tuple[int, bytes], Postings | None] = {}
        self._values: dict[str, list[str]] = {}
        self.keys: NDArray[np.int64] = arrays["key"]
        self.first_impact, _ = self.posting_span(self._first_word)

    @cached_property
    def everything(self) -> Positions:
        """Return the positions of all documents."""
        return np.arange(self.size)

    def positions(self, keys: Iterable[int]) -> Positions:
        """Return where documents of these keys are, deleted ones included."""
        return np.flatnonzero(np.isin(self.keys, np.fromiter(keys, np.int64)))

    def posting_span(self, term: int) -> tuple[int, int]:
        """Return where the postings of a term begin and end."""
        starts = self.arrays["posting_starts"]
        return int(starts[term]), int(starts[min(term + 1, len(starts) - 1)])

    def word(self, token: str) -> Postings | None:
        """Return the documents whose texts hold the word."""
        return self._postings(token.encode(), self._first_word, len(self._starts) - 1)

    def keyword(self, name: str, value: str) -> Postings | None:
        """Return the documents that have the value in the keyword field."""
        if name not in self._fields:
            return None
        # Half a character may be asked for. No term has one.
        text = keyword_term(name, value).encode(errors="surrogatepass")
        return self._postings(text, *self._fields[name])

    def any_keyword(self, name: str, values: Iterable[str]) -> list[Postings]:
        """Return the documents of each of the values that some document has."""
        if name not in self._fields:
            return []
        found = (self.keyword(name, value) for value in values)
        return [each for each in found if each is not None]

    def serving(self, codes: Iterable[str]) -> Positions:
        """Return the documents without a point that answer for one of the areas, each once."""
        found = [each.documents for each in self.any_keyword(AREA, codes)]
        if not found:
            return np.empty(0, np.intp)
        documents = np.unique(np.concatenate(found)).astype(np.intp)
        return documents[self.arrays["cell_places"][documents] < 0]

    def column(self, name: str) -> NDArray[Any]:
        return self.arrays[f"column:{name}"]

    def values(self, name: str) -> list[str]:
        if name not in self._fields:
            return []
        if name not in self._values:
            first, last = self._fields[name]
            skipped = len(keyword_term(name, "").encode())
            self._values[name] = [
                self._term(term)[skipped:].decode() for term in range(first, last)
            ]
        return self._values[name]

    def having(self, name: str, values: Iterable[str]) -> Bools:
        held = np.zeros(self.size, np.bool_)
        for each in self.any_keyword(name, values):
            held[each.documents] = True
        return held

    def says(self, token: str) -> int:
        found = self.word(token)
        return 0 if found is None else len(found)

    def saying(self, token: str) -> Bools:
        found = self.word(token)
        return np.zeros(self.size, np.bool_) if found is None else found.mask()

    def reduced(
        self, name: str, numbers: NDArray[Any], positions: Positions, how: np.ufunc
    ) -> NDArray[Any]:
        """Return for each position what ``how`` makes of the numbers of its values; 0 of none."""
        found = np.zeros(len(positions), numbers.dtype)
        if name not in self._fields or not len(positions):
            return found
        starts, values = self.arrays[f"starts:{name}"], self.arrays[f"values:{name}"]
        if positions is self.everything:
            ends, begins = starts[1:].astype(np.int64), starts[:-1].astype(np.int64)
            held = numbers.take(values)
        else:
            begins = starts.take(positions).astype(np.int64)
            ends = starts.take(positions + 1).astype(np.int64)
            held = numbers.take(values.take(laid_out(begins, ends)))
        some = (ends > begins).nonzero()[0]
        if len(some):
            lengths = (ends - begins).take(some)
            found[some] = how.reduceat(held, lengths.cumsum() - lengths)
        return found

    def kilometres_to(
        self, latitude: float, longitude: float, positions: Positions
    ) -> NDArray[np.float64]:
        """Return how far each position is from a place in degrees; NaN without a point."""
        places = self.arrays["cell_places"].take(positions)
        located = places >= 0
        found = np.full(len(positions), np.nan)
        points = self.arrays["points"].take(places[located], axis=1)
        found[located] = kilometres(squares(points, unit_vector(latitude, longitude)))
        return found

    def counts(self, name: str, positions: Positions) -> NDArray[np.int64]:
        """Return for each of ``values(name)`` how many of the positions have it."""
        first, last = self._fields.get(name, (0, 0))
        if first == last or not len(positions):
            return np.zeros(last - first, np.int64)
        if len(positions) == self.size:
            return np.diff(self.arrays["posting_starts"][first : last + 1])
        if len(positions) * 24 < self.size or len(positions) < 512:
            return self._counted(name, positions, last - first)
        return self._intersected(positions, first, last)

    def _counted(self, name: str, positions: Positions, values: int) -> NDArray[np.int64]:
        starts = self.arrays[f"starts:{name}"]
        ends = starts.take(positions + 1).astype(np.int64)
        numbers = ends - starts.take(positions)
        # The places of all values of the documents, one document after another.
        places = (ends - numbers.cumsum()).repeat(numbers)
        places += np.arange(len(places))
        return np.bincount(self.arrays[f"values:{name}"].take(places), minlength=values)

    def _intersected(self, positions: Positions, first: int, last: int) -> NDArray[np.int64]:
        bits, rows = self.arrays["bits"], self.arrays["dense_rows"][first:last]
        words = bits.shape[1]
        chosen = np.zeros(words * 64, np.bool_)
        chosen[positions] = True
        packed = np.packbits(chosen, bitorder="little").view(np.uint64)
        dense = np.flatnonzero(rows >= 0)
        counts = np.empty(last - first, np.int64)
        step = max(1, _CHUNK // max(1, words))
        for start in range(0, len(dense), step):
            some = dense[start : start + step]
            # Rows are numbered as terms are, so those of one field lie one after another.
            block = bits[rows[some[0]] : rows[some[-1]] + 1] & packed
            counts[some] = np.bitwise_count(block).sum(axis=1, dtype=np.int64)
        rare = np.flatnonzero(rows < 0)
        if len(rare):
            starts = self.arrays["posting_starts"][first : last + 1]
            begins, ends = starts[rare], starts[rare + 1]
            held = chosen.take(self.arrays["postings"].take(laid_out(begins, ends)))
            firsts = np.concatenate([[0], np.cumsum(ends - begins)[:-1]])
            counts[rare] = np.add.reduceat(held.astype(np.int64), firsts)
        return counts

    def _term(self, number: int) -> bytes:
        return bytes(self._terms[self._starts[number] : self._starts[number + 1]])

    def _postings(self, text: bytes, first: int, last: int) -> Postings | None:
        """Return the postings of a term, sought among those from ``first`` to before ``last``."""
        try:
            return self._known[first, text]
        except KeyError:
            found = bisect_left(range(last), text, lo=first, key=self._term)
            there = found < last and self._term(found) == text
            postings = Postings(self, found) if there else None
        if len(self._known) >= _KNOWN:
            self._known.clear()
        self._known[first, text] = postings
        return postings
