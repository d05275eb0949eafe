"""What of a listing can be edited, and what an edit changes. Pure.

``FIELDS`` is the one table of editable facts: the page that shows the difference, the history and
the commands read it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from resourcedir.directory import kept_words, ruling
from resourcedir.directory.asking import ANY
from resourcedir.directory.facts import CostFact, ListingFacts, OpeningsFact, PhoneFact, RuleFact
from resourcedir.directory.kept_words import mark
from resourcedir.directory.kinds import ListingKind, RuleKind, Stance
from resourcedir.directory.ruling import Said
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_


class Field(StrEnum):
    """What can be edited; the names stand in the history."""

    DESCRIPTION = "description"
    HOURS = "hours"
    PHONES = "phones"
    LANGUAGES = "languages"
    AGES = "ages"
    GENDERS = "genders"
    POPULATIONS = "populations"
    OFFENSES = "offenses"
    WARRANTS = "warrants"
    MEDICATIONS = "medications"
    SOBRIETY = "sobriety"
    RESIDENCY = "residency"
    DOCUMENTS = "documents"
    REFERRAL_SOURCES = "referral_sources"
    CHILDREN = "children"
    PETS = "pets"
    ELIGIBILITY = "eligibility"
    COST = "cost"
    PAYERS = "payers"
    ACCESSIBILITY = "accessibility"
    STATUS = "status"
    ALERT = "alert"
    OPENINGS = "openings"
    WAIT = "openings_wait_days"
    HOLD = "openings_hold_hours"
    STARTS = "openings_starts_on"
    WAITING_LIST = "openings_waiting_list"


OF_OPENINGS: Final = (Field.OPENINGS, Field.WAIT, Field.HOLD, Field.STARTS, Field.WAITING_LIST)
"""What is told together, with one time at which it was true."""

OF_RULES: Final = (
    Field.AGES,
    Field.GENDERS,
    Field.POPULATIONS,
    Field.OFFENSES,
    Field.WARRANTS,
    Field.MEDICATIONS,
    Field.SOBRIETY,
    Field.RESIDENCY,
    Field.DOCUMENTS,
    Field.REFERRAL_SOURCES,
    Field.CHILDREN,
    Field.PETS,
    Field.ELIGIBILITY,
)
"""What says whom they take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEdit:
    """Everything that an editor says of a listing. ``hours`` is text that ``hours.parse`` reads.

    Empty means not known, as in ``ListingFacts``; ``time_zone`` is only for words. ``residency``
    are codes of areas; ``also_asks`` is whom else alone they take, in words.
    """

    description: str = ""
    hours: str = ""
    phones: tuple[PhoneFact, ...] = ()
    languages: frozenset[str] = frozenset()
    minimum_age: int | None = None
    maximum_age: int | None = None
    genders: frozenset[str] = frozenset()
    populations: Said = field(default_factory=dict)
    also_asks: str = ""
    offenses: Said = field(default_factory=dict)
    warrants: Stance | None = None
    medications: Said = field(default_factory=dict)
    sobriety_days: int | None = None
    residency: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    referral_sources: frozenset[str] = frozenset()
    children: Stance | None = None
    pets: Stance | None = None
    eligibility: str = ""
    cost: CostFact | None = None
    payers: frozenset[str] = frozenset()
    accessibility: frozenset[str] = frozenset()
    temporarily_closed: bool = False
    alert: str = ""
    openings: OpeningsFact | None = None
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as ``kept_words`` has it."""

    field: Field
    before: str
    after: str


def edit_of(facts: ListingFacts) -> ListingEdit:
    """Return what an editor would say who changes nothing."""
    rules = facts.rules
    return ListingEdit(
        description=facts.description,
        hours=facts.hours.to_text() if facts.hours else "",
        phones=facts.phones,
        languages=frozenset(facts.languages),
        minimum_age=facts.minimum_age,
        maximum_age=facts.maximum_age,
        genders=ruling.codes_of(rules, RuleKind.GENDER),
        populations=ruling.said_of(rules, RuleKind.POPULATION),
        also_asks=ruling.said_in_words(rules),
        offenses=ruling.said_of(rules, RuleKind.OFFENSE),
        warrants=ruling.said_of(rules, RuleKind.WARRANT).get(ANY),
        medications=ruling.said_of(rules, RuleKind.MEDICATION),
        sobriety_days=ruling.days_of(rules),
        residency=ruling.codes_of(rules, RuleKind.RESIDENCY),
        documents=ruling.codes_of(rules, RuleKind.DOCUMENT),
        referral_sources=ruling.codes_of(rules, RuleKind.REFERRAL_SOURCE),
        children=ruling.said_of(rules, RuleKind.CHILDREN).get(ANY),
        pets=ruling.said_of(rules, RuleKind.PETS).get(ANY),
        eligibility=facts.eligibility or "",
        cost=facts.cost,
        payers=frozenset(facts.payers),
        accessibility=frozenset(facts.place.accessibility if facts.place else ()),
        temporarily_closed=facts.temporarily_closed,
        alert=facts.alert or "",
        openings=facts.openings,
        time_zone=facts.time_zone,
    )


def fields_of(kind: ListingKind) -> tuple[Field, ...]:
    """Return what can be edited of such a listing."""
    return tuple(Field) if kind is ListingKind.SERVICE else _OF_JOBS


def changes(facts: ListingFacts, edit: ListingEdit) -> tuple[FieldChange, ...]:
    """Return what ``edit`` changes, in the order of the page."""
    present = edit_of(facts)
    found = (
        FieldChange(each, FIELDS[each].kept(present), FIELDS[each].kept(edit))
        for each in fields_of(facts.kind)
    )
    return tuple(change for change in found if change.before != change.after)


@dataclass(frozen=True, slots=True)
class _Said:
    label: str
    kept: Callable[[ListingEdit], str]


_OF_JOBS: Final = (
    Field.DESCRIPTION,
    Field.PHONES,
    Field.AGES,
    Field.POPULATIONS,
    Field.OFFENSES,
    Field.WARRANTS,
    Field.MEDICATIONS,
    Field.RESIDENCY,
    Field.DOCUMENTS,
    Field.REFERRAL_SOURCES,
)


def _typed(text: str) -> str:
    return kept_words.own(text) or kept_words.NOTHING_SAID


def _names(vocabulary: Vocabulary, codes: frozenset[str]) -> str:
    return kept_words.names(vocabulary, codes) or kept_words.NOT_KNOWN


def _rules(rules: Iterable[RuleFact]) -> str:
    return " ".join(map(kept_words.rule, rules)) or kept_words.NOTHING_SAID


def _sobriety(edit: ListingEdit) -> str:
    days = edit.sobriety_days
    return kept_words.NOTHING_SAID if days is None else mark("sobriety", days)


def _status(edit: ListingEdit) -> str:
    return kept_words.TEMPORARILY_CLOSED if edit.temporarily_closed else kept_words.OPEN


def openings_changes(
    before: OpeningsFact | None, after: OpeningsFact | None, time_zone: str
) -> tuple[FieldChange, ...]:
    """Return what differs between two tellings; ``time_zone`` is whose clock the times are on."""
    one, two = (ListingEdit(openings=each, time_zone=time_zone) for each in (before, after))
    found = (
        FieldChange(each, FIELDS[each].kept(one), FIELDS[each].kept(two)) for each in OF_OPENINGS
    )
    return tuple(change for change in found if change.before != change.after)


def _openings_kept(fact: OpeningsFact | None, time_zone: str) -> str:
    """Return a count, with the time on the clock of the place when it was true."""
    return kept_words.openings(fact, time_zone) if fact else kept_words.NOT_KNOWN


FIELDS: Final[Mapping[Field, _Said]] = {
    Field.DESCRIPTION: _Said(N_("Description"), lambda e: _typed(e.description)),
    Field.HOURS: _Said(N_("Hours"), lambda e: kept_words.hours(e.hours)),
    Field.PHONES: _Said(
        N_("Phones"), lambda e: kept_words.phones(e.phones) or kept_words.NOT_KNOWN
    ),
    Field.LANGUAGES: _Said(N_("Languages"), lambda e: _names(Vocabulary.LANGUAGE, e.languages)),
    Field.AGES: _Said(N_("Ages"), lambda e: mark("ages", e.minimum_age, e.maximum_age)),
    Field.GENDERS: _Said(N_("Who can come"), lambda e: _names(Vocabulary.GENDER, e.genders)),
    Field.POPULATIONS: _Said(
        N_("Only for some people, or not for some"),
        lambda e: _rules(ruling.of_people(e.populations, e.also_asks)),
    ),
    Field.OFFENSES: _Said(
        N_("Offenses"), lambda e: kept_words.stances(Vocabulary.OFFENSE, e.offenses)
    ),
    Field.WARRANTS: _Said(
        N_("People with an open warrant"),
        lambda e: _rules(ruling.of_stance(RuleKind.WARRANT, e.warrants)),
    ),
    Field.MEDICATIONS: _Said(
        N_("Medication"), lambda e: kept_words.stances(Vocabulary.MEDICATION, e.medications)
    ),
    Field.SOBRIETY: _Said(N_("Days sober"), _sobriety),
    Field.RESIDENCY: _Said(
        N_("Where people must live"),
        lambda e: (
            "; ".join(mark("area", code) for code in sorted(e.residency)) or kept_words.NOTHING_SAID
        ),
    ),
    Field.DOCUMENTS: _Said(N_("Papers needed"), lambda e: _names(Vocabulary.DOCUMENT, e.documents)),
    Field.REFERRAL_SOURCES: _Said(
        N_("Who may refer"), lambda e: _names(Vocabulary.REFERRAL_SOURCE, e.referral_sources)
    ),
    Field.CHILDREN: _Said(
        N_("Children"), lambda e: _rules(ruling.of_stance(RuleKind.CHILDREN, e.children))
    ),
    Field.PETS: _Said(N_("Pets"), lambda e: _rules(ruling.of_stance(RuleKind.PETS, e.pets))),
    Field.ELIGIBILITY: _Said(N_("Who it is for, in your words"), lambda e: _typed(e.eligibility)),
    Field.COST: _Said(
        N_("Cost"), lambda e: kept_words.cost(e.cost) if e.cost else kept_words.NOT_KNOWN
    ),
    Field.PAYERS: _Said(N_("Who may pay"), lambda e: _names(Vocabulary.PAYER, e.payers)),
    Field.ACCESSIBILITY: _Said(
        N_("Accessibility"), lambda e: _names(Vocabulary.ACCESSIBILITY, e.accessibility)
    ),
    Field.STATUS: _Said(N_("Open or closed"), _status),
    Field.ALERT: _Said(N_("Notice on top of the page"), lambda e: _typed(e.alert)),
    Field.OPENINGS: _Said(N_("Openings"), lambda e: _openings_kept(e.openings, e.time_zone)),
    Field.WAIT: _Said(N_("Wait"), lambda e: kept_words.wait(e.openings)),
    Field.HOLD: _Said(
        N_("Openings are held for a referral"), lambda e: kept_words.hold(e.openings)
    ),
    Field.STARTS: _Said(N_("First day of the class"), lambda e: kept_words.starts(e.openings)),
    Field.WAITING_LIST: _Said(N_("Waiting list"), lambda e: kept_words.waiting_list(e.openings)),
}

CHOOSE_A_FACT: Final = N_("Choose which fact is wrong.")
CHOOSE_HOW_LONG: Final = N_("Choose for how long nobody is taken.")
