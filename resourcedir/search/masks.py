"""What depends on the hour: who is open, and who has a free place. Hooks for the engine.

The index keeps each span of a listing's week as a keyword. There are few different ones, so which
of them hold is asked of the pure ``directory.hours``, once a minute for each part of the index.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from resourcedir.directory.hours import WeeklyHours, parse
from resourcedir.engine.documents import Keep, Part, Positions, Score

Bools = NDArray[np.bool_]
Holds = Callable[[WeeklyHours], bool]


def open_now(now: datetime) -> Keep:
    """Return a hook that keeps what is open at ``now`` (aware)."""
    return _by_hours("now", now, lambda hours: hours.open_at(now))


def open_tonight(now: datetime) -> Keep:
    """Return a hook that keeps what is open at some time of this night, from ``now`` on."""
    return _by_hours("tonight", now, lambda hours: hours.open_tonight(now))


def with_openings(now: datetime) -> Keep:
    """Return a hook that keeps what has a free place, by a count that is believed, and no pause."""
    minute = _minute(now)

    def keep(part: Part, positions: Positions) -> Bools:
        believed: Bools = part.column("openings_until")[positions] > minute
        begun: Bools = part.column("openings_from")[positions] <= minute
        return believed & begun

    return keep


def soonest(now: datetime) -> Score:
    """Return an order: what has a free place now comes first."""
    keep = with_openings(now)
    return lambda part, positions: (~keep(part, positions)).astype(np.float32)


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
