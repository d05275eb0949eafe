"""The flat lists that a service's rules and a client's facts are both written in.

Pure. One list for both sides, so that a rule and a fact can be compared by code. Languages have
ISO 639 codes. It must not say what a rule decides: that is ``matching``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from resourcedir.taxonomy.csvtable import Line, read_table
from resourcedir.taxonomy.terms import SLUG

_COLUMNS: Final = ("list", "code", "name_en", "name_es")


class Vocabulary(StrEnum):
    """The lists."""

    POPULATION = "population"
    OFFENSE = "offense"
    PAYER = "payer"
    DOCUMENT = "document"
    MEDICATION = "medication"
    LANGUAGE = "language"
    GENDER = "gender"
    REFERRAL_SOURCE = "referral_source"
    ACCESSIBILITY = "accessibility"


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a list."""

    code: str
    name_en: str
    name_es: str

    def name(self, language: str) -> str:
        """Return the name in Spanish for "es", else in English."""
        return self.name_es if language == "es" else self.name_en


@cache
def words() -> Mapping[Vocabulary, Mapping[str, Word]]:
    """Return each list, its entries by code in the order of the table.

    Raises ValueError that names the line where ``vocabulary.csv`` is faulty.
    """
    return build(read_table("resourcedir.taxonomy", "vocabulary.csv", _COLUMNS))


def build(lines: Iterator[Line]) -> Mapping[Vocabulary, Mapping[str, Word]]:
    """Return the lists of ``lines``; raises ValueError that names the line of a fault."""
    lists: dict[Vocabulary, dict[str, Word]] = {vocabulary: {} for vocabulary in Vocabulary}
    known = {str(vocabulary) for vocabulary in Vocabulary}
    for line in lines:
        name, code = line.cells["list"], line.cells["code"]
        if name not in known:
            raise line.fault(f"there is no list {name!r}")
        if not SLUG.fullmatch(code):
            raise line.fault(f"the code {code!r} is not made of small letters and hyphens")
        entries = lists[Vocabulary(name)]
        if code in entries:
            raise line.fault(f"the code {code} is used twice in {name}")
        entries[code] = Word(code, line.cells["name_en"], line.cells["name_es"])
    return MappingProxyType({name: MappingProxyType(entries) for name, entries in lists.items()})


def codes(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the codes of a list in the order in which people should see them."""
    return tuple(words()[vocabulary])


def label(vocabulary: Vocabulary, code: str, language: str) -> str:
    """Return the entry's name in ``language`` ("es", else English); KeyError when unknown."""
    return words()[vocabulary][code].name(language)


_IMPLIED: Final = {"women": {"pregnant", "women-with-children"}, "men": {"men-with-children"}}
_ALIKE: Final = frozenset(("leaving-custody", "justice-involved"))


def each_of(populations: Iterable[str]) -> tuple[frozenset[str], ...]:
    """Return what somebody must be, group by group, who is of all the populations.

    Of a group one is enough. Who is pregnant need not be called a woman too.
    """
    asked = frozenset(populations)
    asked -= {name for name, narrower in _IMPLIED.items() if narrower & asked}
    alike = asked & _ALIKE
    single = tuple(frozenset((each,)) for each in sorted(asked - alike))
    return (*single, alike) if alike else single


def choices(vocabulary: Vocabulary, language: str) -> tuple[tuple[str, str], ...]:
    """Return (code, name) of each entry, as a list to choose from wants them."""
    return tuple((word.code, word.name(language)) for word in words()[vocabulary].values())
