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

MOST_LINES: Final = 4  # what fits over a page on a phone


def chosen(lines: Sequence[CrisisLine], now: datetime, home: str = "") -> list[CrisisLine]:
    """Return a few lines that answer now: the most local first.

    ``home`` is the code of the state that the agency works in: a line must serve the state, a part
    of it or the whole country. Empty: it is not known, and any line may be the right one.
    """
    found = [each for each in lines if _answers(each, now) and _serves(each, home)]
    return sorted(found, key=_order)[:MOST_LINES]


def _answers(line: CrisisLine, now: datetime) -> bool:
    return line.hours is not None and line.hours.open_at(now)


def _serves(line: CrisisLine, home: str) -> bool:
    states = {code.partition("/")[0] for code in line.areas}
    return not home or bool(states & {home, COUNTRY})


def _order(line: CrisisLine) -> tuple[int, int, int]:
    """Order by the widest area that it serves, counties before states, then by how many it has."""
    widths = (2 if code == COUNTRY else 1 - code.count("/") for code in line.areas)
    return max(widths, default=3), len(line.areas), line.listing


class CrisisBoard:
    """What one process remembers of the crisis lines; ``home`` is as ``chosen`` has it."""

    def __init__(self, home: str = "") -> None:
        self._home = home
        self._read_at: int | None = None
        self._lines: Sequence[CrisisLine] = ()

    def lines(self, session: Session, now: datetime, *, may_keep: bool) -> list[CrisisLine]:
        """Return those to show; none where the database fails, since error pages show them too.

        ``may_keep`` is False in a transaction that may yet be undone.
        """
        return chosen(self._every(session, may_keep=may_keep), now, self._home)

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
