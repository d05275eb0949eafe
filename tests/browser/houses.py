"""Halfway houses of which each says something else: what one of them is for a man is to be found.

A row needs no more than what it says differently. Houses stand so many feet north of a point.
"""

import csv
from pathlib import Path

from resourcedir.exchange.csv_columns import COLUMNS

FAR, EDGE, INSIDE = 4000, 1000, 500
POINT = (35.0456, -85.3097)
_DEGREES_A_FOOT = 0.3048 / 111_195

TAKES = "Wheeler Avenue House"
ASKS_FIRST, WANTS_PAPERS = "Highland Park House", "Orchard Knob House"
LATE, AT_THE_EDGE = "Evening House", "Fence House"
NO_MEDICATION, NO_ARSON, TOO_NEAR = "Cedar Hill House", "New Dawn Lodge", "School Street House"
SOBER = ("Eastgate Home", "Saint Elmo House", "Brainerd House")
SAYS_NOTHING = "Tennessee Avenue House"

_OTHERS = "sexual: excluded; against-children: excluded; any: accepted"
_USUAL = {
    "kind": "service",
    "source": "Houses",
    "checked_on": "2026-03-01",
    "organization": "Second Season Homes",
    "terms": "halfway-house",
    "city": "Chattanooga",
    "county": "Hamilton",
    "state": "TN",
    "zip": "37402",
    "time_zone": "America/New_York",
    "phone": "423-555-0161",
    "hours": "Mo-Fr 09:00-16:00",
    "minimum_age": "18",
    "gender": "men",
    "offenses": f"arson: accepted; {_OTHERS}",
    "medications_allowed": "any: accepted",
}
_ROWS: tuple[dict[str, str], ...] = (
    {"name": TAKES},
    {"name": ASKS_FIRST, "offenses": f"arson: case_by_case; {_OTHERS}"},
    {"name": WANTS_PAPERS, "documents": "state-id"},
    {"name": LATE, "hours": "Mo-Su 20:30-23:00"},
    {"name": AT_THE_EDGE, "feet": str(EDGE)},
    {"name": NO_MEDICATION, "medications_allowed": "buprenorphine: excluded; any: accepted"},
    {"name": NO_ARSON, "offenses": f"arson: excluded; {_OTHERS}"},
    {"name": TOO_NEAR, "feet": str(INSIDE)},
    *({"name": name, "sobriety_days": "30"} for name in SOBER),
    {"name": SAYS_NOTHING, "gender": "", "offenses": "", "medications_allowed": ""},
)


def write(path: Path) -> Path:
    """Write the houses as the CSV that an agency would import; return the path."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number, row in enumerate(_ROWS, 1):
            feet = int(row.get("feet", FAR))
            cells = {**_USUAL, **row, "key": f"house-{number}"}
            cells["address_1"] = f"{number} Wheeler Ave"
            cells["latitude"] = f"{POINT[0] + feet * _DEGREES_A_FOOT:.6f}"
            cells["longitude"] = str(POINT[1])
            writer.writerow({name: value for name, value in cells.items() if name != "feet"})
    return path
