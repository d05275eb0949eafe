from dataclasses import replace

import pytest

from resourcedir.engine.documents import Column, ColumnKind, Document, Layout
from resourcedir.engine.schema import digest, form, keyword_term, written_form

WHOLE = Document(
    key=1,
    texts=(("Bridge House", 3.0), ("a place to stay", 1.0)),
    keywords={"need": frozenset({"housing", "food"})},
    point=(35.0456, -85.3097),
    areas=frozenset({"TN", "TN/Hamilton"}),
    columns={"wait": 3},
)


@pytest.mark.parametrize(
    "changed",
    [
        replace(WHOLE, key=2),
        replace(WHOLE, texts=(("Bridge House", 2.0), ("a place to stay", 1.0))),
        replace(WHOLE, keywords={"need": frozenset({"housing"})}),
        replace(WHOLE, keywords={"payer": frozenset({"housing", "food"})}),
        replace(WHOLE, point=None),
        replace(WHOLE, point=(35.0457, -85.3097)),
        replace(WHOLE, areas=frozenset({"TN"})),
        replace(WHOLE, columns={"wait": 4}),
        replace(WHOLE, columns={"cost": 3}),
        replace(WHOLE, sealed=True),
    ],
)
def test_every_part_of_a_document_counts(changed):
    assert digest(changed) != digest(WHOLE)


def test_the_order_in_which_a_set_was_filled_does_not_count():
    other = replace(
        WHOLE,
        keywords={"empty": frozenset(), "need": frozenset(["food", "housing"])},
        areas=frozenset(["TN/Hamilton", "TN"]),
    )
    assert digest(other) == digest(WHOLE)


@pytest.mark.parametrize(
    "other",
    [
        Layout("2", 100.0, {"wait": Column(ColumnKind.INTEGER)}),
        Layout("1", 99.0, {"wait": Column(ColumnKind.INTEGER)}),
        Layout("1", 100.0, {"wait": Column(ColumnKind.REAL)}),
        Layout("1", 100.0, {"wait": Column(ColumnKind.INTEGER, missing=1)}),
        Layout("1", 100.0, {"cost": Column(ColumnKind.INTEGER)}),
        Layout("1", 100.0),
    ],
)
def test_every_part_of_a_layout_makes_another_form(other):
    layout = Layout("1", 100.0, {"wait": Column(ColumnKind.INTEGER)})
    assert form(other) != form(layout) == form(replace(layout))


def test_the_version_of_the_schema_makes_another_form(monkeypatch):
    before = form(Layout())
    monkeypatch.setattr("resourcedir.engine.schema.SCHEMA_VERSION", 10_000)
    assert form(Layout()) != before


def test_a_column_that_the_layout_does_not_know_is_refused():
    with pytest.raises(ValueError, match="wait"):
        written_form(WHOLE, Layout())


def test_a_column_without_a_value_gets_what_stands_for_missing():
    layout = Layout(
        columns={"wait": Column(ColumnKind.INTEGER), "cost": Column(ColumnKind.REAL, 2)}
    )
    form = written_form(WHOLE, layout)
    assert (form["column_wait"], form["column_cost"]) == (3, 2.0)


def test_the_name_of_a_keyword_field_cannot_run_into_its_value():
    with pytest.raises(ValueError, match="control character"):
        keyword_term("need\x1fhousing", "x")
