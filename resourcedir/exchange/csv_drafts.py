"""Makes drafts of the rows of our CSV file. Pure, but for the tables that ship with the package."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any, Final

from resourcedir.directory.facts import PhoneFact
from resourcedir.directory.hours import WeeklyHours, rows_of
from resourcedir.directory.kinds import ListingKind, LocationType
from resourcedir.errors import Fault
from resourcedir.exchange.csv_row import Row, RowPlace
from resourcedir.exchange.drafts import ListingDraft, OrganizationDraft, Rows, Values
from resourcedir.exchange.locating import GIVEN_ERROR_M, Spot, spot_of, zone_of_area
from resourcedir.exchange.tables import new_id
from resourcedir.places.address import LocatedAddress, Outcome
from resourcedir.places.areas import area_label
from resourcedir.taxonomy.commands import NEED, term_id
from resourcedir.taxonomy.vocabulary import Vocabulary, label
from resourcedir.texts import N_, Phrase

TAXONOMIES: Final = frozenset(
    {NEED, Vocabulary.POPULATION, Vocabulary.PAYER, Vocabulary.MEDICATION}
)
"""The taxonomies that columns of the file speak of."""

_NOON: Final = time(12, tzinfo=UTC)  # of a day without a time


def draft_of(row: Row, answer: LocatedAddress | None = None) -> ListingDraft:
    """Return what the row becomes; ``answer`` is an address service's, if one was asked."""
    is_service = row.kind is ListingKind.SERVICE
    place = None if row.confidential else row.place
    return ListingDraft(
        line=row.line,
        source=row.source,
        key=row.key,
        kind=row.kind,
        resource_id=new_id(row.source, row.key),
        organization=OrganizationDraft(
            new_id(row.source, "organization", row.organization),
            row.organization,
            row.organization_description,
            row.organization_website,
        ),
        listing={
            "confidential": row.confidential,
            "time_zone": None if place else _zone(row),
            "checked_at": row.checked_on and datetime.combine(row.checked_on, _NOON),
            "withdrawn_at": None,
        },
        resource=_service(row) if is_service else _job_lead(row),
        location=None if place is None else _location(row, place, answer),
        sides={name: rows for name, rows in _sides(row, place) if rows},
        terms=frozenset(_terms(row)),
        taxonomies=TAXONOMIES,
        private_address=_secret(row.place) if row.confidential and row.place else "",
    )


def unlocated(row: Row, answer: LocatedAddress | None = None) -> Fault | None:
    """Return the line of a row that has neither a point nor a ZIP code on the map."""
    if row.confidential or row.place is None or row.place.latitude is not None:
        return None
    if answer is not None and answer.outcome is Outcome.FOUND:
        return None
    if spot_of(row.place.zip, row.place.state).latitude is not None:
        return None
    return Fault(Phrase(N_("no place is known for this ZIP code")), row.line, "zip")


def unplaced(row: Row, answer: LocatedAddress | None) -> Fault | None:
    """Return why a row has its ZIP code's point although an address service is configured."""
    if answer is None or answer.reason is None:
        return None
    return Fault(Phrase(answer.reason), row.line, "address_1")


def schedule(hours: WeeklyHours) -> Rows:
    """Return the rows that say ``hours``."""
    return frozenset((*row, None, None, None) for row in rows_of(hours))


def in_one(phone: PhoneFact) -> str:
    """Return a number with its extension as one text."""
    return phone.number if phone.extension is None else f"{phone.number} x{phone.extension}"


def _service(row: Row) -> Values:
    return {
        "name": row.name,
        "alternate_name": row.alternate_name,
        "description": row.description,
        "url": row.url,
        "email": row.email,
        "status": row.status,
        "application_process": row.application,
        "eligibility_description": row.eligibility,
        "minimum_age": row.minimum_age,
        "maximum_age": row.maximum_age,
        "alert": row.alert,
    }


def _job_lead(row: Row) -> Values:
    job = row.job
    return {
        "title": row.name,
        "description": row.description,
        "wage_minimum": job and job.wage_minimum,
        "wage_maximum": job and job.wage_maximum,
        "shift": job and job.shift,
        "positions": job and job.positions,
        "closes_on": job and job.closes_on,
        "minimum_age": row.minimum_age,
        "phone": in_one(row.phones[0]) if row.phones else None,
        "url": row.url,
    }


def _zone(row: Row) -> str | None:
    """Return the zone of a listing without a place: as the file says, else that of its area."""
    return row.time_zone or (zone_of_area(area_label(row.areas[0])) if row.areas else None)


def _location(row: Row, place: RowPlace, answer: LocatedAddress | None) -> Values:
    spot = spot_of(place.zip, place.state)
    latitude, longitude, error_m = _point(place, spot, answer)
    return {
        "location_type": LocationType.PHYSICAL,
        "name": place.name,
        "transportation": place.transportation,
        "latitude": latitude,
        "longitude": longitude,
        "position_error_m": error_m,
        "time_zone": row.time_zone or spot.time_zone,
    }


def _point(
    place: RowPlace, spot: Spot, answer: LocatedAddress | None
) -> tuple[float | None, float | None, int | None]:
    """Return the point and its error: as the file says, else the service, else the ZIP code."""
    if place.latitude is not None:
        return place.latitude, place.longitude, GIVEN_ERROR_M
    if answer is not None and answer.outcome is Outcome.FOUND:
        return answer.point.latitude, answer.point.longitude, answer.error_m
    return spot.latitude, spot.longitude, spot.error_m


def _sides(row: Row, place: RowPlace | None) -> Iterator[tuple[str, Rows]]:
    if place is not None:
        yield "address", frozenset({_address(place, spot_of(place.zip, place.state))})
        yield "accessibility", frozenset((code, None) for code in place.accessibility)
    yield (
        "rules",
        frozenset(
            (each.kind, each.code, each.stance, each.amount, each.note) for each in row.rules
        ),
    )
    if row.kind is ListingKind.SERVICE:
        yield from _service_sides(row)


def _service_sides(row: Row) -> Iterator[tuple[str, Rows]]:
    yield (
        "phones",
        frozenset(
            (each.number, each.extension, each.type, each.description, rank)
            for rank, each in enumerate(row.phones)
        ),
    )
    if row.contact:
        yield "contact", frozenset({(row.contact, None, None)})
    if row.hours is not None:
        yield "hours", schedule(row.hours)
    yield "languages", languages(row.languages)
    yield "service_area", frozenset((area_label(code), code) for code in row.areas)
    if row.cost is not None:
        yield "cost", frozenset({(row.cost, row.cost_amount, row.cost_description)})
    yield "bring", frozenset((each,) for each in row.bring)
    if (told := row.openings) is not None:
        count = (told.unit, told.available, told.maximum, told.as_of, None)
        others = (told.wait_days, told.hold_hours, told.starts_on, told.waiting_list)
        yield "openings", frozenset({count + others})


def languages(codes: tuple[str, ...]) -> Rows:
    """Return the rows of languages by their codes."""
    return frozenset((code, label(Vocabulary.LANGUAGE, code, "en"), None) for code in codes)


def _address(place: RowPlace, spot: Spot) -> tuple[Any, ...]:
    county = place.county or spot.county
    return (place.address_1, place.address_2, place.city, county, place.state, place.zip)


def _secret(place: RowPlace) -> str:
    street = ", ".join(filter(None, (place.name, place.address_1, place.address_2)))
    return f"{street}\n{place.city}, {place.state} {place.zip}"


def _terms(row: Row) -> Iterator[Any]:
    for taxonomy, codes in (
        (NEED, row.terms),
        (Vocabulary.POPULATION, row.populations),
        (Vocabulary.PAYER, row.payers),
        (Vocabulary.MEDICATION, row.medications),
    ):
        for code in codes:
            yield term_id(taxonomy, code)
