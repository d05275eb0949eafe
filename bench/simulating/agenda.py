"""What is still to come, by the moved clock, and when people at work get to something."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from typing import Final

from bench.simulating.by_hand import Week, instant, wall

_OPENS, _CLOSES = time(9), time(16, 30)
_MINUTES: Final = 450  # from one to the other


@dataclass(slots=True)
class Agenda:
    """Acts by their time; of two at the same time the one that was put down first."""

    heap: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    numbers: count = field(default_factory=count)

    def put(self, at: datetime, doing: Callable[[], object]) -> None:
        heapq.heappush(self.heap, (at, next(self.numbers), doing))

    def next(self) -> tuple[datetime, Callable[[], object]]:
        at, _, doing = heapq.heappop(self.heap)
        return at, doing


def at_work(after: datetime, days: int, week: Week, random: Random) -> datetime:
    """Return a time in office hours, so many working days later; 0: today, if any is left."""
    local = wall(after, week.zone)
    day = week.step(local.date(), days)
    begins = _OPENS
    if day == local.date():
        if local.time() >= _CLOSES or not week.works(day):
            day = week.step(day, 1)
        else:
            begins = max(_OPENS, local.time().replace(microsecond=0))
    spent = (begins.hour - _OPENS.hour) * 60 + begins.minute
    minutes = random.randint(spent, _MINUTES) + 1
    found = instant(day, _OPENS, week.zone) + timedelta(minutes=minutes, seconds=random.random())
    return max(found, after + timedelta(minutes=1))
