"""The rules of a listing as a row of our CSV file says them. Pure."""

from collections.abc import Iterable
from typing import Final

from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.exchange.csv_cells import Cells
from resourcedir.taxonomy.vocabulary import Vocabulary, codes

BARE_STANCES: Final = frozenset(stance.value for stance in Stance)


def rules_of(cells: Cells) -> tuple[RuleFact, ...]:
    """Return what the row asks or refuses."""
    found = list(_genders(cells))
    for column, kind, vocabulary in (
        ("offenses", RuleKind.OFFENSE, Vocabulary.OFFENSE),
        ("medications_allowed", RuleKind.MEDICATION, Vocabulary.MEDICATION),
    ):
        pairs = cells.stances(column, codes(vocabulary))
        found += [RuleFact(kind, code, stance) for code, stance in pairs]
    papers = cells.codes("documents", codes(Vocabulary.DOCUMENT))
    found += [RuleFact(RuleKind.DOCUMENT, code, Stance.REQUIRED) for code in papers]
    found += [
        RuleFact(RuleKind.RESIDENCY, code, Stance.REQUIRED) for code in cells.areas("residency")
    ]
    sources = cells.codes("referral_source", codes(Vocabulary.REFERRAL_SOURCE))
    found += [RuleFact(RuleKind.REFERRAL_SOURCE, code, Stance.ACCEPTED) for code in sources]
    for column, kind in (("pets", RuleKind.PETS), ("children", RuleKind.CHILDREN)):
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
