import random
from pathlib import Path

from resourcedir.places.distance import distance_km
from resourcedir.places.make_zcta import errors_m, make
from resourcedir.places.point import Point


def test_the_error_is_the_mean_distance_to_the_three_nearest_others():
    chance = random.Random(1)  # noqa: S311 -- invented points
    points = [Point(chance.uniform(34, 36), chance.uniform(-87, -84)) for _ in range(300)]
    for point, error_m in zip(points, errors_m(points), strict=True):
        others = sorted(distance_km(point, other) for other in points if other is not point)
        assert error_m == round(sum(others[:3]) / 3 * 1000)


def test_the_error_is_never_less_than_500_m_nor_more_than_100_km():
    crowd = [Point(35 + i / 10_000, -85) for i in range(5)]
    assert errors_m([*crowd, Point(-14.3, -170.7)]) == [500] * 5 + [100_000]
    assert errors_m([Point(0, 0)]) == [500]


def test_the_same_file_gives_the_same_bytes_in_order_of_the_zip_code(tmp_path: Path):
    source = tmp_path / "points.csv"
    source.write_text("GEOID,LAT,LONG\n37403,35.048259,-85.294362\n37402,35.046805,-85.316289\n")
    assert make(source) == make(source)
    again = tmp_path / "again.csv"
    again.write_text("GEOID,LAT,LONG\n37402,35.046805,-85.316289\n37403,35.048259,-85.294362\n")
    assert make(again) == make(source)
