"""Two agencies with two teams each, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from resourcedir.accounts.models import Agency, Team, User
from resourcedir.clients import commands
from resourcedir.clients.commands import ClientFacts, Deed
from resourcedir.clients.facts import FactSource
from resourcedir.clients.models import ContactBy, SupervisionType
from resourcedir.clients.zone_commands import ZonePlace
from resourcedir.db import engine_for
from resourcedir.identity import Officer, Role, Supervisor
from resourcedir.places.point import Point
from resourcedir.security.sealing import KEYRING, Keyring

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)
FACTS = ClientFacts(
    name="Marcus Tolliver",
    birth_year="1989",
    case_number="C-1",
    supervision_type=SupervisionType.PROBATION,
    authority="Hamilton County Criminal Court",
    phone="423-555-0177",
    contact_by=ContactBy.CALL,
    leave_no_message=False,
    do_not_contact=False,
    home_zip="37404",
    languages=("en",),
)
SCHOOL = ZonePlace(
    label="Lower school",
    address="12 Elm Street",
    point=Point(35.0456, -85.3097),
    error_m=50.0,
    buffer_m=304.8,
    source=FactSource.COURT,
)


@dataclass(frozen=True)
class Staff:
    """One team: two officers and their supervisor."""

    officers: tuple[Officer, Officer]
    supervisor: Supervisor


@pytest.fixture
def engine(tables_url: str) -> Iterator[Engine]:
    engine = engine_for(tables_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, info={KEYRING: Keyring([b"k" * 32])}) as session:
        yield session


@pytest.fixture
def teams(session: Session) -> list[Staff]:
    """Give four teams; the first two are of one agency."""
    return [_staff(session, agency, n) for agency in _agencies(session) for n in (1, 2)]


@pytest.fixture
def team(teams: list[Staff]) -> Staff:
    return teams[0]


def client_of(session: Session, officer: Officer, **change: object) -> UUID:
    """Add a client of ``officer`` and return their id."""
    facts = {**{name: getattr(FACTS, name) for name in FACTS.__slots__}, **change}
    client = commands.add_client(session, Deed(officer, NOON), ClientFacts(**facts))
    session.commit()
    return client


def _agencies(session: Session) -> list[Agency]:
    agencies = [Agency(name="Hamilton County"), Agency(name="Marion County")]
    session.add_all(agencies)
    session.flush()
    return agencies


def _staff(session: Session, agency: Agency, number: int) -> Staff:
    team = Team(agency_id=agency.id, name=f"Team {number}")
    session.add(team)
    session.flush()
    place = f"{number}-{agency.id}"
    a, b, boss = (
        User(
            role=role,
            agency_id=agency.id,
            team_id=team.id,
            email=f"{name}-{place}@example.org",
            name=name,
            password_hash="none",
            created_at=NOON,
        )
        for name, role in (("A", Role.OFFICER), ("B", Role.OFFICER), ("S", Role.SUPERVISOR))
    )
    session.add_all((a, b, boss))
    session.commit()
    return Staff(
        officers=(Officer(a.id, agency.id, team.id), Officer(b.id, agency.id, team.id)),
        supervisor=Supervisor(boss.id, agency.id, team.id),
    )
