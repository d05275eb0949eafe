"""How long a sign-in lasts."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from resourcedir.accounts.liveness import AT_MOST, IDLE_FOR, Course, is_due, is_live

START = datetime(2026, 3, 7, 23, tzinfo=UTC)  # the clocks change within the next hours
SECONDS = st.integers(0, 14 * 3600).map(lambda seconds: timedelta(seconds=seconds))


@given(seen=SECONDS, now=SECONDS)
def test_it_lives_while_it_is_used_and_never_longer_than_twelve_hours(
    seen: timedelta, now: timedelta
) -> None:
    course = Course(START, START + min(seen, now))
    idle = now - min(seen, now)
    assert is_live(course, START + now) == (idle < IDLE_FOR and now < AT_MOST)


@given(seen=SECONDS, ended=SECONDS, now=SECONDS)
def test_once_ended_it_never_lives_again(seen: timedelta, ended: timedelta, now: timedelta) -> None:
    assert not is_live(Course(START, START + seen, START + ended), START + now)


@given(st.lists(st.integers(1, 29 * 60 - 1), max_size=60))
def test_noting_use_once_a_minute_costs_a_minute_at_most(pauses: list[int]) -> None:
    at = seen = START
    for pause in pauses:
        at += timedelta(seconds=pause)
        if at - START >= AT_MOST:
            return
        assert is_live(Course(START, seen), at)
        if is_due(Course(START, seen), at):
            seen = at
        assert at - seen < timedelta(minutes=1)


def test_the_limits_are_those_of_the_policy() -> None:
    assert (timedelta(minutes=30), timedelta(hours=12)) == (IDLE_FOR, AT_MOST)
    assert is_live(Course(START, START), START + timedelta(minutes=29, seconds=59))
    assert not is_live(Course(START, START), START + timedelta(minutes=30))
