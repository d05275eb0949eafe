"""Finds the documents around a place by a grid over the Earth. Pure arithmetic over arrays.

Cells are a twentieth of a degree wide and high, numbered row by row from the south. Documents lie
sorted by their cell, so that the part of a row that a circle touches is one slice.

A point is kept as its unit vector from the center of the Earth. The square of the straight line
between two such vectors costs a subtraction and a product, and the great circle follows from it
exactly: ``2 R asin(line / 2)``, the haversine formula in other words and as stable for near points.
"""

from collections.abc import Iterator
from math import asin, cos, degrees, floor, pi, radians, sin
from typing import Final

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius R1 of WGS 84 (Moritz 2000, IUGG)
MICRO: Final = 1_000_000  # parts of a degree in which latitudes and longitudes are kept
CELL: Final = MICRO // 20
_COLUMNS: Final = 360 * MICRO // CELL + 1
_SLACK_RADIANS: Final = 1e-7  # 0.6 m more than is asked for, so that rounding loses no cell
_FEW: Final = 4_096  # documents: so many are sooner measured than sorted out by their column

Integers = NDArray[np.int32]
Places = NDArray[np.intp]
Reals = NDArray[np.float64]


def cells(latitudes: Integers, longitudes: Integers) -> Integers:
    """Return the number of the cell of each point, given in micro-degrees."""
    rows = (latitudes.astype(np.int64) + 90 * MICRO) // CELL
    columns = (longitudes.astype(np.int64) + 180 * MICRO) // CELL
    return (rows * _COLUMNS + columns).astype(np.int32)


def unit_vectors(latitudes: Reals, longitudes: Reals) -> Reals:
    """Return the directions of points given in degrees: three rows, x, y and z."""
    phi, lam = np.deg2rad(latitudes), np.deg2rad(longitudes)
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def unit_vector(latitude: float, longitude: float) -> Reals:
    """Return the direction of one point given in degrees, as a column."""
    phi, lam = radians(latitude), radians(longitude)
    return np.array([[cos(phi) * cos(lam)], [cos(phi) * sin(lam)], [sin(phi)]])


def squares(vectors: Reals, place: Reals) -> Reals:
    """Return the square of the line from ``place`` to each of the vectors, on the unit sphere."""
    lines = vectors - place
    found: Reals = np.einsum("ij,ij->j", lines, lines)
    return found


def kilometres(squares: Reals) -> Reals:
    """Return the great-circle distances of squared lines.

    Over the ground, not by road. Against the WGS 84 ellipsoid they err by at most about 0.6 %.
    """
    halves: Reals = np.sqrt(squares)
    halves *= 0.5
    np.minimum(halves, 1.0, out=halves)
    np.arcsin(halves, out=halves)
    halves *= 2 * EARTH_RADIUS_KM
    return halves


def widest_square(within_km: float) -> float:
    """Return the square of the line to what is just within; a millionth more, for rounding."""
    angle = min(within_km / (2 * EARTH_RADIUS_KM), pi / 2)
    return float((2 * sin(angle)) ** 2 * (1 + 2e-6) + 1e-15)


def spans(
    sorted_cells: Integers, latitude: float, longitude: float, within_km: float
) -> tuple[Places, Places]:
    """Return where in ``sorted_cells`` those lie that a circle may touch: starts and ends, rising.

    Latitude and longitude in degrees. No cell of the circle is left out; some beside it are in.
    """
    reach = degrees(within_km / EARTH_RADIUS_KM + _SLACK_RADIANS)
    first = floor((max(latitude - reach, -90.0) + 90) * MICRO / CELL)
    last = floor((min(latitude + reach, 90.0) + 90) * MICRO / CELL)
    ends = np.array([first * _COLUMNS, (last + 1) * _COLUMNS], np.int32)
    band = sorted_cells.searchsorted(ends)
    if band[1] - band[0] <= _FEW:
        return band[:1], band[1:]
    rows = np.arange(first, last + 1, dtype=np.int32) * np.int32(_COLUMNS)
    borders = [
        rows + np.int32(floor((each + 180) * MICRO / CELL) + side)
        for west_east in _longitudes(latitude, longitude, within_km)
        for side, each in enumerate(west_east)
    ]
    found = sorted_cells.searchsorted(np.concatenate(borders)).reshape(-1, 2, len(rows))
    starts, ends_ = found[:, 0].ravel(), found[:, 1].ravel()
    order = starts.argsort(kind="stable")  # a circle over the date line has two spans in a row
    return starts[order], ends_[order]


def laid_out(starts: Places, ends: Places) -> Places:
    """Return all places from each start to before its end, one span after another."""
    if len(starts) == 1:
        return np.arange(starts[0], ends[0])
    lengths = ends - starts
    found: Places = (ends - lengths.cumsum()).repeat(lengths)
    found += np.arange(len(found))
    return found


def _longitudes(
    latitude: float, longitude: float, within_km: float
) -> Iterator[tuple[float, float]]:
    """Yield the spans of longitude, in degrees, that the circle touches; two at the date line."""
    angle = within_km / EARTH_RADIUS_KM + _SLACK_RADIANS
    phi = radians(latitude)
    if angle >= pi / 2 - abs(phi):  # a pole is inside
        yield -180.0, 180.0
        return
    # Where the meridians touch a circle on a sphere.
    half = degrees(asin(min(1.0, sin(angle) / cos(phi)))) + degrees(_SLACK_RADIANS)
    west, east = longitude - half, longitude + half
    if west < -180:
        yield west + 360, 180.0
    if east > 180:
        yield -180.0, east - 360
    yield max(west, -180.0), min(east, 180.0)
