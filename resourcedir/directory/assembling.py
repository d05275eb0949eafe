"""Makes facts of rows. It reads no database, and nothing of a confidential place comes here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from resourcedir.directory import facts
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.gathering import Around, Head
from resourcedir.directory.hours import WeeklyHours, week_of
from resourcedir.directory.kinds import ServiceStatus
from resourcedir.directory.models import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    EligibilityRule,
    JobLead,
    Language,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceCapacity,
)

_LISTS: Final = frozenset({"need", "population", "payer", "medication"})


def facts_of(head: Head, around: Around) -> ListingFacts:
    """Return the facts of one listing."""
    listing = head.listing
    common = ListingFacts(
        number=listing.number,
        version=listing.version,
        kind=listing.kind,
        resource_id=head.resource_id,
        organization_id=listing.organization_id,
        organization=head.organization,
        time_zone=head.time_zone,
        name="",
        confidential=listing.confidential,
        withdrawn=listing.withdrawn_at is not None,
        source=listing.source,
        checked_at=listing.checked_at,
        terms=around.codes(head, "need"),
        populations=around.codes(head, "population"),
        payers=around.codes(head, "payer"),
        medications=around.codes(head, "medication"),
        attributes=tuple(
            facts.Attribute(term.code, term.name, term.name_es)
            for taxonomy, term in around.terms(head)
            if taxonomy not in _LISTS
        ),
        place=_place(head, around),
        rules=tuple(
            facts.RuleFact(row.kind, row.code, row.stance, row.amount, row.note)
            for row in around.of(EligibilityRule, head)
        ),
    )
    if head.service is not None:
        return _with_service(common, head.service, head, around)
    return common if head.job is None else _with_job(common, head.job)


def _with_service(
    common: ListingFacts, service: Service, head: Head, around: Around
) -> ListingFacts:
    contact = next(iter(around.of(Contact, head)), None)
    return replace(
        common,
        name=service.name,
        alternate_name=service.alternate_name,
        description=service.description,
        status=service.status,
        alert=service.alert,
        languages=tuple(row.code for row in around.of(Language, head)),
        cost=next(_costs(around.of(CostOption, head)), None),
        areas=tuple((row.extent, row.name) for row in around.of(ServiceArea, head)),
        hours=_hours(around.of(Schedule, head), head.time_zone),
        phones=tuple(
            facts.PhoneFact(row.number, row.extension, row.type, row.description)
            for row in around.phones(head)
        ),
        contact=contact.name if contact else None,
        email=service.email or (contact.email if contact else None),
        url=service.url,
        application=service.application_process,
        eligibility=service.eligibility_description,
        minimum_age=service.minimum_age,
        maximum_age=service.maximum_age,
        bring=tuple(row.document for row in around.of(RequiredDocument, head)),
        openings=next(_openings(around.of(ServiceCapacity, head)), None),
    )


def _with_job(common: ListingFacts, job: JobLead) -> ListingFacts:
    return replace(
        common,
        name=job.title,
        description=job.description,
        status=ServiceStatus.ACTIVE,
        phones=(facts.PhoneFact(job.phone),) if job.phone else (),
        url=job.url,
        minimum_age=job.minimum_age,
        job=facts.JobFact(
            job.wage_minimum, job.wage_maximum, job.shift, job.positions, job.closes_on
        ),
    )


def _place(head: Head, around: Around) -> facts.PlaceFact | None:
    location = head.location
    if location is None or head.listing.confidential:
        return None
    address = next(iter(around.of(Address, head)), None)
    return facts.PlaceFact(
        name=location.name,
        address_1=address.address_1 if address else "",
        address_2=address.address_2 if address else None,
        city=address.city if address else "",
        county=address.region if address else None,
        state=address.state_province if address else "",
        zip=address.postal_code if address else "",
        latitude=location.latitude,
        longitude=location.longitude,
        error_m=location.position_error_m,
        time_zone=location.time_zone,
        transportation=location.transportation,
        accessibility=tuple(row.description for row in around.of(Accessibility, head)),
    )


def _hours(rows: Iterable[Schedule], time_zone: str) -> WeeklyHours | None:
    """Return the weekly hours; rows for a season say nothing of the usual week."""
    usual = (row for row in rows if row.valid_from is None and row.valid_to is None)
    return week_of(((row.byday, row.opens_at, row.closes_at) for row in usual), time_zone)


def _costs(rows: Sequence[CostOption]) -> Iterator[facts.CostFact]:
    for row in rows:
        yield facts.CostFact(row.option, row.amount, row.amount_description)


def _openings(rows: Sequence[ServiceCapacity]) -> Iterator[facts.OpeningsFact]:
    for row in rows:
        yield facts.OpeningsFact(row.unit, row.available, row.maximum, row.updated)
