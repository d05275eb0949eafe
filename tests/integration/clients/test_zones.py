"""Places to keep away from: numbered, changed and ended, and never somebody else's."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.audit.commands import AuditEvent
from resourcedir.audit.models import AuditRow
from resourcedir.clients import queries
from resourcedir.clients.commands import Deed
from resourcedir.clients.facts import FactSource, Told, Zone
from resourcedir.clients.models import Client, ClientZone
from resourcedir.clients.zone_commands import ZonePlace, add_zone, change_zone, end_zone
from resourcedir.errors import BadInput, NotFound, StaleRecord
from resourcedir.places.point import Point
from tests.integration.clients.conftest import NOON, SCHOOL, Staff, client_of

TODAY = date(2026, 3, 12)


@pytest.fixture
def client(session: Session, team: Staff) -> UUID:
    return client_of(session, team.officers[0])


@pytest.fixture
def deed(team: Staff) -> Deed:
    return Deed(team.officers[0], NOON)


def version_of(session: Session, client: UUID) -> int:
    session.expire_all()
    return session.get_one(Client, client).version


def add(session: Session, deed: Deed, client: UUID, place: ZonePlace = SCHOOL) -> int:
    number = add_zone(session, deed, client, place, version=version_of(session, client))
    session.commit()
    return number


def test_a_zone_reaches_a_match_without_the_words_that_may_name_a_victim(
    session: Session, deed: Deed, client: UUID
) -> None:
    add(session, deed, client)

    (zone,) = queries.known_of(session, deed.by, client).limits.zones

    told = Told(FactSource.COURT, TODAY)
    assert zone == Zone(1, Point(35.0456, -85.3097), 50.0, 304.8, told)
    assert "school" not in repr(zone).casefold()
    assert "Elm" not in repr(zone)


def test_a_zone_that_is_known_in_words_only_has_no_point(
    session: Session, deed: Deed, client: UUID
) -> None:
    add(session, deed, client, replace(SCHOOL, point=None, error_m=0.0))

    (zone,) = queries.known_of(session, deed.by, client).limits.zones

    assert zone.point is None


def test_a_number_is_never_used_again(session: Session, deed: Deed, client: UUID) -> None:
    assert [add(session, deed, client) for _ in range(3)] == [1, 2, 3]
    last = queries.zone_rows(session, deed.by, client)[-1]
    end_zone(session, deed, client, last.id, version=version_of(session, client))
    session.commit()

    assert add(session, deed, client) == 4
    assert [zone.number for zone in queries.zone_rows(session, deed.by, client)] == [1, 2, 4]
    assert session.get_one(ClientZone, last.id).label == "Lower school"  # kept


def test_a_changed_zone_keeps_its_number(session: Session, deed: Deed, client: UUID) -> None:
    add(session, deed, client)
    before = queries.zone_rows(session, deed.by, client)[0]
    moved = replace(SCHOOL, point=Point(35.1, -85.2), buffer_m=152.4, on=date(2026, 2, 1))

    version = version_of(session, client)
    change_zone(session, deed, before.id, moved, version=version, client_id=client)
    session.commit()

    (zone,) = queries.zone_rows(session, deed.by, client)
    assert (zone.id, zone.number) == (before.id, 1)
    assert (zone.point, zone.buffer_m) == (Point(35.1, -85.2), 152.4)
    assert zone.told.on == date(2026, 2, 1)


def test_each_step_counts_the_record_on_and_stands_in_the_audit(
    session: Session, deed: Deed, client: UUID
) -> None:
    add(session, deed, client)
    zone = queries.zone_rows(session, deed.by, client)[0].id
    change_zone(session, deed, zone, SCHOOL, version=2, client_id=client)
    end_zone(session, deed, client, zone, version=3)
    session.commit()

    assert version_of(session, client) == 4
    rows = session.scalars(select(AuditRow).where(AuditRow.event == AuditEvent.CLIENT_CHANGED))
    assert [row.subject_id for row in rows] == [str(client)] * 3


def test_an_old_version_is_refused_by_each_step(session: Session, deed: Deed, client: UUID) -> None:
    add(session, deed, client)
    zone = queries.zone_rows(session, deed.by, client)[0].id

    with pytest.raises(StaleRecord):
        add_zone(session, deed, client, SCHOOL, version=1)
    with pytest.raises(StaleRecord):
        change_zone(session, deed, zone, SCHOOL, version=1, client_id=client)
    with pytest.raises(StaleRecord):
        end_zone(session, deed, client, zone, version=1)

    assert len(queries.zone_rows(session, deed.by, client)) == 1


def test_a_zone_of_another_client_or_one_that_ended_is_not_there(
    session: Session, deed: Deed, client: UUID
) -> None:
    other = client_of(session, deed.by, case_number="C-2")  # type: ignore[arg-type]
    add(session, deed, other)
    add(session, deed, client)
    theirs = queries.zone_rows(session, deed.by, other)[0].id
    own = queries.zone_rows(session, deed.by, client)[0].id
    end_zone(session, deed, client, own, version=2)
    session.commit()

    for zone in (theirs, own, uuid4()):
        with pytest.raises(NotFound):
            change_zone(session, deed, zone, SCHOOL, version=3, client_id=client)
        with pytest.raises(NotFound):
            end_zone(session, deed, client, zone, version=3)


@pytest.mark.parametrize(
    "change",
    [
        {"buffer_m": 0.0},
        {"buffer_m": float("nan")},
        {"buffer_m": 1e9},
        {"error_m": -1.0},
        {"error_m": float("inf")},
        {"on": date(2026, 3, 13)},
        {"point": None, "label": "", "address": ""},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    session: Session, deed: Deed, client: UUID, change: dict[str, object]
) -> None:
    place = replace(SCHOOL, **change)  # type: ignore[arg-type]

    with pytest.raises(BadInput) as refused:
        add_zone(session, deed, client, place, version=1)

    assert "school" not in str(refused.value).casefold()
    assert version_of(session, client) == 1
    assert queries.zone_rows(session, deed.by, client) == []
