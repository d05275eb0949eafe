"""Commits that remove, add and merge, and those that fail."""

import random
from types import SimpleNamespace

import pytest
from whoosh.index import open_dir

from resourcedir.engine import bulk
from resourcedir.engine.commits import build, replace, sorted_out
from resourcedir.engine.documents import Document, Layout
from resourcedir.engine.errors import IndexBroken
from tests.integration.engine.whoosh_truth import (
    LAYOUT,
    add_by_whoosh,
    built,
    built_by_whoosh,
    contents,
    living,
    many,
    segments,
)


@pytest.mark.parametrize("by_whoosh", [True, False])
def test_an_index_without_documents_can_be_opened_and_added_to(tmp_path, by_whoosh):
    folder = built(tmp_path / "bulk", [])
    assert contents(folder)["counts"] == (0, 0)
    if by_whoosh:
        add_by_whoosh(open_dir(str(folder)), many(3)).commit()
    else:
        assert replace(folder, {}, many(3), LAYOUT) == 3
    assert set(living(folder)) == {0, 1, 2}


def test_many_replacements_leave_what_building_at_once_gives(tmp_path):
    chance = random.Random(5)  # noqa: S311
    truth = {each.key: each for each in many(260)}
    folder = built(tmp_path / "bulk", truth.values())
    for number in range(25):
        keys = chance.sample(sorted(truth), chance.choice([1, 2, 40]))
        outdated = positions_of(folder, keys)
        for fresh in many(260, seed=number):
            if fresh.key in keys:
                truth[fresh.key] = fresh
        del truth[keys[0]]
        fresh = [truth[key] for key in keys[1:]]
        assert replace(folder, outdated, fresh, LAYOUT) == len(truth)
    assert len(segments(folder)) <= 6
    assert living(folder) == living(built(tmp_path / "at once", truth.values()))


def positions_of(folder, keys):
    found = {}
    for (name, segment), (reader, _) in zip(segments(folder).items(), leaves(folder), strict=True):
        numbers = reader.column_reader("number", translate=False).load()
        found[name] = [
            position
            for position, number in enumerate(numbers)
            if number in keys and not segment.is_deleted(position)
        ]
    return found


def leaves(folder):
    return open_dir(str(folder)).reader().leaf_readers()


def test_a_merge_puts_documents_in_spatial_order_again(tmp_path):
    some = list(many(60))
    folder = built(tmp_path / "bulk", some[:20])
    replace(folder, {}, some[20:], LAYOUT)
    assert len(segments(folder)) == 1
    whooshs = contents(built_by_whoosh(tmp_path / "whoosh", some))
    # A length passes through one byte at each writing.
    assert {**contents(folder), "length": None} == {**whooshs, "length": None}


def test_a_merge_keeps_lengths_and_forgets_words_of_deleted_documents(tmp_path):
    # Ten times 0.15 is below 1.5, but not once it is rounded to the four bytes of a posting.
    folder = built(tmp_path / "bulk", [Document(1, (("bed " * 10, 0.15),))])
    replace(folder, {}, [Document(2, (("food", 1.0),)), Document(3)], LAYOUT)
    whole = living(folder)
    assert whole[1]["length"] == 1
    (name,) = segments(folder)
    gone = [contents(folder)["columns"]["number"].index(2)]
    replace(folder, {name: gone}, [Document(4), Document(5)], LAYOUT)
    assert len(segments(folder)) == 1
    assert set(living(folder)) == {1, 3, 4, 5}
    assert living(folder)[1] == whole[1]
    assert contents(folder)["order"] == [("words", b"bed")]


def test_positions_that_are_not_in_the_index_change_nothing(tmp_path):
    folder = built(tmp_path / "bulk", many(5))
    (name,) = segments(folder)
    before = contents(folder)
    for outdated in ({"MAIN_gone": [0]}, {name: [5]}, {name: [-1]}):
        with pytest.raises(IndexBroken):
            replace(folder, outdated, [], LAYOUT)
    assert contents(folder) == before


def test_a_key_that_comes_twice_is_refused(tmp_path):
    folder = built(tmp_path / "bulk", many(2))
    with pytest.raises(ValueError, match="twice"):
        replace(folder, {}, [Document(9), Document(9)], LAYOUT)
    (tmp_path / "other").mkdir()
    with pytest.raises(ValueError, match="twice"):
        build(tmp_path / "other", [Document(9), Document(9)], LAYOUT)


def test_an_index_of_another_layout_is_not_written_to(tmp_path):
    folder = built(tmp_path / "bulk", many(2))
    with pytest.raises(IndexBroken):
        replace(folder, {}, [Document(9)], Layout())


def test_a_source_that_fails_is_not_taken_for_a_broken_index(tmp_path):
    def failing():
        yield Document(9)
        raise KeyError("source")

    folder = built(tmp_path / "bulk", many(2))
    before = contents(folder)
    with pytest.raises(KeyError, match="source"):
        replace(folder, {}, failing(), LAYOUT)
    assert contents(folder) == before


def test_a_commit_that_fails_half_way_leaves_the_index_as_it_was(tmp_path, monkeypatch):
    folder = built(tmp_path / "bulk", many(50))
    before = contents(folder)
    (name,) = segments(folder)
    with monkeypatch.context() as patched:
        patched.setattr(bulk, "column_bytes", lambda _: 1 / 0)
        with pytest.raises(IndexBroken):
            replace(folder, {name: [0]}, [Document(99)], LAYOUT)
    assert contents(folder) == before
    assert replace(folder, {name: [0]}, [Document(99)], LAYOUT) == 50
    assert {file.name.split("_")[1].split(".")[0] for file in folder.glob("MAIN_*.seg")} == {
        each.segid for each in segments(folder).values()
    }


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_cut_file_is_a_broken_index(tmp_path):
    folder = built(tmp_path / "bulk", many(50))
    (file,) = folder.glob("*.seg")
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(IndexBroken):
        replace(folder, {}, many(50, seed=1), LAYOUT)


def segment(size, live):
    return SimpleNamespace(doc_count_all=lambda: size, doc_count=lambda: live)


@pytest.mark.parametrize(
    ("size", "live", "writing", "outcome"),
    [
        (2, 2, 1, "merged"),
        (3, 3, 1, "kept"),
        (3, 1, 1, "merged"),
        (3, 0, 1, "gone"),
        (10_000, 9_000, 500, "kept"),
        (9_000, 9_000, 5_000, "kept"),
        (49_999, 20_000, 1, "merged"),
        (50_000, 10, 1, "kept"),
        (100_000, 0, 1, "gone"),
    ],
)
def test_small_or_mostly_deleted_segments_are_merged(size, live, writing, outcome):
    kept, merged = sorted_out([segment(size, live)], writing)
    assert (len(kept), len(merged)) == {"kept": (1, 0), "merged": (0, 1), "gone": (0, 0)}[outcome]


def test_what_one_commit_rewrites_is_bounded():
    sizes = [1_000, 2_000, 4_000, 8_000]
    kept, merged = sorted_out([segment(size, size) for size in sizes], 500)
    assert [each.doc_count() for each in merged] == [1_000, 2_000, 4_000]
    assert [each.doc_count() for each in kept] == [8_000]
