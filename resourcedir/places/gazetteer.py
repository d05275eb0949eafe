"""The cities, counties and states that ZIP codes make up, each as a place with its error.

Reads the whole country when a name is first asked for. Understands nothing that a person types:
that is ``finding``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from resourcedir.places.areas import county_label
from resourcedir.places.distance import distance_km, middle
from resourcedir.places.names import STATES, key
from resourcedir.places.place import Place, PlaceKind, PointSource
from resourcedir.places.zip_codes import ZipCode, all_zip_codes

_SAME_ZONE: Final = 0.9  # share of its ZIP codes that must agree before a place has a time zone
_WILDS_M: Final = 25_000  # a ZIP code that is wider is country that a town's post office serves


@dataclass(frozen=True, slots=True)
class Names:
    """The country's names: (state, key) to ZIP codes, and key to the states that have such a name.

    ``cities`` go before ``other_cities``: names that the post office also accepts for a ZIP code.
    """

    cities: Mapping[tuple[str, str], Sequence[ZipCode]]
    other_cities: Mapping[tuple[str, str], Sequence[ZipCode]]
    counties: Mapping[tuple[str, str], Sequence[ZipCode]]
    states_with_city: Mapping[str, Sequence[str]]


def zip_place(found: ZipCode) -> Place | None:
    """Return the place of a ZIP code; None for military post and the like, which lie nowhere.

    A ZIP code without a point of its own (a single large receiver) has its city's.
    """
    label = f"{found.city}, {found.state} {found.code}"
    point, error_m, source = found.point, found.error_m, found.source
    if point is None:
        city = city_place(found.state, key(found.city))
        if city is None:
            return None
        point, error_m, source = city.point, city.error_m, PointSource.MEAN
    county = county_label(found.state, found.county) if found.county else None
    return Place(label, PlaceKind.ZIP, point, error_m, found.state, county, found.time_zone, source)


@lru_cache(maxsize=4096)
def city_place(state: str, name_key: str) -> Place | None:
    """Return the city of that name in ``state``; None if there is none with a point."""
    found = names().cities.get((state, name_key)) or names().other_cities.get((state, name_key))
    if not found:
        return None
    spelled = next(
        name for zip_ in found for name in (zip_.city, *zip_.other_cities) if key(name) == name_key
    )
    county = _commonest(zip_.county for zip_ in found)
    return _covering(
        f"{spelled}, {state}", PlaceKind.CITY, found, county and county_label(state, county)
    )


@lru_cache(maxsize=4096)
def county_place(state: str, name_key: str) -> Place | None:
    """Return the county whose base name has that key ("hamilton", "alexandriacity"); or None."""
    found = names().counties.get((state, name_key))
    if not found or found[0].county is None:
        return None
    label = county_label(state, found[0].county)
    return _covering(f"{label}, {state}", PlaceKind.COUNTY, found, label)


@lru_cache(maxsize=64)
def state_place(state: str) -> Place | None:
    """Return the state or territory with that code; None if none of its ZIP codes has a point."""
    found = [zip_ for zip_ in all_zip_codes() if zip_.state == state]
    label = f"{STATES[state]} State" if state in {"NY", "WA"} else STATES[state]
    return _covering(label, PlaceKind.STATE, found, None)


@cache
def names() -> Names:
    """Return the names of all cities and counties; reads the whole country the first time."""
    cities: defaultdict[tuple[str, str], list[ZipCode]] = defaultdict(list)
    others: defaultdict[tuple[str, str], list[ZipCode]] = defaultdict(list)
    counties: defaultdict[tuple[str, str], list[ZipCode]] = defaultdict(list)
    key_of = cache(key)
    for zip_ in all_zip_codes():
        if zip_.state not in STATES:
            continue  # military post: no city on the map
        cities[zip_.state, key_of(zip_.city)].append(zip_)
        for name in zip_.other_cities:
            others[zip_.state, key_of(name)].append(zip_)
        if zip_.county is not None:
            counties[zip_.state, key_of(zip_.county)].append(zip_)
    with_city = _states([*cities, *(other for other in others if other not in cities)])
    return Names(dict(cities), dict(others), dict(counties), with_city)


def _states(keys: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    states: defaultdict[str, list[str]] = defaultdict(list)
    for state, name_key in keys:
        states[name_key].append(state)
    return dict(states)


def _covering(
    label: str, kind: PlaceKind, found: Sequence[ZipCode], county: str | None
) -> Place | None:
    """Return the place that ``found`` make up, around the mean of their Census points.

    A ZIP code is drawn so that one carrier's rounds serve it, so each counts alike: the mean leans
    to where people live. Other points are used only where there is no Census point. A city with
    narrower ZIP codes lies among those. The error reaches to the farthest of all points and that
    one's own error.
    """
    of_census = [zip_ for zip_ in found if zip_.source is PointSource.ZCTA]
    known = [(zip_.point, zip_.error_m) for zip_ in of_census or found if zip_.point is not None]
    if not known:
        return None
    narrow = [point for point, error_m in known if error_m <= _WILDS_M]
    of_town = narrow if kind is PlaceKind.CITY else []
    center = middle(of_town or [point for point, _ in known])
    reach_m = max(distance_km(center, point) * 1000 + error_m for point, error_m in known)
    zones = Counter(zip_.time_zone for zip_ in found)
    zone, agreeing = zones.most_common(1)[0]
    time_zone = zone if agreeing >= _SAME_ZONE * len(found) else None
    return Place(
        label, kind, center, round(reach_m), found[0].state, county, time_zone, PointSource.MEAN
    )


def _commonest(values: Iterable[str | None]) -> str | None:
    counted = Counter(value for value in values if value is not None)
    return max(counted, key=lambda value: (counted[value], value)) if counted else None
