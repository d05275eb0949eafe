"""Mirrors the lists of this package into the tables, so that attributes can refer to them.

The files of the package are the truth; the tables follow them. A term that has left its file stays
in the table: listings may still carry it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from resourcedir.taxonomy.models import Taxonomy, TaxonomyTerm
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary, words

NEED: Final = "need"
_SPACE: Final = UUID("6f1a0c3e-6a0b-5d6e-9a53-3f0f5b1c7d21")
_ABOUT: Final = {
    NEED: "What a service answers",
    Vocabulary.POPULATION: "Whom a service is made for",
    Vocabulary.OFFENSE: "Offenses that a rule may name",
    Vocabulary.PAYER: "Who may pay",
    Vocabulary.DOCUMENT: "Papers that may be asked for",
    Vocabulary.MEDICATION: "Medications given or allowed",
    Vocabulary.LANGUAGE: "Languages",
    Vocabulary.GENDER: "Genders that a rule may name",
    Vocabulary.REFERRAL_SOURCE: "Who may refer",
    Vocabulary.ACCESSIBILITY: "What helps people get in and about",
}


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term as the table keeps it; ``parent`` is the code of the wider term."""

    code: str
    name: str
    name_es: str
    parent: str | None = None
    description: str = ""


def taxonomy_id(name: str) -> UUID:
    """Return the id of the taxonomy ``name``, the same in every database."""
    return uuid5(_SPACE, name)


def term_id(taxonomy_name: str, code: str) -> UUID:
    """Return the id of a term, the same in every database."""
    return uuid5(taxonomy_id(taxonomy_name), code)


def sync(session: Session) -> None:
    """Bring the tables in line with terms.csv and vocabulary.csv. A second run changes nothing."""
    needs = [
        TermRow(term.code, term.name_en, term.name_es, term.parent, "; ".join(term.synonyms_en))
        for term in taxonomy()
    ]
    put_terms(session, NEED, _ABOUT[NEED], needs)
    for vocabulary, entries in words().items():
        rows = [TermRow(word.code, word.name_en, word.name_es) for word in entries.values()]
        put_terms(session, vocabulary, _ABOUT[vocabulary], rows)


def put_terms(session: Session, name: str, about: str, rows: Sequence[TermRow]) -> int:
    """Write the terms of one taxonomy, parents before their children; return how many changed."""
    key = taxonomy_id(name)
    if session.get(Taxonomy, key) is None:
        session.execute(insert(Taxonomy), [{"id": key, "name": name, "description": about}])
    stored = dict(_stored(session, key))
    wanted = [(term_id(name, row.code), _values(name, row)) for row in rows]
    new = [{"id": term, **values} for term, values in wanted if term not in stored]
    different = [pair for pair in wanted if stored.get(pair[0], pair[1]) != pair[1]]
    if new:
        session.execute(insert(TaxonomyTerm), new)
    for term, values in different:
        session.execute(update(TaxonomyTerm).where(TaxonomyTerm.id == term).values(values))
    return len(new) + len(different)


def _values(name: str, row: TermRow) -> dict[str, Any]:
    given = dict(zip((each.name for each in fields(row)), astuple(row), strict=True))
    parent = given.pop("parent")
    return {
        **given,
        "taxonomy_id": taxonomy_id(name),
        "parent_id": None if parent is None else term_id(name, parent),
    }


def _stored(session: Session, key: UUID) -> Iterable[tuple[UUID, dict[str, Any]]]:
    columns = ("code", "name", "name_es", "description", "taxonomy_id", "parent_id")
    statement = select(TaxonomyTerm.id, *(getattr(TaxonomyTerm, each) for each in columns))
    for term, *values in session.execute(statement.where(TaxonomyTerm.taxonomy_id == key)):
        yield term, dict(zip(columns, values, strict=True))
