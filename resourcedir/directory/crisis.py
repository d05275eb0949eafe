"""The crisis lines that stand over every page; of those that are known only what changed is read.

Which listings carry a term is costly to find in a national directory, and every page shows these.
Which of them come first depends on the time, so that is chosen for each page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from resourcedir.directory.queries import CrisisLine, crisis_lines
from resourcedir.outbox.queries import changes_after, last_change
from resourcedir.places.names import COUNTRY

MOST_LINES: Final = 4  # what fits over a page on a phone
MOST_CHANGES: Final = 500  # that are read one by one; after more all is read anew


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
    """What one process remembers of the crisis lines, and of which change it is.

    ``home`` is as ``chosen`` has it.
    """

    def __init__(self, home: str = "") -> None:
        self._home = home
        self._known: _Known | None = None  # put in place whole: threads share it

    def lines(self, session: Session, now: datetime, *, may_keep: bool) -> list[CrisisLine]:
        """Return those to show; none where the database fails, since error pages show them too.

        ``may_keep`` is False in a transaction that may yet be undone.
        """
        try:
            with session.no_autoflush:
                found = _brought_up(session, self._known)
        except SQLAlchemyError:
            return []
        if may_keep:
            self._known = found
        return chosen(found.lines, now, self._home)


@dataclass(frozen=True, slots=True)
class _Known:
    change: int
    lines: tuple[CrisisLine, ...]


def _brought_up(session: Session, known: _Known | None) -> _Known:
    """Return the lines as they are now: of those ``known`` only what changed is read."""
    change = last_change(session)
    if known is not None and known.change == change:
        return known
    if known is None or not change - MOST_CHANGES < known.change < change:
        return _Known(change, tuple(crisis_lines(session)))
    changes = changes_after(session, known.change, limit=MOST_CHANGES)
    numbers = {listing for _, listing in changes}
    kept = [line for line in known.lines if line.listing not in numbers]
    lines = sorted([*kept, *crisis_lines(session, numbers)], key=lambda line: line.listing)
    return _Known(changes[-1][0], tuple(lines))
