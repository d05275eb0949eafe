"""Turns what a person typed into a place or an area code, or says what to type instead.

Guesses nothing: a name that several places have is asked back. Messages never repeat the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from resourcedir.places import gazetteer
from resourcedir.places.areas import base_name, says_county
from resourcedir.places.distance import distance_km
from resourcedir.places.names import COUNTRY, STATES, key, state_code
from resourcedir.places.place import Place, PlaceAmbiguous, PlaceKind, PlaceNotFound
from resourcedir.places.zip_codes import zip_code
from resourcedir.texts import N_

NOT_A_PLACE: Final = N_(
    "There is no such place here. Type a ZIP code, a city with its state such as Cleveland, TN, "
    "or a county such as Hamilton County, TN."
)
NOT_A_ZIP: Final = N_(
    "No ZIP code has these five digits. Check them, or type a city and its state."
)
NOT_FIVE_DIGITS: Final = N_("A ZIP code has five digits, such as 37402.")
ZIP_WITHOUT_A_PLACE: Final = N_(
    "This ZIP code is for military or other post without a place on the map. "
    "Type a city and its state."
)
NOT_AN_AREA: Final = N_(
    "There is no such area here. Write a state such as TN, or a county with its state such as "
    "Hamilton County, TN."
)

_LONGEST: Final = 200  # no place's name comes near; what is longer is not looked at
_ZIP_AT_END: Final = re.compile(r"(?:^|.*[\s,])([0-9]{5})(?:[- ]?[0-9]{4})?")
_COUNTRY_AT_END: Final = re.compile(r"[,\s]+(?:u\.?s\.?a\.?|united states(?: of america)?)$", re.I)
_CITY_OF: Final = re.compile(r"(?:city|town|village) of\s+", re.IGNORECASE)


def find_place(text: str, *, home_state: str | None) -> Place:
    """Return the place that ``text`` names: a ZIP code, city, county or state.

    "37402", "37402-1234", "Chattanooga, TN", "Cleveland Tennessee", "Hamilton County, TN" and "TN"
    will do, and an address that ends in a ZIP code counts as the ZIP code. ``home_state`` is the
    code of the state that decides where several have a city or county of that name.

    A state's whole name means the state, unless ``home_state`` has a city of that name. New York
    and Washington are asked back, as a great city has the name too.

    :raises PlaceNotFound: with what to type instead.
    :raises PlaceAmbiguous: with up to five candidates, the largest first.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    plain = _COUNTRY_AT_END.sub("", plain)
    if (zip_ := _ZIP_AT_END.fullmatch(plain)) is not None:
        return _at_zip(zip_[1])
    if plain and all(letter in "0123456789- " for letter in plain):
        raise PlaceNotFound(NOT_FIVE_DIGITS)
    return _chosen(_candidates(plain, home_state), home_state)


def namesakes(place: Place) -> list[Place]:
    """Return the cities of other states that have the name of a city, the nearest first."""
    if place.kind is not PlaceKind.CITY:
        return []
    name = place.label.rpartition(",")[0]
    others = [each for each in _named(name, None) if each.kind is PlaceKind.CITY]
    others = [each for each in others if each.state != place.state]
    return sorted(others, key=lambda each: (distance_km(place.point, each.point), each.label))


def area_code(text: str) -> str:
    """Return the code of the area that ``text`` names: "US", "TN" or "TN/Hamilton".

    Takes "United States", a state, a county with its state ("Hamilton County, TN", "Orleans
    Parish, Louisiana", "City of Alexandria, VA") or a code.

    :raises PlaceNotFound: for anything else.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    if key(plain) in {"us", "usa", "unitedstates", "unitedstatesofamerica"}:
        return COUNTRY
    if (state := state_code(plain)) is not None:
        return state
    name, state = _coded(plain) or _split(plain)
    if state is not None:
        for name_key in (key(base_name(state, name)), key(name)):
            found = gazetteer.names().counties.get((state, name_key))
            if found:
                return f"{state}/{found[0].county}"
    raise PlaceNotFound(NOT_AN_AREA)


def _at_zip(code: str) -> Place:
    found = zip_code(code)
    if found is None:
        raise PlaceNotFound(NOT_A_ZIP)
    place = gazetteer.zip_place(found)
    if place is None:
        raise PlaceNotFound(ZIP_WITHOUT_A_PLACE)
    return place


def _candidates(plain: str, home_state: str | None) -> list[Place]:
    if (state := state_code(plain)) is not None:
        return _state_or_city(plain, state, home_state)
    name, state = _split(plain)
    if "," in plain or state is None:
        return _named(name, state)
    return _named(plain, None) or _named(name, state)  # Port Washington is a town, not Port, WA


def _state_or_city(plain: str, state: str, home_state: str | None) -> list[Place]:
    found = [place] if (place := gazetteer.state_place(state)) is not None else []
    if len(plain) == 2:
        return found
    name_key = key(plain)
    city_in = {"newyork": "NY", "washington": "DC"}.get(name_key)
    if home_state is not None and (city := gazetteer.city_place(home_state, name_key)) is not None:
        return [city]
    if city_in is not None and (city := gazetteer.city_place(city_in, name_key)) is not None:
        return found if home_state == state else [city, *found]
    return found


def _named(name: str, state: str | None) -> list[Place]:
    """Return the cities of that name, largest first; without any, the counties."""
    for spelling in dict.fromkeys((name, _CITY_OF.sub("", name, count=1))):
        name_key = key(spelling)
        states = [state] if state else gazetteer.names().states_with_city.get(name_key, ())
        found = [place for at in states if (place := gazetteer.city_place(at, name_key))]
        if found:
            return sorted(found, key=_size, reverse=True)
    return sorted(_counties(name, state), key=_size, reverse=True) if says_county(name) else []


def _counties(name: str, state: str | None) -> Iterator[Place]:
    for at in (state,) if state else STATES:
        place = gazetteer.county_place(at, key(base_name(at, name)))
        if place is not None:
            yield place


def _size(place: Place) -> tuple[int, str]:
    """Return how many ZIP codes bear the name: the nearest thing to a size that is known here."""
    name = place.label.rpartition(",")[0]
    if place.kind is PlaceKind.COUNTY:
        county_key = key(base_name(place.state, name))
        return len(gazetteer.names().counties.get((place.state, county_key), ())), place.state
    return len(gazetteer.names().cities.get((place.state, key(name)), ())), place.state


def _chosen(candidates: list[Place], home_state: str | None) -> Place:
    if not candidates:
        raise PlaceNotFound(NOT_A_PLACE)
    at_home = [place for place in candidates if place.state == home_state]
    if len(at_home) == 1:
        return at_home[0]
    if len(candidates) > 1:
        raise PlaceAmbiguous(candidates[0].label.rpartition(",")[0], candidates)
    return candidates[0]


def _coded(plain: str) -> tuple[str, str] | None:
    state, slash, base = plain.partition("/")
    return (base, state.upper()) if slash and state.upper() in STATES else None


def _split(plain: str) -> tuple[str, str | None]:
    """Return the name and the code of the state that ends ``plain``, None without one.

    Of an address with commas the part before the state is the name.
    """
    parts = [part for part in (part.strip() for part in plain.split(",")) if part]
    if len(parts) > 1:
        state = state_code(parts[-1])
        return (parts[-2] if state else plain), state
    spaced = plain.split()
    for size in range(min(4, len(spaced) - 1), 0, -1):
        if (state := state_code(" ".join(spaced[-size:]))) is not None:
            return " ".join(spaced[:-size]), state
    return plain, None
