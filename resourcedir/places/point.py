"""A point on the ground. Holds no name and no error: those belong to a ``Place``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees of WGS 84, north and east positive.

    :raises ValueError: outside -90..90 and -180..180, or for what is no number.
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("a point lies within 90 degrees of latitude and 180 of longitude")


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map between two parallels and two meridians; ``west`` may exceed ``east``.

    It does where the box crosses the meridian of 180 degrees, as one around Adak, Alaska, may.
    """

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        """Return whether ``point`` lies inside or on the edge."""
        if not self.south <= point.latitude <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= point.longitude <= self.east
        return point.longitude >= self.west or point.longitude <= self.east
