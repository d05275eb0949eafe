"""Writes the rows that an edit changes. Only ``commands`` calls it, which keeps the history."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from resourcedir.directory import hours, rule_writing
from resourcedir.directory.editing import OF_OPENINGS, Field, ListingEdit
from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.kinds import ListingKind, ServiceStatus
from resourcedir.directory.models import (
    Accessibility,
    Attribute,
    CostOption,
    JobLead,
    Language,
    Listing,
    Phone,
    Schedule,
    Service,
    ServiceCapacity,
)
from resourcedir.directory.wording import name
from resourcedir.errors import NotFound
from resourcedir.taxonomy.commands import taxonomy_id, term_id
from resourcedir.taxonomy.models import TaxonomyTerm
from resourcedir.taxonomy.vocabulary import Vocabulary


def write(
    session: Session, listing: Listing, edit: ListingEdit, fields: frozenset[Field], by: UUID
) -> None:
    """Bring the rows of ``listing`` in line with ``edit``, those of ``fields`` alone.

    :raises BadInput: if the hours cannot be read.
    """
    if listing.service_id is not None:
        _write_service(session, listing.service_id, edit, fields)
        if fields.intersection(OF_OPENINGS) and edit.openings is not None:
            write_openings(session, listing, edit.openings, by)
    elif (job := session.get(JobLead, listing.job_lead_id)) is not None:
        _write_job(job, edit)
    rule_writing.write_rules(session, listing.number, edit, fields)
    if Field.ACCESSIBILITY in fields and listing.location_id is not None:
        _write_accessibility(session, listing.location_id, edit.accessibility)


def lock_openings(session: Session, listing: Listing) -> None:
    """Let nobody else change the count of a listing until the transaction ends."""
    statement = select(ServiceCapacity.id).where(ServiceCapacity.service_id == listing.service_id)
    session.execute(statement.with_for_update())


def write_pause(session: Session, listing: Listing, until: date | None) -> None:
    """Write the last day of a pause, None for no pause.

    :raises NotFound: for a job lead.
    """
    if listing.service_id is None:
        raise NotFound
    session.get_one(Service, listing.service_id).paused_until = until


def write_openings(session: Session, listing: Listing, told: OpeningsFact, by: UUID) -> None:
    """Write a count of free places and what is told with it, and that ``by`` told it.

    :raises NotFound: for a job lead, which counts none.
    """
    if listing.service_id is None:
        raise NotFound
    row = session.scalar(
        select(ServiceCapacity).where(ServiceCapacity.service_id == listing.service_id)
    )
    if row is None:
        row = ServiceCapacity(service_id=listing.service_id)
        session.add(row)
    row.unit, row.maximum, row.available = told.unit, told.maximum, told.available
    row.wait_days, row.hold_hours = told.wait_days, told.hold_hours
    row.starts_on, row.waiting_list = told.starts_on, told.waiting_list
    row.updated, row.updated_by = told.as_of, by


def _write_service(
    session: Session, service_id: UUID, edit: ListingEdit, fields: frozenset[Field]
) -> None:
    service = session.get_one(Service, service_id)
    for field, assign in _COLUMNS.items():
        if field in fields:
            assign(service, edit)
    for field, (model, rows) in _TABLES.items():
        if field in fields:
            session.execute(delete(model).where(model.service_id == service_id))
            for row in rows(edit):
                row.service_id = service_id
                session.add(row)
    if Field.PAYERS in fields:
        _write_payers(session, service_id, edit.payers)


def _write_payers(session: Session, service_id: UUID, codes: frozenset[str]) -> None:
    taxonomy = Vocabulary.PAYER.value
    known = select(TaxonomyTerm.id).where(TaxonomyTerm.taxonomy_id == taxonomy_id(taxonomy))
    session.execute(
        delete(Attribute).where(
            Attribute.link_id == service_id, Attribute.taxonomy_term_id.in_(known)
        )
    )
    for code in sorted(codes):
        session.add(
            Attribute(
                link_id=service_id,
                taxonomy_term_id=term_id(taxonomy, code),
                link_entity=ListingKind.SERVICE.value,
            )
        )


def _write_accessibility(session: Session, location_id: UUID, codes: frozenset[str]) -> None:
    """Replace what helps people at a place; what stays keeps its words."""
    statement = select(Accessibility).where(Accessibility.location_id == location_id)
    present = {row.description: row for row in session.scalars(statement)}
    for code in sorted(codes - set(present)):
        session.add(Accessibility(location_id=location_id, description=code))
    for code, row in present.items():
        if code not in codes:
            session.delete(row)


def _set_description(service: Service, edit: ListingEdit) -> None:
    service.description = edit.description


def _set_ages(service: Service, edit: ListingEdit) -> None:
    service.minimum_age, service.maximum_age = edit.minimum_age, edit.maximum_age


def _set_eligibility(service: Service, edit: ListingEdit) -> None:
    service.eligibility_description = edit.eligibility or None


def _set_status(service: Service, edit: ListingEdit) -> None:
    closed = edit.temporarily_closed
    service.status = ServiceStatus.TEMPORARILY_CLOSED if closed else ServiceStatus.ACTIVE


def _set_alert(service: Service, edit: ListingEdit) -> None:
    service.alert = edit.alert or None


_COLUMNS: Final[Mapping[Field, Callable[[Service, ListingEdit], None]]] = {
    Field.DESCRIPTION: _set_description,
    Field.AGES: _set_ages,
    Field.ELIGIBILITY: _set_eligibility,
    Field.STATUS: _set_status,
    Field.ALERT: _set_alert,
}


def _schedules(edit: ListingEdit) -> Iterable[Schedule]:
    for names, opens, closes in hours.rows_of(hours.parse(edit.hours)) if edit.hours else ():
        yield Schedule(byday=names, opens_at=opens, closes_at=closes)


def _phones(edit: ListingEdit) -> Iterable[Phone]:
    for rank, each in enumerate(edit.phones):
        yield Phone(
            number=each.number,
            extension=each.extension,
            type=each.type,
            description=each.description,
            rank=rank,
        )


def _languages(edit: ListingEdit) -> Iterable[Language]:
    for code in sorted(edit.languages):
        yield Language(code=code, name=name(Vocabulary.LANGUAGE, code, "en"))


def _costs(edit: ListingEdit) -> Iterable[CostOption]:
    if (cost := edit.cost) is not None:
        yield CostOption(option=cost.kind, amount=cost.amount, amount_description=cost.description)


_TABLES: Final[Mapping[Field, tuple[Any, Callable[[ListingEdit], Iterable[Any]]]]] = {
    Field.HOURS: (Schedule, _schedules),
    Field.PHONES: (Phone, _phones),
    Field.LANGUAGES: (Language, _languages),
    Field.COST: (CostOption, _costs),
}


def _write_job(job: JobLead, edit: ListingEdit) -> None:
    job.description = edit.description
    job.phone = edit.phones[0].number if edit.phones else None
    job.minimum_age = edit.minimum_age
