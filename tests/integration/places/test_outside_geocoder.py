"""A geocoder over real HTTP on this machine, in the JSON of Nominatim, and the table of answers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import monotonic

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from resourcedir.db import engine_for
from resourcedir.places.address import Outcome, ProviderAddress
from resourcedir.places.commands import locate, remember
from resourcedir.places.finding import find_place
from resourcedir.places.models import GeocodedAddress
from resourcedir.places.point import Point
from resourcedir.places.provider_addresses import AddressGeocoder
from tests.integration.places.nominatim import Outside, nominatim

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def address(number: int = 727) -> ProviderAddress:
    return ProviderAddress(
        address_1=f"{number} E 11th St",
        city="Chattanooga",
        state_province="TN",
        postal_code="37403",
    )


@pytest.fixture
def outside() -> Iterator[Outside]:
    with nominatim() as state:
        yield state


@pytest.fixture
def session(database_url) -> Iterator[Session]:
    engine = engine_for(database_url)
    GeocodedAddress.metadata.create_all(engine, [GeocodedAddress.__table__])
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_an_address_is_asked_for_once_and_known_ever_after(outside, session):
    first = locate(session, outside.geocoder(), address(), at=NOON)
    session.commit()
    again = locate(session, outside.geocoder(), address(), at=NOON + timedelta(days=900))
    assert [text for _, text in outside.asked] == ["727 E 11th St, Chattanooga, TN 37403"]
    assert first == again
    assert (first.point, first.geocoder) == (Point(35.0412, -85.2951), "nominatim")
    assert first.error_m == 50
    assert first.reason is None


def test_an_answer_of_another_geocoder_does_not_count(outside, session):
    old = locate(session, outside.geocoder(), address(), at=NOON)
    remember(session, "photon", address(), old, at=NOON)
    locate(session, outside.geocoder(), address(), at=NOON)
    assert len(outside.asked) == 2
    assert [row.geocoder for row in session.scalars(select(GeocodedAddress))] == ["nominatim"]


def test_an_unknown_address_is_not_asked_for_again_within_a_month(outside, session):
    outside.body = b"[]"
    for days in (0, 29):
        located = locate(session, outside.geocoder(), address(), at=NOON + timedelta(days=days))
        assert located.outcome is Outcome.NOTHING_FOUND
        assert located.point == find_place("37403", home_state=None).point
    assert len(outside.asked) == 1
    locate(session, outside.geocoder(), address(), at=NOON + timedelta(days=31))
    assert len(outside.asked) == 2


def test_requests_over_http_keep_the_rate_limit(outside, session):
    geocoder = outside.geocoder(min_delay_seconds=0.25)
    for number in range(4):
        locate(session, geocoder, address(number), at=NOON)
    starts = [when for when, _ in outside.asked]
    assert len(starts) == 4
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(starts))


def test_a_server_that_trickles_ends_at_the_zip_code_within_the_limit(outside, session):
    outside.hangs = True
    began = monotonic()
    located = locate(session, outside.geocoder(time_limit_seconds=0.5), address(), at=NOON)
    assert monotonic() - began < 10
    assert located.outcome is Outcome.NO_ANSWER
    assert located.point == find_place("37403", home_state=None).point
    assert "in time" in located.reason
    assert session.scalars(select(GeocodedAddress)).all() == []


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"no"), (429, b"slow down"), (403, b""), (200, b"<html>"), (200, b'[{"lat": "x"}]'),
     (200, b'[{"lat": "nan", "lon": "1", "display_name": ""}]')],
)  # fmt: skip
def test_a_broken_server_ends_at_the_zip_code_and_is_asked_again(outside, session, status, body):
    outside.status, outside.body = status, body
    for _ in range(2):
        located = locate(session, outside.geocoder(), address(), at=NOON)
        assert located.outcome is Outcome.FAILED
        assert located.geocoder == "offline"
    assert len(outside.asked) == 2


def test_nobody_listening_is_a_failure_with_the_zip_code(session):
    options = {"user_agent": "t", "domain": "127.0.0.1:9", "scheme": "http", "proxies": {}}
    located = locate(session, AddressGeocoder.configured("nominatim", options), address(), at=NOON)
    assert located.outcome is Outcome.FAILED


def test_the_offline_default_asks_nobody_and_keeps_nothing(session):
    located = locate(session, AddressGeocoder.configured(), address(), at=NOON)
    assert located.outcome is Outcome.OFFLINE
    assert session.scalars(select(GeocodedAddress)).all() == []


def test_the_table_refuses_half_a_point(session):
    row = {"query": "x", "geocoder": "nominatim", "outcome": "found", "at": NOON, "latitude": 35.0}
    session.add(GeocodedAddress(**row))
    with pytest.raises(IntegrityError):
        session.flush()


def test_every_column_says_how_private_it_is():
    for column in GeocodedAddress.__table__.columns:
        assert column.comment.startswith(("public: ", "internal: ", "personal: "))
