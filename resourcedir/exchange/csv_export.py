"""Writes the directory as our CSV file: what comes out goes in again and changes nothing.

A confidential listing goes out without its place: no address, city, ZIP code or point. Withdrawn
listings do not go out. Of a point that is only its ZIP code's nothing is written: who reads the
file would take it for the place itself.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, TextIO

from sqlalchemy.orm import Session

from resourcedir.db import usual_zone
from resourcedir.directory.facts import RuleFact
from resourcedir.directory.kinds import ListingKind, RuleKind, Stance
from resourcedir.directory.ruling import said_in_words
from resourcedir.exchange import stored as reading
from resourcedir.exchange.csv_columns import COLUMNS, disarm, join_list
from resourcedir.exchange.csv_rules import BARE, IN_GENERAL, NOT_FOR
from resourcedir.exchange.differences import Names
from resourcedir.exchange.drafts import Rows, StoredListing, usual_week
from resourcedir.places.areas import area_label
from resourcedir.taxonomy.commands import NEED
from resourcedir.taxonomy.vocabulary import Vocabulary

_BEST_ZIP_ERROR_M: Final = 500  # the points of ZIP codes are never said to be better than this
_TERMS: Final = {
    "terms": NEED,
    "populations": str(Vocabulary.POPULATION),
    "payers": str(Vocabulary.PAYER),
    "medications": str(Vocabulary.MEDICATION),
}
_CODES: Final = {
    "gender": RuleKind.GENDER,
    "documents": RuleKind.DOCUMENT,
    "referral_source": RuleKind.REFERRAL_SOURCE,
}
_NUMBERS: Final = frozenset({"latitude", "longitude"})  # made by us; a minus is no formula there

Cell = Any


def export_csv(session: Session, file: TextIO) -> int:
    """Write every listing that is offered to ``file``, opened with newline=""; return how many.

    A day is that of the listing's own time zone, and of the deployment's where it has none.
    """
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    names, zone = reading.term_names(session), usual_zone(session)
    found = sorted(reading.load(session).values(), key=lambda listing: listing.number)
    for listing in found:
        cells = cells_of(listing, names, zone)
        writer.writerow([_armless(column, cells.get(column)) for column in COLUMNS])
    return len(found)


def cells_of(listing: StoredListing, names: Names, time_zone: str) -> dict[str, Cell]:
    """Return the cells of a row by column; None and what is left out is empty."""
    owner = listing.organization
    checked_at: datetime | None = listing.listing["checked_at"]
    is_service = listing.kind is ListingKind.SERVICE
    cells: dict[str, Cell] = {
        "key": listing.key,
        "source": listing.source,
        "kind": listing.kind.value,
        "organization": owner.name,
        "organization_description": owner.description,
        "organization_website": owner.website,
        "time_zone": listing.listing["time_zone"],
        "checked_on": checked_at and listing.day_of(checked_at, time_zone).isoformat(),
    }
    cells |= _of_service(listing) if is_service else _of_job_lead(listing)
    cells |= _of_rules(listing.side("rules"))
    for column, taxonomy in _TERMS.items():
        codes = (names[term] for term in listing.terms)
        cells[column] = join_list(sorted(code for name, code, *_ in codes if name == taxonomy))
    if listing.location is not None and not listing.listing["confidential"]:
        cells |= _of_place(listing, listing.location)
    return cells


def _armless(column: str, value: Cell) -> str:
    text = "" if value is None else str(value)
    return text if column in _NUMBERS else disarm(text)


def _of_service(listing: StoredListing) -> dict[str, Cell]:
    service = listing.resource
    cells = {
        name: service[name]
        for name in (
            "name", "alternate_name", "description", "url", "email", "minimum_age", "maximum_age",
            "alert",
        )
    }  # fmt: skip
    cells |= {
        "status": service["status"].value,
        "application": service["application_process"],
        "eligibility": service["eligibility_description"],
        "confidential": "yes" if listing.listing["confidential"] else "no",
        "languages": join_list(sorted(row[0] for row in listing.side("languages"))),
        "service_area": join_list(
            sorted(area_label(row[1]) for row in listing.side("service_area"))
        ),
        "bring": join_list(sorted(row[0] for row in listing.side("bring"))),
        "contact_name": next(iter(sorted(row[0] or "" for row in listing.side("contact"))), None),
        "hours": _hours(listing.side("hours")),
    }
    return cells | _of_phones(listing.side("phones")) | _of_counts(listing)


def _of_job_lead(listing: StoredListing) -> dict[str, Cell]:
    job = listing.resource
    return {
        "name": job["title"],
        "shift": job["shift"] and job["shift"].value,
        **{
            name: job[name]
            for name in (
                "description", "wage_minimum", "wage_maximum", "positions", "closes_on",
                "minimum_age", "phone", "url",
            )
        },
    }  # fmt: skip


def _of_place(listing: StoredListing, place: Mapping[str, Cell]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "location_name": place["name"],
        "transportation": place["transportation"],
        "time_zone": place["time_zone"],
        "accessibility": join_list(sorted(row[0] for row in listing.side("accessibility"))),
    }
    columns = ("address_1", "address_2", "city", "county", "state", "zip")
    for address in sorted(listing.side("address"), key=str)[:1]:
        cells |= dict(zip(columns, address, strict=True))
    error_m = place["position_error_m"]
    if error_m is not None and error_m < _BEST_ZIP_ERROR_M:
        cells |= {"latitude": place["latitude"], "longitude": place["longitude"]}
    return cells


def _of_phones(rows: Rows) -> dict[str, Cell]:
    phones = sorted(rows, key=lambda row: (row[-1], row[0]))
    texts = [
        (number if not ext else f"{number} x{ext}", about) for number, ext, _, about, _ in phones
    ]
    if not texts:
        return {}
    first, *rest = texts
    return {
        "phone": first[0],
        "phone_description": first[1],
        "more_phones": join_list([f"{about}: {text}" if about else text for text, about in rest]),
    }


def _of_counts(listing: StoredListing) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for kind, amount, words in sorted(listing.side("cost"), key=str)[:1]:
        cells |= {"cost": kind.value, "cost_amount": amount, "cost_description": words}
    for unit, available, maximum, updated, _, *others in listing.side("openings"):
        wait_days, hold_hours, starts_on, waiting_list = others
        cells |= {
            "openings": available,
            "openings_of": maximum,
            "openings_unit": unit.value,
            "openings_at": updated.isoformat(),
            "openings_wait_days": wait_days,
            "openings_hold_hours": hold_hours,
            "openings_starts_on": starts_on and starts_on.isoformat(),
            "openings_waiting_list": "yes" if waiting_list else "no",
        }
    return cells


def _of_rules(rows: Rows) -> dict[str, Cell]:
    said = sorted((kind, code or "", stance, amount) for kind, code, stance, amount, _ in rows)
    cells: dict[str, Cell] = {
        column: join_list([code for each, code, _, _ in said if each is kind])
        for column, kind in _CODES.items()
    }
    areas = [code for kind, code, _, _ in said if kind is RuleKind.RESIDENCY]
    people = [
        (code, stance) for kind, code, stance, _ in said if kind is RuleKind.POPULATION and code
    ]
    cells |= {
        "residency": join_list([area_label(code) for code in areas]),
        "only_for": join_list([code for code, stance in people if stance is Stance.REQUIRED]),
        "also_asks": said_in_words(RuleFact(*row) for row in rows),
        "not_for": join_list(
            [_not_for(code, stance) for code, stance in people if stance in NOT_FOR]
        ),
        "offenses": _stances(said, RuleKind.OFFENSE),
        "medications_allowed": _stances(said, RuleKind.MEDICATION),
    }
    columns = {kind: column for column, kind in BARE.items()}
    for kind, _, stance, amount in said:
        if kind in columns:
            cells[columns[kind]] = stance.value
        elif kind is RuleKind.SOBRIETY_DAYS:
            cells["sobriety_days"] = 0 if stance is Stance.ACCEPTED else amount
    return cells


def _stances(said: Iterable[tuple[RuleKind, str, Stance, int | None]], kind: RuleKind) -> str:
    found = [(code or IN_GENERAL, stance) for each, code, stance, _ in said if each is kind]
    return join_list([f"{code}: {stance.value}" for code, stance in found])


def _not_for(code: str, stance: Stance) -> str:
    return code if stance is Stance.EXCLUDED else f"{code}: {stance.value}"


def _hours(rows: Rows) -> str | None:
    week = usual_week(rows)
    return week.to_text() if week else None
