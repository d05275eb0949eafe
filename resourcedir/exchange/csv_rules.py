"""The rules of a listing as a row of our CSV file says them. Pure."""

from collections.abc import Iterable, Iterator
from typing import Final

from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.ruling import LONGEST_WORDS, as_words
from resourcedir.exchange.csv_cells import Cells
from resourcedir.taxonomy.vocabulary import Vocabulary, codes
from resourcedir.texts import N_

IN_GENERAL: Final = "any"
"""The code of all offenses or medications that the cell does not name."""
BARE: Final = {
    "warrants": RuleKind.WARRANT,
    "pets": RuleKind.PETS,
    "children": RuleKind.CHILDREN,
}
"""Columns that are a stance and nothing else."""
BARE_STANCES: Final = frozenset(stance.value for stance in Stance)
NOT_FOR: Final = frozenset({Stance.EXCLUDED, Stance.CASE_BY_CASE})
"""What the column of that name can say of people."""


def rules_of(cells: Cells) -> tuple[RuleFact, ...]:
    """Return what the row asks or refuses."""
    found = [*_genders(cells), *_populations(cells)]
    for column, kind, vocabulary in (
        ("offenses", RuleKind.OFFENSE, Vocabulary.OFFENSE),
        ("medications_allowed", RuleKind.MEDICATION, Vocabulary.MEDICATION),
    ):
        pairs = cells.stances(column, (*codes(vocabulary), IN_GENERAL))
        found += [
            RuleFact(kind, None if code == IN_GENERAL else code, stance) for code, stance in pairs
        ]
    papers = cells.codes("documents", codes(Vocabulary.DOCUMENT))
    found += [RuleFact(RuleKind.DOCUMENT, code, Stance.REQUIRED) for code in papers]
    found += [
        RuleFact(RuleKind.RESIDENCY, code, Stance.REQUIRED) for code in cells.areas("residency")
    ]
    sources = cells.codes("referral_source", codes(Vocabulary.REFERRAL_SOURCE))
    found += [RuleFact(RuleKind.REFERRAL_SOURCE, code, Stance.ACCEPTED) for code in sources]
    for column, kind in BARE.items():
        if (stance := cells.one_of(column, BARE_STANCES)) is not None:
            found.append(RuleFact(kind, None, Stance(stance)))
    if (days := cells.whole("sobriety_days", 3650)) is not None:
        found.append(sobriety(days))
    return tuple(found)


def sobriety(days: int) -> RuleFact:
    """Return the rule on days of sobriety; none asked is a rule too."""
    if days == 0:
        return RuleFact(RuleKind.SOBRIETY_DAYS, None, Stance.ACCEPTED)
    return RuleFact(RuleKind.SOBRIETY_DAYS, None, Stance.REQUIRED, days)


def genders(found: Iterable[str]) -> list[RuleFact]:
    """Return the rules on gender; several of them mean one of them."""
    return [
        RuleFact(RuleKind.GENDER, code, Stance.ACCEPTED if code == "any" else Stance.REQUIRED)
        for code in found
    ]


def _genders(cells: Cells) -> list[RuleFact]:
    return genders(cells.codes("gender", codes(Vocabulary.GENDER)))


def _populations(cells: Cells) -> Iterator[RuleFact]:
    known = codes(Vocabulary.POPULATION)
    only = cells.codes("only_for", known)
    for code in only:
        yield RuleFact(RuleKind.POPULATION, code, Stance.REQUIRED)
    if words := as_words(cells.text("also_asks")):
        if len(words) > LONGEST_WORDS:
            cells.fault("also_asks", N_("is longer than %(most)s letters"), most=LONGEST_WORDS)
        yield RuleFact(RuleKind.POPULATION, None, Stance.REQUIRED, note=words)
    for code, stance in cells.stances("not_for", known, usual=Stance.EXCLUDED):
        if stance not in NOT_FOR:
            cells.fault("not_for", N_("says who is refused, or taken case by case, and no more"))
        elif code in only:
            cells.fault("not_for", N_('"%(text)s" is in only_for too'), text=code)
        else:
            yield RuleFact(RuleKind.POPULATION, code, stance)
