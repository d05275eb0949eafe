"""Reads the listings of some sources as the database has them, one statement for each table.

Writes nothing, and never reads ``location_private``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, String, select, type_coerce
from sqlalchemy.orm import Session

from resourcedir.directory.kinds import ListingKind
from resourcedir.directory.models import Attribute, Listing, Location, Metadata, Organization
from resourcedir.exchange.drafts import NOTHING, OrganizationDraft, Rows, StoredListing, Values
from resourcedir.exchange.tables import (
    LISTING_COLUMNS,
    LOCATION_COLUMNS,
    RESOURCE_COLUMNS,
    RESOURCES,
    SIDES,
    Owner,
    Side,
)
from resourcedir.taxonomy.models import Taxonomy, TaxonomyTerm

Key = tuple[str, str]
_STREAMED: Final = {"yield_per": 50_000}
_CHUNK: Final = 5000  # parameters of one statement; SQLite takes 32,766, PostgreSQL 65,535
_OWNER_OF_LISTING: Final = {
    Owner.SERVICE: Listing.service_id,
    Owner.LOCATION: Listing.location_id,
    Owner.LISTING: Listing.number,
}
_RESOURCE_OF_LISTING: Final = {
    ListingKind.SERVICE: Listing.service_id,
    ListingKind.JOB_LEAD: Listing.job_lead_id,
}


def load(session: Session, sources: Collection[str] | None = None) -> dict[Key, StoredListing]:
    """Return the listings of ``sources`` (None: all that are not withdrawn), by source and key."""
    chosen = Listing.withdrawn_at.is_(None) if sources is None else Listing.source.in_(sources)
    organizations = _organizations(session, chosen)
    resources = _resources(session, chosen)
    locations = _by_id(session, Location, Listing.location_id, LOCATION_COLUMNS, chosen)
    sides = {name: _side(session, side, chosen) for name, side in SIDES.items()}
    terms = _terms(session, chosen)
    columns = [getattr(Listing, name) for name in LISTING_COLUMNS]
    statement = select(
        Listing.number,
        Listing.source,
        Listing.source_key,
        Listing.kind,
        Listing.organization_id,
        Listing.service_id,
        Listing.job_lead_id,
        Listing.location_id,
        *columns,
    ).where(chosen)
    found: dict[Key, StoredListing] = {}
    for row in session.execute(statement.order_by(Listing.number)):
        resource_id = row.service_id or row.job_lead_id
        owners = {
            Owner.SERVICE: row.service_id,
            Owner.LOCATION: row.location_id,
            Owner.LISTING: row.number,
        }
        found[row.source, row.source_key] = StoredListing(
            number=row.number,
            source=row.source,
            key=row.source_key,
            kind=row.kind,
            resource_id=resource_id,
            location_id=row.location_id,
            organization=organizations[row.organization_id],
            listing=dict(zip(LISTING_COLUMNS, row[-len(LISTING_COLUMNS) :], strict=True)),
            resource=resources[resource_id],
            location=locations.get(row.location_id),
            sides=dict(_around(sides, owners)),
            terms=terms.get(resource_id, frozenset()),
        )
    return found


def organizations(session: Session, ids: Collection[UUID]) -> dict[UUID, OrganizationDraft]:
    """Return those of the organizations that exist."""
    found: dict[UUID, OrganizationDraft] = {}
    columns = (Organization.id, Organization.name, Organization.description, Organization.website)
    for some in _chunks(sorted(ids)):
        for row in session.execute(select(*columns).where(Organization.id.in_(some))):
            found[row.id] = OrganizationDraft(row.id, row.name, row.description, row.website)
    return found


def term_names(session: Session) -> dict[UUID, tuple[str, str, str, str]]:
    """Return (taxonomy, code, English name, Spanish name) of each term."""
    columns = (Taxonomy.name, TaxonomyTerm.code, TaxonomyTerm.name, TaxonomyTerm.name_es)
    statement = select(TaxonomyTerm.id, *columns).join(
        Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(statement)}


def edits(session: Session, sources: Collection[str]) -> dict[UUID, dict[str, datetime]]:
    """Return what people have changed in the app: by service or job lead, field and last time."""
    found: defaultdict[UUID, dict[str, datetime]] = defaultdict(dict)
    for key in _RESOURCE_OF_LISTING.values():
        statement = (
            select(Metadata.resource_id, Metadata.field_name, Metadata.last_action_date)
            .join(Listing, key == Metadata.resource_id)
            .where(Listing.source.in_(sources), Metadata.updated_by.is_not(None))
            .order_by(Metadata.last_action_date)
        )
        for row in session.execute(statement):
            found[row.resource_id][row.field_name] = row.last_action_date
    return dict(found)


def withdrawn_by_hand(session: Session, sources: Collection[str]) -> frozenset[int]:
    """Return the numbers of the listings that a person withdrew, and not an import."""
    found: set[int] = set()
    for key in _RESOURCE_OF_LISTING.values():
        statement = (
            select(Listing.number)
            .join(Metadata, key == Metadata.resource_id)
            .where(
                Listing.source.in_(sources),
                Metadata.last_action_type == "withdrawn",
                Metadata.last_action_date == Listing.withdrawn_at,
                Metadata.updated_by.is_not(None),
            )
        )
        found.update(session.scalars(statement))
    return frozenset(found)


def _organizations(session: Session, chosen: ColumnElement[bool]) -> dict[UUID, OrganizationDraft]:
    ids = session.scalars(select(Listing.organization_id).where(chosen).distinct())
    return organizations(session, set(ids))


def _resources(session: Session, chosen: ColumnElement[bool]) -> dict[UUID, Values]:
    found: dict[UUID, Values] = {}
    for kind, model in RESOURCES.items():
        key = _RESOURCE_OF_LISTING[kind]
        found |= _by_id(session, model, key, RESOURCE_COLUMNS[kind], chosen)
    return found


def _by_id(
    session: Session,
    model: Any,  # noqa: ANN401 -- any table with an id
    key: Any,  # noqa: ANN401 -- the column of listing that refers to it
    columns: Sequence[str],
    chosen: ColumnElement[bool],
) -> dict[UUID, Values]:
    statement = select(model.id, *(getattr(model, name) for name in columns))
    rows = session.execute(statement.join(Listing, key == model.id).where(chosen))
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


def _side(session: Session, side: Side, chosen: ColumnElement[bool]) -> dict[Any, Rows]:
    owner = getattr(side.model, side.owner_column)
    statement = select(owner, *(getattr(side.model, name) for name in side.columns)).join(
        Listing, _OWNER_OF_LISTING[side.owner] == owner
    )
    found: defaultdict[Any, set[tuple[Any, ...]]] = defaultdict(set)
    for row in session.execute(statement.where(chosen)):
        found[row[0]].add(tuple(row[1:]))
    return {key: frozenset(rows) for key, rows in found.items()}


def _terms(session: Session, chosen: ColumnElement[bool]) -> dict[UUID, frozenset[UUID]]:
    """Return the terms said of each service or job lead.

    A million rows name 400 terms and 12,000 services: ids are made once each, not once a row.
    """
    found: defaultdict[object, list[UUID]] = defaultdict(list)
    ids = _Ids()
    raw = type_coerce(Attribute.link_id, String), type_coerce(Attribute.taxonomy_term_id, String)
    connection = session.connection()
    for key in _RESOURCE_OF_LISTING.values():
        statement = select(*raw).join(Listing, key == Attribute.link_id).where(chosen)
        for link_id, term_id in connection.execute(statement, execution_options=_STREAMED):
            found[link_id].append(ids[term_id])
    return {ids[link_id]: frozenset(terms) for link_id, terms in found.items()}


class _Ids(dict[object, UUID]):
    """Makes an id of what a database gives for one: SQLite digits, PostgreSQL the id itself."""

    def __missing__(self, raw: object) -> UUID:
        self[raw] = raw if isinstance(raw, UUID) else UUID(str(raw))
        return self[raw]


def _around(
    sides: Mapping[str, Mapping[Any, Rows]], owners: Mapping[Owner, Any]
) -> Iterator[tuple[str, Rows]]:
    for name, rows in sides.items():
        if (own := rows.get(owners[SIDES[name].owner], NOTHING)) is not NOTHING:
            yield name, own


def _chunks(values: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]
