"""The words that are known whatever the listings say: of terms, lists, phrases and places. Pure.

All are folded and unstemmed; how one is spelt is told beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from resourcedir.engine.analysis import raw_words
from resourcedir.places import gazetteer
from resourcedir.places.names import STATES
from resourcedir.search.understanding.by_ear import by_sound
from resourcedir.search.understanding.everyday import OF_THE_FIELD
from resourcedir.search.understanding.grammar import NUMBER, grammar
from resourcedir.search.understanding.nearest import Nearest
from resourcedir.search.understanding.placing import DISTANCE_WORDS, SIZEABLE
from resourcedir.search.understanding.situations import situations
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.terms import taxonomy

_RUN: Final = 3  # words in a row that may be written as one


@cache
def field() -> frozenset[str]:
    """Return the words of terms, lists, phrases and distances, and of the names of states."""
    return in_names() | situations().words


@cache
def in_names() -> frozenset[str]:
    """Return those that are no mere everyday words by which people tell of a need."""
    texts = [*_texts(), *STATES.values(), *DISTANCE_WORDS]
    said = {word for text in texts for word in raw_words(text)}
    phrases = {word for phrase in grammar().phrases for word in phrase}
    return frozenset(said | OF_THE_FIELD | phrases)


@cache
def forms() -> frozenset[str]:
    """Return the singulars and plurals of words of terms: these are found as they are.

    Not of phrases that set something: those are compared as they stand.
    """
    words = {word for text in _texts() for word in raw_words(text)}
    words -= {word for phrase in grammar().phrases for word in phrase}
    singular = {word.removesuffix(end) for word in words for end in ("s", "es")}
    return frozenset({word + end for word in words for end in ("s", "es")} | singular)


@cache
def names_of_places() -> frozenset[str]:
    """Return the words of the names of all towns and counties."""
    names = gazetteer.names()
    cities = {zip_.city for zips in names.cities.values() for zip_ in zips}
    counties = {zip_.county or "" for zips in names.counties.values() for zip_ in zips}
    return frozenset(word for name in (*cities, *counties) for word in raw_words(name))


def size_of_town(word: str) -> int:
    """Return how many ZIP codes the largest town has that the word is in the name of."""
    return _sizes().get(word, 0)


@lru_cache(maxsize=8)
def likely(home_state: str) -> Nearest:
    """Return the words of the field and of the towns that a misspelt word is likely to mean."""
    names = (*_towns(home_state), *_also_called(home_state))
    towns = (word for name in names for word in raw_words(name))
    return Nearest(sorted({*field(), *towns}))


@lru_cache(maxsize=8)
def sounding(home_state: str) -> Mapping[str, tuple[str, ...]]:
    """Return the same words by how they sound."""
    return by_sound(likely(home_state).words)


def spelt(word: str, home_state: str) -> str:
    """Return a known word as it is written, with its accents; a town's with its capital."""
    return _spellings(home_state).get(word, word)


@cache
def pairs() -> frozenset[tuple[str, str]]:
    """Return the words that stand next to each other in what is known: those are two words."""
    return frozenset(pair for words in _phrases() for pair in pairwise(words))


@lru_cache(maxsize=8)
def town_pairs(home_state: str) -> frozenset[tuple[str, str]]:
    """Return the words that stand next to each other in the name of a town that is likely meant."""
    names = {*_towns(home_state), *_also_called(home_state)}
    return frozenset(pair for name in names for pair in pairwise(raw_words(name)))


@lru_cache(maxsize=8)
def written_as_one(home_state: str) -> Mapping[str, str]:
    """Return the phrases, and the names of towns, by their words written as one."""
    found = {
        "".join(run): " ".join(spelt(word, home_state) for word in run)
        for words in _phrases()
        for run in _runs(words)
    }
    names = (*_also_called(home_state), *_towns(home_state))
    towns = {"".join(raw_words(name)): name for name in names if " " in name}
    return {**towns, **found}


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(2, _RUN + 1):
        for start in range(len(words) - size + 1):
            yield words[start : start + size]


@cache
def _phrases() -> tuple[tuple[str, ...], ...]:
    told = {tuple(raw_words(text)) for text in _texts()}
    return tuple(sorted(told | {each for each in grammar().phrases if NUMBER not in each}))


def _texts() -> Iterator[str]:
    for term in taxonomy():
        yield from term.words
    for entries in vocabulary.words().values():
        for each in entries.values():
            yield from (each.name_en, each.name_es)


@cache
def _sizes() -> Mapping[str, int]:
    sizes: dict[str, int] = {}
    for zips in gazetteer.names().cities.values():
        for word in raw_words(zips[0].city):
            sizes[word] = max(sizes.get(word, 0), len(zips))
    return sizes


def _towns(home_state: str) -> Iterator[str]:
    for (state, _), zips in gazetteer.names().cities.items():
        if state == home_state or len(zips) >= SIZEABLE:
            yield zips[0].city


def _also_called(home_state: str) -> Iterator[str]:
    """Yield the towns at home that have no ZIP code of their own, as East Ridge."""
    for (state, _), zips in gazetteer.names().other_cities.items():
        if state == home_state:
            yield from (name for zip_ in zips for name in zip_.other_cities)


@lru_cache(maxsize=8)
def _spellings(home_state: str) -> Mapping[str, str]:
    towns = dict(_spelt_in(_towns(home_state)))
    accented = {word: text.lower() for word, text in _spelt_in(_texts()) if text.lower() != word}
    return {**{word: text for word, text in towns.items() if word not in field()}, **accented}


def _spelt_in(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in texts:
        for part in text.split():
            said = part.strip("().,;:/&'\"")
            words = list(raw_words(said))
            if len(words) == 1 and len(words[0]) == len(said):
                yield words[0], said
