"""What is known of one listing, as plain values. Pure.

Everything that shows, ranks, indexes or exports a listing reads this and no table. It holds nothing
of a confidential place: no address, no point, no ZIP code.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from resourcedir.directory.hours import WeeklyHours
from resourcedir.directory.kinds import (
    CostKind,
    ListingKind,
    PhoneType,
    RuleKind,
    ServiceStatus,
    Shift,
    Stance,
    Unit,
)
from resourcedir.identity import Role

ADDRESS_ERROR_M: Final = 150
"""A point that is known this well was found by its address, else by its ZIP code."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A plain statement of a source that no list of ours has a word for."""

    code: str
    name: str
    name_es: str


@dataclass(frozen=True, slots=True)
class CostFact:
    """``amount`` is US dollars; ``description`` says what for ("a week")."""

    kind: CostKind
    amount: Decimal | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """Where it is. ``error_m`` is how far off the point may be, metres."""

    name: str | None
    address_1: str
    address_2: str | None
    city: str
    county: str | None
    state: str
    zip: str
    latitude: float | None
    longitude: float | None
    error_m: int | None
    time_zone: str
    transportation: str | None = None
    accessibility: tuple[str, ...] = ()

    @property
    def by_address(self) -> bool:
        """Say whether the point was found by the address, not by the ZIP code."""
        return self.error_m is not None and self.error_m <= ADDRESS_ERROR_M


@dataclass(frozen=True, slots=True)
class PhoneFact:
    number: str
    extension: str | None = None
    type: PhoneType = PhoneType.VOICE
    description: str | None = None

    @property
    def dialed(self) -> str:
        """Return the number with its extension: "423-555-0141 x12"."""
        return f"{self.number} x{self.extension}" if self.extension else self.number


@dataclass(frozen=True, slots=True)
class RuleFact:
    """One thing that the listing asks or refuses; ``amount`` is days of sobriety."""

    kind: RuleKind
    code: str | None
    stance: Stance
    amount: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class OpeningsFact:
    """How many were free at ``as_of``. ``openings.known_until`` says how long that may be believed.

    ``maximum`` or ``wait_days`` None: how many there are, or how long one waits, is not known.
    ``hold_hours`` None: a referral holds nothing; ``starts_on`` is of the class that seats are in.
    ``told_by`` None: a file. Who told is not what was told: two facts are equal without it.
    """

    unit: Unit
    available: int
    maximum: int | None
    as_of: datetime
    wait_days: int | None = None
    hold_hours: int | None = None
    starts_on: date | None = None
    waiting_list: bool = True
    told_by: Role | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class JobFact:
    """Wages are US dollars an hour."""

    wage_minimum: Decimal | None = None
    wage_maximum: Decimal | None = None
    shift: Shift | None = None
    positions: int | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class RecordFact:
    """What came of earlier referrals: how many were sent, and how many of these came so far."""

    referred: int
    answered: int
    accepted: int
    started: int
    completed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFacts:
    """One listing. An empty tuple or None means that nothing is known, never that nothing is so.

    ``resource_id`` is the service or the job lead; ``areas`` are pairs of area code and name;
    ``time_zone`` is the one whose clock it goes by; ``paused_until`` is the last day of a pause.
    """

    number: int
    version: int
    kind: ListingKind
    resource_id: UUID
    organization_id: UUID
    organization: str
    name: str
    time_zone: str = "UTC"
    alternate_name: str | None = None
    description: str = ""
    status: ServiceStatus = ServiceStatus.ACTIVE
    alert: str | None = None
    paused_until: date | None = None
    confidential: bool = False
    withdrawn: bool = False
    source: str = ""
    checked_at: datetime | None = None
    terms: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    languages: tuple[str, ...] = ()
    cost: CostFact | None = None
    place: PlaceFact | None = None
    areas: tuple[tuple[str, str], ...] = ()
    hours: WeeklyHours | None = None
    phones: tuple[PhoneFact, ...] = ()
    contact: str | None = None
    email: str | None = None
    url: str | None = None
    application: str | None = None
    eligibility: str | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    rules: tuple[RuleFact, ...] = ()
    bring: tuple[str, ...] = ()
    openings: OpeningsFact | None = None
    job: JobFact | None = None
    record: RecordFact | None = None

    @property
    def main_line(self) -> PhoneFact | None:
        """Return the line to call: the first for voice, else the first for text; never a fax."""
        for kind in (PhoneType.VOICE, PhoneType.TEXT):
            if found := next((each for each in self.phones if each.type is kind), None):
                return found
        return None

    @property
    def main_phone(self) -> str:
        """Return the number to call as it is dialed, with its extension; "" where none is known."""
        return self.main_line.dialed if self.main_line else ""

    @property
    def further_lines(self) -> tuple[PhoneFact, ...]:
        """Return what else people may call or write to: neither ``main_line`` nor a fax."""
        rest = list(self.phones)
        if self.main_line is not None:
            rest.remove(self.main_line)
        return tuple(each for each in rest if each.type is not PhoneType.FAX)

    @property
    def temporarily_closed(self) -> bool:
        return self.status is ServiceStatus.TEMPORARILY_CLOSED
