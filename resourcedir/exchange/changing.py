"""Writes what differs on a listing that is there already, and its history. Does not commit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, insert, or_, update
from sqlalchemy.orm import Session

from resourcedir.db import usual_zone
from resourcedir.directory.kinds import ListingKind
from resourcedir.directory.models import (
    Attribute,
    Listing,
    Location,
    Metadata,
    Organization,
    ServiceAtLocation,
)
from resourcedir.exchange import private_places
from resourcedir.exchange.differences import Difference, Names
from resourcedir.exchange.drafts import OrganizationDraft, StoredListing
from resourcedir.exchange.history_lines import PLACE, PLACE_PREFIX, FieldChange, lines, value_kept
from resourcedir.exchange.rows import Values, location_id, service_at_location, side_rows
from resourcedir.exchange.tables import RESOURCES, SIDES, Owner

WITHDRAWN: Final = "withdrawn_at"


def write_organization(
    session: Session, before: OrganizationDraft, after: OrganizationDraft, at: datetime
) -> None:
    """Write the columns of an organization that differ."""
    found = [
        FieldChange(name, value_kept(getattr(before, name)), value_kept(getattr(after, name)))
        for name in ("description", "website")
        if getattr(before, name) != getattr(after, name)
    ]
    values = {change.field: getattr(after, change.field) for change in found}
    session.execute(update(Organization).where(Organization.id == before.id).values(values))
    _write_history(session, _Subject(before.id, "organization"), found, at)


def write_difference(session: Session, found: Difference, names: Names, at: datetime) -> None:
    """Write what differs; a listing whose organization alone changed gets no row of its own."""
    if found.is_empty:
        return
    stored, draft = found.stored, found.draft
    place = _write_place(session, found)
    for name in found.sides:
        if SIDES[name].owner is not Owner.LOCATION or place is not None:
            _write_side(session, name, place, found)
    _write_terms(session, found)
    _write_columns(session, found, place, at)
    if stored.location_id is not None and place is None:
        _forget_place(session, stored.location_id)
    if draft.listing["confidential"] and not stored.listing["confidential"]:
        _hide_places(session, stored.resource_id)
    if found.moved_in_secret:
        private_places.keep(session, stored.number, draft.private_address)
    elif not draft.listing["confidential"] and stored.listing["confidential"]:
        private_places.keep(session, stored.number, "")
    subject = _Subject(stored.resource_id, draft.kind.value)
    _write_history(session, subject, list(lines(found, names, usual_zone(session))), at)


def _write_columns(session: Session, found: Difference, place: UUID | None, at: datetime) -> None:
    owner = found.draft.organization.id
    resource = dict(found.resource)
    if found.draft.kind is ListingKind.SERVICE:
        resource |= {"organization_id": owner, "last_modified": at}
    if resource:
        model: Any = RESOURCES[found.draft.kind]
        statement = update(model).where(model.id == found.stored.resource_id)
        session.execute(statement.values(resource))
    listing = {
        **found.listing,
        "organization_id": owner,
        "location_id": place,
        "version": Listing.version + 1,
    }
    session.execute(update(Listing).where(Listing.number == found.stored.number).values(listing))


def withdraw(session: Session, stored: StoredListing, at: datetime) -> None:
    """Mark a listing as no longer offered; its rows stay for the referrals to it."""
    values = {WITHDRAWN: at, "version": Listing.version + 1}
    session.execute(update(Listing).where(Listing.number == stored.number).values(values))
    change = FieldChange(WITHDRAWN, "", at.isoformat(timespec="minutes"))
    subject = _Subject(stored.resource_id, stored.kind.value, "withdrawn")
    _write_history(session, subject, [change], at)


def _write_place(session: Session, found: Difference) -> UUID | None:
    """Write the location, if the listing has one afterwards, and return its id."""
    stored, draft = found.stored, found.draft
    if draft.location is None:
        return None
    owner = draft.organization.id
    if stored.location_id is not None:
        values = {**found.location, "organization_id": owner}
        statement = update(Location).where(Location.id == stored.location_id)
        session.execute(statement.values(values))
        return stored.location_id
    place = location_id(stored.resource_id)
    row = {"id": place, "organization_id": owner, **draft.location}
    session.execute(insert(Location), [row])
    if draft.kind is ListingKind.SERVICE:
        session.execute(insert(ServiceAtLocation), [service_at_location(stored.resource_id)])
    return place


def _forget_place(session: Session, place: UUID) -> None:
    """Delete a place that the listing has no more: it may have become confidential."""
    for name in PLACE:
        model: Any = SIDES[name].model
        session.execute(delete(model).where(model.location_id == place))
    session.execute(delete(ServiceAtLocation).where(ServiceAtLocation.location_id == place))
    session.execute(delete(Location).where(Location.id == place))


def _hide_places(session: Session, resource_id: UUID) -> None:
    """Take the words of former places out of the history, which says still that they changed."""
    prefixed = Metadata.field_name.startswith(PLACE_PREFIX, autoescape=True)
    fields = or_(Metadata.field_name.in_(PLACE), prefixed)
    statement = update(Metadata).where(Metadata.resource_id == resource_id, fields)
    session.execute(statement.values(previous_value="", replacement_value=""))


def _write_side(session: Session, name: str, place: UUID | None, found: Difference) -> None:
    side, (gone, new) = SIDES[name], found.sides[name]
    owners: dict[Owner, UUID | int | None] = {
        Owner.SERVICE: found.stored.resource_id,
        Owner.LISTING: found.stored.number,
        Owner.LOCATION: place,
    }
    owner = owners[side.owner]
    if owner is None:
        return
    model: Any = side.model
    for row in gone:
        pairs = zip(side.columns, row, strict=True)
        same = (getattr(model, column) == value for column, value in pairs)
        session.execute(delete(model).where(getattr(model, side.owner_column) == owner, *same))
    if new:
        session.execute(insert(model), list(side_rows(name, owner, new)))


def _write_terms(session: Session, found: Difference) -> None:
    gone, new = found.terms
    owner = found.stored.resource_id
    if gone:
        said: ColumnElement[bool] = and_(
            Attribute.link_id == owner, Attribute.taxonomy_term_id.in_(gone)
        )
        session.execute(delete(Attribute).where(said))
    if new:
        session.execute(insert(Attribute), list(_attributes(owner, found.draft.kind, new)))


def _attributes(owner: UUID, kind: ListingKind, terms: frozenset[UUID]) -> Iterator[Values]:
    for term in sorted(terms):
        yield {"link_id": owner, "taxonomy_term_id": term, "link_entity": kind.value}


@dataclass(frozen=True, slots=True)
class _Subject:
    resource_id: UUID
    kind: str
    action: str = "update"


def _write_history(
    session: Session, subject: _Subject, found: list[FieldChange], at: datetime
) -> None:
    rows = [
        {
            "id": uuid4(),
            "resource_id": subject.resource_id,
            "resource_type": subject.kind,
            "last_action_date": at,
            "last_action_type": subject.action,
            "field_name": change.field,
            "previous_value": change.before,
            "replacement_value": change.after,
        }
        for change in found
    ]
    if rows:
        session.execute(insert(Metadata), rows)
