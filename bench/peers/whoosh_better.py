"""Whoosh's own searcher with a schema made for these questions.

One scored field with the weights as repetitions, squares of half a degree as terms, a collector
that keeps document numbers and scores alone, and the numpy of ``blend.py`` for the rest. Documents
are added in the order of their keys, so that Whoosh's numbers are keys.
"""

from typing import Any

import numpy as np
from whoosh import collectors, fields, index, query
from whoosh.analysis import SpaceSeparatedTokenizer

from bench.corpora.corpus import keyword
from bench.corpora.questions import Ask, Kind
from bench.peers import Found, Peer
from bench.peers.blend import Arrays, best, cell, cells, write_arrays

_PER_DEGREE = 2


class _Plain(collectors.Collector):  # type: ignore[misc]
    """Keeps (document, score), nothing else."""

    def __init__(self) -> None:
        self.found: list[tuple[int, float]] = []

    def collect_matches(self) -> None:
        matcher, offset, keep = self.matcher, self.offset, self.found.append
        while matcher.is_active():
            keep((offset + matcher.id(), matcher.score()))
            matcher.next()


class WhooshBetter(Peer):
    """As fast as Whoosh's matchers go."""

    name = "Whoosh, better schema"
    largest = 100_000
    in_quick = False

    def build(self) -> None:
        words = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        schema = fields.Schema(text=words, keyword=fields.KEYWORD, square=fields.ID)
        writer = index.create_in(str(self.folder), schema).writer(limitmb=1024)
        for entry in self.corpus.entries(range(self.corpus.size), cut=True):
            name, organization, description = entry.texts
            row, column = cell(entry.latitude, entry.longitude, _PER_DEGREE)
            held = [
                keyword(field, number)
                for field, numbers in (
                    ("cat", entry.categories),
                    ("elig", entry.eligibility),
                    ("lang", entry.languages),
                )
                for number in numbers
            ]
            writer.add_document(
                text=" ".join((name, name, name, organization, organization, description)),
                keyword=" ".join(held),
                square=f"{row}_{column}",
            )
        writer.commit(merge=False)
        write_arrays(self.corpus, self.folder)

    def open(self) -> None:
        opened: Any = index.open_dir(str(self.folder), readonly=True)
        self._searcher = opened.searcher()
        self._arrays = Arrays(self.folder)

    def search(self, ask: Ask, kind: Kind) -> Found:
        filters = ask.filters() if kind.has_filters else {}
        unscored = [
            query.Term("keyword", keyword(field, value))
            for field, value in filters.items()
            if field != "cat"
        ]
        if kind.has_place:
            squares = [query.Term("square", name) for name in cells(ask, _PER_DEGREE)]
            unscored.append(query.Or(squares))
        collector = _Plain()
        self._searcher.search_with_collector(_asked(ask, kind, unscored), collector)
        if not collector.found:
            return Found(0, [], {})
        numbers, scores = zip(*collector.found, strict=True)
        keys, fits = np.array(numbers, np.int64), np.array(scores, np.float32)
        if not kind.has_place:
            return Found(len(keys), best(keys, fits), self._arrays.counts(keys))
        return self._arrays.answer(
            keys, fits if kind.has_words else None, ask, wish=filters.get("cat")
        )


def _asked(ask: Ask, kind: Kind, unscored: list[Any]) -> Any:  # noqa: ANN401 -- no types
    allowed = [query.ConstantScoreQuery(query.And(unscored), 0.0)] if unscored else []
    if not kind.has_words:
        return allowed[0]
    join = query.And if kind.needs_all else query.Or
    return query.And([join([query.Term("text", token) for token in ask.cut]), *allowed])
