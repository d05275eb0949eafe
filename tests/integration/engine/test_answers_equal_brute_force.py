"""Every answer of the index against looking at all documents one by one."""

import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

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
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine import engine_truth as truth

LAYOUT = Layout(
    "test",
    7.0,
    {
        "open": Column(ColumnKind.FLAG),
        "wait": Column(ColumnKind.INTEGER, missing=99),
        "liked": Column(ColumnKind.REAL, missing=-0.5),
    },
)
WORDS = st.sampled_from(["detox", "housing", "beds", "Niños", "night", "the", "GED", "hepatitis C"])
TEXT = st.lists(WORDS, max_size=4).map(" ".join)
FIELDS = st.sampled_from(["need", "payer"])
VALUES = st.frozensets(st.sampled_from(["a", "b", "c d"]), max_size=2)
POINT = st.tuples(
    st.sampled_from([35.0, 35.1, 35.1234567, -20.0, 90.0]), st.sampled_from([-85.3, -85.0, 180.0])
)
AREAS = st.frozensets(st.sampled_from(["US", "TN", "GA"]), max_size=2)

DOCUMENTS = st.lists(
    st.builds(
        Document,
        key=st.integers(1, 2**40),
        texts=st.lists(st.tuples(TEXT, st.sampled_from([0.5, 1.0, 3.0])), max_size=3).map(tuple),
        keywords=st.dictionaries(FIELDS, VALUES),
        point=st.none() | POINT,
        areas=AREAS,
        columns=st.fixed_dictionaries(
            {},
            optional={
                "open": st.integers(0, 1),
                "wait": st.integers(-3, 3),
                "liked": st.sampled_from([0.25, 1.5]),
            },
        ),
    ),
    max_size=12,
    unique_by=lambda document: document.key,
)
QUESTIONS = st.builds(
    Question,
    clauses=st.lists(
        st.builds(
            Clause,
            text=TEXT,
            keyword=st.none() | st.tuples(FIELDS, VALUES),
            any_word=st.booleans(),
            other=st.none(),
        )
        | st.builds(
            Clause,
            text=TEXT,
            keyword=st.tuples(FIELDS, VALUES),
            other=st.tuples(FIELDS, VALUES),
        ),
        max_size=3,
    ).map(tuple),
    any_clause=st.booleans(),
    filters=st.dictionaries(FIELDS | st.just("unknown"), VALUES, max_size=2),
    near=st.none()
    | st.builds(
        Near,
        latitude=st.sampled_from([35.0, 35.05, 0.0, 89.9]),
        longitude=st.sampled_from([-85.3, -179.9]),
        within_km=st.sampled_from([None, 0.0, 8.0, 40.0, 19_000.0]),
        areas=AREAS,
    ),
    facets=st.sampled_from([(), ("need",), ("need", "payer", "unknown")]),
    sort=st.sampled_from(Sort),
    limit=st.just(50),
)
HOOKS = st.builds(
    Hooks,
    keep=st.sampled_from([(), (lambda part, at: part.column("open")[at] == 1,)]),
    order=st.sampled_from([None, lambda part, at: part.column("wait")[at].astype(np.float32)]),
    score=st.sampled_from([(), (lambda part, at: part.column("liked")[at],)]),
    tally=st.just({"a": lambda part, at: part.having("need", ["a"])[at]}),
)


def value(document, name):
    return document.columns.get(name, LAYOUT.columns[name].missing)


@given(DOCUMENTS, DOCUMENTS, st.lists(st.tuples(QUESTIONS, HOOKS), min_size=1, max_size=5))
@settings(deadline=None, max_examples=120)
def test_total_members_facets_and_order_are_the_truth(first, second, asked):
    """Also with documents that replaced others, in an index of several parts."""
    with tempfile.TemporaryDirectory() as folder:
        source = truth.Memory(first, LAYOUT)
        indexer = Indexer(Path(folder), source)
        indexer.rebuild()
        for document in second:
            source.put(document)
        indexer.catch_up()
        documents = list(source.all.values())
        index = WhooshIndex(Path(folder))
        for question, hooks in asked:
            answer = index.search(question, hooks)
            found = assert_members_and_counts(documents, question, hooks, answer)
            assert_scores(found, documents, question, hooks, answer)
            assert_order(documents, question, hooks, answer)
            assert_pages(index, question, hooks, answer)


def assert_members_and_counts(documents, question, hooks, answer):
    def kept(document):
        return not hooks.keep or value(document, "open") == 1

    found = [document for document in truth.matching(documents, question) if kept(document)]
    assert sorted(hit.key for hit in answer.hits) == sorted(d.key for d in found)
    assert answer.total == len(found)
    assert answer.facets == {
        name: truth.facet(documents, question, name, kept) for name in question.facets
    }
    assert answer.tallies == {"a": sum("a" in d.keywords.get("need", ()) for d in found)}
    return found


def assert_scores(found, documents, question, hooks, answer):
    by_key = {document.key: document for document in documents}
    expected = truth.scores(found, documents, question, LAYOUT.usual_length)
    for hit in answer.hits:
        added = value(by_key[hit.key], "liked") if hooks.score else 0.0
        assert hit.score == pytest.approx(expected[hit.key] + added, rel=1e-4, abs=1e-5)
        if (distance := truth.distance(by_key[hit.key], question.near)) is None:
            assert hit.distance_km is None
        else:
            assert hit.distance_km == pytest.approx(distance, rel=1e-5, abs=1e-3)


def assert_order(documents, question, hooks, answer):
    by_key = {document.key: document for document in documents}

    def place(hit):
        document = by_key[hit.key]
        first = value(document, "wait") if hooks.order else 0
        if question.sort is Sort.NEAREST and hit.distance_km is not None:
            return (first, False, hit.distance_km, hit.key)
        rank = truth.rank(document, question)
        by_area = question.sort is Sort.NEAREST and question.near is not None
        return (first, by_area, rank, -hit.score, hit.key)

    assert all(place(one) < place(other) for one, other in pairwise(answer.hits))


def assert_pages(index, question, hooks, answer):
    for offset in range(0, answer.total + 3, 3):
        part = Question(
            question.clauses,
            question.any_clause,
            question.filters,
            question.near,
            sort=question.sort,
            offset=offset,
            limit=3,
        )
        assert index.search(part, hooks).hits == answer.hits[offset : offset + 3]


@given(DOCUMENTS, QUESTIONS, FIELDS, VALUES)
@settings(deadline=None, max_examples=40)
def test_a_filter_never_adds_a_result(documents, question, name, values):
    with tempfile.TemporaryDirectory() as folder:
        Indexer(Path(folder), truth.Memory(documents, LAYOUT)).rebuild()
        index = WhooshIndex(Path(folder))
        free = replace(question, filters={})
        narrowed = replace(question, filters={name: values})
        wide = {hit.key for hit in index.search(free).hits}
        assert {hit.key for hit in index.search(narrowed).hits} <= wide


def around_the_date_line():
    """Return places on both sides of it, in an order in which their cells wrap around."""
    west = [Document(key, point=(-0.03, -179.97)) for key in range(1, 41)]
    far = [Document(key, point=(0.02, 0.0)) for key in range(100, 141)]
    return [*west, Document(50, point=(-0.03, 179.97)), *far, Document(51, point=(0.07, -179.97))]


def test_a_circle_over_the_date_line_holds_who_is_on_both_sides(tmp_path, monkeypatch):
    monkeypatch.setattr("resourcedir.engine.grid._FEW", 0)
    Indexer(tmp_path, truth.Memory(around_the_date_line())).rebuild()
    question = Question(near=Near(0.02, -179.9999, 12.0), limit=50)

    hits = WhooshIndex(tmp_path).search(question).hits

    expected = truth.matching(around_the_date_line(), question)
    assert sorted(hit.key for hit in hits) == sorted(document.key for document in expected)
    assert len(hits) == 42


def test_equal_documents_in_two_parts_come_in_the_order_of_their_keys(tmp_path):
    words = ["alpha", "beta", "gamma", "delta"]
    twins = [Document(key, ((" ".join(words), 1.7),)) for key in (900, 5)]
    others = [
        Document(100 + n, ((" ".join(words[: n % 4] + ["more"] * (n % 7)), 0.9),))
        for n in range(60)
    ]
    source = truth.Memory([twins[0], *others[:45]])
    Indexer(tmp_path, source).rebuild()
    for document in [*others[45:], twins[1]]:
        source.put(document)
    Indexer(tmp_path, source).catch_up()
    index = WhooshIndex(tmp_path)
    for turn in range(4):
        said = words[turn:] + words[:turn]
        question = Question(tuple(map(Clause, said)), limit=2)
        assert [hit.key for hit in index.search(question).hits] == [5, 900], said
