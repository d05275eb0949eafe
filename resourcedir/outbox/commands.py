"""Notes that a listing was changed, in the transaction that changes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from resourcedir.outbox.models import Change

_LOCK: Final = 7_301_155  # any number that no other advisory lock of the database has


def note_changes(session: Session, listing_numbers: Iterable[int], at: datetime) -> None:
    """Append one row for each listing.

    On PostgreSQL a lock is held until the transaction ends, so that numbers become visible in
    their order; SQLite has one writer anyway.
    """
    rows = [{"listing_number": number, "at": at} for number in listing_numbers]
    if not rows:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    session.execute(insert(Change), rows)
