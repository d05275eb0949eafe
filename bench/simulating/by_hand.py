"""When answers are due, reckoned once more, by hand.

It shares no line and no library with ``resourcedir.referrals.deadlines``: the holidays are those of
5 U.S.C. 6103(a) written out, the clock changes are those of 15 U.S.C. 260a, and days are walked one
by one. What it knows holds from 2021 (Juneteenth) on, for the zones in ``_STANDARD``.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

_DAY: Final = timedelta(days=1)
_STANDARD: Final = {"America/New_York": -5, "America/Chicago": -6, "America/Phoenix": -7}
_NO_SUMMER_TIME: Final = frozenset({"America/Phoenix"})
MORNING, EVENING, CUT_OFF = time(9), time(17), time(15)


@dataclass(frozen=True, slots=True)
class Week:
    """The weekdays (Monday is 0) that a provider is open, its zone, and the town's own days off."""

    open_on: frozenset[int]
    zone: str
    days_off: frozenset[str] = frozenset()

    def works(self, day: date) -> bool:
        office = {0, 1, 2, 3, 4}
        usual = self.open_on if 0 < len(self.open_on) < 7 else office
        if day.weekday() not in usual or is_federal(day):
            return False
        return day.isoformat() not in self.days_off and f"{day:%m-%d}" not in self.days_off

    def step(self, day: date, count: int) -> date:
        """Return the working day that is ``count`` of them after ``day``; before, if negative."""
        while count:
            day += _DAY if count > 0 else -_DAY
            if self.works(day):
                count -= 1 if count > 0 else -1
        return day


@dataclass(frozen=True, slots=True)
class Times:
    answer: datetime
    remind: datetime
    escalate: datetime
    expire: datetime


def times(urgency: str, week: Week, begun_at: datetime) -> Times:
    """Return the four times of an answer that is owed since ``begun_at``."""
    if urgency == "crisis":
        due = begun_at + timedelta(hours=2)
        return Times(due, due - timedelta(hours=1), due, due + timedelta(hours=24))
    local = wall(begun_at, week.zone)
    received = local.date()
    if local.time() > CUT_OFF or not week.works(received):
        received = week.step(received, 1)
    if urgency == "urgent":
        due = week.step(received, 1)
        remind, escalate, expire = due, week.step(due, 1), week.step(due, 5)
    else:
        due = week.step(received, 5)
        remind, escalate, expire = week.step(due, -1), week.step(due, 2), week.step(due, 10)
    return Times(
        instant(due, EVENING, week.zone),
        instant(remind, MORNING, week.zone),
        instant(escalate, MORNING, week.zone),
        instant(expire, EVENING, week.zone),
    )


def told_before(starts_at: datetime, zone: str) -> datetime:
    """Return nine in the morning of the day before an intake."""
    return instant(wall(starts_at, zone).date() - _DAY, MORNING, zone)


def is_federal(day: date) -> bool:
    """Say whether ``day`` is a federal holiday or the weekday on which one is observed."""
    return day in _federal(day.year) | _federal(day.year + 1)


def _federal(year: int) -> set[date]:
    fixed = [date(year, *each) for each in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    moved = {5: -_DAY, 6: _DAY}  # Saturday: the Friday before; Sunday: the Monday after
    observed = {each + moved.get(each.weekday(), 0 * _DAY) for each in fixed}
    last_of_may = date(year, 5, 31)
    return {
        *fixed,
        *observed,
        _nth(year, 1, 0, 3),
        _nth(year, 2, 0, 3),
        last_of_may - _DAY * last_of_may.weekday(),
        _nth(year, 9, 0, 1),
        _nth(year, 10, 0, 2),
        _nth(year, 11, 3, 4),
    }


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (number - 1))


def wall(at: datetime, zone: str) -> datetime:
    """Return what the clock in ``zone`` reads at ``at``, without a zone."""
    plain = at.astimezone(UTC).replace(tzinfo=None)
    return plain + _offset(plain, zone)


def instant(day: date, at: time, zone: str) -> datetime:
    """Return the instant at which that clock reads ``at``; for times that it reads once a day."""
    standard = timedelta(hours=_STANDARD[zone])
    local = datetime.combine(day, at)
    for offset in (standard + timedelta(hours=1), standard):
        if _offset(local - offset, zone) == offset:
            return (local - offset).replace(tzinfo=UTC)
    raise ValueError(f"the clock in {zone} never reads {local}")


def _offset(plain: datetime, zone: str) -> timedelta:
    """Return how far the clock is from UTC at ``plain`` (UTC)."""
    standard = timedelta(hours=_STANDARD[zone])
    two = time(2)
    begins = datetime.combine(_nth(plain.year, 3, 6, 2), two) - standard
    ends = datetime.combine(_nth(plain.year, 11, 6, 1), two) - standard - timedelta(hours=1)
    summer = zone not in _NO_SUMMER_TIME and begins <= plain < ends
    return standard + timedelta(hours=1) if summer else standard
