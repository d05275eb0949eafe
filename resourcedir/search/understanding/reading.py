"""Reads a text from left to right: of what may begin at a word the longest is taken. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from resourcedir.engine.analysis import token_of
from resourcedir.places.place import Place, PlaceKind
from resourcedir.search.naming import longest_term
from resourcedir.search.understanding.grammar import (
    AGES,
    EITHER,
    LIGHT,
    MEASURED,
    SURE,
    Meaning,
    grammar,
)
from resourcedir.search.understanding.pieces import Piece, Sets, Understood
from resourcedir.search.understanding.placing import Lead, distance_at, place_at, state_said
from resourcedir.search.understanding.situations import Does, told
from resourcedir.search.understanding.units import Unit, units_of, words_of
from resourcedir.taxonomy.terms import taxonomy

_ONCE: Final = frozenset((Sets.WITHIN, Sets.NEED))
"""What a search has one of: the first that is said counts, later ones stay words."""


_GIVES_WAY: Final = frozenset((Sets.NOTHING, Sets.POPULATION, Sets.COST, Sets.PAYER, Sets.NEED))
"""What words set by themselves no longer where they tell of a need with others."""
_FOR_AN_OFFENSE: Final = "behavior-classes"
"""Needs for which an offense is no limit: a group for sex offenders."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """What begins at a unit: where it ends, and what it sets; None for words."""

    end: int
    sets: Sets | None
    values: tuple[str, ...] = ()
    place: Place | None = None
    sure: bool = False  # of a place: a word before it says so, or it is a ZIP code


def _told(units: Sequence[Unit]) -> Iterator[tuple[tuple[str, frozenset[str]], tuple[int, ...]]]:
    """Yield what units name together, and their numbers."""
    words = [(at, word) for at, each in enumerate(units) if not each.quoted for word in each.words]
    for each in told([word for _, word in words]):
        if each.does in {Does.NAMES, Does.INSTEAD}:
            yield each.keyword, tuple(words[place][0] for place in each.at)


def _lights(units: Sequence[Unit]) -> int:
    """Return how many of the first units change nothing, three at the most."""
    count = 0
    while count < min(3, len(units)) and units[count].words[0] in LIGHT:
        count += 1
    return count


def read(text: str, *, home_state: str = "", but: Collection[Sets] = ()) -> Understood:
    """Return the pieces of ``text``; ``but`` names what it must not set, since that is settled."""
    return _Reader(text, home_state, set(but)).read()


_HAPPENED: Final = frozenset(
    ("born", "raised", "convicted", "arrested", "warrant", "warrants", "nacio", "naci", "nacido",
     "nacida", "nacimos", "orden")
)  # fmt: skip
"""What comes before a place where somebody was, as in "born in Ohio"."""


class _Reader:
    def __init__(self, text: str, home_state: str, settled: set[Sets]) -> None:
        self._text = text
        self._settled = settled
        self._units = units_of(text)
        self._home_state = state_said(self._units) or home_state
        named = list(_told(self._units))
        self._told = {number for _, at in named for number in at}
        classes = taxonomy().within(_FOR_AN_OFFENSE)
        self._classes = {number for (_, codes), at in named if codes <= classes for number in at}

    def read(self) -> Understood:
        found = []
        at = 0
        while at < len(self._units):
            meant = self._meant(at)
            if meant.sets is not None:
                found.append((at, meant))
                if meant.sets in _ONCE:
                    self._settled.add(meant.sets)
            at = meant.end
        places = [meant for _, meant in found if meant.sets is Sets.NEAR]
        place = next((each for each in places if each.sure), places[0] if places else None)
        kept = [each for each in found if each[1].sets is not Sets.NEAR or each[1] is place]
        return Understood(self._text, tuple(self._piece(at, meant) for at, meant in kept))

    def _piece(self, at: int, meant: _Meant) -> Piece:
        start, end = self._units[at].start, self._units[meant.end - 1].end
        words = self._text[start:end]
        return Piece(start, end, words, meant.sets or Sets.NOTHING, meant.values, meant.place)

    def _meant(self, at: int) -> _Meant:
        units = self._units
        if units[at].quoted:
            return _Meant(at + 1, None)
        found = [_Meant(at + 1, None)]
        found += [_Meant(longest_term([unit.text for unit in self._unquoted(at)]) + at, None)]
        found += [each for each in (self._distance(at), self._phrase(at), self._place(at)) if each]
        best = max(found, key=lambda each: (each.end, each.sets is not None))
        return _Meant(at + 1, None) if self._is_told(at, best) else best

    def _is_told(self, at: int, meant: _Meant) -> bool:
        """Say whether the words tell of a need with others, so that they must stay words.

        What only fills a sentence stays for any of its words ("get out"), what sets something
        where nothing else of it would be left ("my husband hits me").
        """
        words = range(at, meant.end)
        if meant.sets is Sets.OFFENSE:
            return all(each in self._classes for each in words)
        if meant.sets not in _GIVES_WAY:
            return False
        if meant.sets is Sets.NOTHING:
            return any(each in self._told for each in words)
        return all(each in self._told or self._is_light(each) for each in words)

    def _is_light(self, at: int) -> bool:
        words = self._units[at].words
        return words[0] in LIGHT or not any(map(token_of, words))

    def _unquoted(self, at: int) -> list[Unit]:
        units = self._units[at : at + grammar().longest]
        ends = next((number for number, unit in enumerate(units) if unit.quoted), len(units))
        return units[:ends]

    def _distance(self, at: int) -> _Meant | None:
        if Sets.WITHIN in self._settled or (found := distance_at(self._units, at)) is None:
            return None
        end, miles = found
        return _Meant(end, Sets.WITHIN, (f"{miles:.10g}",))

    def _phrase(self, at: int) -> _Meant | None:
        """Return the longest phrase, which may begin with words that change nothing."""
        units = self._unquoted(at)
        found = [each for light in range(_lights(units) + 1) if (each := self._longest(at, light))]
        return max(found, key=lambda each: each.end, default=None)

    def _longest(self, at: int, light: int) -> _Meant | None:
        units = self._unquoted(at)[light:]
        for size in range(len(units), 0, -1):
            meaning = grammar().meaning(words_of(units[:size]))
            end = at + light + size
            if meaning is None or (light and meaning.sets is Sets.NEAR):
                continue
            if light and self._names_more(at + light, end):
                continue
            if self._is_measured(end):
                continue
            if (meant := self._of_phrase(end, meaning)) is not None:
                return meant
        return None

    def _names_more(self, at: int, end: int) -> bool:
        """Say whether a term begins there that goes on behind ``end``: "a free phone"."""
        return at + longest_term([unit.text for unit in self._unquoted(at)]) > end

    def _is_measured(self, end: int) -> bool:
        """Say whether a number stands before ``end`` that counts what comes behind it."""
        if end == len(self._units):
            return False
        last = self._units[end - 1].words[-1]
        return (last.isdigit() or last in AGES) and self._units[end].words[0] in MEASURED

    def _of_phrase(self, end: int, meaning: Meaning) -> _Meant | None:
        if meaning.sets is Sets.NEAR:
            return self._after_preposition(end, sure=meaning.value == SURE)
        if meaning.sets in self._settled:
            return None
        return _Meant(
            end, meaning.sets, tuple(meaning.value.split(EITHER)) if meaning.value else ()
        )

    def _after_preposition(self, at: int, *, sure: bool) -> _Meant | None:
        """Return the place with the words before it; without one these say nothing."""
        if Sets.NEAR not in self._settled and not self._is_past(at):
            lead = Lead.NEAR if sure else Lead.IN
            place = place_at(self._text, self._units, at, self._home_state, lead)
            if place is not None:
                return _Meant(place[0], Sets.NEAR, (place[1].label,), place[1], sure=True)
        return _Meant(at, Sets.NOTHING) if sure else None

    def _place(self, at: int) -> _Meant | None:
        if Sets.NEAR in self._settled or self._is_past(at):
            return None
        sure = self._is_from(at)
        lead = Lead.NEAR if sure else Lead.NOTHING
        found = place_at(self._text, self._units, at, self._home_state, lead)
        if found is None:
            return None
        end, place = found
        sure = sure or place.kind is PlaceKind.ZIP
        return _Meant(end, Sets.NEAR, (place.label,), place, sure=sure)

    def _is_past(self, at: int) -> bool:
        """Say whether it is told what happened here: that is not where to look."""
        before = self._units[max(0, at - 2) : at]
        return any(unit.words[0] in _HAPPENED for unit in before)

    def _is_from(self, at: int) -> bool:
        """Say whether a distance was said that is from what stands here."""
        said_before = at > 0 and self._units[at - 1].words[-1] in {"of", "from", "de", "del"}
        return said_before and Sets.WITHIN in self._settled
