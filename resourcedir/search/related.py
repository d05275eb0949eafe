"""Listings that have not all that was asked for, for an answer of few: each lacks something.

What the person chose beside the results, and the place, hold all the same; what the words named or
set counts one by one. With a kind named, only its own wider kind is looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from resourcedir.engine.documents import Clause, Hooks, Keep, Near, Part, Positions, Question
from resourcedir.search.ask import FILTERS, Ask
from resourcedir.search.masks import Bools
from resourcedir.search.preferring import people_of, taking, telling_words
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.pieces import Piece, Sets
from resourcedir.search.weights import AS_PEOPLE, AS_TERM
from resourcedir.search.words import weighed
from resourcedir.taxonomy.terms import taxonomy

LITTLE: Final = frozenset(
    ("free", "sliding-fee", "payment-assistance", "block-grant", "state-funded")
)
"""Payers by which somebody pays little or nothing."""
ALIKE: Final[Mapping[str, tuple[tuple[str, frozenset[str]], ...]]] = {
    "women-with-children": (
        ("says", frozenset(("BC", "takes-children"))),
        ("population", frozenset(("pregnant",))),
    ),
    "native-american": (("says", frozenset(("TBG", "IH"))), ("payer", frozenset(("ihs",)))),
    "active-military": (("population", frozenset(("military-families", "veterans"))),),
    "military-families": (("population", frozenset(("active-military", "veterans"))),),
}
"""By whom a place is for what tells the same in other words, or nearly so."""
FEW: Final = 10  # of an answer with fewer, related ones are shown too
MOST: Final = 10


def related(
    read: Reading, near: Near | None, hooks: Hooks, more: int, parts: Sequence[Part]
) -> tuple[Question, Hooks]:
    """Return what to ask for listings that have some of what was asked; ``more`` than are shown.

    Who has more of it comes first, and parts count by ``weights``: a clause that counts twice
    stands there twice. Who takes other people alone by sex or age is none of them.
    """
    ask, said = read.asked, weighed(*read.said)
    named = frozenset(
        code
        for each in said.must
        if each.keyword and each.keyword[0] == "term"
        for code in each.keyword[1]
    )
    wider = frozenset(taxonomy()[code].parent or code for code in named)
    wanted = [*said.must]
    wanted += [Clause("", each.keyword) for each in said.must if each.keyword] * (AS_TERM - 1)
    wanted += [
        clause
        for piece in read.pieces
        if _is(piece.sets)
        for clause in (*_alike(piece), *[_clause(piece.sets, piece.values)] * _times(piece))
    ]
    if wider - named:
        wanted.append(Clause("", ("term", wider)))
    question = Question(
        clauses=tuple(wanted), any_clause=True, filters=ask.filters, near=near, limit=MOST + more
    )
    keep = [*hooks.keep, *taking(people_of(read)), *([_of_kind(wider)] if wider else [])]
    return question, replace(hooks, keep=keep, score=[*telling_words(read, parts, said.may)])


def _alike(piece: Piece) -> Iterator[Clause]:
    """Yield what is nearly as good as what a piece sets: who asks little, for nothing."""
    if piece.sets is Sets.COST:
        yield Clause("", ("payer", LITTLE))
    elif piece.sets is Sets.POPULATION:
        for value in piece.values:
            yield from (Clause("", keyword) for keyword in ALIKE.get(value, ()))


def _times(piece: Piece) -> int:
    if piece.sets is Sets.POPULATION:
        return max(AS_PEOPLE.get(value, 1) for value in piece.values)
    return 1


def asked_itself(read: Reading) -> Ask:
    """Return the search without what its words set, but for place and distance."""
    return replace(read.asked, near=read.settled.near, within=read.settled.within, words="", page=1)


def _is(sets: Sets) -> bool:
    return sets.value in FILTERS or sets is Sets.NEED


def _clause(sets: Sets, values: tuple[str, ...]) -> Clause:
    field = "term" if sets is Sets.NEED else sets.value
    return Clause("", (field, frozenset(values)))


def _of_kind(wider: frozenset[str]) -> Keep:
    def keep(part: Part, positions: Positions) -> Bools:
        held: Bools = np.asarray(part.having("term", wider))
        return held.take(positions)

    return keep
