"""A named place, how well its point is known, and the two ways in which a name can fail."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from resourcedir.errors import DomainError
from resourcedir.places.areas import base_name
from resourcedir.places.names import COUNTRY
from resourcedir.places.point import Point
from resourcedir.texts import N_

SHOWN: Final = 5  # candidates that an ambiguous name lists


class PlaceKind(StrEnum):
    ZIP = "zip"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"


class PointSource(StrEnum):
    """Where a point is from.

    ZCTA: Census interior point. ZIPCODES: the ``zipcodes`` package, coarser (a few Pacific islands
    that it knows without a point have one of ours). MEAN: the middle of the ZIP codes of a city,
    county or state.
    """

    ZCTA = "zcta"
    ZIPCODES = "zipcodes"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a person can name.

    ``error_m`` is how far from ``point`` a spot of the place may well lie, in metres. ``county`` is
    the name with its kind ("Hamilton County", "Orleans Parish"); ``time_zone`` an IANA name, None
    where unknown or where the place lies in more than one.
    """

    label: str
    kind: PlaceKind
    point: Point
    error_m: int
    state: str
    county: str | None
    time_zone: str | None
    source: PointSource | None = None


class PlaceNotFound(DomainError):
    """No place goes by that name. The message says what would; it does not repeat the name."""


class PlaceAmbiguous(DomainError):
    """Several places go by that name. ``candidates`` are the largest, five at the most."""

    def __init__(self, name: str, candidates: Sequence[Place]) -> None:
        shown = tuple(candidates[:SHOWN])
        super().__init__(
            N_("There is more than one %(name)s: add the state, such as %(first)s (%(known)s)."),
            name=name,
            first=shown[0].label,
            known="; ".join(place.label for place in shown)
            + ("; …" if len(candidates) > SHOWN else ""),
        )
        self.candidates = shown


def areas_of(place: Place) -> frozenset[str]:
    """Return the codes of all areas that ``place`` lies in: "US", "TN", "TN/Hamilton".

    A ZIP code or city in two counties counts to the one that has most of it.
    """
    codes = {COUNTRY, place.state}
    if place.county is not None:
        codes.add(f"{place.state}/{base_name(place.state, place.county)}")
    return frozenset(codes)
