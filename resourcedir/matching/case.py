"""One client and one listing, together with what the words of a match need of both. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from resourcedir.clients.facts import Known
from resourcedir.directory.asking import Asked, Matter, asked_on
from resourcedir.directory.facts import ListingFacts

Kept = dict[tuple[object, ...], str]
"""Words that rest on the client and the reader's language alone, by what they are about."""


@dataclass(frozen=True, slots=True)
class Case:
    """``language`` is that of the reader.

    ``kept`` is shared by the listings of a page, which are all for one client, and lives no longer.
    """

    known: Known
    listing: ListingFacts
    today: date
    language: str
    kept: Kept = field(default_factory=dict)

    def asked_on(self, matter: Matter) -> Asked | None:
        """Return what the listing asks on a matter; None: nothing."""
        return asked_on(self.listing, matter)

    def once(self, about: tuple[object, ...], words: Callable[[], str]) -> str:
        """Return words on the client that no listing changes: made once a page."""
        if (found := self.kept.get(about)) is None:
            found = self.kept[about] = words()
        return found
