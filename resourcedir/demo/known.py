"""What is known of the demo's clients, and where some of them must not be. All of it is invented.

It takes nothing from the demo's chance, so that the rest of it does not depend on it.
"""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from resourcedir.clients.commands import Deed
from resourcedir.clients.fact_commands import Said, record_facts
from resourcedir.clients.fact_values import Value
from resourcedir.clients.facts import Answers, Fact, FactSource, Income, Pets, Transport
from resourcedir.clients.queries import client_card
from resourcedir.clients.zone_commands import ZonePlace, add_zone
from resourcedir.clients.zone_values import USUAL_BUFFER_FT, USUAL_ERROR_M, meters
from resourcedir.places.point import Point
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary

HARDEST: Final = 8
"""The client with an arson conviction, on buprenorphine, with a curfew, a zone and without ID."""

_WOMEN: Final = frozenset(
    (
        *(
            "Angela",
            "Destiny",
            "Candace",
            "Keisha",
            "Rosa",
            "Monique",
            "Yesenia",
            "Tamika",
            "Amber",
        ),
        *("Crystal", "Patrice", "Latoya", "Sheila", "Brittany", "Tonya", "Misty", "Guadalupe"),
        *("Janelle", "Alma"),
    )
)
_OFFENSES: Final = ("theft", "drug-sale", "violent", "domestic-violence", "weapons", "")
_ALL_OFFENSES: Final = frozenset(vocabulary.codes(Vocabulary.OFFENSE))
_ID: Final = frozenset({"state-id", "photo-id", "drivers-license"})
_SENTENCED: Final = timedelta(days=30)
_PLACES: Final = (
    ("School that the order names", Point(35.0456, -85.3097), USUAL_ERROR_M, USUAL_BUFFER_FT),
    ("Former workplace", Point(35.0131, -85.2713), 20.0, 500),
    ("Named in the order", None, 0.0, 1000),
)


def tell(session: Session, deed: Deed, number: int, client_id: UUID, name: str) -> None:
    """Record what is known of the client with this number; of every fifth nothing is."""
    if number % 5 == 4:
        return
    court = _of_court(number, deed.at.date())
    everything = {**court, **_of_client(number, name)}
    if number % 3:
        so = _offenses(number)
        everything[Fact.OFFENSES] = Answers(so, _ALL_OFFENSES - so)
    on = deed.at.date() - _SENTENCED
    for said in (Said(court, FactSource.COURT, on), Said(everything, FactSource.CLIENT)):
        version = client_card(session, deed.by, client_id).version
        record_facts(session, deed, client_id, said, version=version)
    if (place := _zone(number)) is not None:
        version = client_card(session, deed.by, client_id).version
        add_zone(session, deed, client_id, place, version=version)


def _of_court(number: int, on: date) -> dict[Fact, Value]:
    known: dict[Fact, Value] = {
        Fact.STARTS_ON: on - _SENTENCED,
        Fact.ENDS_ON: on + timedelta(days=365 * (1 + number % 3)),
    }
    if so := _offenses(number):
        known[Fact.OFFENSES] = Answers(so)
    if number % 4 == 0:
        known[Fact.STAY_WITHIN] = "TN"
    return known


def _offenses(number: int) -> frozenset[str]:
    offense = "arson" if number == HARDEST else _OFFENSES[number % len(_OFFENSES)]
    return frozenset({offense} - {""})


def _of_client(number: int, name: str) -> dict[Fact, Value]:
    woman = name.partition(" ")[0] in _WOMEN
    held = frozenset({"social-security-card"})
    known: dict[Fact, Value] = {
        Fact.GENDER: "women" if woman else "men",
        Fact.VETERAN: number % 9 == 2,
        Fact.DEPENDENTS: number % 3 if woman else 0,
        Fact.PETS: Pets.PET if number % 11 == 6 else Pets.NONE,
        Fact.PAYERS: frozenset({"medicaid"} if number % 2 else ()),
        Fact.INCOME: list(Income)[number % 3],
        Fact.DOCUMENTS: Answers(held, _ID) if number % 4 == 0 else Answers(held | _ID),
        Fact.TRANSPORT: list(Transport)[number % 3],
    }
    if number % 8 in {0, 1, 5, 7}:  # those whose needs are recovery houses and treatment
        taken = frozenset({"buprenorphine"}) if number % 8 == 0 else frozenset[str]()
        known[Fact.MEDICATIONS] = Answers(taken, frozenset({"methadone"}))
    if number % 8 in {1, 5, 7}:
        known[Fact.SOBRIETY] = 7 * (number % 6)
    if woman:
        known[Fact.PREGNANT] = number % 10 == 7
    if number % 6 == 3:
        known[Fact.FARTHEST] = 10.0
    return known


def _zone(number: int) -> ZonePlace | None:
    if number != HARDEST and number % 10 != 1:
        return None
    label, point, error_m, feet = _PLACES[number % 10 == 1 and 1 + number // 10 % 2]
    return ZonePlace(
        label=label,
        address="" if point else "Its address is in the order",
        point=point,
        error_m=error_m,
        buffer_m=meters(feet),
        source=FactSource.COURT,
    )
