"""Which documents answer a question: sets, distances and counts, without order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Final

from resourcedir.engine.analysis import tokens
from resourcedir.engine.bits import bitset, flags, positions
from resourcedir.engine.distance import distances_km, unit_vector
from resourcedir.engine.documents import Clause, Near, Question
from resourcedir.engine.snapshot import Snapshot

MOST_TOKENS: Final = 32  # of one question; later ones are not looked at


@dataclass(frozen=True, slots=True)
class ClauseMatch:
    """The words of a clause, the documents that match it, and those that have its keyword.

    ``named`` is None for a clause without keyword.
    """

    words: tuple[str, ...]
    matching: int
    named: int | None


@dataclass(frozen=True, slots=True)
class Matched:
    """The documents that answer (``result``), and what their order is made of.

    ``near`` tells whether a place was asked for; ``distances`` holds kilometres of all documents
    of the result that have a point, and is empty without a place.
    """

    result: int
    clauses: tuple[ClauseMatch, ...]
    near: bool
    distances: Mapping[int, float]
    facets: Mapping[str, Mapping[str, int]]
    every_word: bool


def match(snapshot: Snapshot, question: Question) -> Matched:
    """Return the documents that match; see ``Question`` and ``Answer`` for the rules.

    Whether all clauses must match is settled before filters and place, so that these can only
    take documents away.
    """
    clauses = match_clauses(snapshot, question.clauses)
    base = reduce(and_, (clause.matching for clause in clauses), snapshot.live)
    every_word = True
    if not base:
        base = snapshot.live & reduce(or_, (clause.matching for clause in clauses), 0)
        every_word = not base
    distances: Mapping[int, float] = {}
    if question.near:
        base, distances = within(snapshot, question.near, base)
    filters = filter_masks(snapshot, question.filters)
    scopes = {name: _all_but(base, filters, name) for name in question.facets}
    result = _all_but(base, filters, None)
    if question.keep:
        kept = keep_mask(snapshot, question, reduce(or_, scopes.values(), result))
        scopes = {name: scope & kept for name, scope in scopes.items()}
        result &= kept
    facets = {
        name: count(snapshot.values(name), scope, question.filters.get(name, frozenset()))
        for name, scope in scopes.items()
    }
    return Matched(result, clauses, question.near is not None, distances, facets, every_word)


def match_clauses(snapshot: Snapshot, clauses: Sequence[Clause]) -> tuple[ClauseMatch, ...]:
    """Return what each clause matches; one that says nothing (only stop words) is left out."""
    matches = []
    budget = MOST_TOKENS
    for clause in clauses:
        words = tuple(dict.fromkeys(tokens(clause.text)))[:budget]
        budget -= len(words)
        if words or clause.keyword:
            matches.append(_match_clause(snapshot, words, clause.keyword))
    return tuple(matches)


def _match_clause(
    snapshot: Snapshot, words: tuple[str, ...], keyword: tuple[str, frozenset[str]] | None
) -> ClauseMatch:
    mentions = reduce(and_, map(snapshot.word, words), snapshot.live) if words else 0
    if keyword is None:
        return ClauseMatch(words, mentions, None)
    name, values = keyword
    named = snapshot.live & _any_of(snapshot.values(name), values)
    return ClauseMatch(words, named | mentions, named)


def within(snapshot: Snapshot, near: Near, base: int) -> tuple[int, dict[int, float]]:
    """Return the part of ``base`` that answers for the place, and its distances in kilometres."""
    located = base & snapshot.located
    selector = flags(located, snapshot.size)
    kilometres = distances_km(
        unit_vector(near.latitude, near.longitude), snapshot.vectors(selector)
    )
    found = zip(positions(located, snapshot.size), kilometres, strict=True)
    if near.within_km is not None:
        reach = near.within_km
        distances = {position: km for position, km in found if km <= reach}
        located = bitset(distances, snapshot.size)
    else:
        distances = dict(found)
    serving = reduce(or_, map(snapshot.area, near.areas), 0)
    return located | base & serving & ~snapshot.located, distances


def filter_masks(snapshot: Snapshot, filters: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Return for each filter the documents that pass it."""
    return {
        name: _any_of(snapshot.values(name), values) for name, values in filters.items() if values
    }


def keep_mask(snapshot: Snapshot, question: Question, candidates: int) -> int:
    """Return those of ``candidates`` that every ``keep`` function wants."""
    rising = positions(candidates, snapshot.size)
    wanted = (
        position
        for position, extras in snapshot.extras(rising)
        if all(keep(extras) for keep in question.keep)
    )
    return bitset(wanted, snapshot.size)


def count(values: Mapping[str, int], scope: int, chosen: frozenset[str]) -> dict[str, int]:
    """Return how many documents of ``scope`` have each value; zeros only for the chosen ones."""
    counts = {value: (holders & scope).bit_count() for value, holders in values.items()}
    counts = {value: number for value, number in counts.items() if number}
    return counts | {value: counts.get(value, 0) for value in chosen}


def _any_of(values: Mapping[str, int], wanted: frozenset[str]) -> int:
    return reduce(or_, (values.get(value, 0) for value in wanted), 0)


def _all_but(base: int, masks: Mapping[str, int], name: str | None) -> int:
    return reduce(and_, (mask for other, mask in masks.items() if other != name), base)
