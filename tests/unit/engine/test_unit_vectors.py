from geopy.distance import geodesic
from hypothesis import assume, given
from hypothesis import strategies as st

from resourcedir.engine.distance import distances_km, unit_vector

POINTS = st.tuples(st.floats(-89.9, 89.9), st.floats(-180, 180))


def km(one, other):
    return distances_km(unit_vector(*one), [unit_vector(*other)])[0]


@given(POINTS, POINTS)
def test_distance_agrees_with_the_ellipsoid_to_six_in_a_thousand(one, other):
    truth = geodesic(one, other).km
    assert abs(km(one, other) - truth) <= 0.006 * truth + 1e-5


@given(POINTS)
def test_a_point_is_at_no_distance_from_itself(point):
    assert km(point, point) == 0.0


@given(POINTS, st.floats(1e-4, 0.01), st.floats(1e-4, 0.01))
def test_near_points_are_told_apart(point, north, east):
    assume(abs(point[0]) < 89)
    other = (point[0] + north, point[1] + east)
    truth = geodesic(point, other).km
    assert abs(km(point, other) - truth) <= 0.006 * truth + 1e-6


@given(POINTS, POINTS)
def test_distance_is_the_same_both_ways(one, other):
    assert km(one, other) == km(other, one)
