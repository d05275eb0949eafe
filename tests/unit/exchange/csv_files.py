"""Makes CSV files for tests: a right row of each kind, and files of rows with cells changed."""

import csv
import io
from collections.abc import Iterable, Mapping

from resourcedir.exchange.csv_columns import COLUMNS

SERVICE = {
    "key": "harbor-beds",
    "kind": "service",
    "organization": "Harbor House (invented)",
    "organization_description": "Beds and a hot meal.",
    "organization_website": "https://harbor.example",
    "name": "Night shelter",
    "alternate_name": "The Harbor",
    "description": "Two rooms.\nAsk for the night desk.",
    "terms": "emergency-shelter",
    "populations": "men; veterans",
    "payers": "free",
    "languages": "en; es",
    "location_name": "Old school",
    "address_1": "12 East 11th Street",
    "city": "Chattanooga",
    "county": "Hamilton",
    "state": "TN",
    "zip": "37402",
    "latitude": "35.0456",
    "longitude": "-85.3097",
    "accessibility": "wheelchair",
    "confidential": "no",
    "service_area": "Hamilton County, TN; GA",
    "phone": "423-555-0143 x12",
    "more_phones": "Nights: 423-555-0144; Text line: 423-555-0145",
    "email": "desk@harbor.example",
    "contact_name": "Night desk",
    "hours": "Mo-Fr 18:00-08:00; Su closed",
    "cost": "fee",
    "cost_amount": "5.00",
    "cost_description": "a night",
    "minimum_age": "18",
    "gender": "men",
    "only_for": "veterans",
    "also_asks": "people who work nights",
    "not_for": "youth; families: case_by_case",
    "offenses": "arson: excluded; sexual: case_by_case; any: accepted",
    "warrants": "excluded",
    "residency": "Hamilton County, TN",
    "documents": "state-id",
    "bring": "towel; \\; padlock",
    "medications_allowed": "methadone: accepted; any: case_by_case",
    "sobriety_days": "1",
    "referral_source": "officer; court",
    "pets": "excluded",
    "children": "accepted",
    "openings": "2",
    "openings_of": "20",
    "openings_unit": "bed",
    "openings_at": "2026-03-12T08:00:00-04:00",
    "openings_wait_days": "9",
    "openings_hold_hours": "24",
    "openings_waiting_list": "no",
    "status": "active",
    "checked_on": "2026-03-10",
    "source": "Example",
}
JOB_LEAD = {
    "key": "mill-packer",
    "kind": "job_lead",
    "organization": "Scenic Mill (invented)",
    "name": "Packer",
    "terms": "job-lead",
    "address_1": "400 Mill Road",
    "city": "Jasper",
    "state": "TN",
    "zip": "37347",
    "phone": "423-555-0150",
    "only_for": "justice-involved",
    "offenses": "theft: case_by_case",
    "warrants": "accepted",
    "minimum_age": "18",
    "wage_minimum": "15.50",
    "wage_maximum": "17",
    "shift": "night",
    "positions": "3",
    "closes_on": "2026-05-01",
    "source": "Example",
}
SHELTER = {
    "key": "safe-place",
    "kind": "service",
    "organization": "Quiet Door (invented)",
    "name": "Safe place",
    "terms": "domestic-violence-shelter",
    "address_1": "77 Canary Lane",
    "city": "Soddy-Daisy",
    "state": "TN",
    "zip": "37379",
    "confidential": "yes",
    "service_area": "Hamilton County, TN",
    "phone": "423-555-0160",
    "hours": "24/7",
    "source": "Example",
}


def csv_file(
    *rows: Mapping[str, str], columns: Iterable[str] = COLUMNS, line_end: str = "\r\n"
) -> bytes:
    """Return a file of ``rows``; what a row does not name is empty."""
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if line_end == "\r" else csv.QUOTE_MINIMAL  # else "\n" is not quoted
    writer = csv.DictWriter(
        text, list(columns), lineterminator=line_end, extrasaction="ignore", quoting=quoting
    )
    writer.writeheader()
    for row in rows:
        writer.writerow(dict.fromkeys(columns, "") | dict(row))
    return text.getvalue().encode()


def service(**cells: str) -> dict[str, str]:
    """Return a right service with some cells changed."""
    return SERVICE | cells
