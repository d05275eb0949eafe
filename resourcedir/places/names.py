"""The names of states and the spelling of places, so that two ways to write one name meet. Pure."""

import unicodedata
from typing import Final

STATES: Final = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "FM": "Micronesia", "GU": "Guam", "MH": "Marshall Islands",
    "MP": "Northern Mariana Islands", "PR": "Puerto Rico", "PW": "Palau", "VI": "Virgin Islands",
}  # fmt: skip
"""USPS codes of the states, the District, the territories and the freely associated states."""

COUNTRY: Final = "US"
_WHOLE_WORDS: Final = {
    "st": "saint", "ste": "sainte", "mt": "mount", "mtn": "mountain", "ft": "fort",
}  # fmt: skip


def key(text: str) -> str:
    """Return what two spellings of one name share: "St. Louis" and "Saint  LOUIS", "De Kalb".

    Without case, accents, marks and blanks, and with the usual short words written out.
    """
    return "".join(_WHOLE_WORDS.get(word, word) for word in _words(text))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        letter if letter.isalnum() else "" if unicodedata.combining(letter) else " "
        for letter in plain.replace("'", "").replace("\u2019", "")
    )
    return kept.split()


_BY_NAME: Final = {key(name): code for code, name in STATES.items()} | {
    key(f"{STATES[code]} State"): code for code in ("NY", "WA")
}


def state_code(text: str) -> str | None:
    """Return the code of the state that ``text`` names or abbreviates, None for anything else."""
    bare = "".join(_words(text))  # as typed: MT is Montana here and no mount
    return bare.upper() if bare.upper() in STATES else _BY_NAME.get(bare)
