"""Writes the rules that an edit changes. Only ``writing`` calls it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.directory import ruling
from resourcedir.directory.editing import Field, ListingEdit
from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.models import EligibilityRule

KINDS: Final[Mapping[Field, tuple[RuleKind, Callable[[ListingEdit], Iterable[RuleFact]]]]] = {
    Field.GENDERS: (RuleKind.GENDER, lambda e: ruling.of_genders(e.genders)),
    Field.POPULATIONS: (
        RuleKind.POPULATION,
        lambda e: ruling.of_people(e.populations, e.also_asks),
    ),
    Field.OFFENSES: (
        RuleKind.OFFENSE,
        lambda e: ruling.of_stances(RuleKind.OFFENSE, e.offenses),
    ),
    Field.WARRANTS: (
        RuleKind.WARRANT,
        lambda e: ruling.of_stance(RuleKind.WARRANT, e.warrants),
    ),
    Field.MEDICATIONS: (
        RuleKind.MEDICATION,
        lambda e: ruling.of_stances(RuleKind.MEDICATION, e.medications),
    ),
    Field.SOBRIETY: (RuleKind.SOBRIETY_DAYS, lambda e: ruling.of_days(e.sobriety_days)),
    Field.RESIDENCY: (
        RuleKind.RESIDENCY,
        lambda e: ruling.of_codes(RuleKind.RESIDENCY, e.residency, Stance.REQUIRED),
    ),
    Field.DOCUMENTS: (
        RuleKind.DOCUMENT,
        lambda e: ruling.of_codes(RuleKind.DOCUMENT, e.documents, Stance.REQUIRED),
    ),
    Field.REFERRAL_SOURCES: (
        RuleKind.REFERRAL_SOURCE,
        lambda e: ruling.of_codes(RuleKind.REFERRAL_SOURCE, e.referral_sources, Stance.ACCEPTED),
    ),
    Field.CHILDREN: (
        RuleKind.CHILDREN,
        lambda e: ruling.of_stance(RuleKind.CHILDREN, e.children),
    ),
    Field.PETS: (RuleKind.PETS, lambda e: ruling.of_stance(RuleKind.PETS, e.pets)),
}
"""By field the rules that it is made of."""


def write_rules(session: Session, number: int, edit: ListingEdit, fields: frozenset[Field]) -> None:
    """Bring the rules of a listing in line with ``edit``, those of ``fields`` alone."""
    for field, (kind, wanted) in KINDS.items():
        if field in fields:
            _replace(session, number, kind, list(wanted(edit)))


def _replace(session: Session, number: int, kind: RuleKind, wanted: list[RuleFact]) -> None:
    """Replace the rules of one kind; one that stays keeps its note."""
    statement = select(EligibilityRule).where(
        EligibilityRule.listing_number == number, EligibilityRule.kind == kind
    )
    present = {(row.code, row.stance): row for row in session.scalars(statement)}
    for fact in wanted:
        row = present.pop((fact.code, fact.stance), None)
        if row is None:
            row = EligibilityRule(
                listing_number=number, kind=kind, code=fact.code, stance=fact.stance
            )
            session.add(row)
        row.amount = fact.amount
        row.note = fact.note or row.note
    named = {fact.code for fact in wanted}
    for row in present.values():
        if row.code in named or ruling.is_shown(kind, row.code, row.stance):
            session.delete(row)
