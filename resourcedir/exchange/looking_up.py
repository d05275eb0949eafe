"""Asks the configured address service where the places of a file are, before anything is locked.

Only of addresses that the file itself shows to everybody: never of a confidential row. Each answer
is kept at once, in a transaction of its own, so that an import that is broken off need not ask
again. It writes no listing.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.db import writing
from resourcedir.exchange.csv_row import Row
from resourcedir.places import queries
from resourcedir.places.address import LASTING, LocatedAddress, Outcome, ProviderAddress
from resourcedir.places.commands import remember
from resourcedir.places.models import QUERY_LENGTH
from resourcedir.places.place import PlaceNotFound
from resourcedir.places.provider_addresses import AddressGeocoder, at_zip

PATIENCE: Final = {"time_limit_seconds": "10"}  # options of a look-up that no page waits for
GIVES_UP_AFTER: Final = 5  # look-ups in a row without an answer: the service is down


def addresses_of(rows: Iterable[Row]) -> Iterator[tuple[int, ProviderAddress]]:
    """Yield the line and the address of each row that may be asked for and has no point yet."""
    for row in rows:
        if row.confidential or row.place is None or row.place.latitude is not None:
            continue
        place = row.place
        address = ProviderAddress(
            address_1=place.address_1,
            city=place.city,
            state_province=place.state,
            postal_code=place.zip,
        )
        if len(address.query) <= QUERY_LENGTH:
            yield row.line, address


def look_up(
    sessions: Callable[[], Session],
    geocoder: AddressGeocoder,
    rows: Iterable[Row],
    *,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> dict[int, LocatedAddress]:
    """Return what is known of the address of each row, by its line.

    A row whose ZIP code and city are unknown as well is left out.
    """
    wanted = list(addresses_of(rows)) if geocoder.asks_outside else []
    lookup = _LookUp(sessions, geocoder, at)
    found: dict[int, LocatedAddress] = {}
    for done, (line, address) in enumerate(wanted, 1):
        if (answer := lookup.answer(address)) is not None:
            found[line] = answer
        if progress is not None:
            progress(done, len(wanted))
    return found


class _LookUp:
    """Asks once for each address, and no more once the service seems to be down."""

    def __init__(
        self, sessions: Callable[[], Session], geocoder: AddressGeocoder, at: datetime
    ) -> None:
        self._sessions, self._geocoder, self._at = sessions, geocoder, at
        self._answers: dict[str, LocatedAddress | None] = {}
        self._failed = 0

    def answer(self, address: ProviderAddress) -> LocatedAddress | None:
        if address.query not in self._answers:
            try:
                self._answers[address.query] = self._known(address) or self._asked(address)
            except PlaceNotFound:
                self._answers[address.query] = None
        return self._answers[address.query]

    def _known(self, address: ProviderAddress) -> LocatedAddress | None:
        with self._sessions() as session:
            return queries.remembered(session, self._geocoder.name, address, at=self._at)

    def _asked(self, address: ProviderAddress) -> LocatedAddress:
        if self._failed == GIVES_UP_AFTER:
            return at_zip(address, Outcome.NO_ANSWER)
        answer = self._geocoder.ask(address)
        if answer.outcome not in LASTING:
            self._failed += 1
            return answer
        self._failed = 0
        with self._sessions() as session:
            remember(writing(session), self._geocoder.name, address, answer, at=self._at)
            session.commit()
        return answer
