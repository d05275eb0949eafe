"""The address of a provider, and what came of looking it up. Pure; the looking up is elsewhere."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from resourcedir.places.point import Point
from resourcedir.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderAddress:
    """Where a provider receives the public; the names are those of HSDS ``address``.

    The only thing that may go to an outside geocoder, and never made of what is known of a client:
    to send somebody's home to a stranger tells that stranger who is under supervision. A client is
    placed by the home ZIP code alone, with ``finding.find_place``. Nor is one ever made of a
    confidential location, such as a shelter whose address is kept apart.
    """

    address_1: str
    city: str
    state_province: str
    postal_code: str

    @property
    def query(self) -> str:
        """The address in one line, as it is sent: "727 E 11th St, Chattanooga, TN 37403"."""
        area = f"{self.state_province} {self.postal_code}"
        parts = (" ".join(part.split()) for part in (self.address_1, self.city, area))
        return ", ".join(part for part in parts if part)


class Outcome(StrEnum):
    """What came of asking; ``WORDING`` has the words."""

    OFFLINE = "offline"  # nobody was to be asked
    FOUND = "found"
    NOTHING_FOUND = "nothing found"
    TOO_FAR = "too far"
    NO_ANSWER = "no answer"
    FAILED = "failed"


WORDING: Final = {
    Outcome.NOTHING_FOUND: N_("The address service does not know this address."),
    Outcome.TOO_FAR: N_("The address service put this address far outside its ZIP code."),
    Outcome.NO_ANSWER: N_("The address service did not answer in time."),
    Outcome.FAILED: N_("The address service failed."),
}
"""Why a point is the ZIP code's although an outside geocoder is set up."""

LASTING: Final = frozenset({Outcome.FOUND, Outcome.NOTHING_FOUND, Outcome.TOO_FAR})
"""What the outside geocoder would say again tomorrow, so that it is worth keeping."""


@dataclass(frozen=True, slots=True)
class LocatedAddress:
    """The point of an address, its error in metres, and the name of the geocoder that gave it."""

    point: Point
    error_m: int
    geocoder: str
    outcome: Outcome

    @property
    def reason(self) -> str | None:
        """Why this is only the point of the ZIP code: English, to be translated; None otherwise."""
        return WORDING.get(self.outcome)
