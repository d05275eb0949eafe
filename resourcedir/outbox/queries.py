"""What an index has yet to read."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.outbox.models import Change


def last_change(session: Session) -> int:
    """Return the number of the newest change, 0 if there was none."""
    return session.scalar(select(func.max(Change.number))) or 0


def changes_after(session: Session, number: int, *, limit: int) -> list[tuple[int, int]]:
    """Return (number, listing number) of the changes after ``number``, oldest first."""
    statement = (
        select(Change.number, Change.listing_number)
        .where(Change.number > number)
        .order_by(Change.number)
        .limit(limit)
    )
    return [(row.number, row.listing_number) for row in session.execute(statement)]
