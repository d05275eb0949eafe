"""Collects what a Whoosh writer is to write, term by term, in place of Whoosh's own pool.

Whoosh keeps one tuple a posting, sorts them all and pickles them to disk beyond a limit. Here each
term keeps two arrays, eight bytes a posting, and only the terms are sorted. It must yield what
Whoosh's pool would: fields, terms and documents in rising order.
"""

from array import array
from collections.abc import Iterator

Posting = tuple[str, bytes, int, float, bytes]


class TermPool:
    """Takes postings whose documents rise, as a writer adds them; its fields keep no values."""

    def __init__(self) -> None:
        self._terms: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}

    def add(self, posting: Posting) -> None:
        field, term, document, weight, _ = posting
        found = self._terms.get((field, term))
        if found is None:
            found = self._terms[field, term] = (array("I"), array("f"))
        found[0].append(document)
        found[1].append(weight)

    def iter_postings(self) -> Iterator[Posting]:
        for field, term in sorted(self._terms):
            documents, weights = self._terms[field, term]
            for document, weight in zip(documents, weights, strict=True):
                yield field, term, document, weight, b""

    def cleanup(self) -> None:
        self._terms.clear()
