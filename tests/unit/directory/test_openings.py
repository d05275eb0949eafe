"""How long counts are believed, by the one table, and what differs between two tellings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from resourcedir.directory.editing import openings_changes
from resourcedir.directory.facts import ListingFacts, OpeningsFact
from resourcedir.directory.kinds import ListingKind, Unit
from resourcedir.directory.openings import FADING, begun, known, known_until
from resourcedir.search.documents import document
from tests.conftest import NOON

EAST = "America/New_York"


@pytest.mark.parametrize(
    ("unit", "terms", "lasts"),
    [
        (Unit.BED, ("family-shelter",), timedelta(hours=12)),
        (Unit.BED, ("sober-living", "residential-detox"), timedelta(hours=12)),
        (Unit.BED, ("sober-living",), timedelta(days=3)),
        (Unit.BED, (), timedelta(days=3)),
        (Unit.SLOT, ("detox",), timedelta(days=14)),
        (Unit.SEAT, ("no-such-term",), timedelta(days=14)),
    ],
)
def test_a_count_is_believed_for_as_long_as_its_kind_allows(unit, terms, lasts):
    told = OpeningsFact(unit, 1, None, NOON)

    assert known_until(told, terms, EAST) == NOON + lasts
    assert known(told, terms, EAST, NOON + lasts - timedelta(seconds=1))
    assert not known(told, terms, EAST, NOON + lasts)


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        (EAST, datetime(2026, 6, 1, 4, tzinfo=UTC)),
        ("America/Chicago", datetime(2026, 6, 1, 5, tzinfo=UTC)),
    ],
)
def test_seats_of_a_class_are_believed_until_it_starts_on_the_clock_of_the_place(zone, start):
    told = OpeningsFact(Unit.SEAT, 4, 12, NOON, starts_on=date(2026, 6, 1))

    assert known_until(told, ("ged-classes",), zone) == start
    assert known(told, (), zone, start - timedelta(seconds=1))
    assert not known(told, (), zone, start)
    assert (begun(told, zone, start - timedelta(seconds=1)), begun(told, zone, start)) == (
        False, True,
    )  # fmt: skip


def test_a_count_that_was_told_after_the_class_began_is_not_known_at_all():
    told = OpeningsFact(Unit.SEAT, 4, 12, NOON, starts_on=NOON.date() - timedelta(days=2))

    assert not known(told, (), EAST, NOON)


def test_a_first_day_changes_nothing_for_beds():
    told = OpeningsFact(Unit.BED, 1, None, NOON, starts_on=date(2026, 6, 1))

    assert known_until(told, (), EAST) == NOON + timedelta(days=3)


def test_the_table_has_a_row_for_every_unit_and_only_classes_end_at_a_day():
    assert {each.unit for each in FADING if each.need is None} == set(Unit)
    assert {each.unit for each in FADING if each.at_start} == {Unit.SEAT}


def test_each_value_that_is_told_anew_is_a_change_of_its_own():
    before = OpeningsFact(Unit.SEAT, 3, 12, NOON)
    after = replace(
        before, wait_days=9, hold_hours=24, starts_on=date(2026, 6, 1), waiting_list=False
    )

    assert openings_changes(before, before, EAST) == ()
    assert {each.field: (each.before, each.after) for each in openings_changes(before, after, EAST)
            } == {
        "openings_wait_days": ("{said:not-known}", "{days:9}"),
        "openings_hold_hours": ("{said:none-held}", "{hold:24}"),
        "openings_starts_on": ("{said:nothing}", "{date:2026-06-01}"),
        "openings_waiting_list": ("{said:list-kept}", "{said:no-list}"),
    }  # fmt: skip


def _document(told):
    facts = ListingFacts(
        number=1, version=1, kind=ListingKind.SERVICE, resource_id=None, organization_id=None,
        organization="", name="x", time_zone=EAST, openings=told,
    )  # fmt: skip
    return document(facts).columns["openings_until"]


def test_the_index_knows_until_when_seats_are_believed_and_no_year_is_too_far():
    told = OpeningsFact(Unit.SEAT, 4, 12, NOON, starts_on=date(2026, 6, 1))

    assert _document(told) == datetime(2026, 6, 1, 4, tzinfo=UTC).timestamp() // 60
    assert _document(replace(told, starts_on=date.max)) == 2**31 - 1
    assert _document(replace(told, starts_on=date.min)) < 0
    assert _document(replace(told, available=0)) == 0
