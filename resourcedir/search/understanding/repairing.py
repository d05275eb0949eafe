"""Puts words right that nothing has. Pure: what the listings say comes in as ``Said``.

Never a word that exists anywhere, nor a number, nor what stands in quotation marks.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from resourcedir.engine.analysis import raw_words, token_of
from resourcedir.places import gazetteer
from resourcedir.places.names import STATES
from resourcedir.search.understanding.by_ear import by_sound, sound
from resourcedir.search.understanding.everyday import COMMON, EVERYDAY, OF_THE_FIELD
from resourcedir.search.understanding.grammar import grammar
from resourcedir.search.understanding.nearest import Nearest, edits
from resourcedir.search.understanding.placing import DISTANCE_WORDS, SIZEABLE
from resourcedir.search.understanding.situations import situations
from resourcedir.search.understanding.units import Unit, units_of
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.terms import taxonomy

SHORTEST: Final = 4  # letters of a word that is looked at: of shorter ones all are near each other
_CORE: Final = re.compile(r"[^\W_](?:.*[^\W_])?")
FAR: Final = 4  # edits from which on two words are not alike, however they sound
TWO_EDITS_FROM: Final = 7  # letters from which on two edits leave no doubt what is meant


class Said(Protocol):
    """The words of the listings."""

    def has(self, word: str) -> bool:
        """Say whether any listing has the word, in whatever text."""
        ...

    def near(self, word: str) -> Iterable[tuple[int, str]]:
        """Return the words of names one edit away, each with how many listings have it."""
        ...


@dataclass(frozen=True, slots=True)
class Repair:
    """A word as typed, and the one that it is taken for."""

    typed: str
    meant: str

    @property
    def key(self) -> str:
        """Return what names the typed word in an address."""
        return raw_words(self.typed)[0]


@dataclass(frozen=True, slots=True)
class Repaired:
    text: str
    repairs: tuple[Repair, ...] = ()


def repaired(text: str, said: Said, *, home_state: str, as_typed: Collection[str]) -> Repaired:
    """Return ``text`` with the words put right that nothing has, but for those ``as_typed``."""
    kept: list[str] = []
    repairs = []
    at = 0
    for unit in units_of(text):
        word = unit.words[0]
        if not _is_looked_at(unit) or word in as_typed or _exists(word, said):
            continue
        meant, core = _meant(word, said, home_state), _CORE.search(unit.text)
        if meant is None or core is None:
            continue
        kept += [text[at : unit.start + core.start()], meant]
        at = unit.start + core.end()
        repairs.append(Repair(core[0], meant))
    return Repaired("".join([*kept, text[at:]]), tuple(repairs))


def _is_looked_at(unit: Unit) -> bool:
    word = unit.words[0]
    whole = len(unit.words) == 1 and not unit.quoted
    return whole and len(word) >= SHORTEST and not any(map(str.isdigit, word))


def _exists(word: str, said: Said) -> bool:
    if word in EVERYDAY or word in COMMON or situations().has_form(word):
        return True
    return word in _field() or not token_of(word) or said.has(word) or word in _names_of_places()


def _meant(word: str, said: Said, home_state: str) -> str | None:
    """Return the word that is meant: the fewest edits away, the field's own before names.

    A word of the field that sounds the same is as near as one that is an edit away.
    """
    own = _own(home_state)
    found = [(away, each) for away, each in own.within(word, 1)]
    found += list(_heard(word, home_state))
    ranked = [(_unlike(word, each, away), not said.has(each), each) for away, each in found]
    ranked = [each for each in ranked if len(each[2]) >= SHORTEST and each[0] <= FAR]
    if ranked:
        return min(ranked)[2]
    names = [(_unlike(word, name, 1), -count, name) for count, name in said.near(word)]
    names = [each for each in names if each[2][0] == word[0] and len(each[2]) >= SHORTEST]
    if not names and len(word) >= TWO_EDITS_FROM:
        names = [(_unlike(word, each, away), 0, each) for away, each in own.within(word, 2)]
        names = [each for each in names if each[0] < FAR]
    return min(names)[2] if names else None


def _heard(word: str, home_state: str) -> Iterator[tuple[int, str]]:
    """Yield the words that sound the same if half of the letters do too; towns are less likely."""
    for each in _by_ear(home_state).get(sound(word), ()):
        if 2 * (away := edits(word, each, FAR)) <= len(word):
            yield away + (each not in _field()), each


def _unlike(word: str, other: str, away: int) -> float:
    """Return how unlike the words are: mistakes seldom change the ends, or how a word sounds."""
    ends = (word[0] != other[0]) + (word[-1] != other[-1])
    return away + 0.5 * ends + 1.5 * (sound(word) != sound(other))


@lru_cache(maxsize=8)
def _own(home_state: str) -> Nearest:
    """Return the words of the field and of the places that a misspelt word is likely to mean."""
    cities = (
        word
        for (state, _), zips in gazetteer.names().cities.items()
        if state == home_state or len(zips) >= SIZEABLE
        for word in raw_words(zips[0].city)
    )
    return Nearest(sorted({*_field(), *cities}))


@lru_cache(maxsize=8)
def _by_ear(home_state: str) -> Mapping[str, tuple[str, ...]]:
    return by_sound(_own(home_state).words)


@lru_cache(maxsize=1)
def _field() -> frozenset[str]:
    """Return the words of terms, lists and grammar, folded and unstemmed."""
    texts = [words for term in taxonomy() for words in term.words]
    for entries in vocabulary.words().values():
        texts += [name for each in entries.values() for name in (each.name_en, each.name_es)]
    texts += [*STATES.values(), *DISTANCE_WORDS]
    said = {word for text in texts for word in raw_words(text)}
    said |= situations().words | OF_THE_FIELD
    return frozenset(said | {word for phrase in grammar().phrases for word in phrase})


@lru_cache(maxsize=1)
def _names_of_places() -> frozenset[str]:
    names = gazetteer.names()
    cities = {zip_.city for zips in names.cities.values() for zip_ in zips}
    counties = {zip_.county or "" for zips in names.counties.values() for zip_ in zips}
    return frozenset(word for name in (*cities, *counties) for word in raw_words(name))
