"""Our gazetteer as a geopy geocoder, so that it and an outside one can stand in for each other.

Asks nobody: no network, whatever is typed. Takes places, not streets.
"""

from typing import NoReturn

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

from resourcedir.places.finding import find_place
from resourcedir.places.place import Place, PlaceAmbiguous, PlaceNotFound


class OfflineGeocoder(Geocoder):
    """Finds ZIP codes, cities, counties and states in the data that this package carries.

    The ``raw`` of each location is the ``Place``, with its error in metres and its time zone.
    """

    def __init__(self, *, home_state: str | None = None) -> None:
        super().__init__()
        self.home_state = home_state

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: object = DEFAULT_SENTINEL
    ) -> Location | list[Location] | None:
        """Return the location of ``query``, or a list if ``exactly_one`` is false; None if unknown.

        ``timeout`` is geopy's and has no meaning here.

        :raises geopy.exc.GeocoderQueryError: with the mend, if one is asked for and several places
            have that name.
        """
        del timeout
        try:
            places: tuple[Place, ...] = (find_place(query, home_state=self.home_state),)
        except PlaceNotFound:
            return None
        except PlaceAmbiguous as several:
            if exactly_one:
                raise GeocoderQueryError(str(several)) from several
            places = several.candidates
        found = [
            Location(place.label, (place.point.latitude, place.point.longitude, 0.0), place)
            for place in places
        ]
        return found[0] if exactly_one else found

    def reverse(self, query: object, **options: object) -> NoReturn:
        """:raises NotImplementedError: always; the data has no streets to name a point by."""
        raise NotImplementedError("the offline geocoder finds places by name, not names by place")
