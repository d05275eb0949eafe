"""What of a listing can be edited, and what an edit changes, in words. Pure.

``FIELDS`` is the one table of editable facts: the page that shows the difference, the history and
the commands read it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.directory import wording
from resourcedir.directory.facts import CostFact, ListingFacts, OpeningsFact, PhoneFact
from resourcedir.directory.hours import DEFAULT_ZONE
from resourcedir.directory.kinds import ListingKind, PhoneType, RuleKind, Stance
from resourcedir.directory.offering import zone_of
from resourcedir.directory.wording import Phrase
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
    OFFENSES = "offenses"
    DOCUMENTS = "documents"
    SOBRIETY = "sobriety"
    ELIGIBILITY = "eligibility"
    COST = "cost"
    STATUS = "status"
    ALERT = "alert"
    OPENINGS = "openings"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEdit:
    """Everything that an editor says of a listing. ``hours`` is text that ``hours.parse`` reads.

    Empty means not known, as in ``ListingFacts``; ``time_zone`` is only for words.
    """

    description: str = ""
    hours: str = ""
    phones: tuple[PhoneFact, ...] = ()
    languages: frozenset[str] = frozenset()
    minimum_age: int | None = None
    maximum_age: int | None = None
    genders: frozenset[str] = frozenset()
    offenses: Mapping[str, Stance] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    sobriety_days: int | None = None
    eligibility: str = ""
    cost: CostFact | None = None
    temporarily_closed: bool = False
    alert: str = ""
    openings: OpeningsFact | None = None
    time_zone: str = DEFAULT_ZONE


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in words."""

    field: Field
    before: Phrase
    after: Phrase


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
        genders=frozenset(
            each.code
            for each in rules
            if each.kind is RuleKind.GENDER and each.code and each.stance is not Stance.EXCLUDED
        ),
        offenses={
            each.code: each.stance for each in rules if each.kind is RuleKind.OFFENSE and each.code
        },
        documents=frozenset(
            each.code
            for each in rules
            if each.kind is RuleKind.DOCUMENT and each.code and each.stance is Stance.REQUIRED
        ),
        sobriety_days=next(
            (
                0 if each.stance is Stance.ACCEPTED else each.amount
                for each in rules
                if each.kind is RuleKind.SOBRIETY_DAYS
            ),
            None,
        ),
        eligibility=facts.eligibility or "",
        cost=facts.cost,
        temporarily_closed=facts.temporarily_closed,
        alert=facts.alert or "",
        openings=facts.openings,
        time_zone=zone_of(facts),
    )


def fields_of(kind: ListingKind) -> tuple[Field, ...]:
    """Return what can be edited of such a listing."""
    return tuple(Field) if kind is ListingKind.SERVICE else _OF_JOBS


def changes(
    facts: ListingFacts, edit: ListingEdit, language: str = "en"
) -> tuple[FieldChange, ...]:
    """Return what ``edit`` changes, in the order of the page; names of codes in ``language``."""
    present = edit_of(facts)
    found = (
        FieldChange(each, FIELDS[each].words(present, language), FIELDS[each].words(edit, language))
        for each in fields_of(facts.kind)
    )
    return tuple(change for change in found if str(change.before) != str(change.after))


@dataclass(frozen=True, slots=True)
class _Said:
    label: str
    words: Callable[[ListingEdit, str], Phrase]


_NOT_KNOWN: Final = Phrase(N_("not known"))
_NONE_SAID: Final = Phrase(N_("nothing said"))
_OF_JOBS: Final = (Field.DESCRIPTION, Field.PHONES, Field.AGES, Field.OFFENSES, Field.DOCUMENTS)


def _plain(text: str, empty: Phrase = _NONE_SAID) -> Phrase:
    return Phrase("%(text)s", {"text": text}) if text else empty


def _names(vocabulary: Vocabulary, codes: frozenset[str], language: str) -> Phrase:
    names = sorted(wording.name(vocabulary, code, language) for code in codes)
    return _plain(", ".join(names), _NOT_KNOWN)


def _phones(edit: ListingEdit, _language: str) -> Phrase:
    said = (
        " ".join(
            part
            for part in (
                each.number,
                each.extension and f"x{each.extension}",
                each.type.value if each.type is not PhoneType.VOICE else None,
                each.description and f"({each.description})",
            )
            if part
        )
        for each in edit.phones
    )
    return _plain("; ".join(said), _NOT_KNOWN)


def _offenses(edit: ListingEdit, language: str) -> Phrase:
    named = sorted(
        (wording.name(Vocabulary.OFFENSE, code, language), stance)
        for code, stance in edit.offenses.items()
    )
    if not named:
        return _NONE_SAID
    values: dict[str, str | int | Phrase] = {}
    for place, (name, stance) in enumerate(named):
        values |= {f"name{place}": name, f"stance{place}": Phrase(wording.STANCES[stance])}
    pattern = "; ".join(f"%(name{place})s: %(stance{place})s" for place in range(len(named)))
    return Phrase(pattern, values)


def _ages(edit: ListingEdit, _language: str) -> Phrase:
    return wording.age_range(edit.minimum_age, edit.maximum_age) or Phrase(N_("any age"))


def _sobriety(edit: ListingEdit, _language: str) -> Phrase:
    return _NONE_SAID if edit.sobriety_days is None else wording.sobriety(edit.sobriety_days)


def _cost(edit: ListingEdit, _language: str) -> Phrase:
    if (cost := edit.cost) is None:
        return _NOT_KNOWN
    amount = "" if cost.amount is None else f"${cost.amount:f}"
    rest = " ".join(part for part in (amount, cost.description) if part)
    kind = Phrase(wording.COSTS[cost.kind])
    return Phrase("%(kind)s, %(rest)s", {"kind": kind, "rest": rest}) if rest else kind


def _status(edit: ListingEdit, _language: str) -> Phrase:
    if edit.temporarily_closed:
        return Phrase(N_("temporarily closed"))
    return Phrase(N_("open"))


def _openings(edit: ListingEdit, _language: str) -> Phrase:
    return openings_words(edit.openings, edit.time_zone)


def openings_words(fact: OpeningsFact | None, time_zone: str) -> Phrase:
    """Return a count and the time on the clock of the place when it was true."""
    if fact is None:
        return _NOT_KNOWN
    values: dict[str, str | int | Phrase] = {
        "what": Phrase(wording.UNITS[fact.unit]),
        "free": fact.available,
        "as_of": _moment(fact.as_of, time_zone),
    }
    if fact.maximum is None:
        return Phrase(N_("%(what)s: %(free)s free, as of %(as_of)s"), values)
    return Phrase(
        N_("%(what)s: %(free)s free of %(all)s, as of %(as_of)s"), {**values, "all": fact.maximum}
    )


def _moment(at: datetime, time_zone: str) -> str:
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{local:%Y-%m-%d %H:%M}"


FIELDS: Final[Mapping[Field, _Said]] = {
    Field.DESCRIPTION: _Said(N_("Description"), lambda e, _: _plain(e.description)),
    Field.HOURS: _Said(N_("Hours"), lambda e, _: _plain(e.hours, _NOT_KNOWN)),
    Field.PHONES: _Said(N_("Phones"), _phones),
    Field.LANGUAGES: _Said(
        N_("Languages"), lambda e, lang: _names(Vocabulary.LANGUAGE, e.languages, lang)
    ),
    Field.AGES: _Said(N_("Ages"), _ages),
    Field.GENDERS: _Said(
        N_("Who can come"), lambda e, lang: _names(Vocabulary.GENDER, e.genders, lang)
    ),
    Field.OFFENSES: _Said(N_("Offenses"), _offenses),
    Field.DOCUMENTS: _Said(
        N_("Papers needed"), lambda e, lang: _names(Vocabulary.DOCUMENT, e.documents, lang)
    ),
    Field.SOBRIETY: _Said(N_("Days sober"), _sobriety),
    Field.ELIGIBILITY: _Said(
        N_("Who it is for, in your words"), lambda e, _: _plain(e.eligibility)
    ),
    Field.COST: _Said(N_("Cost"), _cost),
    Field.STATUS: _Said(N_("Open or closed"), _status),
    Field.ALERT: _Said(N_("Notice on top of the page"), lambda e, _: _plain(e.alert)),
    Field.OPENINGS: _Said(N_("Openings"), _openings),
}

CHOOSE_A_FACT: Final = N_("Choose which fact is wrong.")
