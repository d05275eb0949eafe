"""Words that say nearly the same, in both languages: who asks for a cook means a kitchen too. Pure.

The table is ``alike.csv``. It names no need: of places that answer alike it tells which says what
was asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from resourcedir.engine.analysis import raw_words, token_of
from resourcedir.taxonomy.csvtable import Line, read_table, split_list

_ANY: Final = "*"  # at the end of a word: any ending
_LONGEST_ENDING: Final = 6  # letters
_ENDINGS: Final = ("", "s", "ing", "er", "ed")  # by which listings may say a word, in English

Groups = Mapping[str, tuple[int, ...]]


class Alike:
    """All groups: the words that say so, and by which tokens listings do."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.whole: defaultdict[str, list[int]] = defaultdict(list)
        self.begun: defaultdict[str, list[int]] = defaultdict(list)
        self.tokens: list[tuple[str, ...]] = []
        for number, line in enumerate(lines):
            words = split_list(line, "words")
            if len(words) < 2:
                raise line.fault("one word alone is like nothing")
            for word in words:
                said = raw_words(word.removesuffix(_ANY).replace("_", " "))
                if len(said) == 1:
                    (self.begun if word.endswith(_ANY) else self.whole)[said[0]].append(number)
            self.tokens.append(tuple(dict.fromkeys(_tokens(words))))

    def groups(self, word: str) -> Iterator[int]:
        """Yield the numbers of the groups that a word, folded, is in."""
        yield from self.whole.get(word, ())
        for size in range(max(3, len(word) - _LONGEST_ENDING), len(word) + 1):
            yield from self.begun.get(word[:size], ())


@lru_cache(maxsize=20_000)
def alike(word: str) -> tuple[str, ...]:
    """Return the tokens of what says nearly the same as a word, folded; not its own."""
    known, own = _alike(), token_of(word)
    found = (token for number in known.groups(word) for token in known.tokens[number])
    return tuple(token for token in dict.fromkeys(found) if token != own)


def _tokens(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        if "_" not in word:
            endings = _ENDINGS if word.endswith(_ANY) else ("",)
            base = "".join(raw_words(word.removesuffix(_ANY)))
            yield from filter(None, (token_of(base + ending) for ending in endings))


@cache
def _alike() -> Alike:
    return Alike(read_table("resourcedir.search.understanding", "alike.csv", ("words", "why")))
