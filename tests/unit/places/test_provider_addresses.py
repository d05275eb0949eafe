from itertools import pairwise
from threading import Event
from time import monotonic

import pytest
from geopy.exc import GeocoderServiceError
from geopy.location import Location

from resourcedir.errors import BadInput
from resourcedir.places.address import Outcome, ProviderAddress
from resourcedir.places.finding import find_place
from resourcedir.places.place import PlaceNotFound
from resourcedir.places.point import Point
from resourcedir.places.provider_addresses import AddressGeocoder, Limits

ADDRESS = ProviderAddress(
    address_1="727  E 11th St", city="Chattanooga", state_province="TN", postal_code="37403"
)
THERE = (35.0412, -85.2951)
ZIP = find_place("37403", home_state=None)
PATIENT = Limits(min_delay_seconds=0, time_limit_seconds=30)
QUICK = Limits(min_delay_seconds=0, time_limit_seconds=0.3)


def outside(answer, limits=PATIENT):
    return AddressGeocoder("test", answer, limits)


def never(_text):
    Event().wait(60)


def test_by_default_nobody_is_asked_and_the_zip_code_places_the_address():
    for geocoder in (
        AddressGeocoder(),
        AddressGeocoder.configured(),
        AddressGeocoder.configured(""),
    ):
        located = geocoder.ask(ADDRESS)
        assert not geocoder.asks_outside
        assert (located.point, located.error_m) == (ZIP.point, ZIP.error_m)
        assert (located.geocoder, located.outcome) == ("offline", Outcome.OFFLINE)
        assert located.reason is None


def test_an_address_is_asked_for_in_one_line_and_found():
    asked = []
    located = outside(lambda text: asked.append(text) or Location(text, THERE, {})).ask(ADDRESS)
    assert asked == ["727 E 11th St, Chattanooga, TN 37403"]
    assert located.point == Point(*THERE)
    assert (located.geocoder, located.outcome, located.error_m) == ("test", Outcome.FOUND, 150)
    assert located.reason is None


def test_the_extent_that_the_geocoder_tells_is_the_error():
    raw = {"boundingbox": ["35.0402", "35.0422", "-85.2961", "-85.2941"]}
    assert outside(lambda text: Location(text, THERE, raw)).ask(ADDRESS).error_m == 144
    bad = {"boundingbox": ["x", "35", "-85", "-85"]}
    assert outside(lambda text: Location(text, THERE, bad)).ask(ADDRESS).error_m == 150


def fails_with(error):
    def answer(_text):
        raise error

    return answer


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (lambda _: None, Outcome.NOTHING_FOUND, "does not know"),
        (fails_with(GeocoderServiceError("secret")), Outcome.FAILED, "failed"),
        (fails_with(KeyError("lat")), Outcome.FAILED, "failed"),
        (lambda text: Location(text, (47.6, -122.3), {}), Outcome.TOO_FAR, "far outside"),
        (never, Outcome.NO_ANSWER, "in time"),
    ],
)
def test_each_failing_ends_at_the_zip_code_with_its_reason(answer, outcome, reason):
    began = monotonic()
    located = outside(answer, QUICK if answer is never else PATIENT).ask(ADDRESS)
    assert monotonic() - began < 20
    assert (located.point, located.error_m, located.geocoder) == (ZIP.point, ZIP.error_m, "offline")
    assert located.outcome is outcome
    assert reason in located.reason


def test_while_an_answer_is_awaited_no_second_request_is_sent():
    asked = []
    geocoder = outside(lambda text: asked.append(text) or never(text), QUICK)
    assert geocoder.ask(ADDRESS).outcome is Outcome.NO_ANSWER
    assert geocoder.ask(ADDRESS).outcome is Outcome.NO_ANSWER
    assert len(asked) == 1


def test_requests_keep_their_distance_in_time():
    starts = []
    limits = Limits(min_delay_seconds=0.3, time_limit_seconds=30)
    geocoder = AddressGeocoder("test", lambda _: starts.append(monotonic()), limits)
    for _ in range(3):
        geocoder.ask(ADDRESS)
    assert all(later - earlier >= 0.15 for earlier, later in pairwise(starts))


def test_the_city_stands_in_for_an_unknown_zip_code():
    address = ProviderAddress(
        address_1="", city="Chattanooga", state_province="TN", postal_code="00000"
    )
    city = find_place("Chattanooga, TN", home_state=None)
    assert AddressGeocoder().ask(address).point == city.point


def test_an_address_in_no_known_place_is_an_error():
    address = ProviderAddress(address_1="x", city="x", state_province="", postal_code="")
    with pytest.raises(PlaceNotFound, match="Neither the ZIP code nor the city"):
        AddressGeocoder().ask(address)


def test_an_unknown_geocoder_or_option_is_refused_with_the_mend():
    with pytest.raises(BadInput, match="no geocoder called nominatin"):
        AddressGeocoder.configured("nominatin")
    with pytest.raises(BadInput, match="options of the geocoder nominatim"):
        AddressGeocoder.configured("nominatim", {"user_agent": "resourcedir", "colour": "red"})
    with pytest.raises(BadInput, match="options of the geocoder nominatim"):
        AddressGeocoder.configured("nominatim")  # geopy wants a user_agent


def test_a_geocoder_of_geopy_is_made_with_its_options():
    geocoder = AddressGeocoder.configured("nominatim", {"user_agent": "resourcedir-test"})
    assert geocoder.asks_outside
    assert geocoder.name == "nominatim"
    assert geocoder.limits == Limits()


def test_the_limits_may_be_among_the_options_as_text():
    options = {"user_agent": "t", "min_delay_seconds": "2", "time_limit_seconds": "7.5"}
    geocoder = AddressGeocoder.configured("nominatim", options)
    assert geocoder.limits == Limits(min_delay_seconds=2, time_limit_seconds=7.5)
    for wrong in ("soon", "-1", "nan", "inf"):
        with pytest.raises(BadInput, match="option min_delay_seconds"):
            AddressGeocoder.configured("nominatim", options | {"min_delay_seconds": wrong})
