"""What services there are, and how those who run them answer. Assumptions, not findings."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from resourcedir.directory.models import Unit


class Temper(StrEnum):
    PROMPT = "answers within hours"
    STEADY = "answers within days"
    FORGETFUL = "forgets until reminded"
    SILENT = "forgets wholly"
    CHOOSY = "declines often"


@dataclass(frozen=True, slots=True)
class Kind:
    """A need, how many services meet it, how many openings they count, how long it lasts (days)."""

    need: str
    services: int
    weight: int
    lasts: tuple[int, int]
    openings: int = 0
    unit: Unit = Unit.BED
    hold_hours: int = 0


KINDS: Final = (
    Kind("halfway-house", 5, 14, (8, 40), 16, hold_hours=24),
    Kind("sober-living", 5, 12, (8, 40), 10, hold_hours=48),
    Kind("emergency-shelter", 4, 12, (1, 10), 30, hold_hours=4),
    Kind("detox", 3, 5, (3, 8), 12, hold_hours=6),
    Kind("outpatient-treatment", 6, 14, (10, 45), 40, Unit.SLOT, 72),
    Kind("job-search-help", 6, 16, (2, 20)),
    Kind("ged-classes", 4, 7, (10, 40), 25, Unit.SEAT, 72),
    Kind("food-pantry", 5, 10, (0, 1)),
    Kind("state-id", 3, 10, (0, 4)),
)
TEMPERS: Final = {
    Temper.PROMPT: 30,
    Temper.STEADY: 30,
    Temper.FORGETFUL: 20,
    Temper.SILENT: 8,
    Temper.CHOOSY: 12,
}
WEEKS: Final = (range(5), range(5), range(6), range(7), (1, 2, 3, 5), ())
ZONES: Final = ("America/New_York",) * 4 + ("America/Chicago",)
