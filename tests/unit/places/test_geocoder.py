import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from resourcedir.places.finding import find_place
from resourcedir.places.geocoder import OfflineGeocoder
from resourcedir.places.place import Place


def test_it_is_a_geopy_geocoder_whose_location_holds_the_place_with_its_error():
    geocoder = OfflineGeocoder()
    location = geocoder.geocode("37402", timeout=1)
    assert isinstance(geocoder, Geocoder)
    assert isinstance(location, Location)
    assert isinstance(location.raw, Place)
    assert location.raw == find_place("37402", home_state=None)
    assert location.address == "Chattanooga, TN 37402"
    assert (location.latitude, location.longitude) == (
        location.raw.point.latitude,
        location.raw.point.longitude,
    )
    assert location.raw.error_m > 0


def test_an_unknown_place_is_none_as_with_every_geopy_geocoder():
    assert OfflineGeocoder().geocode("no such place at all") is None
    assert OfflineGeocoder().geocode("no such place at all", exactly_one=False) is None


def test_several_places_of_a_name_are_a_list_or_an_error_that_names_the_mend():
    several = OfflineGeocoder().geocode("Cleveland", exactly_one=False)
    assert [location.address for location in several][:2] == ["Cleveland, OH", "Cleveland, TN"]
    with pytest.raises(GeocoderQueryError, match="add the state"):
        OfflineGeocoder().geocode("Cleveland")


def test_the_home_state_decides():
    assert OfflineGeocoder(home_state="TN").geocode("Cleveland").address == "Cleveland, TN"


def test_it_does_not_name_points():
    with pytest.raises(NotImplementedError, match="not names by place"):
        OfflineGeocoder().reverse((35.0, -85.3))
