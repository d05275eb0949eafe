from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.engine.manifest import (
    NAME,
    Manifest,
    PartEntry,
    pack,
    read_manifest,
    unpack,
    write_manifest,
)

WHOLE = Manifest(
    change=12,
    documents=3,
    form="f0",
    generation=4,
    parts=(PartEntry("one", "part-one.arrays", pack(np.array([1, 2]), 5)),),
    files={"part-one.arrays": 123, "one.seg": 0},
)


@given(st.integers(0, 3000), st.data())
def test_deleted_positions_come_out_as_they_went_in(size, data):
    deleted = data.draw(st.sets(st.integers(0, size - 1))) if size else set()
    packed = pack(np.array(sorted(deleted), np.int32), size)
    assert unpack(packed).tolist() == sorted(deleted)
    assert (packed == "") == (not deleted)


def test_the_positions_of_a_large_part_take_little_space():
    assert len(pack(np.arange(0, 1_000_000, 1000), 1_000_000)) < 5_000


@pytest.mark.parametrize("text", ["?", "AAAA", "é", pack(np.array([700]), 900)[:-8]])
def test_what_pack_did_not_write_is_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        unpack(text)


def test_a_manifest_is_read_as_it_was_written(tmp_path):
    write_manifest(tmp_path, WHOLE)
    assert read_manifest(tmp_path) == WHOLE
    write_manifest(tmp_path, replace(WHOLE, change=13))
    assert read_manifest(tmp_path) == replace(WHOLE, change=13)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_no_changed_byte_of_a_manifest_goes_unnoticed(tmp_path):
    write_manifest(tmp_path, WHOLE)
    whole = (tmp_path / NAME).read_bytes()
    for place in range(len(whole)):
        for flipped in (1, 4, 32, 128):
            spoiled = whole[:place] + bytes([whole[place] ^ flipped]) + whole[place + 1 :]
            (tmp_path / NAME).write_bytes(spoiled)
            assert read_manifest(tmp_path) is None


@settings(max_examples=50)
@given(st.binary(max_size=60) | st.sampled_from([b"{}", b"[]", b"1", b"null", b'{"crc": 1}']))
def test_what_is_no_manifest_counts_as_none(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("folder")
    assert read_manifest(folder) is None
    (folder / NAME).write_bytes(content)
    assert read_manifest(folder) is None
