"""tantivy as its examples set it up: three text fields with boosts, a box of two number ranges."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.corpora.corpus import Entry, keyword
from bench.peers import Found, Peer
from bench.peers.blend import Arrays, box, write_arrays

if TYPE_CHECKING:
    from bench.corpora.questions import Ask, Kind

FIELDS = (("name", 3.0), ("organization", 2.0), ("description", 1.0))
HEAP = 1_000_000_000  # bytes; enough that one segment comes out


class Tantivy(Peer):
    """What both set-ups share."""

    _index: Any
    _searcher: Any

    @classmethod
    def missing(cls) -> str | None:
        return None if find_spec("tantivy") else "the package tantivy is not installed"

    def build(self) -> None:
        import tantivy  # noqa: PLC0415 -- may be missing

        schema = tantivy.SchemaBuilder()
        self.declare(schema)
        schema.add_text_field("keyword", tokenizer_name="raw", index_option="basic")
        schema.add_unsigned_field("category", fast=True)
        schema.add_unsigned_field("key", fast=True)
        index = tantivy.Index(schema.build(), path=str(self.folder))
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for entry in self.corpus.entries(self.order(), cut=True):
            writer.add_document(self._made(tantivy.Document(), entry))
        writer.commit()
        writer.wait_merging_threads()
        write_arrays(self.corpus, self.folder)

    def _made(self, made: Any, entry: Entry) -> Any:  # noqa: ANN401 -- tantivy's own
        self.fill(made, entry)
        for field, numbers in (
            ("cat", entry.categories),
            ("elig", entry.eligibility),
            ("lang", entry.languages),
        ):
            for number in numbers:
                made.add_text("keyword", keyword(field, number))
        for number in entry.categories:
            made.add_unsigned("category", number)
        made.add_unsigned("key", entry.key)
        return made

    def order(self) -> list[int]:
        """Return the keys in the order in which they are indexed."""
        return list(range(self.corpus.size))

    def declare(self, schema: Any) -> None:  # noqa: ANN401
        """Name the fields for words and place."""
        raise NotImplementedError

    def fill(self, made: Any, entry: Entry) -> None:  # noqa: ANN401
        """Give the document its words and place."""
        raise NotImplementedError

    def open(self) -> None:
        import tantivy  # noqa: PLC0415

        self._index = tantivy.Index.open(str(self.folder))
        self._index.reload()
        self._searcher = self._index.searcher()
        self._schema = self._index.schema
        self._query = tantivy.Query
        self._must, self._should = tantivy.Occur.Must, tantivy.Occur.Should
        self._integer, self._real = tantivy.FieldType.Integer, tantivy.FieldType.Float
        self._most = self._searcher.num_docs
        self._arrays = Arrays(self.folder)

    def words(self, ask: Ask, kind: Kind) -> Any:  # noqa: ANN401
        """Return the query for the words."""
        raise NotImplementedError

    def place(self, ask: Ask) -> list[Any]:
        """Return the queries that a listing in the box fulfils."""
        raise NotImplementedError

    def search(self, ask: Ask, kind: Kind) -> Found:
        if not kind.has_place:
            return self._by_words(self.words(ask, kind))
        parts = [(self._must, self._unscored(part)) for part in self.place(ask)]
        if kind.has_filters:
            parts += [
                (self._must, self._unscored(self._term("keyword", keyword(field, value), "basic")))
                for field, value in ask.filters().items()
                if field != "cat"
            ]
        if kind.has_words:
            parts.append((self._must, self.words(ask, kind)))
        query = self._query.boolean_query(parts)
        hits = self._searcher.search(query, self._most, count=False).hits
        addresses = [address for _, address in hits]
        keys = np.array(self._searcher.fast_field_values("key", addresses), np.int64)
        fits = np.array([fit for fit, _ in hits], np.float32) if kind.has_words else None
        wish = ask.category if kind.has_filters else None
        return self._arrays.answer(keys, fits, ask, wish=wish)

    def _by_words(self, query: Any) -> Found:  # noqa: ANN401
        result = self._searcher.search(query, 20)
        keys = self._searcher.fast_field_values("key", [address for _, address in result.hits])
        counted = {"all": {"terms": {"field": "category", "size": 100}}}
        buckets = self._searcher.aggregate(query, counted)["all"]["buckets"]
        return Found(result.count, keys, {int(b["key"]): b["doc_count"] for b in buckets})

    def _term(self, field: str, value: str, option: str) -> Any:  # noqa: ANN401
        return self._query.term_query(self._schema, field, value, option)

    def _unscored(self, query: Any) -> Any:  # noqa: ANN401
        return self._query.const_score_query(query, 0.0)


class TantivyFields(Tantivy):
    """Name, organization and description apart."""

    name = "tantivy, three fields"

    def declare(self, schema: Any) -> None:  # noqa: ANN401
        for field, _ in FIELDS:
            schema.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        for field in ("latitude", "longitude"):
            schema.add_float_field(field, indexed=True, fast=True)

    def fill(self, made: Any, entry: Entry) -> None:  # noqa: ANN401
        for (field, _), text in zip(FIELDS, entry.texts, strict=True):
            made.add_text(field, text)
        made.add_float("latitude", entry.latitude)
        made.add_float("longitude", entry.longitude)

    def words(self, ask: Ask, kind: Kind) -> Any:  # noqa: ANN401
        occur = self._must if kind.needs_all else self._should
        return self._query.boolean_query([(occur, self._anywhere(token)) for token in ask.cut])

    def _anywhere(self, token: str) -> Any:  # noqa: ANN401
        boosted = [
            (self._should, self._query.boost_query(self._term(field, token, "freq"), boost))
            for field, boost in FIELDS
        ]
        return self._query.boolean_query(boosted)

    def place(self, ask: Ask) -> list[Any]:
        south, north, west, east = box(ask)
        between = self._query.range_query
        return [
            between(self._schema, "latitude", self._real, south, north),
            between(self._schema, "longitude", self._real, west, east),
        ]
