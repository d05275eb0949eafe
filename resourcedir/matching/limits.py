"""What each limit of a client comes to at one place: zones, county, reach, hours, access. Pure.

That nothing is free limits everybody, and is told here too.

Distances are straight lines. A zone is clear only if it is clear for certain, and no finding holds
a zone's point, or any distance to a place that is confidential.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.clients.facts import Fact, Limits, Zone
from resourcedir.directory.asking import Matter
from resourcedir.directory.hours import Interval, WeeklyHours
from resourcedir.directory.whereabouts import Offered, ShiftKind, Spot, Whereabouts
from resourcedir.matching.verdicts import Finding, Limit, Measure, Verdict, Why
from resourcedir.places.distance import distance_km

SPHERE: Final = 0.006
"""How far off a distance on a sphere may be, as a part of it; see ``places.distance``."""
ENOUGH: Final = 30
"""Minutes of one opening that a client must be free for."""
ENGLISH: Final = "en"
TO_TALK: Final = frozenset({"hearing", "easy-language"})
"""What a client needs to be understood: on the phone and at home too."""
BELIEVED_FULL: Final = 14 * 24 * 60
"""Minutes that "none free" is believed; no count of free places holds longer (``openings``)."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAY: Final = 24 * 60
_WEEK: Final = 7 * _DAY
_ALL: Final = (1 << _WEEK) - 1


def findings(limits: Limits, offered: Offered, on: date) -> tuple[Finding, ...]:
    """Return what all limits come to at a place on a day."""
    return tuple(_findings(limits, offered, on))


def _findings(limits: Limits, offered: Offered, on: date) -> Iterator[Finding]:
    where = offered.where
    one_each = [
        full_finding(offered, on),
        *(zone_finding(zone, where) for zone in limits.zones),
        stay_finding(limits.stay_within, where),
        None if offered.bed else reach_finding(limits, where),
        hours_finding(limits, offered, on),
    ]
    yield from (each for each in one_each if each is not None)
    yield from _access(limits, offered)
    if (found := language_finding(limits, offered.languages)) is not None:
        yield found


def full_finding(offered: Offered, on: date) -> Finding | None:
    """Return that nothing is free, as long as that is believed: who calls asks for the list."""
    if not offered.full_at or first_minute(on) - offered.full_at >= BELIEVED_FULL:
        return None
    return Finding(Verdict.CALL, Matter.STATUS, Why.FULL)


def first_minute(day: date) -> int:
    """Return when a day begins, in minutes since 1970 (UTC)."""
    return (day.toordinal() - _EPOCH) * _DAY


def zone_verdict(distance_m: float, error_m: float, buffer_m: float) -> Verdict:
    """Return whether a distance is clear of a zone (yes), inside (no), or may be either (call).

    ``error_m`` is that of both ends and of the sphere. What is just at the limit is inside.
    """
    if distance_m - error_m > buffer_m:
        return Verdict.YES
    return Verdict.NO if distance_m + error_m <= buffer_m else Verdict.CALL


def zone_finding(zone: Zone, where: Whereabouts) -> Finding | None:
    """Return what a zone comes to; None where there is no place to go to."""
    about, number = Limit.ZONE, zone.number
    if where.spot is Spot.NOWHERE:
        return None
    if where.spot is Spot.HIDDEN:
        return Finding(Verdict.NOT_KNOWN, about, Why.HIDDEN, number=number)
    if zone.point is None:
        return Finding(Verdict.NOT_KNOWN, about, Why.NO_POINT, number=number)
    if where.point is None or where.spot is Spot.BY_ZIP:
        return Finding(Verdict.NOT_KNOWN, about, Why.BY_ZIP, number=number)
    meters = distance_km(zone.point, where.point) * 1000
    error = zone.error_m + where.error_m + SPHERE * meters
    measure = Measure(meters, error, zone.buffer_m)
    verdict = zone_verdict(measure.distance_m, measure.error_m, measure.limit_m)
    return Finding(verdict, about, ZONE_WHY[verdict], number=number, measure=measure)


ZONE_WHY: Final = {Verdict.YES: Why.CLEAR, Verdict.CALL: Why.NEAR, Verdict.NO: Why.INSIDE}


def stay_finding(area: str | None, where: Whereabouts) -> Finding | None:
    """Return whether a place lies in the county or state that must not be left."""
    if area is None or where.spot is Spot.NOWHERE:
        return None
    verdict, why = stay_verdict(area, where)
    return Finding(verdict, Limit.STAY_WITHIN, why, area, fact=Fact.STAY_WITHIN)


def stay_verdict(area: str, where: Whereabouts) -> tuple[Verdict, Why]:
    """Return whether ``where``, which is somewhere, is in an area, and why."""
    state = area.partition("/")[0]
    if where.spot is Spot.HIDDEN:
        return Verdict.NOT_KNOWN, Why.HIDDEN
    if state not in where.areas:
        return Verdict.NO, Why.OUTSIDE
    if area != state and (where.spot is Spot.BY_ZIP or len(where.areas) == 1):
        return Verdict.NOT_KNOWN, Why.BY_ZIP
    inside = area in where.areas
    return (Verdict.YES, Why.FITS) if inside else (Verdict.NO, Why.OUTSIDE)


def reach_finding(limits: Limits, where: Whereabouts) -> Finding | None:
    """Return whether a place is as near as the client can go; just at the limit it is."""
    home, farthest = limits.home, limits.reach_km
    if home is None or farthest is None or where.spot is Spot.NOWHERE:
        return None
    if where.spot is Spot.HIDDEN or where.point is None:
        why = Why.HIDDEN if where.spot is Spot.HIDDEN else Why.BY_ZIP
        return Finding(Verdict.NOT_KNOWN, Limit.REACH, why, fact=Fact.FARTHEST)
    km = distance_km(home.point, where.point)
    measure = Measure(km * 1000, home.error_m + where.error_m, farthest * 1000)
    verdict, why = (Verdict.YES, Why.FITS) if km <= farthest else (Verdict.CALL, Why.BEYOND)
    return Finding(verdict, Limit.REACH, why, measure=measure, fact=Fact.FARTHEST)


def hours_finding(limits: Limits, offered: Offered, on: date) -> Finding | None:
    """Return whether a place is open for half an hour at which the client is free.

    A job has a shift instead: one into the night is against a curfew.
    """
    busy, hours = busy_minutes(limits, bed=offered.bed), offered.hours
    if offered.shift is not ShiftKind.NONE:
        bound = busy_minutes(limits, bed=True) > 0 and offered.shift is not ShiftKind.BY_DAY
        late = offered.shift is ShiftKind.LATE
        verdict, why = (Verdict.CALL, Why.BUSY) if late else (Verdict.NOT_KNOWN, Why.HOURS_UNKNOWN)
        return Finding(verdict, Limit.HOURS, why) if bound else None
    if not busy:
        return None
    if hours is None or not any(hours.days):
        return Finding(Verdict.NOT_KNOWN, Limit.HOURS, Why.HOURS_UNKNOWN)
    later = clock_difference(hours.time_zone, limits.time_zone, on)
    spans = ((day, span) for day, each in enumerate(hours.days) for span in each or ())
    if any(is_free_for(busy, minutes_of(day, span, later)) for day, span in spans):
        return Finding(Verdict.YES, Limit.HOURS, Why.FITS)
    return Finding(Verdict.CALL, Limit.HOURS, Why.BUSY)


def is_free_for(busy: int, opened: int) -> bool:
    """Say whether enough of an opening lies outside of the busy minutes of the week."""
    return (opened & ~busy).bit_count() >= min(ENOUGH, opened.bit_count())


def busy_minutes(limits: Limits, *, bed: bool) -> int:
    """Return the minutes of a week at which the client cannot come, as bits; 0: always free.

    Work keeps nobody from moving in: somebody takes them there on a free hour.
    """
    curfew = _week(limits.curfew)
    return curfew if bed else curfew | _week(limits.work)


@lru_cache(maxsize=1024)
def clock_difference(there: str, here: str, on: date) -> int:
    """Return how many minutes the clock of ``here`` is ahead of that of ``there`` on a day."""
    if there == here:
        return 0
    noon = datetime.combine(on, time(12), ZoneInfo(here))
    ahead = (noon.utcoffset() or timedelta()) - (
        noon.astimezone(ZoneInfo(there)).utcoffset() or timedelta()
    )
    return int(ahead.total_seconds() // 60)


def minutes_of(day: int, span: Interval, later: int = 0) -> int:
    """Return the minutes of the week of a span on a day (0 is Monday), by a clock ``later``."""
    begins = span.opens.hour * 60 + span.opens.minute
    ends = span.closes.hour * 60 + span.closes.minute + (_DAY if span.ends_next_day else 0)
    return _turned(((1 << (ends - begins)) - 1), day * _DAY + begins + later)


def _turned(bits: int, by: int) -> int:
    """Return the bits moved on in the week, what passes its end to its beginning."""
    moved = bits << (by % _WEEK)
    return (moved & _ALL) | (moved >> _WEEK)


@lru_cache(maxsize=256)
def _week(hours: WeeklyHours | None) -> int:
    bits = 0
    for day, spans in enumerate(hours.days if hours else ()):
        for span in spans or ():
            bits |= minutes_of(day, span)
    return bits


def _access(limits: Limits, offered: Offered) -> Iterator[Finding]:
    about, fact = Limit.ACCESS, Fact.ACCESS
    for code in sorted(limits.access):
        if offered.where.spot is Spot.NOWHERE and code not in TO_TALK:
            continue  # there is nothing to get into
        if code in offered.access:
            yield Finding(Verdict.YES, about, Why.FITS, code, fact=fact)
        else:
            why = Why.NOT_LISTED if offered.access else Why.UNSAID
            yield Finding(Verdict.CALL, about, why, code, fact=fact)


def language_finding(limits: Limits, spoken: frozenset[str]) -> Finding | None:
    """Return whether they speak a language of the client's.

    English goes without saying where none is named. Who names others alone may hold a class in
    these alone, as one in sign language is.
    """
    wanted = limits.languages
    if not wanted or (ENGLISH in wanted and not spoken):
        return None
    first = next((code for code in wanted if code in spoken), None)
    if first is not None:
        return Finding(Verdict.YES, Limit.LANGUAGE, Why.FITS, first)
    why = Why.NOT_LISTED if spoken else Why.UNSAID
    return Finding(Verdict.CALL, Limit.LANGUAGE, why, wanted[0])
