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
AGES: Final = {
    word: str(age)
    for age, words in {
        11: "eleven once", 12: "twelve doce", 13: "thirteen trece", 14: "fourteen catorce",
        15: "fifteen quince", 16: "sixteen dieciseis", 17: "seventeen diecisiete",
        18: "eighteen dieciocho", 19: "nineteen diecinueve", 20: "twenty veinte",
        60: "sixty sesenta", 70: "seventy setenta", 80: "eighty ochenta", 90: "ninety noventa",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Numbers in words that say how old somebody is."""
_MEASURES: Final = """
day days week weeks month months minute minutes hour hours mile miles block blocks step steps
dollar dollars buck bucks cent cents percent pound pounds feet times mg milligrams thousand k
hundred am pm one two three four five six seven eight nine dia dias semana semanas mes meses
minuto minutos hora horas milla millas cuadra cuadras paso pasos dolar dolares peso pesos veces
"""
MEASURED: Final = frozenset(_MEASURES.split())
"""What comes behind a number that is no age: "she is sixteen weeks pregnant"."""
LIGHT: Final = frozenset(
    ("for", "a", "an", "the", "my", "some", "who", "is", "para", "un", "una", "unas", "unos", "la",
     "las", "el", "los", "que", "mi", "sea", "sean", "son", "es")
)  # fmt: skip
"""Words that may stand before any phrase and change nothing of it."""
SURE: Final = "near"
"""The value of phrases after which any place may stand; after others only one that is likely."""

EITHER: Final = "|"
"""Stands between values of which any will do: without insurance, who asks for little or nothing."""
BY_AGE: Final = "age"
"""The value of phrases that say how old somebody is: which population that is, the number tells."""
_AGES: Final = ((17, "youth"), (25, "young-adults"), (59, ""), (110, "seniors"))
_YOUNGEST: Final = 10  # of whom anybody asks; a smaller number is hardly an age

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
        numbers = [word for word in words if word.isdigit() or word in COUNTED or word in AGES]
        if not numbers:
            return None
        counted = (NUMBER if word in numbers else word for word in words)
        found = self.phrases.get(tuple(counted))
        if found is not None and found.value == BY_AGE:
            return _of_age(AGES.get(numbers[0], numbers[0]))
        return None if AGES.keys() & set(numbers) else found


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


def says_near(text: str) -> bool:
    """Say whether a place is named with a word such as "near" before it."""
    words = tuple(raw_words(text))
    meant = (grammar().phrases.get(words[:size]) for size in range(1, len(words)))
    return any(each == Meaning(Sets.NEAR, SURE) for each in meant)


def phrase(text: str) -> Phrase:
    """Return the words of a phrase as they are compared."""
    return tuple(NUMBER if word == NUMBER else raw for word in text.split() for raw in _raw(word))


def _of_age(number: str) -> Meaning | None:
    if not number.isdigit() or not _YOUNGEST <= int(number) <= _AGES[-1][0]:
        return None
    value = next(value for oldest, value in _AGES if int(number) <= oldest)
    return Meaning(Sets.POPULATION, value) if value else Meaning(Sets.NOTHING, "")


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
