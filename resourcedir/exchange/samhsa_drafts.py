"""Makes drafts of SAMHSA's facilities: what its codes mean in our words, and where they are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import (
    CostKind,
    ListingKind,
    LocationType,
    RuleKind,
    ServiceStatus,
    Stance,
)
from resourcedir.errors import Fault
from resourcedir.exchange import samhsa_codes
from resourcedir.exchange.csv_drafts import TAXONOMIES as CSV_TAXONOMIES
from resourcedir.exchange.csv_drafts import languages
from resourcedir.exchange.csv_rules import genders
from resourcedir.exchange.drafts import ListingDraft, OrganizationDraft, Rows
from resourcedir.exchange.locating import spot_of
from resourcedir.exchange.samhsa import Directory, Facility
from resourcedir.exchange.samhsa_codes import Kind
from resourcedir.exchange.samhsa_codes import Mapping as Meaning
from resourcedir.exchange.tables import new_id
from resourcedir.taxonomy.commands import NEED, TermRow, term_id
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary, words
from resourcedir.texts import N_, Phrase

SAMHSA: Final = "samhsa"
ABOUT: Final = "What SAMHSA's directories say of a facility, in our words"
TAXONOMIES: Final = CSV_TAXONOMIES | {SAMHSA}
_TERMS: Final = {
    Kind.TERM: NEED,
    Kind.POPULATION: str(Vocabulary.POPULATION),
    Kind.PAYER: str(Vocabulary.PAYER),
    Kind.MEDICATION: str(Vocabulary.MEDICATION),
}
_COSTS: Final = {"free": CostKind.FREE, "sliding-fee": CostKind.SLIDING}
_RULES: Final[Mapping[Kind, Callable[[str], RuleFact]]] = {
    Kind.ONLY_FOR: lambda code: RuleFact(RuleKind.POPULATION, code, Stance.REQUIRED),
    Kind.ALLOWED: lambda code: RuleFact(RuleKind.MEDICATION, code, Stance.ACCEPTED),
    Kind.CHILDREN: lambda stance: RuleFact(RuleKind.CHILDREN, None, Stance(stance)),
}
_NO_LIMIT: Final = 1000  # years


@dataclass(frozen=True, slots=True)
class CodeSense:
    """Everything that one code says of a facility."""

    terms: frozenset[UUID]
    languages: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    ages: tuple[tuple[int, int | None], ...] = ()
    costs: tuple[CostKind, ...] = ()
    rules: frozenset[RuleFact] = frozenset()


def terms_of(directory: Directory) -> list[TermRow]:
    """Return our labels of codes, and the published names of codes that we have no label for."""
    rows = [
        TermRow(code, label.label_en, label.label_es)
        for code, meanings in samhsa_codes.mappings().items()
        if (label := _own_label(meanings)) is not None
    ]
    return rows + [
        TermRow(code, directory.names[code], directory.names[code]) for code in unmapped(directory)
    ]


def unmapped(directory: Directory) -> list[str]:
    """Return the codes that facilities have and our table has not, in order."""
    used = {code for facility in directory.facilities for code in facility.codes}
    return sorted(used - set(samhsa_codes.mappings()))


def drafts_of(directory: Directory) -> Iterator[ListingDraft]:
    """Yield what each facility becomes: one service at one place."""
    sense = {code: _sense(code) for code in {*directory.names, *samhsa_codes.mappings()}}
    for facility in directory.facilities:
        yield _draft(directory.source, facility, [sense[code] for code in facility.codes])


def unlocated(directory: Directory) -> Iterator[Fault]:
    """Yield the rows whose ZIP code is not on the map."""
    for each in directory.facilities:
        if spot_of(each.zip, each.state).latitude is None:
            said = Phrase(N_("no place is known for the ZIP code %(zip)s"), {"zip": each.zip})
            yield Fault(said, each.line, "zip")


def _own_label(meanings: Iterable[Meaning]) -> Meaning | None:
    """Return the meaning whose label says more than the name of what it points to, if any does."""
    for each in meanings:
        if each.label_en != _target_name(each):
            return each
    return None


def _target_name(meaning: Meaning) -> str | None:
    if meaning.kind is Kind.TERM:
        return taxonomy()[meaning.target].name_en
    if meaning.kind in samhsa_codes.WITHOUT_NAME:
        return None
    return words()[samhsa_codes.list_of(meaning.kind)][meaning.target].name_en


def _sense(code: str) -> CodeSense:
    meanings: Mapping[str, tuple[Meaning, ...]] = samhsa_codes.mappings()
    found = meanings.get(code)
    if found is None:
        return CodeSense(frozenset({term_id(SAMHSA, code)}))
    terms = {term_id(_TERMS[each.kind], each.target) for each in found if each.kind in _TERMS}
    if _own_label(found) is not None:
        terms.add(term_id(SAMHSA, code))
    return CodeSense(
        frozenset(terms),
        languages=tuple(each.target for each in found if each.kind is Kind.LANGUAGE),
        genders=tuple(each.target for each in found if each.kind is Kind.GENDER),
        ages=tuple(each.ages for each in found if each.ages is not None),
        costs=tuple(
            _COSTS[each.target]
            for each in found
            if each.kind is Kind.PAYER and each.target in _COSTS
        ),
        rules=frozenset(_RULES[each.kind](each.target) for each in found if each.kind in _RULES),
    )


def _draft(source: str, facility: Facility, senses: list[CodeSense]) -> ListingDraft:
    ages = [pair for sense in senses for pair in sense.ages]
    spot = spot_of(facility.zip, facility.state)
    # One organization for a name in a state, in whichever of the two directories it is.
    owner = new_id("SAMHSA", "organization", facility.name1, facility.state)
    return ListingDraft(
        line=facility.line,
        source=source,
        key=facility.key,
        kind=ListingKind.SERVICE,
        resource_id=new_id(source, facility.key),
        organization=OrganizationDraft(owner, facility.name1),
        listing={
            "confidential": False,
            "time_zone": None,
            "checked_at": None,  # the file does not say of which day it is
            "withdrawn_at": None,
        },
        resource={
            "name": facility.service_name,
            "alternate_name": None,
            "description": "",
            "url": None,
            "email": None,
            "status": ServiceStatus.ACTIVE,
            "application_process": None,
            "eligibility_description": None,
            "minimum_age": min((low for low, _ in ages), default=0) or None,
            "maximum_age": _oldest(ages),
            "alert": None,
        },
        location={
            "location_type": LocationType.PHYSICAL,
            "name": None,
            "transportation": None,
            "latitude": spot.latitude,
            "longitude": spot.longitude,
            "position_error_m": spot.error_m,
            "time_zone": spot.time_zone,
        },
        sides={name: rows for name, rows in _sides(facility, senses, spot.county) if rows},
        terms=frozenset().union(*(sense.terms for sense in senses)),
        taxonomies=TAXONOMIES,
    )


def _spoken(named: set[str]) -> tuple[str, ...]:
    """Return the languages with English: the survey asks for those that are spoken besides."""
    return tuple(sorted(named | {"en"})) if named else ()


def _oldest(ages: Iterable[tuple[int, int | None]]) -> int | None:
    oldest = max((_NO_LIMIT if high is None else high for _, high in ages), default=_NO_LIMIT)
    return None if oldest == _NO_LIMIT else oldest


def _sides(
    facility: Facility, senses: list[CodeSense], county: str | None
) -> Iterator[tuple[str, Rows]]:
    where = (facility.city, county, facility.state, facility.zip)
    yield "address", frozenset({(facility.street1, facility.street2 or None, *where)})
    yield (
        "phones",
        frozenset(
            (each.number, each.extension, each.type, each.description, rank)
            for rank, each in enumerate(facility.phones)
        ),
    )
    yield "languages", languages(_spoken({code for sense in senses for code in sense.languages}))
    costs = {cost for sense in senses for cost in sense.costs}
    if len(costs) == 1:  # free and by income at once: which of them holds is not known
        yield "cost", frozenset({(costs.pop(), None, None)})
    said = sorted({code for sense in senses for code in sense.genders})
    rules = {*genders(said), *(rule for sense in senses for rule in sense.rules)}
    yield (
        "rules",
        frozenset((rule.kind, rule.code, rule.stance, rule.amount, rule.note) for rule in rules),
    )
