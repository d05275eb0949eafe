"""What several words say together, in whatever order: "they cut our lights off". Pure.

The table is ``situations.csv``. A phrase that stands as it is has its place in the taxonomy; here
are the words by which people tell of a need without its name, and by which they ask for what places
say of themselves. Which words were meant is returned with each; nothing is taken out of the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    """One way to say one thing of a pattern; ``then`` are the words after the first."""

    pattern: int
    group: int
    then: Phrase


class Situations:
    """All patterns, each found by the first word of any of its ways."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.patterns: list[_Pattern] = []
        self.wanted: list[int] = []
        self.words: set[str] = set()
        self._whole: defaultdict[str, list[_Way]] = defaultdict(list)
        self._begun: defaultdict[str, list[_Way]] = defaultdict(list)
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
        first, then = said[0], said[1:]
        found = self._begun if first.endswith(_ANY) else self._whole
        found[first.removesuffix(_ANY)].append(_Way(pattern, group, then))

    def has_form(self, word: str) -> bool:
        """Say whether the word is a form of one that the table has the beginning of."""
        return any(
            word[:size] in self._begun and word[size:] in _ENDINGS
            for size in range(3, len(word) + 1)
        )

    def beginning(self, word: str) -> tuple[_Way, ...]:
        """Return all ways that may begin with the word."""
        found = list(self._whole.get(word, ()))
        for size in range(2, len(word) + 1):
            found += self._begun.get(word[:size], ())
        return tuple(found)


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
    begun = [_beginning(word) for word in words]
    groups: defaultdict[int, int] = defaultdict(int)
    for at, (alone, longer) in enumerate(begun):
        for pattern, group in alone:
            groups[pattern] |= group
        for way in longer:
            if _end(words, at + 1, way.then) is not None:
                groups[way.pattern] |= 1 << way.group
    wanted = situations().wanted
    full = [one for one, bits in groups.items() if bits == wanted[one]]
    said: dict[int, dict[int, list[Places]]] = {number: {} for number in full}
    for at, word in enumerate(words if full else ()):
        for way in _ways(word):
            if way.pattern in said and (end := _end(words, at + 1, way.then)) is not None:
                said[way.pattern].setdefault(way.group, []).append(tuple(range(at, end)))
    return tuple(_met(said))


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


def _end(words: Phrase, at: int, then: Phrase) -> int | None:
    """Return where the words behind the first end, if they stand there."""
    end = at + len(then)
    if len(words) < end or not all(map(_is, words[at:end], then)):
        return None
    return end


def _is(word: str, wanted: str) -> bool:
    if wanted.endswith(_ANY):
        return word.startswith(wanted.removesuffix(_ANY))
    return word == wanted


@lru_cache(maxsize=20_000)
def _ways(word: str) -> tuple[_Way, ...]:
    return situations().beginning(word)


@lru_cache(maxsize=20_000)
def _beginning(word: str) -> tuple[tuple[tuple[int, int], ...], tuple[_Way, ...]]:
    """Return what the word says alone, as patterns and the bit of their group, and longer ways."""
    ways = _ways(word)
    alone = {way.pattern: 0 for way in ways if not way.then}
    for way in ways:
        if not way.then:
            alone[way.pattern] |= 1 << way.group
    return tuple(alone.items()), tuple(way for way in ways if way.then)


def _folded(word: str) -> str:
    ending = _ANY if word.endswith(_ANY) else ""
    return "".join(raw_words(word.removesuffix(_ANY))) + ending
