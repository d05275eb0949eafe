"""Listings and clients made up by chance, with all that verdicts can rest on; close together."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from resourcedir.clients.facts import (
    Answers,
    Born,
    Facts,
    Home,
    Income,
    Known,
    Limits,
    Pets,
    Residence,
    Sober,
    Transport,
    Zone,
)
from resourcedir.directory.facts import (
    CostFact,
    JobFact,
    ListingFacts,
    OpeningsFact,
    PlaceFact,
    RecordFact,
    RuleFact,
)
from resourcedir.directory.hours import parse
from resourcedir.directory.kinds import (
    CostKind,
    ListingKind,
    RuleKind,
    ServiceStatus,
    Stance,
    Unit,
)
from resourcedir.places.point import Point

NOW = datetime(2026, 3, 12, 16, tzinfo=UTC)
TODAY = NOW.date()
ZONES = ("America/New_York", "America/Chicago", "America/Phoenix", "UTC")
CODES = {
    RuleKind.GENDER: ("men", "women", "nonbinary"),
    RuleKind.POPULATION: ("veterans", "pregnant", "families", "hiv", "youth", "leaving-custody"),
    RuleKind.OFFENSE: ("", "arson", "sexual", "violent", "registry"),
    RuleKind.WARRANT: ("",),
    RuleKind.RESIDENCY: ("TN", "TN/Hamilton", "TN/Bradley", "GA", "GA/Walker"),
    RuleKind.DOCUMENT: ("photo-id", "state-id", "court-order", "birth-certificate"),
    RuleKind.MEDICATION: ("", "methadone", "buprenorphine", "psychiatric"),
    RuleKind.SOBRIETY_DAYS: ("",),
    RuleKind.REFERRAL_SOURCE: ("officer", "self", "court", "hospital"),
    RuleKind.PETS: ("",),
    RuleKind.CHILDREN: ("",),
}
TERMS = (
    "halfway-house",
    "sober-living",
    "detox",
    "job-lead",
    "ged-classes",
    "outpatient-treatment",
)
PAYERS = ("medicaid", "medicare", "va", "self-pay", "free", "uninsured", "sliding-fee")
ACCESS = ("wheelchair", "elevator", "hearing")
LANGUAGES = ("en", "es", "fr")
HOURS = (
    "24/7",
    "Mo-Fr 08:00-17:00",
    "Mo-Su 20:00-06:00",
    "Sa 09:00-09:20",
    "Sa,Su 10:00-12:00,13:00-15:00; Mo closed",
    "Su 22:00-02:00",
    "Mo closed",
)
COUNTIES = (("TN", "Hamilton"), ("TN", "Bradley County"), ("TN", None), ("GA", "Walker"))


@dataclass(frozen=True)
class Chance:
    """Draws; ``draw`` may be one of Hypothesis's, which makes failures small."""

    draw: Random

    def one(self, *of: Any) -> Any:
        return of[self.draw.randrange(len(of))]

    def often(self) -> bool:
        return self.draw.randrange(4) > 0

    def some(self, of: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
        return tuple(sorted({self.one(*of) for _ in range(self.draw.randrange(most + 1))}))

    def maybe(self, value: Any) -> Any:
        return value if self.often() else None


def listing(number: int, draw: Random) -> ListingFacts:
    """Return a listing of any kind."""
    at = Chance(draw)
    zone = at.one(*ZONES)
    return ListingFacts(
        number=number,
        version=1,
        kind=ListingKind.SERVICE,
        resource_id=UUID(int=number),
        organization_id=UUID(int=number % 7),
        organization="Riverbend Recovery",
        name=at.one("Riverbend House", "Northgate Clinic", "Ridge Classes"),
        description=at.one("", "A house with beds", "Evening classes, beds and groups"),
        time_zone=zone,
        status=at.one(*[ServiceStatus.ACTIVE] * 6, *ServiceStatus),
        paused_until=at.one(None, None, TODAY - timedelta(1), TODAY, TODAY + timedelta(9)),
        confidential=at.one(True, *[False] * 5),
        checked_at=at.maybe(NOW - timedelta(days=draw.randrange(500))),
        terms=at.some(TERMS),
        payers=at.some(PAYERS),
        medications=at.some(CODES[RuleKind.MEDICATION][1:], 1),
        languages=at.some(LANGUAGES, 2),
        cost=at.maybe(CostFact(at.one(*CostKind), Decimal(5))),
        place=place(at, zone) if at.often() else None,
        areas=(("TN", "Tennessee"),),
        hours=at.maybe(parse(at.one(*HOURS), at.one(*ZONES))),
        minimum_age=at.one(None, 18, 21),
        maximum_age=at.one(None, 64, 25),
        rules=tuple(rules(at)),
        openings=openings(at) if at.often() else None,
        job=at.one(None, None, JobFact(closes_on=at.one(TODAY, TODAY - timedelta(1)))),
        record=record(at) if at.often() else None,
    )


def place(at: Chance, zone: str) -> PlaceFact:
    state, county = at.one(*COUNTIES)
    latitude, longitude = point(at) if at.often() else (None, None)
    return PlaceFact(
        name=None,
        address_1="1510 N Holtzclaw Ave",
        address_2=None,
        city="Chattanooga",
        county=county,
        state=state,
        zip="37404",
        latitude=latitude,
        longitude=longitude,
        error_m=None if latitude is None else at.one(0, 50, 150, 151, 2400),
        time_zone=zone,
        accessibility=at.some(ACCESS, 2),
    )


def point(at: Chance) -> tuple[float, float]:
    """Return one of few places, or up to half a mile beside it."""
    latitude, longitude = at.one((35.0456, -85.3097), (35.05, -85.3), (34.87, -85.1))
    north, east = at.draw.randrange(8) / 1_000, at.one(0.0, 1e-6, 0.0031)
    return round(latitude + north, 6), round(longitude + east, 6)


def rules(at: Chance) -> list[RuleFact]:
    found = []
    for _ in range(at.draw.randrange(5)):
        kind = at.one(*CODES)
        stances = {RuleKind.RESIDENCY: (Stance.REQUIRED,), RuleKind.DOCUMENT: (Stance.REQUIRED,)}
        stance = at.one(*stances.get(kind, tuple(Stance)))
        amount = at.one(0, 14, 30, 90) if kind is RuleKind.SOBRIETY_DAYS else None
        found.append(RuleFact(kind, at.one(*CODES[kind]) or None, stance, amount))
    return found


def openings(at: Chance) -> OpeningsFact:
    told = NOW - timedelta(hours=at.draw.randrange(500))
    return OpeningsFact(Unit.BED, at.draw.randrange(3), at.maybe(9), told)


def record(at: Chance) -> RecordFact:
    referred = at.draw.randrange(30)
    answered = at.draw.randrange(referred + 1)
    started = at.draw.randrange(answered + 1)
    return RecordFact(referred, answered, answered, started, at.draw.randrange(started + 1))


def known(draw: Random) -> Known:
    """Return what may be known of a client."""
    at = Chance(draw)
    return Known(client(at), bounds(at))


def client(at: Chance) -> Facts:
    return Facts(
        born=at.maybe(at.one(*(Born(date(year, 1, 1), date(year, 12, 31)) for year in BIRTHS))),
        gender=at.maybe(at.one(*CODES[RuleKind.GENDER])),
        veteran=at.one(None, True, False),
        pregnant=at.one(None, True, False),
        pregnant_on=TODAY - timedelta(at.draw.randrange(400)),
        dependents=at.one(None, 0, 2),
        pets=at.maybe(at.one(*Pets)),
        payers=at.maybe(frozenset(at.some(PAYERS))),
        income=at.maybe(at.one(*Income)),
        documents=answers(at, (*CODES[RuleKind.DOCUMENT], "drivers-license")),
        offenses=answers(at, CODES[RuleKind.OFFENSE][1:]),
        warrant=at.one(None, True, False),
        warrant_on=TODAY - timedelta(at.draw.randrange(200)),
        medications=answers(at, (*CODES[RuleKind.MEDICATION][1:], "naltrexone")),
        sober=at.maybe(Sober(at.one(0, 20, 100), TODAY - timedelta(at.draw.randrange(60)))),
        residence=at.maybe(
            Residence(frozenset({"US", "TN", at.one("TN/Hamilton", "TN/Bradley")}), at.one(0, 1))
        ),
        release_on=at.maybe(TODAY + timedelta(at.draw.randrange(-400, 90))),
    )


BIRTHS = (1955, 1962, 1989, 2001, 2005, 2007, 2008)


def answers(at: Chance, codes: tuple[str, ...]) -> Answers:
    """Return answers to some or all of the codes, or none."""
    told = {code: at.one(True, False, False, None) for code in codes} if at.often() else {}
    return Answers(
        frozenset(code for code, so in told.items() if so is True),
        frozenset(code for code, so in told.items() if so is False),
    )


def bounds(at: Chance) -> Limits:
    return Limits(
        zones=tuple(zone(at, number) for number in range(1, 1 + at.one(0, 0, 1, 2))),
        stay_within=at.one(None, None, "TN", "TN/Hamilton", "GA/Walker", "AL"),
        home=at.maybe(Home(Point(*point(at)), 2400.0)),
        farthest_km=at.one(None, 0.3, 8.04672, 30.0),
        transport=at.maybe(at.one(*Transport)),
        access=frozenset(at.some(ACCESS, at.one(0, 0, 2))),
        languages=at.one((), ("en",), ("es",), ("fr", "en"), ("es", "fr")),
        curfew=at.one(None, None, parse("Mo-Su 20:00-06:00", "UTC"), parse("24/7", "UTC")),
        work=at.one(None, None, parse("Mo-Fr 07:30-16:40", "UTC"), parse("Sa 09:10-09:30", "UTC")),
        time_zone=at.one(*ZONES),
    )


def zone(at: Chance, number: int) -> Zone:
    where = Point(*point(at)) if at.often() else None
    return Zone(number, where, at.one(0.0, 50.0, 150.0), at.one(50.0, 304.8, 800.0))
