"""Turns documents with their terms into terms with their documents, in flat arrays. Pure."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_DIGIT: Final = 16  # bits; numpy sorts numbers of so many by radix, in linear time

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Runs:
    """Terms as they come, by number: each run of them has one document and one weight."""

    terms: "array[int]" = field(default_factory=lambda: array("I"))
    sizes: "array[int]" = field(default_factory=lambda: array("I"))
    documents: "array[int]" = field(default_factory=lambda: array("I"))
    weights: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, document: int, weight: float, terms: "array[int]") -> None:
        self.terms.extend(terms)
        self.sizes.append(len(terms))
        self.documents.append(document)
        self.weights.append(weight)

    def add_postings(
        self, terms: NDArray[Any], documents: NDArray[Any], weights: NDArray[Any]
    ) -> None:
        """Take postings as runs of one term each."""
        self.terms.frombytes(terms.astype(np.uint32).tobytes())
        self.sizes.frombytes(np.ones(len(terms), np.uint32).tobytes())
        self.documents.frombytes(documents.astype(np.uint32).tobytes())
        self.weights.frombytes(weights.astype(np.float64).tobytes())


@dataclass(frozen=True, slots=True)
class Inverted:
    """Postings by rising term and document; those of term ``t`` are ``starts[t]:starts[t + 1]``."""

    starts: Ints
    documents: NDArray[np.uint32]
    weights: NDArray[np.float64]


def inverted(runs: Runs, ranks: NDArray[np.uint32], positions: NDArray[np.uint32]) -> Inverted:
    """Return the postings of all runs, the weights of a term in a document added up.

    ``ranks`` gives the place of each term by its number (0 is no term), ``positions`` that of each
    document.
    Weights are added in the order in which they came, so that the sum is always the same.
    """
    documents = positions[np.asarray(runs.documents)]
    arrived = in_order(documents)
    sizes = np.asarray(runs.sizes)
    terms = ranks[np.asarray(runs.terms)[_places(sizes, arrived)]]
    run = np.repeat(arrived.astype(np.uint32), sizes[arrived])
    order = in_order(terms)
    terms, run = terms[order], run[order]
    del order
    holders = documents[run]
    weights: NDArray[np.float64] = np.asarray(runs.weights)[run]
    del run
    fresh = np.ones(len(terms), np.bool_)
    fresh[1:] = (terms[1:] != terms[:-1]) | (holders[1:] != holders[:-1])
    if not fresh.all():
        # Unlike a reduction by numpy, this adds one after the other.
        weights = np.bincount(np.cumsum(fresh) - 1, weights).astype(np.float64, copy=False)
        terms, holders = terms[fresh], holders[fresh]
    counts = np.bincount(terms, minlength=len(ranks) - 1)
    return Inverted(np.concatenate([[0], np.cumsum(counts)]), holders, weights)


def in_order(numbers: NDArray[np.uint32]) -> Ints:
    """Return the places of ``numbers`` from smallest to largest, equal ones as they lie."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    if numbers.max(initial=0) >> _DIGIT:
        high = (numbers >> _DIGIT).astype(np.uint16)
        order = order[np.argsort(high[order], kind="stable")]
    return order


def _places(sizes: NDArray[np.uint32], runs: Ints) -> Ints:
    """Return where the members of each of ``runs`` lie, run after run, all laid end to end."""
    ends = np.cumsum(sizes, dtype=np.int64)
    chosen = sizes[runs]
    before = np.cumsum(chosen, dtype=np.int64) - chosen
    places: Ints = np.repeat(ends[runs] - chosen - before, chosen)
    places += np.arange(len(places))
    return places


def block_starts(starts: Ints, size: int) -> tuple[Ints, Sequence[int]]:
    """Cut the postings of each term into blocks of ``size``, the last one shorter.

    Returns where each block begins, and how many blocks each term has.
    """
    blocks = -(-np.diff(starts) // size)
    before = np.cumsum(blocks) - blocks
    within = np.arange(int(blocks.sum())) - np.repeat(before, blocks)
    return np.repeat(starts[:-1], blocks) + within * size, blocks.tolist()
