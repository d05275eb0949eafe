"""Reads the tables around listings, one statement each.

The number of statements does not depend on the number of listings. Only ``queries`` calls it. It
must not read ``location_private``.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from resourcedir.db import Base
from resourcedir.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    EligibilityRule,
    JobLead,
    Language,
    Listing,
    Location,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceCapacity,
)
from resourcedir.taxonomy.models import Taxonomy, TaxonomyTerm

RowT = TypeVar("RowT", bound=Base)


@dataclass(frozen=True, slots=True)
class Head:
    """A listing with the rows that it has at most one of; a service or a job lead is among them.

    ``usual_zone`` is the deployment's: whose clock a listing goes by that neither stands in a zone
    nor names one.
    """

    listing: Listing
    organization: str
    service: Service | None
    job: JobLead | None
    location: Location | None
    usual_zone: str

    @property
    def resource_id(self) -> UUID:
        owner = self.listing.service_id or self.listing.job_lead_id
        if owner is None:
            raise ValueError(f"listing {self.listing.number} is of nothing")  # a constraint forbids
        return owner

    @property
    def time_zone(self) -> str:
        place = self.location and self.location.time_zone
        return place or self.listing.time_zone or self.usual_zone


@dataclass(frozen=True, slots=True)
class _Side:
    """A table whose rows hang on something of a head."""

    owner: InstrumentedAttribute[Any]
    key: Callable[[Head], Hashable]
    order: tuple[InstrumentedAttribute[Any], ...]


def _service(head: Head) -> Hashable:
    return head.listing.service_id


def _place(head: Head) -> Hashable:
    return head.listing.location_id


_SIDES: Final[Mapping[type[Base], _Side]] = {
    Address: _Side(Address.location_id, _place, (Address.address_type, Address.id)),
    Accessibility: _Side(Accessibility.location_id, _place, (Accessibility.description,)),
    Schedule: _Side(Schedule.service_id, _service, (Schedule.opens_at, Schedule.id)),
    Language: _Side(Language.service_id, _service, (Language.code,)),
    ServiceArea: _Side(ServiceArea.service_id, _service, (ServiceArea.extent,)),
    CostOption: _Side(CostOption.service_id, _service, (CostOption.id,)),
    RequiredDocument: _Side(RequiredDocument.service_id, _service, (RequiredDocument.document,)),
    ServiceCapacity: _Side(ServiceCapacity.service_id, _service, (ServiceCapacity.id,)),
    Phone: _Side(Phone.service_id, _service, (Phone.rank, Phone.id)),
    Contact: _Side(Contact.service_id, _service, (Contact.name, Contact.id)),
    EligibilityRule: _Side(
        EligibilityRule.listing_number,
        lambda head: head.listing.number,
        (EligibilityRule.kind, EligibilityRule.code, EligibilityRule.id),
    ),
}


class Around:
    """The rows that hang on some heads."""

    def __init__(self, session: Session, heads: Sequence[Head]) -> None:
        self._rows: dict[tuple[type[Base], Hashable], list[Any]] = defaultdict(list)
        for model, side in _SIDES.items():
            keys = {key for head in heads if (key := side.key(head)) is not None}
            statement = select(model).where(side.owner.in_(keys)).order_by(*side.order)
            for row in session.scalars(statement):
                self._rows[model, getattr(row, side.owner.key)].append(row)
        self._phones = _organization_phones(session, heads)
        self._codes = _codes(session, {head.resource_id for head in heads})

    def of(self, model: type[RowT], head: Head) -> Sequence[RowT]:
        return self._rows.get((model, _SIDES[model].key(head)), ())

    def phones(self, head: Head) -> Sequence[Phone]:
        """Return the service's own numbers, else those of its organization."""
        return self.of(Phone, head) or self._phones.get(head.listing.organization_id, ())

    def codes(self, head: Head, taxonomy: str) -> tuple[str, ...]:
        return tuple(term.code for name, term in self.terms(head) if name == taxonomy)

    def terms(self, head: Head) -> Sequence[tuple[str, TaxonomyTerm]]:
        """Return (name of the taxonomy, term), in the order of the terms' codes."""
        return self._codes.get(head.resource_id, ())


def _organization_phones(
    session: Session, heads: Sequence[Head]
) -> Mapping[UUID | None, list[Phone]]:
    found: dict[UUID | None, list[Phone]] = defaultdict(list)
    organizations = {head.listing.organization_id for head in heads}
    statement = select(Phone).where(Phone.organization_id.in_(organizations))
    for row in session.scalars(statement.order_by(Phone.rank, Phone.id)):
        found[row.organization_id].append(row)
    return found


def _codes(session: Session, owners: set[UUID]) -> Mapping[UUID, list[tuple[str, TaxonomyTerm]]]:
    """Return the terms said of each owner.

    A national file says 75 of each: terms are read once, and ids stay as the driver gives them,
    since making UUIDs of them takes longer than all the rest.
    """
    link, said = type_coerce(Attribute.link_id, String), Attribute.taxonomy_term_id
    term_ids: dict[str | UUID, list[str | UUID]] = defaultdict(list)
    statement = select(link, type_coerce(said, String)).where(Attribute.link_id.in_(owners))
    for owner, term_id in session.execute(statement):
        term_ids[owner].append(term_id)
    wanted = {_as_uuid(each) for each in set().union(*term_ids.values())}
    rows = session.execute(
        select(type_coerce(TaxonomyTerm.id, String), Taxonomy.name, TaxonomyTerm)
        .join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id)
        .where(TaxonomyTerm.id.in_(wanted))
    )
    terms: dict[str | UUID, tuple[str, TaxonomyTerm]] = {
        raw: (name, term) for raw, name, term in rows
    }
    rank = {raw: n for n, raw in enumerate(sorted(terms, key=lambda raw: _place_of(terms[raw])))}
    return {
        _as_uuid(owner): [terms[each] for each in sorted(ids, key=rank.__getitem__)]
        for owner, ids in term_ids.items()
    }


def _as_uuid(raw: str | UUID) -> UUID:
    return raw if isinstance(raw, UUID) else UUID(raw)


def _place_of(said: tuple[str, TaxonomyTerm]) -> tuple[str, str]:
    return said[0], said[1].code
