"""Turns what is written in the tables into grades of listings, and checks the tables.

The language is in README.md. It knows codes, places and keys; it never sees an index or a ranking.

    python -m bench.relevance_judging.rules --check
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from bench.relevance_judging.tables import (
    Corpus,
    Half,
    Kind,
    Listed,
    Query,
    directory,
    listed,
    queries,
)
from resourcedir.places.distance import KM_PER_MILE, distance_km
from resourcedir.places.finding import find_place
from resourcedir.places.place import Place, areas_of

RELEVANT: Final = 2
A_CELL: Final = 20  # queries of one kind over one corpus in the held half, and in the open at least
_AROUND: Final = re.compile(r"within:([0-9]+)mi of:(\S+)")
_CLAUSE: Final = re.compile(r"(.*\S) -> ([123])")
_GRADE: Final = re.compile(r"([a-z0-9-]+)=([123])")
_STATE_AT_END: Final = re.compile(r"(.+) ([A-Z]{2})")


@dataclass(frozen=True, slots=True)
class Around:
    """A circle: ``miles`` in a straight line from the middle of ``place``."""

    miles: float
    place: Place

    def holds(self, it: Listed) -> bool:
        """Return whether ``it`` lies within; what has no address counts where it serves."""
        if it.point is None:
            return self.served_by(it)
        return distance_km(self.place.point, it.point) <= self.miles * KM_PER_MILE

    def served_by(self, it: Listed) -> bool:
        return bool(it.areas & areas_of(self.place))


@dataclass(frozen=True, slots=True)
class Clause:
    """Holds of a facility that has all of ``all_of``, one of each ``any_of``, none of ``none_of``.

    And that lies within ``around``, if that is given.
    """

    grade: int
    all_of: frozenset[str]
    any_of: tuple[frozenset[str], ...]
    none_of: frozenset[str]
    around: Around | None

    @property
    def codes(self) -> frozenset[str]:
        return self.all_of.union(self.none_of, *self.any_of)

    def holds(self, it: Listed) -> bool:
        return (
            self.all_of <= it.codes
            and not self.none_of & it.codes
            and all(it.codes & some for some in self.any_of)
            and (self.around is None or self.around.holds(it))
        )


@dataclass(frozen=True, slots=True)
class Read:
    """Grades by key, given after reading; ``around`` is where the reader took the place to be."""

    grades: Mapping[str, int]
    around: Around | None


def judged(query: Query) -> Mapping[str, int]:
    """Return the grade of each listing that has one; every other has 0.

    :raises ValueError: if the judgment is not written as README.md says.
    """
    if query.corpus is Corpus.SEED:
        return reading(query.judged).grades
    clauses = rule(query.judged)
    found = listed(query.corpus).values()
    grades = {it.key: grade(clauses, it) for it in found}
    return {key: value for key, value in grades.items() if value}


def grade(clauses: Iterable[Clause], it: Listed) -> int:
    """Return the highest grade of the clauses that hold, or 0."""
    return max((each.grade for each in clauses if each.holds(it)), default=0)


def rule(text: str) -> tuple[Clause, ...]:
    """Return the clauses of ``all:OTP within:25mi of:37402 -> 3; any:BU,NU -> 1``.

    :raises ValueError: for anything else.
    """
    return tuple(_clause(part.strip()) for part in text.split(";"))


def reading(text: str) -> Read:
    """Return the grades of ``within:25mi of:37402; riverbend-house-men=3; some-other-key=1``.

    :raises ValueError: for anything else, and for a key that comes twice.
    """
    parts = [part.strip() for part in text.split(";")]
    around, rest = _around(parts[0])
    found = [_GRADE.fullmatch(part) for part in (parts if rest else parts[1:])]
    pairs = [(each[1], int(each[2])) for each in found if each is not None]
    grades = dict(pairs)
    if len(pairs) != len(found) or len(grades) != len(pairs):
        raise ValueError(f"not a list of grades: {text}")
    return Read(grades, around)


def _clause(text: str) -> Clause:
    found = _CLAUSE.fullmatch(text)
    if found is None:
        raise ValueError(f"not a clause: {text}")
    around, rest = _around(found[1])
    sets: dict[str, list[frozenset[str]]] = {"all": [], "any": [], "none": []}
    for part in rest.split():
        name, _, codes = part.partition(":")
        if name not in sets or not codes:
            raise ValueError(f"not a condition: {part}")
        sets[name].append(frozenset(codes.split(",")))
    return Clause(
        grade=int(found[2]),
        all_of=frozenset().union(*sets["all"]),
        any_of=tuple(sets["any"]),
        none_of=frozenset().union(*sets["none"]),
        around=around,
    )


def _around(text: str) -> tuple[Around | None, str]:
    """Return the circle and what the text says besides."""
    found = _AROUND.search(text)
    if found is None:
        return None, text
    return Around(float(found[1]), _place(found[2])), _AROUND.sub("", text).strip()


@cache
def _place(written: str) -> Place:
    """Return the place of "37402" or "East_Ridge_TN". Every town names its state."""
    spaced = written.replace("_", " ")
    return find_place(_STATE_AT_END.sub(r"\1, \2", spaced), home_state=None)


def faults(found: list[Query]) -> Iterator[str]:
    """Yield what is wrong with the tables, each with the query."""
    for query_id, times in Counter(each.query_id for each in found).items():
        if times > 1:
            yield f"{query_id}: {times} times"
    for each in found:
        of_one = _seed_faults if each.corpus is Corpus.SEED else _rule_faults
        yield from (f"{each.query_id}: {fault}" for fault in of_one(each))
    cells = Counter((each.kind, each.corpus, each.half) for each in found)
    for cell in ((kind, corpus, half) for kind in Kind for corpus in Corpus for half in Half):
        if cells[cell] < A_CELL:
            yield f"{' '.join(cell)}: {cells[cell]} queries"


def _rule_faults(query: Query) -> Iterator[str]:
    clauses = rule(query.judged)
    if unknown := frozenset().union(*(each.codes for each in clauses)) - set(directory().names):
        yield f"no such codes: {', '.join(sorted(unknown))}"
    yield from _place_faults(query, [each.around for each in clauses])
    if max(judged(query).values(), default=0) < RELEVANT:
        yield "nothing is relevant"


def _seed_faults(query: Query) -> Iterator[str]:
    read = reading(query.judged)
    yield from _place_faults(query, [read.around])
    if max(read.grades.values(), default=0) < RELEVANT:
        yield "nothing is relevant"
    known = listed(Corpus.SEED)
    for key, value in read.grades.items():
        it = known.get(key)
        if it is None:
            yield f"no such key: {key}"
        elif value >= RELEVANT and not it.offered:
            yield f"takes nobody now: {key}"
        elif read.around and not (read.around.holds(it) or read.around.served_by(it)):
            yield f"too far: {key}"


def _place_faults(query: Query, circles: Iterable[Around | None]) -> Iterator[str]:
    """Yield if the place that is asked beside the words is not the one that was judged from."""
    labels = {each.place.label if each else None for each in circles}
    if len(labels) > 1:
        yield "judged from more than one place"
    if query.near and labels != {find_place(query.near, home_state=None).label}:
        yield "judged from another place than the one asked"


def report(found: list[Query]) -> None:
    """Print how many queries there are of each kind, and how many listings are relevant."""
    print(f"{'class':12}{'corpus':8}{'half':6}{'queries':>8}{'in words':>9}{'near':>6}{'none':>6}")
    for kind, corpus, half in ((k, c, h) for k in Kind for c in Corpus for h in Half):
        cell = [it for it in found if (it.kind, it.corpus, it.half) == (kind, corpus, half)]
        near = sum(bool(each.near) for each in cell)
        words = sum("within:" in each.judged and not each.near for each in cell)
        none = len(cell) - words - near
        print(f"{kind:12}{corpus:8}{half:6}{len(cell):8}{words:9}{near:6}{none:6}")
    for corpus in Corpus:
        relevant = sorted(
            sum(value >= RELEVANT for value in judged(each).values())
            for each in found
            if each.corpus is corpus
        )
        few, middle, many = relevant[0], relevant[len(relevant) // 2], relevant[-1]
        print(f"{corpus}: relevant listings a query: {few} to {many}, median {middle}")


def main() -> None:
    """Print the counts; with ``--check`` also what is wrong, and exit 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 if a table has a fault")
    chosen = parser.parse_args()
    found = queries(*Half)
    wrong = list(faults(found)) if chosen.check else []
    if not wrong:
        report(found)
    print("\n".join([*wrong, f"queries: {len(found)}; faults: {len(wrong)}"]))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
