"""One row of our CSV file, read and checked. Pure: what a row says, not what becomes of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from resourcedir.directory.facts import JobFact, OpeningsFact, PhoneFact, RuleFact
from resourcedir.directory.hours import WeeklyHours
from resourcedir.directory.kinds import CostKind, ListingKind, ServiceStatus, Shift, Unit
from resourcedir.directory.openings import MOST_HOLD_HOURS, MOST_WAIT_DAYS
from resourcedir.errors import DomainError
from resourcedir.exchange.csv_cells import EMPTY, Cells, phone_type
from resourcedir.exchange.csv_columns import OF_JOB_LEADS, OF_OPENINGS, OF_SERVICES
from resourcedir.exchange.csv_rules import rules_of
from resourcedir.places.areas import county_label
from resourcedir.places.finding import area_code
from resourcedir.places.names import STATES
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary, codes
from resourcedir.texts import N_

NEEDED: Final = N_("is empty: %(other)s needs it")
_SAID: Final = frozenset({"yes", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """Where the row says it is. ``county`` has its kind: "Hamilton County"."""

    name: str | None
    address_1: str
    address_2: str | None
    city: str
    county: str | None
    state: str
    zip: str
    latitude: float | None
    longitude: float | None
    transportation: str | None
    accessibility: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One listing. Empty means not known, as in ``ListingFacts``."""

    line: int
    source: str
    key: str
    kind: ListingKind
    organization: str
    organization_description: str | None
    organization_website: str | None
    name: str
    alternate_name: str | None
    description: str
    terms: tuple[str, ...]
    populations: tuple[str, ...]
    payers: tuple[str, ...]
    medications: tuple[str, ...]
    languages: tuple[str, ...]
    place: RowPlace | None
    time_zone: str | None
    confidential: bool
    areas: tuple[str, ...]
    phones: tuple[PhoneFact, ...]
    email: str | None
    url: str | None
    contact: str | None
    hours: WeeklyHours | None
    cost: CostKind | None
    cost_amount: Decimal | None
    cost_description: str | None
    minimum_age: int | None
    maximum_age: int | None
    rules: tuple[RuleFact, ...]
    bring: tuple[str, ...]
    eligibility: str | None
    openings: OpeningsFact | None
    status: ServiceStatus
    alert: str | None
    application: str | None
    checked_on: date | None
    job: JobFact | None


def row_of(cells: Cells) -> Row:
    """Return the row, or what could be read of it: see ``cells.faults``."""
    kind = cells.choice("kind", ListingKind)
    if not cells.text("kind"):
        cells.fault("kind", EMPTY)
    kind = kind or ListingKind.SERVICE
    _check_columns(cells, kind)
    confidential, place, areas = (
        cells.flag("confidential"),
        _place(cells),
        cells.areas("service_area"),
    )
    _check_place(cells, kind, (confidential, place is not None, bool(areas)))
    phone = cells.phone("phone")
    main = () if phone is None else (_described(phone, cells.text("phone_description")),)
    minimum, maximum = cells.age("minimum_age"), cells.age("maximum_age")
    if minimum is not None and maximum is not None and minimum > maximum:
        message = N_("%(age)s is below the minimum age, %(minimum)s")
        cells.fault("maximum_age", message, age=maximum, minimum=minimum)
    return Row(
        line=cells.line,
        source=cells.required("source"),
        key=cells.required("key"),
        kind=kind,
        organization=cells.required("organization"),
        organization_description=cells.text("organization_description"),
        organization_website=cells.url("organization_website"),
        name=cells.required("name"),
        alternate_name=cells.text("alternate_name"),
        description=cells.text("description") or "",
        terms=_terms(cells),
        populations=cells.codes("populations", codes(Vocabulary.POPULATION)),
        payers=cells.codes("payers", codes(Vocabulary.PAYER)),
        medications=cells.codes("medications", codes(Vocabulary.MEDICATION)),
        languages=cells.codes("languages", codes(Vocabulary.LANGUAGE)),
        place=place,
        time_zone=cells.time_zone("time_zone"),
        confidential=confidential,
        areas=areas,
        phones=(*main, *cells.phones("more_phones")),
        email=cells.email("email"),
        url=cells.url("url"),
        contact=cells.text("contact_name"),
        hours=cells.hours("hours"),
        minimum_age=minimum,
        maximum_age=maximum,
        rules=rules_of(cells),
        bring=cells.words("bring"),
        eligibility=cells.text("eligibility"),
        openings=_openings(cells),
        status=cells.choice("status", ServiceStatus) or ServiceStatus.ACTIVE,
        alert=cells.text("alert"),
        application=cells.text("application"),
        checked_on=cells.day("checked_on"),
        job=_job(cells) if kind is ListingKind.JOB_LEAD else None,
        **_cost(cells),
    )


def _check_columns(cells: Cells, kind: ListingKind) -> None:
    """Note cells that this kind of listing has no use for: they would be lost without a word."""
    wrong = OF_SERVICES if kind is ListingKind.JOB_LEAD else OF_JOB_LEADS
    other = "service" if kind is ListingKind.JOB_LEAD else "job_lead"
    for column in wrong:
        if cells.text(column) and (column, cells.text(column)) != ("confidential", "no"):
            cells.fault(column, N_("only a %(kind)s can have it: leave it empty"), kind=other)
    if kind is ListingKind.JOB_LEAD and cells.text("status") not in {None, "active"}:
        cells.fault("status", N_("a job lead is active until closes_on: leave it empty"))


def _check_place(cells: Cells, kind: ListingKind, has: tuple[bool, bool, bool]) -> None:
    confidential, place, areas = has
    if kind is ListingKind.JOB_LEAD:
        return
    if confidential and not areas:
        cells.fault(
            "service_area", N_("a confidential listing needs one: nothing else says where it is")
        )
    elif not (place or areas or cells.text("service_area") or cells.text("address_1")):
        cells.fault("service_area", N_("a service needs an address or a service area"))


def _place(cells: Cells) -> RowPlace | None:
    """Return the place, None where the row names none; half an address is a fault."""
    needed = ("address_1", "city", "state", "zip")
    latitude, longitude = cells.degrees("latitude", 90), cells.degrees("longitude", 180)
    accessibility = cells.codes("accessibility", codes(Vocabulary.ACCESSIBILITY))
    state = cells.one_of("state", STATES)
    county = _county(cells, state)
    zip_code = cells.zip_code("zip")
    given = [column for column in needed if cells.text(column)]
    rest = [
        cells.text(column) for column in ("location_name", "address_2", "latitude", "longitude")
    ]
    if not given and not any(rest):
        return None
    for column in needed:
        if column not in given:
            cells.fault(column, N_("is empty: an address needs it"))
    if (latitude is None) != (longitude is None):
        missing = "longitude" if longitude is None else "latitude"
        cells.fault(missing, N_("a point needs both degrees"))
        latitude = longitude = None
    return RowPlace(
        name=cells.text("location_name"),
        address_1=cells.text("address_1") or "",
        address_2=cells.text("address_2"),
        city=cells.text("city") or "",
        county=county,
        state=state or "",
        zip=zip_code or "",
        latitude=latitude,
        longitude=longitude,
        transportation=cells.text("transportation"),
        accessibility=accessibility,
    )


def _county(cells: Cells, state: str | None) -> str | None:
    """Return the county with its kind, of "Hamilton" as of "Hamilton County"."""
    if (name := cells.text("county")) is None or state is None:
        return None
    for spelling in (name, f"{name} County"):
        try:
            code = area_code(f"{spelling}, {state}")
        except DomainError:
            continue
        if "/" in code:
            return county_label(state, code.partition("/")[2])
    cells.fault("county", N_("there is no such county in %(state)s"), state=state)
    return None


def _terms(cells: Cells) -> tuple[str, ...]:
    return cells.codes("terms", [term.code for term in taxonomy()])


def _described(phone: PhoneFact, description: str | None) -> PhoneFact:
    return PhoneFact(phone.number, phone.extension, phone_type(description), description)


def _cost(cells: Cells) -> dict[str, Any]:
    cost, amount = cells.choice("cost", CostKind), cells.money("cost_amount")
    words = cells.text("cost_description")
    if cost is None and not cells.text("cost") and (amount is not None or words):
        cells.fault("cost", N_("is empty: the amount or its description needs it"))
    return {"cost": cost, "cost_amount": amount, "cost_description": words}


def _openings(cells: Cells) -> OpeningsFact | None:
    available, maximum = cells.whole("openings"), cells.whole("openings_of")
    unit, as_of = cells.choice("openings_unit", Unit), cells.instant("openings_at")
    others = _told_with_openings(cells, unit)
    if not cells.text("openings"):
        for column in filter(cells.text, OF_OPENINGS):
            cells.fault("openings", NEEDED, other=column)
        return None
    for column in ("openings_unit", "openings_at"):
        if not cells.text(column):
            cells.fault(column, NEEDED, other="openings")
    if available is not None and maximum is not None and available > maximum:
        message = N_("%(free)s is more than there are, %(maximum)s")
        cells.fault("openings", message, free=available, maximum=maximum)
    if available is None or unit is None or as_of is None:
        return None
    return OpeningsFact(unit, available, maximum, as_of, **others)


def _told_with_openings(cells: Cells, unit: Unit | None) -> dict[str, Any]:
    starts_on = cells.day("openings_starts_on")
    if starts_on is not None and unit not in {None, Unit.SEAT}:
        cells.fault("openings_starts_on", N_("only seats have a first day: leave it empty"))
    return {
        "wait_days": cells.whole("openings_wait_days", MOST_WAIT_DAYS),
        "hold_hours": cells.whole("openings_hold_hours", MOST_HOLD_HOURS, least=1),
        "starts_on": starts_on,
        "waiting_list": cells.one_of("openings_waiting_list", _SAID) != "no",
    }


def _job(cells: Cells) -> JobFact:
    least, most = cells.money("wage_minimum"), cells.money("wage_maximum")
    if least is not None and most is not None and least > most:
        message = N_("%(wage)s is below the lowest wage, %(lowest)s")
        cells.fault("wage_maximum", message, wage=str(most), lowest=str(least))
    return JobFact(
        wage_minimum=least,
        wage_maximum=most,
        shift=cells.choice("shift", Shift),
        positions=cells.whole("positions", 10_000),
        closes_on=cells.day("closes_on"),
    )
