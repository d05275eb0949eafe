"""What a part says of its documents by numbers given to their values, and how far each is."""

import random
import tempfile
from functools import partial, reduce
from operator import or_
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.engine.documents import Document, Near
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine import engine_truth as truth

HOW = {np.maximum: max, np.bitwise_or: partial(reduce, or_), np.add: sum}
VALUES = st.frozensets(st.sampled_from(["a", "b|1", "b|2", "c d", "é"]), max_size=4)
POINTS = st.none() | st.tuples(
    st.sampled_from([35.0, 35.0456, -89.99, 90.0]), st.sampled_from([-85.3, 180.0, -180.0, 0.0])
)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        key=st.integers(1, 30),
        keywords=st.dictionaries(st.sampled_from(["asks", "need"]), VALUES),
        point=POINTS,
    ),
    max_size=12,
    unique_by=lambda document: document.key,
)


def several(folder, first, second, dropped=()):
    """Return source and parts of an index made at once and then changed."""
    source = truth.Memory(first)
    indexer = Indexer(folder, source)
    indexer.rebuild()
    for document in second:
        source.put(document)
    for key in dropped:
        source.drop(key)
    indexer.catch_up()
    return source, WhooshIndex(folder).snapshot().parts


def documents_of(source, living):
    """Return the positions that are not deleted, and their documents."""
    positions = living.only(living.part.everything)
    return positions, [source.all[key] for key in living.part.keys[positions].tolist()]


def expected(part, name, numbers, documents, how):
    by_value = dict(zip(part.values(name), numbers.tolist(), strict=True))
    each = [[by_value[value] for value in d.keywords.get(name, ())] for d in documents]
    return [HOW[how](values) if values else 0 for values in each]


@given(
    DOCUMENTS,
    DOCUMENTS,
    st.sets(st.integers(1, 30)),
    st.sampled_from(list(HOW)),
    st.sampled_from([np.uint8, np.int64, np.uint64]),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=120)
def test_numbers_are_put_together_as_by_hand(first, second, dropped, how, kind, chance):
    """In several parts, with deleted documents, for any positions in any order."""
    with tempfile.TemporaryDirectory() as folder:
        source, parts = several(Path(folder), first, second, dropped)
        for living in parts:
            part = living.part
            positions, documents = documents_of(source, living)
            places = list(range(len(positions)))
            chance.shuffle(places)
            places = places[: chance.randint(0, len(places))]
            for name in ("asks", "need", "unknown"):
                numbers = np.array([chance.randrange(50) for _ in part.values(name)], kind)
                whole = part.reduced(name, numbers, positions, how)
                some = part.reduced(name, numbers, positions[places], how)
                truly = expected(part, name, numbers, documents, how)
                assert whole.tolist() == truly
                assert some.tolist() == [truly[place] for place in places]
                assert whole.dtype == some.dtype == kind


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Give an index of one large part, none of which is deleted; a third has no value."""

    def document(key):
        chance = random.Random(key)  # noqa: S311
        values = frozenset(f"v{chance.randrange(300)}" for _ in range(chance.choice([0, 1, 5])))
        point = (chance.uniform(-90, 90), chance.uniform(-180, 180))
        return Document(key, keywords={"asks": values}, point=point if key % 4 else None)

    return several(tmp_path_factory.mktemp("large"), map(document, range(3_000)), [])


@pytest.mark.parametrize("how", HOW)
def test_all_positions_at_once_are_as_each_alone(large, how):
    source, [living] = large
    part = living.part
    numbers = np.arange(len(part.values("asks")), dtype=np.uint64) * np.uint64(7)
    _, documents = documents_of(source, living)

    every = part.reduced("asks", numbers, part.everything, how)

    copied = part.reduced("asks", numbers, part.everything.copy(), how)
    assert every.tolist() == expected(part, "asks", numbers, documents, how)
    assert (every == copied).all()
    turned = part.reduced("asks", numbers, part.everything[::-1].astype(np.int32), how)
    assert (turned[::-1] == every).all()


@given(DOCUMENTS, DOCUMENTS, st.sets(st.integers(1, 30)), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_the_distance_from_any_place_is_that_of_the_haversine_formula(
    first, second, dropped, chance
):
    near = Near(chance.choice([35.0456, 0.0, -90.0, 89.9]), chance.choice([-85.3097, 179.99]))
    with tempfile.TemporaryDirectory() as folder:
        source, parts = several(Path(folder), first, second, dropped)
        for living in parts:
            positions, documents = documents_of(source, living)
            places = list(range(len(positions)))
            chance.shuffle(places)
            found = living.part.kilometres_to(near.latitude, near.longitude, positions[places])
            truly = [truth.distance(documents[place], near) for place in places]
            assert_far(found, truly)


def assert_far(found, truly):
    for one, other in zip(found.tolist(), truly, strict=True):
        if other is None:
            assert one != one  # noqa: PLR0124 -- NaN
        else:  # on the far side of the Earth the formula itself is good to some meters only
            assert one == pytest.approx(other, rel=1e-6, abs=1e-6 if other < 19_000 else 0.1)


def test_distances_of_a_large_part_are_in_the_order_of_the_positions(large):
    source, [living] = large
    near = Near(35.0456, -85.3097)
    positions, documents = documents_of(source, living)
    found = living.part.kilometres_to(near.latitude, near.longitude, positions)
    assert_far(found, [truth.distance(each, near) for each in documents])
    assert np.isnan(found).sum() == 750


def test_nothing_is_asked_of_nobody(large):
    _, [living] = large
    nobody = np.empty(0, np.intp)
    numbers = np.ones(len(living.part.values("asks")), np.uint8)
    assert len(living.part.reduced("asks", numbers, nobody, np.maximum)) == 0
    assert len(living.part.kilometres_to(35.0, -85.0, nobody)) == 0
