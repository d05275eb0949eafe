"""A violated constraint is known by its name on both databases, and answered by it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from resourcedir.accounts.models import Agency, User
from resourcedir.clients.models import Assignment, Client, ContactBy, SupervisionType
from resourcedir.db import engine_for, violated
from resourcedir.directory.models import JobLead
from resourcedir.identity import Role

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)


@pytest.fixture
def connection(tables_url: str) -> Iterator[Connection]:
    engine = engine_for(tables_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _agency(connection: Connection) -> UUID:
    made = uuid4()
    connection.execute(insert(Agency).values(id=made, name="Unit Nine"))
    return made


def _user(connection: Connection, agency: UUID, **more: object) -> UUID:
    values = {
        "id": uuid4(), "role": Role.ADMINISTRATOR, "agency_id": agency, "email": "a@example.org",
        "name": "A", "password_hash": "x", "created_at": NOON,
    }  # fmt: skip
    connection.execute(insert(User).values({**values, **more}))
    return values["id"]  # type: ignore[return-value]


def _client(connection: Connection, agency: UUID) -> UUID:
    values = {
        "id": uuid4(), "agency_id": agency, "case_number": "C-1", "authority": "",
        "supervision_type": SupervisionType.PAROLE, "contact_by": ContactBy.CALL,
        "created_at": NOON, "version": 1,
    }  # fmt: skip
    connection.execute(insert(Client).values(values))
    return values["id"]  # type: ignore[return-value]


def _same_number(connection: Connection) -> None:
    agency = _agency(connection)
    _client(connection, agency)
    _client(connection, agency)


def _two_officers(connection: Connection) -> None:
    agency = _agency(connection)
    user, client = _user(connection, agency), _client(connection, agency)
    for _ in range(2):
        row = {"client_id": client, "officer_id": user, "assigned_by": user, "from_at": NOON}
        connection.execute(insert(Assignment).values(id=uuid4(), **row))


def _same_address(connection: Connection) -> None:
    agency = _agency(connection)
    _user(connection, agency)
    _user(connection, agency)


def _same_agency(connection: Connection) -> None:
    _agency(connection)
    _agency(connection)


def _upside_down(connection: Connection) -> None:
    row = {"id": uuid4(), "title": "Welder", "wage_minimum": 20, "wage_maximum": 10}
    connection.execute(insert(JobLead).values(row))


@pytest.mark.parametrize(
    ("violate", "name", "status"),
    [
        (_same_number, "uq_client_agency_id_case_number", 409),
        (_two_officers, "uq_assignment_current", 409),
        (_same_address, "uq_user_account_email", 409),
        (_same_agency, "uq_agency_name", 500),
        (_upside_down, "ck_job_lead_wage_range_in_order", 500),
    ],
)
def test_only_what_two_people_at_once_violate_is_a_conflict(
    connection: Connection, app: Flask, caplog: pytest.LogCaptureFixture,
    violate, name: str, status: int,
) -> None:  # fmt: skip
    with pytest.raises(IntegrityError) as refused:
        violate(connection)

    assert violated(refused.value) == name
    with app.test_request_context(), caplog.at_level("WARNING"):
        _, answered = app.handle_user_exception(refused.value)
    assert answered == status
    assert [r.getMessage() for r in caplog.records] == [f"constraint: {name}"]
    assert [r.levelname for r in caplog.records] == ["WARNING" if status == 409 else "ERROR"]


def test_a_missing_row_has_no_name_on_sqlite_and_is_a_fault_of_ours(
    connection: Connection, app: Flask
) -> None:
    with pytest.raises(IntegrityError) as refused:
        _client(connection, uuid4())

    assert violated(refused.value) in {None, "fk_client_agency_id_agency"}
    with app.test_request_context():
        assert app.handle_user_exception(refused.value)[1] == 500
