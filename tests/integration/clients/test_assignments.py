"""Whose a client is: one officer at a time, and nothing of the past is lost."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients import commands, queries
from resourcedir.clients.commands import Deed, Need, SupervisorDeed
from resourcedir.clients.models import ClientNeed, NeedSource
from resourcedir.db import writing
from resourcedir.errors import BadInput, NotFound, StaleRecord
from tests.integration.clients.conftest import FACTS, NOON, Staff, client_of


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 1), max_size=8))
def test_after_any_moves_one_officer_has_the_client_and_the_periods_join(
    session: Session, team: Staff, moves: list[int]
) -> None:
    client = client_of(session, team.officers[0], case_number=str(uuid4()))
    holder = 0
    for hour, to in enumerate(moves, 1):
        by = SupervisorDeed(team.supervisor, NOON + timedelta(hours=hour))
        officer = team.officers[to]
        if to == holder:
            with pytest.raises(BadInput, match="already"):
                commands.reassign_client(session, by, client, officer.user_id)
        else:
            commands.reassign_client(session, by, client, officer.user_id)
            holder = to
        session.commit()
    periods = queries.history(session, team.supervisor, client)
    assert [period.until_at for period in periods].count(None) == 1
    assert periods[0].until_at is None
    for later, earlier in pairwise(periods):
        assert earlier.until_at == later.from_at
    for number, officer in enumerate(team.officers):
        seen = {row.id for row in queries.caseload(session, officer)}
        assert (client in seen) == (number == holder)


def test_two_supervisors_at_once_cannot_both_move_a_client(
    engine: Engine, session: Session, team: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(session, team.officers[0])
    stale = queries.current_assignment(session, team.supervisor, client)
    session.rollback()
    with Session(engine, info=session.info) as other:
        by = SupervisorDeed(team.supervisor, NOON)
        commands.reassign_client(writing(other), by, client, team.officers[1].user_id)
        other.commit()
    monkeypatch.setattr(queries, "current_assignment", lambda *_: stale)  # read before that
    with pytest.raises(StaleRecord):
        commands.reassign_client(session, by, client, team.officers[1].user_id)


def test_a_disabled_officer_keeps_clients_until_they_are_moved_and_gets_no_new_ones(
    session: Session, team: Staff
) -> None:
    leaver, stayer = team.officers
    client = client_of(session, leaver)
    session.get(User, leaver.user_id).disabled_at = NOON
    session.commit()
    by = SupervisorDeed(team.supervisor, NOON)
    rows = {row.id: row for row in queries.officers(session, team.supervisor)}
    assert rows[leaver.user_id].disabled
    assert commands.reassign_caseload(session, by, leaver.user_id, stayer.user_id) == 1
    assert leaver.user_id not in {r.id for r in queries.officers(session, team.supervisor)}
    with pytest.raises(NotFound):
        commands.reassign_client(session, by, client, leaver.user_id)


def test_a_caseload_of_nobody_is_not_moved(session: Session, team: Staff) -> None:
    by = SupervisorDeed(team.supervisor, NOON)
    a, b = (officer.user_id for officer in team.officers)
    with pytest.raises(BadInput, match="no clients"):
        commands.reassign_caseload(session, by, a, b)
    with pytest.raises(BadInput, match="two different"):
        commands.reassign_caseload(session, by, a, a)


def test_needs_are_replaced_as_a_whole_and_keep_their_beginning(
    session: Session, team: Staff
) -> None:
    officer = team.officers[0]
    client = client_of(session, officer)
    first = (Need("dental-care", NeedSource.CLIENT), Need("legal-aid", NeedSource.COURT))
    commands.set_needs(session, Deed(officer, NOON), client, first, version=1)
    session.commit()
    later = Deed(officer, NOON + timedelta(days=1))
    second = (Need("day-care", NeedSource.OFFICER), Need("dental-care", NeedSource.COURT))
    commands.set_needs(session, later, client, second, version=2)
    session.commit()
    card = queries.client_card(session, officer, client)
    assert [(n.code, n.priority, n.source) for n in card.needs] == [
        ("day-care", 1, NeedSource.OFFICER),
        ("dental-care", 2, NeedSource.COURT),
    ]
    assert card.version == 3
    rows = session.scalars(select(ClientNeed).order_by(ClientNeed.priority))
    assert [row.created_at for row in rows] == [later.at, NOON]
    for wrong in ((Need("no-such-term", NeedSource.CLIENT),), (second[0], second[0])):
        with pytest.raises(BadInput):
            commands.set_needs(session, later, client, wrong, version=3)


def test_a_stale_form_changes_nothing(session: Session, team: Staff) -> None:
    officer = team.officers[0]
    client = client_of(session, officer)
    deed = Deed(officer, NOON)
    commands.edit_client(session, deed, client, FACTS, version=1)
    session.commit()
    with pytest.raises(StaleRecord):
        commands.edit_client(session, deed, client, FACTS, version=1)
    with pytest.raises(StaleRecord):
        commands.set_needs(session, deed, client, (), version=1)


def test_a_caseload_of_any_size_takes_two_statements(
    session: Session, team: Staff, engine: Engine
) -> None:
    for number in range(30):
        client_of(session, team.officers[0], case_number=f"C-{number}")
    session.commit()
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: said.append(a[2].split()[0]))
    assert len(queries.caseload(session, team.supervisor)) == 30
    assert said.count("SELECT") == 2
