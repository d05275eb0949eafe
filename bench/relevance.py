"""How well search puts first what people would want to see, against two engines' defaults.

    python3 run.py bench relevance [--held] [--verbose] [--json FILE] [--data DIR]

Judged queries over SAMHSA's file and the seed (bench/relevance_judging/README.md): the open
ones, and with ``--held`` all. Listings, database and index are kept in ``--data`` between runs
and made anew with ``--fresh``. The peers have the same texts, each in one field, and their own
way of reading a question; a place that is typed into its field stands among their words.
"""

import argparse
import json
import os
import secrets
import shutil
import sqlite3
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from math import log2
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.relevance_judging.rules import RELEVANT, judged
from bench.relevance_judging.tables import WORKBOOK, Corpus, Half, Query, queries
from resourcedir.app import open_app
from resourcedir.directory.models import Listing
from resourcedir.directory.queries import listing_facts
from resourcedir.engine.analysis import raw_words
from resourcedir.exchange.csv_import import import_csv
from resourcedir.exchange.samhsa_import import import_samhsa
from resourcedir.extensions import db
from resourcedir.files import root
from resourcedir.search.ask import Ask
from resourcedir.search.documents import document
from resourcedir.search.indexing import bring_up_to_date, current_index, indexer
from resourcedir.search.queries import Searcher
from resourcedir.settings import Settings

NOW: Final = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)  # 16:00 in Chattanooga, a Saturday
SHOWN: Final = 10
FIRST: Final = 3
AIM: Final = 0.9
BATCH: Final = 500

Ranked = Callable[[Query], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """What one engine made of one query: keys in order, and how good that is."""

    engine: str
    query: str
    kind: str
    corpus: str
    half: str
    keys: tuple[str, ...]
    ndcg: float
    success: bool


def main() -> None:
    """Measure and print; exit 1 if the aim is missed."""
    chosen = _options()
    halves = (Half.OPEN, Half.HELD) if chosen.held else (Half.OPEN,)
    lines = []
    for corpus in Corpus:
        asked = [each for each in queries(*halves) if each.corpus is corpus]
        with _stage(corpus, chosen.data / f"relevance-{corpus}", fresh=chosen.fresh) as session:
            for name, rank in _engines(session).items():
                print(f"{corpus}: {name}", file=sys.stderr)
                lines += [_line(name, each, rank(each)) for each in asked]
    if chosen.verbose:
        _tell(lines, {each.query_id: each for each in queries(*halves)})
    for half in halves:
        _table([each for each in lines if each.half == half], half)
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(each) for each in lines], indent=1) + "\n")
    ours = [each.ndcg for each in lines if each.engine == "ours"]
    sys.exit(statistics.fmean(ours) < AIM)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--held", action="store_true", help="the held half too")
    parser.add_argument("--verbose", action="store_true", help="what is not at its best")
    parser.add_argument("--fresh", action="store_true", help="make listings and index anew")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / "var" / "bench")
    return parser.parse_args()


def ndcg(grades: Mapping[str, int], keys: Sequence[str]) -> float:
    """Return the discounted gain (2^grade - 1) of the first ten, by that of the best possible."""

    def gain(found: Sequence[int]) -> float:
        parts = (float(2**each - 1) / log2(place) for place, each in enumerate(found[:SHOWN], 2))
        return sum(parts)

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(key, 0) for key in keys]) / best if best else 1.0


def _line(engine: str, query: Query, keys: Sequence[str]) -> Line:
    grades = judged(query)
    success = any(grades.get(key, 0) >= RELEVANT for key in keys[:FIRST])
    return Line(
        engine,
        query.query_id,
        query.kind.value,
        query.corpus.value,
        query.half.value,
        tuple(keys),
        ndcg(grades, keys),
        success,
    )


def _engines(session: Session) -> dict[str, Ranked]:
    keys = dict(session.execute(select(Listing.number, Listing.source_key)).tuples().all())
    searcher = Searcher(current_index(), home_state="TN", now=NOW)

    def ours(query: Query) -> Sequence[str]:
        found = searcher.results(session, Ask(words=query.query, near=query.near), limit=SHOWN)
        shown = (*found.found, *found.related)  # in the order of the page
        return [keys[each.facts.number] or "" for each in shown][:SHOWN]

    texts = {keys[number] or "": text for number, text in _texts(session, list(keys))}
    engines: dict[str, Ranked] = {"ours": ours, "FTS5": _fts5(texts)}
    if find_spec("tantivy"):
        engines["tantivy"] = _tantivy(texts)
    return engines


def _texts(session: Session, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield what is written of each listing, as our own index has it."""
    for start in range(0, len(numbers), BATCH):
        for number, facts in listing_facts(session, numbers[start : start + BATCH]).items():
            if not facts.withdrawn:
                yield number, "\n".join(text for text, _ in document(facts).texts)


def _fts5(texts: Mapping[str, str]) -> Ranked:
    """Return SQLite's full text: unicode61, bm25, any of the words (all is next to nothing)."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(key UNINDEXED, text)")
    connection.executemany("INSERT INTO words VALUES (?, ?)", texts.items())

    def ranked(query: Query) -> Sequence[str]:
        said = " OR ".join(f'"{word}"' for word in raw_words(f"{query.query} {query.near}"))
        rows = connection.execute(
            "SELECT key FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?", (said, SHOWN)
        )
        return [key for (key,) in rows]

    return ranked


def _tantivy(texts: Mapping[str, str]) -> Ranked:
    """Return tantivy as its tutorial has it: one text field, its parser, its own weights."""
    import tantivy  # noqa: PLC0415 -- may be missing

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for key, text in texts.items():
        writer.add_document(tantivy.Document(key=key, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ranked(query: Query) -> Sequence[str]:
        said, _ = index.parse_query_lenient(f"{query.query} {query.near}", ["text"])
        hits = searcher.search(said, SHOWN).hits
        return [searcher.doc(address)["key"][0] for _, address in hits]

    return ranked


def _tell(lines: Sequence[Line], asked: Mapping[str, Query]) -> None:
    """Print each query of ours that is not at its best, the worst first."""
    ours = sorted((each for each in lines if each.engine == "ours"), key=lambda each: each.ndcg)
    for line in ours:
        query = asked[line.query]
        if line.ndcg < AIM:
            grades = judged(query)
            got = ", ".join(f"{key}={grades.get(key, 0)}" for key in line.keys)
            print(
                f"{line.ndcg:.2f} {query.query_id}: {query.query!r} near {query.near!r}\n    {got}"
            )
            print(f"    {query.judged[:300]}")


def _table(lines: Sequence[Line], half: str) -> None:
    cells: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        for row in (line.kind, line.corpus, "all"):
            cells[line.engine, row].append(line)
    engines = list(dict.fromkeys(each.engine for each in lines))
    print(f"\n{half} half: nDCG@{SHOWN} and success@{FIRST}")
    print(f"{'':12}{'queries':>8}" + "".join(f"{name:>18}" for name in engines))
    for row in dict.fromkeys(row for _, row in cells):
        figures = [cells[name, row] for name in engines]
        shown = "".join(
            f"{statistics.fmean(each.ndcg for each in some):12.3f}"
            f"{statistics.fmean(each.success for each in some):6.2f}"
            for some in figures
        )
        print(f"{row:12}{len(figures[0]):8}{shown}")


@contextmanager
def _stage(corpus: Corpus, folder: Path, *, fresh: bool) -> Iterator[Session]:
    """Give a database with the listings of a corpus, and its index."""
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    made = (folder / "made").exists()
    folder.mkdir(parents=True, exist_ok=True)
    app = open_app(_settings(folder))
    with app.app_context():
        if not made:
            _import(corpus)
            db.session.commit()
            indexer().rebuild()
            (folder / "made").touch()
        bring_up_to_date()
        yield db.session
        db.engine.dispose()


def _import(corpus: Corpus) -> None:
    if corpus is Corpus.SEED:
        import_csv(db.session, root("data") / "seed_resources.csv", at=NOW)
        return
    shared = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[2] / "shared"))
    import_samhsa(db.session, shared / "data" / WORKBOOK, at=NOW)


def _settings(folder: Path) -> Settings:
    keys = folder / "keys"
    if not keys.exists():
        keys.write_text(secrets.token_hex(32))
    return Settings(
        data_dir=folder / "data",
        key_file=keys,
        database_url=f"sqlite:///{folder / 'data' / 'resourcedir.db'}",
        https=False,
        home_state="TN",
    )


if __name__ == "__main__":
    main()
