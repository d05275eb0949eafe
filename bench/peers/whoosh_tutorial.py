"""Whoosh as its documentation teaches: three fields, a query parser, a box, and loops in Python."""

from collections import Counter
from typing import Any

from geopy.distance import great_circle
from whoosh import fields, index, qparser, query
from whoosh.analysis import SpaceSeparatedTokenizer

from bench.corpora.corpus import keyword
from bench.corpora.questions import HALF_CLOSE_KM, PAGE, Ask, Kind
from bench.peers import Found, Peer
from bench.peers.blend import box

BOOSTS = {"name": 3.0, "organization": 2.0, "description": 1.0}


class WhooshTutorial(Peer):
    """Stored fields give the distances and counts."""

    name = "Whoosh, as tutorials do"
    largest = 100_000
    in_quick = False

    def build(self) -> None:
        schema = fields.Schema(
            key=fields.NUMERIC(stored=True),
            **{
                field: fields.TEXT(analyzer=SpaceSeparatedTokenizer(), field_boost=boost)
                for field, boost in BOOSTS.items()
            },
            cat=fields.KEYWORD(stored=True),
            elig=fields.KEYWORD,
            lang=fields.KEYWORD,
            latitude=fields.NUMERIC(float, stored=True),
            longitude=fields.NUMERIC(float, stored=True),
        )
        writer = index.create_in(str(self.folder), schema).writer(limitmb=512)
        for entry in self.corpus.entries(range(self.corpus.size), cut=True):
            writer.add_document(
                key=entry.key,
                **dict(zip(BOOSTS, entry.texts, strict=True)),
                cat=" ".join(keyword("cat", n) for n in entry.categories),
                elig=" ".join(keyword("elig", n) for n in entry.eligibility),
                lang=" ".join(keyword("lang", n) for n in entry.languages),
                latitude=entry.latitude,
                longitude=entry.longitude,
            )
        writer.commit()

    def open(self) -> None:
        opened: Any = index.open_dir(str(self.folder), readonly=True)
        self._searcher = opened.searcher()
        self._every, self._some = (
            qparser.MultifieldParser(list(BOOSTS), opened.schema, BOOSTS, group=group)
            for group in (qparser.AndGroup, qparser.OrGroup)
        )

    def search(self, ask: Ask, kind: Kind) -> Found:
        parts = []
        if kind.has_words:
            parser = self._every if kind.needs_all else self._some
            parts.append(parser.parse(" ".join(ask.cut)))
        filters = ask.filters() if kind.has_filters else {}
        parts += [query.Term(f, keyword(f, n)) for f, n in filters.items() if f != "cat"]
        if kind.has_place:
            south, north, west, east = box(ask)
            parts.append(query.NumericRange("latitude", south, north))
            parts.append(query.NumericRange("longitude", west, east))
        rows = self._searcher.search(query.And(parts), limit=None)
        wish = keyword("cat", filters["cat"]) if "cat" in filters else None
        counts: Counter[str] = Counter()
        found = []
        for row in rows:
            km = _distance_km(row, ask) if kind.has_place else None
            if km is not None and km > ask.within_km:
                continue
            held = row["cat"].split()
            counts.update(held)
            if wish is None or wish in held:
                found.append((row["key"], row.score if kind.has_words else 0.0, km))
        numbers = {int(name[3:]): count for name, count in counts.items()}
        return Found(len(found), _best(found), numbers)


def _distance_km(row: Any, ask: Ask) -> float:  # noqa: ANN401 -- Whoosh ships no types
    here = (ask.latitude, ask.longitude)
    km: float = great_circle(here, (row["latitude"], row["longitude"])).kilometers
    return km


def _best(found: list[tuple[int, float, float | None]]) -> list[int]:
    best_fit = max((fit for _, fit, _ in found), default=0.0) or 1.0
    scored = [
        (-(fit / best_fit) - (0 if km is None else HALF_CLOSE_KM / (HALF_CLOSE_KM + km)), key)
        for key, fit, km in found
    ]
    return [key for _, key in sorted(scored)[:PAGE]]
