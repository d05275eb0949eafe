"""Keeps the address of a confidential place, and knows whether it is the same without reading it.

The row's id is a keyed digest of the address: equal ids mean equal addresses, and without the key
nobody can try addresses out. It is the ring's oldest key, so that a new one on top moves no place.
Nothing here opens what is sealed: ``directory.private`` alone does.
"""

import hmac
from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from resourcedir.directory.models import LocationPrivate
from resourcedir.security.sealing import KEYRING, Keyring

_PURPOSE: Final = b"resourcedir confidential place"


def known_ids(session: Session, numbers: Collection[int]) -> dict[int, UUID]:
    """Return the id of the private place of each of the listings that have one."""
    statement = select(LocationPrivate.listing_number, LocationPrivate.id).where(
        LocationPrivate.listing_number.in_(numbers)
    )
    return {row.listing_number: row.id for row in session.execute(statement)}


def id_of(session: Session, number: int, address: str) -> UUID:
    """Return the id that the row of ``address`` has."""
    keyring: Keyring = session.info[KEYRING]
    text = b"\x1f".join((_PURPOSE, str(number).encode(), address.encode()))
    return UUID(bytes=hmac.digest(keyring.oldest_digest_key, text, "sha256")[:16])


def keep(session: Session, number: int, address: str) -> None:
    """Seal ``address`` in the place of whatever the listing had; the empty text forgets it."""
    session.execute(delete(LocationPrivate).where(LocationPrivate.listing_number == number))
    if address:
        row = LocationPrivate(id=id_of(session, number, address), listing_number=number)
        session.add(row)
        row.address = address
        session.flush()
