"""Which rules of a listing its form shows, how they are read from it and become rules again. Pure.

A rule that the form has no words for, such as a gender that is refused, it must not touch.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from resourcedir.directory.asking import ANY
from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.taxonomy.vocabulary import Vocabulary, words

Said = Mapping[str, Stance]
"""What is said of each code; ``ANY`` is all that have no line of their own."""

_OPEN: Final = frozenset({Stance.ACCEPTED, Stance.CASE_BY_CASE, Stance.EXCLUDED})
SHOWN: Final[Mapping[RuleKind, frozenset[Stance]]] = {
    RuleKind.GENDER: frozenset({Stance.REQUIRED, Stance.ACCEPTED}),
    RuleKind.POPULATION: frozenset({Stance.REQUIRED, Stance.CASE_BY_CASE, Stance.EXCLUDED}),
    RuleKind.OFFENSE: _OPEN | {Stance.REQUIRED},
    RuleKind.WARRANT: _OPEN,
    RuleKind.RESIDENCY: frozenset({Stance.REQUIRED}),
    RuleKind.DOCUMENT: frozenset({Stance.REQUIRED}),
    RuleKind.MEDICATION: _OPEN | {Stance.REQUIRED},
    RuleKind.SOBRIETY_DAYS: frozenset({Stance.REQUIRED, Stance.ACCEPTED}),
    RuleKind.REFERRAL_SOURCE: frozenset({Stance.ACCEPTED}),
    RuleKind.PETS: _OPEN,
    RuleKind.CHILDREN: _OPEN | {Stance.REQUIRED},
}
"""By kind what the form can say."""

LISTS: Final[Mapping[RuleKind, Vocabulary]] = {
    RuleKind.GENDER: Vocabulary.GENDER,
    RuleKind.POPULATION: Vocabulary.POPULATION,
    RuleKind.OFFENSE: Vocabulary.OFFENSE,
    RuleKind.DOCUMENT: Vocabulary.DOCUMENT,
    RuleKind.MEDICATION: Vocabulary.MEDICATION,
    RuleKind.REFERRAL_SOURCE: Vocabulary.REFERRAL_SOURCE,
}
"""By kind the list that its codes are from. Those of residency are areas, and others have none."""

_WITHOUT_CODE: Final = frozenset(
    {
        RuleKind.OFFENSE,
        RuleKind.WARRANT,
        RuleKind.MEDICATION,
        RuleKind.SOBRIETY_DAYS,
        RuleKind.PETS,
        RuleKind.CHILDREN,
    }
)


LONGEST_WORDS: Final = 200
"""Letters of what is said in words: it stands within a sentence."""


def is_in_words(kind: RuleKind, code: str | None, stance: Stance) -> bool:
    """Say whether such a rule is for people whom no list names: its note says who they are."""
    return kind is RuleKind.POPULATION and code is None and stance is Stance.REQUIRED


def is_shown(kind: RuleKind, code: str | None, stance: Stance) -> bool:
    """Say whether the form shows such a rule."""
    if stance not in SHOWN[kind]:
        return False
    if code is None:
        all_required = kind in LISTS and stance is Stance.REQUIRED
        in_general = kind in _WITHOUT_CODE and not all_required
        return in_general or is_in_words(kind, code, stance)
    return kind is RuleKind.RESIDENCY or (kind in LISTS and code in words()[LISTS[kind]])


def said_of(rules: Iterable[RuleFact], kind: RuleKind) -> dict[str, Stance]:
    """Return what ``rules`` say of each code, as far as it is chosen in the form."""
    return {
        rule.code or ANY: rule.stance
        for rule in rules
        if rule.kind is kind
        and is_shown(kind, rule.code, rule.stance)
        and not is_in_words(kind, rule.code, rule.stance)
    }


def said_in_words(rules: Iterable[RuleFact]) -> str:
    """Return whom alone they take as the provider says it, "" where no rule is in words."""
    found = (rule.note for rule in rules if is_in_words(rule.kind, rule.code, rule.stance))
    return "; ".join(filter(None, found))


def codes_of(rules: Iterable[RuleFact], kind: RuleKind) -> frozenset[str]:
    """Return the codes that ``rules`` name, as far as the form shows them."""
    return frozenset(said_of(rules, kind))


TAKING: Final = (Stance.REQUIRED, Stance.ACCEPTED, Stance.CASE_BY_CASE)
"""What a place may say of an offense that it takes; who is for these people alone requires it."""


def offenses_taken(rules: Iterable[RuleFact]) -> frozenset[str]:
    """Return the offenses that are no bar by themselves: named, or meant by a rule on all others.

    Filters go by it; ``directory.sieve`` asks the same of the tables.
    """
    named = {rule.code or ANY: rule.stance for rule in rules if rule.kind is RuleKind.OFFENSE}
    return frozenset(
        code for code in words()[Vocabulary.OFFENSE] if named.get(code, named.get(ANY)) in TAKING
    )


def days_of(rules: Iterable[RuleFact]) -> int | None:
    """Return the days of sobriety that are asked, 0 for "none are asked"."""
    for rule in rules:
        if rule.kind is RuleKind.SOBRIETY_DAYS and is_shown(rule.kind, rule.code, rule.stance):
            return 0 if rule.stance is Stance.ACCEPTED else rule.amount
    return None


def of_stances(kind: RuleKind, said: Said) -> Iterator[RuleFact]:
    """Yield a rule for each code that something is said of."""
    for code, stance in sorted(said.items()):
        yield RuleFact(kind, code or None, stance)


def of_stance(kind: RuleKind, stance: Stance | None) -> Iterator[RuleFact]:
    """Yield the rule of a kind that has no codes."""
    if stance is not None:
        yield RuleFact(kind, None, stance)


def of_codes(kind: RuleKind, codes: Iterable[str], stance: Stance) -> Iterator[RuleFact]:
    """Yield a rule for each code, of which the same is said."""
    for code in sorted(codes):
        yield RuleFact(kind, code, stance)


def as_words(text: str | None) -> str:
    """Return what somebody wrote on whom they take, fit to stand within a sentence."""
    return " ".join((text or "").split()).rstrip(".")


def of_people(said: Said, in_words: str) -> Iterator[RuleFact]:
    """Yield the rules on populations: those of the list, and what is said in words."""
    yield from of_stances(RuleKind.POPULATION, said)
    if in_words:
        yield RuleFact(RuleKind.POPULATION, None, Stance.REQUIRED, note=in_words)


def of_genders(codes: Iterable[str]) -> Iterator[RuleFact]:
    """Yield the rules on gender: several mean one of them, and any is no condition."""
    for code in sorted(codes):
        yield RuleFact(RuleKind.GENDER, code, Stance.ACCEPTED if code == "any" else Stance.REQUIRED)


def of_days(days: int | None) -> Iterator[RuleFact]:
    """Yield the rule on days of sobriety; none asked is a rule too."""
    if days is not None:
        stance = Stance.REQUIRED if days else Stance.ACCEPTED
        yield RuleFact(RuleKind.SOBRIETY_DAYS, None, stance, days or None)
