"""Appointments, and what else lies in their time, against clocks read minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.directory.hours import WHOLE_DAY, Interval, WeeklyHours, parse
from resourcedir.errors import BadInput
from resourcedir.referrals.appointments import (
    Appointment,
    Busy,
    Conflict,
    ConflictKind,
    check,
    conflicts,
    typed,
)

EASTERN, CENTRAL, ARIZONA = "America/New_York", "America/Chicago", "America/Phoenix"
ZONES = (EASTERN, CENTRAL, ARIZONA, "Pacific/Auckland", "Africa/Cairo")
CHANGES = (  # days at whose night some of these clocks are set forward or back, and one ordinary
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 9, 27),
    date(2026, 4, 24),
    date(2026, 10, 30),
    date(2026, 6, 17),
)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 3, 3, 15, tzinfo=UTC)
CURFEW = parse("Mo-Su 20:00-06:00", EASTERN)
SHIFT = parse("Mo-Fr 07:00-15:30", EASTERN)


def at(text, minutes=60, zone=EASTERN):
    """Return the appointment of "2026-03-03 14:00" on the clock of ``zone``."""
    day, _, clock = text.partition(" ")
    return Appointment(
        typed(date.fromisoformat(day), time.fromisoformat(clock), zone), minutes, zone
    )


def local(conflict, zone=EASTERN):
    begins, ends = (each.astimezone(ZoneInfo(zone)) for each in (conflict.begins, conflict.ends))
    return conflict.kind, f"{begins:%H:%M}", f"{ends:%H:%M}"


def test_an_appointment_is_on_the_clock_of_its_place():
    own = at("2026-03-09 14:00", 45)
    assert own.starts_at == datetime(
        2026, 3, 9, 18, tzinfo=UTC
    )  # clocks went forward the day before
    assert own.starts_at.tzinfo is UTC
    assert own.ends_at == datetime(2026, 3, 9, 18, 45, tzinfo=UTC)
    assert f"{own.local():%Y-%m-%d %H:%M %Z}" == "2026-03-09 14:00 EDT"


def test_an_instant_in_any_zone_is_kept_as_utc_and_one_without_a_zone_refused():
    there = datetime(2026, 3, 3, 14, tzinfo=ZoneInfo(EASTERN))
    assert Appointment(there, 60, EASTERN).starts_at.tzinfo is UTC
    with pytest.raises(ValueError, match="zone"):
        Appointment(datetime(2026, 3, 3, 14), 60, EASTERN)  # noqa: DTZ001 -- that is the case


@pytest.mark.parametrize(
    ("day", "clock", "zone", "skipped", "mend"),
    [
        (date(2026, 3, 8), time(2), EASTERN, "2:00 am", "3:00 am"),
        (date(2026, 3, 8), time(2, 59), CENTRAL, "2:59 am", "3:00 am"),
        (date(2026, 9, 27), time(2, 30), "Pacific/Auckland", "2:30 am", "3:00 am"),
        (date(2026, 4, 24), time(0, 15), "Africa/Cairo", "12:15 am", "1:00 am"),
    ],
)
def test_a_time_that_the_clock_skips_is_refused_with_the_next_one(day, clock, zone, skipped, mend):
    with pytest.raises(BadInput) as refused:
        typed(day, clock, zone)
    assert f"no {skipped}" in str(refused.value)
    assert f"Choose {mend}" in str(refused.value)
    assert typed(day, time(3), zone).astimezone(ZoneInfo(zone)).time() == time(3)


def test_where_the_clock_never_changes_no_time_is_skipped():
    assert typed(date(2026, 3, 8), time(2, 30), ARIZONA) == datetime(2026, 3, 8, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "zone"),
    [
        (date(2026, 11, 1), time(1, 30), EASTERN),
        (date(2026, 4, 5), time(2, 30), "Pacific/Auckland"),
        (date(2026, 10, 29), time(23, 30), "Africa/Cairo"),
    ],
)
def test_of_a_time_that_comes_twice_the_first_is_meant(day, clock, zone):
    first = typed(day, clock, zone)
    again = (first + HOUR).astimezone(ZoneInfo(zone))
    assert (again.date(), again.time()) == (day, clock)
    assert typed(day, clock.replace(fold=1), zone) == first


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("clock", [time(0), time(23, 59)])
@pytest.mark.parametrize("zone", ZONES)
def test_days_at_the_ends_of_the_calendar_are_refused_in_words(day, clock, zone):
    with pytest.raises(BadInput, match="Choose"):
        check(Appointment(typed(day, clock, zone), 60, zone), NOW)


@pytest.mark.parametrize(
    ("starts_at", "minutes"),
    [(NOW, 5), (NOW, 720), (NOW - DAY, 60), (NOW + 730 * DAY, 60)],
)
def test_an_appointment_at_the_ends_of_what_is_allowed_is_taken(starts_at, minutes):
    check(Appointment(starts_at, minutes, EASTERN), NOW)


@pytest.mark.parametrize(
    ("starts_at", "minutes", "mend"),
    [
        (NOW, 4, "5 to 720 minutes"),
        (NOW, 721, "5 to 720 minutes"),
        (NOW, 10**18, "5 to 720 minutes"),
        (NOW, -60, "5 to 720 minutes"),
        (NOW - DAY - MINUTE, 60, "Choose a later day"),
        (NOW + 730 * DAY + MINUTE, 60, "Choose an earlier day"),
    ],
)
def test_an_appointment_beyond_that_names_the_mend(starts_at, minutes, mend):
    with pytest.raises(BadInput, match=mend):
        check(Appointment(starts_at, minutes, EASTERN), NOW)


def test_a_free_client_has_no_conflict():
    assert conflicts(at("2026-03-03 16:00"), (), CURFEW, SHIFT) == ()
    assert conflicts(at("2026-03-03 03:00"), (), None, None) == ()


def test_what_ends_when_the_appointment_begins_is_no_conflict():
    before = Busy("R-BEFORE", at("2026-03-03 15:30", 30))
    after = Busy("R-AFTER", at("2026-03-03 17:00", 30))
    assert conflicts(at("2026-03-03 16:00"), (before, after), None, SHIFT) == ()
    assert conflicts(at("2026-03-03 15:30"), (), None, SHIFT) == ()
    assert conflicts(at("2026-03-03 19:00"), (), CURFEW, None) == ()


def test_everything_that_is_met_is_told_from_when_to_when_in_order():
    found = conflicts(
        at("2026-03-03 15:00", 330),  # a Tuesday
        (Busy("R-LATER", at("2026-03-03 18:00")), Busy("R-SOON", at("2026-03-03 14:00", 90))),
        CURFEW,
        SHIFT,
    )
    assert [local(each) for each in found] == [
        (ConflictKind.APPOINTMENT, "15:00", "15:30"),
        (ConflictKind.WORK, "15:00", "15:30"),
        (ConflictKind.APPOINTMENT, "18:00", "19:00"),
        (ConflictKind.CURFEW, "20:00", "20:30"),
    ]
    assert [each.reference for each in found] == ["R-SOON", "", "R-LATER", ""]


def test_the_curfew_of_last_night_lasts_until_the_morning():
    found = conflicts(at("2026-03-03 05:30"), (), parse("Mo 20:00-06:00", EASTERN), None)
    assert [local(each) for each in found] == [(ConflictKind.CURFEW, "05:30", "06:00")]


def test_a_curfew_is_on_the_clock_of_home_and_not_of_the_provider():
    provider = at("2026-03-03 18:30", 60, CENTRAL)  # 7:30 pm at home
    (found,) = conflicts(provider, (), CURFEW, None)
    assert local(found) == (ConflictKind.CURFEW, "20:00", "20:30")
    assert conflicts(at("2026-03-03 06:00", 30, EASTERN), (), CURFEW, None) == ()
    (found,) = conflicts(at("2026-03-03 04:30", 60, CENTRAL), (), CURFEW, None)
    assert local(found) == (ConflictKind.CURFEW, "05:30", "06:00")


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 8), 5), (date(2026, 11, 1), 7)])
def test_a_night_on_which_clocks_change_has_its_own_length(day, hours):
    midnight = typed(day, time(0), EASTERN)
    (found,) = conflicts(Appointment(midnight, 720, EASTERN), (), CURFEW, None)
    assert found.ends - found.begins == hours * HOUR


def test_who_is_confined_to_the_home_is_never_free():
    always = WeeklyHours(((WHOLE_DAY,),) * 7, EASTERN)
    own = at("2026-03-03 16:00")
    assert conflicts(own, (), always, None) == (
        Conflict(ConflictKind.CURFEW, own.starts_at, own.ends_at),
    )


def test_a_week_without_a_time_takes_none():
    nothing = WeeklyHours((None, ()) + (None,) * 5, EASTERN)
    assert conflicts(at("2026-03-03 16:00"), (), nothing, nothing) == ()


quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@st.composite
def weekdays(draw):
    """Draw a day not stated, free, or with spans; the last may pass midnight."""
    count = draw(st.sampled_from([None, 0, 1, 1, 2]))
    if count is None:
        return None
    edges = sorted(draw(st.lists(quarters, min_size=2 * count, max_size=2 * count, unique=True)))
    spans = [Interval(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if spans and draw(st.booleans()):
        spans[-1] = Interval(spans[-1].opens, draw(quarters.filter(lambda t: t <= spans[-1].opens)))
    return tuple(spans)


weeks = st.none() | st.builds(WeeklyHours, st.tuples(*[weekdays()] * 7), st.sampled_from(ZONES))


@st.composite
def appointments(draw, day):
    starts_at = datetime.combine(day, time(0), UTC) + draw(st.integers(-900, 2000)) * MINUTE
    return Appointment(starts_at, draw(st.integers(5, 720)), draw(st.sampled_from(ZONES)))


@st.composite
def calendars(draw):
    day = draw(st.sampled_from(CHANGES))
    met = draw(st.lists(appointments(day), max_size=3))
    busy = [Busy(f"R-{number}", each) for number, each in enumerate(met)]
    return draw(appointments(day)), busy, draw(weeks), draw(weeks)


def minutes_in(week, first, count):
    """Yield the minutes from ``first`` on that lie in ``week``, by walking its clock.

    What counts is the furthest that the clock has read: an hour that comes twice passes once.
    """
    if week is None:
        return
    zone, furthest = ZoneInfo(week.time_zone), datetime.min  # noqa: DTZ901 -- wall-clock
    for step in range(-27 * 60, count):
        instant = first + step * MINUTE
        furthest = max(furthest, instant.astimezone(zone).replace(tzinfo=None))
        if step >= 0 and any(lies_in(week, furthest, back) for back in (0, 1)):
            yield instant


def lies_in(week, wall, back):
    day = wall.date() - back * DAY
    for each in week.days[day.weekday()] or ():
        last = day + DAY if each.closes <= each.opens else day
        if datetime.combine(day, each.opens) <= wall < datetime.combine(last, each.closes):
            return True
    return False


def minutes_of(found, kind):
    return [
        each.begins + step * MINUTE
        for each in found
        if each.kind is kind
        for step in range((each.ends - each.begins) // MINUTE)
    ]


@settings(max_examples=150, deadline=None)
@given(calendars())
def test_a_client_is_busy_in_the_minutes_that_clocks_read_minute_by_minute_say(drawn):
    own, others, curfew, work = drawn
    found = conflicts(own, others, curfew, work)

    for kind, week in ((ConflictKind.CURFEW, curfew), (ConflictKind.WORK, work)):
        assert minutes_of(found, kind) == list(minutes_in(week, own.starts_at, own.minutes))
    walked = [own.starts_at + step * MINUTE for step in range(own.minutes)]
    for other in others:
        there = other.appointment
        told = [each for each in found if each.reference == other.reference]
        assert minutes_of(told, ConflictKind.APPOINTMENT) == [
            instant for instant in walked if there.starts_at <= instant < there.ends_at
        ]
    assert list(found) == sorted(found, key=lambda each: each.begins)


@given(
    st.sampled_from(CHANGES),
    st.integers(-1, 1),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(ZONES),
)
def test_what_is_typed_is_what_the_clock_reads_then_for_the_first_time(day, offset, clock, zone):
    day, place = day + offset * DAY, ZoneInfo(zone)
    noon = datetime.combine(day, time(12), UTC)
    readings = [
        instant
        for step in range(-36 * 60, 36 * 60)
        if (instant := noon + step * MINUTE).astimezone(place).replace(tzinfo=None)
        == datetime.combine(day, clock)
    ]
    if readings:
        assert typed(day, clock, zone) == readings[0]
    else:
        with pytest.raises(BadInput, match="set forward"):
            typed(day, clock, zone)
