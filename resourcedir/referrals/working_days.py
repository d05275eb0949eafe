"""The days on which a provider works, and the days off that it shares with others. Pure.

It knows nothing of referrals: what is due when is in ``deadlines``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from holidays import GOVERNMENT, country_holidays

from resourcedir.directory.hours import WeeklyHours

MORNING: Final = time(9)  # offices have opened, and what comes is read rather than buried
OFFICE_WEEK: Final = frozenset(range(5))  # Monday to Friday
LONGEST_CLOSURE_DAYS: Final = 100  # as a school's summer; more is a mistake in the settings
LEGAL_HOLIDAYS: Final = frozenset(  # 5 U.S.C. 6103(a), in the words of the library
    {
        "New Year's Day",
        "Birthday of Martin Luther King, Jr.",
        "Washington's Birthday",
        "Memorial Day",
        "Juneteenth National Independence Day",
        "Independence Day",
        "Labor Day",
        "Columbus Day",
        "Veterans Day",
        "Thanksgiving Day",
        "Christmas Day",
    }
)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the agency sets. ``holidays`` are ISO dates, or "12-24" for one of each year."""

    holidays: frozenset[str] = frozenset()
    cut_off: time = time(15)
    end_of_day: time = time(17)

    def __post_init__(self) -> None:
        if self.end_of_day <= MORNING:
            raise ValueError("a working day cannot end before its reminders go out")

    def is_holiday(self, day: date) -> bool:
        written = day.isoformat()
        return written in self.holidays or written[5:] in self.holidays or is_federal_holiday(day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a provider: weekdays (Monday is 0) in an IANA zone, less holidays."""

    weekdays: frozenset[int]
    time_zone: str
    rules: Rules = field(default_factory=Rules)

    def works_on(self, day: date) -> bool:
        return self._usual(day) and not self.rules.is_holiday(day)

    def received_on(self, sent_at: datetime) -> date:
        """Return the working day as whose mail it counts: up to the cut-off, the same one."""
        local = sent_at.astimezone(ZoneInfo(self.time_zone))
        day = local.date()
        in_time = local.time() <= self.rules.cut_off and self.works_on(day)
        return day if in_time else self.later(day, 1)

    def later(self, day: date, working_days: int) -> date:
        """Return the day that is so many working days after ``day``."""
        for _ in range(working_days):
            day = self._next(day)
        return day

    def days(self, first_at: datetime, last_at: datetime) -> list[date]:
        """Return every day there from one instant to another, both included."""
        zone = ZoneInfo(self.time_zone)
        first, last = first_at.astimezone(zone).date(), last_at.astimezone(zone).date()
        return [first + n * _DAY for n in range((last - first).days + 1)]

    def instant(self, day: date, wall: time) -> datetime:
        """Return when (UTC) the clock there reads ``wall``; of two such times the first.

        A time that the clock leaves out is as long after midnight as it would be on other days.
        """
        return datetime.combine(day, wall, ZoneInfo(self.time_zone)).astimezone(UTC)

    def _next(self, day: date) -> date:
        # Where a mistake in the settings leaves no working day, referrals must not wait forever.
        found = next(filter(self.works_on, _after(day)), None)
        return found or next(filter(self._usual, _after(day)))

    def _usual(self, day: date) -> bool:
        # Samoa had no 30 December 2011: nobody answers on a day that the clock leaves out.
        noon = self.instant(day, time(12)).astimezone(ZoneInfo(self.time_zone))
        return day.weekday() in self.weekdays and noon.date() == day


def calendar_of(hours: WeeklyHours | None, time_zone: str, rules: Rules) -> Calendar:
    """Return the calendar of a listing that is open at ``hours``: it works on the days it is open.

    Monday to Friday where no day is said to be open, and where all seven are: then people take
    shifts at the door, but those who decide on referrals keep office days.
    """
    days = frozenset(number for number, day in enumerate(hours.days if hours else ()) if day)
    return Calendar(days if 0 < len(days) < 7 else OFFICE_WEEK, time_zone, rules)


def is_federal_holiday(day: date) -> bool:
    """Say whether federal law makes ``day`` a holiday, or the day on which one is observed."""
    return day in _federal_holidays(day.year)


@lru_cache(maxsize=256)
def _federal_holidays(year: int) -> frozenset[date]:
    """Return those of one year; the library knows them from 1870 to 2100, and none outside.

    Days on which an executive order closes federal offices are left out: others work then.
    """
    found = country_holidays("US", categories=GOVERNMENT, years=year, expand=False)
    return frozenset(
        day
        for day in found
        if any(name.removesuffix(" (observed)") in LEGAL_HOLIDAYS for name in found.get_list(day))
    )


def _after(day: date) -> Iterator[date]:
    return (day + n * _DAY for n in range(1, LONGEST_CLOSURE_DAYS + 1))
