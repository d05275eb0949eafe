"""Opening hours against a clock that is read minute by minute."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.directory.hours import WHOLE_DAY, Interval, WeeklyHours, parse
from resourcedir.errors import BadInput

EASTERN, CENTRAL = "America/New_York", "America/Chicago"
SPRING = datetime(2026, 3, 8, tzinfo=UTC)  # a Sunday; at 2 am clocks go to 3
FALL = datetime(2026, 11, 1, tzinfo=UTC)  # a Sunday; at 2 am clocks go back to 1
ORDINARY = datetime(2026, 5, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@st.composite
def days(draw):
    """Draw None, a closed day, or intervals that do not overlap; the last may pass midnight."""
    if (count := draw(st.sampled_from([None, 0, 1, 1, 2]))) is None:
        return None
    edges = sorted(draw(st.lists(times, min_size=2 * count, max_size=2 * count, unique=True)))
    intervals = [Interval(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if intervals and draw(st.booleans()):
        late = draw(times.filter(lambda t: t <= intervals[-1].opens))
        intervals[-1] = Interval(intervals[-1].opens, late)
    return tuple(intervals)


weeks = st.builds(
    WeeklyHours,
    st.tuples(*[days()] * 7),
    st.sampled_from([EASTERN, CENTRAL]),
)


def _truth(week, start, minutes):
    """Walk the minutes: open from when the clock first reads the one time until the other.

    The furthest that the clock has read never goes back, so the hour that comes twice is lived
    once, and the hour that is left out is passed in no time.
    """
    zone = ZoneInfo(week.time_zone)
    furthest = datetime.min  # noqa: DTZ901 -- wall-clock
    for step in range(-26 * 60, minutes):
        instant = start + step * MINUTE
        furthest = max(furthest, instant.astimezone(zone).replace(tzinfo=None))
        if step >= 0:
            yield instant, any(_covers(week, furthest, back) for back in (0, 1))


def _covers(week, wall, back):
    day = wall.date() - timedelta(days=back)
    for each in week.days[day.weekday()] or ():
        ends = day + timedelta(days=1) if each.closes <= each.opens else day
        if datetime.combine(day, each.opens) <= wall < datetime.combine(ends, each.closes):
            return True
    return False


@settings(max_examples=25, deadline=None)
@given(weeks, st.sampled_from([SPRING, FALL, ORDINARY]))
def test_open_is_what_a_clock_read_minute_by_minute_says(week, start):
    for instant, is_open in _truth(week, start, 36 * 60):
        assert week.open_at(instant) is is_open, instant


@settings(max_examples=40, deadline=None)
@given(weeks, st.sampled_from([SPRING, FALL, ORDINARY]), st.integers(0, 36 * 60))
def test_a_state_ends_when_it_says_and_not_before(week, start, minute):
    now = start + minute * MINUTE
    state = week.state(now)
    change = state.until if state.open_now else state.next_open

    assert state.open_now is week.open_at(now)
    if change is None:
        assert week.always or not state.open_now
        return
    assert week.open_at(change) is not state.open_now
    between = (change - now) / 7
    assert all(week.open_at(now + step * between) is state.open_now for step in range(7))
    assert week.open_at(change - timedelta(seconds=1)) is state.open_now


@given(weeks)
def test_hours_are_written_and_read_back_alike(week):
    if any(day is not None for day in week.days):
        assert parse(week.to_text(), week.time_zone) == week


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("mo-fr  08:00 - 17:00", "Mo-Fr 08:00-17:00"),
        ("Fr-Mo 20:00-02:00", "Mo 20:00-02:00; Fr-Su 20:00-02:00"),
        ("Mo,We,Fr 9:00-12:00;", "Mo 09:00-12:00; We 09:00-12:00; Fr 09:00-12:00"),
        ("Sa 15:00-16:00,10:00-14:00; Su closed", "Sa 10:00-14:00,15:00-16:00; Su closed"),
        ("Mo-Su 00:00-24:00", "24/7"),
        ("24/7", "24/7"),
    ],
)
def test_what_people_write_is_understood(text, plain):
    assert parse(text).to_text() == plain


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", '""'),
        ("Mo", "Mo"),
        ("Mo-Fr 8-17", "8-17"),
        ("Mo 08:00", "08:00"),
        ("Mo 25:00-26:00", "25:00"),
        ("Mo 08:00-17:00; Fun 09:00-10:00", "Fun"),
        ("Mo-We 08:00-17:00; We closed", "We closed"),
        ("Mo 08:00-12:00,11:00-13:00", "11:00"),
        ("Mo 20:00-02:00,21:00-22:00", "20:00"),
        ("24/7; Su closed", "24/7"),
        ("Mo 0x8:00-10:00", "0x8"),
    ],
)
def test_what_is_no_hours_is_refused_by_naming_the_part(text, part):
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert part in str(refused.value)


def test_the_same_clock_is_an_hour_apart_in_the_two_zones():
    eight_eastern = datetime(2026, 3, 12, 12, tzinfo=UTC)

    assert parse("Mo-Fr 08:00-17:00", EASTERN).open_at(eight_eastern)
    assert not parse("Mo-Fr 08:00-17:00", CENTRAL).open_at(eight_eastern)
    assert parse("Mo-Fr 08:00-17:00", CENTRAL).open_at(eight_eastern + timedelta(hours=1))


def test_a_place_that_closes_in_the_hour_that_comes_twice_does_not_open_anew():
    bar = parse("Sa 20:00-01:30; Su closed", EASTERN)

    assert bar.open_at(datetime(2026, 11, 1, 5, 29, tzinfo=UTC))  # 1:29 am, summer time
    assert not bar.open_at(datetime(2026, 11, 1, 6, 15, tzinfo=UTC))  # 1:15 am once more


def test_hours_that_begin_in_the_hour_left_out_begin_right_after_it():
    early = parse("Su 02:30-04:00", EASTERN)

    assert early.state(SPRING).next_open == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_touching_days_are_one_opening_and_all_days_have_no_end():
    weekend = parse("Sa-Su 00:00-24:00", EASTERN)

    assert weekend.state(datetime(2026, 5, 16, 12, tzinfo=UTC)).until == datetime(
        2026, 5, 18, 4, tzinfo=UTC
    )
    assert parse("24/7", EASTERN).state(FALL).until is None
    assert parse("24/7").days == ((WHOLE_DAY,),) * 7


def test_a_week_of_closed_days_never_opens():
    state = parse("Mo-Su closed", EASTERN).state(ORDINARY)

    assert not state.open_now and state.next_open is None


@pytest.mark.parametrize("day", [ORDINARY, SPRING, FALL])
@given(weeks, st.integers(0, 36 * 60))
@settings(max_examples=20, deadline=None)
def test_it_is_open_tonight_if_it_is_open_at_some_minute_of_the_night(day, hours, minutes):
    now = day + minutes * MINUTE
    night = [now + step * MINUTE for step in range(0, 25 * 60, 5)]
    dates = (hours.local(now).date() - timedelta(days=1), hours.local(now).date())

    def of_this_night(instant):
        local = hours.local(instant)
        evening = local.time() >= time(18)
        began = local.date() if evening else local.date() - timedelta(days=1)
        first = dates[0] if hours.local(now).time() < time(6) else dates[1]
        return (evening or local.time() < time(6)) and began == first

    expected = any(of_this_night(each) and hours.open_at(each) for each in night)
    assert hours.open_tonight(now) == expected
