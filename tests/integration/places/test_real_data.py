"""The gazetteer against the publishers' own files, which are not part of the checkout."""

import csv
import gzip
import random
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from resourcedir.places.distance import distance_km
from resourcedir.places.finding import find_place
from resourcedir.places.place import PointSource
from resourcedir.places.point import Point
from resourcedir.places.zip_codes import ZCTA_FILE, ZIPCODES_ERROR_M
from tests.conftest import shared


def published(name: str) -> Path:
    folder = shared()
    if folder is None or not (folder / "data" / name).is_file():
        pytest.skip(f"{name} is not here: set SHARED_DATA to the folder that has data/{name}")
    return folder / "data" / name


def shipped() -> list[str]:
    return gzip.decompress(ZCTA_FILE.read_bytes()).decode("ascii").splitlines(keepends=True)


def test_the_data_file_holds_every_point_of_the_census_file():
    with published("census_zcta_2023.csv").open(encoding="utf-8", newline="") as file:
        census = {row["GEOID"]: (row["LAT"], row["LONG"]) for row in csv.DictReader(file)}
    ours = {code: (north, east) for code, north, east, _ in (row.split(",") for row in shipped())}
    assert list(ours) == sorted(census)
    for code, (north, east) in census.items():
        assert (float(north), float(east)) == tuple(map(float, ours[code]))


def test_the_errors_in_the_data_file_are_those_of_a_plain_count():
    rows = [line.strip().split(",") for line in shipped()]
    points = [Point(float(north), float(east)) for _, north, east, _ in rows]
    assert len(rows) == 33_791
    for i in random.Random(7).sample(range(len(rows)), 15):  # noqa: S311 -- a sample, no secret
        nearest = sorted(distance_km(points[i], other) for other in points)[1:4]
        assert int(rows[i][3]) == max(500, min(100_000, round(sum(nearest) / 3 * 1000)))


def test_the_error_of_the_zipcodes_package_holds_for_19_of_20_post_office_boxes():
    zipcodes = pytest.importorskip("zipcodes")
    boxes = {row["zip_code"]: row for row in zipcodes.filter_by(zip_code_type="PO BOX")}
    off = []
    for line in shipped():
        code, north, east, _ = line.split(",")
        if (row := boxes.get(code)) is not None and float(row["lat"] or 0):
            there = Point(float(row["lat"]), float(row["long"]))
            off.append(distance_km(Point(float(north), float(east)), there) * 1000)
    assert len(off) > 3900
    assert sorted(off)[int(len(off) * 0.95)] <= ZIPCODES_ERROR_M


def test_every_facility_of_the_samhsa_directory_is_located():
    sheet = openpyxl.load_workbook(published("samhsa_substance_use_2022.xlsx"), read_only=True)
    rows = sheet.worksheets[0].iter_rows(values_only=True)
    header = [str(name).lower() for name in next(rows)]
    places = [find_place(str(row[header.index("zip")]), home_state=None) for row in rows]
    sheet.close()
    assert Counter(place.source for place in places) == {
        PointSource.ZCTA: 12_088,
        PointSource.ZIPCODES: 88,
    }


def test_every_census_point_is_used():
    for row in shipped()[::100]:
        assert find_place(row[:5], home_state=None).source is PointSource.ZCTA
