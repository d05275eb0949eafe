"""The address of a zone goes to no server but one's own: nothing else can be configured."""

import pytest

from resourcedir.errors import BadInput
from resourcedir.places.zone_addresses import KINDS, ZoneGeocoder, is_private

OWN = [
    *("127.0.0.1", "127.0.0.1:8088", "localhost", "localhost:80/nominatim", "10.1.2.3"),
    *("172.16.0.1", "172.31.255.254:443", "192.168.0.7/search", "[::1]", "[::1]:8080", "[fd00::5]"),
]
OUTSIDE = [
    *("", "nominatim.openstreetmap.org", "8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1"),
    *("localhost.example.org", "127.0.0.1.example.org", "127.0.0.1@example.org", "0.0.0.0"),  # noqa: S104
    *("169.254.169.254", "192.0.2.1", "[2001:db8::1]", "[::ffff:8.8.8.8]", "example.org/127.0.0.1"),
    *("127.0.0.1\\@example.org", "127.0.0.1#@example.org", "127.0.0.1?@example.org", "::1"),
    *(
        "http://127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "127.0.0.1:80@example.org",
        "nominatim",
    ),
]


@pytest.mark.parametrize("domain", OWN)
def test_a_server_of_ones_own_network_is_taken(domain: str) -> None:
    assert is_private(domain)
    assert ZoneGeocoder.configured("nominatim", {"domain": domain}).is_there


@pytest.mark.parametrize("domain", OUTSIDE)
@pytest.mark.parametrize("name", KINDS)
def test_an_outside_server_is_refused(name: str, domain: str) -> None:
    assert not is_private(domain)
    with pytest.raises(BadInput, match="RESOURCEDIR_ZONE_GEOCODER_OPTIONS: give domain"):
        ZoneGeocoder.configured(name, {"domain": domain})


def test_without_a_domain_the_usual_server_would_be_outside() -> None:
    with pytest.raises(BadInput, match=r"127\.0\.0\.1:8088"):
        ZoneGeocoder.configured("nominatim", {"user_agent": "county"})


@pytest.mark.parametrize("option", ["proxies", "adapter_factory", "ssl_context", "auth_domain"])
def test_no_option_leads_elsewhere(option: str) -> None:
    with pytest.raises(BadInput, match="must not leave"):
        ZoneGeocoder.configured("nominatim", {"domain": "127.0.0.1", option: "x"})


@pytest.mark.parametrize("name", ["arcgis", "googlev3", "openmapquest", "nowhere"])
def test_a_geocoder_that_may_ask_others_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="nominatim, photon, pelias"):
        ZoneGeocoder.configured(name, {"domain": "127.0.0.1"})


@pytest.mark.parametrize("name", ["", "offline"])
def test_by_default_nothing_is_looked_up(name: str) -> None:
    geocoder = ZoneGeocoder.configured(name)
    assert not geocoder.is_there
    with pytest.raises(BadInput, match="Type coordinates"):
        geocoder.locate("12 Elm St")
