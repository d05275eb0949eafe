"""Listings that between them have everything a page can show, and enough more to page through."""

import csv
from pathlib import Path

from resourcedir.exchange.csv_columns import COLUMNS

TREATMENT = "Riverbend Treatment Center"
PROVIDER = "Riverbend Recovery"
ELSEWHERE = "Ocoee Valley Residential Program for Women with Young Children and Their Families"
OTHER_PROVIDER = "Ocoee Valley Health"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänshaus"

_HERE = {
    "city": "Chattanooga",
    "county": "Hamilton",
    "state": "TN",
    "time_zone": "America/New_York",
}
_WEEK = "Mo-Fr 08:00-17:00; Sa 10:00-14:00; Su closed"

_ROWS: tuple[dict[str, str], ...] = (
    {
        "organization": PROVIDER,
        "organization_website": "https://riverbend.example.org",
        "name": TREATMENT,
        "alternate_name": "The River House",
        "description": "Residential treatment in a house of twelve beds near the river. Groups each"
        " morning, work in the afternoon, family on Sundays.",
        "terms": "residential-treatment; detox",
        "populations": "justice-involved; veterans",
        "payers": "medicaid; self-pay",
        "medications": "buprenorphine",
        "languages": "en; es",
        "location_name": "River House",
        "address_1": "1510 N Holtzclaw Ave",
        "zip": "37404",
        "latitude": "35.0456",
        "longitude": "-85.2800",
        "transportation": "Bus 10, stop at Holtzclaw and 3rd",
        "accessibility": "wheelchair",
        "phone": "423-555-0141",
        "phone_description": "Intake",
        "more_phones": "Nights: 423-555-0143; Text line: 423-555-0144",
        "email": "intake@riverbend.example.org",
        "contact_name": "J. Ortega",
        "hours": _WEEK,
        "cost": "sliding-fee",
        "cost_amount": "40",
        "cost_description": "a week",
        "minimum_age": "18",
        "gender": "men",
        "offenses": "arson: excluded; sexual: case_by_case; violent: accepted",
        "documents": "state-id; birth-certificate",
        "bring": "Clothes for a week; A lock; Prescriptions in their bottles",
        "medications_allowed": "methadone: case_by_case; buprenorphine: accepted",
        "sobriety_days": "3",
        "referral_source": "officer; court",
        "pets": "excluded",
        "children": "excluded",
        "eligibility": "Men who have been assessed and can climb stairs.",
        "openings": "3",
        "openings_of": "12",
        "openings_unit": "bed",
        "openings_at": "2026-03-12T10:00:00-04:00",
        "openings_hold_hours": "24",
        "application": "Call intake between 8 and 10.",
        "zone": "here",
    },
    {
        "organization": PROVIDER,
        "name": "Riverbend Evening Groups",
        "terms": "intensive-outpatient",
        "languages": "en",
        "address_1": "1512 N Holtzclaw Ave",
        "zip": "37404",
        "phone": "423-555-0142",
        "hours": "Mo,We 18:00-21:00",
        "cost": "free",
        "zone": "here",
    },
    {
        "organization": OTHER_PROVIDER,
        "name": ELSEWHERE,
        "description": "Long-term residential treatment.",
        "terms": "long-term-residential",
        "address_1": "20 Inman St",
        "city": "Cleveland",
        "county": "Bradley",
        "zip": "37311",
        "phone": "423-555-0150",
        "hours": "24/7",
        "gender": "women",
        "checked_on": "2024-01-15",
        "zone": "here",
    },
    {
        "organization": "Safe Harbor",
        "name": "Safe Harbor Shelter",
        "terms": "domestic-violence-shelter",
        "confidential": "yes",
        "service_area": "Hamilton County, TN; Bradley County, TN",
        "phone": "423-555-0130",
        "hours": "24/7",
        "cost": "free",
        "time_zone": "America/New_York",
    },
    {
        "organization": "Northside Mission",
        "name": "Northside Men\u2019s Shelter",
        "terms": "emergency-shelter",
        "address_1": "9 Tremont St",
        "zip": "37405",
        "phone": "423-555-0131",
        "hours": _WEEK,
        "status": "temporarily closed",
        "alert": "Closed for repairs until April 6. Call 423-555-0130 for a bed.",
        "openings": "0",
        "openings_of": "40",
        "openings_unit": "bed",
        "openings_at": "2026-02-01T10:00:00-05:00",
        "zone": "here",
    },
    {
        "organization": "Tennessee Valley Crisis Services",
        "name": "Valley Crisis Line",
        "terms": "crisis-line",
        "service_area": "TN",
        "phone": "423-555-0199",
        "hours": "24/7",
        "cost": "free",
        "time_zone": "America/New_York",
    },
    {
        "organization": "Sequatchie Valley Adult Learning",
        "name": "GED classes, Dunlap",
        "terms": "ged-classes",
        "address_1": "75 Cherry St",
        "city": "Dunlap",
        "county": "Sequatchie",
        "zip": "37327",
        "time_zone": "America/Chicago",
        "phone": "423-555-0170",
        "hours": "Tu,Th 17:30-20:00",
        "openings": "8",
        "openings_of": "20",
        "openings_unit": "seat",
        "openings_at": "2026-03-10T09:00:00-05:00",
        "zone": "here",
    },
    {
        "kind": "job_lead",
        "organization": "Volunteer Pallet & Crate",
        "name": "Pallet builder, second shift",
        "description": "Builds pallets with nail guns. Steel toes are given.",
        "terms": "job-lead",
        "address_1": "2200 E 28th St",
        "zip": "37407",
        "phone": "423-555-0180",
        "url": "https://pallets.example.org/jobs",
        "minimum_age": "18",
        "offenses": "theft: case_by_case",
        "wage_minimum": "15.50",
        "wage_maximum": "18",
        "shift": "evening",
        "positions": "4",
        "closes_on": "2026-04-01",
        "zone": "here",
    },
    {
        "organization": "O\u2019Brien & Sons “Second Chance” House (Formerly Featherstonehaugh)",
        "name": LONG,
        "terms": "halfway-house; reentry-housing",
        "address_1": "1 Market St",
        "zip": "37402",
        "zone": "here",
    },
)


def write(path: Path) -> Path:
    """Write the listings as the CSV that an agency would import; return the path."""
    more = (
        {"organization": f"Church {n}", "name": f"Food box {n}", "terms": "food-pantry"}
        | {"address_1": f"{n} Main St", "zip": "37408", "zone": "here"}
        for n in range(1, 26)
    )
    usual = {"kind": "service", "source": "Example", "checked_on": "2026-03-01"}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number, row in enumerate((*_ROWS, *more)):
            place = _HERE if row.get("zone") else {}
            cells = {"key": str(number), **usual, **place, **row}
            writer.writerow({name: value for name, value in cells.items() if name != "zone"})
    return path
