"""The geocoder for zones over real HTTP on this machine: in time, without proxies or redirects."""

import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic

import pytest

from resourcedir.errors import BadInput
from resourcedir.places.point import Point
from resourcedir.places.zone_addresses import ZoneGeocoder
from tests.integration.places.nominatim import Outside, nominatim

ADDRESS = "4711 Quillon Street, Chattanooga"


@pytest.fixture
def server() -> Iterator[Outside]:
    with nominatim() as state:
        yield state


def geocoder(domain: str, **options: str) -> ZoneGeocoder:
    given = {"domain": domain, "scheme": "http", "time_limit_seconds": "5", **options}
    return ZoneGeocoder.configured("nominatim", given)


def test_an_address_comes_back_with_its_point_and_its_error(server: Outside) -> None:
    found = geocoder(server.domain).locate(f"  {ADDRESS}\n")

    assert (found.point, found.error_m) == (Point(35.0412, -85.2951), 50.0)
    assert [text for _, text in server.asked] == [ADDRESS]


def test_a_proxy_of_the_environment_is_not_used(
    server: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    with nominatim() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.domain}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)

        assert geocoder(server.domain).locate(ADDRESS).point == Point(35.0412, -85.2951)

        assert proxy.asked == []


def test_a_server_that_sends_one_elsewhere_is_not_followed() -> None:
    with nominatim() as elsewhere:

        class Sends(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(302)
                self.send_header("Location", f"http://{elsewhere.domain}{self.path}")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        with ThreadingHTTPServer(("127.0.0.1", 0), Sends) as here:
            thread = Thread(target=here.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            with pytest.raises(BadInput, match="failed"):
                geocoder(f"127.0.0.1:{here.server_port}").locate(ADDRESS)
            here.shutdown()
            thread.join()
        assert elsewhere.asked == []


def test_a_server_that_trickles_is_given_up_in_time(server: Outside) -> None:
    server.hangs = True
    began = monotonic()
    with pytest.raises(BadInput, match="in time"):
        geocoder(server.domain, time_limit_seconds="0.5").locate(ADDRESS)
    assert monotonic() - began < 1


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, b"[]", "does not know"),
        (500, b"no", "failed"),
        (200, b"<html>", "failed"),
        (200, b'[{"lat": "nan", "lon": "1", "display_name": ""}]', "failed"),
    ],
)
def test_what_fails_says_so_without_the_address(
    server: Outside, status: int, body: bytes, words: str
) -> None:
    server.status, server.body = status, body
    with pytest.raises(BadInput, match=words) as refused:
        geocoder(server.domain).locate(ADDRESS)
    assert "Quillon" not in str(refused.value)


def test_no_log_holds_the_address(server: Outside, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    own = geocoder(server.domain)
    own.locate(ADDRESS)
    server.status = 500
    with pytest.raises(BadInput):
        own.locate(ADDRESS)
    assert "Quillon" not in caplog.text
