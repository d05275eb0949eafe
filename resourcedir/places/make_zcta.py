"""Makes ``data/zcta_2023.csv.gz`` from the Census gazetteer file. A tool for maintainers.

``python -m resourcedir.places.make_zcta FILE.csv`` with columns GEOID, LAT and LONG. The same input
gives the same lines in the same order, and no time of making is stored. Never used at run time.
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from heapq import heappushpop
from math import radians
from pathlib import Path
from typing import Final

from resourcedir.places.distance import EARTH_RADIUS_KM, distance_km
from resourcedir.places.point import Point

TARGET: Final = Path(__file__).parent / "data" / "zcta_2023.csv.gz"
NEIGHBORS: Final = 3
LEAST_ERROR_M: Final = 500
MOST_ERROR_M: Final = 100_000
_KM_PER_DEGREE: Final = radians(1) * EARTH_RADIUS_KM


def errors_m(points: Sequence[Point]) -> list[int]:
    """Return for each of ``points`` the mean distance to its three nearest others, in metres.

    The Census file tells no areas. Neighbouring interior points lie about one ZIP code's width
    apart, so this is about twice the radius of a ZIP code's area: on the safe side for an address
    anywhere in it. At least 500 m, as less would claim too much of a point that is no address; at
    most 100 km, as the neighbours of an island may be an ocean away.
    """
    order = sorted(range(len(points)), key=lambda i: (points[i].latitude, points[i].longitude))
    found = [0] * len(points)
    for position, i in enumerate(order):
        nearest = [-float("inf")] * NEIGHBORS  # a heap of the negated distances: farthest on top
        for step in (-1, 1):
            _look(points, order, (position, step), nearest)
        known = [-negated for negated in nearest if negated != -float("inf")]
        mean_km = sum(known) / len(known) if known else 0.0
        found[i] = min(MOST_ERROR_M, max(LEAST_ERROR_M, round(mean_km * 1000)))
    return found


def _look(
    points: Sequence[Point], order: Sequence[int], start: tuple[int, int], nearest: list[float]
) -> None:
    """Fill ``nearest`` along the sorted latitudes until these alone are too far."""
    position, step = start
    here = points[order[position]]
    place = position + step
    while 0 <= place < len(order):
        other = points[order[place]]
        if abs(other.latitude - here.latitude) * _KM_PER_DEGREE >= -nearest[0]:
            return
        heappushpop(nearest, -distance_km(here, other))
        place += step


def lines(source: Path) -> Iterator[str]:
    """Yield "37402,35.046300,-85.316100,853" for each row of ``source``, in order of the code."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["GEOID"])
    points = [Point(float(row["LAT"]), float(row["LONG"])) for row in rows]
    for row, point, error_m in zip(rows, points, errors_m(points), strict=True):
        yield f"{row['GEOID']},{point.latitude:.6f},{point.longitude:.6f},{error_m}\n"


def make(source: Path) -> bytes:
    """Return the whole compressed file."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write("".join(lines(source)).encode("ascii"))
    return packed.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(make(Path(sys.argv[1])))
