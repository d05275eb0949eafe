"""Points and lengths of zones as people type them and as they are kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.clients.zone_forms import read_point as typed_point
from resourcedir.clients.zone_values import feet, meters, point_text, read_point
from resourcedir.places.point import Point


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_is_read_back_as_it_was_written(latitude: float, longitude: float) -> None:
    point = Point(latitude, longitude)
    assert read_point(point_text(point)) == point


def test_no_point_stays_none() -> None:
    assert point_text(None) == ""
    assert read_point("") is None


@given(st.integers(0, 300_000))
def test_feet_come_back_from_meters_without_dust(length: int) -> None:
    assert feet(meters(length)) == length


def test_a_foot_is_the_international_foot() -> None:
    assert meters(1000) == pytest.approx(304.8)


@pytest.mark.parametrize(
    "text",
    [
        "35.0456, -85.3097",
        "35.0456 -85.3097",
        "35.0456,-85.3097",
        "35.0456; -85.3097",
        "35.0456° N, 85.3097° W",
        "35.0456 n 85.3097 w",
        "+35.0456, -85.3097",
    ],
)
def test_degrees_are_read_as_maps_write_them(text: str) -> None:
    assert typed_point(text) == Point(35.0456, -85.3097)


@pytest.mark.parametrize(
    "text",
    ["", "35.0456", "here", "95, -85", "35, -185", "nan, nan", "1e9, 3", "٣٥, -٨٥", "35 85 2"],
)
def test_what_is_no_point_is_none(text: str) -> None:
    assert typed_point(text) is None
