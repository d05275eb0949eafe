"""Distance over the ground on a sphere. Pure arithmetic; knows no roads and no travel times."""

from collections.abc import Sequence
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Final

from resourcedir.places.point import Box, Point

EARTH_RADIUS_KM: Final = 6371.0088  # mean radius of the WGS 84 ellipsoid (IUGG)
KM_PER_MILE: Final = 1.609344  # international mile, exact


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance from ``a`` to ``b`` in kilometres.

    Over the ground, not by road; pages must say "in a straight line". Against the WGS 84 ellipsoid
    it errs by at most about 0.6 %, far below the error of a geocoded street address.
    """
    latitude_a, latitude_b = radians(a.latitude), radians(b.latitude)
    across = sin((latitude_b - latitude_a) / 2) ** 2
    along = sin(radians(b.longitude - a.longitude) / 2) ** 2
    haversine = across + cos(latitude_a) * cos(latitude_b) * along
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(haversine)))


def box_around(center: Point, within_km: float) -> Box:
    """Return a box that holds every point within ``within_km`` of ``center``, and some more.

    For a first, cheap cut before ``distance_km``. Where a pole is within reach, all longitudes are.
    """
    angle = within_km / EARTH_RADIUS_KM * (1 + 1e-9)  # never loses an edge to rounding
    south, north = center.latitude - degrees(angle), center.latitude + degrees(angle)
    if south <= -90 or north >= 90:
        return Box(max(south, -90.0), -180.0, min(north, 90.0), 180.0)
    width = degrees(asin(min(1.0, sin(angle) / cos(radians(center.latitude))))) + 1e-9
    return Box(south, _wrapped(center.longitude - width), north, _wrapped(center.longitude + width))


def middle(points: Sequence[Point]) -> Point:
    """Return the mean of ``points`` on the sphere, each counted alike; right across 180 degrees.

    :raises ValueError: for no points.
    """
    if not points:
        raise ValueError("no points have no middle")
    x = y = z = 0.0
    for point in points:
        latitude, longitude = radians(point.latitude), radians(point.longitude)
        x += cos(latitude) * cos(longitude)
        y += cos(latitude) * sin(longitude)
        z += sin(latitude)
    return Point(degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x)))


def _wrapped(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0
