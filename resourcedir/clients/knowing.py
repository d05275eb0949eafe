"""Puts what is recorded of a client together for matching: ``facts.Known``. Reads no database.

What is recorded exactly goes before what follows from the card: a day of birth before the year, a
county before that of the home ZIP code.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from uuid import UUID

from resourcedir.clients.card import ClientCard
from resourcedir.clients.fact_values import ANSWERED, Value, parse, told_in
from resourcedir.clients.facts import (
    NOTHING,
    Answers,
    Born,
    Fact,
    Facts,
    Home,
    Income,
    Known,
    Limits,
    Pets,
    Residence,
    Sober,
    Told,
    Transport,
    Zone,
)
from resourcedir.places.distance import KM_PER_MILE
from resourcedir.places.finding import find_place
from resourcedir.places.names import COUNTRY
from resourcedir.places.place import Place, PlaceNotFound, areas_of
from resourcedir.places.point import Point


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact with who says so and of which day it is; ``value`` is as ``fact_values`` has it.

    ``told_of`` says it of each entry of a list that is answered word by word.
    """

    fact: Fact
    value: Value
    told: Told
    told_of: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRow:
    """A place to keep away from, for the pages of the client's own record and no others.

    ``label`` and ``address`` may name a victim.
    """

    id: UUID
    number: int
    label: str
    address: str
    point: Point | None
    error_m: float
    buffer_m: float
    told: Told

    @property
    def zone(self) -> Zone:
        """What may be read elsewhere."""
        return Zone(self.number, self.point, self.error_m, self.buffer_m, self.told)


def fact_row(fact: Fact, text: str, told: Told) -> FactRow:
    """Return a fact as it is kept: ``text`` is what ``fact_values`` wrote."""
    told_of = told_in(text, told) if fact in ANSWERED else {}
    return FactRow(fact, parse(fact, text), told, told_of)


def known(
    card: ClientCard, rows: Sequence[FactRow], zones: Sequence[ZoneRow], time_zone: str
) -> Known:
    """Return everything that a match reads of one client."""
    values = {row.fact: row.value for row in rows}
    told = {row.fact: row.told for row in rows}
    home = _home(card.home_zip)
    miles = cast(float | None, values.get(Fact.FARTHEST))
    return Known(
        _facts(card, values, told, home),
        Limits(
            zones=tuple(row.zone for row in zones),
            stay_within=cast(str | None, values.get(Fact.STAY_WITHIN)),
            home=Home(home.point, home.error_m) if home else None,
            farthest_km=None if miles is None else miles * KM_PER_MILE,
            transport=cast(Transport | None, values.get(Fact.TRANSPORT)),
            access=cast(frozenset[str], values.get(Fact.ACCESS, frozenset())),
            languages=card.languages,
            curfew=card.curfew,
            work=card.work_hours,
            time_zone=time_zone,
        ),
        told,
        {(row.fact, code): each for row in rows for code, each in row.told_of.items()},
    )


def _facts(
    card: ClientCard, values: Mapping[Fact, Value], told: Mapping[Fact, Told], home: Place | None
) -> Facts:
    days = cast(int | None, values.get(Fact.SOBRIETY))
    return Facts(
        born=_born(cast(date | None, values.get(Fact.BIRTH)), card.birth_year),
        gender=cast(str | None, values.get(Fact.GENDER)),
        veteran=cast(bool | None, values.get(Fact.VETERAN)),
        pregnant=cast(bool | None, values.get(Fact.PREGNANT)),
        pregnant_on=_day(told, Fact.PREGNANT),
        dependents=cast(int | None, values.get(Fact.DEPENDENTS)),
        pets=cast(Pets | None, values.get(Fact.PETS)),
        payers=cast(frozenset[str] | None, values.get(Fact.PAYERS)),
        income=cast(Income | None, values.get(Fact.INCOME)),
        documents=cast(Answers, values.get(Fact.DOCUMENTS, NOTHING)),
        offenses=cast(Answers, values.get(Fact.OFFENSES, NOTHING)),
        warrant=cast(bool | None, values.get(Fact.WARRANT)),
        warrant_on=_day(told, Fact.WARRANT),
        medications=cast(Answers, values.get(Fact.MEDICATIONS, NOTHING)),
        sober=None if days is None else Sober(days, told[Fact.SOBRIETY].on),
        residence=_residence(cast(str | None, values.get(Fact.COUNTY)), home),
        release_on=cast(date | None, values.get(Fact.RELEASE_ON)),
    )


def _day(told: Mapping[Fact, Told], fact: Fact) -> date | None:
    return told[fact].on if fact in told else None


def _born(on: date | None, year: str) -> Born | None:
    if on is not None:
        return Born(on, on)
    if len(year) == 4 and year.isascii() and year.isdecimal() and int(year):
        return Born(date(int(year), 1, 1), date(int(year), 12, 31))
    return None


def _home(zip_code: str) -> Place | None:
    try:
        return find_place(zip_code, home_state=None) if zip_code else None
    except PlaceNotFound:
        return None


def _residence(county: str | None, home: Place | None) -> Residence | None:
    if county is not None:
        return Residence(frozenset({COUNTRY, county.partition("/")[0], county}))
    return Residence(areas_of(home), by_zip=True) if home else None
