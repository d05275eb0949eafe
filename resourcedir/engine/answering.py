"""Puts an answer together: what matches in each part, how many, counted by what, in which order."""

from collections.abc import Sequence

import numpy as np

from resourcedir.engine.documents import Answer, Hooks, Question
from resourcedir.engine.matching import Found, find, kept, said
from resourcedir.engine.ranking import rank
from resourcedir.engine.snapshot import Snapshot


def answer(snapshot: Snapshot, question: Question, hooks: Hooks) -> Answer:
    """Answer a question about the documents of a snapshot; see ``Question`` and ``Answer``."""
    clauses = said(question.clauses, near=question.near is not None)
    found = [kept(find(each, snapshot.rarity, clauses, question), hooks) for each in snapshot.parts]
    results = [each.result() for each in found]
    total = sum(map(len, results))
    has_fit = any(clause.fits and clause.words for clause in clauses)
    asked = total and question.limit > 0
    return Answer(
        total=total,
        hits=rank(results, question, hooks, has_fit=has_fit).page(question) if asked else (),
        facets={
            name: _counts(
                name,
                results if name not in question.filters else [each.result(name) for each in found],
                question.filters.get(name, frozenset()),
            )
            for name in question.facets
        },
        tallies={
            name: sum(int(np.count_nonzero(keep(each.part, each.positions))) for each in results)
            for name, keep in hooks.tally.items()
        },
    )


def _counts(name: str, found: Sequence[Found], chosen: frozenset[str]) -> dict[str, int]:
    """Return how many documents have each value; zeros only for the chosen ones."""
    counts = dict.fromkeys(chosen, 0)
    for each in found:
        if not len(each):
            continue
        numbers = each.part.counts(name, each.positions)
        values = each.part.values(name)
        places = numbers.nonzero()[0]
        for place, number in zip(places.tolist(), numbers.take(places).tolist(), strict=True):
            counts[values[place]] = counts.get(values[place], 0) + number
    return counts
