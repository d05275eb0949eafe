"""What the bulk path writes is held to what Whoosh's own writer writes and its readers read."""

from dataclasses import replace as changed

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
from whoosh.query import And, Every, Or, Prefix, Term

from resourcedir.engine import bulk
from resourcedir.engine.documents import Document
from resourcedir.engine.schema import NOWHERE, SEPARATOR, new_schema
from tests.integration.engine.whoosh_truth import (
    LAYOUT,
    PLACES,
    WORDS,
    add_by_whoosh,
    built,
    built_by_whoosh,
    contents,
    living,
    many,
    place_in_order,
    segments,
)

texts = st.lists(
    st.tuples(
        st.one_of(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.text()),
        st.sampled_from([1.0, 2.0, 3, 0.1, 0.3, 2.5, 7.77]),
    ),
    max_size=5,
).map(tuple)
values = st.frozensets(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=4)
documents = st.lists(
    st.builds(
        Document,
        key=st.integers(0, 2**40),
        texts=texts,
        keywords=st.dictionaries(st.sampled_from(["need", "payer", ""]), values, max_size=3),
        point=st.sampled_from(PLACES),
        areas=values,
        columns=st.fixed_dictionaries(
            {},
            optional={
                "openings": st.integers(-(2**31), 2**31 - 1),
                "cost": st.floats(width=32, allow_nan=False),
                "waiting": st.integers(0, 1),
            },
        ),
        sealed=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda document: document.key,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=documents, chance=st.randoms(use_true_random=False))
def test_any_documents_are_written_as_whoosh_writes_them(tmp_path_factory, documents, chance):
    folder = tmp_path_factory.mktemp("either")
    shuffled = chance.sample(documents, len(documents))
    assert contents(built(folder / "bulk", shuffled)) == contents(
        built_by_whoosh(folder / "whoosh", documents)
    )


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("both")
    some = list(many(700))
    return built(folder / "bulk", reversed(some)), built_by_whoosh(folder / "whoosh", some)


def test_terms_of_many_blocks_are_written_as_whoosh_writes_them(both):
    mine, whooshs = map(contents, both)
    assert len(mine["terms"]["words", b"bed"][0]) == 700
    assert mine == whooshs


@pytest.mark.parametrize(
    "query",
    [
        Every(),
        Or([Term("words", "shelter"), Term("words", "приют"), Term("words", "8")]),
        And([Term("words", "bed"), Term("words", "住房"), Term("words", "detox")]),
        And([Term("words", "援助"), Term("keywords", f"need{SEPARATOR}援助")]),
        Prefix("keywords", f"need{SEPARATOR}"),
        QueryParser("words", new_schema(LAYOUT)).parse("bed NOT 8"),
    ],
    ids=["every", "or", "and", "keyword", "prefix", "not"],
)
def test_whooshs_own_searcher_finds_the_same(both, query):
    found = []
    for folder in both:
        with open_dir(str(folder)).searcher() as searcher:
            hits = searcher.search(query, limit=25)
            found.append((len(hits), [(hit.docnum, hit.score) for hit in hits]))
    assert found[0][0] > 0
    assert found[0] == found[1]


def test_whooshs_own_writer_appends_deletes_and_merges(tmp_path):
    some = list(many(300))
    folder = built(tmp_path / "bulk", some[:200])
    writer = add_by_whoosh(open_dir(str(folder)), some[200:])
    writer.delete_document(0)
    writer.commit(merge=False)
    assert len(segments(folder)) == 2
    apart = living(folder)
    assert len(apart) == 299
    open_dir(str(folder)).optimize()
    assert len(segments(folder)) == 1
    assert living(folder) == apart


def test_documents_lie_in_spatial_order_and_those_without_a_point_last(tmp_path):
    some = [changed(each, key=1000 - each.key) for each in many(200)]
    twice_in_one_place = [Document(7, point=PLACES[1]), Document(3, point=PLACES[1])]
    folder = built(tmp_path / "bulk", some + twice_in_one_place)
    columns = contents(folder)["columns"]
    expected = sorted(some + twice_in_one_place, key=place_in_order)
    assert columns["number"] == [document.key for document in expected]
    assert sorted(columns["latitude"]) != columns["latitude"]
    located = sum(document.point is not None for document in expected)
    assert set(columns["latitude"][located:]) == {NOWHERE}
    assert NOWHERE not in columns["latitude"][:located]


def test_names_beyond_those_kept_are_cut_all_the_same(tmp_path, monkeypatch):
    expected = contents(built(tmp_path / "many kept", many(20)))
    monkeypatch.setattr(bulk, "_NAMES_KEPT", 2)
    assert contents(built(tmp_path / "few kept", many(20))) == expected
