"""Reads one segment of a Whoosh index into flat arrays (``part`` says what each is).

Whoosh's own reader and searcher are the truth that the arrays are held to by test.
"""

from itertools import accumulate
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.util.numeric import byte_to_length

from resourcedir.engine.arrays import Array
from resourcedir.engine.codec import FieldPostings, all_postings, column_values
from resourcedir.engine.damage import reading
from resourcedir.engine.grid import MICRO, cells, unit_vectors
from resourcedir.engine.schema import COLUMN_PREFIX, NOWHERE, SEPARATOR

# Okapi BM25 with the usual constants (Robertson and Zaragoza 2009): how soon repeating a word
# stops helping, and how much a long text counts against it.
SATURATION: Final = 1.2
LENGTH: Final = 0.75

# A term that more than one document in so many has gets a row of bits: of the size of its postings
# for a keyword, and half of it for a word, which needs ranks besides.
DENSE_KEYWORD: Final = 128
DENSE_WORD: Final = 64

_LENGTHS: Final = np.array([byte_to_length(each) for each in range(256)], np.float32)


def decoded(reader: Any, usual_length: float) -> tuple[dict[str, Array], dict[str, Any]]:  # noqa: ANN401
    """Return the arrays and facts of a segment, given a Whoosh reader of it.

    ``usual_length`` is that of the ``Layout``.

    :raises IndexBroken: if Whoosh's files cannot be read.
    """
    with reading():
        size: int = reader.doc_count_all()
        arrays = _columns(reader, size)
        terms = _Terms(reader, _lengths(reader, size) / usual_length)
    arrays |= terms.arrays() | _dense(terms, size)
    arrays |= _by_place(arrays.pop("latitude"), arrays.pop("longitude"))
    for name, (first, last) in terms.fields.items():
        arrays |= _by_document(name, terms, first, last, size)
    return arrays, {"size": size, "fields": terms.fields, "word": terms.first_word}


def _columns(reader: Any, size: int) -> dict[str, Array]:  # noqa: ANN401
    found: dict[str, Array] = {}
    for name, field in reader.schema.items():
        if field.column_type:
            kind = field.column_type._typecode
            column = reader.column_reader(name, translate=False)
            found[name] = column_values(column, size, kind)
    columns = {
        f"column:{name.removeprefix(COLUMN_PREFIX)}": found.pop(name)
        for name in list(found)
        if name.startswith(COLUMN_PREFIX)
    }
    digest = np.stack([found.pop("digest_high"), found.pop("digest_low")], axis=1)
    return {**columns, "key": found.pop("number"), "digest": digest, **found}


def _lengths(reader: Any, size: int) -> NDArray[np.float32]:  # noqa: ANN401
    lengths = np.zeros(size, np.float32)
    column = reader._perdoc._cached_reader("_words_len", LENGTHS_COLUMN)
    if column is not None:
        raw = bytes(column._dbfile.get(column._basepos, column._count))
        lengths[: column._count] = _LENGTHS[np.frombuffer(raw, np.uint8)]
    return lengths


class _Terms:
    """All terms of keywords, then all words, in the order of their bytes, with their postings."""

    def __init__(self, reader: Any, lengths: Array) -> None:  # noqa: ANN401
        """``lengths`` are those of the texts as shares of the usual one."""
        fields = all_postings(reader)
        keywords, words = (fields.get(name, FieldPostings()) for name in ("keywords", "words"))
        self.texts = keywords.terms + words.terms
        self.first_word = len(keywords.terms)
        self.fields = _ranges(keywords.terms)
        self.counts = np.array(keywords.counts + words.counts, np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.counts)]).astype(np.int64)
        holding = words.documents()
        both = [keywords.documents().astype(np.int32), holding.astype(np.int32)]
        self.documents = np.concatenate(both)
        damping = (SATURATION * (1 - LENGTH + LENGTH * lengths)).astype(np.float32)
        weights = words.weights()
        self.impacts = weights * np.float32(SATURATION + 1) / (weights + damping[holding])

    def arrays(self) -> dict[str, Array]:
        blob = b"".join(self.texts)
        starts = [0, *accumulate(map(len, self.texts))]
        return {
            "term_bytes": np.frombuffer(blob, np.uint8),
            "term_starts": np.array(starts, np.uint32),
            "posting_starts": self.starts,
            "postings": self.documents,
            "impacts": self.impacts,
        }


def _ranges(texts: list[bytes]) -> dict[str, tuple[int, int]]:
    """Return for each keyword field the first of its terms and the first after them."""
    found: dict[str, tuple[int, int]] = {}
    for number, text in enumerate(texts):
        name = text.decode().partition(SEPARATOR)[0]
        found[name] = (found.get(name, (number, 0))[0], number + 1)
    return found


def _dense(terms: _Terms, size: int) -> dict[str, Array]:
    """Return rows of bits for common terms; of words one less than are set before each 64."""
    share = np.full(len(terms.counts), DENSE_WORD)
    share[: terms.first_word] = DENSE_KEYWORD
    chosen = np.flatnonzero(terms.counts * share > size)
    keywords = int(np.searchsorted(chosen, terms.first_word))
    rows = np.full(len(terms.texts), -1, np.int32)
    rows[chosen] = np.arange(len(chosen))
    words = -(-size // 64)
    bits = np.zeros((len(chosen), words), np.uint64)
    ranks = np.full((len(chosen) - keywords, words), -1, np.int32)
    for row, term in enumerate(chosen.tolist()):
        held = np.zeros(words * 64, np.bool_)
        held[terms.documents[terms.starts[term] : terms.starts[term + 1]]] = True
        bits[row] = np.packbits(held, bitorder="little").view(np.uint64)
        if row >= keywords:
            ranks[row - keywords, 1:] += np.cumsum(np.bitwise_count(bits[row]), dtype=np.int32)[:-1]
    return {"dense_rows": rows, "bits": bits, "ranks": ranks}


def _by_place(latitude: Array, longitude: Array) -> dict[str, Array]:
    """Return the documents that have a point in the order of their cells."""
    located = np.flatnonzero(latitude != NOWHERE).astype(np.int32)
    numbers = cells(latitude[located], longitude[located])
    order = np.argsort(numbers, kind="stable")
    ordered = located[order]
    places = np.full(len(latitude), -1, np.int32)
    places[ordered] = np.arange(len(ordered))
    return {
        "cells": numbers[order],
        "cell_documents": ordered,
        "cell_places": places,
        "points": unit_vectors(latitude[ordered] / MICRO, longitude[ordered] / MICRO),
    }


def _by_document(name: str, terms: _Terms, first: int, last: int, size: int) -> dict[str, Array]:
    """Return the values of each document in one keyword field, as numbers from 0 on."""
    documents = terms.documents[terms.starts[first] : terms.starts[last]]
    values = np.repeat(np.arange(last - first), terms.counts[first:last])
    order = np.argsort(documents, kind="stable")
    starts = np.zeros(size + 1, np.uint32)
    np.cumsum(np.bincount(documents, minlength=size), out=starts[1:])
    kind = np.uint16 if last - first <= 1 << 16 else np.uint32
    return {f"starts:{name}": starts, f"values:{name}": values[order].astype(kind)}
