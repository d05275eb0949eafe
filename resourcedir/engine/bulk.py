"""Gathers documents and writes them as one segment of a Whoosh index, many times as fast as Whoosh.

Whoosh handles each posting by itself. Here postings are flat arrays that are sorted and cut into
blocks at once. What comes out is an ordinary segment: the same terms, weights, lengths and columns
that ``schema.written_form`` gives through Whoosh's writer, in spatial order.
"""

from array import array
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.analysis import raw_words, token_of
from resourcedir.engine.codec import (
    BLOCK,
    BlockWriter,
    FieldPostings,
    WholeColumn,
    all_postings,
    column_bytes,
    column_values,
)
from resourcedir.engine.documents import Document, Layout
from resourcedir.engine.grid import cells
from resourcedir.engine.inversion import Inverted, Runs, block_starts, inverted
from resourcedir.engine.schema import LONGEST_KEPT, new_schema, written_form

_NAMES_KEPT: Final = 20_000
_UNCOUNTED: Final = -1  # length of a document until its words are added up

Numbers = NDArray[Any]


class Batch:
    """Documents on their way into one segment, each key once; the documents themselves may go."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._columns = {
            name: array(kind.column_type._typecode)
            for name, kind in new_schema(layout).items()
            if kind.column_type
        }
        self._lengths = array("q")
        self._words, self._keywords = _Field(token_of), _Field(str)
        # Names of terms and attributes stand in thousands of documents, in the same words.
        self._names: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, document: Document) -> None:
        """Take a document.

        :raises ValueError: if it does not fit the layout.
        """
        form = written_form(document, self._layout)
        number = len(self)
        for text, weight in form["words"]:
            self._words.runs.add(number, weight, self._cut(text))
        self._keywords.runs.add(number, 1.0, self._keywords.numbers(set(form["keywords"])))
        for name, values in self._columns.items():
            values.append(form[name])
        self._lengths.append(_UNCOUNTED)

    def absorb(self, reader: Any) -> None:  # noqa: ANN401 -- Whoosh ships no types
        """Take the living documents of a segment, given a Whoosh reader of it."""
        size = reader.doc_count_all()
        living = np.ones(size, np.bool_)
        living[np.fromiter(reader.segment().deleted_docs(), np.int64)] = False
        numbers = np.cumsum(living) - 1 + len(self)
        for name, values in self._columns.items():
            column = reader.column_reader(name, translate=False)
            values.frombytes(column_values(column, size, values.typecode)[living].tobytes())
        for document in np.flatnonzero(living).tolist():
            # Whoosh says None of a document without words.
            self._lengths.append(reader.doc_field_length(document, "words") or 0)
        for name, postings in all_postings(reader).items():
            target = self._words if name == "words" else self._keywords
            target.absorb(postings, living, numbers)

    def has_twins(self) -> bool:
        """Say whether a key is there more than once."""
        return len(np.unique(np.asarray(self._columns["number"]))) < len(self)

    def write(self, writer: Any) -> None:  # noqa: ANN401
        """Write everything into the new segment of a Whoosh writer to which nothing was added."""
        order = self._spatial_order()
        positions = np.empty(len(order), np.uint32)
        positions[order] = np.arange(len(order), dtype=np.uint32)
        _write_field(writer, "keywords", self._keywords.terms(), self._keywords.inverted(positions))
        words = self._words.inverted(positions)
        _write_field(writer, "words", self._words.terms(), words)
        self._write_documents(writer, order, words)
        writer.docnum = len(self)
        writer._added = True

    def _write_documents(self, writer: Any, order: Numbers, words: Inverted) -> None:  # noqa: ANN401
        documents, field = writer.perdocwriter, writer.schema["words"]
        for number, length in enumerate(self._counted(order, words)):
            documents.start_doc(number)
            documents.add_field("words", field, None, length)
            documents.finish_doc()
        for name, values in self._columns.items():
            documents.add_column_value(name, WholeColumn(), column_bytes(np.asarray(values)[order]))

    def _counted(self, order: Numbers, words: Inverted) -> list[int]:
        """Return the length of each document as ``WeightedText.index`` has it."""
        known = np.asarray(self._lengths)[order]
        shares = np.maximum(1.0, np.rint(words.weights))
        summed = np.bincount(words.documents, shares, minlength=len(order)).astype(np.int64)
        lengths: list[int] = np.where(known == _UNCOUNTED, summed, known).tolist()
        return lengths

    def _spatial_order(self) -> Numbers:
        key, latitude, longitude = (
            np.asarray(self._columns[name]) for name in ("number", "latitude", "longitude")
        )
        # By grid cell, so that what a circle touches lies in few pieces. NOWHERE comes after all
        # cells of the Earth.
        return np.lexsort((key, cells(latitude, longitude)))

    def _cut(self, text: str) -> "array[int]":
        if len(text) > LONGEST_KEPT:
            return self._words.numbers(raw_words(text))
        cut = self._names.get(text)
        if cut is None:
            if len(self._names) >= _NAMES_KEPT:
                self._names.clear()
            cut = self._names[text] = self._words.numbers(raw_words(text))
        return cut


class _Numbers(dict[str, int]):
    """The number of the term of each text, found out the first time only; 0 where it has none."""

    def __init__(self, terms: dict[bytes, int], term_of: Callable[[str], str]) -> None:
        super().__init__()
        self._terms = terms
        self._term_of = term_of

    def __missing__(self, text: str) -> int:
        term = self._term_of(text).encode()
        number = self[text] = self._terms.setdefault(term, len(self._terms) + 1) if term else 0
        return number


class _Field:
    """The postings of one field. Terms are numbered from 1 as they come."""

    def __init__(self, term_of: Callable[[str], str]) -> None:
        self.runs = Runs()
        self._terms: dict[bytes, int] = {}
        self._numbers = _Numbers(self._terms, term_of)

    def numbers(self, texts: Iterable[str]) -> "array[int]":
        """Return the numbers of the terms of ``texts`` that have one, in order."""
        return array("I", filter(None, map(self._numbers.__getitem__, texts)))

    def absorb(self, postings: FieldPostings, living: Numbers, numbers: Numbers) -> None:
        documents = postings.documents()
        stays = living[documents]
        known = self._terms
        numbered = [known.setdefault(term, len(known) + 1) for term in postings.terms]
        terms = np.repeat(numbered, postings.counts)
        self.runs.add_postings(terms[stays], numbers[documents[stays]], postings.weights()[stays])

    def terms(self) -> list[bytes]:
        return sorted(self._terms)

    def inverted(self, positions: Numbers) -> Inverted:
        numbers = np.array([self._terms[term] for term in self.terms()], np.int64)
        ranks = np.zeros(len(numbers) + 1, np.uint32)
        ranks[numbers] = np.arange(len(numbers), dtype=np.uint32)
        return inverted(self.runs, ranks, positions)


def _write_field(writer: Any, name: str, terms: list[bytes], found: Inverted) -> None:  # noqa: ANN401
    documents, weights = found.documents, found.weights.astype(np.float32)
    if not len(documents):
        return
    begins, blocks = block_starts(found.starts, BLOCK)
    gaps = np.empty_like(documents)
    gaps[1:] = documents[1:] - documents[:-1]  # of no meaning from one term to the next
    gaps[begins] = documents[begins]
    spans = zip(begins.tolist(), [*begins[1:].tolist(), len(documents)], strict=True)
    fields = writer.fieldwriter
    fields.start_field(name, writer.schema[name])
    fields._postwriter = postings = BlockWriter(fields._postfile)
    for term, count in zip(terms, blocks, strict=True):
        if not count:
            continue  # all its documents are deleted
        fields.start_term(term)
        for begin, end in islice(spans, count):
            span = slice(begin, end)
            postings.add_block(
                documents[span].tolist(), gaps[span].tolist(), weights[span].tolist()
            )
        fields.finish_term()
    fields.finish_field()
