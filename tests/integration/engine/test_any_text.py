"""S27: whatever is typed, chosen or pasted is only text, and is answered within two seconds."""

from time import thread_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from resourcedir.engine.documents import Clause, Document, Near, Question, Sort
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

SIZE = 2_000
ANY = st.text(st.characters())  # also half characters, which no encoding takes
FIELD = st.sampled_from(["need", "", "unknown"]) | ANY
VALUES = st.frozensets(ANY | st.sampled_from(["otp", "late"]), max_size=3)
CLAUSES = st.builds(
    Clause,
    text=ANY | st.sampled_from(["methadone", "the", "methadone beds"]),
    keyword=st.none() | st.tuples(FIELD, VALUES),
    any_word=st.booleans(),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    documents = (
        Document(
            key,
            (("methadone beds", 1.0), (f"number {key}", 1.0)),
            {"need": frozenset({"otp", f"value {key % 7}"})},
            (35.0 + key / SIZE, -85.0) if key % 3 else None,
            frozenset({"TN"}),
        )
        for key in range(SIZE)
    )
    Indexer(folder, Memory(documents)).rebuild()
    return WhooshIndex(folder)


QUESTIONS = st.builds(
    Question,
    clauses=st.lists(CLAUSES, max_size=4).map(tuple),
    any_clause=st.booleans(),
    filters=st.dictionaries(FIELD, VALUES, max_size=2),
    near=st.none() | st.builds(Near, st.just(35.5), st.just(-85.0), st.just(40.0), VALUES),
    facets=st.lists(FIELD, max_size=2).map(tuple),
    sort=st.sampled_from(Sort),
    offset=st.integers(-5, 10**12),
    limit=st.integers(-5, 10**12),
)


@given(QUESTIONS)
@settings(deadline=None, max_examples=300)
@example(Question((Clause("\ud800", ("need", frozenset({"\ud800"}))),)))
@example(Question(filters={"need": frozenset({"\ud800"})}, facets=("need", "ne\x1fed")))
def test_any_question_is_answered(index, question):
    start = thread_time()
    answer = index.search(question)
    assert thread_time() - start < 2
    assert 0 <= answer.total <= SIZE
    assert len(answer.hits) <= max(0, min(question.limit, answer.total))
    assert set(answer.facets) == set(question.facets)


@pytest.mark.parametrize(
    "typed",
    [
        *("*", "m*", "need:otp", '"', "NOT methadone", "methadone~", "[a TO z]", "\x00", "\ud800"),
        *("the and", "", "a" * 1_000_000, "methadone " * 100_000, "é" * 300_000, "x y " * 200_000),
    ],
    ids=lambda typed: ascii(typed[:15]),
)
def test_awkward_text_is_only_text(index, typed):
    start = thread_time()
    total = index.search(Question((Clause(typed),))).total
    assert thread_time() - start < 2
    # All have the word, and a question that says nothing is about everything; none has others.
    assert total == (SIZE if typed in ("*", '"', "\x00", "\ud800", "the and", "") else total)
    assert total in (0, SIZE)
