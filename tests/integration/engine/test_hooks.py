"""What hooks see and decide: in every part, on living documents alone, each once."""

import random

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
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory

LAYOUT = Layout(
    "hooks",
    columns={
        "wait": Column(ColumnKind.INTEGER, missing=-1),
        "liked": Column(ColumnKind.REAL),
        "open": Column(ColumnKind.FLAG),
    },
)
QUESTIONS = (
    Question(limit=500),
    Question((Clause("bed"),), limit=500),
    Question((Clause("bed food", any_word=True),), limit=500, facets=("need",)),
    Question((Clause("bed"), Clause("food", ("need", frozenset("a")))), limit=500, any_clause=True),
    Question(filters={"need": frozenset("ab")}, limit=500),
    Question(near=Near(35.0, -85.0, 60.0, frozenset({"TN"})), limit=500),
    Question(near=Near(35.0, -85.0, 10.0), filters={"need": frozenset("b")}, limit=500),
)


def document(key, chance):
    return Document(
        key,
        ((chance.choice(["bed", "food", "bed food", "bus"]), 1.0),),
        {"need": frozenset(chance.sample("abc", chance.randrange(3)))},
        (35.0 + chance.random(), -85.0) if chance.random() < 0.7 else None,
        frozenset({"TN"} if chance.random() < 0.5 else {}),
        {
            "wait": chance.randrange(5),
            "liked": chance.choice([0.25, 1.5]),
            "open": chance.randrange(2),
        },
    )


@pytest.fixture(scope="module")
def source():
    return Memory((document(key, random.Random(key)) for key in range(160)), LAYOUT)  # noqa: S311


@pytest.fixture(scope="module")
def index(source, tmp_path_factory):
    """Give an index of several parts, with deleted documents in more than one."""
    folder = tmp_path_factory.mktemp("index")
    indexer = Indexer(folder, source)
    indexer.rebuild()
    for first, size in ((0, 40), (30, 15), (40, 5), (200, 1)):
        for key in range(first, first + size):
            source.put(document(key, random.Random(-key)))  # noqa: S311
        source.drop(first + size)
        indexer.catch_up()
    index = WhooshIndex(folder)
    parts = index.snapshot().parts
    assert len(parts) >= 3
    assert sum(len(each.deleted) > 0 for each in parts) >= 2
    return index


class Seen:
    """A hook that notes what it is shown, and asks another what to answer."""

    def __init__(self, answer):
        self.answer = answer
        self.keys = []
        self.parts = []

    def __call__(self, part, positions):
        assert positions.ndim == 1
        self.keys += part.keys[positions].tolist()
        self.parts.append(part)
        return self.answer(part, positions)


def everything(part, positions):
    return np.ones(len(positions), np.bool_)


def is_open(part, positions):
    return part.column("open")[positions] == 1


def found(index, question, hooks):
    return [hit.key for hit in index.search(question, hooks).hits]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_hook_sees_each_candidate_once_and_each_part_once(index, source, question):
    keep, open_ones = Seen(everything), Seen(is_open)
    score, order = (Seen(lambda part, at: part.column("wait")[at].astype(np.float32)) for _ in "12")
    tally = Seen(is_open)
    hooks = Hooks((keep, open_ones), (score,), order, {"open": tally})
    answer = index.search(question, hooks)

    plain = found(index, question, Hooks())
    kept = sorted(key for key in plain if source.all[key].columns["open"])
    assert kept
    assert sorted(keep.keys) == sorted(open_ones.keys) == sorted(plain)
    assert sorted(hit.key for hit in answer.hits) == kept
    for hook in (score, order, tally):
        assert sorted(hook.keys) == kept
    for hook in (keep, open_ones, score, order, tally):
        assert len(hook.parts) == len(set(hook.parts)) == len(index.snapshot().parts)
    assert answer.tallies == {"open": len(kept)}


def test_a_later_hook_sees_only_what_earlier_ones_kept(index):
    first, second = Seen(is_open), Seen(everything)
    kept = found(index, QUESTIONS[0], Hooks((first, second)))
    assert sorted(second.keys) == sorted(kept)
    assert len(first.keys) > len(second.keys)


@given(chosen=st.sets(st.integers(0, 210)), question=st.sampled_from(QUESTIONS))
@settings(deadline=None)
def test_a_mask_is_honoured_on_every_part(index, source, chosen, question):
    """In members, total, facets and tallies alike."""

    def keep(part, positions):
        return np.isin(part.keys[positions], list(chosen))

    answer = index.search(question, Hooks(keep=(keep,), tally={"all": everything}))
    expected = set(found(index, question, Hooks())) & chosen
    assert {hit.key for hit in answer.hits} == expected
    assert answer.total == answer.tallies["all"] == len(expected)
    for name, counts in answer.facets.items():
        values = [value for key in expected for value in source.all[key].keywords[name]]
        assert counts == {value: values.count(value) for value in set(values)}


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_are_added_and_an_order_comes_before_all_else(index, source, question):
    def liked(part, positions):
        return part.column("liked")[positions]

    def waiting(part, positions):
        return part.column("wait")[positions].astype(np.float32)

    plain = {hit.key: hit.score for hit in index.search(question).hits}
    hits = index.search(question, Hooks(score=(liked, liked), order=waiting)).hits
    columns = {key: source.all[key].columns for key in plain}
    for hit in hits:
        assert hit.score == pytest.approx(plain[hit.key] + 2 * columns[hit.key]["liked"], abs=1e-5)
    waits = [columns[hit.key]["wait"] for hit in hits]
    assert waits == sorted(waits)
    assert len(set(waits)) > 1


def test_a_column_has_the_type_of_its_kind_and_cannot_be_written(index):
    def look(part, positions):
        kinds = {name: part.column(name).dtype for name in LAYOUT.columns}
        assert kinds == {"wait": np.int32, "liked": np.float32, "open": np.uint8}
        assert {len(part.column(name)) for name in LAYOUT.columns} == {part.size}
        with pytest.raises(ValueError, match="read-only"):
            part.column("wait")[0] = 1
        return everything(part, positions)

    assert found(index, Question(), Hooks((look,)))


def test_a_hook_can_ask_who_has_which_keyword(index, source):
    def named(part, positions):
        values = {key: part.having("need", [key])[positions] for key in "abcd"}
        assert not values["d"].any()
        assert set(part.values("need")) <= set("abc")
        either = part.having("need", ["a", "b", "d"])[positions]
        assert (either == (values["a"] | values["b"])).all()
        return values["a"]

    kept = found(index, Question(limit=500), Hooks((named,)))
    assert set(kept) == {key for key, each in source.all.items() if "a" in each.keywords["need"]}


@pytest.mark.parametrize("kind", [KeyError, IndexError, ValueError])
def test_what_a_hook_raises_is_not_taken_for_a_broken_index(index, kind):
    def failing(part, positions):
        raise kind("the caller's own")

    with pytest.raises(kind, match="own"):
        index.search(Question(), Hooks((failing,)))
