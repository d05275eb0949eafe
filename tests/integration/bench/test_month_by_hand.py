"""The reckoning that deadlines are compared with must be right by itself."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bench.simulating import by_hand
from bench.simulating.by_hand import Week
from resourcedir.referrals.deadlines import Calendar, Rules, Urgency, plan

OFFICE = frozenset(range(5))
HOLIDAYS_OF_2026 = {  # as the Office of Personnel Management lists them
    date(2026, 1, 1),
    date(2026, 1, 19),
    date(2026, 2, 16),
    date(2026, 5, 25),
    date(2026, 6, 19),
    date(2026, 7, 3),
    date(2026, 7, 4),
    date(2026, 9, 7),
    date(2026, 10, 12),
    date(2026, 11, 11),
    date(2026, 11, 26),
    date(2026, 12, 25),
}


def test_it_knows_the_federal_holidays_of_a_year():
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    assert {day for day in days if by_hand.is_federal(day)} == HOLIDAYS_OF_2026


def test_a_holiday_of_the_next_year_may_be_observed_in_this_one():
    assert by_hand.is_federal(date(2021, 12, 31))  # 1 January 2022 is a Saturday


@pytest.mark.parametrize("zone", ["America/New_York", "America/Chicago", "America/Phoenix"])
def test_its_clocks_read_what_the_clocks_there_read(zone):
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(365 * 24):
        at = begins + timedelta(hours=hours)
        assert by_hand.wall(at, zone) == at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def test_a_routine_answer_over_thanksgiving_is_due_after_five_working_days():
    week = Week(OFFICE, "America/New_York", frozenset({"2026-11-27"}))
    sent_at = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)  # Friday, half past three: after the mail
    found = by_hand.times("routine", week, sent_at)
    assert found.answer == datetime(2026, 12, 2, 22, tzinfo=UTC)  # received on Monday the 23rd
    assert found.remind == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert found.escalate == datetime(2026, 12, 4, 14, tzinfo=UTC)
    assert found.expire == datetime(2026, 12, 16, 22, tzinfo=UTC)


def test_a_crisis_is_reckoned_in_hours_across_the_change_of_the_clock():
    sent_at = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # half past one, the first time
    found = by_hand.times("crisis", Week(OFFICE, "America/New_York"), sent_at)
    assert found.answer == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


def test_the_app_and_the_hand_come_to_the_same():
    random, days_off = Random(3), frozenset({"12-24", "2026-11-27"})  # noqa: S311 -- no secret comes of it
    for _ in range(500):
        at = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(minutes=random.randrange(120 * 1440))
        days = frozenset(random.sample(range(7), random.randrange(1, 7)))
        zone = random.choice(["America/New_York", "America/Chicago", "America/Phoenix"])
        calendar = Calendar(days, zone, Rules(days_off, time(15)))
        for urgency in Urgency:
            ours = plan(at, urgency, calendar)
            hand = by_hand.times(urgency, Week(days, zone, days_off), at)
            assert ours.answer_due_at == hand.answer
            assert (ours.remind_at, ours.escalate_at) == (hand.remind, hand.escalate)
            assert ours.expires_at == hand.expire
