"""What of a listing can be found, filtered and counted. Pure: facts in, document out.

Nothing personal and no confidential place may come in here: the index is a plain file.
"""

from collections.abc import Iterator
from typing import Final

from resourcedir.directory.asking import asked_by
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.hours import DAYS, span_text
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.offering import runs
from resourcedir.directory.openings import known_until, pause_ends_at
from resourcedir.directory.ruling import offenses_taken
from resourcedir.directory.whereabouts import LATEST, minutes, offered, told_at
from resourcedir.engine.analysis import raw_words
from resourcedir.engine.documents import Column, ColumnKind, Document, Layout
from resourcedir.search.weights import TEXTS
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary

RECORD: Final = ("referred", "answered", "started", "completed")
"""What came of earlier referrals: counts, a column each."""

LAYOUT: Final = Layout(
    # Raised with every change of what a document says of a listing.
    version="7",
    usual_length=600,  # a facility of the national file has 690 on average (words by weight)
    columns={
        "openings_from": Column(ColumnKind.INTEGER),
        "openings_until": Column(ColumnKind.INTEGER),
        "openings_at": Column(ColumnKind.INTEGER),
        "checked_at": Column(ColumnKind.INTEGER),
        "spot": Column(ColumnKind.FLAG),
        "error_m": Column(ColumnKind.INTEGER),
        "bed": Column(ColumnKind.FLAG),
        "shift": Column(ColumnKind.FLAG),
        "runs": Column(ColumnKind.FLAG),
        **{name: Column(ColumnKind.INTEGER) for name in RECORD},
    },
)

NAME, TERM, ORGANIZATION, BODY = (
    TEXTS[text].value for text in ("name", "term", "organization", "body")
)
LANGUAGES: Final = ("en", "es")


def document(facts: ListingFacts) -> Document:
    """Return the document of one listing; its key is the listing's number."""
    place, there = facts.place, offered(facts)
    point = (
        None
        if place is None or place.latitude is None or place.longitude is None
        else (place.latitude, place.longitude)
    )
    return Document(
        key=facts.number,
        texts=tuple((text, weight) for text, weight in _texts(facts) if text),
        keywords={
            "term": frozenset(
                term.code for code in facts.terms for term in taxonomy().lineage(code)
            ),
            "language": frozenset(facts.languages),
            "cost": frozenset() if facts.cost is None else frozenset({facts.cost.kind.value}),
            "payer": frozenset(facts.payers),
            "population": frozenset(facts.populations),
            "offense": offenses_taken(facts.rules),
            "hours": frozenset(_hours(facts)),
            "offers": frozenset(code for code in facts.terms if code in taxonomy()),
            "asks": frozenset(each.to_text() for each in asked_by(facts)),
            "access": there.access,
            "within": there.where.areas,
            "said": frozenset(_said(facts)),
            "says": frozenset(_says(facts)),
        },
        point=None if facts.confidential else point,
        areas=frozenset(code for code, _ in facts.areas),
        columns={
            **merits(facts),
            "spot": there.where.spot.value,
            "error_m": min(round(there.where.error_m), LATEST),
            "bed": int(there.bed),
            "shift": there.shift.value,
            "runs": int(runs(facts)),
        },
        sealed=facts.confidential,
    )


def merits(facts: ListingFacts) -> dict[str, int]:
    """Return the columns that speak for a listing: free places, freshness, what came of earlier."""
    return {
        "openings_from": _openings_from(facts),
        "openings_until": _openings_until(facts),
        "openings_at": told_at(facts),
        "checked_at": minutes(facts.checked_at) if facts.checked_at else 0,
        **_record(facts),
    }


def _texts(facts: ListingFacts) -> Iterator[tuple[str, float]]:
    yield facts.name, NAME
    yield facts.alternate_name or "", NAME
    yield facts.organization, ORGANIZATION
    yield facts.description, BODY
    for code in facts.terms:
        for term in taxonomy().lineage(code):
            yield f"{term.name_en} {term.name_es}", TERM
    for attribute in facts.attributes:
        yield f"{attribute.name} {attribute.name_es}", BODY
    for kind, codes in (
        (Vocabulary.POPULATION, facts.populations),
        (Vocabulary.PAYER, facts.payers),
        (Vocabulary.MEDICATION, facts.medications),
        (Vocabulary.LANGUAGE, facts.languages),
    ):
        for code in codes:
            yield " ".join(vocabulary.label(kind, code, each) for each in LANGUAGES), BODY
    if facts.place is not None and not facts.confidential:
        yield f"{facts.place.city} {facts.place.zip} {facts.place.county or ''}", BODY


def _says(facts: ListingFacts) -> Iterator[str]:
    """Yield codes of what it states, of its medicines, and of those (and whom) people may bring."""
    yield from (each.code for each in facts.attributes)
    yield from facts.medications
    for rule in facts.rules:
        if rule.stance is Stance.ACCEPTED:
            if rule.kind is RuleKind.MEDICATION and rule.code:
                yield f"takes-{rule.code}"
            elif rule.kind in {RuleKind.PETS, RuleKind.CHILDREN}:
                yield f"takes-{rule.kind.value}"


def _said(facts: ListingFacts) -> Iterator[str]:
    """Yield the words of its names, folded but not stemmed: what a misspelt word may mean."""
    for name in (facts.name, facts.alternate_name or "", facts.organization):
        yield from raw_words(name)


def _hours(facts: ListingFacts) -> Iterator[str]:
    """Yield time zone and hours, one span of one day each; none where they do not hold now."""
    if facts.hours is None or not runs(facts):
        return
    for day, spans in zip(DAYS, facts.hours.days, strict=True):
        for span in spans or ():
            yield f"{facts.hours.time_zone}|{day} {span_text(span)}"


def _record(facts: ListingFacts) -> dict[str, int]:
    known = facts.record
    return {name: getattr(known, name) for name in RECORD} if known else {}


def _openings_from(facts: ListingFacts) -> int:
    """Return from when on free places are offered: when the pause ends; 0 where there is none."""
    if facts.paused_until is None:
        return 0
    return minutes(pause_ends_at(facts.paused_until, facts.time_zone))


def _openings_until(facts: ListingFacts) -> int:
    """Return until when the count of free places may be believed; 0 where none is free."""
    if facts.openings is None or not facts.openings.available or not runs(facts):
        return 0
    return minutes(known_until(facts.openings, facts.terms, facts.time_zone))
