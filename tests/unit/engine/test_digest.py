from dataclasses import replace

import pytest

from resourcedir.engine.documents import Document
from resourcedir.engine.schema import digest, keyword_term

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


def test_the_name_of_a_keyword_field_cannot_run_into_its_value():
    with pytest.raises(ValueError, match="control character"):
        keyword_term("need\x1fhousing", "x")
