"""How a document lies in a Whoosh index: fields, columns, stored values and the digest.

Any change here that alters what is written raises ``SCHEMA_VERSION``; indexes of another version
are made anew.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema
from whoosh.formats import Existence

from resourcedir.engine.analysis import tokens
from resourcedir.engine.documents import Document

SCHEMA_VERSION: Final = 1

NOWHERE: Final = 2_000_000_000  # no latitude or longitude in micro-degrees comes near it
LONGEST_KEPT: Final = 80  # letters of a text whose words are kept; names are shorter, prose is not
SEPARATOR: Final = "\x1f"  # between the name of a keyword field and its value


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


def new_schema() -> Any:  # noqa: ANN401 -- Whoosh ships no types
    """Return the schema; keyword fields share one Whoosh field, so that new ones need no change."""
    return Schema(
        key=ID(),
        number=COLUMN(NumericColumn("q")),
        latitude=COLUMN(NumericColumn("i")),
        longitude=COLUMN(NumericColumn("i")),
        words=WeightedText(),
        keywords=ID(),
        areas=ID(),
        extras=STORED(),
        digest=STORED(),
    )


def written_form(document: Document) -> dict[str, Any]:
    """Return the values to hand to a Whoosh writer."""
    latitude, longitude = _micro_degrees(document.point)
    return {
        "key": str(document.key),
        "number": document.key,
        "latitude": latitude,
        "longitude": longitude,
        "words": document.texts,
        "keywords": [
            keyword_term(name, value)
            for name, values in document.keywords.items()
            for value in values
        ],
        "areas": list(document.areas),
        "extras": dict(document.extras),
        "digest": digest(document),
    }


def keyword_term(name: str, value: str) -> str:
    """Return the term that stands for ``value`` in the keyword field ``name``."""
    if SEPARATOR in name:
        raise ValueError("the name of a keyword field holds a control character")
    return f"{name}{SEPARATOR}{value}"


def digest(document: Document) -> str:
    """Return what tells whether the indexed document is still the true one."""
    content = [
        document.key,
        document.texts,
        sorted((name, sorted(values)) for name, values in document.keywords.items() if values),
        _micro_degrees(document.point),
        sorted(document.areas),
        sorted(document.extras.items()),
    ]
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()


def _micro_degrees(point: tuple[float, float] | None) -> tuple[int, int]:
    if point is None:
        return NOWHERE, NOWHERE
    return round(point[0] * 1_000_000), round(point[1] * 1_000_000)
