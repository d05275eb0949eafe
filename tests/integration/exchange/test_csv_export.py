"""What is exported goes in again and changes nothing."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from resourcedir.db import USUAL_ZONE
from resourcedir.directory.models import (
    Listing,
)
from resourcedir.exchange.csv_columns import COLUMNS
from resourcedir.exchange.csv_import import import_csv
from tests.integration.exchange.conftest import LATER, exported
from tests.unit.exchange.csv_files import JOB_LEAD, SERVICE, SHELTER, service

HOSTILE = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and text
)
ALL = (SERVICE, JOB_LEAD, SHELTER)
PLACE_CELLS = (
    "location_name", "address_1", "city", "county", "state", "zip", "latitude", "longitude",
    "accessibility",
)  # fmt: skip


def test_what_comes_out_goes_in_again_and_changes_nothing(store, bring, write, contents):
    bring(*ALL)
    before = contents()
    text = exported(store)
    found = import_csv(store, write(text.encode()), at=LATER)
    assert (found.report.unchanged, found.numbers) == (3, ())
    assert contents() == before
    assert text == exported(store)
    assert tuple(next(csv.reader(io.StringIO(text)))) == COLUMNS


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(HOSTILE, st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "<script>"]), HOSTILE)
def test_hostile_words_come_out_disarmed_and_go_in_unchanged(store, bring, write, a, b, c):
    bring(service(name=a, description=b, alert=c, alternate_name=b + a))
    text = exported(store)
    for row in csv.DictReader(io.StringIO(text)):
        for column, cell in row.items():
            risky = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not risky or column in {"latitude", "longitude"}
    assert import_csv(store, write(text.encode()), at=LATER).numbers == ()


@pytest.mark.parametrize(
    ("where", "checked_at", "day"),
    [
        # Half past eight in the evening in Chattanooga is tomorrow in UTC.
        ({}, datetime(2026, 3, 13, 0, 30, tzinfo=UTC), "2026-03-12"),
        # Seven in the morning on Guam is yesterday in UTC.
        (
            {"city": "Hagatna", "county": "", "state": "GU", "zip": "96910", "latitude": "",
             "longitude": ""},
            datetime(2026, 3, 12, 21, 0, tzinfo=UTC),
            "2026-03-13",
        ),
        ({"time_zone": "Pacific/Honolulu"}, datetime(2026, 3, 13, 9, 0, tzinfo=UTC), "2026-03-12"),
    ],
)  # fmt: skip
def test_the_day_of_a_check_is_that_of_the_place_and_comes_back(
    store, bring, write, where, checked_at, day
):
    bring(service(**where))
    store.execute(update(Listing).values(checked_at=checked_at))
    text = exported(store)
    assert next(csv.DictReader(io.StringIO(text)))["checked_on"] == day
    assert import_csv(store, write(text.encode()), at=LATER).numbers == ()
    assert store.scalar(select(Listing.checked_at)) == checked_at


@pytest.mark.parametrize(
    ("zone", "checked_at", "day"),
    [
        ("America/New_York", datetime(2026, 3, 13, 0, 30, tzinfo=UTC), "2026-03-12"),
        ("Pacific/Guam", datetime(2026, 3, 12, 21, 0, tzinfo=UTC), "2026-03-13"),
    ],
)
def test_a_listing_without_a_place_was_checked_on_the_deployments_day(
    store, bring, write, zone, checked_at, day
):
    store.info[USUAL_ZONE] = zone
    bring(service(**dict.fromkeys(PLACE_CELLS, ""), service_area="US"))
    store.execute(update(Listing).values(checked_at=checked_at))
    text = exported(store)
    assert next(csv.DictReader(io.StringIO(text)))["checked_on"] == day
    assert import_csv(store, write(text.encode()), at=LATER).numbers == ()
