"""Reads ``eligibility_scenarios.csv``: what officers can read, as facts, rules and limits.

A cell is divided by ";" into "name: value". What no cell says is not known.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
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
    Zone,
)
from resourcedir.clients.zone_values import meters
from resourcedir.directory.facts import (
    CostFact,
    JobFact,
    ListingFacts,
    OpeningsFact,
    PlaceFact,
    RuleFact,
)
from resourcedir.directory.hours import parse
from resourcedir.directory.kinds import (
    CostKind,
    ListingKind,
    RuleKind,
    ServiceStatus,
    Shift,
    Stance,
    Unit,
)
from resourcedir.matching.explaining import Explained, explain
from resourcedir.matching.judging import Ground, judge
from resourcedir.matching.verdicts import Verdict
from resourcedir.places.distance import KM_PER_MILE
from resourcedir.places.point import Point
from resourcedir.taxonomy.vocabulary import Vocabulary, codes

TABLE = Path(__file__).parents[1] / "eligibility_scenarios.csv"
VERDICTS = {
    "yes": Verdict.YES,
    "call first": Verdict.CALL,
    "not known": Verdict.NOT_KNOWN,
    "no": Verdict.NO,
}
CLOCK = "America/New_York"


@dataclass(frozen=True)
class Scenario:
    """One row of the table."""

    number: int
    situation: str
    known: Known
    listing: ListingFacts
    today: date
    verdict: Verdict
    reason: str

    def explained(self, language: str = "en") -> Explained:
        judged = judge(Ground.of(self.listing), self.known, self.today)
        return explain(judged.findings, self.known, self.listing, self.today, language)


def scenarios() -> list[Scenario]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [scenario(row) for row in csv.DictReader(file)]


def scenario(row: dict[str, str]) -> Scenario:
    return Scenario(
        int(row["number"]),
        row["situation"],
        known(row["client"]),
        listing(row["asks"], row["place"], row["need"]),
        date.fromisoformat(row["today"]),
        VERDICTS[row["verdict"]],
        row["reason"],
    )


def pairs(cell: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, (each.strip() for each in cell.split(";"))):
        name, colon, value = part.partition(":")
        assert colon, f"{part!r} is no name: value"
        yield name.strip(), value.strip()


def words(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()]


def known(cell: str) -> Known:
    facts, limits, zones = {}, {}, []
    for name, value in pairs(cell):
        if name == "zone":
            zones.append(zone(len(zones) + 1, value))
        elif name in LIMITS:
            field, read = LIMITS[name]
            limits[field] = read(value)
        else:
            field, read = FACTS[name]
            facts[field] = read(value)
        if name in {"pregnant", "warrant"}:
            facts[name], facts[f"{name}_on"] = facts[name]
    zone_name = limits.get("time_zone", CLOCK)
    for each in ("curfew", "work"):
        if each in limits:
            limits[each] = parse(limits[each].replace(" and ", "; "), zone_name)
    limits["time_zone"] = zone_name
    return Known(Facts(**facts), Limits(zones=tuple(zones), **limits))


def zone(number: int, value: str) -> Zone:
    """Read "35.0456 -85.3097, 1000 ft, +-50 m" or "in words, 1000 ft"."""
    where, feet, *error = words(value)
    error_m = float(error[0].strip("+- m")) if error else 0.0
    point = None if where == "in words" else at(where)
    return Zone(number, point, error_m, meters(float(feet.removesuffix(" ft"))))


def at(value: str) -> Point:
    latitude, longitude = value.split()
    return Point(float(latitude), float(longitude))


def born(value: str) -> Born:
    if len(value) == 4:
        return Born(date(int(value), 1, 1), date(int(value), 12, 31))
    return Born(date.fromisoformat(value), date.fromisoformat(value))


def answers(vocabulary: Vocabulary):
    def read(value: str) -> Answers:
        if value == "none":
            return Answers(no=frozenset(codes(vocabulary)))
        said = words(value)
        no = {each.removeprefix("no ") for each in said if each.startswith("no ")}
        if "no others" in said:
            no = set(codes(vocabulary)) - set(said)
        return Answers(
            frozenset(each for each in said if not each.startswith("no ")), frozenset(no)
        )

    return read


def sober(value: str) -> Sober:
    days, _, on = value.partition(" on ")
    return Sober(int(days), date.fromisoformat(on))


def residence(value: str) -> Residence:
    area = value.removesuffix(" by ZIP code")
    return Residence(frozenset({"US", area.partition("/")[0], area}), by_zip=area != value)


def on_a_day(value: str) -> tuple[bool, date | None]:
    """Read "yes" or "no on 2026-01-08"."""
    said, _, on = value.partition(" on ")
    return yes(said), date.fromisoformat(on) if on else None


def free(value: str) -> OpeningsFact:
    """Read "0 on 2026-03-10", at noon in Greenwich."""
    count, _, on = value.partition(" on ")
    as_of = datetime.combine(date.fromisoformat(on), time(12), UTC)
    return OpeningsFact(Unit.BED, int(count), None, as_of)


def yes(value: str) -> bool:
    return {"yes": True, "no": False}[value]


def home(value: str) -> Home:
    where, error = words(value)
    return Home(at(where), float(error.strip("+- m")))


FACTS = {
    "born": ("born", born),
    "gender": ("gender", str),
    "veteran": ("veteran", yes),
    "pregnant": ("pregnant", on_a_day),
    "children": ("dependents", int),
    "animal": ("pets", Pets),
    "payers": ("payers", lambda value: frozenset(words(value)) - {"nobody"}),
    "income": ("income", Income),
    "documents": ("documents", answers(Vocabulary.DOCUMENT)),
    "offenses": ("offenses", answers(Vocabulary.OFFENSE)),
    "warrant": ("warrant", on_a_day),
    "medications": ("medications", answers(Vocabulary.MEDICATION)),
    "sober": ("sober", sober),
    "lives in": ("residence", residence),
    "release": ("release_on", date.fromisoformat),
}
LIMITS = {
    "may not leave": ("stay_within", str),
    "home": ("home", home),
    "farthest": ("farthest_km", lambda value: float(value.removesuffix(" mi")) * KM_PER_MILE),
    "access": ("access", lambda value: frozenset(words(value))),
    "languages": ("languages", lambda value: tuple(words(value))),
    "curfew": ("curfew", str),
    "work": ("work", str),
    "clock": ("time_zone", str),
}
STANCES = {
    " required": Stance.REQUIRED,
    " accepted": Stance.ACCEPTED,
    " case by case": Stance.CASE_BY_CASE,
    " excluded": Stance.EXCLUDED,
}
USUAL = {
    RuleKind.DOCUMENT: Stance.REQUIRED,
    RuleKind.RESIDENCY: Stance.REQUIRED,
    RuleKind.REFERRAL_SOURCE: Stance.ACCEPTED,
}


def listing(asks: str, place: str, need: str) -> ListingFacts:
    given, rules = {}, []
    for name, value in pairs(asks):
        if name in KINDS:
            rules += [rule(KINDS[name], each) for each in words(value)]
        else:
            field, read = OFFERS[name]
            given[field] = read(value)
    if "shift" in given:
        given["job"] = replace(given.get("job", JobFact()), shift=given.pop("shift"))
    cells = dict(pairs(place))
    clock = cells.pop("clock", CLOCK)
    return ListingFacts(
        number=1,
        version=1,
        kind=ListingKind.JOB_LEAD if need == "job-lead" else ListingKind.SERVICE,
        resource_id=UUID(int=1),
        organization_id=UUID(int=2),
        organization="O",
        name="N",
        time_zone=clock,
        terms=(need,),
        rules=tuple(rules),
        **given,
        **somewhere(cells, clock),
    )


def rule(kind: RuleKind, value: str) -> RuleFact:
    """Read "arson case by case", "any accepted", "30 days required", "state-id", "in words ..."."""
    if value.startswith("in words "):
        return RuleFact(kind, None, Stance.REQUIRED, note=value.removeprefix("in words "))
    stance = USUAL.get(kind)
    for ending, each in STANCES.items():
        if f" {value}".endswith(ending):
            value, stance = f" {value}".removesuffix(ending).strip(), each
    assert stance is not None, value
    if value.endswith(" days"):
        return RuleFact(kind, None, stance, int(value.removesuffix(" days")))
    code = None if value in {"", "any"} and kind is not RuleKind.GENDER else value
    return RuleFact(kind, code, stance)


def somewhere(cells: dict[str, str], clock: str) -> dict[str, object]:
    found: dict[str, object] = {
        "confidential": cells.get("confidential") == "yes",
        "languages": tuple(words(cells.get("languages", ""))),
        "hours": parse(cells["hours"].replace(" and ", "; "), clock) if "hours" in cells else None,
    }
    if "in" not in cells:
        return found
    state, _, county = cells["in"].partition("/")
    point, error = None, None
    if "at" in cells:
        where, around = words(cells["at"])
        point, error = at(where), int(around.strip("+- m"))
    found["place"] = PlaceFact(
        name=None,
        address_1="1 A St",
        address_2=None,
        city="C",
        county=county or None,
        state=state,
        zip="37404",
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        error_m=error,
        time_zone=clock,
        accessibility=tuple(words(cells.get("access", ""))),
    )
    return found


KINDS = {kind.value.replace("_", " "): kind for kind in RuleKind}
OFFERS = {
    "aged at least": ("minimum_age", int),
    "aged at most": ("maximum_age", int),
    "payers": ("payers", lambda value: tuple(words(value))),
    "cost": ("cost", lambda value: CostFact(CostKind(value))),
    "gives": ("medications", lambda value: tuple(words(value))),
    "paused through": ("paused_until", date.fromisoformat),
    "status": ("status", ServiceStatus),
    "withdrawn": ("withdrawn", yes),
    "free": ("openings", free),
    "shift": ("shift", Shift),
    "apply by": ("job", lambda value: JobFact(closes_on=date.fromisoformat(value))),
}
