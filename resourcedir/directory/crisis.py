"""The crisis lines that stand over every page, read anew only when the directory has changed.

Which listings carry a term is costly to find in a national directory, and every page shows these.
"""

from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from resourcedir.directory.queries import CrisisLine, crisis_lines
from resourcedir.outbox.queries import last_change


class CrisisBoard:
    """What one process remembers of the crisis lines."""

    def __init__(self) -> None:
        self._read_at: int | None = None
        self._lines: Sequence[CrisisLine] = ()

    def lines(self, session: Session, *, may_keep: bool) -> Sequence[CrisisLine]:
        """Return the lines; none where the database fails, since error pages show them too.

        ``may_keep`` is False in a transaction that may yet be undone.
        """
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
