"""Places and distances in the words. Guesses nothing: what is no sure place stays words. Pure."""

import re
from collections import Counter
from enum import IntEnum
from functools import lru_cache
from math import inf
from typing import Final

from resourcedir.engine.analysis import raw_words, tokens
from resourcedir.errors import DomainError
from resourcedir.places import gazetteer
from resourcedir.places.areas import says_county
from resourcedir.places.finding import find_place
from resourcedir.places.names import STATES, key, state_code
from resourcedir.places.place import Place
from resourcedir.search.ask import miles
from resourcedir.search.understanding.grammar import grammar
from resourcedir.search.understanding.pieces import Sets
from resourcedir.search.understanding.units import Unit, words_of
from resourcedir.taxonomy.terms import taxonomy


class Lead(IntEnum):
    """What stands before a possible place: nothing, a word such as "in", or one such as "near"."""

    NOTHING = 0
    IN = 1
    NEAR = 2


LONGEST: Final = 5  # units of a name with its state: "Salt Lake City, West Virginia"
SIZEABLE: Final = 3  # ZIP codes of a city that is known without its state, if no other has the name
GREAT: Final = 10
"""ZIP codes of a city that is meant by its name alone although others bear it, and how many times
as many as any of those it has: "in Houston" is in Texas."""
GREATEST: Final = 30  # of one that is meant by its name without a word before it, at the end
MILES_PER_KM: Final = 0.621371
_ZIP: Final = re.compile(r"[0-9]{5}(?:-[0-9]{4})?")
_WORDS_TOO: Final = frozenset(
    ("AL", "CO", "DE", "HI", "ID", "IN", "LA", "MA", "ME", "MO", "OH", "OK", "OR", "PA", "AS", "MI")
)
"""States whose letters are a word in one of the languages: only in capitals or after a comma."""

_NUMBERS: Final = {
    name: float(number)
    for number, names in enumerate(
        (
            (), ("one", "a", "un", "una"), ("two", "dos"), ("three", "tres"), ("four", "cuatro"),
            ("five", "cinco"), ("six", "seis"), ("seven", "siete"), ("eight", "ocho"),
            ("nine", "nueve"), ("ten", "diez"),
        )
    )
    for name in names
} | {"fifteen": 15.0, "quince": 15.0, "twenty": 20.0, "veinte": 20.0, "fifty": 50.0,
     "cincuenta": 50.0, "hundred": 100.0, "cien": 100.0}  # fmt: skip
_UNITS: Final = {
    **dict.fromkeys(("mi", "mile", "miles", "milla", "millas"), 1.0),
    **dict.fromkeys(("km", "kms", "kilometer", "kilometers", "kilometro", "kilometros"),
                    MILES_PER_KM),
}  # fmt: skip
_MY: Final = "mi"  # as an abbreviation it stands behind digits: "a mi hijo" is to my son
_AT_ONCE: Final = re.compile(r"([0-9]{1,4}(?:\.[0-9]+)?)[-]?([a-z]+)")
_BEFORE: Final = tuple(
    tuple(text.split())
    for text in (
        "no more than", "no further than", "a menos de", "a no mas de", "en un radio de", "within",
        "less than", "under", "up to", "dentro de", "hasta", "max", "maximum", "a",
    )
)  # fmt: skip
_AFTER: Final = frozenset(("of", "from", "de", "del", "away", "around", "radius", "or"))

_PROGRAMS: Final = {
    tuple(words.split()): state
    for state, programs in {
        "AK": "denali care", "AZ": "ahcccs", "CA": "medi cal,calworks,calfresh", "CT": "husky",
        "GA": "peachcare", "HI": "medquest", "IN": "hoosier healthwise,healthy indiana",
        "KS": "kancare", "LA": "healthy louisiana", "MA": "masshealth", "ME": "mainecare",
        "MN": "minnesotacare", "MO": "mo healthnet", "NJ": "nj familycare",
        "NM": "centennial care,turquoise care", "OK": "soonercare,sooner care",
        "SC": "healthy connections", "TN": "tenncare,tenn care", "VA": "cardinal care",
        "VT": "green mountain care", "WA": "apple health", "WI": "badgercare,forwardhealth",
        "WY": "equality care",
    }.items()
    for words in programs.split(",")
}  # fmt: skip
"""Programs that one state alone has, by their words: who says one means a town of that state."""

DISTANCE_WORDS: Final = (*_NUMBERS, *_UNITS, *(" ".join(words) for words in _BEFORE), *_AFTER)
"""Words that say a distance; they exist, whatever listings say."""


def distance_at(units: list[Unit], at: int) -> tuple[int, float] | None:
    """Return where a distance that begins at ``at`` ends, and its miles; None where none does."""
    found = _measure(units, at)
    for before in _BEFORE:
        size = len(before)
        if (
            found is None
            and tuple(word for u in units[at : at + size] for word in u.words) == before
        ):
            found = _measure(units, at + size)
    if found is None:
        return None
    end, said = found
    if end < len(units) and units[end].words[0] in _AFTER and not units[end].quoted:
        end += 1
    return end, said


def _measure(units: list[Unit], at: int) -> tuple[int, float] | None:
    if at >= len(units) or units[at].quoted:
        return None
    word = "".join(units[at].words) if len(units[at].words) == 1 else units[at].text.casefold()
    if (once := _AT_ONCE.fullmatch(word)) is not None and once[2] in _UNITS:
        end, number, unit = at + 1, float(once[1]), once[2]
    elif at + 1 < len(units) and len(units[at + 1].words) == 1:
        end, unit = at + 2, units[at + 1].words[0]
        spelled = 0.0 if unit == _MY else _NUMBERS.get(word, 0.0)
        number = spelled or _number(units[at].text)
    else:
        return None
    said = miles(f"{number * _UNITS.get(unit, 0.0):.3f}", otherwise=None)
    return None if said is None else (end, said)


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"[0-9]{1,4}(?:\.[0-9]{1,3})?", text) else 0.0


def state_said(units: list[Unit]) -> str | None:
    """Return the state of the first program in the words that one state alone has."""
    words = words_of(units)
    starts = range(len(words))
    runs = (words[at : at + size] for at in starts for size in (1, 2))
    return next((_PROGRAMS[run] for run in runs if run in _PROGRAMS), None)


def place_at(
    text: str, units: list[Unit], at: int, home_state: str, lead: Lead
) -> tuple[int, Place] | None:
    """Return where the longest place that begins at ``at`` ends, and the place."""
    if at >= len(units) or units[at].words[0] not in _first_words():
        return None
    for end in range(min(len(units), at + LONGEST), at, -1):
        if any(unit.quoted for unit in units[at:end]):
            continue
        name = text[units[at].start : units[end - 1].end].strip(".!?:()")
        last = end == len(units)
        place = place_named(
            name, home_state, lead, last=last, alone=last and _is_apart(text, units, at)
        )
        if place is not None:
            return end, place
    return None


def _is_apart(text: str, units: list[Unit], at: int) -> bool:
    """Say whether a comma or the end of a need's name stands before: "my son Dallas" is no town."""
    if at == 0:
        return False
    before = units[at - 1]
    comma = before.text.endswith(",") or "," in text[before.end : units[at].start]
    return comma or not _last_words().isdisjoint(tokens(before.text))


@lru_cache(maxsize=4096)
def place_named(
    name: str, home_state: str, lead: Lead, *, last: bool = False, alone: bool = False
) -> Place | None:
    """Return the place that ``name`` means without doubt; None for any other words.

    ``last``: nothing comes after it, so that "or" is Oregon and joins nothing. ``alone``: it cannot
    be the name of a person or a house, by what stands before it.
    """
    if _ZIP.fullmatch(name):
        return _found(name, None)
    city, state = _with_state(name, last=last)
    if state is None and (county := _county(name)) is not None:
        return _found(county, home_state or None)
    if state is not None:
        whole = f"{city}, {state}"
        return _found(whole, None) if _states_of(city) & {state} or says_county(city) else None
    if len(name) > 3 and name.casefold() not in {"washington", "new york"} and state_code(name):
        return _found(name, home_state or None) if lead is Lead.NEAR or not _is_word(name) else None
    return _city(name, home_state, lead, alone=alone)


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """Return the words that names of places begin with, and all ZIP codes: a quick first look."""
    names = gazetteer.names()
    said = {*STATES.values(), "condado", "St", "Ste", "Mt", "Mtn", "Ft", "Saint", "Mount", "Fort"}
    for zips in (*names.cities.values(), *names.other_cities.values(), *names.counties.values()):
        for zip_ in zips:
            said |= {zip_.code, zip_.city, *zip_.other_cities, zip_.county or ""}
    firsts = {words[0] for words in map(raw_words, said) if words}
    return frozenset(firsts | {name for _, name in names.cities})


def _city(name: str, home_state: str, lead: Lead, *, alone: bool) -> Place | None:
    states = _states_of(name)
    sure = lead is Lead.NEAR
    if not states or (not sure and _is_word(name)) or not name[0].isalpha():
        return None
    if home_state in states or (sure and len(states) == 1):
        return _found(name, home_state or None)
    cities = gazetteer.names().cities
    sizes = sorted(((len(cities.get((at, key(name)), ())), at) for at in states), reverse=True)
    size, state = sizes[0]
    rival = sizes[1][0] if len(sizes) > 1 else 0
    least = GREAT if lead is not Lead.NOTHING else GREATEST if alone else inf
    great = size >= least and size >= GREAT * rival
    if size < SIZEABLE or (len(sizes) > 1 and not great):
        return None
    return _found(f"{name}, {state}", None)


def _states_of(city: str) -> frozenset[str]:
    return frozenset(gazetteer.names().states_with_city.get(key(city), ()))


def _county(name: str) -> str | None:
    folded = name.casefold()
    if folded.startswith("condado de "):
        return f"{name[len('condado de ') :]} County"
    return name if says_county(name) and not folded.startswith(("county", "the ")) else None


def _with_state(name: str, *, last: bool) -> tuple[str, str | None]:
    """Return the name and the state that ends it, if it surely is one."""
    if "," in name:
        city, _, end = name.rpartition(",")
        return city.strip(), state_code(end.strip()) if city.strip() else None
    words = name.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        city, end = " ".join(words[:-size]), " ".join(words[-size:])
        state = state_code(end)
        if state is None:
            continue
        shouted = end.isupper() and not city.isupper()
        if len(end) > 2 or state not in _WORDS_TOO or shouted or last:
            return city, state
    return name, None


def _found(name: str, home_state: str | None) -> Place | None:
    try:
        return find_place(name, home_state=home_state)
    except DomainError:
        return None


@lru_cache(maxsize=4096)
def _is_word(name: str) -> bool:
    """Say whether the name is one of the field's own words: "Recovery", "Hope house"."""
    return all(token in _words() for token in tokens(name))


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """Return the words with which names of needs end."""
    said = (tokens(word) for term in taxonomy() for word in (term.name_en, term.name_es))
    return frozenset(each[-1] for each in said if each)


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Return the words of the field: those that stand alone, and those of several phrases."""
    said = [word for term in taxonomy() for word in term.words]
    said += [
        " ".join(phrase)
        for phrase, meaning in grammar().phrases.items()
        if meaning.sets is not Sets.NEAR
    ]
    phrases = [tuple(tokens(text)) for text in said]
    times = Counter(token for phrase in set(phrases) for token in set(phrase))
    alone = {phrase[0] for phrase in phrases if len(phrase) == 1}
    states = {token for name in STATES.values() for token in tokens(name)}
    return frozenset(alone | {token for token, count in times.items() if count > 1}) - states
