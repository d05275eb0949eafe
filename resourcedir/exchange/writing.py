"""Writes a plan in the caller's transaction: rows, history, and the notes for the index.

New listings go in by the batch, since a national file has a million rows around its listings; a
changed one gets only the statements that differ. It decides nothing and does not commit.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Final, TypeVar
from uuid import uuid4

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from resourcedir.db import Base
from resourcedir.directory.kinds import ListingKind
from resourcedir.directory.models import (
    Attribute,
    Listing,
    Location,
    Metadata,
    Organization,
    ServiceAtLocation,
)
from resourcedir.exchange import changing, private_places
from resourcedir.exchange.drafts import ListingDraft, OrganizationDraft
from resourcedir.exchange.history_lines import value_kept
from resourcedir.exchange.plan import Plan
from resourcedir.exchange.rows import Values, location_id, service_at_location, side_rows
from resourcedir.exchange.tables import RESOURCES, SIDES, Owner
from resourcedir.outbox.commands import note_changes

Progress = Callable[[int, int], None]
T = TypeVar("T")
_ATTRIBUTE_IN_SQLITE: Final = (
    "INSERT INTO attribute (link_id, taxonomy_term_id, link_entity) VALUES (?, ?, ?)"
)
_BATCH: Final = 500  # listings; with their attributes some 40,000 rows


def write(
    session: Session, plan: Plan, at: datetime, progress: Progress | None = None
) -> tuple[int, ...]:
    """Write ``plan`` and return the numbers of the listings that changed, in order."""
    if plan.is_empty:
        return ()
    _put(session, Organization, map(_organization, plan.new_organizations))
    for before, after in plan.changed_organizations:
        changing.write_organization(session, before, after, at)
    numbers = _add(session, plan.added, at, progress or _silent)
    for found in plan.changed:
        changing.write_difference(session, found, plan.names, at)
        numbers.append(found.stored.number)
    for stored in plan.withdrawn:
        changing.withdraw(session, stored, at)
        numbers.append(stored.number)
    note_changes(session, sorted(numbers), at)
    return tuple(sorted(numbers))


def _silent(_done: int, _total: int) -> None:
    """Show nothing."""


def _add(
    session: Session, drafts: Sequence[ListingDraft], at: datetime, progress: Progress
) -> list[int]:
    total = 2 * len(drafts)
    done = 0
    for some in _batches(drafts):
        _put_listings(session, some)
        progress(done := done + len(some), total)
    numbers = _numbers(session, drafts)
    sides = [(numbers[draft.source, draft.key], draft) for draft in drafts]
    _put(session, SIDES["rules"].model, chain.from_iterable(_rules(n, each) for n, each in sides))
    for number, draft in sides:
        if draft.private_address:
            private_places.keep(session, number, draft.private_address)
    _put(session, Metadata, (_created(draft, at) for draft in drafts))
    # The table of attributes is kept in the order of its key: rows that come in it are appended.
    for some in _batches(sorted(drafts, key=lambda draft: draft.resource_id.hex)):
        _put_attributes(session, some)
        progress(done := done + len(some), total)
    return list(numbers.values())


def _put_listings(session: Session, drafts: Sequence[ListingDraft]) -> None:
    for kind, model in RESOURCES.items():
        _put(session, model, (_resource(each) for each in drafts if each.kind is kind))
    placed = [draft for draft in drafts if draft.location is not None]
    _put(session, Location, map(_location, placed))
    _put(session, ServiceAtLocation, chain.from_iterable(map(_service_at_location, placed)))
    _put(session, Listing, map(_listing, drafts))
    for name, side in SIDES.items():
        if side.owner is not Owner.LISTING:
            _put(session, side.model, chain.from_iterable(_side(name, each) for each in drafts))


def _numbers(session: Session, drafts: Sequence[ListingDraft]) -> dict[tuple[str, str], int]:
    """Return the number of each new listing, which the database gave, by source and key."""
    wanted = {(draft.source, draft.key) for draft in drafts}
    statement = (
        select(Listing.source, Listing.source_key, Listing.number)
        .where(Listing.source.in_({source for source, _ in wanted}))
        .order_by(Listing.number)
    )
    return {
        (row.source, row.source_key): row.number
        for row in session.execute(statement)
        if (row.source, row.source_key) in wanted
    }


def _organization(draft: OrganizationDraft) -> Values:
    return {
        "id": draft.id,
        "name": draft.name,
        "description": draft.description or "",
        "website": draft.website,
    }


def _resource(draft: ListingDraft) -> Values:
    values = {"id": draft.resource_id, **draft.resource}
    if draft.kind is ListingKind.SERVICE:
        values["organization_id"] = draft.organization.id
    return values


def _location(draft: ListingDraft) -> Values:
    return {
        "id": location_id(draft.resource_id),
        "organization_id": draft.organization.id,
        **(draft.location or {}),
    }


def _service_at_location(draft: ListingDraft) -> Iterator[Values]:
    if draft.kind is ListingKind.SERVICE:
        yield service_at_location(draft.resource_id)


def _listing(draft: ListingDraft) -> Values:
    is_service = draft.kind is ListingKind.SERVICE
    return {
        "kind": draft.kind,
        "organization_id": draft.organization.id,
        "service_id": draft.resource_id if is_service else None,
        "job_lead_id": None if is_service else draft.resource_id,
        "location_id": None if draft.location is None else location_id(draft.resource_id),
        "source": draft.source,
        "source_key": draft.key,
        "version": 1,
        **draft.listing,
    }


def _side(name: str, draft: ListingDraft) -> Iterator[Values]:
    owner = draft.resource_id
    if SIDES[name].owner is Owner.LOCATION:
        owner = location_id(draft.resource_id)
    return side_rows(name, owner, draft.side(name), seed=draft.resource_id)


def _rules(number: int, draft: ListingDraft) -> Iterator[Values]:
    return side_rows("rules", number, draft.side("rules"), seed=draft.resource_id)


def _created(draft: ListingDraft, at: datetime) -> Values:
    name = draft.resource.get("name") or draft.resource.get("title")
    return {
        "id": uuid4(),
        "resource_id": draft.resource_id,
        "resource_type": draft.kind.value,
        "last_action_date": at,
        "last_action_type": "create",
        "field_name": "name",
        "previous_value": "",
        "replacement_value": value_kept(name),
    }


def _put_attributes(session: Session, drafts: Sequence[ListingDraft]) -> None:
    """Put in what is said of ``drafts``, a million rows of a national file.

    SQLite gets them as it keeps them, past SQLAlchemy: everybody waits while they are written, and
    this halves the wait.
    """
    if session.get_bind().dialect.name != "sqlite":
        _put(session, Attribute, chain.from_iterable(map(_attributes, drafts)))
        return
    rows: list[tuple[str, str, str]] = []
    for draft in drafts:
        link, kind = draft.resource_id.hex, draft.kind.value
        rows += [(link, term, kind) for term in sorted([each.hex for each in draft.terms])]
    if rows:
        session.connection().exec_driver_sql(_ATTRIBUTE_IN_SQLITE, rows)


def _attributes(draft: ListingDraft) -> Iterator[Values]:
    for term in sorted(draft.terms):
        yield {
            "link_id": draft.resource_id,
            "taxonomy_term_id": term,
            "link_entity": draft.kind.value,
        }


def _put(session: Session, model: type[Base], rows: Iterable[Values]) -> None:
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 -- a mapped class has a table, for the type checker
    connection = session.connection()
    for some in _batches(rows, 20_000):
        connection.execute(insert(table), some)


def _batches(values: Iterable[T], size: int = _BATCH) -> Iterator[list[T]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
