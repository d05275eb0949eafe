"""Adds to the audit. There is no way here to change or remove a row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from resourcedir.audit.models import AuditEvent, AuditRow

__all__ = ["AuditEvent", "Entry", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What to write down; ids only."""

    event: AuditEvent
    at: datetime
    actor_id: UUID | None = None
    address: str | None = None
    subject_type: str | None = None
    subject_id: UUID | int | str | None = None
    succeeded: bool = True


def record(session: Session, entry: Entry) -> None:
    """Write ``entry`` in the caller's transaction: what cannot be recorded does not happen."""
    session.add(
        AuditRow(
            at=entry.at,
            event=entry.event,
            succeeded=entry.succeeded,
            actor_id=entry.actor_id,
            address=entry.address,
            subject_type=entry.subject_type,
            subject_id=None if entry.subject_id is None else str(entry.subject_id),
        )
    )
    session.flush()
