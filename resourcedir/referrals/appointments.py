"""When a client is expected at a provider, and what else lies in that time. Pure.

Travel is not counted: nobody here knows how the client gets there. So an appointment may begin at
the minute at which another one, a shift or a curfew ends. No time is refused for a conflict: it is
shown, and whoever makes the appointment decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.directory.hours import WeeklyHours
from resourcedir.errors import BadInput
from resourcedir.texts import N_

SHORTEST_MINUTES: Final = 5
LONGEST_MINUTES: Final = 720
WRITTEN_DOWN_WITHIN: Final = timedelta(days=1)
"""How late an appointment that has begun may still be recorded, as when it was made by phone."""
AHEAD_AT_MOST: Final = timedelta(days=730)

_MINUTE: Final = timedelta(minutes=1)
_MIDDLE_YEAR: Final = 2000  # days that no instant can be told of are years 1 and 9999


@dataclass(frozen=True, slots=True)
class Appointment:
    """From ``starts_at`` (aware, kept as UTC) for some minutes, in the zone (IANA) of the place."""

    starts_at: datetime
    minutes: int
    time_zone: str

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None:
            raise ValueError("an appointment without a zone is at no instant")
        object.__setattr__(self, "starts_at", self.starts_at.astimezone(UTC))

    @property
    def ends_at(self) -> datetime:
        """The first instant that is free again, UTC."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def local(self) -> datetime:
        """Return when it starts on the clock of the place, aware."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))


class ConflictKind(StrEnum):
    """What else the client has to do in that time."""

    APPOINTMENT = "appointment"
    CURFEW = "curfew"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Busy:
    """Another appointment of the client, and the reference of its referral."""

    reference: str
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class Conflict:
    """From ``begins`` to before ``ends`` (UTC) the client cannot be at the appointment.

    That is the part of the appointment which is taken, not the whole of what takes it.
    ``reference`` is that of another appointment, "" for the others.
    """

    kind: ConflictKind
    begins: datetime
    ends: datetime
    reference: str = ""


def typed(day: date, at: time, zone: str) -> datetime:
    """Return the instant (UTC) at which the clock in ``zone`` (IANA) reads ``at`` on ``day``.

    Where the clock is set back it reads an hour twice; the first is meant, as with opening hours,
    so that nobody comes when the appointment is over.

    :raises BadInput: for a time that the clock skips that day, with the next one that it reads.
    """
    wall = datetime.combine(day, at.replace(tzinfo=None, fold=0))
    place = ZoneInfo(zone)
    try:
        instant = wall.replace(tzinfo=place).astimezone(UTC)
        read = instant.astimezone(place).replace(tzinfo=None)
    except OverflowError:
        raise BadInput(_PAST if day.year < _MIDDLE_YEAR else _TOO_FAR) from None
    if read != wall:
        raise BadInput(_SKIPPED, time=_clock(wall), next=_clock(_after_the_skip(wall, place)))
    return instant


def check(appointment: Appointment, now: datetime) -> None:
    """Refuse an appointment that nobody can have meant.

    :raises BadInput: if it began more than a day ago, or is too far ahead, too short or too long.
    """
    if appointment.starts_at < now - WRITTEN_DOWN_WITHIN:
        raise BadInput(_PAST)
    if appointment.starts_at > now + AHEAD_AT_MOST:
        raise BadInput(_TOO_FAR)
    if not SHORTEST_MINUTES <= appointment.minutes <= LONGEST_MINUTES:
        raise BadInput(_LENGTH, shortest=SHORTEST_MINUTES, longest=LONGEST_MINUTES)


def conflicts(
    appointment: Appointment,
    others: Iterable[Busy],
    curfew: WeeklyHours | None,
    work: WeeklyHours | None,
) -> tuple[Conflict, ...]:
    """Return what the client has to do during ``appointment`` already, by its beginning.

    ``curfew`` and ``work`` are times at which they are not free, on the clock of their own zone;
    None where none are known. ``others`` are without the one that ``appointment`` replaces.
    """
    found = [
        *_met(appointment, others),
        *_within(appointment, curfew, ConflictKind.CURFEW),
        *_within(appointment, work, ConflictKind.WORK),
    ]
    return tuple(sorted(found, key=lambda each: (each.begins, each.kind, each.reference)))


def _met(appointment: Appointment, others: Iterable[Busy]) -> Iterator[Conflict]:
    for other in others:
        begins = max(appointment.starts_at, other.appointment.starts_at)
        ends = min(appointment.ends_at, other.appointment.ends_at)
        if begins < ends:
            yield Conflict(ConflictKind.APPOINTMENT, begins, ends, other.reference)


def _within(
    appointment: Appointment, week: WeeklyHours | None, kind: ConflictKind
) -> Iterator[Conflict]:
    """Yield each stretch of ``appointment`` that lies in the times of ``week``."""
    instant, ends = appointment.starts_at, appointment.ends_at
    while week is not None and instant < ends:
        state = week.state(instant)
        if not state.open_now:
            if state.next_open is None:
                return
            instant = state.next_open
            continue
        until = min(state.until or ends, ends)
        yield Conflict(kind, instant, until)
        instant = until


def _after_the_skip(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole minute after ``wall`` that the clock of ``zone`` reads."""
    wall = wall.replace(second=0, microsecond=0)
    while wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        wall += _MINUTE
    return wall


def _clock(wall: datetime) -> str:
    return f"{wall.hour % 12 or 12}:{wall:%M} {'am' if wall.hour < 12 else 'pm'}"


_SKIPPED: Final = N_(
    "The clocks there are set forward that day: there is no %(time)s. Choose %(next)s or later."
)
_PAST: Final = N_("This was more than a day ago. Choose a later day and time.")
_TOO_FAR: Final = N_("This is more than two years ahead. Choose an earlier day.")
_LENGTH: Final = N_("Enter how long it takes: from %(shortest)s to %(longest)s minutes.")
