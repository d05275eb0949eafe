"""What the directory's words are called on pages, as plain sentences. Pure.

A ``Phrase`` is English, marked for translation; ``web.phrases.say`` puts it into the language of
the reader. No page may show a code of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import (
    CostKind,
    PhoneType,
    RuleKind,
    Shift,
    Stance,
    Unit,
    WrongFact,
)
from resourcedir.directory.offering import Offer
from resourcedir.directory.ruling import LISTS, is_in_words
from resourcedir.identity import Role
from resourcedir.places.areas import area_label
from resourcedir.taxonomy.vocabulary import Vocabulary, words
from resourcedir.texts import N_, Phrase


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One sentence on whom a listing takes, with what the provider adds in its own words."""

    phrase: Phrase
    note: str | None = None


_PATTERNS: Final[Mapping[tuple[RuleKind, Stance], str]] = {
    (RuleKind.GENDER, Stance.EXCLUDED): N_("Not for: %(what)s."),
    (RuleKind.POPULATION, Stance.REQUIRED): N_("Only for: %(what)s."),
    (RuleKind.POPULATION, Stance.ACCEPTED): N_("Also for: %(what)s."),
    (RuleKind.POPULATION, Stance.EXCLUDED): N_("Not for: %(what)s."),
    (RuleKind.OFFENSE, Stance.REQUIRED): N_("Only for people with: %(what)s."),
    (RuleKind.OFFENSE, Stance.ACCEPTED): N_("%(what)s: accepted."),
    (RuleKind.OFFENSE, Stance.EXCLUDED): N_("%(what)s: not accepted."),
    (RuleKind.WARRANT, Stance.REQUIRED): N_("Only for people with an open warrant."),
    (RuleKind.WARRANT, Stance.ACCEPTED): N_("Takes people with an open warrant."),
    (RuleKind.WARRANT, Stance.EXCLUDED): N_("No one with an open warrant."),
    (RuleKind.WARRANT, Stance.CASE_BY_CASE): N_("An open warrant: asked case by case."),
    (RuleKind.RESIDENCY, Stance.REQUIRED): N_("Must live in %(what)s."),
    (RuleKind.RESIDENCY, Stance.ACCEPTED): N_("Takes people from %(what)s."),
    (RuleKind.RESIDENCY, Stance.EXCLUDED): N_("No one from %(what)s."),
    (RuleKind.DOCUMENT, Stance.REQUIRED): N_("%(what)s needed."),
    (RuleKind.DOCUMENT, Stance.ACCEPTED): N_("%(what)s accepted."),
    (RuleKind.DOCUMENT, Stance.EXCLUDED): N_("%(what)s not accepted."),
    (RuleKind.MEDICATION, Stance.REQUIRED): N_("Only for people who take: %(what)s."),
    (RuleKind.MEDICATION, Stance.ACCEPTED): N_("%(what)s allowed."),
    (RuleKind.MEDICATION, Stance.EXCLUDED): N_("%(what)s not allowed."),
    (RuleKind.SOBRIETY_DAYS, Stance.REQUIRED): N_("Sober for at least %(amount)s days."),
    (RuleKind.SOBRIETY_DAYS, Stance.ACCEPTED): N_("No days sober asked."),
    (RuleKind.SOBRIETY_DAYS, Stance.CASE_BY_CASE): N_("Days sober: asked case by case."),
    (RuleKind.REFERRAL_SOURCE, Stance.REQUIRED): N_("Must be referred by: %(what)s."),
    (RuleKind.REFERRAL_SOURCE, Stance.ACCEPTED): N_("May be referred by: %(what)s."),
    (RuleKind.REFERRAL_SOURCE, Stance.EXCLUDED): N_("Takes no referral by: %(what)s."),
    (RuleKind.SOBRIETY_DAYS, Stance.EXCLUDED): N_("Days sober: ask when you call."),
    (RuleKind.PETS, Stance.REQUIRED): N_("Only with a pet."),
    (RuleKind.PETS, Stance.ACCEPTED): N_("Pets may come."),
    (RuleKind.PETS, Stance.EXCLUDED): N_("No pets."),
    (RuleKind.PETS, Stance.CASE_BY_CASE): N_("Pets: asked case by case."),
    (RuleKind.CHILDREN, Stance.REQUIRED): N_("Only with children."),
    (RuleKind.CHILDREN, Stance.ACCEPTED): N_("Children may come."),
    (RuleKind.CHILDREN, Stance.EXCLUDED): N_("No children."),
    (RuleKind.CHILDREN, Stance.CASE_BY_CASE): N_("Children: asked case by case."),
}
_IN_GENERAL: Final[Mapping[tuple[RuleKind, Stance], str]] = {
    (RuleKind.POPULATION, Stance.REQUIRED): N_("Only for some people: ask for whom."),
    (RuleKind.OFFENSE, Stance.ACCEPTED): N_("No offense is refused."),
    (RuleKind.OFFENSE, Stance.EXCLUDED): N_("No one with an offense."),
    (RuleKind.OFFENSE, Stance.CASE_BY_CASE): N_("Every offense: asked case by case."),
    (RuleKind.MEDICATION, Stance.ACCEPTED): N_("Any prescribed medication allowed."),
    (RuleKind.MEDICATION, Stance.EXCLUDED): N_("No medication allowed."),
    (RuleKind.MEDICATION, Stance.CASE_BY_CASE): N_("Every medication: asked case by case."),
}
"""What is said of a list as a whole, where the rule has no code."""

_CASE_BY_CASE: Final = N_("%(what)s: asked case by case.")

_NO_ONE_WITH: Final[Mapping[str, str]] = {
    "arson": N_("No one with an arson conviction."),
    "sexual": N_("No one with a sexual offense."),
    "violent": N_("No one with a violent offense."),
    "meth-manufacture": N_("No one convicted of making methamphetamine."),
    "registry": N_("No one on a sex offender registry."),
    "domestic-violence": N_("No one with a domestic violence offense."),
    "against-children": N_("No one with an offense against a child."),
    "drug-sale": N_("No one convicted of selling drugs."),
    "weapons": N_("No one with a weapons offense."),
    "theft": N_("No one with a theft or burglary."),
}

_SUBJECTS: Final[Mapping[RuleKind, str]] = {
    RuleKind.GENDER: N_("Gender"),
    RuleKind.POPULATION: N_("People of some kinds"),
    RuleKind.OFFENSE: N_("Some offenses"),
    RuleKind.RESIDENCY: N_("some places"),
    RuleKind.DOCUMENT: N_("Papers"),
    RuleKind.MEDICATION: N_("Some medications"),
    RuleKind.WARRANT: N_("An open warrant"),
    RuleKind.SOBRIETY_DAYS: N_("Days sober"),
    RuleKind.REFERRAL_SOURCE: N_("others"),
    RuleKind.PETS: N_("Pets"),
    RuleKind.CHILDREN: N_("Children"),
}
"""What a rule is about whose code is missing."""


def name(vocabulary: Vocabulary, code: str, language: str) -> str:
    """Return the entry's name; a code that has left its list is shown with blanks for hyphens."""
    word = words()[vocabulary].get(code)
    return word.name(language) if word else code.replace("-", " ")


def rule(fact: RuleFact, language: str) -> RuleLine:
    """Return one rule as a sentence."""
    if fact.note and is_in_words(fact.kind, fact.code, fact.stance):
        return RuleLine(Phrase(N_("Only for: %(what)s (ask)."), {"what": fact.note.rstrip(".")}))
    return RuleLine(_phrase(fact, what(fact, language)), fact.note)


def _phrase(fact: RuleFact, about: str | Phrase) -> Phrase:
    if fact.code is None and (sentence := _IN_GENERAL.get((fact.kind, fact.stance))):
        return Phrase(sentence)
    excluded = fact.kind is RuleKind.OFFENSE and fact.stance is Stance.EXCLUDED
    if excluded and (sentence := _NO_ONE_WITH.get(fact.code or "")):
        return Phrase(sentence)
    if fact.kind is RuleKind.SOBRIETY_DAYS and fact.stance is Stance.REQUIRED:
        return sobriety(fact.amount)
    pattern = _PATTERNS.get((fact.kind, fact.stance), _CASE_BY_CASE)
    return Phrase(pattern, {"what": about} if "%(what)s" in pattern else {})


def sobriety(days: int | None) -> Phrase:
    """Return how long somebody must have been sober; None: how long is not said."""
    if days is None:
        return Phrase(N_("Must be sober; how long is not known."))
    if days == 0:
        return Phrase(_PATTERNS[RuleKind.SOBRIETY_DAYS, Stance.ACCEPTED])
    if days == 1:
        return Phrase(N_("Sober for at least a day."))
    return Phrase(_PATTERNS[RuleKind.SOBRIETY_DAYS, Stance.REQUIRED], {"amount": days})


def what(fact: RuleFact, language: str) -> str | Phrase:
    """Return what a rule is about."""
    if fact.code and fact.kind is RuleKind.RESIDENCY:
        return area_label(fact.code)
    if fact.code and fact.kind in LISTS:
        return name(LISTS[fact.kind], fact.code, language)
    return Phrase(_SUBJECTS[fact.kind])


def age_range(minimum: int | None, maximum: int | None) -> Phrase | None:
    """Return the limits of age in words, or None where there are none."""
    match minimum, maximum:
        case None, None:
            return None
        case int(), None:
            return Phrase(N_("%(age)s or older"), {"age": minimum})
        case None, int():
            return Phrase(N_("%(age)s or younger"), {"age": maximum})
        case int(), int():
            return Phrase(N_("%(low)s to %(high)s years old"), {"low": minimum, "high": maximum})
    return None


STANCES: Final[Mapping[Stance, str]] = {
    Stance.ACCEPTED: N_("They accept it"),
    Stance.CASE_BY_CASE: N_("Asked case by case"),
    Stance.EXCLUDED: N_("Not accepted"),
    Stance.REQUIRED: N_("Required"),
}
COSTS: Final[Mapping[CostKind, str]] = {
    CostKind.FREE: N_("Free"),
    CostKind.SLIDING: N_("Sliding fee, by income"),
    CostKind.FEE: N_("Fee"),
}
UNITS: Final[Mapping[Unit, str]] = {
    Unit.BED: N_("Beds"),
    Unit.SLOT: N_("Places"),
    Unit.SEAT: N_("Seats"),
}
TOLD_BY: Final[Mapping[Role | None, str]] = {
    Role.PROVIDER: N_("by the provider"),
    Role.OFFICER: N_("by an officer's office"),
    Role.SUPERVISOR: N_("by an officer's office"),
    Role.ADMINISTRATOR: N_("by an officer's office"),
    None: N_("by an import"),
}
FREE_NOW: Final[Mapping[Unit, str]] = {
    Unit.BED: N_("Free beds now"),
    Unit.SLOT: N_("Free places now"),
    Unit.SEAT: N_("Free seats now"),
}
FREE_NOW_UNKNOWN: Final = N_("Openings now")
SHIFTS: Final[Mapping[Shift, str]] = {
    Shift.DAY: N_("Day shift"),
    Shift.EVENING: N_("Evening shift"),
    Shift.NIGHT: N_("Night shift"),
    Shift.WEEKEND: N_("Weekends"),
    Shift.ROTATING: N_("Rotating shifts"),
}
OFFERS: Final[Mapping[Offer, str]] = {
    Offer.OPEN: N_("Open for referrals"),
    Offer.TEMPORARILY_CLOSED: N_("Temporarily closed"),
    Offer.INACTIVE: N_("Not active"),
    Offer.DEFUNCT: N_("Closed for good"),
    Offer.CLOSED_JOB: N_("Applications closed"),
    Offer.WITHDRAWN: N_("No longer offered"),
    Offer.PAUSED: N_("Taking nobody for now"),
}
PHONE_TYPES: Final[Mapping[PhoneType, str]] = {
    PhoneType.VOICE: N_("Call"),
    PhoneType.TEXT: N_("Text"),
    PhoneType.FAX: N_("Fax"),
    PhoneType.TDD: N_("Text telephone (TTY)"),
}
WRONG_FACTS: Final[Mapping[WrongFact, str]] = {
    WrongFact.PHONE: N_("Could not reach them"),
    WrongFact.PLACE: N_("They moved"),
    WrongFact.CLOSED: N_("They closed"),
    WrongFact.HOURS: N_("Hours are wrong"),
    WrongFact.OPENINGS: N_("Openings are wrong"),
    WrongFact.RULES: N_("A rule is wrong"),
    WrongFact.OTHER: N_("Something else is wrong"),
}
WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
