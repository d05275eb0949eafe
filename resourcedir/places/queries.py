"""Reads what outside geocoders have answered before."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.places.address import LocatedAddress, Outcome, ProviderAddress
from resourcedir.places.models import GeocodedAddress
from resourcedir.places.point import Point
from resourcedir.places.provider_addresses import at_zip

ASKED_AGAIN_AFTER: Final = timedelta(days=30)  # an address without an answer; maps do grow


def remembered(
    session: Session, geocoder: str, address: ProviderAddress, *, at: datetime
) -> LocatedAddress | None:
    """Return what ``geocoder`` said of ``address`` before; None if it is to be asked (again).

    An answer of another geocoder does not count, so that changing the setting has an effect.

    :raises PlaceNotFound: if it knew none and neither ZIP code nor city is known.
    """
    row = session.get(GeocodedAddress, address.query, populate_existing=True)
    if row is None or row.geocoder != geocoder:
        return None
    if row.latitude is None or row.longitude is None or row.error_m is None:
        fresh = at - row.at < ASKED_AGAIN_AFTER
        return at_zip(address, Outcome(row.outcome)) if fresh else None
    return LocatedAddress(
        Point(row.latitude, row.longitude), row.error_m, row.geocoder, Outcome.FOUND
    )
