"""What several words say together, in whatever order: "they cut our lights off". Pure.

The table is ``situations.csv``. A phrase that stands as it is has its place in the taxonomy; here
are the words by which people tell of a need without its name, and by which they ask for what places
say of themselves. Which words were meant is returned with each; nothing is taken out of the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from resourcedir.engine.analysis import raw_words
from resourcedir.taxonomy.csvtable import Line, read_table, split_list

WITHIN: Final = 12  # words in a row in which all must stand: farther apart they tell nothing
_COLUMNS: Final = ("does", "field", "codes", "words", "source")
WORD: Final = "word"  # in place of a field: what comes first is who says one of the words
_ANY: Final = "*"  # at the end of a word: any ending
_AFTER: Final = """
s es ed d er ers ing ings en ens y ies o os a as e an on ar ado ada ados adas ando iendo aron ieron
aba aban amos imos
"""
_ENDINGS: Final = frozenset(("", *_AFTER.split()))
"""What may come behind the beginning of a word in either language; anything else is a mistake."""


class Does(StrEnum):
    """What a situation does: name what is looked for, or put something before or behind others."""

    NAMES = "names"
    INSTEAD = "instead"  # of what some of the words name by themselves
    PREFERS = "prefers"
    AVOIDS = "avoids"


@dataclass(frozen=True, slots=True)
class Told:
    """A keyword field and its values, and the numbers of the words that tell of them."""

    does: Does
    keyword: tuple[str, frozenset[str]]
    at: tuple[int, ...]


Phrase = tuple[str, ...]
Places = tuple[int, ...]  # of words in a row of them


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What must be said for it, each in one of its ways: bits in ``Situations.wanted``."""

    does: Does
    keyword: tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of several words to say one thing of a pattern; ``then`` are those after two."""

    pattern: int
    group: int
    then: Phrase


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a word, or the beginning of one, says.

    ``alone`` has bits of the groups of patterns; ``longer`` are ways that begin with it, by the
    word that must come next.
    """

    alone: dict[int, int] = field(default_factory=dict)
    longer: dict[str, list[_Way]] = field(default_factory=dict)


class Situations:
    """All patterns, each found by the first word of any of its ways."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.patterns: list[_Pattern] = []
        self.wanted: list[int] = []
        self.words: set[str] = set()
        self._begun: dict[str, _Begun] = {}
        for line in lines:
            self._add(line)

    def _add(self, line: Line) -> None:
        if line.cells["does"] not in set(Does):
            raise line.fault(f"nothing is done by {line.cells['does']}")
        keyword = (line.cells["field"], frozenset(split_list(line, "codes")))
        for text in split_list(line, "words"):
            groups = text.split()
            pattern = _Pattern(Does(line.cells["does"]), keyword)
            for number, ways in enumerate(groups):
                for way in ways.split("|"):
                    self._add_way(line, way, len(self.patterns), number)
            self.patterns.append(pattern)
            self.wanted.append((1 << len(groups)) - 1)

    def _add_way(self, line: Line, way: str, pattern: int, group: int) -> None:
        said = tuple(_folded(word) for word in way.split("_"))
        if not all(word.strip(_ANY) for word in said):
            raise line.fault(f"{way!r} has an empty word")
        self.words.update(word for word in said if not word.endswith(_ANY))
        begun = self._begun.setdefault(said[0], _Begun())
        if len(said) == 1:
            begun.alone[pattern] = begun.alone.get(pattern, 0) | 1 << group
        else:
            begun.longer.setdefault(said[1], []).append(_Way(pattern, group, said[2:]))

    def has_form(self, word: str) -> bool:
        """Say whether the word is a form of one that the table has the beginning of."""
        return any(
            word[:size] + _ANY in self._begun and word[size:] in _ENDINGS
            for size in range(3, len(word) + 1)
        )

    def begun(self, word: str) -> tuple[_Begun, ...]:
        """Return what the word says, and what its beginnings do."""
        return tuple(self._begun[key] for key in _keys(word) if key in self._begun)


@cache
def situations() -> Situations:
    """Return the table of the package. Raises ValueError, naming the line, if it is faulty."""
    return Situations(read_table("resourcedir.search.understanding", "situations.csv", _COLUMNS))


def told(words: Sequence[str]) -> tuple[Told, ...]:
    """Return what the words (folded, in order) tell together."""
    return _told(tuple(words))


@lru_cache(maxsize=512)
def _told(words: Phrase) -> tuple[Told, ...]:
    """Return what is told: first which patterns are said in full, as bits, for these are few."""
    alone = [(at, each.alone) for at, word in enumerate(words) for each in _begun(word)]
    longer = [(at, way) for at in range(len(words)) for way in _longer(words, at)]
    groups: defaultdict[int, int] = defaultdict(int)
    for _, patterns in alone:
        for pattern, bits in patterns.items():
            groups[pattern] |= bits
    for _, way in longer:
        groups[way.pattern] |= 1 << way.group
    wanted = situations().wanted
    full = [one for one, bits in groups.items() if bits == wanted[one]]
    return tuple(_met({pattern: _places(pattern, alone, longer) for pattern in full}))


def _places(
    pattern: int, alone: Iterable[tuple[int, Mapping[int, int]]], longer: Iterable[tuple[int, _Way]]
) -> Mapping[int, list[Places]]:
    """Return where each group of a pattern is said, by its number."""
    found: defaultdict[int, list[Places]] = defaultdict(list)
    for at, patterns in alone:
        for group in _groups(patterns.get(pattern, 0)):
            found[group].append((at,))
    for at, way in longer:
        if way.pattern == pattern:
            found[way.group].append(tuple(range(at, at + 2 + len(way.then))))
    in_order = sorted((sorted(places), group) for group, places in found.items())
    return {group: places for places, group in in_order}


def _longer(words: Phrase, at: int) -> Iterator[_Way]:
    """Yield the ways of several words that stand there."""
    keys = _keys(words[at + 1]) if at + 1 < len(words) else ()
    for each in _begun(words[at]) if keys else ():
        for key in keys if each.longer else ():
            ways = each.longer.get(key, ())
            yield from (way for way in ways if _is_said(words, at + 2, way.then))


def _groups(bits: int) -> Iterator[int]:
    return (group for group in range(bits.bit_length()) if bits >> group & 1)


def _met(said: Mapping[int, Mapping[int, list[Places]]]) -> Iterator[Told]:
    patterns = situations().patterns
    for number, groups in said.items():
        pattern = patterns[number]
        at = _closest(list(groups.values()))
        if at is not None:
            yield Told(pattern.does, pattern.keyword, at)


def _closest(groups: Sequence[list[Places]]) -> Places | None:
    """Return where all is said within a few words, each by words of its own."""
    for first in groups[0]:
        chosen = list(first)
        for ways in groups[1:]:
            free = [way for way in ways if not set(way) & set(chosen)]
            if not free:
                break
            chosen += _nearest(free, first[0])
        else:
            if max(chosen) - min(chosen) < WITHIN:
                return tuple(sorted(chosen))
    return None


def _nearest(ways: Iterable[Places], to: int) -> Places:
    return min(ways, key=lambda way: abs(way[0] - to))


def _is_said(words: Phrase, at: int, then: Phrase) -> bool:
    """Say whether the words stand there."""
    return not then or (at + len(then) <= len(words) and all(map(_is, words[at:], then)))


def _is(word: str, wanted: str) -> bool:
    if wanted.endswith(_ANY):
        return word.startswith(wanted.removesuffix(_ANY))
    return word == wanted


@lru_cache(maxsize=20_000)
def _begun(word: str) -> tuple[_Begun, ...]:
    return situations().begun(word)


@lru_cache(maxsize=20_000)
def _keys(word: str) -> tuple[str, ...]:
    """Return the word, and the beginnings by which the table may have it."""
    return (word, *(word[:size] + _ANY for size in range(2, len(word) + 1)))


def _folded(word: str) -> str:
    ending = _ANY if word.endswith(_ANY) else ""
    return "".join(raw_words(word.removesuffix(_ANY))) + ending
