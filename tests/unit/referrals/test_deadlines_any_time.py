"""Deadlines against the plainest calculation: walk along the clock and look at each day.

Nothing of what is tested is used to find what is expected: here days are found by stepping through
instants and reading the wall clock, and federal holidays by the words of 5 U.S.C. 6103.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import takewhile
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given, settings
from hypothesis import strategies as st

from resourcedir.directory.hours import parse
from resourcedir.referrals.deadlines import (
    Plan,
    Rules,
    Urgency,
    calendar_of,
    closed_in_crisis_time,
    lateness,
    plan,
    working_days_late,
)
from resourcedir.referrals.working_days import is_federal_holiday

HOUR, QUARTER, MINUTE = timedelta(hours=1), timedelta(minutes=15), timedelta(minutes=1)
ZONES = sorted(available_timezones())
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 12, 31, 23, 59, 59, tzinfo=UTC)
WEEKS = {  # opening hours, and the weekdays that a reader would call working days
    None: "01234",
    "24/7": "01234",
    "Mo-Fr 08:00-17:00; Sa,Su closed": "01234",
    "Mo-Sa 07:00-12:00,13:00-19:00": "012345",
    "Tu,Th,Sa 18:00-02:00": "135",
    "We 10:00-14:00": "2",
    "Mo 00:00-24:00; Tu 00:00-24:00; Su 20:00-24:00": "016",
    "Su closed": "01234",
}
# (answer, remind, escalate, expire): working days after the day of receipt
STEPS = {Urgency.URGENT: (1, 1, 2, 6), Urgency.ROUTINE: (5, 4, 7, 15)}


@cache
def changes(zone: str, year: int) -> list[datetime]:
    """Return the hours of a year in which the clock of a zone changes."""
    there, start = ZoneInfo(zone), datetime(year, 1, 1, tzinfo=UTC)
    days = [start + timedelta(days=n) for n in range(366)]
    hours = [
        day + n * HOUR
        for day in days
        if day.astimezone(there).utcoffset() != (day + 24 * HOUR).astimezone(there).utcoffset()
        for n in range(24)
    ]
    return [
        each
        for each in hours
        if each.astimezone(there).utcoffset() != (each + HOUR).astimezone(there).utcoffset()
    ]


@st.composite
def cases(draw):
    """Draw a zone and an instant, half of them within three weeks before a change of its clock."""
    zone = draw(st.sampled_from(ZONES) | st.sampled_from(["America/New_York", "America/Chicago"]))
    found = changes(zone, draw(st.integers(2000, 2099))) if draw(st.booleans()) else []
    if found:
        sent_at = draw(st.sampled_from(found)) - draw(st.integers(-100, 30_000)) * MINUTE
    else:
        sent_at = draw(st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)))
        sent_at = sent_at.replace(tzinfo=UTC)
    return zone, min(max(sent_at, FIRST), LAST).astimezone(ZoneInfo(draw(st.sampled_from(ZONES))))


RULES = st.builds(
    Rules,
    holidays=st.frozensets(
        st.dates(date(2000, 1, 1), date(2100, 12, 31)).map(
            lambda day: day.isoformat()[5 if day.day % 2 else 0 :]
        ),
        max_size=12,
    ),
    cut_off=st.times(time(6), time(20)),
)


@cache
def statute(year: int) -> frozenset[date]:
    days = list(
        takewhile(
            lambda day: day.year == year, (date(year, 1, 1) + n * timedelta(1) for n in range(400))
        )
    )

    def nth(month, weekday, number):
        return [d for d in days if (d.month, d.weekday()) == (month, weekday)][number]

    mondays = [nth(1, 0, 2), nth(2, 0, 2), nth(5, 0, -1), nth(9, 0, 0), nth(10, 0, 1)]
    fixed = [date(year, *each) for each in ((1, 1), (7, 4), (11, 11), (12, 25))]
    fixed += [date(year, 6, 19)] if year >= 2021 else []
    instead = [
        day + timedelta(days=-1 if day.weekday() == 5 else 1)
        for day in (*fixed, date(year + 1, 1, 1))
        if day.weekday() > 4
    ]
    return frozenset(day for day in (*mondays, nth(11, 3, 3), *fixed, *instead) if day.year == year)


def works(day: date, hours: str | None, rules: Rules) -> bool:
    holiday = day in statute(day.year) if day.year < 2101 else False
    local = {day.isoformat(), f"{day.month:02}-{day.day:02}"} & rules.holidays
    return str(day.weekday()) in WEEKS[hours] and not holiday and not local


def walked(sent_at: datetime, zone: str, hours: str | None, rules: Rules, days: int) -> list[date]:
    """Return the day of receipt and working days after it, walking by the hour."""
    local = sent_at.astimezone(ZoneInfo(zone))
    today, found = local.date(), []
    if local.time() <= rules.cut_off and works(today, hours, rules):
        found.append(today)
    instant = sent_at.astimezone(UTC)
    seen = today
    while len(found) <= days:
        instant += HOUR
        day = instant.astimezone(ZoneInfo(zone)).date()
        if day > seen:
            seen = day
            if works(day, hours, rules):
                found.append(day)
    return found


def reading(day: date, wall: time, zone: str) -> datetime:
    """Return the first quarter of an hour at which the clock reads ``wall`` on ``day``."""
    instant = datetime.combine(day, time(0), UTC) - 30 * HOUR
    while (there := instant.astimezone(ZoneInfo(zone))).date() < day or there.time() < wall:
        instant += QUARTER
    return instant


def expected(sent_at, urgency, zone, hours, rules) -> Plan:
    if urgency is Urgency.CRISIS:
        sent_at = sent_at.astimezone(UTC)
        due_at = sent_at + 120 * MINUTE
        return Plan(due_at, sent_at + 60 * MINUTE, due_at, due_at + 24 * HOUR)
    answer, remind, escalate, expire = STEPS[urgency]
    days = walked(sent_at, zone, hours, rules, expire)
    return Plan(
        reading(days[answer], time(17), zone),
        reading(days[remind], time(9), zone),
        reading(days[escalate], time(9), zone),
        reading(days[expire], time(17), zone),
    )


def calendar(hours, zone, rules):
    return calendar_of(hours and parse(hours, zone), zone, rules)


def test_every_federal_holiday_is_one_of_the_statute_for_a_century():
    day = FIRST.date()
    while day <= LAST.date():
        assert is_federal_holiday(day) == (day in statute(day.year)), day
        day += timedelta(days=1)


@settings(max_examples=400, deadline=None)
@given(cases(), st.sampled_from(Urgency), st.sampled_from(list(WEEKS)), RULES)
@example(("Pacific/Apia", datetime(2011, 12, 22, 3, tzinfo=UTC)), Urgency.ROUTINE, None, Rules())
@example(("Pacific/Fakaofo", datetime(2011, 12, 29, 9, tzinfo=UTC)), Urgency.URGENT, None, Rules())
@example(("America/Asuncion", datetime(2022, 9, 30, 18, tzinfo=UTC)), Urgency.URGENT, None, Rules())
@example(("Asia/Beirut", datetime(2022, 3, 25, 8, tzinfo=UTC)), Urgency.URGENT, None, Rules())
@example(("Africa/Casablanca", datetime(2050, 5, 3, tzinfo=UTC)), Urgency.ROUTINE, None, Rules())
@example(("America/St_Johns", datetime(2006, 10, 27, tzinfo=UTC)), Urgency.ROUTINE, None, Rules())
@example(("Etc/GMT+12", LAST), Urgency.ROUTINE, "We 10:00-14:00", Rules())
@example(("Pacific/Kiritimati", FIRST), Urgency.URGENT, "Tu,Th,Sa 18:00-02:00", Rules())
def test_a_plan_is_what_walking_along_the_clock_finds(case, urgency, hours, rules):
    zone, sent_at = case

    found = plan(sent_at, urgency, calendar(hours, zone, rules))

    assert found == expected(sent_at, urgency, zone, hours, rules)
    assert sent_at < found.remind_at < found.answer_due_at <= found.escalate_at < found.expires_at
    assert {each.utcoffset() for each in (found.answer_due_at, found.expires_at)} == {timedelta(0)}


def test_no_zone_and_no_change_of_its_clock_stops_a_plan():
    office = [calendar(None, zone, Rules()) for zone in ZONES]
    for each in office:
        turns = [t for year in (2011, 2027) for t in changes(each.time_zone, year)]
        for sent_at in (FIRST, LAST, *turns):
            for urgency in Urgency:
                found = plan(sent_at, urgency, each)
                assert sent_at < found.remind_at < found.answer_due_at, (each.time_zone, sent_at)
                assert found.answer_due_at <= found.escalate_at < found.expires_at


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from(list(WEEKS)), RULES, st.integers(-2000, 30_000))
def test_lateness_is_what_walking_along_the_clock_counts(case, hours, rules, minutes):
    zone, sent_at = case
    office = calendar(hours, zone, rules)
    due_at = plan(sent_at, Urgency.URGENT, office).answer_due_at
    now = due_at + minutes * MINUTE

    days, working = set(), timedelta()
    instant = due_at
    while instant < now:
        there = instant.astimezone(ZoneInfo(zone))
        if works(there.date(), hours, rules):
            working += min(QUARTER, now - instant)
        instant += QUARTER
        there = min(instant, now).astimezone(ZoneInfo(zone))
        if works(there.date(), hours, rules) and there.time() >= time(17) and instant <= now:
            days.add(there.date())
    days.discard(due_at.astimezone(ZoneInfo(zone)).date())

    assert working_days_late(due_at, now, office) == len(days)
    late = lateness(due_at, now, Urgency.URGENT, office)
    if minutes <= 0:
        assert late is None
    elif days:
        assert (late.working_days, late.hours) == (len(days), 0)
    else:
        assert (late.working_days, late.hours) == (0, working // HOUR)


@settings(max_examples=300, deadline=None)
@given(cases(), st.sampled_from(list(WEEKS)), RULES)
def test_who_need_not_phone_in_a_crisis_reaches_somebody_in_every_minute(case, hours, rules):
    zone, sent_at = case
    sent_at = sent_at.astimezone(UTC).replace(second=0, microsecond=0)
    week = hours and parse(hours, zone)
    minutes = [sent_at + n * MINUTE for n in range(120)]
    days = {each.astimezone(ZoneInfo(zone)).date() for each in (*minutes, sent_at + 2 * HOUR)}
    holiday = any(
        day in statute(day.year) or {day.isoformat(), day.isoformat()[5:]} & rules.holidays
        for day in days
        if day.year < 2101
    )
    sure = week is not None and all(week.open_at(each) for each in minutes)

    expected_call = not sure or (holiday and hours != "24/7")
    assert closed_in_crisis_time(week, sent_at, rules) == expected_call
