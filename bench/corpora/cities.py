"""Two hundred cities of the United States, for invented listings to lie around."""

from collections import defaultdict
from functools import cache
from statistics import median
from typing import Final

import numpy as np
import zipcodes
from numpy.typing import NDArray

CITIES: Final = 200
_TERRITORIES: Final = {"AA", "AE", "AP", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"}


@cache
def cities() -> NDArray[np.float64]:
    """Return latitude and longitude in degrees, the cities with most ZIP codes first."""
    points = defaultdict(list)
    for row in zipcodes.list_all():  # type: ignore[no-untyped-call]
        if row["state"] not in _TERRITORIES and row["lat"]:
            points[row["city"], row["state"]].append((float(row["lat"]), float(row["long"])))
    ranked = sorted(points.items(), key=lambda item: (-len(item[1]), item[0]))[:CITIES]
    return np.array([[median(axis) for axis in zip(*found, strict=True)] for _, found in ranked])


def weights() -> NDArray[np.float64]:
    """Return how likely a listing lies in each city: a large city has many times a small one's."""
    rising = 1 / (np.arange(CITIES) + 3.0)
    likely: NDArray[np.float64] = rising / rising.sum()
    return likely


def scattered(
    chance: np.random.Generator, count: int, typical_km: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return latitudes and longitudes of ``count`` points around cities, in degrees."""
    where = cities()[chance.choice(CITIES, count, p=weights())]
    radius = chance.gamma(1.6, typical_km / 1.6, count) / 111.2
    angle = chance.uniform(0, 2 * np.pi, count)
    latitudes = where[:, 0] + radius * np.sin(angle)
    longitudes = where[:, 1] + radius * np.cos(angle) / np.cos(np.radians(where[:, 0]))
    return latitudes, longitudes
