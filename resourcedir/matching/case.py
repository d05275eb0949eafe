"""One client and one listing, together with what the words of a match need of both. Pure."""

from dataclasses import dataclass
from datetime import date

from resourcedir.clients.facts import Known
from resourcedir.directory.asking import Asked, Matter, asked_on
from resourcedir.directory.facts import ListingFacts


@dataclass(frozen=True, slots=True)
class Case:
    """``language`` is that of the reader."""

    known: Known
    listing: ListingFacts
    today: date
    language: str

    def asked_on(self, matter: Matter) -> Asked | None:
        """Return what the listing asks on a matter; None: nothing."""
        return asked_on(self.listing, matter)
