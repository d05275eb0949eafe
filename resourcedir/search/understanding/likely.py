"""What need words are likely to tell of, learned from sentences that tell of one.

The names of needs stand in the taxonomy; here is what people say instead of them. Each word, pair
of words and piece of four letters (so that an ending or a slip changes little) has a few numbers in
``likely.npz``; their sum says how likely each need is. ``circumstances.npz`` says the same of whom
it is for. The files are made by ``bench.teaching``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import pairwise
from math import exp
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.analysis import token_of

WRITTEN: Final = "likely.npz"
PIECE: Final = 4  # letters
NONE: Final = "none"  # in place of a need: of what says whom it is for, or who pays
LEAST_LEFT: Final = 0.05  # of the odds, for what somebody offers
MOST_LIKELY: Final = 8  # needs that are told, the likeliest first


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned of features, by the sorted numbers that stand for them.

    A row of ``meanings`` times its ``sizes`` is what a feature says; ``tells`` and ``usual`` make
    of the sum of all how likely each of ``codes`` is.
    """

    features: NDArray[np.uint32]
    meanings: NDArray[np.int8]
    sizes: NDArray[np.float32]
    tells: NDArray[np.float32]
    usual: NDArray[np.float32]
    codes: tuple[str, ...]
    places: Mapping[str, int]

    def known(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words, folded, that were learned, or other forms of them."""
        own = np.array([_numbers_of(word)[0] for word in words], np.uint32)
        places = np.searchsorted(self.features, own)
        held = self.features.take(places, mode="clip") == own
        return tuple(word for word, is_known in zip(words, held.tolist(), strict=True) if is_known)

    def worth(self, words: tuple[str, ...]) -> NDArray[np.float32]:
        """Return how much the words speak for each of ``codes``, as a logarithm."""
        said = numbers(words)
        places = np.searchsorted(self.features, said)
        places = places[self.features.take(places, mode="clip") == said]
        sizes = self.sizes.take(places) / max(1.0, len(places)) ** 0.5
        worth = (sizes @ self.meanings.take(places, axis=0)) @ self.tells + self.usual
        return np.asarray(worth, np.float32)

    def likely(self, words: tuple[str, ...]) -> NDArray[np.float32]:
        """Return how likely each of ``codes`` is told, of which one is: together 1."""
        worth = self.worth(words)
        odds = np.exp(worth - worth.max())
        return np.asarray(odds / odds.sum(), np.float32)


@lru_cache(maxsize=1000)
def likely(
    words: tuple[str, ...],
    also: tuple[str, ...],
    named: tuple[tuple[str, float], ...] = (),
    offered: frozenset[str] | None = None,
) -> tuple[tuple[str, float], ...]:
    """Return the likeliest needs, by code, and how likely each is; none where none is told.

    What ``words`` tell, folded, and what they tell with others besides (``also`` has both) count
    alike. Of codes that are ``named`` the logarithm of the odds is so much higher. What is not
    ``offered`` by anybody is not meant, if anything else may be (None: that is not known).
    """
    if not words:
        return ()
    known = learned()
    odds = known.likely(words)
    if also != words:
        odds = (odds + known.likely(also)) * np.float32(0.5)
    for code, worth in named:
        if code in known.places:
            odds[known.places[code]] *= np.float32(exp(worth))
    odds = _offered(odds / odds.sum(), offered)
    first = np.argsort(-odds, kind="stable")[:MOST_LIKELY]
    if known.codes[first[0]] == NONE:
        return ()
    told = ((known.codes[place], float(odds[place])) for place in first)
    return tuple((code, odd) for code, odd in told if code != NONE)


@lru_cache(maxsize=64)
def _here(offered: frozenset[str]) -> NDArray[np.float32]:
    return np.array([code in offered or code == NONE for code in learned().codes], np.float32)


def _offered(odds: NDArray[np.float32], offered: frozenset[str] | None) -> NDArray[np.float32]:
    if offered is None:
        return odds
    left = odds * _here(offered)
    told = float(left.sum()) - float(left[learned().places[NONE]])
    return np.asarray(left / left.sum(), np.float32) if told >= LEAST_LEFT else odds


@lru_cache(maxsize=20_000)
def is_learned(word: str) -> bool:
    """Say whether a word, folded, or another form of it was in the sentences."""
    return bool(learned().known((word,)))


def features(words: Sequence[str]) -> list[str]:
    """Return what of the words is looked at, each once."""
    return list(dict.fromkeys((*_pairs(words), *(each for word in words for each in _own(word)))))


def _pairs(words: Sequence[str]) -> Iterator[str]:
    stems = [token_of(word) or word for word in words]
    return (f"{first} {second}" for first, second in pairwise(stems))


def _own(word: str) -> Iterator[str]:
    """Yield the word, which is none of the pieces of others, and its own pieces."""
    yield _whole(word)
    framed = f"<{word}>"
    yield from (framed[at : at + PIECE] for at in range(len(framed) - PIECE + 1))


def _whole(word: str) -> str:
    return f"={token_of(word) or word}"


@lru_cache(maxsize=1000)
def numbers(words: tuple[str, ...]) -> NDArray[np.uint32]:
    """Return the numbers of what is looked at: those of ``features``, worked out word by word."""
    found = [each for word in words for each in _numbers_of(word)]
    found += map(number, _pairs(words))
    return np.array(list(dict.fromkeys(found)), np.uint32)


@lru_cache(maxsize=20_000)
def _numbers_of(word: str) -> tuple[int, ...]:
    return tuple(map(number, _own(word)))


def number(feature: str) -> int:
    """Return the number that stands for a feature."""
    return crc32(feature.encode(errors="surrogatepass"))


@cache
def learned(name: str = WRITTEN) -> Learned:
    """Return what the package has learned, by the name of its file."""
    with as_file(files(__package__) / name) as path, np.load(path) as stored:
        kept: dict[str, Any] = {key: stored[key] for key in stored.files}
    kept["codes"] = tuple(map(str, kept["codes"]))
    places = {code: place for place, code in enumerate(kept["codes"])}
    return Learned(**kept, places=places)
