"""Which documents of a part answer a question, and what their order is made of.

The order of work decides the speed: a circle cuts a million documents to hundreds before a filter
or a word is looked at, and without one the rarest clause does. Each step takes documents away and
cuts all arrays of ``Found`` alike, so which comes first changes nothing but the time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Clause, Hooks, Near, Positions, Question
from resourcedir.engine.grid import (
    Places,
    Reals,
    laid_out,
    spans,
    squares,
    unit_vector,
    widest_square,
)
from resourcedir.engine.part import Bools, FlatPart, Numbers, Postings, Spots, all_at
from resourcedir.engine.snapshot import Living

MOST_TOKENS: Final = 32  # of one question; later ones are not looked at

# A circle is tried first unless a clause leaves so many times fewer: its points lie together.
_MEASURED: Final = 3

Rarity = Callable[[str], np.float32]


@dataclass(frozen=True, slots=True)
class Said:
    """A clause cut into words. ``fits`` tells whether the fit of its words counts."""

    words: tuple[str, ...]
    keywords: tuple[tuple[str, frozenset[str]], ...]
    any_word: bool
    fits: bool


def said(clauses: Iterable[Clause], *, near: bool) -> tuple[Said, ...]:
    """Return what the clauses say; one that says nothing (only stop words) is left out.

    Words that name a keyword count for the fit only where nothing else could tell documents apart:
    without a place and without other words.
    """
    cut = []
    budget = MOST_TOKENS
    for clause in clauses:
        words = tuple(dict.fromkeys(tokens(clause.text)))[:budget]
        budget -= len(words)
        if words or clause.keywords:
            cut.append(Said(words, clause.keywords, clause.any_word, not clause.keywords))
    if near or any(clause.fits for clause in cut):
        return tuple(cut)
    return tuple(replace(clause, fits=True) for clause in cut)


class Found:
    """Documents of one part; every array has one entry for each of ``positions``.

    ``lines`` are squared straight lines from the place (see ``grid``), NaN for a document that
    answers by its area; None without a place. ``fit`` is the BM25 of the words whose fit counts,
    ``named`` how many clauses a document has the keyword of, ``matched`` how many it matches; None
    where that says nothing. ``passing`` tells for each filter who passes it.
    """

    __slots__ = ("fit", "lines", "matched", "named", "part", "passing", "positions", "spots")

    def __init__(self, part: FlatPart, positions: Positions, lines: Reals | None = None) -> None:
        self.part = part
        self.positions = positions
        self.spots = Spots(positions)
        self.lines = lines
        self.fit: Numbers | None = None
        self.named: NDArray[np.int8] | None = None
        self.matched: NDArray[np.int8] | None = None
        self.passing: dict[str, Bools] = {}

    def __len__(self) -> int:
        return len(self.positions)

    def narrow(self, chosen: Bools) -> None:
        """Leave only what is ``chosen``."""
        if np.count_nonzero(chosen) == len(chosen):
            return
        places = chosen.nonzero()[0]
        self.positions = self.positions.take(places)
        self.spots = Spots(self.positions)
        self.lines = _taken(self.lines, places)
        self.fit = _taken(self.fit, places)
        self.named = _taken(self.named, places)
        self.matched = _taken(self.matched, places)
        for name, held in self.passing.items():
            self.passing[name] = held.take(places)

    def result(self, besides: str | None = None) -> "Found":
        """Return those that pass all filters, but for the one named ``besides``."""
        held = [mask for name, mask in self.passing.items() if name != besides]
        if not held:
            return self
        chosen = reduce(np.logical_and, held)
        found = Found(self.part, self.positions, self.lines)
        found.fit, found.named, found.matched = self.fit, self.named, self.matched
        found.narrow(chosen)
        return found


def _taken(array: NDArray[Any] | None, places: NDArray[np.intp]) -> NDArray[Any] | None:
    return None if array is None else array.take(places)


def find(living: Living, rarity: Rarity, clauses: Sequence[Said], question: Question) -> Found:
    """Return the documents of a part that match the clauses and answer for the place.

    They pass all filters, or all but one that is also a facet.
    """
    found, rest = _candidates(living.part, rarity, clauses, question)
    if living.live is not None:
        found.narrow(living.live.take(found.positions))
    if len(found):
        _filter(found, question)
        if not question.any_clause:
            _demand(found, rest)
    for clause in rest if len(found) else ():
        _look_for(found, clause, rarity, every=not question.any_clause)
    if found.matched is not None:
        found.narrow(found.matched > 0)
    return found


def _candidates(
    part: FlatPart, rarity: Rarity, clauses: Sequence[Said], question: Question
) -> tuple[Found, Sequence[Said]]:
    """Return what the place or a clause leaves, whichever is less, and the clauses not yet met."""
    near = question.near
    drivers = () if question.any_clause else [_sets(part, clause) for clause in clauses]
    sizes = [sum(map(len, sets)) for sets in drivers]
    if near is not None and near.within_km is not None:
        starts, ends = spans(part.arrays["cells"], near.latitude, near.longitude, near.within_km)
        if not sizes or int((ends - starts).sum()) <= _MEASURED * min(sizes):
            return _around(part, near, near.within_km, laid_out(starts, ends)), clauses
    if not sizes:
        found, rest = Found(part, part.everything), clauses
    else:
        least = sizes.index(min(sizes))
        found, rest = _driven(part, rarity, clauses, least, drivers[least])
    return (found if near is None else _measured(found, near)), rest


def kept(found: Found, hooks: Hooks) -> Found:
    """Leave only what every hook keeps."""
    for keep in hooks.keep:
        found.narrow(keep(found.part, found.positions))
    return found


def _around(part: FlatPart, near: Near, within_km: float, places: Places) -> Found:
    """Return which of the ``places`` are within the distance, and what answers by its area."""
    points = part.arrays["points"]
    one = len(places) and places[-1] - places[0] == len(places) - 1
    points = points[:, places[0] : places[-1] + 1] if one else points.take(places, axis=1)
    lines = squares(points, unit_vector(near.latitude, near.longitude))
    inside = (lines <= widest_square(within_km)).nonzero()[0]
    located = part.arrays["cell_documents"].take(places.take(inside))
    return _with_areas(part, located, lines.take(inside), near)


def _measured(found: Found, near: Near) -> Found:
    """Return those of ``found`` that answer for the place."""
    part = found.part
    places = part.arrays["cell_places"].take(found.positions)
    located = places >= 0
    points = part.arrays["points"].take(places[located], axis=1)
    lines = np.full(len(found), np.nan)
    lines[located] = squares(points, unit_vector(near.latitude, near.longitude))
    answering = located if near.within_km is None else lines <= widest_square(near.within_km)
    serving = part.serving(near.areas)
    if len(serving):
        held = np.zeros(part.size, np.bool_)
        held[serving] = True
        answering |= held.take(found.positions)
    found.lines = lines
    found.narrow(answering)
    return found


def _with_areas(part: FlatPart, located: Positions, lines: Reals, near: Near) -> Found:
    serving = part.serving(near.areas)
    if len(serving):
        located = np.concatenate([located, serving])
        lines = np.concatenate([lines, np.full(len(serving), np.nan)])
    return Found(part, located, lines)


def _driven(
    part: FlatPart, rarity: Rarity, clauses: Sequence[Said], least: int, sets: Sequence[Postings]
) -> tuple[Found, Sequence[Said]]:
    """Return candidates by the clause that has fewest, and the clauses yet to be looked for."""
    clause = clauses[least]
    plain = not clause.keywords and (clause.any_word or len(clause.words) == 1)
    # Fits are added in the order of the words in every part, so that equal documents stay equal.
    in_order = least == 0 or sum(len(each.words) for each in clauses) <= 2
    if plain and clause.fits and in_order:
        return _summed(part, clause, rarity), [*clauses[:least], *clauses[least + 1 :]]
    return Found(part, _union(part, sets)), clauses


def _sets(part: FlatPart, clause: Said) -> list[Postings]:
    """Return sets that together hold all documents that match the clause."""
    found = [part.word(word) for word in clause.words]
    known = [each for each in found if each is not None]
    if not clause.any_word:
        known = [min(known, key=len)] if known and len(known) == len(found) else []
    for name, values in clause.keywords:
        known += part.any_keyword(name, values)
    return known


def _union(part: FlatPart, sets: Sequence[Postings]) -> Positions:
    if len(sets) == 1:
        return sets[0].documents
    held = np.zeros(part.size, np.bool_)
    for each in sets:
        held[each.documents] = True
    return held.nonzero()[0]


def _summed(part: FlatPart, clause: Said, rarity: Rarity) -> Found:
    """Return all documents that have any of the words, with their fit."""
    known = [(each, rarity(word)) for word in clause.words if (each := part.word(word)) is not None]
    if len(known) == 1:
        postings, weight = known[0]
        found = Found(part, postings.documents)
        found.fit = postings.impacts * weight
        return found
    fits = np.zeros(part.size, np.float32)
    for postings, weight in known:
        np.add.at(fits, postings.documents, postings.impacts * weight)
    found = Found(part, (fits > 0).nonzero()[0])
    found.fit = fits.take(found.positions)
    return found


def _filter(found: Found, question: Question) -> None:
    """Note who passes which filter, and leave out who could count nowhere."""
    for name, values in question.filters.items():
        if values:
            held = _any_of(found.part.any_keyword(name, values), found.spots)
            if name in question.facets:
                found.passing[name] = held
            else:
                found.narrow(held)
    if found.passing:
        # Who fails two filters is in no count: each leaves but one of them aside.
        masks = [mask.view(np.int8) for mask in found.passing.values()]
        if len(masks) > 1:
            found.narrow(reduce(np.add, masks) >= len(masks) - 1)


def _demand(found: Found, clauses: Sequence[Said]) -> None:
    """Leave out who lacks a word of a clause that needs all, before any fit is worked out."""
    sets = []
    for clause in clauses:
        if not clause.keywords and (len(clause.words) == 1 or not clause.any_word):
            words = [found.part.word(word) for word in clause.words]
            known = [each for each in words if each is not None]
            if len(known) < len(words):
                found.narrow(np.zeros(len(found), np.bool_))
                return
            sets += known
    if sets and not (len(sets) == 1 and sets[0].documents is found.positions):
        found.narrow(all_at(sets, found.spots))


def _look_for(found: Found, clause: Said, rarity: Rarity, *, every: bool) -> None:
    """Leave out who does not match the clause, or count who does; add up fits and names."""
    mentions = _mentions(found, clause, rarity)
    matching = mentions
    if clause.keywords:
        sets = [each for keyword in clause.keywords for each in found.part.any_keyword(*keyword)]
        named = _any_of(sets, found.spots)
        matching = mentions | named
        counted = named.view(np.int8)
        found.named = counted if found.named is None else found.named + counted
    if every:
        found.narrow(matching)
    else:
        counted = matching.view(np.int8)
        found.matched = counted if found.matched is None else found.matched + counted


def _mentions(found: Found, clause: Said, rarity: Rarity) -> Bools:
    """Return who has all the words, or any of them, of the clause; add up how well they fit."""
    mentions: Bools | None = None
    for word in clause.words:
        postings = found.part.word(word)
        if postings is None:
            held = np.zeros(len(found), np.bool_)
        elif clause.fits:
            impacts = postings.impacts_at(found.spots)
            held = impacts > 0
            fit = impacts * rarity(word)
            found.fit = fit if found.fit is None else found.fit + fit
        else:
            held = postings.at(found.spots)
        if mentions is None:
            mentions = held
        else:
            mentions = mentions | held if clause.any_word else mentions & held
    return np.zeros(len(found), np.bool_) if mentions is None else mentions


def _any_of(sets: Sequence[Postings], spots: Spots) -> Bools:
    if not sets:
        return np.zeros(len(spots), np.bool_)
    return reduce(np.logical_or, [each.at(spots) for each in sets])
