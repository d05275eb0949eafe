"""The phrases that set something, read from ``grammar.csv``: English and Spanish, and their source.

Pure. What a phrase does to a search is told here alone; ``#`` in a phrase is any number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from resourcedir.engine.analysis import raw_words
from resourcedir.search.understanding.pieces import Sets
from resourcedir.taxonomy.csvtable import Line, read_table, split_list
from resourcedir.taxonomy.terms import taxonomy

_COLUMNS: Final = ("sets", "value", "en", "es", "source")
_LEVELS: Final = {"asam", "level", "nivel"}  # of care, before their number
NUMBER: Final = "#"
COUNTED: Final = frozenset(
    ("two", "three", "four", "five", "six", "dos", "tres", "cuatro", "cinco", "seis")
)
"""Numbers in words that stand before children."""
LIGHT: Final = frozenset(
    ("for", "a", "an", "the", "my", "some", "who", "is", "para", "un", "una", "unas", "unos", "la",
     "las", "el", "los", "que", "mi", "sea", "sean", "son", "es")
)  # fmt: skip
"""Words that may stand before any phrase and change nothing of it."""
SURE: Final = "near"
"""The value of phrases after which any place may stand; after others only one that is likely."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase sets."""

    sets: Sets
    value: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """All phrases by their words, folded; ``longest`` is how many words the longest has."""

    phrases: Mapping[Phrase, Meaning]
    longest: int

    def meaning(self, words: Phrase) -> Meaning | None:
        """Return what the words set, where a number may stand for ``#``."""
        if (found := self.phrases.get(words)) is not None:
            return found
        if not any(word.isdigit() or word in COUNTED for word in words):
            return None
        counted = (NUMBER if word.isdigit() or word in COUNTED else word for word in words)
        return self.phrases.get(tuple(counted))


@cache
def grammar() -> Grammar:
    """Return the grammar of the package. Raises ValueError, naming the line, if it is faulty."""
    lines = read_table(
        "resourcedir.search.understanding", "grammar.csv", _COLUMNS, may_be_empty={"value", "es"}
    )
    phrases = {**dict(_levels_of_care()), **dict(_phrases(lines))}
    return Grammar(phrases, max(map(len, phrases)))


@cache
def fillers() -> frozenset[str]:
    """Return the words of phrases that name nothing: "looking for", "que me"."""
    return frozenset(
        word
        for words, meaning in grammar().phrases.items()
        if meaning.sets is Sets.NOTHING
        for word in words
    )


def phrase(text: str) -> Phrase:
    """Return the words of a phrase as they are compared."""
    return tuple(NUMBER if word == NUMBER else raw for word in text.split() for raw in _raw(word))


def _raw(word: str) -> Iterable[str]:
    return (NUMBER,) if word == NUMBER else raw_words(word)


def _phrases(lines: Iterable[Line]) -> Iterator[tuple[Phrase, Meaning]]:
    seen: dict[Phrase, Meaning] = {}
    for line in lines:
        if line.cells["sets"] not in set(Sets):
            raise line.fault(f"nothing is called {line.cells['sets']}")
        meaning = Meaning(Sets(line.cells["sets"]), line.cells["value"])
        for text in (*split_list(line, "en"), *split_list(line, "es")):
            words = phrase(text)
            if seen.setdefault(words, meaning) != meaning:
                raise line.fault(f"{text!r} has two meanings")
            yield words, meaning


def _levels_of_care() -> Iterator[tuple[Phrase, Meaning]]:
    """Yield the levels of care of the taxonomy: "asam 2.1", "nivel 3.5"."""
    for term in taxonomy():
        for text in term.words:
            words = phrase(text)
            if len(words) > 1 and words[0] in _LEVELS and words[1].isdigit():
                yield words, Meaning(Sets.NEED, term.code)
