"""Locates providers' addresses and keeps the answers. Commits nothing."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from resourcedir.places import queries
from resourcedir.places.address import LASTING, LocatedAddress, Outcome, ProviderAddress
from resourcedir.places.models import QUERY_LENGTH, GeocodedAddress
from resourcedir.places.provider_addresses import AddressGeocoder, at_zip


def locate(
    session: Session, geocoder: AddressGeocoder, address: ProviderAddress, *, at: datetime
) -> LocatedAddress:
    """Return the point of ``address``, asking an outside geocoder at most once for each address.

    It may wait as long as the geocoder's time limit. Where others would wait for this session's
    lock meanwhile, call ``queries.remembered``, ``geocoder.ask`` and ``remember`` apart.

    :raises PlaceNotFound: if the geocoder gives none and neither ZIP code nor city is known.
    """
    if not geocoder.asks_outside or len(address.query) > QUERY_LENGTH:
        return at_zip(address)
    before = queries.remembered(session, geocoder.name, address, at=at)
    if before is not None:
        return before
    answer = geocoder.ask(address)
    remember(session, geocoder.name, address, answer, at=at)
    return answer


def remember(
    session: Session,
    geocoder: str,
    address: ProviderAddress,
    answer: LocatedAddress,
    *,
    at: datetime,
) -> None:
    """Keep ``answer`` if it will last: not when the geocoder was silent or broken.

    Two who asked at once both succeed; the later answer stays.
    """
    if answer.outcome not in LASTING:
        return
    found = answer.outcome is Outcome.FOUND
    values = {
        "latitude": answer.point.latitude if found else None,
        "longitude": answer.point.longitude if found else None,
        "error_m": answer.error_m if found else None,
        "geocoder": geocoder,
        "outcome": answer.outcome.value,
        "at": at,
    }
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgresql else sqlite.insert
    session.execute(
        insert(GeocodedAddress)
        .values(query=address.query, **values)
        .on_conflict_do_update(index_elements=["query"], set_=values)
    )
