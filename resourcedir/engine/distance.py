"""How far documents are from a place. Pure arithmetic over unit vectors; no look-ups.

A point is kept as its unit vector from the center of the Earth, because the straight line between
two such vectors costs three subtractions, and the great circle follows from it exactly:
``2 R asin(line / 2)``, which is the haversine formula in other words and as stable for near points.
"""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius R1 of WGS 84 (Moritz 2000, IUGG)

Vector = tuple[float, float, float]


def unit_vector(latitude: float, longitude: float) -> Vector:
    """Return the direction of a point given in degrees."""
    phi, lam = radians(latitude), radians(longitude)
    return cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)


def distances_km(origin: Vector, vectors: Iterable[Vector]) -> list[float]:
    """Return the great-circle distance in kilometres from ``origin`` to each of ``vectors``.

    Over the ground, not by road. Against the WGS 84 ellipsoid it errs by at most about 0.6 %.
    """
    a, b, c = origin
    half_lines = (
        sqrt((x - a) * (x - a) + (y - b) * (y - b) + (z - c) * (z - c)) / 2 for x, y, z in vectors
    )
    return [2 * EARTH_RADIUS_KM * asin(half if half < 1.0 else 1.0) for half in half_lines]
