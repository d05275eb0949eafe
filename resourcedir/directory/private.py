"""The one place that reads where a confidential listing is. Each look is written down."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.audit.commands import AuditEvent, Entry, record
from resourcedir.directory.models import LocationPrivate
from resourcedir.directory.queries import editable
from resourcedir.errors import NotFound
from resourcedir.identity import Identity


def address_of(
    session: Session, identity: Identity, listing_number: int, at: datetime, seen_from: str | None
) -> str:
    """Return the address of a confidential listing, and write down who has seen it.

    ``seen_from`` is the network address of who asks.

    :raises NotFound: when it has none of its own, or this person may not know it.
    """
    editable(session, identity, listing_number)
    row = session.scalar(
        select(LocationPrivate).where(LocationPrivate.listing_number == listing_number)
    )
    if row is None:
        raise NotFound
    record(
        session,
        Entry(
            event=AuditEvent.PRIVATE_PLACE_SEEN,
            at=at,
            actor_id=identity.user_id,
            address=seen_from,
            subject_type="listing",
            subject_id=listing_number,
        ),
    )
    return row.address
