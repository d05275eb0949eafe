"""Cuts what somebody typed into clauses: phrases that name a term of the taxonomy, and the rest.

Pure, but for the engine's own way of cutting words. There is no query syntax.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Clause
from resourcedir.taxonomy.terms import taxonomy

MOST_WORDS: Final = 32  # more is a pasted page, not a question
_WORD: Final = re.compile(r"[^\s,;/]+")

Phrase = tuple[str, ...]


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of ``text``; the longest phrase that names a term wins.

    Stop words stand in no clause. Names and synonyms of both languages are known.
    """
    words = [(word, tuple(tokens(word))) for word in _WORD.findall(text)[:MOST_WORDS]]
    return tuple(_cut([(word, cut) for word, cut in words if cut]))


def longest_term(units: Sequence[str]) -> int:
    """Return how many of the first texts name a term together, at the most; 0 where none do.

    A phrase neither begins nor ends with a stop word.
    """
    cut = [tuple(tokens(unit)) for unit in units]
    if not cut or not cut[0]:
        return 0
    for end in range(len(cut), 0, -1):
        phrase = tuple(token for part in cut[:end] for token in part)
        if cut[end - 1] and phrase in _lexicon():
            return end
    return 0


def _cut(words: list[tuple[str, Phrase]]) -> Iterator[Clause]:
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            phrase = tuple(token for _, cut in words[start:end] for token in cut)
            if named := _lexicon().get(phrase):
                yield Clause(" ".join(word for word, _ in words[start:end]), ("term", named))
                start = end
                break
        else:
            yield Clause(words[start][0])
            start += 1


@cache
def _lexicon() -> dict[Phrase, frozenset[str]]:
    """Return each phrase that names terms, as the engine cuts it, with their codes."""
    found: dict[Phrase, set[str]] = {}
    for term in taxonomy():
        for words in term.words:
            if phrase := tuple(tokens(words)):
                found.setdefault(phrase, set()).add(term.code)
    return {phrase: frozenset(codes) for phrase, codes in found.items()}
