"""An empty database filled with officers, their clients, and services of several tempers.

Everything in it is drawn from one seed. People and places are made at the beginning of the month;
nothing here knows what will happen.
"""

from dataclasses import dataclass
from datetime import datetime, time
from random import Random
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.simulating.by_hand import Week
from bench.simulating.kinds import KINDS, TEMPERS, WEEKS, ZONES, Kind, Temper
from resourcedir.accounts.models import Agency, Team, User
from resourcedir.clients.commands import ClientFacts, Deed, Need, add_client, set_needs
from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.clients.queries import client_card
from resourcedir.directory import models as d
from resourcedir.directory.hours import DAYS
from resourcedir.identity import Officer, Provider, Role
from resourcedir.taxonomy.commands import sync, term_id

DAYS_OFF: Final = frozenset({"12-24", "2026-11-27"})  # the town's own, beside the federal ones
NOBODY: Final = "*"  # no password has this for a hash: nobody signs in


_POINT: Final = (35.0456, -85.3097)


@dataclass(slots=True)
class Place:
    """A service. ``room``: how many more it would take, whatever it has told last."""

    number: int
    listing: int
    service: UUID
    kind: Kind
    temper: Temper
    week: Week
    provider: Provider | None
    tells_daily: bool
    room: int

    @property
    def counts(self) -> bool:
        return self.kind.openings > 0


@dataclass(frozen=True, slots=True)
class Town:
    officers: tuple[Officer, ...]
    clients: tuple[tuple[UUID, ...], ...]  # of each officer
    places: tuple[Place, ...]

    def meeting(self, need: str) -> list[Place]:
        return [each for each in self.places if each.kind.need == need]


@dataclass(frozen=True, slots=True)
class Many:
    """How many officers, clients of each, and services for each need at the most."""

    officers: int
    clients: int
    services: int


def build(session: Session, seed: int, many: Many, at: datetime) -> Town:
    """Fill an empty database; the caller commits."""
    random = Random(f"{seed} town")
    sync(session)
    agency = Agency(name="Example County Community Supervision")
    session.add(agency)
    session.flush()
    places = tuple(_places(session, random, many.services, at))
    people = tuple(_officers(session, agency.id, many.officers, at))
    whose = tuple(_clients(session, each, n, many.clients, at) for n, each in enumerate(people))
    return Town(people, whose, places)


def _officers(session: Session, agency_id: UUID, count: int, at: datetime) -> list[Officer]:
    found = []
    for number in range(count):
        team = session.scalar(select(Team).where(Team.name == f"Team {number // 8}"))
        if team is None:
            team = Team(agency_id=agency_id, name=f"Team {number // 8}")
            session.add(team)
            session.flush()
        user = _user(session, Role.OFFICER, f"officer{number}", at, agency=agency_id, team=team.id)
        found.append(Officer(user, agency_id, team.id))
    return found


def _clients(
    session: Session, officer: Officer, which: int, count: int, at: datetime
) -> tuple[UUID, ...]:
    random, deed, found = Random(f"clients {which}"), Deed(officer, at), []
    for number in range(count):
        facts = ClientFacts(
            name=f"Client {which:02d}-{number:02d}",
            birth_year=str(1960 + (which + number) % 45),
            case_number=f"C-{which:02d}-{number:03d}",
            supervision_type=SupervisionType.PROBATION,
            authority="Example County Criminal Court",
            phone=f"423-555-01{number % 100:02d}",
            contact_by=ContactBy.CALL,
            leave_no_message=number % 7 == 0,
            do_not_contact=number % 13 == 5,
            home_zip="37404",
            languages=("en",),
        )
        client = add_client(session, deed, facts)
        codes = random.sample([each.need for each in KINDS], 2)
        needs = tuple(Need(code, NeedSource.OFFICER) for code in codes)
        set_needs(
            session, deed, client, needs, version=client_card(session, officer, client).version
        )
        found.append(client)
    return tuple(found)


def _places(session: Session, random: Random, most: int, at: datetime) -> list[Place]:
    found: list[Place] = []
    for kind in KINDS:
        for _ in range(min(kind.services, most)):
            number = len(found)
            days = WEEKS[number % len(WEEKS)]
            week = Week(frozenset(days), ZONES[number % len(ZONES)], DAYS_OFF)
            temper = random.choices(list(TEMPERS), list(TEMPERS.values()))[0]
            found.append(
                Place(
                    number=number,
                    listing=0,
                    service=UUID(int=0),
                    kind=kind,
                    temper=temper,
                    week=week,
                    provider=None,
                    tells_daily=random.random() < 0.6,
                    room=random.randint(0, kind.openings // 2) if kind.openings else 0,
                )
            )
            # One in six has nobody who could sign in: it is phoned, and recorded.
            _list(session, found[-1], at, staffed=number % 6 != 5)
    return found


def _list(session: Session, place: Place, at: datetime, *, staffed: bool) -> None:
    organization = d.Organization(name=f"Organization {place.number}")
    session.add(organization)
    session.flush()
    service = d.Service(
        organization_id=organization.id,
        name=f"Service {place.number}",
        description="",
        status=d.ServiceStatus.ACTIVE,
    )
    location = d.Location(
        organization_id=organization.id,
        location_type=d.LocationType.PHYSICAL,
        latitude=_POINT[0],
        longitude=_POINT[1],
        position_error_m=50,
        time_zone=place.week.zone,
    )
    session.add_all([service, location])
    session.flush()
    listing = d.Listing(
        kind=d.ListingKind.SERVICE,
        organization_id=organization.id,
        service_id=service.id,
        location_id=location.id,
        confidential=False,
        source="Example",
        source_key=str(place.number),
        checked_at=at,
    )
    term = term_id("need", place.kind.need)
    rows: list[object] = [
        listing,
        d.Attribute(link_id=service.id, link_entity="service", taxonomy_term_id=term),
        d.Phone(service_id=service.id, number="423-555-0141"),
    ]
    if days := ",".join(DAYS[each].upper() for each in sorted(place.week.open_on)):
        always = len(place.week.open_on) == 7
        opens, closes = (time(0), time(0)) if always else (time(8), time(17))
        rows.append(d.Schedule(service_id=service.id, byday=days, opens_at=opens, closes_at=closes))
    session.add_all(rows)
    session.flush()
    place.listing, place.service = listing.number, service.id
    if staffed:
        name = f"provider{place.number}"
        user = _user(session, Role.PROVIDER, name, at, organization=organization.id)
        place.provider = Provider(user, organization.id)


def _user(  # noqa: PLR0913, PLR0917 -- what an account is
    session: Session,
    role: Role,
    name: str,
    at: datetime,
    agency: UUID | None = None,
    team: UUID | None = None,
    organization: UUID | None = None,
) -> UUID:
    user = User(
        role=role,
        agency_id=agency,
        team_id=team,
        organization_id=organization,
        email=f"{name}@example.org",
        name=name,
        phone="423-555-0100",
        password_hash=NOBODY,
        created_at=at,
    )
    session.add(user)
    session.flush()
    return user.id
