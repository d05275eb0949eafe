"""A zone's point as text, to be sealed, and the feet in which zones are told. Pure."""

from typing import Final

from resourcedir.places.point import Point

METERS_PER_FOOT: Final = 0.3048  # international foot, exact
USUAL_BUFFER_FT: Final = 1000
USUAL_ERROR_M: Final = 50.0


def point_text(point: Point | None) -> str:
    """Return degrees north and east as ``read_point`` reads them, "" for no point."""
    return "" if point is None else f"{point.latitude!r} {point.longitude!r}"


def read_point(text: str) -> Point | None:
    """Return what ``point_text`` wrote."""
    if not text:
        return None
    latitude, longitude = text.split()
    return Point(float(latitude), float(longitude))


def meters(feet: float) -> float:
    """Return ``feet`` in meters."""
    return feet * METERS_PER_FOOT


def feet(length_m: float) -> float:
    """Return a length in feet, without the dust of turning it to meters and back."""
    return round(length_m / METERS_PER_FOOT, 6)
