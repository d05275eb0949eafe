"""The parts are held to Whoosh: its reader says what is in a segment, its searcher who matches."""

import tempfile
from math import cos, radians, sin
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.query import And, Or, Term

from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Clause, Column, ColumnKind, Document, Layout, Question
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.manifest import unpack
from resourcedir.engine.schema import NOWHERE, SEPARATOR, keyword_term
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

LAYOUT = Layout(
    "of this test",
    9.0,
    {
        "open": Column(ColumnKind.FLAG, 1),
        "wait": Column(ColumnKind.INTEGER, -7),
        "liked": Column(ColumnKind.REAL, 0.25),
    },
)
WORDS = st.sampled_from(["detox", "housing", "beds", "Niños", "night", "the", "приют", "住房"])
TEXT = st.lists(WORDS, max_size=6).map(" ".join) | st.text(max_size=5)
VALUES = st.frozensets(st.sampled_from(["a", "b", "c d", "é"]) | st.text(max_size=2), max_size=3)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        key=st.integers(0, 30),
        texts=st.lists(st.tuples(TEXT, st.sampled_from([0.3, 1.0, 4.5])), max_size=3).map(tuple),
        keywords=st.dictionaries(st.sampled_from(["need", "payer", "neede"]), VALUES),
        point=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
        areas=st.frozensets(st.sampled_from(["US", "TN"])),
        columns=st.fixed_dictionaries(
            {},
            optional={
                "open": st.integers(0, 1),
                "wait": st.integers(-(2**31), 2**31 - 1),
                "liked": st.floats(width=32, allow_nan=False),
            },
        ),
        sealed=st.just(value=False),
    ),
    max_size=14,
    unique_by=lambda document: document.key,
)
CHEAP = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def indexed(root, first, second, gone):
    """Make an index with some documents deleted and, as a rule, of two segments."""
    source = Memory(first, LAYOUT)
    indexer = Indexer(root, source)
    indexer.rebuild()
    for document in second:
        source.put(document)
    for key in gone:
        source.drop(key)
    indexer.catch_up()
    return source


def leaves(reader, index, manifest):
    """Give each part of the index with the Whoosh reader of its segment."""
    segments = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
    found = {leaf.segment().segment_id(): leaf for leaf in segments}
    assert set(found) == {entry.segment for entry in manifest.parts}
    for entry, living in zip(manifest.parts, index.snapshot().parts, strict=True):
        assert set(unpack(entry.deleted).tolist()) == set(living.deleted.tolist())
        yield found[entry.segment], living


@given(DOCUMENTS, DOCUMENTS, st.lists(st.integers(0, 30), max_size=3))
@CHEAP
def test_a_part_holds_what_whooshs_reader_gives(first, second, gone):
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        indexed(root, first, second, gone)
        folder = IndexFolder(root)
        with open_dir(str(folder.current())).reader() as reader:
            total = 0
            for leaf, living in leaves(reader, WhooshIndex(root), folder.manifest()):
                assert living.part.size == leaf.doc_count_all()
                assert living.count == leaf.doc_count()
                assert set(living.deleted.tolist()) == {
                    each for each in range(leaf.doc_count_all()) if leaf.is_deleted(each)
                }
                assert_columns(living.part, leaf)
                assert_terms(living, leaf)
                assert_places(living.part, leaf)
                assert_values(living.part)
                total += living.count
            assert total == reader.doc_count() == folder.manifest().documents


def column(leaf, name):
    return list(leaf.column_reader(name, translate=False).load())


def assert_columns(part, leaf):
    for name in LAYOUT.columns:
        assert part.column(name).tolist() == column(leaf, f"column_{name}")
    assert part.keys.tolist() == column(leaf, "number")
    assert part.arrays["sealed"].tolist() == column(leaf, "sealed")
    halves = zip(column(leaf, "digest_high"), column(leaf, "digest_low"), strict=True)
    assert [tuple(each) for each in part.arrays["digest"].tolist()] == list(halves)


def whooshs_postings(leaf, field, text):
    matcher = leaf.postings(field, text)
    while matcher.is_active():
        yield matcher.id(), matcher.weight()
        matcher.next()


def assert_terms(living, leaf):
    part, known = living.part, 0
    gone = set(living.deleted.tolist())
    terms = list(leaf.all_terms())
    assert len(terms) == len(part.arrays["dense_rows"])
    for field, text in terms:
        if field == "words":
            found = part.word(text.decode())
        else:
            found = part.keyword(*text.decode().split(SEPARATOR, 1))
        documents = found.documents.tolist()
        expected = dict(whooshs_postings(leaf, field, text))
        assert documents == sorted(set(documents))
        assert [each for each in documents if each not in gone] == list(expected)
        if found.bits is not None:
            word, bit = divmod(documents[0], 64)
            assert int(found.bits[word]) >> bit & 1
            assert sum(int(each).bit_count() for each in found.bits) == len(documents)
        known += len(documents)
        if field == "words":
            for each, impact in zip(documents, found.impacts.tolist(), strict=True):
                if each not in gone:
                    share = (leaf.doc_field_length(each, "words") or 0) / LAYOUT.usual_length
                    bm25 = expected[each] * 2.2 / (expected[each] + 1.2 * (0.25 + 0.75 * share))
                    assert impact == pytest.approx(bm25, rel=1e-5)
    assert known == len(part.arrays["postings"])


def assert_places(part, leaf):
    latitudes, longitudes = column(leaf, "latitude"), column(leaf, "longitude")
    arrays = part.arrays
    located = [each for each, latitude in enumerate(latitudes) if latitude != NOWHERE]
    assert sorted(arrays["cell_documents"].tolist()) == located
    assert arrays["cells"].tolist() == sorted(arrays["cells"].tolist())
    for place, document in enumerate(arrays["cell_documents"].tolist()):
        assert arrays["cell_places"][document] == place
        row = (latitudes[document] + 90_000_000) // 50_000
        across = (longitudes[document] + 180_000_000) // 50_000
        assert arrays["cells"][place] == row * 7201 + across
        phi, lam = radians(latitudes[document] / 1e6), radians(longitudes[document] / 1e6)
        vector = [cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)]
        assert arrays["points"][:, place].tolist() == pytest.approx(vector, abs=1e-12)
    without = set(range(part.size)) - set(located)
    assert {each for each in range(part.size) if arrays["cell_places"][each] < 0} == without


def assert_values(part):
    for name in ("need", "payer", "neede", ""):
        values = part.values(name)
        assert values == sorted(values, key=str.encode)
        for document in range(part.size):
            expected = [
                value for value in values if document in part.keyword(name, value).documents
            ]
            if values:
                starts = part.arrays[f"starts:{name}"]
                span = slice(int(starts[document]), int(starts[document + 1]))
                assert [values[each] for each in part.arrays[f"values:{name}"][span]] == expected


@given(
    DOCUMENTS,
    DOCUMENTS,
    st.lists(st.integers(0, 30), max_size=3),
    st.lists(st.lists(WORDS, max_size=3).map(" ".join), max_size=3),
    st.booleans(),
    st.dictionaries(st.sampled_from(["need", "payer"]), VALUES, max_size=2),
)
@CHEAP
def test_the_same_documents_match_as_by_whooshs_own_searcher(
    first, second, gone, texts, any_clause, filters
):
    query = whooshs_query(texts, any_clause, filters)
    if query is None:
        return
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        indexed(root, first, second, gone)
        clauses = tuple(Clause(text, any_word=any_clause) for text in texts)
        question = Question(clauses, any_clause, filters, limit=50)
        index = open_dir(str(IndexFolder(root).current()))
        with index.searcher() as searcher:
            documents = set(query.docs(searcher))
            numbers = column(searcher.reader(), "number") if documents else []
            expected = {numbers[each] for each in documents}
        assert {hit.key for hit in WhooshIndex(root).search(question).hits} == expected


def whooshs_query(texts, any_clause, filters):
    """Return the question in Whoosh's words; None where nothing is asked."""
    cut = [tokens(text) for text in texts]
    words = [Term("words", word) for each in cut for word in each]
    query = [Or(words) if any_clause else And(words)] if words else []
    query += [
        Or([Term("keywords", keyword_term(name, value)) for value in values])
        for name, values in filters.items()
        if values
    ]
    return And(query) if query else None
