"""The words that the listings have, unstemmed, as the index keeps them: for repair and completion.

Each part of the index is read once, when a word that nothing has is first met in it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final
from weakref import WeakKeyDictionary

from resourcedir.engine.analysis import token_of
from resourcedir.engine.documents import Index, Part
from resourcedir.search.in_house import in_house
from resourcedir.search.understanding.nearest import Nearest

FIELD: Final = "said"
SURELY: Final = 3  # listings that have a word, from which on it is surely no slip of theirs

_known: Final[WeakKeyDictionary[Any, Nearest]] = WeakKeyDictionary()


class Lexicon:
    """The words of one index; with ``surely`` one that few listings have counts as none.

    ``seldom`` says whether such a word was asked for.

    :raises IndexMissing: where there is no index.
    """

    def __init__(self, index: Index, *, surely: bool = False) -> None:
        self._parts: Sequence[Part] = index.parts()
        self._surely = surely
        self.seldom = False

    def has(self, word: str) -> bool:
        """Say whether listings have the word, in whatever text."""
        token = token_of(word)
        if not token:
            return True
        listings = sum(part.says(token) for part in self._parts)
        self.seldom = self.seldom or 0 < listings < SURELY
        return listings >= (SURELY if self._surely else 1)

    def near(self, word: str) -> Iterator[tuple[int, str]]:
        """Yield the words of names one edit away, each with how many listings have it."""
        for part in self._parts:
            if (nearest := _known.get(part)) is None:
                nearest = _known[part] = Nearest(part.values(FIELD))
            for _, found in nearest.within(word, 1):
                yield int(part.having(FIELD, (found,)).sum()), found

    def names(self, word: str) -> bool:
        """Say whether the word, as it stands, is in the name of any listing."""
        return any(bool(part.having(FIELD, (word,)).any()) for part in self._parts)

    def together(self, first: str, second: str) -> bool:
        """Say whether the name of any listing has both words."""
        return any(
            bool((part.having(FIELD, (first,)) & part.having(FIELD, (second,))).any())
            for part in self._parts
        )

    def offered(self) -> frozenset[str]:
        """Return the needs that any listing meets, if only for its own clients; whole kinds too."""
        needs, says = zip(*map(_offered, self._parts), strict=True) if self._parts else ((), ())
        return _with_their_own(frozenset().union(*needs), frozenset().union(*says))

    def beginning(self, start: str, most: int) -> set[str]:
        """Return words of names that begin with ``start``, the first ``most`` of each part."""
        found: set[str] = set()
        for part in self._parts:
            values = part.values(FIELD)
            first = bisect_left(values, start)
            found.update(
                each for each in islice(values, first, first + most) if each.startswith(start)
            )
        return found


_stated: Final[WeakKeyDictionary[Any, tuple[frozenset[str], frozenset[str]]]] = WeakKeyDictionary()
"""For each part, the needs that its listings meet, and the codes by which they say what they do."""


def _offered(part: Part) -> tuple[frozenset[str], frozenset[str]]:
    if (known := _stated.get(part)) is None:
        known = _held(part, "term"), _held(part, "says")
        _stated[part] = known
    return known


def _held(part: Part, field: str) -> frozenset[str]:
    return frozenset(each for each in part.values(field) if part.having(field, (each,)).any())


@lru_cache(maxsize=64)
def _with_their_own(needs: frozenset[str], says: frozenset[str]) -> frozenset[str]:
    own = {need for need, codes in in_house().items() if not says.isdisjoint(codes)}
    return needs | own
