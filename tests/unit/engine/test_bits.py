from hypothesis import given
from hypothesis import strategies as st

from resourcedir.engine.bits import bitset, flags, full, positions

SETS = st.integers(0, 300).flatmap(
    lambda size: st.tuples(
        st.just(size), st.sets(st.integers(0, size - 1)) if size else st.just(set())
    )
)


@given(SETS)
def test_a_set_comes_back_in_rising_order(sized):
    size, members = sized
    assert positions(bitset(members, size), size) == sorted(members)


@given(SETS)
def test_flags_select_exactly_the_members(sized):
    size, members = sized
    assert list(flags(bitset(members, size), size)) == [int(n in members) for n in range(size)]


@given(SETS, st.data())
def test_operators_are_those_of_sets(sized, data):
    size, one = sized
    other = data.draw(st.sets(st.integers(0, size - 1))) if size else set()
    both = bitset(one, size) & bitset(other, size)
    assert positions(both, size) == sorted(one & other)
    assert both.bit_count() == len(one & other)
    assert bitset(range(size), size) == full(size)
