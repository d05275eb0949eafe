"""Makes facts of rows. It reads no database, and nothing of a confidential place comes here."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Row

from resourcedir.directory import facts
from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.gathering import Around, Said
from resourcedir.directory.hours import WeeklyHours, week_of
from resourcedir.directory.kinds import ServiceStatus

_LISTS: Final = frozenset({"need", "population", "payer", "medication"})


def facts_of(head: Row[Any], around: Around, usual_zone: str) -> ListingFacts:
    """Return the facts of one listing.

    ``usual_zone`` is the deployment's: whose clock a listing goes by that neither stands in a zone
    nor names one.
    """
    time_zone = head.clock or usual_zone
    said = around.said(head)
    contact = next(iter(around.of("contact", head)), None)
    return ListingFacts(
        number=head.number,
        version=head.version,
        kind=head.kind,
        resource_id=head.resource_id,
        organization_id=head.organization_id,
        organization=head.organization,
        time_zone=time_zone,
        name=head.name,
        alternate_name=head.alternate_name,
        description=head.description,
        status=head.status or ServiceStatus.ACTIVE,
        alert=head.alert,
        paused_until=head.paused_until,
        confidential=head.confidential,
        withdrawn=head.withdrawn_at is not None,
        source=head.source,
        checked_at=head.checked_at,
        terms=_codes(said, "need"),
        populations=_codes(said, "population"),
        payers=_codes(said, "payer"),
        medications=_codes(said, "medication"),
        attributes=tuple(
            term for taxonomy, terms in said.items() if taxonomy not in _LISTS for term in terms
        ),
        languages=tuple(row.code for row in around.of("language", head)),
        cost=next(_costs(around.of("cost_option", head)), None),
        place=_place(head, around),
        areas=tuple((row.extent, row.name) for row in around.of("service_area", head)),
        hours=_hours(around.of("schedule", head), time_zone),
        phones=_phones(head, around),
        contact=contact.name if contact else None,
        email=head.email or (contact.email if contact else None),
        url=head.url,
        application=head.application_process,
        eligibility=head.eligibility_description,
        minimum_age=head.minimum_age,
        maximum_age=head.maximum_age,
        rules=tuple(
            facts.RuleFact(row.kind, row.code, row.stance, row.amount, row.note)
            for row in around.of("eligibility_rule", head)
        ),
        bring=tuple(row.document for row in around.of("required_document", head)),
        openings=_openings(head),
        job=_job(head),
        record=_record(head),
    )


def _codes(said: Said, taxonomy: str) -> tuple[str, ...]:
    return tuple(term.code for term in said.get(taxonomy, ()))


def _job(head: Row[Any]) -> facts.JobFact | None:
    if head.job_lead_id is None:
        return None
    return facts.JobFact(
        head.wage_minimum, head.wage_maximum, head.shift, head.positions, head.closes_on
    )


def _record(head: Row[Any]) -> facts.RecordFact | None:
    if not head.referred:
        return None
    return facts.RecordFact(
        head.referred, head.answered, head.accepted, head.started, head.completed
    )


def _phones(head: Row[Any], around: Around) -> tuple[facts.PhoneFact, ...]:
    """Return the listing's own numbers, else those of a service's organization."""
    if head.job_lead_id is not None:
        return (facts.PhoneFact(head.phone),) if head.phone else ()
    rows = around.of("phone", head) or around.of("organization_phone", head)
    return tuple(
        facts.PhoneFact(row.number, row.extension, row.type, row.description) for row in rows
    )


def _place(head: Row[Any], around: Around) -> facts.PlaceFact | None:
    if head.location_id is None or head.confidential:
        return None
    address = next(iter(around.of("address", head)), None)
    return facts.PlaceFact(
        name=head.place_name,
        address_1=address.address_1 if address else "",
        address_2=address.address_2 if address else None,
        city=address.city if address else "",
        county=address.region if address else None,
        state=address.state_province if address else "",
        zip=address.postal_code if address else "",
        latitude=head.latitude,
        longitude=head.longitude,
        error_m=head.position_error_m,
        time_zone=head.time_zone,
        transportation=head.transportation,
        accessibility=tuple(row.description for row in around.of("accessibility", head)),
    )


def _hours(rows: Sequence[Row[Any]], time_zone: str) -> WeeklyHours | None:
    """Return the weekly hours; rows for a season say nothing of the usual week."""
    usual = (row for row in rows if row.valid_from is None and row.valid_to is None)
    return week_of(((row.byday, row.opens_at, row.closes_at) for row in usual), time_zone)


def _costs(rows: Sequence[Row[Any]]) -> Iterator[facts.CostFact]:
    for row in rows:
        yield facts.CostFact(row.option, row.amount, row.amount_description)


def _openings(head: Row[Any]) -> facts.OpeningsFact | None:
    if head.unit is None:
        return None
    return facts.OpeningsFact(
        head.unit,
        head.available,
        head.maximum,
        head.updated,
        wait_days=head.wait_days,
        hold_hours=head.hold_hours,
        starts_on=head.starts_on,
        waiting_list=head.waiting_list,
        told_by=head.told_by,
    )
