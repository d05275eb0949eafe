"""Every answer of the index against looking at all documents one by one."""

import tempfile
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.engine.documents import Clause, Document, Near, Question, Sort
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine import engine_truth as truth

WORDS = st.sampled_from(["detox", "housing", "beds", "Niños", "night", "the", "GED", "hepatitis C"])
TEXT = st.lists(WORDS, max_size=4).map(" ".join)
FIELDS = st.sampled_from(["need", "payer"])
VALUES = st.frozensets(st.sampled_from(["a", "b", "c d"]), max_size=2)
POINT = st.tuples(
    st.sampled_from([35.0, 35.1, 35.1234567, -20.0]), st.sampled_from([-85.3, -85.0, 180.0])
)
AREAS = st.frozensets(st.sampled_from(["US", "TN", "GA"]), max_size=2)
EXTRAS = st.sampled_from([{}, {"open": "yes"}, {"open": "no"}])

DOCUMENTS = st.lists(
    st.builds(
        Document,
        key=st.integers(1, 2**40),
        texts=st.lists(st.tuples(TEXT, st.sampled_from([0.5, 1.0, 3.0])), max_size=3).map(tuple),
        keywords=st.dictionaries(FIELDS, VALUES),
        point=st.none() | POINT,
        areas=AREAS,
        extras=EXTRAS,
    ),
    max_size=12,
    unique_by=lambda document: document.key,
)
QUESTIONS = st.builds(
    Question,
    clauses=st.lists(
        st.builds(Clause, text=TEXT, keyword=st.none() | st.tuples(FIELDS, VALUES)), max_size=3
    ).map(tuple),
    filters=st.dictionaries(FIELDS | st.just("unknown"), VALUES, max_size=2),
    near=st.none()
    | st.builds(
        Near,
        latitude=st.sampled_from([35.0, 35.05, 0.0]),
        longitude=st.just(-85.3),
        within_km=st.sampled_from([None, 0.0, 8.0, 40.0, 19_000.0]),
        areas=AREAS,
    ),
    keep=st.sampled_from([(), (lambda extras: extras.get("open") == "yes",)]),
    facets=st.sampled_from([(), ("need",), ("need", "payer", "unknown")]),
    sort=st.sampled_from(Sort),
    limit=st.just(50),
)


@given(DOCUMENTS, st.lists(QUESTIONS, min_size=1, max_size=5))
@settings(deadline=None, max_examples=150)
def test_total_members_facets_and_order_are_the_truth(documents, questions):
    with tempfile.TemporaryDirectory() as folder:
        Indexer(Path(folder), truth.Memory(documents)).rebuild()
        index = WhooshIndex(Path(folder))
        for question in questions:
            answer = index.search(question)
            assert_members_and_counts(documents, question, answer)
            assert_order(documents, question, answer)
            assert_pages(index, question, answer)


def assert_members_and_counts(documents, question, answer):
    expected, every_word = truth.matching(documents, question)
    assert sorted(hit.key for hit in answer.hits) == sorted(d.key for d in expected)
    assert answer.total == len(expected)
    assert answer.every_word == every_word
    assert answer.facets == {
        name: truth.facet(documents, question, name) for name in question.facets
    }
    by_key = {document.key: document for document in documents}
    for hit in answer.hits:
        assert hit.distance_km == truth.distance(by_key[hit.key], question.near)
        assert 0.0 <= hit.score <= 1.0


def assert_order(documents, question, answer):
    by_key = {document.key: document for document in documents}

    def place(hit):
        if question.sort is Sort.NEAREST and hit.distance_km is not None:
            return (False, hit.distance_km, hit.key)
        document = by_key[hit.key]
        rank = truth.rank(document, question, every_word=answer.every_word)
        by_area = question.sort is Sort.NEAREST and question.near is not None
        return (by_area, rank, -hit.score, hit.key)

    assert all(place(one) < place(other) for one, other in pairwise(answer.hits))


def assert_pages(index, question, answer):
    for offset in range(0, answer.total + 3, 3):
        part = Question(
            question.clauses,
            question.filters,
            question.near,
            question.keep,
            sort=question.sort,
            offset=offset,
            limit=3,
        )
        assert index.search(part).hits == answer.hits[offset : offset + 3]


@given(DOCUMENTS, QUESTIONS, FIELDS, VALUES)
@settings(deadline=None, max_examples=40)
def test_a_filter_never_adds_a_result(documents, question, name, values):
    with tempfile.TemporaryDirectory() as folder:
        Indexer(Path(folder), truth.Memory(documents)).rebuild()
        index = WhooshIndex(Path(folder))
        free = Question(question.clauses, near=question.near, limit=50)
        narrowed = Question(question.clauses, {name: values}, question.near, limit=50)
        wide = {hit.key for hit in index.search(free).hits}
        assert {hit.key for hit in index.search(narrowed).hits} <= wide
