"""Writes down where a client must not be. ``commands`` says what holds of every command here.

No message, and nothing that is recorded of the deed, says what or where a place is.
"""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.clients.commands import Deed, client_at_version, record_changed
from resourcedir.clients.fact_commands import told_by
from resourcedir.clients.facts import FactSource, Told
from resourcedir.clients.models import ClientZone
from resourcedir.clients.zone_values import point_text
from resourcedir.errors import BadInput, NotFound
from resourcedir.places.point import Point
from resourcedir.texts import N_

LARGEST_BUFFER_M: Final = 100_000.0
LARGEST_ERROR_M: Final = 1_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonePlace:
    """One place as it is entered. ``point`` None: it is known in words only.

    ``error_m`` is how far off the point may be and ``buffer_m`` how far to stay away, in meters;
    ``on`` None: today.
    """

    label: str
    address: str
    point: Point | None
    error_m: float
    buffer_m: float
    source: FactSource
    on: date | None = None


def add_zone(
    session: Session, deed: Deed, client_id: UUID, place: ZonePlace, *, version: int
) -> int:
    """Add a place to keep away from and return its number, which none had before.

    :raises StaleRecord: if somebody changed the record after ``version`` was read.
    :raises BadInput: for a distance that cannot be, a day to come, or nothing that says where.
    :raises NotFound: for a client out of scope.
    """
    told = _told(session, deed, place)
    client = client_at_version(session, deed.by, client_id, version)
    record_changed(session, deed, client)  # first, so that of two who count at once one is refused
    last = session.scalar(
        select(func.max(ClientZone.number)).where(ClientZone.client_id == client_id)
    )
    zone = ClientZone(client_id=client_id, number=(last or 0) + 1)
    _write(session, deed, zone, place, told)
    return zone.number


def change_zone(
    session: Session, deed: Deed, zone_id: UUID, place: ZonePlace, *, version: int, client_id: UUID
) -> None:
    """Replace what is known of a place to keep away from.

    :raises StaleRecord: if somebody changed the record after ``version`` was read.
    :raises BadInput: for a distance that cannot be, a day to come, or nothing that says where.
    :raises NotFound: for a client out of scope, and a zone that is none of theirs or has ended.
    """
    told = _told(session, deed, place)
    client = client_at_version(session, deed.by, client_id, version)
    zone = _standing(session, client_id, zone_id)
    record_changed(session, deed, client)
    _write(session, deed, zone, place, told)


def end_zone(session: Session, deed: Deed, client_id: UUID, zone_id: UUID, *, version: int) -> None:
    """Let a zone bind nobody any more. It is kept; its number is never used again.

    :raises StaleRecord: if somebody changed the record after ``version`` was read.
    :raises NotFound: for a client out of scope, and a zone that is none of theirs or has ended.
    """
    client = client_at_version(session, deed.by, client_id, version)
    _standing(session, client_id, zone_id).ended_at = deed.at
    record_changed(session, deed, client)


def _standing(session: Session, client_id: UUID, zone_id: UUID) -> ClientZone:
    statement = select(ClientZone).where(
        ClientZone.id == zone_id, ClientZone.client_id == client_id, ClientZone.ended_at.is_(None)
    )
    if (zone := session.scalar(statement)) is None:
        raise NotFound
    return zone


def _write(session: Session, deed: Deed, zone: ClientZone, place: ZonePlace, told: Told) -> None:
    session.add(zone)
    with session.no_autoflush:
        zone.label, zone.address = place.label, place.address
        zone.point = point_text(place.point)
    zone.error_m, zone.buffer_m = place.error_m, place.buffer_m
    zone.source, zone.told_on = told.source, told.on
    zone.recorded_at, zone.recorded_by = deed.at, deed.by.user_id
    session.flush()


def _told(session: Session, deed: Deed, place: ZonePlace) -> Told:
    """Return who says so and of which day, after refusing what cannot be."""
    if place.point is None and not place.address and not place.label:
        raise BadInput(N_("Say where the place is: a point on the map, or words."))
    if not (isfinite(place.buffer_m) and 0 < place.buffer_m <= LARGEST_BUFFER_M):
        raise BadInput(N_("The distance to stay away is above 0 and at most 328,000 feet."))
    if not (isfinite(place.error_m) and 0 <= place.error_m <= LARGEST_ERROR_M):
        raise BadInput(N_("“How far off the point may be” is 0 or more. Check it."))
    return told_by(session, deed, place.source, place.on)
