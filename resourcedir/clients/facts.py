"""What is known of a client that decides where they can go: plain frozen values. Pure.

All of it may be missing. A *fact* answers what services ask: without it nothing is a yes that asks
for it. A *limit* binds the client: one that is not recorded does not bind. Both hold personal facts
in the open and live for one request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from resourcedir.directory.hours import WeeklyHours
from resourcedir.places.distance import KM_PER_MILE
from resourcedir.places.point import Point


class Fact(StrEnum):
    """What can be told of a client, each with who says so and of which day it is."""

    BIRTH = "birth"
    GENDER = "gender"
    VETERAN = "veteran"
    PREGNANT = "pregnant"
    DEPENDENTS = "dependents"
    PETS = "pets"
    ACCESS = "access"
    PAYERS = "payers"
    INCOME = "income"
    DOCUMENTS = "documents"
    OFFENSES = "offenses"
    WARRANT = "warrant"
    MEDICATIONS = "medications"
    SOBRIETY = "sobriety"
    TRANSPORT = "transport"
    FARTHEST = "farthest"
    COUNTY = "county"
    STAY_WITHIN = "stay_within"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    RELEASE_ON = "release_on"


class FactSource(StrEnum):
    """Who says so."""

    CLIENT = "client"
    OFFICER = "officer"
    COURT = "court"
    DOCUMENT = "document"
    ASSESSMENT = "assessment"


class Pets(StrEnum):
    NONE = "none"
    SERVICE_ANIMAL = "service-animal"
    PET = "pet"


class Income(StrEnum):
    """Bands, since services ask no closer: none, up to twice the federal poverty line, above."""

    NONE = "none"
    LOW = "low"
    ABOVE = "above"


class Transport(StrEnum):
    WALKS = "walks"
    BUS = "bus"
    CAR = "car"


USUAL_KM: Final[Mapping[Transport | None, float]] = {
    Transport.WALKS: 2 * KM_PER_MILE,  # two miles: forty minutes on foot
    Transport.BUS: 15 * KM_PER_MILE,  # within a county's lines
}
"""How far somebody goes who has not said how far; by car as far as a search does."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who said it, and of which day it is true."""

    source: FactSource
    on: date


@dataclass(frozen=True, slots=True)
class Answers:
    """What of a list of the vocabulary is so and what is not; the rest is not known."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()

    def of(self, code: str) -> bool | None:
        """Return whether ``code`` is so; None: not known."""
        return True if code in self.yes else False if code in self.no else None

    @property
    def any_known(self) -> bool:
        return bool(self.yes or self.no)


@dataclass(frozen=True, slots=True)
class Born:
    """The first and the last day that the birth may have been on; a year alone gives its two ends.

    :raises ValueError: if they are in the wrong order.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("the first day of a birth is after its last")


@dataclass(frozen=True, slots=True)
class Sober:
    """``days`` without use, as it was on a day."""

    days: int
    on: date


@dataclass(frozen=True, slots=True)
class Residence:
    """The areas lived in, such as "US", "TN", "TN/Hamilton".

    ``by_zip``: known by the home ZIP code alone, which may reach into another county.
    """

    areas: frozenset[str]
    by_zip: bool = False


NOTHING: Final = Answers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """None, or an answer that is not among ``Answers``: not known.

    ``payers`` empty: nobody pays for them. ``dependents`` are children who would come along.
    ``pregnant_on`` and ``warrant_on`` are the days of these answers, which do not hold for ever.
    """

    born: Born | None = None
    gender: str | None = None
    veteran: bool | None = None
    pregnant: bool | None = None
    pregnant_on: date | None = None
    dependents: int | None = None
    pets: Pets | None = None
    payers: frozenset[str] | None = None
    income: Income | None = None
    documents: Answers = NOTHING
    offenses: Answers = NOTHING
    warrant: bool | None = None
    warrant_on: date | None = None
    medications: Answers = NOTHING
    sober: Sober | None = None
    residence: Residence | None = None
    release_on: date | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A place to keep away from.

    ``point`` None: it is known in words only, and no distance from it can be told. ``error_m`` is
    how far off the point may be, ``buffer_m`` how far away the client must stay, both in metres.
    ``number`` is how pages and reasons call it: its label may name a victim.
    """

    number: int
    point: Point | None
    error_m: float
    buffer_m: float
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """Where distances begin: the middle of the home ZIP code."""

    point: Point
    error_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What binds the client wherever they go.

    ``stay_within`` is the code of a county or state that they may not leave. ``farthest_km`` is in
    a straight line from ``home``. ``access`` are codes of the vocabulary that they need.
    ``languages`` are spoken, best first. ``curfew`` and ``work`` are on the clock of ``time_zone``.
    """

    zones: tuple[Zone, ...] = ()
    stay_within: str | None = None
    home: Home | None = None
    farthest_km: float | None = None
    transport: Transport | None = None
    access: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    curfew: WeeklyHours | None = None
    work: WeeklyHours | None = None
    time_zone: str = "UTC"

    @property
    def reach_km(self) -> float | None:
        """Return how far they can go: as told, else as people usually go by their transport."""
        return self.farthest_km if self.farthest_km is not None else USUAL_KM.get(self.transport)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything of one client that a match reads; ``told`` says whence each fact is.

    ``told_of`` says it of each entry of a list that is answered word by word; ``told`` has the
    newest of them.
    """

    facts: Facts = field(default_factory=Facts)
    limits: Limits = field(default_factory=Limits)
    told: Mapping[Fact, Told] = field(default_factory=dict)
    told_of: Mapping[tuple[Fact, str], Told] = field(default_factory=dict)
