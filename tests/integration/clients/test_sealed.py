"""What names or reaches a client cannot be read from the file, moved about in it, or guessed."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from resourcedir.clients import commands, queries
from resourcedir.clients.commands import Deed
from resourcedir.db import Base
from resourcedir.security.sealing import KEYRING, Keyring, SealBroken
from tests.integration.clients.conftest import FACTS, NOON, Staff, client_of

SEALED = ("name", "birth_year", "phone", "home_zip", "curfew", "work_hours")
CANARIES = {
    "name": "Zyxwella Quantrell",
    "birth_year": "1933",
    "phone": "423-555-0133",
    "home_zip": "37379",
    "curfew": "Mo-Su 20:37-05:53",
    "work_hours": "Mo-Fr 07:11-15:41",
}


@pytest.fixture
def client(session: Session, team: Staff) -> UUID:
    return client_of(session, team.officers[0], **CANARIES)


def card(session: Session, team: Staff, client: UUID):
    session.rollback()
    session.expire_all()
    return queries.client_card(session, team.officers[0], client)


def test_neither_the_file_nor_its_log_holds_the_text(
    session: Session, team: Staff, client: UUID, engine: Engine
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its files apart")
    deed = Deed(team.officers[0], NOON)
    commands.edit_client(session, deed, client, FACTS, version=1)
    session.commit()
    client_of(session, team.officers[0], **CANARIES, case_number="C-2")
    path = Path(engine.url.database or "")
    files = [path, path.with_name(path.name + "-wal")]
    assert all(file.stat().st_size for file in files)
    written = without_ids(session, b"".join(file.read_bytes() for file in files))
    assert b"Hamilton County Criminal Court" in written  # it does search what is there
    assert b"C-2" in written
    times = ("20:37", "05:53", "07:11", "15:41")
    names = ("Zyxwella", "Quantrell", "Tolliver", "555-0133", "37379", "1933", "1989")
    for words in (*names, *times):
        assert words.encode() not in written
        assert words.encode("utf-16-le") not in written


def without_ids(session: Session, written: bytes) -> bytes:
    """Return ``written`` without ids: a random one has the digits of a year at times."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(*table.primary_key)):
            for each in row:
                if isinstance(each, UUID):
                    written = written.replace(each.hex.encode(), b"")
    return written


@pytest.mark.parametrize("column", SEALED)
def test_a_sealed_value_moved_to_another_row_does_not_open(
    session: Session, team: Staff, client: UUID, column: str
) -> None:
    other = client_of(session, team.officers[0], **CANARIES, case_number="C-2")
    values = {
        row: session.scalar(text(f"SELECT {column}_sealed FROM client WHERE case_number = '{row}'"))  # noqa: S608
        for row in ("C-1", "C-2")
    }
    for row, value in (("C-1", values["C-2"]), ("C-2", values["C-1"])):
        session.execute(
            text(f"UPDATE client SET {column}_sealed = :value WHERE case_number = :row"),  # noqa: S608
            {"value": value, "row": row},
        )
    session.commit()
    for moved in (client, other):
        with pytest.raises(SealBroken):
            card(session, team, moved)


def test_a_sealed_value_moved_to_another_column_does_not_open(
    session: Session, team: Staff, client: UUID
) -> None:
    session.execute(text("UPDATE client SET phone_sealed = home_zip_sealed"))
    session.commit()
    with pytest.raises(SealBroken) as broken:
        card(session, team, client)
    assert "37379" not in str(broken.value)


def test_equal_values_are_not_equal_in_the_file(
    session: Session, team: Staff, client: UUID
) -> None:
    client_of(session, team.officers[0], **CANARIES, case_number="C-2")
    for column in SEALED:
        statement = text(f"SELECT count(DISTINCT {column}_sealed) FROM client")  # noqa: S608
        assert session.scalar(statement) == 2


def test_keys_are_rotated_by_putting_a_new_one_on_top(
    session: Session, team: Staff, client: UUID
) -> None:
    old, new = b"k" * 32, b"n" * 32
    session.info[KEYRING] = Keyring([new, old])
    assert card(session, team, client).name == CANARIES["name"]
    commands.edit_client(session, Deed(team.officers[0], NOON), client, FACTS, version=1)
    session.commit()
    session.info[KEYRING] = Keyring([new])
    assert card(session, team, client).name == FACTS.name
    session.info[KEYRING] = Keyring([old])
    with pytest.raises(SealBroken):
        card(session, team, client)
