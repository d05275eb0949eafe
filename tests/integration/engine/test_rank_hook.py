"""A caller's own score: what it is told, and that nothing but an order goes before it."""

import random
from dataclasses import replace

import numpy as np
import pytest

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
    "rank",
    7.0,
    columns={"level": Column(ColumnKind.INTEGER), "worth": Column(ColumnKind.REAL)},
)
NEAR = Near(35.0, -85.0, None, frozenset({"TN"}))
BED, FOOD = Clause("bed"), Clause("food", ("need", frozenset("a")))
QUESTIONS = {
    "everything": Question(),
    "near": Question(near=NEAR),
    "within": Question(near=replace(NEAR, within_km=60.0)),
    "nearest": Question(near=NEAR, sort=Sort.NEAREST),
    "words": Question((BED,)),
    "what is named": Question((FOOD,)),
    "either": Question((BED, FOOD), any_clause=True),
    "both, near": Question((BED, FOOD), near=NEAR, filters={"need": frozenset("ab")}),
    "counted": Question((BED,), filters={"need": frozenset("ab")}, facets=("need",)),
}
every_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


def document(key, chance):
    return Document(
        key,
        ((chance.choice(["bed", "food", "bed food", "bed bed bus"]), 1.0),),
        {"need": frozenset(chance.sample("abc", chance.randrange(3)))},
        (35.0 + chance.random(), -85.0) if chance.random() < 0.6 else None,
        frozenset({"TN"} if chance.random() < 0.7 else {}),
        {"level": chance.randrange(4), "worth": chance.choice([0.25, 1.5, 1.5, 3.0])},
    )


@pytest.fixture(scope="module")
def source():
    return truth.Memory((document(key, random.Random(key)) for key in range(150)), LAYOUT)  # noqa: S311


@pytest.fixture(scope="module")
def index(source, tmp_path_factory):
    """Give an index of several parts, with deleted documents."""
    folder = tmp_path_factory.mktemp("index")
    indexer = Indexer(folder, source)
    indexer.rebuild()
    for first, size in ((0, 40), (30, 15), (200, 1)):
        for key in range(first, first + size):
            source.put(document(key, random.Random(-key)))  # noqa: S311
        source.drop(first + size)
        indexer.catch_up()
    index = WhooshIndex(folder)
    assert len(index.snapshot().parts) >= 3
    return index


def worth(part, positions, _found=None):
    return part.column("worth")[positions]


def level(part, positions):
    return part.column("level")[positions].astype(np.float32)


def by_hand(source, question, *, ordered):
    """Return levels, scores and keys of all that answers, in the order that is due."""
    rows = [
        (d.columns["level"] if ordered else 0, -d.columns["worth"], d.key)
        for d in truth.matching(source.all.values(), question)
    ]
    return sorted(rows)


@every_question
@pytest.mark.parametrize("order", [None, level], ids=["no order", "order"])
def test_a_page_is_in_the_order_of_the_rank_alone(index, source, question, order):
    """Neither words, distance nor the sort asked for changes it."""
    rows = by_hand(source, question, ordered=order is not None)
    assert len(rows) > 10
    hooks = Hooks(order=order, rank=worth)
    hits = index.search(replace(question, limit=500), hooks).hits
    assert [(-hit.score, hit.key) for hit in hits] == [row[1:] for row in rows]
    for offset in (0, 3, len(rows) - 2, len(rows) + 1):
        page = index.search(replace(question, offset=offset, limit=4), hooks).hits
        assert page == hits[offset : offset + 4]


@every_question
@pytest.mark.parametrize("most", [1, 3, 1000])
def test_the_first_of_each_order_are_shown(index, source, question, most):
    rows = by_hand(source, question, ordered=True)
    asked = replace(question, limit=most, limit_each=True, offset=7)
    answer = index.search(asked, Hooks(order=level, rank=worth))
    expected = [row[2] for number in range(4) for row in [r for r in rows if r[0] == number][:most]]
    assert [hit.key for hit in answer.hits] == expected
    assert answer.total == len(rows)


@pytest.mark.parametrize("factor", [-2.5, 0.25, 5_000.0])
def test_the_first_of_each_may_have_orders_that_are_no_small_numbers(index, source, factor):
    def odd(part, positions):
        return (part.column("level")[positions] * np.float32(factor)).astype(np.float32)

    asked = Question(limit=2, limit_each=True)
    hits = index.search(asked, Hooks(order=odd, rank=worth)).hits
    rows = by_hand(source, Question(), ordered=True)
    levels = sorted(range(4), key=lambda level: level * factor)
    expected = [row[2] for level in levels for row in [r for r in rows if r[0] == level][:2]]
    assert [hit.key for hit in hits] == expected


def test_without_an_order_all_are_one_group(index, source):
    hits = index.search(Question(limit=3, limit_each=True), Hooks(rank=worth)).hits
    assert [hit.key for hit in hits] == [
        row[2] for row in by_hand(source, Question(), ordered=False)[:3]
    ]


@every_question
def test_a_rank_is_told_what_the_engine_found(index, source, question):
    """The distance, NaN by area; how well words fit; how many clauses name what a document has."""
    told = {}

    def rank(part, positions, found):
        keys = part.keys[positions].tolist()
        for name in ("km", "fit", "named"):
            values = getattr(found, name)
            assert values is None or len(values) == len(keys)
            told.setdefault(name, {}).update(
                dict.fromkeys(keys) if values is None else zip(keys, values.tolist(), strict=True)
            )
        return worth(part, positions)

    index.search(question, Hooks(rank=rank))

    documents = list(source.all.values())
    matching = truth.matching(documents, question)
    fits = {d.key: truth.fit(d, documents, question, LAYOUT.usual_length) for d in matching}
    best = max(fit or 0.0 for fit in fits.values()) or 1.0
    assert set(told["km"]) == set(fits)
    for each in matching:
        assert_told(each, question, {name: values[each.key] for name, values in told.items()})
        fit = fits[each.key]
        told_fit = told["fit"][each.key]
        assert told_fit is None if fit is None else told_fit == pytest.approx(fit / best, abs=1e-4)


def assert_told(document, question, told):
    km = truth.distance(document, question.near)
    if question.near is None:
        assert told["km"] is None
    elif km is None:
        assert np.isnan(told["km"])
    else:
        assert told["km"] == pytest.approx(km, rel=1e-5, abs=1e-3)
    naming = [clause for clause in question.clauses if clause.keyword]
    if naming:
        assert told["named"] == sum(truth.has_keyword(document, each) for each in naming)
    else:
        assert told["named"] is None


def test_added_scores_are_added_to_the_rank(index, source):
    hits = index.search(Question(limit=500), Hooks(score=(worth,), rank=worth)).hits
    for hit in hits:
        assert hit.score == pytest.approx(2 * source.all[hit.key].columns["worth"])
