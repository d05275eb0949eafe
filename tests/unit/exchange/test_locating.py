"""Time zones of addresses and areas."""

import pytest

from resourcedir.exchange.locating import spot_of, zone_of_area
from resourcedir.places.names import STATES


@pytest.mark.parametrize("state", sorted(STATES))
def test_an_unknown_zip_code_is_in_the_zone_of_its_state(state):
    assert "/" in spot_of("00000", state).time_zone


def test_an_area_of_several_zones_has_none():
    assert zone_of_area("Hamilton County, TN") == "America/New_York"
    assert zone_of_area("Tennessee") is None
