"""What each code of SAMHSA's directory of substance use treatment facilities means, in our words.

Pure. ``samhsa_codes.csv`` is the one table. A term is care or a class that somebody can be sent to;
what a facility adds for its own clients is an attribute, so that a search for a bus pass or a
shelter does not answer with treatment programs. A code that names several things gives several
rows, and its label says that one must ask. Negative facts avoid the words of what is not offered,
because labels are searched. The published names and descriptions are not used.
"""

import re
from collections.abc import Iterator
from collections.abc import Mapping as TableOf
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from resourcedir.directory.kinds import Stance
from resourcedir.taxonomy.csvtable import Line, read_table
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary, words

_COLUMNS: Final = ("code", "kind", "target", "label_en", "label_es", "note")
_MAY_BE_EMPTY: Final = frozenset({"target", "label_en", "label_es", "note"})
_AGES: Final = re.compile(r"(\d+)(?:-(\d+)|\+)")


class Kind(StrEnum):
    """What a code says; those up to gender are named as their lists in the vocabulary.

    ``ONLY_FOR`` (a population), ``ALLOWED`` (a medication that clients may take) and ``CHILDREN``
    (a stance) are rules: only what a code refuses or accepts in its own words. A program for a
    group refuses nobody else, and what a facility does not give it may allow.
    """

    TERM = "term"
    POPULATION = "population"
    PAYER = "payer"
    MEDICATION = "medication"
    LANGUAGE = "language"
    GENDER = "gender"
    AGE = "age"
    ONLY_FOR = "only-for"
    ALLOWED = "allowed"
    CHILDREN = "children"
    ATTRIBUTE = "attribute"


WITHOUT_NAME: Final = frozenset({Kind.AGE, Kind.ATTRIBUTE, Kind.CHILDREN})
"""Kinds whose target is in no list: their rows have labels of their own."""
_LISTS: Final = {Kind.ONLY_FOR: Vocabulary.POPULATION, Kind.ALLOWED: Vocabulary.MEDICATION}


def list_of(kind: Kind) -> Vocabulary:
    """Return the list that targets of ``kind`` are from."""
    return _LISTS.get(kind) or Vocabulary(kind)


@dataclass(frozen=True, slots=True)
class Mapping:
    """One meaning of a code.

    ``target`` is a term code, a code of the vocabulary, a stance, or ages such as "18-25" and "65+"
    (whole years, both ends included); empty for an attribute, which has its label alone.
    """

    code: str
    kind: Kind
    target: str
    label_en: str
    label_es: str

    def label(self, language: str) -> str:
        """Return the label in Spanish for "es", else in English."""
        return self.label_es if language == "es" else self.label_en

    @property
    def ages(self) -> tuple[int, int | None] | None:
        """The youngest and the oldest age, None for no limit; None where the kind is not age."""
        found = _AGES.fullmatch(self.target) if self.kind is Kind.AGE else None
        if found is None:
            return None
        return int(found[1]), int(found[2]) if found[2] else None


@cache
def mappings() -> TableOf[str, tuple[Mapping, ...]]:
    """Return what each code means. Raises ValueError that names the line of a faulty row."""
    return build(
        read_table("resourcedir.exchange", "samhsa_codes.csv", _COLUMNS, may_be_empty=_MAY_BE_EMPTY)
    )


def build(lines: Iterator[Line]) -> TableOf[str, tuple[Mapping, ...]]:
    """Return the meanings of ``lines`` by code; each row is held to terms and vocabulary.

    Raises ValueError that names the line of an unknown kind or target, of a row that has one label
    and not the other, or of a meaning given twice.
    """
    found: dict[str, tuple[Mapping, ...]] = {}
    for line in lines:
        mapping = _mapping(line)
        before = found.get(mapping.code, ())
        if any((m.kind, m.target) == (mapping.kind, mapping.target) for m in before):
            raise line.fault(f"{mapping.code} has this meaning already")
        found[mapping.code] = (*before, mapping)
    return MappingProxyType(found)


def _mapping(line: Line) -> Mapping:
    cells = line.cells
    if cells["kind"] not in {str(kind) for kind in Kind}:
        raise line.fault(f"there is no kind {cells['kind']!r}")
    kind, target = Kind(cells["kind"]), cells["target"]
    own = cells["label_en"], cells["label_es"]
    if any(own) and not all(own):
        raise line.fault("a label is missing in one language")
    name_en, name_es = own if all(own) else _target_names(line, kind, target)
    if not _target_exists(kind, target):
        raise line.fault(f"there is no {kind} {target!r}")
    return Mapping(cells["code"], kind, target, name_en, name_es)


def _target_exists(kind: Kind, target: str) -> bool:
    match kind:
        case Kind.TERM:
            return target in taxonomy()
        case Kind.AGE:
            return _AGES.fullmatch(target) is not None
        case Kind.ATTRIBUTE:
            return target == ""
        case Kind.CHILDREN:
            return target in {stance.value for stance in Stance}
        case _:
            return target in words()[list_of(kind)]


def _target_names(line: Line, kind: Kind, target: str) -> tuple[str, str]:
    if kind in WITHOUT_NAME:
        raise line.fault(f"a row of kind {kind} needs labels of its own")
    if not _target_exists(kind, target):
        raise line.fault(f"there is no {kind} {target!r}")
    named = taxonomy()[target] if kind is Kind.TERM else words()[list_of(kind)][target]
    return named.name_en, named.name_es
