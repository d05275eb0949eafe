"""Weekly opening hours on the clock of a place, and whether it is open at an instant. Pure.

A span begins and ends at the first instant at which the clock there reads its time. So an hour that
the change to summer time leaves out opens or closes nothing, and a place that closes at 1:30 am
does not open anew when the clock is set back. Public holidays are not known here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.errors import BadInput
from resourcedir.texts import N_

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS: Final = "24/7"
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_EVENING, _MORNING = time(18), time(6)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From ``opens`` to ``closes`` by the clock; at or before ``opens`` it is on the next day."""

    opens: time
    closes: time

    @property
    def ends_next_day(self) -> bool:
        return self.closes <= self.opens


WHOLE_DAY: Final = Interval(time(0), time(0))
Day = tuple[Interval, ...] | None  # () is closed; None is not stated


@dataclass(frozen=True, slots=True)
class OpenState:
    """``until`` is the end of the present opening, ``next_open`` the start of the next; UTC.

    Both None: it is open without end, or nothing is known of another opening.
    """

    open_now: bool
    until: datetime | None = None
    next_open: datetime | None = None


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The seven days from Monday on, and the IANA name of the zone whose clock is meant."""

    days: tuple[Day, ...]
    time_zone: str

    def __post_init__(self) -> None:
        if len(self.days) != 7:
            raise ValueError("a week has seven days")

    @property
    def always(self) -> bool:
        return all(day == (WHOLE_DAY,) for day in self.days)

    def open_at(self, instant: datetime) -> bool:
        """Say whether it is open at ``instant`` (aware)."""
        today = self.local(instant).date()
        return any(a <= instant < b for a, b in self._spans(today - _DAY, today))

    def open_tonight(self, instant: datetime) -> bool:
        """Say whether it is open at some time of the night of ``instant``, from then on.

        A night lasts from 6 in the evening to 6 in the morning by the clock of the place.
        """
        local = self.local(instant)
        midnight = datetime.combine(local.date(), time(0), local.tzinfo)
        if local.time() < _MORNING:
            return self.open_between(instant, datetime.combine(midnight, _MORNING, local.tzinfo))
        evening = datetime.combine(midnight, _EVENING, local.tzinfo)
        morning = datetime.combine(midnight + _DAY, _MORNING, local.tzinfo)
        return self.open_between(max(instant, evening), morning)

    def open_between(self, begins: datetime, ends: datetime) -> bool:
        """Say whether it is open at some instant from ``begins`` to before ``ends`` (aware)."""
        first, last = self.local(begins).date() - _DAY, self.local(ends).date()
        return any(a < ends and begins < b for a, b in self._spans(first, last))

    def state(self, instant: datetime) -> OpenState:
        """Return what ``instant`` is to this week: open until when, or closed until when."""
        today = self.local(instant).date()
        for begins, ends in _joined(self._spans(today - _DAY, today + _WEEK + _DAY)):
            if begins <= instant < ends:
                return OpenState(open_now=True, until=ends if ends - instant < _WEEK else None)
            if begins > instant:
                return OpenState(open_now=False, next_open=begins)
        return OpenState(open_now=False)

    def local(self, instant: datetime) -> datetime:
        """Return ``instant`` on the clock of the place."""
        return instant.astimezone(ZoneInfo(self.time_zone))

    def to_text(self) -> str:
        """Return the hours as ``parse`` reads them: "Mo-Fr 08:00-17:00; Su closed", "24/7"."""
        return ALWAYS if self.always else "; ".join(_groups(self.days))

    def _spans(self, first: date, last: date) -> Iterator[tuple[datetime, datetime]]:
        for offset in range((last - first).days + 1):
            day = first + offset * _DAY
            for each in self.days[day.weekday()] or ():
                end_day = day + _DAY if each.ends_next_day else day
                begins = _first_reading(datetime.combine(day, each.opens), self.time_zone)
                ends = _first_reading(datetime.combine(end_day, each.closes), self.time_zone)
                if begins < ends:
                    yield begins, ends


def parse(text: str, time_zone: str = "UTC") -> WeeklyHours:
    """Return the hours written as "Mo-Fr 08:00-17:00; Sa 10:00-14:00,15:00-16:00; Su closed".

    "24/7" is always open. Days may be listed ("Mo,We 09:00-12:00"); 24:00 ends a day; a day that is
    not named is not stated. The zone matters to instants alone.

    :raises BadInput: naming the part that is wrong.
    """
    return _parse(" ".join(text.split()), time_zone)


@lru_cache(maxsize=8192)
def _parse(text: str, time_zone: str) -> WeeklyHours:
    if text == ALWAYS:
        return WeeklyHours(((WHOLE_DAY,),) * 7, time_zone)
    days: list[Day] = [None] * 7
    for part in (each.strip() for each in text.rstrip("; ").split(";")):
        names, _, spans = part.partition(" ")
        found = _intervals(spans, part)
        for day in _days(names, part):
            if days[day] is not None:
                raise BadInput(
                    N_('Hours: %(day)s is named twice, again in "%(part)s".'),
                    day=DAYS[day],
                    part=part,
                )
            days[day] = found
    return WeeklyHours(tuple(days), time_zone)


def _days(names: str, part: str) -> Iterator[int]:
    for each in names.split(","):
        first, dash, last = each.partition("-")
        try:
            start = DAYS.index(first.title())
            end = DAYS.index(last.title()) if dash else start
        except ValueError:
            raise BadInput(
                N_('Hours: "%(part)s" does not begin with days such as Mo-Fr or Sa,Su.'), part=part
            ) from None
        yield from ((start + step) % 7 for step in range((end - start) % 7 + 1))


def _intervals(spans: str, part: str) -> tuple[Interval, ...]:
    if spans.lower() == "closed":
        return ()
    found = sorted(_interval(each, part) for each in spans.split(","))
    for earlier, later in pairwise(found):
        if earlier.ends_next_day or later.opens < earlier.closes:
            raise BadInput(N_('Hours: times overlap in "%(part)s".'), part=part)
    return tuple(found)


def _interval(span: str, part: str) -> Interval:
    opens, _, closes = span.strip().partition("-")
    try:
        return Interval(_clock(opens), time(0) if closes.strip() == "24:00" else _clock(closes))
    except ValueError:
        raise BadInput(
            N_('Hours: "%(part)s" has no times such as 08:00-17:00, and not the word closed.'),
            part=part,
        ) from None


def _clock(text: str) -> time:
    hour, _, minute = text.strip().partition(":")
    if not (hour.isascii() and hour.isdigit() and len(minute) == 2 and minute.isdigit()):
        raise ValueError(text)
    return time(int(hour), int(minute))


Row = tuple[str, time | None, time | None]
"""Days as HSDS's ``schedule.byday`` has them ("MO,TU"), and a span; without times: closed."""


def week_of(rows: Iterable[Row], time_zone: str = "UTC") -> WeeklyHours | None:
    """Return the week that ``rows`` say, None if they say nothing of any day."""
    days: list[Day] = [None] * 7
    for names, opens, closes in rows:
        spans = () if opens is None or closes is None else (Interval(opens, closes),)
        for name in names.split(","):
            number = DAYS.index(name.strip().title())
            days[number] = tuple(sorted((*(days[number] or ()), *spans)))
    return WeeklyHours(tuple(days), time_zone) if any(day is not None for day in days) else None


def rows_of(hours: WeeklyHours) -> Iterator[Row]:
    """Yield the rows that ``week_of`` reads back, one for each span of the day."""
    said: dict[Interval | None, list[str]] = {}
    for name, day in zip(DAYS, hours.days, strict=True):
        for interval in day or ((None,) if day == () else ()):
            said.setdefault(interval, []).append(name.upper())
    for span, names in said.items():
        days = ",".join(names)
        yield (days, span.opens, span.closes) if span else (days, None, None)


def _groups(days: tuple[Day, ...]) -> Iterator[str]:
    """Yield a part of the text for each run of days that have the same hours."""
    start = 0
    for day in range(1, 8):
        if day < 7 and days[day] == days[start]:
            continue
        if (hours := days[start]) is not None:
            names = DAYS[start] if day - start == 1 else f"{DAYS[start]}-{DAYS[day - 1]}"
            yield f"{names} {','.join(map(span_text, hours)) or 'closed'}"
        start = day


def span_text(each: Interval) -> str:
    """Return "08:00-17:00"."""
    closes = "24:00" if each.closes == time(0) else f"{each.closes:%H:%M}"
    return f"{each.opens:%H:%M}-{closes}"


def _joined(
    spans: Iterable[tuple[datetime, datetime]],
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans in their order, those that touch or overlap as one."""
    present: tuple[datetime, datetime] | None = None
    for begins, ends in sorted(spans):
        if present is not None and begins <= present[1]:
            present = (present[0], max(present[1], ends))
            continue
        if present is not None:
            yield present
        present = (begins, ends)
    if present is not None:
        yield present


@lru_cache(maxsize=8192)
def _first_reading(wall: datetime, time_zone: str) -> datetime:
    """Return the first instant (UTC) at which the clock of the zone reads ``wall`` or later."""
    zone = ZoneInfo(time_zone)
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    # The clock skips this time. The skip is before what fold 0 makes of it: go back to it.
    while (instant - _MINUTE).astimezone(zone).replace(tzinfo=None) >= wall:
        instant -= _MINUTE
    return instant
