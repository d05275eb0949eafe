import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.engine.zorder import z_values

int32 = st.integers(-(2**31), 2**31 - 1)


def by_the_bit(latitude, longitude):
    value = 0
    for bit in range(32):
        value |= ((longitude + 2**31) >> bit & 1) << 2 * bit
        value |= ((latitude + 2**31) >> bit & 1) << 2 * bit + 1
    return value


@given(st.lists(st.tuples(int32, int32), max_size=20))
def test_the_bits_of_both_coordinates_are_taken_in_turns(points):
    latitudes, longitudes = (np.array([p[axis] for p in points], np.int32) for axis in (0, 1))
    expected = [by_the_bit(*point) for point in points]
    assert z_values(latitudes, longitudes).tolist() == expected


@pytest.mark.parametrize("corner", [(0, 0), (-64, -64), (35_000_000 & ~63, -85_000_000 & ~63)])
def test_all_points_of_a_square_follow_each_other(corner):
    north, east = np.divmod(np.arange(64 * 64), 64)
    values = z_values((corner[0] + north).astype(np.int32), (corner[1] + east).astype(np.int32))
    assert values.max() - values.min() == 64 * 64 - 1
