"""The crisis lines that stand over every page, read anew only when the directory has changed.

Which listings carry a term is costly to find in a national directory, and every page shows these.
Which of them come first depends on the time, so that is chosen for each page.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from resourcedir.directory.queries import CrisisLine, crisis_lines
from resourcedir.outbox.queries import last_change
from resourcedir.places.names import COUNTRY

MOST_LINES: Final = 6


def chosen(lines: Sequence[CrisisLine], now: datetime) -> list[CrisisLine]:
    """Return a few lines: open ones first, then those that serve wider areas."""

    def rank(line: CrisisLine) -> tuple[bool, int, int]:
        is_open = line.hours is not None and line.hours.open_at(now)
        return not is_open, _narrowness(line), line.listing

    return sorted(lines, key=rank)[:MOST_LINES]


def _narrowness(line: CrisisLine) -> int:
    """Return 0 for the country, 1 for a state, 2 for counties, 3 where nothing is said."""
    widths = (0 if code == COUNTRY else 1 + code.count("/") for code in line.areas)
    return min(widths, default=3)


class CrisisBoard:
    """What one process remembers of the crisis lines."""

    def __init__(self) -> None:
        self._read_at: int | None = None
        self._lines: Sequence[CrisisLine] = ()

    def lines(self, session: Session, now: datetime, *, may_keep: bool) -> list[CrisisLine]:
        """Return those to show; none where the database fails, since error pages show them too.

        ``may_keep`` is False in a transaction that may yet be undone.
        """
        return chosen(self._every(session, may_keep=may_keep), now)

    def _every(self, session: Session, *, may_keep: bool) -> Sequence[CrisisLine]:
        try:
            with session.no_autoflush:
                change = last_change(session)
                if change == self._read_at:
                    return self._lines
                lines = crisis_lines(session)
        except SQLAlchemyError:
            return ()
        if may_keep:
            self._lines, self._read_at = lines, change
        return lines
