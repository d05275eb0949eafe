import pytest
from geopy.distance import geodesic
from hypothesis import example, given
from hypothesis import strategies as st

from resourcedir.places.distance import box_around, distance_km, middle
from resourcedir.places.point import Point

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@given(points, points)
def test_the_distance_holds_to_the_ellipsoid_within_six_per_mille(a, b):
    truth = geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).km
    assert distance_km(a, b) == pytest.approx(truth, rel=0.006, abs=1e-6)


@given(points, points)
def test_the_way_back_is_as_long_and_the_way_to_itself_is_nothing(a, b):
    assert distance_km(a, b) == distance_km(b, a)
    assert distance_km(a, a) == 0


def test_chattanooga_lies_22_km_from_the_state_line_at_ringgold():
    chattanooga, ringgold = Point(35.0456, -85.3097), Point(34.9159, -85.1091)
    assert distance_km(chattanooga, ringgold) == pytest.approx(23.3, abs=0.2)


@given(points, points, st.floats(0.001, 3000))
@example(Point(51.9, 179.9), Point(51.9, -179.9), 20.0)
@example(Point(89.9, 0.0), Point(89.9, 180.0), 50.0)
def test_the_box_holds_all_that_is_near(center, other, within_km):
    if distance_km(center, other) <= within_km:
        assert box_around(center, within_km).holds(other)


def test_the_box_cuts_off_what_is_far():
    chattanooga, nashville = Point(35.0456, -85.3097), Point(36.1627, -86.7816)
    assert not box_around(chattanooga, 100).holds(nashville)
    assert not box_around(Point(51.9, 179.9), 20).holds(Point(51.9, 0.0))


def test_the_middle_of_two_points_across_the_180th_meridian_lies_between_them():
    between = middle([Point(52.0, 179.0), Point(52.0, -179.0)])
    assert abs(between.longitude) == pytest.approx(180.0)
    assert between.latitude == pytest.approx(52.0, abs=0.02)


def test_no_points_have_no_middle():
    with pytest.raises(ValueError, match="no points"):
        middle([])


@pytest.mark.parametrize("where", [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_a_point_off_the_globe_is_refused(where):
    with pytest.raises(ValueError, match="a point lies within"):
        Point(*where)
