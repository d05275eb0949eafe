"""Deadlines as people would read them off a calendar."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from resourcedir.directory.hours import parse
from resourcedir.referrals.deadlines import (
    Lateness,
    Plan,
    Rules,
    Urgency,
    calendar_of,
    closed_in_crisis_time,
    lateness,
    plan,
    working_days_late,
)

EAST, CENTRAL = "America/New_York", "America/Chicago"
FORM = "%a %Y-%m-%d %H:%M"


def at(text, zone=EAST, fold=0):
    return datetime.strptime(text, FORM).replace(tzinfo=ZoneInfo(zone), fold=fold)


def said(instant, zone=EAST):
    return instant.astimezone(ZoneInfo(zone)).strftime(FORM)


def office(hours=None, zone=EAST, **rules):
    return calendar_of(hours and parse(hours, zone), zone, Rules(**rules))


def due(sent, urgency, calendar):
    sent_at = at(sent, calendar.time_zone)
    return said(plan(sent_at, urgency, calendar).answer_due_at, calendar.time_zone)


@pytest.mark.parametrize(
    ("sent", "urgent", "routine"),
    [
        ("Tue 2026-03-10 10:00", "Wed 2026-03-11 17:00", "Tue 2026-03-17 17:00"),
        ("Tue 2026-03-10 15:00", "Wed 2026-03-11 17:00", "Tue 2026-03-17 17:00"),  # the cut-off
        ("Tue 2026-03-10 15:01", "Thu 2026-03-12 17:00", "Wed 2026-03-18 17:00"),  # just after it
        ("Fri 2026-03-13 10:00", "Mon 2026-03-16 17:00", "Fri 2026-03-20 17:00"),
        ("Sat 2026-03-14 10:00", "Tue 2026-03-17 17:00", "Mon 2026-03-23 17:00"),
        ("Fri 2026-05-22 16:00", "Wed 2026-05-27 17:00", "Tue 2026-06-02 17:00"),  # Memorial Day
        ("Thu 2026-07-02 10:00", "Mon 2026-07-06 17:00", "Fri 2026-07-10 17:00"),  # 3 July observed
        ("Thu 2027-12-30 10:00", "Mon 2028-01-03 17:00", "Fri 2028-01-07 17:00"),  # 31 December too
        ("Wed 2026-11-25 16:00", "Mon 2026-11-30 17:00", "Fri 2026-12-04 17:00"),  # Thanksgiving
        ("Fri 2026-03-06 10:00", "Mon 2026-03-09 17:00", "Fri 2026-03-13 17:00"),  # clocks change
    ],
)
def test_an_answer_is_due_at_the_end_of_a_working_day(sent, urgent, routine):
    calendar = office("Mo-Fr 08:00-18:00")

    assert due(sent, Urgency.URGENT, calendar) == urgent
    assert due(sent, Urgency.ROUTINE, calendar) == routine


def test_the_whole_plan_of_an_urgent_and_of_a_routine_referral():
    sent_at = at("Thu 2026-10-08 10:00")  # the Monday after is Columbus Day
    urgent, routine = (plan(sent_at, each, office()) for each in (Urgency.URGENT, Urgency.ROUTINE))

    assert [said(each) for each in in_order(urgent)] == [
        "Fri 2026-10-09 09:00",
        "Fri 2026-10-09 17:00",
        "Tue 2026-10-13 09:00",
        "Mon 2026-10-19 17:00",
    ]
    assert [said(each) for each in in_order(routine)] == [
        "Thu 2026-10-15 09:00",
        "Fri 2026-10-16 17:00",
        "Tue 2026-10-20 09:00",
        "Fri 2026-10-30 17:00",
    ]


def in_order(planned: Plan):
    return planned.remind_at, planned.answer_due_at, planned.escalate_at, planned.expires_at


def test_in_a_crisis_two_hours_of_the_clock_count_even_while_it_changes():
    sent_at = at("Sun 2026-11-01 01:30")  # in half an hour it is 1 am again

    found = plan(sent_at, Urgency.CRISIS, office("Mo-Fr 08:00-17:00"))

    hours = [(each - sent_at.astimezone(UTC)) / timedelta(hours=1) for each in in_order(found)]
    assert hours == [1, 2, 2, 26]
    assert said(found.answer_due_at) == "Sun 2026-11-01 02:30"


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        (None, "01234"),
        ("24/7", "01234"),
        ("Mo-Su 09:00-17:00", "01234"),
        ("Mo-Su closed", "01234"),
        ("Tu,Sa 10:00-12:00; Mo closed", "15"),
        ("Mo-Th 08:00-17:00", "0123"),
        ("Fr 22:00-06:00", "4"),
        ("Mo-Sa 08:00-12:00,13:00-17:00; Su closed", "012345"),
    ],
)
def test_a_provider_works_on_the_days_it_is_open_if_these_are_some_but_not_all(hours, days):
    assert office(hours).weekdays == {int(day) for day in days}


def test_the_provider_clock_counts_not_the_clock_of_the_officer():
    sent_at = at("Tue 2026-03-10 15:30", EAST)  # in Marion County it is 2:30

    found = plan(sent_at, Urgency.URGENT, office(zone=CENTRAL))

    assert said(found.answer_due_at, CENTRAL) == "Wed 2026-03-11 17:00"


def test_local_holidays_are_days_off_once_or_every_year():
    calendar = office(holidays=frozenset({"12-24", "2026-12-28"}))

    assert due("Wed 2026-12-23 10:00", Urgency.URGENT, calendar) == "Tue 2026-12-29 17:00"
    assert due("Tue 2030-12-24 10:00", Urgency.URGENT, calendar) == "Fri 2030-12-27 17:00"
    assert due("Mon 2026-12-28 10:00", Urgency.URGENT, calendar) == "Wed 2026-12-30 17:00"


def test_the_agency_sets_the_cut_off():
    noon = office(cut_off=time(12))

    assert due("Tue 2026-03-10 12:01", Urgency.URGENT, noon) == "Thu 2026-03-12 17:00"


def test_holidays_without_end_are_a_mistake_and_swallow_no_referral():
    every_day = {f"{m:02}-{d:02}" for m in range(1, 13) for d in range(1, 32)}
    calendar = office(holidays=frozenset(every_day))

    assert due("Tue 2026-03-10 10:00", Urgency.URGENT, calendar) == "Thu 2026-03-12 17:00"


def test_nobody_answers_on_a_day_that_the_clock_leaves_out():
    samoa = office(zone="Pacific/Apia")  # from Thursday 29 to Saturday 31 December 2011

    assert due("Thu 2011-12-29 10:00", Urgency.URGENT, samoa) == "Tue 2012-01-03 17:00"


def test_a_day_cannot_end_before_its_reminders_go_out():
    with pytest.raises(ValueError, match="reminders"):
        Rules(end_of_day=time(9))


@pytest.mark.parametrize(
    ("now", "late"),
    [
        ("Fri 2026-03-13 17:00", None),
        ("Fri 2026-03-13 17:59", Lateness()),
        ("Fri 2026-03-13 22:30", Lateness(hours=5)),
        ("Sat 2026-03-14 12:00", Lateness(hours=7)),  # to midnight; nobody works on Saturday
        ("Mon 2026-03-16 10:00", Lateness(hours=17)),
        ("Mon 2026-03-16 16:59", Lateness(hours=23)),
        ("Mon 2026-03-16 17:00", Lateness(working_days=1)),
        ("Wed 2026-03-18 10:00", Lateness(working_days=2)),
    ],
)
def test_lateness_is_in_hours_at_first_and_then_in_working_days(now, late):
    due_at = at("Fri 2026-03-13 17:00")

    assert lateness(due_at, at(now), Urgency.ROUTINE, office()) == late
    assert working_days_late(due_at, at(now), office()) == (late.working_days if late else 0)


def test_in_a_crisis_every_hour_late_counts():
    due_at, now = at("Sat 2026-10-31 20:00"), at("Sun 2026-11-01 20:00")  # 25 hours, that night

    assert lateness(due_at, now, Urgency.CRISIS, office()) == Lateness(hours=25)


@pytest.mark.parametrize(
    ("hours", "sent", "phone"),
    [
        (None, "Tue 2026-03-10 10:00", True),
        ("24/7", "Sun 2026-03-08 01:30", False),
        ("24/7", "Fri 2026-12-25 10:00", False),
        ("Mo-Fr 08:00-17:00", "Tue 2026-03-10 10:00", False),
        ("Mo-Fr 08:00-17:00", "Tue 2026-03-10 15:00", False),
        ("Mo-Fr 08:00-17:00", "Tue 2026-03-10 15:01", True),  # closes before the two hours end
        ("Mo-Fr 08:00-17:00", "Tue 2026-03-10 07:59", True),
        ("Mo-Fr 08:00-12:00,13:00-17:00", "Tue 2026-03-10 11:00", True),
        ("Mo-Fr 08:00-17:00", "Sat 2026-03-14 10:00", True),
        ("Mo-Fr 08:00-17:00", "Fri 2026-12-25 10:00", True),  # a holiday: the hours may not hold
        ("Mo-Su 08:00-02:00", "Wed 2026-12-23 23:30", True),  # a local one begins at midnight
        ("Mo-Su 08:00-02:00", "Tue 2026-12-22 23:30", False),
        ("Mo-Fr 00:00-24:00", "Mon 2026-03-09 23:30", False),
        ("Mo-Fr 00:00-24:00", "Fri 2026-03-13 23:30", True),
    ],
)
def test_the_officer_phones_first_unless_it_is_surely_open_for_the_two_hours(hours, sent, phone):
    week, rules = hours and parse(hours, EAST), Rules(holidays=frozenset({"12-24"}))

    assert closed_in_crisis_time(week, at(sent), rules) is phone


def test_without_rules_federal_holidays_are_known():
    week = parse("Mo-Fr 08:00-17:00", EAST)

    assert closed_in_crisis_time(week, at("Mon 2026-05-25 10:00"))
    assert not closed_in_crisis_time(week, at("Tue 2026-05-26 10:00"))


def test_a_time_without_a_zone_is_refused():
    naive, aware, calendar = datetime(2026, 3, 10, 10), at("Tue 2026-03-10 10:00"), office()  # noqa: DTZ001

    for wrong in (
        lambda: plan(naive, Urgency.CRISIS, calendar),
        lambda: plan(naive, Urgency.URGENT, calendar),
        lambda: working_days_late(naive, aware, calendar),
        lambda: working_days_late(aware, naive, calendar),
        lambda: lateness(naive, aware, Urgency.URGENT, calendar),
        lambda: closed_in_crisis_time(None, naive),
    ):
        with pytest.raises(ValueError, match="without a zone"):
            wrong()
