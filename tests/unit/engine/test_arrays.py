import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from resourcedir.engine.arrays import Arrays, checksum, write_arrays
from resourcedir.engine.errors import IndexBroken

OPEN = Path("/proc/self/fd")
KINDS = st.sampled_from(["int64", "int32", "float32", "float64", "uint8", "uint16", "uint64"])
ARRAYS = st.dictionaries(
    st.text(min_size=1, max_size=8),
    some.arrays(KINDS, some.array_shapes(max_dims=2, min_side=0, max_side=9)),
    max_size=6,
)
FACTS = st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=4), max_size=3)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("arrays") / "some.arrays"


@given(ARRAYS, FACTS)
@settings(deadline=None)
def test_arrays_come_out_as_they_went_in_and_nobody_can_write_to_them(path, arrays, facts):
    write_arrays(path, arrays, facts)
    found = Arrays(path)
    assert found.facts == facts
    for name, array in arrays.items():
        assert name in found
        np.testing.assert_array_equal(found[name], array, strict=True)
        if array.size:
            assert not found[name].flags.writeable
            # Searching in memory that lies across lines of the cache is slow.
            assert found[name].ctypes.data % 64 == 0
    assert "never written" not in found


def test_an_array_that_lies_otherwise_in_memory_keeps_its_shape(path):
    array = np.arange(12).reshape(3, 4).T
    write_arrays(path, {"turned": array, "picked": array[::2]}, {})
    np.testing.assert_array_equal(Arrays(path)["turned"], array)
    np.testing.assert_array_equal(Arrays(path)["picked"], array[::2])


def test_a_file_that_is_cut_anywhere_is_refused(path):
    write_arrays(path, {"a": np.arange(40), "b": np.arange(8, dtype=np.float64)}, {"size": 3})
    whole = path.read_bytes()
    last = whole.rindex(np.float64(7).tobytes()) + 8  # what follows only fills the last line
    for length in range(last):
        path.write_bytes(whole[:length])
        with pytest.raises(IndexBroken):
            Arrays(path)
    path.write_bytes(whole)
    assert Arrays(path)["a"].tolist() == list(range(40))


@given(st.binary(max_size=40))
def test_what_is_no_file_of_arrays_is_refused(path, content):
    for start in (b"", b"flatarr1", b"flatarr1" + (2).to_bytes(8, "little")):
        path.write_bytes(start + content)
        with pytest.raises(IndexBroken):
            Arrays(path)


@pytest.mark.parametrize("content", [b"", b"x" * 700, b"y"])
def test_a_map_knows_when_somebody_wrote_to_its_file(path, content):
    write_arrays(path, {"a": np.arange(70)}, {})
    os.utime(path, ns=(1, 1))
    found = Arrays(path)
    assert found.is_whole()
    path.write_bytes(content)
    assert not found.is_whole()


def test_a_map_outlives_the_name_of_its_file(path):
    write_arrays(path, {"a": np.arange(70)}, {})
    found = Arrays(path)
    path.unlink()
    assert found.is_whole()
    assert found["a"].sum() == 69 * 35


def test_files_are_closed_when_nobody_needs_them(path):
    write_arrays(path, {"a": np.arange(70)}, {})
    before = len(list(OPEN.iterdir()))
    for _ in range(20):
        Arrays(path)
    (path.parent / "broken").write_bytes(b"flatarr1")
    for _ in range(20):
        with pytest.raises(IndexBroken):
            Arrays(path.parent / "broken")
    assert len(list(OPEN.iterdir())) <= before


def test_the_checksum_is_that_of_the_whole_file(path):
    path.write_bytes(b"123456789")
    assert checksum(path) == 0xCBF43926
    path.write_bytes(b"")
    assert checksum(path) == 0
