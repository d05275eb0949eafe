"""Writes the rows that an edit changes. Only ``commands`` calls it, which keeps the history."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from resourcedir.directory import hours
from resourcedir.directory.editing import OF_OPENINGS, Field, ListingEdit
from resourcedir.directory.facts import OpeningsFact, RuleFact
from resourcedir.directory.kinds import RuleKind, ServiceStatus, Stance
from resourcedir.directory.models import (
    CostOption,
    EligibilityRule,
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
    for field, rules in _RULES.items():
        if field in fields:
            kind, wanted = rules
            _write_rules(session, listing.number, kind, wanted(edit))


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


def _genders(edit: ListingEdit) -> Iterable[RuleFact]:
    for code in sorted(edit.genders):
        stance = Stance.ACCEPTED if code == "any" else Stance.REQUIRED
        yield RuleFact(RuleKind.GENDER, code, stance)


def _offenses(edit: ListingEdit) -> Iterable[RuleFact]:
    for code, stance in sorted(edit.offenses.items()):
        yield RuleFact(RuleKind.OFFENSE, code, stance)


def _documents(edit: ListingEdit) -> Iterable[RuleFact]:
    for code in sorted(edit.documents):
        yield RuleFact(RuleKind.DOCUMENT, code, Stance.REQUIRED)


def _sobriety(edit: ListingEdit) -> Iterable[RuleFact]:
    if (days := edit.sobriety_days) is not None:
        stance = Stance.REQUIRED if days else Stance.ACCEPTED
        yield RuleFact(RuleKind.SOBRIETY_DAYS, None, stance, days or None)


_RULES: Final[Mapping[Field, tuple[RuleKind, Callable[[ListingEdit], Iterable[RuleFact]]]]] = {
    Field.GENDERS: (RuleKind.GENDER, _genders),
    Field.OFFENSES: (RuleKind.OFFENSE, _offenses),
    Field.DOCUMENTS: (RuleKind.DOCUMENT, _documents),
    Field.SOBRIETY: (RuleKind.SOBRIETY_DAYS, _sobriety),
}


def _write_rules(session: Session, number: int, kind: RuleKind, wanted: Iterable[RuleFact]) -> None:
    """Replace the rules of one kind; one whose words stay keeps its note."""
    statement = select(EligibilityRule).where(
        EligibilityRule.listing_number == number, EligibilityRule.kind == kind
    )
    present = {(row.code, row.stance): row for row in session.scalars(statement)}
    for fact in wanted:
        row = present.pop((fact.code, fact.stance), None)
        if row is None:
            row = EligibilityRule(
                listing_number=number, kind=kind, code=fact.code, stance=fact.stance
            )
            session.add(row)
        row.amount = fact.amount
    for row in present.values():
        if row.kind is kind and _is_edited(row):
            session.delete(row)


def _is_edited(row: EligibilityRule) -> bool:
    """Say whether the form shows such a rule: what it does not show it must not remove."""
    if row.kind is RuleKind.GENDER:
        return row.stance is not Stance.EXCLUDED
    return row.kind is not RuleKind.DOCUMENT or row.stance is Stance.REQUIRED
