"""tantivy as fast as we could make it for these questions.

Tried at 10,000 and 100,000 documents: one text field with the weights as repetitions (against
three), documents added in order of place (against order of key), the place as terms of squares of
a half degree (against ranges over integers and floats, term sets, and squares of a quarter, a
seventh and a tenth of a degree), categories counted by its own aggregation over a fast field where
only words are asked (numbers; text is slower), and by numpy where a place makes the answer small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bench.peers.blend import cell, cells
from bench.peers.tantivy_fields import Tantivy

if TYPE_CHECKING:
    from bench.corpora.corpus import Entry
    from bench.corpora.questions import Ask, Kind

PER_DEGREE = 2


class TantivyBest(Tantivy):
    """One field, spatial order, squares."""

    name = "tantivy, best set-up"

    def order(self) -> list[int]:
        rows = np.floor((self.corpus.array("latitude") / 1e6 + 90) * PER_DEGREE)
        columns = np.floor((self.corpus.array("longitude") / 1e6 + 180) * PER_DEGREE)
        ordered: list[int] = np.lexsort((columns, rows)).tolist()
        return ordered

    def declare(self, schema: Any) -> None:  # noqa: ANN401
        schema.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        schema.add_text_field("square", tokenizer_name="raw", index_option="basic")

    def fill(self, made: Any, entry: Entry) -> None:  # noqa: ANN401
        name, organization, description = entry.texts
        made.add_text("text", " ".join((name, name, name, organization, organization, description)))
        row, column = cell(entry.latitude, entry.longitude, PER_DEGREE)
        made.add_text("square", f"{row}_{column}")

    def words(self, ask: Ask, kind: Kind) -> Any:  # noqa: ANN401
        occur = self._must if kind.needs_all else self._should
        return self._query.boolean_query(
            [(occur, self._term("text", token, "freq")) for token in ask.cut]
        )

    def place(self, ask: Ask) -> list[Any]:
        squares = [self._term("square", name, "basic") for name in cells(ask, PER_DEGREE)]
        return [self._query.boolean_query([(self._should, square) for square in squares])]
