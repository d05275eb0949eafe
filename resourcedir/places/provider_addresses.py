"""Locates providers' addresses: offline by their ZIP code, or by a geopy geocoder if one is set.

An outside geocoder is never trusted to answer, to answer in time, or to be right: each failing ends
in the point of the ZIP code, with the reason. Keeps nothing; ``commands.locate`` does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from http.client import HTTPException
from math import nan
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Final, Self

from geopy.exc import ConfigurationError, GeocoderNotFound, GeocoderTimedOut, GeopyError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from resourcedir.errors import BadInput
from resourcedir.places.address import LocatedAddress, Outcome, ProviderAddress
from resourcedir.places.distance import distance_km
from resourcedir.places.finding import find_place
from resourcedir.places.place import Place, PlaceAmbiguous, PlaceNotFound
from resourcedir.places.point import Point
from resourcedir.texts import N_

OFFLINE: Final = "offline"
STREET_ERROR_M: Final = 150  # of a street address whose geocoder tells no extent
LEAST_ERROR_M: Final = 50
LONGEST_LIMIT_SECONDS: Final = 3600.0
LEAST_REACH_KM: Final = 25.0  # an answer nearer than this to its ZIP code's point is believed
REACH: Final = 3  # so is one within so many times the ZIP code's error

FAILURES: Final = (
    GeopyError, HTTPException, OSError, ValueError, TypeError, LookupError, AttributeError,
)  # fmt: skip
"""geopy's own errors, and what its parsers raise on an answer of another shape than they expect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much an outside geocoder may be asked, and how long it may take.

    ``min_delay_seconds`` lies between the starts of two requests; Nominatim's public server allows
    one a second. ``time_limit_seconds`` is for one look-up as a whole, waiting for its turn
    included: the default lets a page answer in two seconds; a bulk import may allow more.
    """

    min_delay_seconds: float = 1.0
    time_limit_seconds: float = 1.8


class AddressGeocoder:
    """One geocoder for the addresses of providers; share it, as the rate limit is its own.

    ``geocode`` takes one line of text and returns a geopy location or None; without it nobody is
    asked and each address is placed by its ZIP code.
    """

    def __init__(
        self,
        name: str = OFFLINE,
        geocode: Callable[[str], Location | None] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.name = name
        self.limits = limits or Limits()
        self._geocode = geocode and RateLimiter(
            geocode,
            min_delay_seconds=self.limits.min_delay_seconds,
            max_retries=0,
            swallow_exceptions=False,
        )
        self._turn = Lock()

    @classmethod
    def configured(
        cls,
        name: str = OFFLINE,
        options: Mapping[str, object] | None = None,
        limits: Limits | None = None,
    ) -> Self:
        """Return the geocoder that settings name: "offline", or one of geopy's such as "nominatim".

        ``options`` go to geopy's class: ``user_agent``, ``domain``, ``api_key`` and the like. Where
        no ``limits`` are given, ``min_delay_seconds`` and ``time_limit_seconds`` may be among them.

        :raises BadInput: if geopy knows no such geocoder, or the geocoder no such option.
        """
        if name in {"", OFFLINE}:
            return cls()
        fitting = dict(options or {})
        limits = limits or _limits(fitting)
        try:
            geocoder = get_geocoder_for_service(name)
        except GeocoderNotFound as unknown:
            raise BadInput(
                N_("There is no geocoder called %(name)s: use offline, or a name geopy has."),
                name=name,
            ) from unknown
        try:
            made = geocoder(**{"timeout": limits.time_limit_seconds} | fitting)
        except (ConfigurationError, TypeError, ValueError) as fault:
            raise BadInput(
                N_("The options of the geocoder %(name)s do not fit it: see geopy's manual."),
                name=name,
            ) from fault
        return cls(name, made.geocode, limits)

    @property
    def asks_outside(self) -> bool:
        """Whether addresses leave this machine."""
        return self._geocode is not None

    def ask(self, address: ProviderAddress) -> LocatedAddress:
        """Return the point of ``address`` within the time limit; asks the outside geocoder if any.

        Call it outside of any transaction that writes: the others would wait as long.

        :raises PlaceNotFound: if the geocoder gives none and neither ZIP code nor city is known.
        """
        if self._geocode is None:
            return at_zip(address)
        try:
            location = self.answered(address.query)
        except GeocoderTimedOut:
            return at_zip(address, Outcome.NO_ANSWER)
        except FAILURES:
            return at_zip(address, Outcome.FAILED)
        if location is None:
            return at_zip(address, Outcome.NOTHING_FOUND)
        return self._believed(address, location)

    def _believed(self, address: ProviderAddress, location: Location) -> LocatedAddress:
        """Return ``location``, or the ZIP code's point if the two contradict each other."""
        try:
            point = Point(location.latitude, location.longitude)
        except ValueError:
            return at_zip(address, Outcome.FAILED)
        place = _place(address)
        if place is not None:
            reach_km = max(LEAST_REACH_KM, REACH * place.error_m / 1000)
            if distance_km(place.point, point) > reach_km:
                return at_zip(address, Outcome.TOO_FAR)
        return LocatedAddress(point, error_m(location, point), self.name, Outcome.FOUND)

    def answered(self, query: str) -> Location | None:
        """Return what the geocoder answers in time; one request runs at a time.

        A thread of its own, because a geocoder's timeout holds for each read and not for the whole:
        a server that trickles never ends.

        :raises GeocoderTimedOut: when the time limit has passed.
        """
        ends_at = monotonic() + self.limits.time_limit_seconds
        if not self._turn.acquire(timeout=self.limits.time_limit_seconds):
            raise GeocoderTimedOut("an earlier request still runs")
        answers: SimpleQueue[Location | Exception | None] = SimpleQueue()
        Thread(target=self._run, args=(query, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=max(0.0, ends_at - monotonic()))
        except Empty:
            raise GeocoderTimedOut("no answer in time") from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _run(self, query: str, answers: "SimpleQueue[Location | Exception | None]") -> None:
        answer: Location | Exception | None = GeopyError("the geocoder broke")
        try:
            answer = self._geocode(query) if self._geocode else None
        except FAILURES as failure:
            answer = failure
        finally:
            self._turn.release()
            answers.put(answer)


def _limits(options: dict[str, object]) -> Limits:
    """Return the limits among ``options`` and take them out; those that are not there are usual."""
    given = {}
    for limit in fields(Limits):
        if (text := options.pop(limit.name, None)) is not None:
            try:
                given[limit.name] = float(str(text))
            except ValueError:
                given[limit.name] = nan
            if not 0 <= given[limit.name] <= LONGEST_LIMIT_SECONDS:
                raise BadInput(
                    N_("The option %(name)s of the geocoder takes seconds, such as 1.5."),
                    name=limit.name,
                )
    return Limits(**given)


def at_zip(address: ProviderAddress, outcome: Outcome = Outcome.OFFLINE) -> LocatedAddress:
    """Return the point of the ZIP code of ``address``, or of its city where the code is unknown.

    :raises PlaceNotFound: if neither is known.
    """
    place = _place(address)
    if place is None:
        raise PlaceNotFound(N_("Neither the ZIP code nor the city of this address is known."))
    return LocatedAddress(place.point, place.error_m, OFFLINE, outcome)


def _place(address: ProviderAddress) -> Place | None:
    for text in (address.postal_code, f"{address.city}, {address.state_province}"):
        try:
            return find_place(text, home_state=address.state_province)
        except (PlaceNotFound, PlaceAmbiguous):
            continue
    return None


def error_m(location: Location, point: Point) -> int:
    """Return how far the extent that the geocoder tells reaches from ``point``, or a guess.

    Nominatim's ``boundingbox`` is south, north, west, east, as text.
    """
    raw = location.raw if isinstance(location.raw, dict) else {}
    try:
        south, north, west, east = (float(side) for side in raw["boundingbox"])
        corners = [Point(south, west), Point(north, east)]
    except (LookupError, TypeError, ValueError):
        return STREET_ERROR_M
    return max(LEAST_ERROR_M, *(round(distance_km(point, corner) * 1000) for corner in corners))
