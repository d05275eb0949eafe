"""An invented directory whose listings ask what real ones do, and a client to match with it.

One listing in four asks as one of the seed does, most with one thing said otherwise; the others ask
what SAMHSA's file says of a facility: ages, gender, whom alone it serves, medications, children.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from bench.web import directory, stage
from bench.web.stage import KEPT, Stage
from resourcedir import clock, files
from resourcedir.clients import queries as clients
from resourcedir.clients.commands import ClientFacts, Deed, Need, add_client, set_needs
from resourcedir.clients.fact_commands import Said, record_facts
from resourcedir.clients.fact_values import Value
from resourcedir.clients.facts import Answers, Fact, FactSource
from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.clients.zone_commands import ZonePlace, add_zone
from resourcedir.db import writing
from resourcedir.directory import models as d
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.exchange.csv_import import drafted, read_csv
from resourcedir.extensions import db
from resourcedir.identity import Officer
from resourcedir.places.point import Point
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary

BATCH: Final = 5_000
NEEDS: Final = ("halfway-house", "detox", "ged-classes")
FACTS: Final[dict[Fact, Value]] = {
    Fact.BIRTH: date(1989, 5, 4),
    Fact.GENDER: "men",
    Fact.VETERAN: False,
    Fact.DEPENDENTS: 0,
    Fact.PAYERS: frozenset({"medicaid"}),
    Fact.DOCUMENTS: Answers(frozenset({"social-security-card"}), frozenset({"state-id"})),
    Fact.OFFENSES: Answers(frozenset({"arson"}), frozenset({"sexual", "registry"})),
    Fact.WARRANT: False,
    Fact.MEDICATIONS: Answers(frozenset({"buprenorphine"}), frozenset({"methadone"})),
    Fact.SOBRIETY: 40,
    Fact.COUNTY: "TN/Hamilton",
    Fact.FARTHEST: 100.0,
}
"""Twelve."""
_HOURS: Final = ((7, 15), (8, 16), (8, 17), (8, 20), (9, 13), (9, 17), (12, 20), (17, 21), (20, 6))
_SEED_LIKE: Final = 4  # one in so many
_BY_ZIP: Final = 5
_RECORDED: Final = 5
_PAUSED: Final = 60
_HIDDEN: Final = 100
_ZIP_ERROR_M: Final = 2_400

Rule = tuple[RuleKind, str | None, Stance, int | None]


@dataclass(frozen=True, slots=True)
class Asks:
    """What one listing asks; ``access`` is what helps people get in."""

    rules: tuple[Rule, ...]
    youngest: int | None = None
    oldest: int | None = None
    access: tuple[str, ...] = ()


def ruled(listings: int) -> Stage:
    """Return a folder with such a directory and its index."""
    made = Stage(KEPT / f"ruled-{listings}", f"{listings:,} generated listings with rules")

    def fill() -> None:
        with db.sessionmaker() as session:
            directory.fill(session, listings)
            add_rules(session)

    recipe = stage.recipe(Path(directory.__file__), Path(__file__))
    stage.make(made, recipe, fill)
    return made


def add_rules(session: Session) -> None:
    """Give each listing what it asks, in place of the rules that it has."""
    random, seed = Random(5), list(seed_asks())
    session.execute(delete(d.EligibilityRule))
    statement = select(d.Listing.number, d.Listing.service_id, d.Listing.location_id)
    every = session.execute(statement.order_by(d.Listing.number)).all()
    for start in range(0, len(every), BATCH):
        some = every[start : start + BATCH]
        asks = [_asks(random, seed, number) for number, _, _ in some]
        numbers = [number for number, _, _ in some]
        _insert(session, d.EligibilityRule, _rules(numbers, asks))
        _insert(session, d.Accessibility, _access([place for _, _, place in some], asks))
        _insert(session, d.TrackRecord, _records(random, numbers))
        services = [service for _, service, _ in some if service]
        _change(session, d.Service, _ages(services, asks))
        _change(session, d.Service, _pauses(random, services))
        _change(session, d.Schedule, list(_hours(session, random, services)))
        places = [place for _, _, place in some if place and random.randrange(_BY_ZIP) == 0]
        vague = [{"key": each, "position_error_m": _ZIP_ERROR_M} for each in places]
        _change(session, d.Location, vague)
        _hide(session, random, numbers)
        session.commit()


def seed_asks() -> Iterator[Asks]:
    """Yield what each listing of the seed asks."""
    for draft in drafted(read_csv(files.root("data") / "seed_resources.csv")).drafts:
        rules = [(row[0], row[1], row[2], row[3]) for row in draft.side("rules")]
        rules.sort(key=repr)
        yield Asks(
            tuple(rules),
            draft.resource.get("minimum_age"),
            draft.resource.get("maximum_age"),
            tuple(row[0] for row in draft.side("accessibility")),
        )


def _asks(random: Random, seed: Sequence[Asks], number: int) -> Asks:
    return _like_seed(random, seed) if number % _SEED_LIKE == 0 else _like_samhsa(random)


def _like_seed(random: Random, seed: Sequence[Asks]) -> Asks:
    found = random.choice(seed)
    rules = list(found.rules)
    if rules and random.random() < 0.6:
        place = random.randrange(len(rules))
        kind, code, _, amount = rules[place]
        if kind in {RuleKind.OFFENSE, RuleKind.MEDICATION} and random.random() < 0.5:
            stances = (Stance.ACCEPTED, Stance.CASE_BY_CASE, Stance.EXCLUDED)
            rules[place] = (kind, code, random.choice(stances), amount)
        else:
            del rules[place]
    return replace(found, rules=tuple(rules))


def _like_samhsa(random: Random) -> Asks:
    rules: list[Rule] = []
    if random.random() < 0.12:
        rules.append((RuleKind.GENDER, random.choice(("men", "women")), Stance.REQUIRED, None))
    if random.random() < 0.05:
        code = random.choice(vocabulary.codes(Vocabulary.POPULATION))
        rules.append((RuleKind.POPULATION, code, Stance.REQUIRED, None))
    given = ("methadone", "buprenorphine", "naltrexone")
    taken = random.sample(given, random.choice((0, 0, 1, 2, 3)))
    rules += [(RuleKind.MEDICATION, code, Stance.ACCEPTED, None) for code in taken]
    if random.random() < 0.1:
        stance = random.choice((Stance.ACCEPTED, Stance.EXCLUDED))
        rules.append((RuleKind.CHILDREN, None, stance, None))
    youngest, oldest = random.choice(((18, None), (18, None), (None, None), (12, None), (12, 17)))
    return Asks(tuple(rules), youngest, oldest)


def _rules(numbers: Sequence[int], asks: Sequence[Asks]) -> Iterator[dict[str, Any]]:
    for number, each in zip(numbers, asks, strict=True):
        for kind, code, stance, amount in each.rules:
            said = {"kind": kind, "code": code, "stance": stance, "amount": amount}
            yield {"listing_number": number, **said}


def _access(places: Sequence[UUID | None], asks: Sequence[Asks]) -> Iterator[dict[str, Any]]:
    for place, each in zip(places, asks, strict=True):
        for code in each.access if place else ():
            yield {"location_id": place, "description": code}


def _records(random: Random, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    for number in numbers:
        if number % _RECORDED == 0:
            counts = sorted((random.randrange(40) for _ in range(5)), reverse=True)
            names = ("referred", "answered", "accepted", "started", "completed")
            known = dict(zip(names, counts, strict=True))
            yield {"listing_number": number, **known, "counted_at": clock.now()}


def _ages(services: Sequence[UUID], asks: Sequence[Asks]) -> list[dict[str, Any]]:
    return [
        {"key": service, "minimum_age": each.youngest, "maximum_age": each.oldest}
        for service, each in zip(services, asks, strict=True)
    ]


def _hours(session: Session, random: Random, services: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    """Yield other hours for those who are not always open: a few dozen weeks are most of all."""
    for start in range(0, len(services), 500):
        statement = select(d.Schedule.id).where(
            d.Schedule.service_id.in_(services[start : start + 500]),
            d.Schedule.opens_at != d.Schedule.closes_at,
        )
        for key in session.scalars(statement.order_by(d.Schedule.id)):
            opens, closes = random.choice(_HOURS)
            late = time(closes, random.choice((0, 0, 30)))
            yield {"key": key, "opens_at": time(opens), "closes_at": late}


def _hide(session: Session, random: Random, numbers: Sequence[int]) -> None:
    """Make some confidential."""
    hidden = [number for number in numbers if random.randrange(_HIDDEN) == 0]
    chosen = update(d.Listing).where(d.Listing.number.in_(hidden))
    session.execute(chosen.values(confidential=True, location_id=None))


def _pauses(random: Random, services: Sequence[UUID]) -> list[dict[str, Any]]:
    until = clock.now().date() + timedelta(days=9)
    chosen = [each for each in services if random.randrange(_PAUSED) == 0]
    return [{"key": each, "paused_until": until} for each in chosen]


def _insert(session: Session, model: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    if found := list(rows):
        session.execute(insert(model), found)


def _change(session: Session, model: type[Any], rows: list[dict[str, Any]]) -> None:
    """Write the other columns of the rows by their ``key``."""
    if rows:
        table = model.__table__
        columns: dict[str, Any] = {
            name: bindparam(f"new_{name}") for name in rows[0] if name != "key"
        }
        bound = [
            {name if name == "key" else f"new_{name}": value for name, value in row.items()}
            for row in rows
        ]
        statement = update(table).where(table.c.id == bindparam("key")).values(columns)
        session.connection().execute(statement, bound)


def a_client(session: Session, officer: Officer, home_zip: str = "37404") -> UUID:
    """Add a client with twelve facts, three needs, a curfew and a zone; return their id."""
    writing(session)
    deed = Deed(officer, clock.now())
    facts = ClientFacts(
        name="Marcus Tolliver",
        birth_year="1989",
        case_number=f"C-{secrets.token_hex(4)}",
        supervision_type=SupervisionType.PROBATION,
        authority="County Court",
        phone="423-555-0177",
        contact_by=ContactBy.CALL,
        leave_no_message=False,
        do_not_contact=False,
        home_zip=home_zip,
        languages=("en", "es"),
        curfew="Mo-Su 20:00-06:00",
    )
    client_id = add_client(session, deed, facts)

    def version() -> int:
        session.flush()
        return clients.client_card(session, officer, client_id).version

    needs = tuple(Need(code, NeedSource.OFFICER) for code in NEEDS)
    set_needs(session, deed, client_id, needs, version=version())
    record_facts(session, deed, client_id, Said(FACTS, FactSource.CLIENT), version=version())
    zone = ZonePlace(
        label="Zone",
        address="",
        point=Point(35.0456, -85.3097),
        error_m=50.0,
        buffer_m=304.8,
        source=FactSource.COURT,
    )
    add_zone(session, deed, client_id, zone, version=version())
    session.commit()
    return client_id
