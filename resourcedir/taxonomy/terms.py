"""The tree of needs: its terms, what stands above and below them, and the words people use.

Pure. ``terms.csv`` is the only source of terms; the tables of the database are filled from here.
``synonyms.csv`` has further words for them, each with where it is from. It must not know how words
are searched for or ranked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from resourcedir.taxonomy.csvtable import Line, read_table, split_list

MAX_DEPTH: Final = 4
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLUMNS: Final = ("code", "parent", "name_en", "name_es", "synonyms_en", "synonyms_es")
_MORE: Final = ("code", "language", "phrases", "source")
_LANGUAGES: Final = ("en", "es")


@dataclass(frozen=True, slots=True)
class Term:
    """One need. ``parent`` is the code of the wider term; None for the widest."""

    code: str
    parent: str | None
    name_en: str
    name_es: str
    synonyms_en: tuple[str, ...]
    synonyms_es: tuple[str, ...]

    def name(self, language: str) -> str:
        """Return the name in Spanish for "es", else in English."""
        return self.name_es if language == "es" else self.name_en

    @property
    def words(self) -> tuple[str, ...]:
        """Names and synonyms of both languages: everything that means this term and no other."""
        return (self.name_en, self.name_es, *self.synonyms_en, *self.synonyms_es)


class Taxonomy:
    """The terms in the order of their table, a parent always before its children."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self._terms = MappingProxyType(dict(terms))
        below: dict[str | None, list[Term]] = {}
        for term in self._terms.values():
            below.setdefault(term.parent, []).append(term)
        self._below = {parent: tuple(children) for parent, children in below.items()}

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def __getitem__(self, code: str) -> Term:
        return self._terms[code]

    def get(self, code: str) -> Term | None:
        """Return the term, or None where no term has that code."""
        return self._terms.get(code)

    @property
    def roots(self) -> tuple[Term, ...]:
        return self._below.get(None, ())

    def children(self, code: str) -> tuple[Term, ...]:
        """Return the terms right below ``code``. Raises KeyError for an unknown code."""
        return self._below.get(self._terms[code].code, ())

    def lineage(self, code: str) -> tuple[Term, ...]:
        """Return the term itself, then its ancestors up to the root. KeyError when unknown."""
        term = self._terms[code]
        return (term,) if term.parent is None else (term, *self.lineage(term.parent))

    def within(self, code: str) -> frozenset[str]:
        """Return the codes of the term and of all below it. Raises KeyError when unknown."""
        below = (self.within(child.code) for child in self.children(code))
        return frozenset({code}).union(*below)


@cache
def taxonomy() -> Taxonomy:
    """Return the taxonomy of the package. Raises ValueError, naming the line, if it is faulty."""
    return build(
        read_table(
            "resourcedir.taxonomy",
            "terms.csv",
            _COLUMNS,
            may_be_empty={"parent", "synonyms_en", "synonyms_es"},
        ),
        read_table("resourcedir.taxonomy", "synonyms.csv", _MORE),
    )


def build(lines: Iterator[Line], synonyms: Iterable[Line] = ()) -> Taxonomy:
    """Return the taxonomy of ``lines``; a parent must stand above its children, so no cycle can.

    ``synonyms`` are rows of further words for its terms.

    Raises ValueError that names the line of a code that is no slug or is used twice, of a parent
    that is not above it, of a term too deep, or of words for no term or in no language of ours.
    """
    terms: dict[str, Term] = {}
    depths: dict[str | None, int] = {None: 0}
    for line in lines:
        term = _term(line)
        if term.code in terms:
            raise line.fault(f"the code {term.code} is used twice")
        if term.parent not in depths:
            raise line.fault(f"the parent {term.parent} does not stand above it")
        depths[term.code] = depths[term.parent] + 1
        if depths[term.code] > MAX_DEPTH:
            raise line.fault(f"{term.code} is more than {MAX_DEPTH} levels deep")
        terms[term.code] = term
    for line in synonyms:
        term = _with_synonyms(terms, line)
        terms[term.code] = term
    return Taxonomy(terms)


def label(code: str, language: str) -> str:
    """Return the term's name in ``language`` ("es", else English); KeyError when unknown."""
    return taxonomy()[code].name(language)


def _with_synonyms(terms: Mapping[str, Term], line: Line) -> Term:
    """Return the term of a row of ``synonyms.csv`` with the words that the row adds."""
    code, language = line.cells["code"], line.cells["language"]
    if code not in terms:
        raise line.fault(f"no term has the code {code}")
    if language not in _LANGUAGES:
        raise line.fault(f"the language {language!r} is neither en nor es")
    term, more = terms[code], split_list(line, "phrases")
    if language == "en":
        return replace(term, synonyms_en=(*term.synonyms_en, *more))
    return replace(term, synonyms_es=(*term.synonyms_es, *more))


def _term(line: Line) -> Term:
    cells = line.cells
    if not SLUG.fullmatch(cells["code"]):
        raise line.fault(f"the code {cells['code']!r} is not made of small letters and hyphens")
    return Term(
        code=cells["code"],
        parent=cells["parent"] or None,
        name_en=cells["name_en"],
        name_es=cells["name_es"],
        synonyms_en=split_list(line, "synonyms_en"),
        synonyms_es=split_list(line, "synonyms_es"),
    )
