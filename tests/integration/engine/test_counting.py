"""Sets of documents in a part of thousands: counted, looked up and weighed as by plain loops."""

import random
from functools import cache
from types import SimpleNamespace

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
)
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.part import FlatPart, Postings, Spots, all_at
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

SIZE = 3_001  # not a multiple of 64
RARITIES = (1, 2, 7, 40, 130, 900, SIZE)  # one document in so many has it
LAYOUT = Layout("counting", 4.0, {"wait": Column(ColumnKind.INTEGER)})


def has(key, rarity):
    return key * 2_654_435_761 % SIZE % rarity == 0


def document(key):
    held = [rarity for rarity in RARITIES if has(key, rarity)]
    return Document(
        key,
        tuple((f"word{rarity} " * (1 + key % 3), 1.0) for rarity in held),
        {"share": frozenset(f"one in {rarity}" for rarity in held), "own": frozenset({str(key)})},
        (key % 170 - 85.0, key * 7 % 360 - 180.0) if key % 5 else None,
        frozenset({"TN"} if key % 3 else {}),
        {"wait": key % 11},
    )


@cache
def documents():
    return [document(key) for key in range(SIZE)]


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    Indexer(folder, Memory(documents(), LAYOUT)).rebuild()
    return WhooshIndex(folder)


@pytest.fixture(scope="module")
def part(index):
    (living,) = index.snapshot().parts
    assert living.part.size == SIZE
    return living.part


def some_positions(many, seed):
    chosen = random.Random(seed).sample(range(SIZE), many)  # noqa: S311
    return np.array(sorted(chosen), np.intp)


MANY = st.sampled_from([0, 1, 2, 63, 64, 125, 126, 511, 512, 513, 1_500, SIZE - 1, SIZE])
MANY = MANY | st.integers(0, SIZE)
SEEDS = st.integers(0, 5)
NAMES = st.sampled_from(["share", "own", "unknown", ""])


def plainly_counted(part, name, positions):
    counts = dict.fromkeys(part.values(name), 0)
    for key in part.keys[positions].tolist():
        each = documents()[key]
        for value in each.areas if name == "" else each.keywords.get(name, ()):
            counts[value] += 1
    return list(counts.values())


def test_both_ways_of_counting_are_met_and_values_are_common_and_rare(part, monkeypatch):
    ways = []
    for name in ("_counted", "_intersected"):
        real = getattr(FlatPart, name)
        monkeypatch.setattr(
            FlatPart, name, lambda *said, real=real, name=name: ways.append(name) or real(*said)
        )
    for many in (100, 511, 512, 3_000):
        part.counts("share", some_positions(many, 1))
    assert ways == ["_counted", "_counted", "_intersected", "_intersected"]
    rows = part.arrays["dense_rows"]
    dense = {
        name: [rows[term] >= 0 for term in range(*part._fields[name])] for name in ("own", "share")
    }
    assert not any(dense["own"])
    assert 0 < sum(dense["share"]) < len(RARITIES)


@given(MANY, SEEDS, NAMES)
@settings(deadline=None)
def test_counts_are_those_of_a_plain_loop(part, many, seed, name):
    positions = some_positions(many, seed)
    assert part.counts(name, positions).tolist() == plainly_counted(part, name, positions)


@given(st.integers(1, SIZE), SEEDS, st.sampled_from(["share", "own"]))
@settings(deadline=None)
def test_either_way_of_counting_gives_the_same(part, many, seed, name):
    positions = some_positions(many, seed)
    first, last = part._fields[name]
    expected = plainly_counted(part, name, positions)
    assert part._counted(name, positions, last - first).tolist() == expected
    assert part._intersected(positions, first, last).tolist() == expected


def test_many_common_values_are_counted_in_pieces(part, monkeypatch):
    positions = some_positions(2_000, 3)
    expected = plainly_counted(part, "share", positions)
    monkeypatch.setattr("resourcedir.engine.part._CHUNK", 100)  # two rows of bits
    assert part.counts("share", positions).tolist() == expected


@given(rarity=st.sampled_from(RARITIES), wait=st.integers(0, 10), circle=st.booleans())
@settings(deadline=None, max_examples=30)
def test_facets_of_an_answer_are_those_of_a_plain_loop(index, rarity, wait, circle):
    answer = index.search(
        Question(
            (Clause(f"word{rarity}"),),
            near=Near(10.0, 20.0, 4_000.0, frozenset({"TN"})) if circle else None,
            facets=("share", "own"),
            limit=SIZE,
        ),
        Hooks(keep=(lambda part, positions: part.column("wait")[positions] != wait,)),
    )
    found = [documents()[hit.key] for hit in answer.hits]
    assert len(found) == answer.total
    for name, counts in answer.facets.items():
        expected = {}
        for each in found:
            for value in each.keywords[name]:
                expected[value] = expected.get(value, 0) + 1
        assert counts == expected


WAYS = ("spread", "bits", "search")


def held(rarity, positions, part):
    return [has(key, rarity) for key in part.keys[positions].tolist()]


def plain_impacts(rarity, positions, part):
    """Return the BM25 of the word without its rarity, from the documents themselves."""
    found = []
    for key in part.keys[positions].tolist():
        weight = 1 + key % 3
        length = weight * sum(has(key, each) for each in RARITIES)
        damping = 1.2 * (0.25 + 0.75 * length / LAYOUT.usual_length)
        found.append(weight * 2.2 / (weight + damping) if has(key, rarity) else 0.0)
    return found


@given(rarity=st.sampled_from(RARITIES), many=MANY, seed=SEEDS, way=st.sampled_from(WAYS))
@settings(deadline=None, max_examples=150)
def test_a_word_is_looked_up_and_weighed_as_by_a_plain_loop(part, rarity, many, seed, way):
    positions = some_positions(many, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Postings, "_is_quicker_spread", lambda *_: way == "spread")
        postings = part.word(f"word{rarity}")
        if way == "search" and postings.bits is not None:
            postings = without_bits(postings)
        assert postings.at(Spots(positions)).tolist() == held(rarity, positions, part)
        impacts = postings.impacts_at(Spots(positions)).tolist()
    assert impacts == pytest.approx(plain_impacts(rarity, positions, part), rel=1e-5)


def without_bits(postings):
    """Return the same documents as if the word were a rare one."""
    bare = object.__new__(Postings)
    bare.size, bare.documents, bare.impacts = postings.size, postings.documents, postings.impacts
    bare.bits = bare._ranks = None
    return bare


@given(rarity=st.sampled_from(RARITIES), many=MANY, seed=SEEDS)
@settings(deadline=None)
def test_the_way_that_is_chosen_gives_the_same(part, rarity, many, seed):
    positions = some_positions(many, seed)
    postings = part.word(f"word{rarity}")
    assert postings.at(Spots(positions)).tolist() == held(rarity, positions, part)
    impacts = postings.impacts_at(Spots(positions)).tolist()
    assert impacts == pytest.approx(plain_impacts(rarity, positions, part), rel=1e-5)


def test_looking_each_up_is_chosen_where_few_are_asked_for_in_a_large_part():
    postings = without_bits(SimpleNamespace(size=10**6, documents=range(9_000), impacts=None))
    assert not postings._is_quicker_spread(100)
    assert postings._is_quicker_spread(10_000)


def test_a_keyword_has_no_impacts_and_a_word_gives_its_own_as_they_are(part):
    assert len(part.keyword("share", "one in 2").impacts) == 0
    word = part.word("word7")
    assert word.impacts_at(Spots(word.documents)) is word.impacts
    assert part.word("word3") is None
    assert part.keyword("share", "one in 3") is None
    assert part.keyword("unknown", "one in 2") is None


@given(
    st.lists(st.sampled_from(RARITIES), max_size=4),
    st.lists(st.sampled_from(RARITIES), max_size=2),
    MANY,
    SEEDS,
)
@settings(deadline=None)
def test_having_all_of_several_terms_is_having_each(part, words, values, many, seed):
    positions = some_positions(many, seed)
    sets = [part.word(f"word{each}") for each in words]
    sets += [part.keyword("share", f"one in {each}") for each in values]
    expected = [
        all(has(key, each) for each in (*words, *values)) for key in part.keys[positions].tolist()
    ]
    assert all_at(sets, Spots(positions)).tolist() == expected


@given(st.lists(st.sampled_from(["US", "TN"])))
def test_only_documents_without_a_point_answer_by_their_area(part, codes):
    expected = {each.key for each in documents() if each.point is None and each.areas & set(codes)}
    serving = part.serving(codes)
    assert len(serving) == len(expected)
    assert set(part.keys[serving].tolist()) == expected
