"""This weekend, on the clock of the place."""

from datetime import UTC, datetime

import pytest

from resourcedir.directory.hours import parse
from resourcedir.search.masks import is_open_this_weekend

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("hours", "now", "is_open"),
    [
        ("Sa 10:00-14:00", datetime(2026, 3, 12, 16, tzinfo=UTC), True),  # a Thursday
        ("Mo-Fr 08:00-17:00", datetime(2026, 3, 12, 16, tzinfo=UTC), False),
        ("Su 10:00-12:00", datetime(2026, 3, 14, 20, tzinfo=UTC), True),  # Saturday afternoon
        ("Sa 10:00-14:00", datetime(2026, 3, 14, 20, tzinfo=UTC), False),  # over for today
        ("Sa 10:00-14:00", datetime(2026, 3, 15, 16, tzinfo=UTC), False),  # Sunday: a week to go
        ("Su 10:00-23:00", datetime(2026, 3, 16, 2, tzinfo=UTC), True),  # still Sunday there
        ("Fr 22:00-02:00", datetime(2026, 3, 12, 16, tzinfo=UTC), True),  # into Saturday
    ],
)
def test_a_weekend_is_the_saturday_and_sunday_that_come_or_are(hours, now, is_open):
    assert is_open_this_weekend(parse(hours, NEW_YORK), now) is is_open
