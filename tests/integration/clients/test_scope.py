"""Nobody reaches a client who is not theirs, by any function of the room."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.audit.models import AuditRow
from resourcedir.clients import commands, queries
from resourcedir.clients.commands import Deed, SupervisorDeed
from resourcedir.clients.fact_commands import Said, answer, record_facts
from resourcedir.clients.facts import Fact, FactSource
from resourcedir.clients.models import Client
from resourcedir.clients.scope import Scope
from resourcedir.clients.zone_commands import add_zone, end_zone
from resourcedir.errors import NotFound
from resourcedir.identity import Officer, Supervisor
from tests.integration.clients.conftest import FACTS, NOON, SCHOOL, Staff, client_of


@pytest.fixture
def clients(session: Session, teams: list[Staff]) -> dict[UUID, Officer]:
    """Give a client of each officer of each team."""
    officers = [officer for staff in teams for officer in staff.officers]
    return {
        client_of(session, officer, case_number=f"C-{number}"): officer
        for number, officer in enumerate(officers)
    }


def scopes(teams: list[Staff]) -> list[Scope]:
    return [scope for staff in teams for scope in (*staff.officers, staff.supervisor)]


def may_see(scope: Scope, officer: Officer) -> bool:
    if isinstance(scope, Officer):
        return scope == officer
    return (scope.agency_id, scope.team_id) == (officer.agency_id, officer.team_id)


def test_a_caseload_holds_whom_its_reader_may_see_and_nobody_else(
    session: Session, teams: list[Staff], clients: dict[UUID, Officer]
) -> None:
    for scope in scopes(teams):
        visible = {client for client, officer in clients.items() if may_see(scope, officer)}
        assert {row.id for row in queries.caseload(session, scope)} == visible
        assert len(visible) == (1 if isinstance(scope, Officer) else 2)


_SAID = Said({Fact.GENDER: "men"}, FactSource.CLIENT)
_FACT_ACTS: tuple[Callable[[Session, Deed, UUID], object], ...] = (
    lambda s, deed, client: record_facts(s, deed, client, _SAID, version=1),
    lambda s, deed, client: answer(s, deed, client, Fact.GENDER, "men", source=FactSource.CLIENT),
    lambda s, deed, client: add_zone(s, deed, client, SCHOOL, version=1),
    lambda s, deed, client: end_zone(s, deed, client, uuid4(), version=1),
)


def ways(session: Session, scope: Scope, client: UUID) -> list[Callable[[], object]]:
    """Return everything that can be asked or done about one client."""
    deed = Deed(scope, NOON)
    found: list[Callable[[], object]] = [
        lambda: queries.client_card(session, scope, client),
        lambda: queries.client_in_scope(session, scope, client),
        lambda: queries.current_assignment(session, scope, client),
        lambda: queries.history(session, scope, client),
        lambda: queries.known_of(session, scope, client),
        lambda: queries.fact_rows(session, scope, client),
        lambda: queries.zone_rows(session, scope, client),
        lambda: commands.edit_client(session, deed, client, FACTS, version=1),
        lambda: commands.set_needs(session, deed, client, (), version=1),
    ]
    found += [lambda act=act: act(session, deed, client) for act in _FACT_ACTS]
    if isinstance(scope, Supervisor):
        to = queries.officers(session, scope)[0].id
        by = SupervisorDeed(scope, NOON)
        found.append(lambda: commands.reassign_client(session, by, client, to))
    return found


def test_what_is_not_theirs_is_not_found_in_any_way(
    session: Session, teams: list[Staff], clients: dict[UUID, Officer]
) -> None:
    before = session.scalar(select(func.count()).select_from(AuditRow))
    for scope in scopes(teams):
        hidden = [client for client, officer in clients.items() if not may_see(scope, officer)]
        for client in (*hidden, uuid4()):
            for way in ways(session, scope, client):
                with pytest.raises(NotFound) as refusal:
                    way()
                assert str(refusal.value) == "There is no such page."
    assert session.scalar(select(func.count()).select_from(AuditRow)) == before
    assert not session.dirty
    assert set(session.scalars(select(Client.version))) == {1}


def test_a_team_knows_its_own_officers_alone(session: Session, teams: list[Staff]) -> None:
    for staff in teams:
        known = {row.id for row in queries.officers(session, staff.supervisor)}
        assert known == {officer.user_id for officer in staff.officers}


def test_clients_go_to_nobody_outside_the_team(
    session: Session, teams: list[Staff], clients: dict[UUID, Officer]
) -> None:
    team, *others = teams
    client, officer = next(iter(clients.items()))
    by = SupervisorDeed(team.supervisor, NOON)
    outside = [who.user_id for staff in others for who in staff.officers]
    for to in (*outside, team.supervisor.user_id, uuid4()):
        with pytest.raises(NotFound):
            commands.reassign_client(session, by, client, to)
        with pytest.raises(NotFound):
            commands.reassign_caseload(session, by, officer.user_id, to)
        with pytest.raises(NotFound):
            commands.reassign_caseload(session, by, to, officer.user_id)
        with pytest.raises(NotFound):
            commands.add_client(session, by, replace(FACTS, case_number="C-new"), to)


def test_the_same_case_number_may_stand_in_two_agencies(
    session: Session, teams: list[Staff]
) -> None:
    client_of(session, teams[0].officers[0])
    client_of(session, teams[2].officers[0])
    with pytest.raises(commands.BadInput, match="in use"):
        client_of(session, teams[1].officers[0])
