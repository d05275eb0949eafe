"""The phrases that name terms of the taxonomy, found as the engine cuts words. Pure.

Stems are English. A single Spanish word is known by its own forms, since its stem may be that of an
English one ("calle", "calling"); so is a phrase that has lost most of its words ("not that bad
yet", "bad") known by all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from resourcedir.engine.analysis import raw_words, tokens
from resourcedir.taxonomy.terms import Term, taxonomy

LOST: Final = 2  # words of a phrase that may be missing before one word alone says too little

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Name:
    """A term by one phrase. It must be said in one of ``forms``, or with all of ``whole``."""

    code: str
    forms: frozenset[str] = frozenset()
    whole: tuple[str, ...] = ()

    def is_said(self, words: Sequence[str], text: Sequence[str]) -> bool:
        if self.forms:
            return not self.forms.isdisjoint(words)
        size = len(self.whole)
        starts = range(len(text) - size + 1)
        return not size or any(tuple(text[at : at + size]) == self.whole for at in starts)


def terms_named(words: Sequence[str], text: Sequence[str]) -> frozenset[str]:
    """Return the codes of the terms that ``words`` name together, all of them; ``text`` is around.

    Both are as typed.
    """
    phrase = tuple(token for word in words for token in cut(word))
    names = _names().get(phrase, ())
    if not any(each.forms or each.whole for each in names):
        return frozenset(each.code for each in names)
    said, around = _raw(words), _raw(text)
    return frozenset(each.code for each in names if each.is_said(said, around))


@lru_cache(maxsize=20_000)
def cut(text: str) -> tuple[str, ...]:
    """Return the tokens of a word or two as typed: the same are asked for in many phrases."""
    return tuple(tokens(text))


@cache
def longest() -> int:
    """Return how many words the longest phrase has, with stop words that may stand in it."""
    return max(len(raw_words(words)) for term in taxonomy() for words in term.words) + 1


def _raw(texts: Sequence[str]) -> list[str]:
    return [word for text in texts for word in raw_words(text)]


@cache
def _names() -> dict[Phrase, tuple[_Name, ...]]:
    found: dict[Phrase, dict[_Name, None]] = {}
    for term in taxonomy():
        for phrase, name in _phrases(term):
            found.setdefault(phrase, {})[name] = None
    return {phrase: tuple(names) for phrase, names in found.items()}


def _phrases(term: Term) -> Iterator[tuple[Phrase, _Name]]:
    for text in (term.name_en, *term.synonyms_en):
        name, said = tuple(tokens(text)), raw_words(text)
        if name:
            lost = len(name) == 1 and len(said) - 1 >= LOST
            yield name, _Name(term.code, whole=tuple(said) if lost else ())
    for text in (term.name_es, *term.synonyms_es):
        name = tuple(tokens(text))
        if len(name) == 1:
            own = [word for word in raw_words(text) if tuple(tokens(word)) == name]
            yield name, _Name(term.code, forms=frozenset(_forms(own[0])))
        elif name:
            yield name, _Name(term.code)


def _forms(word: str) -> Iterator[str]:
    yield from (word, f"{word}s", f"{word}es", word.removesuffix("s"), word.removesuffix("es"))
