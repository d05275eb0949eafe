"""Counties and what stands in their place, their codes ("TN/Hamilton") and their labels. Pure.

Parishes, municipios, boroughs, census areas and cities that belong to no county are all "counties"
here, as the Census Bureau counts them. Whether one exists is for ``finding.area_code`` to say.
"""

import re
from typing import Final

from resourcedir.places.names import COUNTRY, STATES, key

_KINDS: Final = "City and Borough|Census Area|Municipality|Municipio|County|Parish|Borough"
_SUFFIX: Final = re.compile(rf"(?P<base>.+?)[\s,]+(?:{_KINDS}|Co\.?)", re.IGNORECASE)
_PREFIX: Final = re.compile(r"(?:City and Borough|Municipality) of\s+(?P<base>.+)", re.IGNORECASE)
_CITY: Final = re.compile(
    r"(?:(?:City|Town) of\s+(?P<after>.+)|(?P<before>.+?)\s+\(?city\)?)", re.IGNORECASE
)

_WITHOUT_KIND: Final = frozenset({"NV/Carson City", "DC/District of Columbia"})
_NAMED_CITY: Final = frozenset({("NV", "carsoncity"), ("VA", "jamescity"), ("VA", "charlescity")})
_ALASKA: Final = (
    dict.fromkeys(("Anchorage", "Skagway"), "Municipality")
    | dict.fromkeys(("Juneau", "Sitka", "Wrangell", "Yakutat"), "City and Borough")
    | dict.fromkeys(
        (
            "Aleutians West", "Bethel", "Chugach", "Copper River", "Dillingham", "Hoonah-Angoon",
            "Kusilvak", "Nome", "Prince of Wales-Hyder", "Southeast Fairbanks", "Yukon-Koyukuk",
        ),
        "Census Area",
    )
)  # fmt: skip
_KIND_BY_STATE: Final = {"LA": "Parish", "PR": "Municipio", "AK": "Borough"}


def base_name(state: str, county: str) -> str:
    """Return the part of a code after the slash: "Hamilton" of "Hamilton County".

    A city that is its own county keeps the word in lower case, "Baltimore city": Maryland has a
    Baltimore County too. Spellings that differ only in "St" and "Mc" become one.
    """
    name = re.sub(r"\bSt(e?)\s", r"St\1. ", " ".join(county.split()))
    name = re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", name)
    if match := _PREFIX.fullmatch(name) or _SUFFIX.fullmatch(name):
        return match["base"]
    if (state, key(name)) in _NAMED_CITY:
        return name
    if match := _CITY.fullmatch(name):
        return f"{match['after'] or match['before']} city"
    return name


def says_county(text: str) -> bool:
    """Return whether ``text`` has the word that makes it a county and not a town."""
    return any(pattern.fullmatch(text.strip()) for pattern in (_PREFIX, _SUFFIX, _CITY))


def county_label(state: str, base: str) -> str:
    """Return the name people know: "Hamilton County", "Orleans Parish", "City of Alexandria"."""
    if f"{state}/{base}" in _WITHOUT_KIND:
        return base
    if base.endswith(" city"):
        return f"City of {base.removesuffix(' city')}"
    kind = _KIND_BY_STATE.get(state, "County")
    return f"{base} {_ALASKA.get(base, kind) if state == 'AK' else kind}"


def area_label(code: str) -> str:
    """Return the words for a code: "Hamilton County, TN", "Tennessee", "United States".

    What is no code comes back as it is: a label is for showing and must not fail.
    """
    if code == COUNTRY:
        return "United States"
    state, slash, base = code.partition("/")
    if state not in STATES or (slash and not base):
        return code
    if not slash:
        return STATES[state]
    label = county_label(state, base)
    return label if label == STATES[state] else f"{label}, {state}"
