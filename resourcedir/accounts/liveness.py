"""How long a sign-in lasts. Pure: the caller says what time it is.

The limits are those of CJIS security policy AC-11 and AC-12 (30 minutes without use) and of a
working day (12 hours).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

IDLE_FOR: Final = timedelta(minutes=30)
AT_MOST: Final = timedelta(hours=12)
NOTED_EVERY: Final = timedelta(minutes=1)
"""The last use is written once in this time at the most, so a sign-in may end that much early."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of one sign-in: when it began, was last used and, if so, ended."""

    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None = None


def is_live(course: Course, at: datetime) -> bool:
    """Say whether the sign-in still stands for its user at ``at``."""
    return (
        course.ended_at is None
        and at - course.seen_at < IDLE_FOR
        and at - course.created_at < AT_MOST
    )


def is_due(course: Course, at: datetime) -> bool:
    """Say whether the last use should be written again."""
    return at - course.seen_at >= NOTED_EVERY
