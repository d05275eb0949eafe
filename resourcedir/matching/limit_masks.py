"""What each limit of a client comes to at many places at once: arithmetic over columns.

``limits`` says the same of one place, and is the truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from resourcedir.clients.facts import Limits, Zone
from resourcedir.directory.asking import Matter
from resourcedir.directory.hours import parse as parse_hours
from resourcedir.directory.whereabouts import ShiftKind, Spot
from resourcedir.engine.documents import Part, Positions
from resourcedir.matching import limits
from resourcedir.matching.verdicts import About, Limit, Verdict

Levels = NDArray[np.uint8]

_BY_HOURS: Final = np.array([Verdict.NOT_KNOWN, Verdict.CALL, Verdict.YES], np.uint8)
_WEEK: Final = 7 * 24 * 60  # minutes


def levels_by_limit(
    bound: Limits, on: date, part: Part, positions: Positions
) -> Iterator[tuple[About, Levels]]:
    """Yield each limit that binds with the verdict of each position."""
    yield Matter.STATUS, _full(on, part, positions)
    spots = part.column("spot")[positions]
    for zone in bound.zones:
        yield Limit.ZONE, _zone(zone, part, positions, spots)
    if bound.stay_within is not None:
        yield Limit.STAY_WITHIN, _stay(bound.stay_within, part, positions, spots)
    if bound.reach_km is not None and bound.home is not None:
        home = bound.home.point
        km = part.kilometres_to(home.latitude, home.longitude, positions)
        reach = np.where(km > bound.reach_km, Verdict.CALL, Verdict.YES).astype(np.uint8)
        reach[np.isnan(km) & (spots != Spot.NOWHERE)] = Verdict.NOT_KNOWN
        reach[part.column("bed")[positions] > 0] = Verdict.YES
        yield Limit.REACH, reach
    for each in _hours(bound, on, part, positions):
        yield Limit.HOURS, each
    for code in sorted(bound.access):
        yield Limit.ACCESS, _access(code, part, positions, spots)
    if bound.languages:
        yield Limit.LANGUAGE, _language(bound.languages, part, positions)


def _full(on: date, part: Part, positions: Positions) -> Levels:
    told = part.column("openings_at")[positions].astype(np.int64)
    full = (part.column("openings_until")[positions] == 0) & (told > 0)
    full &= limits.first_minute(on) - told < limits.BELIEVED_FULL
    return np.where(full, Verdict.CALL, Verdict.YES).astype(np.uint8)


def _hours(bound: Limits, on: date, part: Part, positions: Positions) -> Iterator[Levels]:
    by_day, to_move_in = (limits.busy_minutes(bound, bed=bed) for bed in (False, True))
    if not by_day:
        return
    zone_and_day = (bound.time_zone, on)
    beds = part.column("bed")[positions] > 0
    found = _open_for(by_day, zone_and_day, part, positions)
    if not to_move_in:  # nothing keeps them from it
        found[beds] = Verdict.YES
    elif to_move_in != by_day and beds.any():
        found[beds] = _open_for(to_move_in, zone_and_day, part, positions[beds])
    shifts = part.column("shift")[positions]
    found[shifts > ShiftKind.NONE] = Verdict.YES
    if to_move_in:
        found[shifts == ShiftKind.LATE] = Verdict.CALL
        found[shifts == ShiftKind.UNKNOWN] = Verdict.NOT_KNOWN
    yield found


def _open_for(
    busy: int, zone_and_day: tuple[str, date], part: Part, positions: Positions
) -> Levels:
    """Return what the hours come to for somebody who is busy at those minutes of the week."""
    spans = _spans(part)
    later = [limits.clock_difference(zone, *zone_and_day) for zone in spans.zones]
    begins = (spans.opens + np.array(later, np.int64).take(spans.zone)) % _WEEK
    free = _free_until(busy)
    minutes = free.take(begins + spans.lengths) - free.take(begins)
    enough = minutes >= np.minimum(limits.ENOUGH, spans.lengths)
    best = part.reduced("hours", np.where(enough, 2, 1).astype(np.uint8), positions, np.maximum)
    return _BY_HOURS.take(best)


@dataclass(frozen=True, slots=True)
class _Spans:
    """The openings that the values of the hours are: minutes of the week on the place's clock.

    ``zone`` is for each the number of its time zone among ``zones``.
    """

    opens: NDArray[np.int64]
    lengths: NDArray[np.int64]
    zone: NDArray[np.int64]
    zones: tuple[str, ...]


_known_spans: Final[WeakKeyDictionary[Any, _Spans]] = WeakKeyDictionary()


def _spans(part: Part) -> _Spans:
    if (known := _known_spans.get(part)) is not None:
        return known
    zones: dict[str, int] = {}
    rows = []
    for value in part.values("hours"):
        zone, _, text = value.partition("|")
        [(day, span)] = [
            (day, span)
            for day, each in enumerate(parse_hours(text, zone).days)
            for span in each or ()
        ]
        opened = limits.minutes_of(0, span).bit_count()
        opens = (day * 24 + span.opens.hour) * 60 + span.opens.minute
        rows.append((opens, opened, zones.setdefault(zone, len(zones))))
    opens_at, lengths, numbers = np.array(rows, np.int64).reshape(-1, 3).T
    return _known_spans.setdefault(part, _Spans(opens_at, lengths, numbers, tuple(zones)))


def _free_until(busy: int) -> NDArray[np.int64]:
    """Return how many minutes are free before each of two weeks on end."""
    bits = np.frombuffer(busy.to_bytes(_WEEK // 8, "little"), np.uint8)
    free = 1 - np.unpackbits(bits, bitorder="little").astype(np.int64)
    return np.concatenate([[0], np.cumsum(np.tile(free, 2))])


def _zone(zone: Zone, part: Part, positions: Positions, spots: NDArray[Any]) -> Levels:
    found = np.where(spots == Spot.NOWHERE, Verdict.YES, Verdict.NOT_KNOWN).astype(np.uint8)
    if zone.point is None:
        return found
    meters = 1000 * part.kilometres_to(zone.point.latitude, zone.point.longitude, positions)
    error = part.column("error_m")[positions] + zone.error_m + limits.SPHERE * meters
    levels = np.where(meters + error <= zone.buffer_m, Verdict.NO, Verdict.CALL)
    levels = np.where(meters - error > zone.buffer_m, Verdict.YES, levels)
    placed = spots == Spot.BY_ADDRESS
    found[placed] = levels[placed]
    return found


def _stay(area: str, part: Part, positions: Positions, spots: NDArray[Any]) -> Levels:
    state = area.partition("/")[0]
    inside = part.having("within", [area])[positions]
    found = np.where(inside, Verdict.YES, Verdict.NO).astype(np.uint8)
    if area != state:
        ones = np.ones(len(part.values("within")), np.uint8)
        vague = part.reduced("within", ones, positions, np.add) == 1
        found[vague | (spots == Spot.BY_ZIP)] = Verdict.NOT_KNOWN
    found[~part.having("within", [state])[positions]] = Verdict.NO
    found[spots == Spot.HIDDEN] = Verdict.NOT_KNOWN
    found[spots == Spot.NOWHERE] = Verdict.YES
    return found


def _access(code: str, part: Part, positions: Positions, spots: NDArray[Any]) -> Levels:
    found = np.full(len(positions), Verdict.CALL, np.uint8)
    found[part.having("access", [code])[positions]] = Verdict.YES
    if code not in limits.TO_TALK:
        found[spots == Spot.NOWHERE] = Verdict.YES
    return found


def _language(wanted: tuple[str, ...], part: Part, positions: Positions) -> Levels:
    spoken = part.having("language", wanted)[positions]
    if limits.ENGLISH in wanted:  # it goes without saying where none is named
        spoken |= ~part.having("language", part.values("language"))[positions]
    return np.where(spoken, Verdict.YES, Verdict.CALL).astype(np.uint8)
