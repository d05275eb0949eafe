"""Locates the address of a place to keep away from, on this machine or its private network alone.

The address may be a victim's. It goes to no outside server: what is configured must have a loopback
or private address, is asked without any proxy, and is not followed where it sends one elsewhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from logging import INFO, getLogger
from typing import Final, Self
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, build_opener

from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderTimedOut

from resourcedir.errors import BadInput
from resourcedir.places.address import WORDING, Outcome
from resourcedir.places.point import Point
from resourcedir.places.provider_addresses import FAILURES, OFFLINE, AddressGeocoder, error_m
from resourcedir.texts import N_

KINDS: Final = ("nominatim", "photon", "pelias")
"""Geocoders of geopy that ask the server at ``domain`` and no other."""

_OPTIONS: Final = frozenset(
    {"domain", "scheme", "user_agent", "api_key", "min_delay_seconds", "time_limit_seconds"}
)
_DOMAIN: Final = re.compile(
    r"(?:(?P<name>[\w.-]+)|\[(?P<six>[0-9a-fA-F:.]+)\])(?::\d+)?(?:/[\w./-]*)?"
)
_PRIVATE: Final = tuple(
    ip_network(each)
    for each in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),  # RFC 1122, RFC 1918
        *("::1/128", "fc00::/7"),  # RFC 4291, RFC 4193
    )
)


@dataclass(frozen=True, slots=True)
class LocatedZone:
    """``error_m`` is how far off the point may be, meters."""

    point: Point
    error_m: float


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: the address would go along."""


class _StaysHere(URLLibAdapter):
    """Asks the server itself, whatever the environment says of proxies."""

    def __init__(self, *, proxies: object, ssl_context: object) -> None:
        del proxies
        super().__init__(proxies={}, ssl_context=ssl_context)
        handlers = (HTTPSHandler(context=ssl_context), ProxyHandler({}), _NoRedirects())  # type: ignore[arg-type]
        self.urlopen = build_opener(*handlers).open


class ZoneGeocoder:
    """One geocoder for addresses that must not leave; without one an address stays text."""

    def __init__(self, geocoder: AddressGeocoder | None = None) -> None:
        self._geocoder = geocoder

    @classmethod
    def configured(cls, name: str = "", options: Mapping[str, str] | None = None) -> Self:
        """Return the geocoder that settings name; none by default.

        :raises BadInput: if its server is not on this machine or in its private network, or the
            options do not fit.
        """
        if name in {"", OFFLINE}:
            return cls()
        given = dict(options or {})
        if name not in KINDS:
            raise BadInput(
                N_("RESOURCEDIR_ZONE_GEOCODER is none of those that can run here: %(known)s."),
                known=", ".join(KINDS),
            )
        if not is_private(given.get("domain", "")) or not given.keys() <= _OPTIONS:
            raise BadInput(
                N_(
                    "RESOURCEDIR_ZONE_GEOCODER_OPTIONS: give domain the loopback or private IP"
                    " address of a server of your own, such as 127.0.0.1:8088, or localhost, and"
                    " besides only %(known)s. An address of a zone must not leave your network."
                ),
                known=", ".join(sorted(_OPTIONS - {"domain"})),
            )
        getLogger("geopy").setLevel(INFO)  # below it writes down each address that it asks for
        own = {"min_delay_seconds": "0", **given, "proxies": {}, "adapter_factory": _StaysHere}
        return cls(AddressGeocoder.configured(name, own))

    @property
    def is_there(self) -> bool:
        return self._geocoder is not None

    def locate(self, address: str) -> LocatedZone:
        """Return where ``address`` is. Call it outside of any transaction that writes.

        :raises BadInput: with the reason if it cannot be told; it does not repeat the address.
        """
        if self._geocoder is None:
            raise BadInput(N_("No address can be looked up here. Type coordinates instead."))
        try:
            location = self._geocoder.answered(" ".join(address.split()))
        except GeocoderTimedOut:
            raise BadInput(WORDING[Outcome.NO_ANSWER]) from None
        except FAILURES:
            raise BadInput(WORDING[Outcome.FAILED]) from None
        if location is None:
            raise BadInput(WORDING[Outcome.NOTHING_FOUND])
        try:
            point = Point(location.latitude, location.longitude)
        except ValueError:
            raise BadInput(WORDING[Outcome.FAILED]) from None
        return LocatedZone(point, float(error_m(location, point)))


def is_private(domain: str) -> bool:
    """Return whether ``domain`` ("127.0.0.1:8088", "[::1]/path") is surely no outside server.

    A name other than localhost is none: what it stands for tomorrow is not known today.
    """
    if (shape := _DOMAIN.fullmatch(domain)) is None:
        return False
    host = shape["six"] or shape["name"]
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _PRIVATE)
