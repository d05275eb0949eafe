"""Puts words right that nothing has. Pure: what the listings say comes in as ``Said``.

Never a word that exists anywhere, nor a number, nor what stands in quotation marks. Words that
belong together are put together, and apart where they were written as one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from resourcedir.engine.analysis import raw_words, token_of
from resourcedir.search.understanding.by_ear import sound
from resourcedir.search.understanding.everyday import COMMON, EVERYDAY
from resourcedir.search.understanding.known_words import (
    field,
    forms,
    in_names,
    likely,
    names_of_places,
    pairs,
    size_of_town,
    sounding,
    spelt,
    town_pairs,
    written_as_one,
)
from resourcedir.search.understanding.nearest import edits
from resourcedir.search.understanding.situations import situations
from resourcedir.search.understanding.units import Unit, units_of, words_of

SHORTEST: Final = 4  # letters of a word that is looked at: of shorter ones all are near each other
FAR: Final = 4  # edits from which on two words are not alike, however they sound
TWO_EDITS_FROM: Final = 7  # letters from which on two edits leave no doubt what is meant
THREE_EDITS_FROM: Final = 10  # letters from which on three do, if the first two are right
BEGUN_FROM: Final = 5  # letters from which on the beginning of one word alone says which
SURELY_BEGUN_FROM: Final = 6  # and is likelier than a mistake
AS_ONE_FROM: Final = 6  # letters of words written as one
TOGETHER_FROM: Final = 5  # letters of a word that is put together, if a part of it says nothing
SURELY_TOGETHER_FROM: Final = 7  # and if both parts are words: "bus car" is no "buscar"
_BEFORE: Final = frozenset(("in", "un", "re"))  # short parts that begin a word: "in patient"
_CORE: Final = re.compile(r"[^\W_](?:.*[^\W_])?")


class Said(Protocol):
    """The words of the listings."""

    def has(self, word: str) -> bool:
        """Say whether any listing has the word, in whatever text."""
        ...

    def near(self, word: str) -> Iterable[tuple[int, str]]:
        """Return the words of names one edit away, each with how many listings have it."""
        ...

    def names(self, word: str) -> bool:
        """Say whether the word, as it stands, is in the name of any listing."""
        ...

    def together(self, first: str, second: str) -> bool:
        """Say whether the name of any listing has both words."""
        ...

    def offered(self) -> frozenset[str] | None:
        """Return the needs that any listing meets, None if that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Repair:
    """A word or two as typed, and what they are taken for."""

    typed: str
    meant: str

    @property
    def key(self) -> str:
        """Return what names the typed words in an address."""
        return " ".join(raw_words(self.typed))


@dataclass(frozen=True, slots=True)
class Repaired:
    text: str
    repairs: tuple[Repair, ...] = ()


def repaired(text: str, said: Said, *, home_state: str, as_typed: Collection[str]) -> Repaired:
    """Return ``text`` with the words put right that nothing has, but for those ``as_typed``."""
    mender = _Mender(text, said, home_state, as_typed)
    units = units_of(text)
    kept: list[str] = []
    repairs = []
    at = place = 0
    while place < len(units):
        taken, meant = mender.at(units, place)
        start, end = units[place].start, units[place + taken - 1].end
        place += taken
        core = _CORE.search(text, start, end)
        if meant is None or core is None:
            continue
        kept += [text[at : core.start()], meant]
        at = core.end()
        repairs.append(Repair(core[0], meant))
    return Repaired("".join([*kept, text[at:]]), tuple(repairs))


class _Mender:
    def __init__(self, text: str, said: Said, home_state: str, as_typed: Collection[str]) -> None:
        self._text = text
        self._said = said
        self._home_state = home_state
        self._as_typed = as_typed

    def at(self, units: Sequence[Unit], place: int) -> tuple[int, str | None]:
        """Return how many units were looked at, and what they are taken for, if they are."""
        for size in (1, 2):
            some = list(units[place : place + size])
            one_blank = self._text[some[0].end : some[-1].start].isspace() or len(some) == 1
            if one_blank and len(words_of(some)) == 2 and (whole := self._together(some)):
                return len(some), whole
        unit, before = units[place], units[place - 1].words[-1] if place else ""
        return 1, self._alone(unit, before) if _is_looked_at(unit) else None

    def _together(self, units: list[Unit]) -> str | None:
        first, second = words_of(units)
        word = first + second
        if any(unit.quoted for unit in units) or f"{first} {second}" in self._as_typed:
            return None
        if word not in likely(self._home_state) or (first, second) in pairs():
            return None
        if not self._is_one(first, second) or self._said.together(first, second):
            return None
        return spelt(word, self._home_state)

    def _is_one(self, first: str, second: str) -> bool:
        """Say whether two words that make a known one are surely no two words."""
        word, shorter = first + second, min(len(first), len(second))
        if shorter < 2 or len(word) < TOGETHER_FROM:
            return False
        if not (self._exists(first) and self._exists(second)):
            return True
        begins = first in _BEFORE and len(second) >= TOGETHER_FROM
        return word in field() and len(word) >= SURELY_TOGETHER_FROM and (shorter > 2 or begins)

    def _alone(self, unit: Unit, before: str) -> str | None:
        word, typed = unit.words[0], unit.text
        if word in self._as_typed:
            return None
        if self._exists(word):
            return self._town(word) or self._alike(word)
        if len(word) >= AS_ONE_FROM and (apart := written_as_one(self._home_state).get(word)):
            return apart
        meant = self._meant(word, before)
        if meant is None:
            return None
        shown = spelt(meant, self._home_state)
        return shown.capitalize() if typed[:1].isupper() and shown.islower() else shown

    def _exists(self, word: str) -> bool:
        return _is_known(word) or self._said.has(word) or self._is_a_form(word)

    def _is_a_form(self, word: str) -> bool:
        """Say whether it is a form of an everyday word, and no slip of one of a need's name."""
        if not situations().has_form(word):
            return False
        return not any(near in in_names() for _, near in likely(self._home_state).within(word, 1))

    def _town(self, word: str) -> str | None:
        """Return the town that a word means which exists as another form of its name alone.

        Listings are asked for stems, and "Nashvile" has that of Nashville.
        """
        if _is_known(word):
            return None
        stem = token_of(word)
        near = (each for _, each in likely(self._home_state).within(word, 1))
        towns = [each for each in near if each in names_of_places() and token_of(each) == stem]
        return spelt(towns[0], self._home_state) if len(towns) == 1 else None

    def _alike(self, word: str) -> str | None:
        """Return the word of a need's name that a long word sounds like, if it is no word itself.

        Listings are asked for stems, and "counciling" has that of a council.
        """
        if _is_known(word) or len(word) < TWO_EDITS_FROM or self._said.names(word):
            return None
        found = [each for _, each in self._heard(word) if each in in_names() and each != word]
        return found[0] if len(found) == 1 else None

    def _meant(self, word: str, before: str) -> str | None:
        """Return the word that is meant: the fewest edits away, the field's own before names.

        A word of the field that sounds the same is as near as one that is an edit away, and one
        that ends the name of a town which the word ``before`` begins is nearer ("East Rige").
        """
        own = likely(self._home_state)
        if len(word) >= SURELY_BEGUN_FROM and (whole := own.begun(word)):
            return whole
        found = [*own.within(word, 1), *self._heard(word)]
        found += [(0, other) for other in (word.replace("f", "ph"),) if other in field()]
        towns = town_pairs(self._home_state)
        ranked = [
            (
                _unlike(word, each, away) - 2 * ((before, each) in towns),
                not self._said.has(each),
                -size_of_town(each),
                each,
            )
            for away, each in found
        ]
        ranked = [each for each in ranked if len(each[-1]) >= SHORTEST and each[0] <= FAR]
        if ranked:
            return min(ranked)[-1]
        if name := self._name(word):
            return name
        if len(word) >= BEGUN_FROM and (whole := own.begun(word)):
            return whole
        return self._far(word)

    def _far(self, word: str) -> str | None:
        """Return the word of the field that is two edits away; three, if it begins alike."""
        if len(word) < TWO_EDITS_FROM:
            return None
        own = likely(self._home_state)
        ways = [(2, "")] + [(3, word[:2])] * (len(word) >= THREE_EDITS_FROM)
        for most, start in ways:
            far = [
                (_unlike(word, each, away), each) for away, each in own.within(word, most, start)
            ]
            if alike := [each for each in far if each[0] < FAR]:
                return min(alike)[1]
        return None

    def _name(self, word: str) -> str | None:
        """Return the word of a listing's name that is one edit away, the likest first."""
        near = [(_unlike(word, name, 1), -count, name) for count, name in self._said.near(word)]
        near = [each for each in near if each[2][0] == word[0] and len(each[2]) >= SHORTEST]
        return min(near)[2] if near else None

    def _heard(self, word: str) -> Iterator[tuple[int, str]]:
        """Yield what sounds the same if half of the letters do too; towns are less likely."""
        for each in sounding(self._home_state).get(sound(word), ()):
            if 2 * (away := edits(word, each, FAR)) <= len(word):
                yield away + (each not in field()), each


def _is_known(word: str) -> bool:
    """Say whether it is a word whatever the listings say."""
    if word in EVERYDAY or word in COMMON:
        return True
    return word in field() or word in names_of_places() or word in forms() or not token_of(word)


def _is_looked_at(unit: Unit) -> bool:
    word = unit.words[0]
    whole = len(unit.words) == 1 and not unit.quoted
    return whole and len(word) >= SHORTEST and not any(map(str.isdigit, word))


def _unlike(word: str, other: str, away: int) -> float:
    """Return how unlike the words are: mistakes seldom change the ends, or how a word sounds.

    Words of needs are meant more often than towns, and these than everyday words.
    """
    ends = (word[0] != other[0]) + (word[-1] != other[-1])
    strange = 0.0 if other in in_names() else 0.4 if other in names_of_places() else 0.6
    return away + 0.5 * ends + strange + 0.8 * edits(sound(word), sound(other), 2)
