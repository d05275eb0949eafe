"""Who can sign in to the demo, and its clients. Names are made up; numbers are 555-01xx."""

from dataclasses import dataclass
from typing import Final

from resourcedir.identity import Role

PASSWORD: Final = "example data only"  # noqa: S105 -- of invented people on one machine
AGENCY: Final = "Hamilton County Community Supervision"
TEAM: Final = "Team 3"
PROVIDERS_WANTED: Final = 8  # organizations whose staff can answer in the app


@dataclass(frozen=True, slots=True)
class Person:
    role: Role
    name: str
    email: str
    phone: str
    team: str = ""
    organization: str = ""


PEOPLE: Final = (
    Person(Role.OFFICER, "D. Whitaker", "officer@example.org", "423-555-0160", TEAM),
    Person(Role.SUPERVISOR, "K. Ames", "supervisor@example.org", "423-555-0161", TEAM),
    Person(
        Role.PROVIDER,
        "J. Ortega",
        "provider@example.org",
        "423-555-0141",
        organization="Riverbend Recovery",
    ),
    Person(Role.ADMINISTRATOR, "S. Okafor", "administrator@example.org", "423-555-0162"),
)
OTHER_OFFICERS: Final = (
    Person(Role.OFFICER, "L. Marsh", "officer2@example.org", "423-555-0163", TEAM),
    Person(Role.OFFICER, "R. Delgado", "officer3@example.org", "423-555-0164", TEAM),
    Person(Role.OFFICER, "T. Nguyen", "officer4@example.org", "423-555-0165", "Team 5"),
)

_NAMES: Final = """
Marcus Tolliver; Ray Dutton; Angela Pruitt; Luis Herrera Ávila; Destiny Moss; Terrence Boyd;
Candace Whitlow; Javier Ocampo; Brandon Sizemore; Keisha Langford; Dale Ownby; Rosa Ixcoy;
Travis Hixson; Monique Akers; Curtis Lattimore; Yesenia Barrios; Wesley Crabtree; Tamika Rowe;
Jorge Santizo; Amber Goins; Deshawn Pettway; Crystal Varnell; Hector Molina; Patrice Dunlap;
Cody Guffey; Latoya Simms; Minh Tran; Sheila Roark; Andre Kincaid; Brittany Eaves;
Oscar Fuentes; Tonya Massengale; Isaiah Grant; Misty Layne; Samuel O'Dell; Guadalupe Reyes;
Kevin Standifer; Janelle Brock; Roy Teague; Alma Domínguez
"""
CLIENTS: Final = tuple(name.strip() for name in _NAMES.split(";"))

ZIPS: Final = ("37404", "37406", "37407", "37410", "37411", "37412", "37415", "37421", "37343")
NEEDS: Final = (
    ("halfway-house", "state-id"),
    ("outpatient-treatment", "bus-passes"),
    ("job-search-help", "work-clothes"),
    ("emergency-shelter", "food-pantry"),
    ("anger-management", "ged-classes"),
    ("sober-living", "job-search-help"),
    ("parenting-classes", "day-care"),
    ("intensive-outpatient", "sober-living"),
)
