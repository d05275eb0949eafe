"""How a document lies in a Whoosh index: fields, columns and the digest.

Any change here that alters what is written raises ``SCHEMA_VERSION``; indexes of another version
are made anew.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from struct import unpack
from typing import Any, Final

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, TEXT, Schema
from whoosh.formats import Existence

from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import ColumnKind, Document, Layout

SCHEMA_VERSION: Final = 2

NOWHERE: Final = 2_000_000_000  # no latitude or longitude in micro-degrees comes near it
LONGEST_KEPT: Final = 80  # letters of a text whose words are kept; names are shorter, prose is not
SEPARATOR: Final = "\x1f"  # between the name of a keyword field and its value
AREA: Final = ""  # the keyword field of the areas
COLUMN_PREFIX: Final = "column_"
_WHOLE: Final = {ColumnKind.INTEGER: (-(2**31), 2**31 - 1), ColumnKind.FLAG: (0, 255)}


@lru_cache(maxsize=20_000)
def _cut(text: str) -> tuple[bytes, ...]:
    # Names of terms and attributes stand in thousands of documents, in the same words.
    return _terms(text)


def _terms(text: str) -> tuple[bytes, ...]:
    return tuple(token.encode() for token in tokens(text))


class WeightedText(TEXT):
    """One scored field for texts of different weight: its value is a sequence of (text, weight).

    The weight of a word is the sum over its places. It lies in the posting's weight, so that the
    format needs no bytes of its own and survives a merge of segments.
    """

    def __init__(self) -> None:
        super().__init__(phrase=False)
        self.format = Existence()

    def index(
        self, value: Sequence[tuple[str, float]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        weights: defaultdict[bytes, float] = defaultdict(float)
        for text, weight in value:
            for term in _cut(text) if len(text) <= LONGEST_KEPT else _terms(text):
                weights[term] += weight
        for term, weight in weights.items():
            yield term, max(1, round(weight)), weight, b""


def new_schema(layout: Layout) -> Any:  # noqa: ANN401 -- Whoosh ships no types
    """Return the schema; keyword fields share one Whoosh field, so that new ones need no change."""
    schema = Schema(
        number=COLUMN(NumericColumn("q")),
        latitude=COLUMN(NumericColumn("i", default=NOWHERE)),
        longitude=COLUMN(NumericColumn("i", default=NOWHERE)),
        digest_high=COLUMN(NumericColumn("q")),
        digest_low=COLUMN(NumericColumn("q")),
        sealed=COLUMN(NumericColumn("B")),
        words=WeightedText(),
        keywords=ID(),
    )
    for name, column in layout.columns.items():
        schema.add(COLUMN_PREFIX + name, COLUMN(NumericColumn(column.kind.value)))
    return schema


def written_form(document: Document, layout: Layout) -> dict[str, Any]:
    """Return the values to hand to a Whoosh writer; each column has a value."""
    latitude, longitude = micro_degrees(document.point)
    high, low = digest(document)
    columns = {COLUMN_PREFIX + name: value for name, value in column_values(document, layout)}
    return {
        "number": document.key,
        "latitude": latitude,
        "longitude": longitude,
        "digest_high": high,
        "digest_low": low,
        "sealed": int(document.sealed),
        "words": document.texts,
        "keywords": keyword_terms(document),
        **columns,
    }


def keyword_terms(document: Document) -> list[str]:
    """Return the terms of the keywords and areas of a document, each once."""
    terms = [
        keyword_term(name, value) for name, values in document.keywords.items() for value in values
    ]
    return terms + [keyword_term(AREA, code) for code in document.areas]


def column_values(document: Document, layout: Layout) -> Iterator[tuple[str, float]]:
    """Yield the name and value of each column of the layout.

    :raises ValueError: if the layout does not know a column, or a value does not fit its kind.
    """
    if unknown := document.columns.keys() - layout.columns.keys():
        raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    for name, column in layout.columns.items():
        value = document.columns.get(name, column.missing)
        if column.kind is ColumnKind.REAL:
            yield name, float(value)
            continue
        least, most = _WHOLE[column.kind]
        if not least <= value <= most:
            raise ValueError(f"column {name} holds {least} to {most}")
        yield name, int(value)


def keyword_term(name: str, value: str) -> str:
    """Return the term that stands for ``value`` in the keyword field ``name``."""
    if SEPARATOR in name:
        raise ValueError("the name of a keyword field holds a control character")
    return f"{name}{SEPARATOR}{value}"


def digest(document: Document) -> tuple[int, int]:
    """Return what tells whether the indexed document is still the true one: two int64."""
    content = [
        document.key,
        document.texts,
        sorted((name, sorted(values)) for name, values in document.keywords.items() if values),
        micro_degrees(document.point),
        sorted(document.areas),
        sorted(document.columns.items()),
        document.sealed,
    ]
    hashed = hashlib.blake2b(json.dumps(content).encode(), digest_size=16).digest()
    return unpack(">qq", hashed)


def form(layout: Layout) -> str:
    """Return what names the way an index is written; one of another form is made anew."""
    columns = sorted((name, column.kind, column.missing) for name, column in layout.columns.items())
    content = json.dumps([SCHEMA_VERSION, layout.version, layout.usual_length, columns])
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def micro_degrees(point: tuple[float, float] | None) -> tuple[int, int]:
    """Return latitude and longitude in millionths of a degree; ``NOWHERE`` without point."""
    if point is None:
        return NOWHERE, NOWHERE
    return round(point[0] * 1_000_000), round(point[1] * 1_000_000)
