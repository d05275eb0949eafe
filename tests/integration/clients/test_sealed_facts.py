"""What is known of a client, and where their zones are, cannot be read from the file."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from resourcedir.clients import queries
from resourcedir.clients.commands import Deed
from resourcedir.clients.fact_commands import Said, answer, record_facts
from resourcedir.clients.facts import Answers, Fact, FactSource
from resourcedir.clients.zone_commands import ZonePlace, add_zone, change_zone, end_zone
from resourcedir.places.point import Point
from resourcedir.security.sealing import SealBroken
from tests.integration.clients.conftest import NOON, Staff, client_of

ZONE = ZonePlace(
    label="Home of Zyxwella Quantrell",
    address="4711 Quillon Street",
    point=Point(35.123456, -85.654321),
    error_m=50.0,
    buffer_m=304.8,
    source=FactSource.COURT,
)
CODES = tuple(
    f'"{code}"'  # as they would be written: the taxonomy names some of them too
    for code in ("arson", "buprenorphine", "state-id", "medicaid", "methadone")
)
WORDS = ("1933-07-09", "1934-08-10", "TN/Bledsoe", "Zyxwella", "Quantrell", "Quillon")
PLACE = ("35.123456", "85.654321")


def test_neither_the_file_nor_its_log_holds_facts_or_zones(
    session: Session, team: Staff, engine: Engine
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its files apart")
    client = client_of(session, team.officers[0], birth_year="")
    deed = Deed(team.officers[0], NOON)
    said = {
        Fact.BIRTH: date(1933, 7, 9),
        Fact.OFFENSES: Answers(frozenset({"arson"})),
        Fact.MEDICATIONS: Answers(frozenset({"buprenorphine"})),
        Fact.DOCUMENTS: Answers(no=frozenset({"state-id"})),
        Fact.PAYERS: frozenset({"medicaid"}),
        Fact.COUNTY: "TN/Bledsoe",
    }
    record_facts(session, deed, client, Said(said, FactSource.COURT), version=1)
    add_zone(session, deed, client, ZONE, version=2)
    session.commit()
    zone = queries.zone_rows(session, deed.by, client)[0].id
    change_zone(session, deed, zone, ZONE, version=3, client_id=client)
    end_zone(session, deed, client, zone, version=4)
    new = Answers(no=frozenset({"methadone"}))
    answer(session, deed, client, Fact.MEDICATIONS, new, source=FactSource.CLIENT)
    answer(session, deed, client, Fact.BIRTH, date(1934, 8, 10), source=FactSource.CLIENT)
    session.commit()

    path = Path(engine.url.database or "")
    files = [path, path.with_name(path.name + "-wal")]
    written = b"".join(file.read_bytes() for file in files)
    assert b"2026-03-12" in written  # it does search what is there: the day it was told
    for words in (*CODES, *WORDS, *PLACE):
        assert words.encode() not in written, words
        assert words.encode("utf-16-le") not in written, words


def test_a_sealed_fact_moved_to_another_client_does_not_open(session: Session, team: Staff) -> None:
    deed = Deed(team.officers[0], NOON)
    first, second = (
        client_of(session, team.officers[0], case_number=case) for case in ("C-1", "C-2")
    )
    for client, gender in ((first, "men"), (second, "women")):
        answer(session, deed, client, Fact.GENDER, gender, source=FactSource.CLIENT)
        add_zone(session, deed, client, ZONE, version=2)
    session.commit()

    for table, column in (("client_fact", "value"), ("client_zone", "point")):
        one = f"SELECT {column}_sealed FROM {table} ORDER BY id LIMIT 1"  # noqa: S608
        statement = f"UPDATE {table} SET {column}_sealed = ({one})"  # noqa: S608
        session.execute(text(statement))
    session.commit()
    session.expire_all()

    for query in (queries.fact_rows, queries.zone_rows):
        opened = 0
        for client in (first, second):
            try:
                query(session, deed.by, client)
            except SealBroken:
                continue
            opened += 1
        assert opened == 1  # the one from which it was taken
