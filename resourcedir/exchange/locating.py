"""Gives addresses their point, county and time zone by ZIP code, offline. Knows no listing."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Final

from resourcedir.places.areas import county_label
from resourcedir.places.finding import find_place
from resourcedir.places.gazetteer import zip_place
from resourcedir.places.place import PlaceAmbiguous, PlaceNotFound
from resourcedir.places.zip_codes import all_zip_codes, zip_code

GIVEN_ERROR_M: Final = 50  # of a point that somebody looked up and wrote into the file


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a ZIP code is. A point has an error; all three None: it lies nowhere that is known."""

    latitude: float | None
    longitude: float | None
    error_m: int | None
    county: str | None
    time_zone: str


@cache
def spot_of(zip_: str, state: str) -> Spot:
    """Return what is known of a ZIP code; of an unknown one the time zone most of its state has."""
    found = zip_code(zip_)
    zone = (found and found.time_zone) or _zone_of_state(state)
    county = county_label(found.state, found.county) if found and found.county else None
    place = zip_place(found) if found else None
    if place is None:
        return Spot(None, None, None, county, zone)
    return Spot(place.point.latitude, place.point.longitude, place.error_m, county, zone)


@cache
def zone_of_area(label: str) -> str | None:
    """Return the time zone of an area such as "Hamilton County, TN", None where it has several."""
    try:
        return find_place(label, home_state=None).time_zone
    except (PlaceNotFound, PlaceAmbiguous):
        return None


@cache
def _zone_of_state(state: str) -> str:
    """Return the zone of most of a state's ZIP codes; each of ``names.STATES`` has some."""
    known = (each for each in all_zip_codes() if each.state == state)
    zones = Counter(each.time_zone for each in known if each.time_zone is not None)
    return max(zones, key=lambda zone: (zones[zone], zone))
