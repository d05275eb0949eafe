"""Reads the judged clients and the places that were chosen for them."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from resourcedir.clients.card import ClientCard
from resourcedir.clients.fact_values import Value
from resourcedir.clients.facts import (
    Answers,
    Fact,
    FactSource,
    Income,
    Known,
    Pets,
    Told,
    Transport,
)
from resourcedir.clients.knowing import FactRow, ZoneRow, known
from resourcedir.clients.models import ContactBy, SupervisionType
from resourcedir.directory.hours import parse
from resourcedir.places.point import Point
from resourcedir.taxonomy.vocabulary import Vocabulary, codes

FOLDER: Final = Path(__file__).parent
ZONE: Final = "America/New_York"
METERS_PER_FOOT: Final = 0.3048
_NOBODY: Final = UUID(int=0)
_LISTS: Final = {
    Fact.DOCUMENTS: ("documents", Vocabulary.DOCUMENT),
    Fact.OFFENSES: ("offenses", Vocabulary.OFFENSE),
    Fact.MEDICATIONS: ("medications", Vocabulary.MEDICATION),
}
_INCOMES: Final = {"none": Income.NONE, "low": Income.LOW, "middle": Income.ABOVE}


@dataclass(frozen=True, slots=True)
class Judged:
    """One need of one client, and the keys of the three places to try first, best first."""

    client: str
    need: str
    best: tuple[str, str, str]
    why: str


@dataclass(frozen=True, slots=True)
class Invented:
    """One client: what is known, and where a search begins."""

    known: Known
    home_zip: str


def judgments() -> list[Judged]:
    """Return all that was judged, in the order of the table."""
    return [
        Judged(row["client"], row["need"], (row["first"], row["second"], row["third"]), row["why"])
        for row in _rows("judged.csv")
    ]


def clients(on: date) -> Mapping[str, Invented]:
    """Return the clients by name, as they are known on a day."""
    return {row["client"]: _client(row, on) for row in _rows("clients.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _client(row: Mapping[str, str], on: date) -> Invented:
    told = Told(FactSource.CLIENT, on)
    rows = [FactRow(fact, value, told) for fact, value in _values(row)]
    return Invented(known(_card(row), rows, list(_zones(row, told)), ZONE), row["home_zip"])


def _values(row: Mapping[str, str]) -> Iterator[tuple[Fact, Value]]:
    for fact, (column, vocabulary) in _LISTS.items():
        if row[column]:
            so = _codes(row[column])
            yield fact, Answers(so, frozenset(codes(vocabulary)) - so)
    for fact, column in ((Fact.ACCESS, "access"), (Fact.PAYERS, "payers")):
        if row[column]:
            yield fact, _codes(row[column])
    for fact, column in (
        (Fact.VETERAN, "veteran"),
        (Fact.PREGNANT, "pregnant"),
        (Fact.WARRANT, "warrants"),
    ):
        if row[column]:
            yield fact, row[column] == "yes"
    yield from _plain(row)


def _plain(row: Mapping[str, str]) -> Iterator[tuple[Fact, Value]]:
    readers: Mapping[Fact, tuple[str, type | object]] = {
        Fact.BIRTH: ("birth_date", date.fromisoformat),
        Fact.GENDER: ("gender", str),
        Fact.DEPENDENTS: ("dependents", int),
        Fact.PETS: ("pets", Pets),
        Fact.INCOME: ("income", _INCOMES.__getitem__),
        Fact.SOBRIETY: ("sober_days", int),
        Fact.TRANSPORT: ("transport", Transport),
        Fact.FARTHEST: ("farthest_miles", float),
        Fact.STAY_WITHIN: ("stay_within", str),
    }
    for fact, (column, read) in readers.items():
        if row[column]:
            yield fact, read(row[column])  # type: ignore[operator]


def _codes(cell: str) -> frozenset[str]:
    said = {part.strip() for part in cell.split(";")}
    return frozenset(said - {"none", ""})


def _zones(row: Mapping[str, str], told: Told) -> Iterator[ZoneRow]:
    for number, text in enumerate(filter(None, row["zones"].split("|")), 1):
        latitude, longitude, buffer_ft, error_m = map(float, text.split())
        yield ZoneRow(
            id=_NOBODY,
            number=number,
            label="",
            address="",
            point=Point(latitude, longitude),
            error_m=error_m,
            buffer_m=buffer_ft * METERS_PER_FOOT,
            told=told,
        )


def _card(row: Mapping[str, str]) -> ClientCard:
    return ClientCard(
        id=_NOBODY,
        version=1,
        officer_id=_NOBODY,
        officer_name="",
        name=row["client"],
        birth_year="",
        case_number=row["client"],
        supervision_type=SupervisionType.PROBATION,
        authority="",
        phone="",
        contact_by=ContactBy.CALL,
        leave_no_message=False,
        do_not_contact=False,
        home_zip=row["home_zip"],
        languages=tuple(part.strip() for part in row["languages"].split(";") if part.strip()),
        needs=(),
        curfew=parse(row["curfew"], ZONE) if row["curfew"] else None,
        work_hours=parse(row["work_hours"], ZONE) if row["work_hours"] else None,
    )
