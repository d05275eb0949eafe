"""Everything that a listing asks of people as few plain sentences. Pure.

What a listing says of many alike, such as offenses, is one sentence; what it adds in its own words
stays with what it is about. ``wording.rule`` has the sentence of a single rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from babel.lists import format_list

from resourcedir.directory.asking import EXPECTED, Matter, asked_on
from resourcedir.directory.facts import ListingFacts, RuleFact
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.ruling import is_in_words
from resourcedir.directory.wording import RuleLine, age_range, name, rule, what
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_, Phrase

_ORDER: Final = (
    RuleKind.GENDER,
    RuleKind.POPULATION,
    RuleKind.OFFENSE,
    RuleKind.WARRANT,
    RuleKind.MEDICATION,
    RuleKind.SOBRIETY_DAYS,
    RuleKind.RESIDENCY,
    RuleKind.DOCUMENT,
    RuleKind.REFERRAL_SOURCE,
    RuleKind.CHILDREN,
    RuleKind.PETS,
)
_STANCES: Final = (Stance.REQUIRED, Stance.ACCEPTED, Stance.CASE_BY_CASE, Stance.EXCLUDED)

_SEVERAL: Final[Mapping[tuple[RuleKind, Stance], str]] = {
    (RuleKind.POPULATION, Stance.REQUIRED): N_("Only for: %(what)s."),
    (RuleKind.POPULATION, Stance.EXCLUDED): N_("Not for: %(what)s."),
    (RuleKind.OFFENSE, Stance.REQUIRED): N_("Only for people with: %(what)s."),
    (RuleKind.OFFENSE, Stance.ACCEPTED): N_("Takes people with: %(what)s."),
    (RuleKind.OFFENSE, Stance.EXCLUDED): N_("Refuses: %(what)s."),
    (RuleKind.MEDICATION, Stance.REQUIRED): N_("Only for people who take: %(what)s."),
    (RuleKind.MEDICATION, Stance.ACCEPTED): N_("Allowed: %(what)s."),
    (RuleKind.MEDICATION, Stance.EXCLUDED): N_("Not allowed: %(what)s."),
    (RuleKind.RESIDENCY, Stance.REQUIRED): N_("Must live in %(what)s."),
    (RuleKind.DOCUMENT, Stance.REQUIRED): N_("Papers needed: %(what)s."),
    (RuleKind.REFERRAL_SOURCE, Stance.REQUIRED): N_("Must be referred by: %(what)s."),
    (RuleKind.REFERRAL_SOURCE, Stance.ACCEPTED): N_("May be referred by: %(what)s."),
    (RuleKind.REFERRAL_SOURCE, Stance.EXCLUDED): N_("Takes no referral by: %(what)s."),
}
"""What is said of several at once."""
_DECIDES: Final = N_("Decides case by case: %(what)s.")
_ONE_OF: Final = frozenset(
    (kind, Stance.REQUIRED)
    for kind in (
        RuleKind.POPULATION,
        RuleKind.OFFENSE,
        RuleKind.MEDICATION,
        RuleKind.RESIDENCY,
    )
)
"""One of several is enough: the sentence must not be torn apart."""

_OTHERS: Final[Mapping[tuple[RuleKind, Stance], str]] = {
    (RuleKind.OFFENSE, Stance.ACCEPTED): N_("No other offense is refused."),
    (RuleKind.OFFENSE, Stance.EXCLUDED): N_("Refuses every other offense."),
    (RuleKind.OFFENSE, Stance.CASE_BY_CASE): N_("Every other offense: asked case by case."),
    (RuleKind.MEDICATION, Stance.ACCEPTED): N_("Any other prescribed medication allowed."),
    (RuleKind.MEDICATION, Stance.EXCLUDED): N_("No other medication allowed."),
    (RuleKind.MEDICATION, Stance.CASE_BY_CASE): N_("Every other medication: asked case by case."),
}
"""What is said of a list as a whole where some of it has sentences of its own."""
_SILENT: Final[Mapping[Matter, tuple[str, str]]] = {
    Matter.OFFENSE: (N_("Says nothing of offenses."), N_("Says nothing of other offenses.")),
    Matter.MEDICATION: (
        N_("Says nothing of medication."),
        N_("Says nothing of other medication."),
    ),
}
"""What is not said where most such places ask; the second if something is."""


def who_they_take(facts: ListingFacts, language: str) -> list[RuleLine]:
    """Return what a listing asks: who and how old first, what it is silent on last.

    Where it says nothing at all there is no line.
    """
    others = sorted((each for each in facts.rules if not _says_who(each)), key=_place)
    lines = [RuleLine(who, note) for who, note in _who(facts, language)]
    for (kind, stance), group in groupby(others, key=lambda each: (each.kind, each.stance)):
        lines += _sentences((kind, stance), list(group), others, language)
    return lines + list(_silence(facts)) if lines else []


def _place(fact: RuleFact) -> tuple[int, bool, int]:
    """Return where a rule stands: by kind; what holds for all others after those that are named."""
    general = fact.code is None and not is_in_words(fact.kind, fact.code, fact.stance)
    return _ORDER.index(fact.kind), general, _STANCES.index(fact.stance)


def _sentences(
    key: tuple[RuleKind, Stance], group: list[RuleFact], all_: list[RuleFact], language: str
) -> Iterator[RuleLine]:
    kind, stance = key
    joined = key in _ONE_OF or kind is RuleKind.REFERRAL_SOURCE
    together = [each for each in group if each.code and (joined or not each.note)]
    if len(together) > 1 or (joined and together):
        names = [str(what(each, language)) for each in together]
        words = format_list(names, "or", locale=language) if key in _ONE_OF else ", ".join(names)
        notes = "; ".join(each.note for each in together if each.note) or None
        default = _DECIDES if stance is Stance.CASE_BY_CASE else ""
        if pattern := _SEVERAL.get(key, default):
            yield RuleLine(Phrase(pattern, {"what": words}), notes)
            group = [each for each in group if each not in together]
    some_named = any(each.kind is kind and each.code for each in all_)
    for each in group:
        sentence = _OTHERS.get(key) if some_named and each.code is None else None
        yield RuleLine(Phrase(sentence), each.note) if sentence else rule(each, language)


def _silence(facts: ListingFacts) -> Iterator[RuleLine]:
    for matter in EXPECTED:
        asked = asked_on(facts, matter)
        if asked is not None and asked.expected and asked.stance("") is None:
            yield RuleLine(Phrase(_SILENT[matter][bool(asked.said)]))


def _says_who(fact: RuleFact) -> bool:
    return fact.kind is RuleKind.GENDER and fact.stance in {Stance.REQUIRED, Stance.ACCEPTED}


def _who(facts: ListingFacts, language: str) -> Iterator[tuple[Phrase, str | None]]:
    """Yield "Men, 18 or older." from the rules on gender and the limits of age."""
    rules = [each for each in facts.rules if _says_who(each)]
    ages = age_range(facts.minimum_age, facts.maximum_age)
    names = ", ".join(_genders(rules, language))
    note = "; ".join(each.note for each in rules if each.note) or None
    if names and ages is not None:
        yield Phrase(N_("%(who)s, %(ages)s."), {"who": names, "ages": ages}), note
    elif names:
        yield Phrase(N_("%(who)s."), {"who": names}), note
    elif ages is not None:
        yield Phrase(N_("People %(ages)s."), {"ages": ages}), None


def _genders(rules: Iterable[RuleFact], language: str) -> Iterator[str]:
    for each in rules:
        yield name(Vocabulary.GENDER, each.code or "any", language)
