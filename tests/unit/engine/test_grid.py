"""The arithmetic of places against geopy and plain loops, also at the poles and the date line."""

from math import degrees, radians, sin

import numpy as np
import pytest
from geopy.distance import geodesic, great_circle
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from resourcedir.engine import grid
from resourcedir.engine.grid import (
    EARTH_RADIUS_KM,
    cells,
    kilometres,
    laid_out,
    spans,
    squares,
    unit_vector,
    unit_vectors,
    widest_square,
)

EDGES = st.sampled_from([-90.0, -89.999999, -0.000001, 0.0, 0.05, 35.05, 89.97, 89.999999, 90.0])
LATITUDES = EDGES | st.floats(-90, 90)
LONGITUDES = st.sampled_from([-180.0, -179.999999, -85.3, 0.0, 179.96, 180.0]) | st.floats(
    -180, 180
)
MICRO = st.tuples(LATITUDES, LONGITUDES).map(
    lambda each: (round(each[0] * 1e6), round(each[1] * 1e6))
)
RADII = st.sampled_from([0.0, 0.001, 5.0, 5.56, 40.0, 1_000.0, 10_007.6, 20_000.0, 20_040.0])
RADII = RADII | st.floats(0, 20_100)
BEARINGS, SHARES = st.floats(0, 360), st.floats(0, 1)


def in_order(points):
    """Return micro-degrees of points in the order of their cells, and the cells."""
    numbers = cells(*np.array(points, np.int32).reshape(-1, 2).T)
    order = np.argsort(numbers, kind="stable")
    return [points[each] for each in order], numbers[order]


def km_between(point, here):
    vectors = unit_vectors(*(np.array([value]) for value in point))
    return float(kilometres(squares(vectors, unit_vector(*here)))[0])


def haversine(point, here):
    line = 4 * sin(radians(point[0] - here[0]) / 2) ** 2
    line += (
        4
        * np.cos(radians(point[0]))
        * np.cos(radians(here[0]))
        * (sin(radians(point[1] - here[1]) / 2) ** 2)
    )
    return line


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
@example(0.0, 0.0, 0.0, 180.0)
@example(90.0, 0.0, -90.0, 0.0)
@example(35.0456, -85.3097, 35.045601, -85.3097)
def test_distances_are_great_circles_and_near_to_those_on_the_ellipsoid(north, east, lat, lon):
    found = km_between((north, east), (lat, lon))
    circle = great_circle((north, east), (lat, lon), radius=EARTH_RADIUS_KM).km
    # The last thousandth: near the far side of the Earth the sphere's own arc loses its digits.
    assert found == pytest.approx(circle, rel=1e-6, abs=1e-3)
    assert found == pytest.approx(geodesic((north, east), (lat, lon)).km, rel=0.006, abs=1e-3)
    line = squares(unit_vectors(np.array([north]), np.array([east])), unit_vector(lat, lon))[0]
    assert line == pytest.approx(haversine((north, east), (lat, lon)), abs=1e-12)


@given(st.floats(0, 20_015), LATITUDES, LONGITUDES, BEARINGS)
def test_the_widest_line_is_that_of_a_document_at_the_very_distance(within_km, lat, lon, bearing):
    point = great_circle(kilometers=within_km).destination((lat, lon), bearing)
    line = squares(
        unit_vectors(np.array([point.latitude]), np.array([point.longitude])),
        unit_vector(lat, lon),
    )[0]
    # Measured back, for near a pole the point is laid out somewhat off the asked distance.
    really_km = great_circle((lat, lon), point).km
    assert line <= widest_square(really_km) + 1e-12
    if 0.01 < really_km < 19_000:
        slack = widest_square(0.0)  # for rounding; it counts at a few meters
        assert line > widest_square(really_km * (1 - 1e-5)) - slack


def test_nothing_is_farther_than_half_around_the_earth():
    assert widest_square(20_016.0) == widest_square(1e9) >= 4.0
    assert 0 < widest_square(0.0) < 1e-14


@given(
    here=st.tuples(LATITUDES, LONGITUDES),
    within_km=RADII,
    anywhere=st.lists(MICRO, max_size=20),
    around=st.lists(st.tuples(BEARINGS, SHARES), max_size=20),
    few=st.sampled_from([0, 3, 4_096]),
)
@settings(deadline=None, max_examples=400)
def test_every_document_within_the_distance_lies_in_the_spans(
    here, within_km, anywhere, around, few
):
    def destination(bearing, share):
        found = great_circle(kilometers=within_km * share).destination(here, bearing)
        return round(found.latitude * 1e6), round(found.longitude * 1e6)

    points, numbers = in_order([*anywhere, *(destination(*each) for each in around)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "_FEW", few)
        starts, ends = spans(numbers, *here, within_km)
    found = laid_out(starts, ends).tolist()
    within = {
        place
        for place, (lat, lon) in enumerate(points)
        if km_between((lat / 1e6, lon / 1e6), here) <= within_km
    }
    assert within <= set(found)
    assert len(found) == len(set(found))


def test_a_document_on_the_border_of_a_cell_is_found_by_whoever_asks_from_there(monkeypatch):
    monkeypatch.setattr(grid, "_FEW", 0)
    for number in range(-1_800, 1_801):
        here = number * 0.05, number * 0.1
        _, numbers = in_order([tuple(round(each * 1e6) for each in here)])
        assert laid_out(*spans(numbers, *here, 0.0)).tolist() == [0]


@given(
    here=st.tuples(st.floats(-70, 70), st.floats(-179, 179)),
    within_km=st.floats(1, 500),
    points=st.lists(MICRO, max_size=60),
)
def test_spans_leave_out_what_is_far_beside_the_circle(here, within_km, points):
    """No more than two cells beyond the box around it; else a radius would save nothing."""
    points, numbers = in_order(points)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "_FEW", 0)
        found = laid_out(*spans(numbers, *here, within_km)).tolist()
    reach = degrees(within_km / EARTH_RADIUS_KM)
    across = reach / np.cos(radians(abs(here[0]) + reach))
    for place in found:
        lat, lon = points[place][0] / 1e6, points[place][1] / 1e6
        assert abs(lat - here[0]) <= reach + 0.1
        beside = abs(lon - here[1])
        assert min(beside, 360 - beside) <= across + 0.1


@given(MICRO, MICRO)
def test_cells_rise_row_by_row_from_the_south_and_a_row_is_a_twentieth_of_a_degree(one, other):
    first, second = (int(cells(*np.array([each], np.int32).T)[0]) for each in (one, other))
    rows = [(each[0] + 90_000_000) // 50_000 for each in (one, other)]
    assume(rows[0] != rows[1])
    assert (first < second) == (rows[0] < rows[1])
    assert first >= 0
    assert max(first, second) < 2**31


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=8))
def test_places_are_all_from_each_start_to_before_its_end(pieces):
    starts = np.array([start for start, _ in pieces], np.intp)
    lengths = np.array([length for _, length in pieces], np.intp)
    expected = [each for start, length in pieces for each in range(start, start + length)]
    assert laid_out(starts, starts + lengths).tolist() == expected
