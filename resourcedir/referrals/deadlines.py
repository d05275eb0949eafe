"""When an answer to a referral is due, and what follows when it does not come. Pure.

It reckons in the provider's working days, on the clock of the listing's place. It does nothing by
itself: commands store the plan, and the worker acts when its times come.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.directory.hours import WeeklyHours
from resourcedir.referrals.working_days import MORNING, Calendar, Rules, calendar_of

__all__ = [
    "TIMES",
    "Calendar",
    "Lateness",
    "Plan",
    "Rules",
    "Urgency",
    "calendar_of",
    "closed_in_crisis_time",
    "lateness",
    "plan",
    "working_days_late",
]

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
CRISIS_ANSWER: Final = 2 * _HOUR  # a bed for tonight can still be looked for elsewhere


class Urgency(StrEnum):
    CRISIS = "crisis"
    URGENT = "urgent"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class ClockTimes:
    """Clock hours on any day: ``answer`` from sending, the others from the answer being due."""

    answer: timedelta
    remind: timedelta
    escalate: timedelta
    expire: timedelta


@dataclass(frozen=True, slots=True)
class DayTimes:
    """Working days: ``answer`` from the day of receipt, the others from the day it is due.

    It is due, and expires, at the end of the day. Reminders and escalations go out in the morning:
    who reads them in the evening can phone nobody.
    """

    answer: int
    remind: int
    escalate: int
    expire: int


TIMES: Final[dict[Urgency, ClockTimes | DayTimes]] = {
    Urgency.CRISIS: ClockTimes(
        answer=CRISIS_ANSWER,
        remind=-1 * _HOUR,  # half of the time is left to answer in
        escalate=0 * _HOUR,  # somebody waits: at once
        expire=24 * _HOUR,  # the night is over; whoever still needs it is referred anew
    ),
    Urgency.URGENT: DayTimes(
        answer=1,  # whoever sorts the mail can ask whoever decides
        remind=0,  # on the due day itself; the day before, it has hardly come in
        escalate=1,  # the first morning on which it is late
        expire=5,  # a week without a word: the place does not answer
    ),
    Urgency.ROUTINE: DayTimes(
        answer=5,  # a week; seven days is the limit of Minnesota's housing referrals (HMIS)
        remind=-1,  # leaves two working days
        escalate=2,  # after one whole working day on which the officer may phone first
        expire=10,  # two more weeks: as long as leave or an empty post explains silence
    ),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """All in UTC, and in order: reminded before it is due, expired after it was escalated."""

    answer_due_at: datetime
    remind_at: datetime
    escalate_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late an answer is: in working days, or before the first is over in whole hours.

    Both 0 is less than an hour.
    """

    hours: int = 0
    working_days: int = 0


def plan(sent_at: datetime, urgency: Urgency, calendar: Calendar) -> Plan:
    """Return the times of a referral that was sent at ``sent_at``.

    What is sent after the cut-off or on a day off counts as received on the next working day. The
    day of receipt is not counted: what an office has on Monday morning, urgent, is due on Tuesday.

    :raises ValueError: for a time without a zone.
    """
    sent_at, times = _utc(sent_at), TIMES[urgency]
    if isinstance(times, ClockTimes):
        due_at = sent_at + times.answer
        return Plan(due_at, due_at + times.remind, due_at + times.escalate, due_at + times.expire)
    received, end = calendar.received_on(sent_at), calendar.rules.end_of_day

    def at(wall: time, after_due: int) -> datetime:
        return calendar.instant(calendar.later(received, times.answer + after_due), wall)

    return Plan(
        answer_due_at=at(end, 0),
        remind_at=at(MORNING, times.remind),
        escalate_at=at(MORNING, times.escalate),
        expires_at=at(end, times.expire),
    )


def working_days_late(due_at: datetime, now: datetime, calendar: Calendar) -> int:
    """Return how many working days have come after ``due_at`` to the same time by the clock.

    Due on Friday at 5 pm, it is one working day late on Monday at 5 pm.

    :raises ValueError: for a time without a zone.
    """
    due_at, now = _utc(due_at), _utc(now)
    wall = due_at.astimezone(ZoneInfo(calendar.time_zone)).time()
    return sum(
        calendar.works_on(day) and calendar.instant(day, wall) <= now
        for day in calendar.days(due_at, now)[1:]
    )


def lateness(
    due_at: datetime, now: datetime, urgency: Urgency, calendar: Calendar
) -> Lateness | None:
    """Return how late an answer is at ``now``, None if it is not.

    In a crisis every hour counts; else those of working days do: what was due on Friday at 5 pm is
    17 hours late on Monday at 10 am.

    :raises ValueError: for a time without a zone.
    """
    due_at, now = _utc(due_at), _utc(now)
    if now <= due_at:
        return None
    if urgency is Urgency.CRISIS:
        return Lateness(hours=(now - due_at) // _HOUR)
    if late := working_days_late(due_at, now, calendar):
        return Lateness(working_days=late)
    spent = timedelta()
    for day in filter(calendar.works_on, calendar.days(due_at, now)):
        begins, ends = calendar.instant(day, time(0)), calendar.instant(day + _DAY, time(0))
        spent += max(min(ends, now) - max(begins, due_at), timedelta())
    return Lateness(hours=spent // _HOUR)


def closed_in_crisis_time(
    hours: WeeklyHours | None, sent_at: datetime, rules: Rules | None = None
) -> bool:
    """Say whether the officer must phone before sending in a crisis.

    So it is if the provider is closed, or not known to be open, in any part of the time to answer:
    a needless call costs a minute, a place that locks up in ten costs the night. On a holiday the
    usual hours tell nothing, unless it is open day and night.

    :raises ValueError: for a time without a zone.
    """
    sent_at = _utc(sent_at)
    due_at = sent_at + CRISIS_ANSWER
    if hours is None:
        return True
    days = {hours.local(sent_at).date(), hours.local(due_at).date()}
    if not hours.always and any(map((rules or Rules()).is_holiday, days)):
        return True
    state = hours.state(sent_at)
    return not state.open_now or (state.until is not None and state.until < due_at)


def _utc(instant: datetime) -> datetime:
    # In UTC before anything is reckoned: times of one zone are subtracted as its clock reads them.
    if instant.utcoffset() is None:
        raise ValueError("a time without a zone is no instant")
    return instant.astimezone(UTC)
