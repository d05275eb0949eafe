"""Reads listings and what hangs on them: few statements, as many for one listing as for hundreds.

Columns are read, not objects of the session: a page of results is some thousand rows, and making
objects of them took longer than all else on the page. Each statement is built once, and says by the
listing's number whose a row is. Only ``queries`` calls this. It must not read ``location_private``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Select,
    String,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.db import Base
from resourcedir.directory.facts import Attribute
from resourcedir.directory.models import Listing
from resourcedir.taxonomy.models import Taxonomy, TaxonomyTerm

_tables: Final = Base.metadata.tables
_listing: Final = _tables[Listing.__tablename__]
_number: Final = _listing.c.number
_asked: Final = _number.in_(bindparam("numbers", expanding=True))
_resource: Final = func.coalesce(_listing.c.service_id, _listing.c.job_lead_id)


def _columns(table: str, names: str) -> list[Column[Any]]:
    return [_tables[table].c[name] for name in names.split()]


def _heads() -> Select[Any]:
    """Return what a listing has at most one of; a service or a job lead is among it."""
    organization, service = _tables["organization"].c, _tables["service"].c
    job, place, capacity = (_tables[n].c for n in ("job_lead", "location", "service_capacity"))
    teller, record = _tables[User.__tablename__].c, _tables["track_record"].c
    columns = [
        *_columns("listing", "number version kind organization_id location_id job_lead_id"),
        *_columns("listing", "confidential withdrawn_at source checked_at"),
        _resource.label("resource_id"),
        organization.name.label("organization"),
        func.coalesce(func.nullif(place.time_zone, ""), _listing.c.time_zone).label("clock"),
        func.coalesce(service.name, job.title).label("name"),
        func.coalesce(service.description, job.description).label("description"),
        func.coalesce(service.url, job.url).label("url"),
        func.coalesce(service.minimum_age, job.minimum_age).label("minimum_age"),
        *_columns("service", "alternate_name status alert paused_until email maximum_age"),
        *_columns("service", "application_process eligibility_description"),
        *_columns("job_lead", "phone wage_minimum wage_maximum shift positions closes_on"),
        place.name.label("place_name"),
        *_columns("location", "latitude longitude position_error_m time_zone transportation"),
        *_columns("service_capacity", "unit available maximum updated wait_days hold_hours"),
        *_columns("service_capacity", "starts_on waiting_list"),
        *_columns("track_record", "referred answered accepted started completed"),
        teller.role.label("told_by"),
    ]
    return (
        select(*columns)
        .join(_tables["organization"], organization.id == _listing.c.organization_id)
        .outerjoin(_tables["service"], service.id == _listing.c.service_id)
        .outerjoin(_tables["service_capacity"], capacity.service_id == _listing.c.service_id)
        .outerjoin(_tables[User.__tablename__], teller.id == capacity.updated_by)
        .outerjoin(_tables["job_lead"], job.id == _listing.c.job_lead_id)
        .outerjoin(_tables["location"], place.id == _listing.c.location_id)
        .outerjoin(_tables["track_record"], record.listing_number == _number)
        .where(_asked)
    )


def _side(name: str, columns: str, order: str, owner: str = "service_id") -> Select[Any]:
    """Return a table that hangs on the ``owner`` of listings, the listing's number first."""
    table = _tables[name]
    whose = table.c[owner] == _listing.c[owner if owner in _listing.c else "number"]
    return (
        select(_number.label("listing"), *_columns(name, columns))
        .select_from(_listing.join(table, whose))
        .where(_asked)
        .order_by(*_columns(name, order))
    )


_HEADS: Final = _heads()
_SIDES: Final[Mapping[str, Select[Any]]] = {
    "address": _side(
        "address",
        "address_1 address_2 city region state_province postal_code",
        "address_type id",
        "location_id",
    ),
    "accessibility": _side("accessibility", "description", "description", "location_id"),
    "schedule": _side("schedule", "byday opens_at closes_at valid_from valid_to", "opens_at id"),
    "language": _side("language", "code", "code"),
    "service_area": _side("service_area", "extent name", "extent"),
    "cost_option": _side("cost_option", "option amount amount_description", "id"),
    "required_document": _side("required_document", "document", "document"),
    "contact": _side("contact", "name email", "name id"),
    "phone": _side("phone", "number extension type description", "rank id"),
    "organization_phone": _side(
        "phone", "number extension type description", "rank id", "organization_id"
    ),
    "eligibility_rule": _side(
        "eligibility_rule", "kind code stance amount note", "kind code id", "listing_number"
    ),
}

# A national file says 75 things of each listing: their ids come as one text a listing, in whatever
# form the database writes ids. The terms themselves are few and read once.
_attribute: Final = _tables["attribute"].c
_SAID: Final = (
    select(_number, func.aggregate_strings(cast(_attribute.taxonomy_term_id, String), ","))
    .join_from(_listing, _tables["attribute"], _attribute.link_id == _resource)
    .where(_asked)
    .group_by(_number)
)
_TERMS: Final = (
    select(
        cast(TaxonomyTerm.id, String),
        Taxonomy.name,
        TaxonomyTerm.code,
        TaxonomyTerm.name,
        TaxonomyTerm.name_es,
    )
    .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
    .where(TaxonomyTerm.id.in_(bindparam("terms", expanding=True)))
)

Said = Mapping[str, Sequence[Attribute]]
"""What is said of one listing: by the name of the taxonomy the terms, in the order of codes."""


class Around:
    """Some listings, and the rows that hang on them."""

    def __init__(self, session: Session, numbers: Iterable[int]) -> None:
        if session.autoflush:
            session.flush()  # statements of columns alone do not do it
        connection = session.connection()
        asked = {"numbers": list(numbers)}
        self.heads: Mapping[int, Row[Any]] = {
            row.number: row for row in connection.execute(_HEADS, asked).all()
        }
        self._rows: dict[tuple[str, int], list[Row[Any]]] = defaultdict(list)
        for name, statement in _SIDES.items():
            for row in connection.execute(statement, asked).all():
                self._rows[name, row.listing].append(row)
        self._said = _said(connection, asked)

    def of(self, name: str, head: Row[Any]) -> Sequence[Row[Any]]:
        """Return the rows of one table that hang on ``head``, in their order."""
        return self._rows.get((name, head.number), ())

    def said(self, head: Row[Any]) -> Said:
        return self._said.get(head.number, {})


def _said(connection: Connection, asked: Mapping[str, list[int]]) -> Mapping[int, Said]:
    ids = {number: set(text.split(",")) for number, text in connection.execute(_SAID, asked).all()}
    wanted = [UUID(each) for each in set[str]().union(*ids.values())]
    rows = connection.execute(_TERMS, {"terms": wanted}).all()
    terms = [  # sorted here: databases do not agree on the order of words
        (id_, taxonomy, Attribute(code, *names))
        for id_, taxonomy, code, *names in sorted(rows, key=lambda row: (row[1], row[2]))
    ]
    said: dict[int, Said] = {}
    for number, of_one in ids.items():
        by_taxonomy: dict[str, list[Attribute]] = defaultdict(list)
        for id_, taxonomy, term in terms:
            if id_ in of_one:
                by_taxonomy[taxonomy].append(term)
        said[number] = by_taxonomy
    return said
