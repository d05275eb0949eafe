"""What a peer's own language does not say: distances, filters, counts and the blend, in numpy.

The arrays lie in the peer's folder, one value a key, and are mapped into memory.
"""

import math
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.corpora import words
from bench.corpora.corpus import Corpus, bits
from bench.corpora.questions import EARTH_RADIUS_KM, HALF_CLOSE_KM, PAGE, Ask
from bench.peers import Found

Keys = NDArray[np.int64]
Reals = NDArray[np.float32]
_NONE: Final = len(words.CATEGORIES)
_MASKS: Final = {"cat": "categories", "elig": "eligibility", "lang": "languages"}


def write_arrays(corpus: Corpus, folder: Path) -> None:
    """Write what ``Arrays`` reads."""
    latitudes = np.radians(corpus.array("latitude") / 1e6)
    np.save(folder / "phi.npy", latitudes.astype(np.float32))
    np.save(folder / "lam.npy", np.radians(corpus.array("longitude") / 1e6).astype(np.float32))
    np.save(folder / "cosine.npy", np.cos(latitudes).astype(np.float32))
    four = np.full((corpus.size, 4), _NONE, np.uint8)
    for key, mask in enumerate(corpus.array("categories").tolist()):
        held = bits(mask)
        four[key, : len(held)] = held
    np.save(folder / "four.npy", four)
    for name in _MASKS.values():
        np.save(folder / f"{name}.npy", np.array(corpus.array(name)))


class Arrays:
    """One value a key, and the arithmetic over those of an answer."""

    def __init__(self, folder: Path) -> None:
        self._phi = _map(folder, "phi")
        self._lam = _map(folder, "lam")
        self._cosine = _map(folder, "cosine")
        self._four = _map(folder, "four")
        self._masks = {field: _map(folder, name) for field, name in _MASKS.items()}

    def distances_km(self, keys: Keys, ask: Ask) -> Reals:
        """Return the great-circle distance of each key."""
        phi, lam = np.float32(math.radians(ask.latitude)), np.float32(math.radians(ask.longitude))
        half = np.float32(0.5)
        north = np.sin((self._phi[keys] - phi) * half)
        east = np.sin((self._lam[keys] - lam) * half)
        line = north * north + self._cosine[keys] * np.float32(math.cos(phi)) * (east * east)
        away: Reals = np.arcsin(np.sqrt(line)) * np.float32(2 * EARTH_RADIUS_KM)
        return away

    def having(self, keys: Keys, field: str, value: int) -> NDArray[np.bool_]:
        """Return which keys have the value."""
        held: NDArray[np.bool_] = (self._masks[field][keys] >> np.uint64(value) & np.uint64(1)) != 0
        return held

    def counts(self, keys: Keys) -> list[int]:
        """Return how many keys have each category."""
        counted: list[int] = np.bincount(self._four[keys].ravel(), minlength=_NONE + 1).tolist()
        return counted[:_NONE]

    def answer(self, keys: Keys, fits: Reals | None, ask: Ask, *, wish: int | None) -> Found:
        """Return the answer about the keys that match in a box around the place.

        ``fits`` are their BM25. The categories are counted before the wished one is demanded.
        """
        away = self.distances_km(keys, ask)
        near = np.flatnonzero(away <= ask.within_km)
        keys, away = keys[near], away[near]
        fits = None if fits is None else fits[near]
        counts = self.counts(keys)
        if wish is not None:
            chosen = self.having(keys, "cat", wish)
            keys, away = keys[chosen], away[chosen]
            fits = None if fits is None else fits[chosen]
        closeness = np.float32(HALF_CLOSE_KM) / (np.float32(HALF_CLOSE_KM) + away)
        scores = closeness if fits is None or not len(fits) else fits / fits.max() + closeness
        return Found(len(keys), best(keys, scores), counts)


def best(keys: Keys, scores: Reals) -> list[int]:
    """Return the keys of the best scores, equal ones by key."""
    if len(keys) > PAGE:
        chosen = np.argpartition(scores, len(keys) - PAGE)[-PAGE:]
        keys, scores = keys[chosen], scores[chosen]
    ordered: list[int] = keys[np.lexsort((keys, -scores))].tolist()
    return ordered


def box(ask: Ask) -> tuple[float, float, float, float]:
    """Return south, north, west and east of a box that holds the circle, in degrees."""
    tall = math.degrees(ask.within_km / EARTH_RADIUS_KM) * 1.0001
    wide = tall / math.cos(math.radians(abs(ask.latitude) + tall))
    return (
        ask.latitude - tall,
        ask.latitude + tall,
        ask.longitude - wide,
        ask.longitude + wide,
    )


def cell(latitude: float, longitude: float, per_degree: float) -> tuple[int, int]:
    """Return the row and column of the square that holds a point."""
    return int((latitude + 90) * per_degree), int((longitude + 180) * per_degree)


def cells(ask: Ask, per_degree: float) -> list[str]:
    """Return the names of the squares that the box of the question touches."""
    south, north, west, east = box(ask)
    low, left = cell(south, west, per_degree)
    high, right = cell(north, east, per_degree)
    return [f"{y}_{x}" for y in range(low, high + 1) for x in range(left, right + 1)]


def _map(folder: Path, name: str) -> NDArray[Any]:
    mapped: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r")
    return np.asarray(mapped)  # the subclass costs a microsecond a look
