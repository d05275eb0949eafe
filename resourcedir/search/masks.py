"""What depends on the hour: who is open, and who has a free place. Hooks for the engine.

The index keeps each span of a listing's week as a keyword. There are few different ones, so which
of them hold is asked of the pure ``directory.hours``, once a minute for each part of the index.
"""

from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from resourcedir.directory.hours import WeeklyHours, parse
from resourcedir.engine.documents import Keep, Part, Positions, Score
from resourcedir.search.weights import (
    CHECKED,
    CHECKED_HALF_DAYS,
    CLOSED,
    OPENINGS,
    OPENINGS_HALF_DAYS,
)
from resourcedir.taxonomy.vocabulary import each_of

Bools = NDArray[np.bool_]
Holds = Callable[[WeeklyHours], bool]


def open_now(now: datetime) -> Keep:
    """Return a hook that keeps what is open at ``now`` (aware)."""
    return _by_hours("now", now, lambda hours: hours.open_at(now))


def open_tonight(now: datetime) -> Keep:
    """Return a hook that keeps what is open at some time of this night, from ``now`` on."""
    return _by_hours("tonight", now, lambda hours: hours.open_tonight(now))


def open_weekend(now: datetime) -> Keep:
    """Return a hook that keeps what is open at some time of this weekend, from ``now`` on."""
    return _by_hours("weekend", now, lambda hours: is_open_this_weekend(hours, now))


def is_open_this_weekend(hours: WeeklyHours, now: datetime) -> bool:
    """Say whether it is open on the Saturday or Sunday that come or are, from ``now`` (aware) on.

    By the clock of the place; on a Sunday evening that Sunday is meant still.
    """
    local = hours.local(now)
    saturday = local.date() + timedelta(days=5 - local.weekday())
    begins = datetime.combine(saturday, time(0), local.tzinfo)
    ends = datetime.combine(saturday + timedelta(days=2), time(0), local.tzinfo)
    return hours.open_between(max(now, begins), ends)


def with_openings(now: datetime) -> Keep:
    """Return a hook that keeps what has a free place, by a count that is believed, and no pause."""
    minute = _minute(now)

    def keep(part: Part, positions: Positions) -> Bools:
        believed: Bools = part.column("openings_until")[positions] > minute
        begun: Bools = part.column("openings_from")[positions] <= minute
        return believed & begun

    return keep


def for_all(populations: Collection[str]) -> Keep:
    """Return a hook that keeps what is for each of the populations: "veteran" and "woman"."""

    def keep(part: Part, positions: Positions) -> Bools:
        held: Bools = np.ones(len(positions), np.bool_)
        for each in each_of(populations):
            held &= part.having("population", each).take(positions)
        return held

    return keep


def soonest(now: datetime) -> Score:
    """Return an order: what has a free place now comes first."""
    keep = with_openings(now)
    return lambda part, positions: (~keep(part, positions)).astype(np.float32)


def standing(now: datetime) -> Score:
    """Return what prefers free places by the age of their count, and what was checked lately.

    Who takes nobody for now comes last.
    """
    minute, keep = _minute(now), with_openings(now)

    def score(part: Part, positions: Positions) -> NDArray[np.float32]:
        told = _fresh(part.column("openings_at").take(positions), minute, OPENINGS_HALF_DAYS)
        checked = _fresh(part.column("checked_at").take(positions), minute, CHECKED_HALF_DAYS)
        free = told * keep(part, positions) * np.float32(OPENINGS.value)
        closed = part.column("runs").take(positions) == 0
        score: NDArray[np.float32] = (
            free + checked * np.float32(CHECKED.value) - closed * np.float32(CLOSED.value)
        )
        return score

    return score


def _fresh(minutes: NDArray[np.int32], now: int, half_days: float) -> NDArray[np.float32]:
    """Return 1 for what is of this minute, a half after so many days, nothing for what is never."""
    days = np.maximum(now - minutes, 0).astype(np.float32) / np.float32(24 * 60)
    halved: NDArray[np.float32] = np.exp2(-days / np.float32(half_days))
    return halved * (minutes > 0)


_known: Final[WeakKeyDictionary[Any, dict[str, tuple[datetime, Bools]]]] = WeakKeyDictionary()
"""For each part and question the minute that was asked for last, and who is open then."""


def _by_hours(question: str, now: datetime, holds: Holds) -> Keep:
    minute = now.replace(second=0, microsecond=0)

    def keep(part: Part, positions: Positions) -> Bools:
        answers = _known.setdefault(part, {})
        known = answers.get(question)
        if known is None or known[0] != minute:
            spans = [value for value in part.values("hours") if holds(_hours(value))]
            known = answers[question] = (minute, part.having("hours", spans))
        return known[1][positions]

    return keep


def _hours(value: str) -> WeeklyHours:
    time_zone, _, text = value.partition("|")
    return parse(text, time_zone)


def _minute(now: datetime) -> int:
    return int(now.timestamp() // 60)
