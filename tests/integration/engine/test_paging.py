"""Paging to the end gives every hit once and in one order, however many score the same."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.engine.documents import (
    Clause,
    Column,
    ColumnKind,
    Document,
    Hooks,
    Layout,
    Near,
    Question,
    Sort,
)
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.ranking import Ranked, _bound
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

SIZE = 9_000
LAYOUT = Layout("paging", columns={"wait": Column(ColumnKind.INTEGER)})
HERE = Near(35.0, -85.0, areas=frozenset({"TN"}))
BEDS = (Clause("bed"),)


def document(key):
    number = SIZE - key  # so that positions and keys run against each other
    return Document(
        number,
        (("bed " * (1 + key % 2), 1.0),),
        {"need": frozenset({f"n{key % 3}"})},
        (35.0 + key % 5 / 10, -85.0) if key % 4 else None,
        frozenset({"TN"}),
        {"wait": key % 2},
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Give two parts, the larger of many times 4,096 equal scores, the smaller of some."""
    folder = tmp_path_factory.mktemp("index")
    source = Memory((document(key) for key in range(SIZE)), LAYOUT)
    indexer = Indexer(folder, source)
    indexer.rebuild()
    for key in range(0, 900, 9):
        source.put(document(key))
    indexer.catch_up()
    assert len(WhooshIndex(folder).snapshot().parts) == 2
    return WhooshIndex(folder)


def waiting(part, positions):
    return part.column("wait")[positions].astype(np.float32)


ASKED = {
    "all equal": (Question(), Hooks()),
    "two scores": (Question(BEDS), Hooks()),
    "places and areas": (Question(BEDS, near=HERE), Hooks()),
    "nearest": (Question(near=HERE, sort=Sort.NEAREST), Hooks()),
    "tiers": (Question((Clause("bed", ("need", frozenset({"n1"}))),)), Hooks()),
    "an order": (Question(), Hooks(order=waiting)),
}


def place(hit, question):
    by_area = question.sort is Sort.NEAREST and hit.distance_km is None
    return (by_area, -hit.score, hit.key)


@pytest.mark.parametrize("name", ASKED)
def test_paging_to_the_end_gives_every_hit_once(index, name):
    question, hooks = ASKED[name]
    whole = index.search(at(question, 0, SIZE), hooks)
    assert whole.total == SIZE
    assert sorted(hit.key for hit in whole.hits) == list(range(1, SIZE + 1))
    for limit in (1_000, 1_111):
        pages = [index.search(at(question, each, limit), hooks) for each in range(0, SIZE, limit)]
        assert tuple(hit for page in pages for hit in page.hits) == whole.hits
    first = [index.search(at(question, each, 7), hooks).hits for each in range(0, 70, 7)]
    assert tuple(hit for page in first for hit in page) == whole.hits[:70]
    last = index.search(at(question, SIZE - 3, 20), hooks).hits
    assert last == whole.hits[-3:]
    assert index.search(at(question, SIZE, 20), hooks).hits == ()


def at(question, offset, limit):
    return replace(question, offset=offset, limit=limit)


@pytest.mark.parametrize("name", ["all equal", "two scores", "places and areas", "nearest"])
def test_equal_scores_are_in_the_order_of_their_keys(index, name):
    question, hooks = ASKED[name]
    for limit in (20, SIZE):
        hits = index.search(at(question, 0, limit), hooks).hits
        assert all(place(one, question) < place(other, question) for one, other in pairwise(hits))
        assert len({place(hit, question)[:2] for hit in hits}) <= 12  # there are ties


VALUES = st.integers(0, 3).map(float) | st.floats(0, 1, width=32)


@given(
    st.lists(VALUES, min_size=1, max_size=40),
    st.integers(1, 500),
    st.integers(1, 300),
    st.booleans(),
)
@settings(deadline=None)
def test_the_bound_leaves_out_none_of_the_first(values, times, count, many):
    """Also where blocks are looked at instead of all values."""
    array = np.array(values * times, np.float32)
    count = min(count, len(array))
    with pytest.MonkeyPatch.context() as patch:
        if many:
            patch.setattr("resourcedir.engine.ranking._MANY", 64)
            patch.setattr("resourcedir.engine.ranking._BLOCK", 8)
        bound = _bound(array, count)
    assert bound >= np.sort(array)[count - 1]
    assert np.count_nonzero(array <= bound) >= count


@given(
    scores=st.lists(st.sampled_from([0.25, 0.5, 1.0]), min_size=1, max_size=60),
    tiers=st.booleans(),
    offset=st.integers(0, 70),
    limit=st.integers(0, 70),
    chance=st.randoms(use_true_random=False),
)
def test_a_page_is_a_slice_of_all_in_order(scores, tiers, offset, limit, chance):
    keys = chance.sample(range(1_000), len(scores))
    levels = [chance.randrange(3) for _ in scores] if tiers else [0] * len(scores)
    ranked = Ranked(
        np.array(keys),
        None,
        np.array(scores, np.float32),
        np.array(levels) if tiers else None,
    )
    expected = [key for _, _, key in sorted(zip(levels, [-s for s in scores], keys, strict=True))]
    page = ranked.page(Question(offset=offset, limit=limit))
    assert [hit.key for hit in page] == expected[offset : offset + limit]
