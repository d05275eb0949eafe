"""Every ZIP code of the country: where it is, how well that is known, and what it lies in.

Reads two sources when first asked: the Census points of this package (``data/NOTICE.md``) and the
``zipcodes`` package. They are read by the first digit, so that one look-up does not pay for the
country. Knows no names of cities or counties: that is ``gazetteer``.
"""

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from sys import intern
from typing import Final
from zoneinfo import available_timezones

import zipcodes

from resourcedir.places.areas import base_name
from resourcedir.places.names import key
from resourcedir.places.place import PointSource
from resourcedir.places.point import Point

ZCTA_FILE: Final = Path(__file__).parent / "data" / "zcta_2023.csv.gz"
ZIPCODES_ERROR_M: Final = 17_000
"""How far a point of the ``zipcodes`` package may be off.

Of the 3,947 post office box ZIP codes that the Census file has too, 95 % lie within this distance
of the Census point; a few are hundreds of kilometres off, which is why the Census goes first.
"""

_ISLANDS: Final = {
    "96939": Point(7.5, 134.6),  # Babeldaob, Palau
    "96941": Point(6.9, 158.2),  # Pohnpei
    "96942": Point(7.4, 151.8),  # Chuuk
    "96943": Point(9.5, 138.1),  # Yap
    "96944": Point(5.3, 163.0),  # Kosrae
    "96970": Point(8.8, 167.7),  # Ebeye, Marshall Islands
}
"""Islands in the Pacific that the package knows without a point, to a tenth of a degree."""

_ISLANDS_ERROR_M: Final = 40_000
_ENOUGH_TO_OUTVOTE: Final = 3  # ZIP codes of a county against a lone one with another time zone


@dataclass(frozen=True, slots=True)
class ZipCode:
    """One ZIP code. ``county`` is the part of its area code after the slash."""

    code: str
    city: str
    other_cities: tuple[str, ...]
    state: str
    county: str | None
    time_zone: str | None
    point: Point | None
    error_m: int
    source: PointSource


def zip_code(code: str) -> ZipCode | None:
    """Return what is known of the five digits ``code``; None if the post office never used them."""
    return _by_first_digit(code[:1]).get(code) if len(code) == 5 else None


def all_zip_codes() -> Iterator[ZipCode]:
    """Yield every ZIP code, military post included, in order; reads the whole country."""
    for digit in "0123456789":
        yield from _by_first_digit(digit).values()


@cache
def _by_first_digit(digit: str) -> dict[str, ZipCode]:
    raw = zipcodes.similar_to(digit) if digit and digit in "0123456789" else []  # type: ignore[no-untyped-call]
    census = _zcta(digit)
    counties = _counties(raw)
    zones = _zones(raw, counties)
    found = {}
    for row in raw:
        code = row["zip_code"]
        point, error_m, source = _located(row, census.get(code))
        found[code] = ZipCode(
            code=code,
            city=row["city"],
            other_cities=tuple(row["acceptable_cities"]),
            state=intern(row["state"]),
            county=counties.get(_county_key(row["state"], row["county"])),
            time_zone=zones[code],
            point=point,
            error_m=error_m,
            source=source,
        )
    return found


def _located(
    row: Mapping[str, str], census: tuple[float, float, int] | None
) -> tuple[Point | None, int, PointSource]:
    if census is not None:
        latitude, longitude, error_m = census
        return Point(latitude, longitude), error_m, PointSource.ZCTA
    if row["zip_code"] in _ISLANDS:
        return _ISLANDS[row["zip_code"]], _ISLANDS_ERROR_M, PointSource.ZIPCODES
    there = float(row["lat"] or 0), float(row["long"] or 0)  # the source has 0 for "unknown"
    point = Point(*there) if there != (0.0, 0.0) else None
    return point, ZIPCODES_ERROR_M, PointSource.ZIPCODES


@lru_cache(maxsize=4096)
def _county_key(state: str, county: str) -> tuple[str, str]:
    return state, key(base_name(state, county))


def _counties(rows: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], str]:
    """Return one spelling for each county: the commonest in the source, which has several."""
    spelled: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["county"]:
            spelled[_county_key(row["state"], row["county"])][row["county"]] += 1
    return {
        county: base_name(county[0], max(found, key=lambda name: (found[name], name)))
        for county, found in spelled.items()
    }


def _zones(
    rows: Sequence[Mapping[str, str]], counties: Mapping[tuple[str, str], str]
) -> dict[str, str | None]:
    """Return each ZIP code's time zone, with the source's slips put right.

    A lone ZIP code against three or more of its county that agree is a slip (the source has 37405,
    in the middle of Chattanooga, in Central Time); counties that really are split have more.
    """
    by_county: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_county[_county_key(row["state"], row["county"])][row["timezone"]] += 1
    usual = {county: counted.most_common(1)[0] for county, counted in by_county.items()}
    real = {zone: zone for zone in available_timezones()}  # one string for all, not 42,000
    zones: dict[str, str | None] = {}
    for row in rows:
        zone, county = row["timezone"], _county_key(row["state"], row["county"])
        commonest, count = usual[county]
        if county in counties and by_county[county][zone] == 1 and count >= _ENOUGH_TO_OUTVOTE:
            zone = commonest
        zones[row["zip_code"]] = real.get(zone)
    return zones


def _zcta(digit: str) -> dict[str, tuple[float, float, int]]:
    with gzip.open(ZCTA_FILE, "rt", encoding="ascii") as file:
        rows = (line.split(",") for line in file if line.startswith(digit))
        return {code: (float(north), float(east), int(error)) for code, north, east, error in rows}
