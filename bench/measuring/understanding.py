"""What understanding adds to a query: repair, reading, places, before an index is asked anything.

The queries are those that people judged (the open half): plain, colloquial, misspelt and Spanish.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bench.corpora.corpus import Corpus
from bench.peers.ours import CorpusSource
from bench.relevance_judging.tables import Half, queries
from resourcedir.engine.analysis import raw_words
from resourcedir.engine.documents import Document
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.search.ask import Ask
from resourcedir.search.lexicon import FIELD, Lexicon
from resourcedir.search.understanding.asking import reading

ROUNDS: Final = 15
AIM_MS: Final = 1.0


class _Named(CorpusSource):
    """The invented directory with the words of its names, as the app indexes them."""

    def documents(self, keys: Iterable[int]) -> Iterator[Document]:
        for made in super().documents(keys):
            names = frozenset(word for text, _ in made.texts[:2] for word in raw_words(text))
            yield replace(made, keywords={**made.keywords, FIELD: names})


@dataclass(frozen=True, slots=True)
class Added:
    """Milliseconds of processor time that a query takes: when it comes first, and again."""

    kind: str
    query: str
    first_ms: float
    again_ms: float


def measured(corpus: Corpus, folder: Path) -> list[Added]:
    """Return what each query takes over an index of ``corpus``, made in ``folder`` if need be."""
    if not folder.exists():
        Indexer(folder, _Named(corpus)).rebuild()
    index = WhooshIndex(folder)
    _understand(index, Ask(words="methadoen car pool near Chatanooga zzyzzx"))  # reads the tables
    return [
        _added(index, each.kind.value, Ask(words=each.query, near=each.near))
        for each in queries(Half.OPEN)
    ]


def _added(index: WhooshIndex, kind: str, ask: Ask) -> Added:
    first = _understand(index, ask)
    again = statistics.median(_understand(index, ask) for _ in range(ROUNDS))
    return Added(kind, ask.words, first, again)


def _understand(index: WhooshIndex, ask: Ask) -> float:
    begun = time.thread_time()
    reading(ask, Lexicon(index), home_state="TN")
    return (time.thread_time() - begun) * 1000


def show_added(size: int, added: list[Added]) -> None:
    """Print the table, and whether the aim is reached."""
    rows: defaultdict[str, list[Added]] = defaultdict(list)
    for each in added:
        rows[each.kind].append(each)
        rows["all"].append(each)
    print(f"\nTime added by understanding, {size:,} listings (ms a query)")
    print(f"{'':12}{'queries':>8}{'first':>9}{'again':>9}{'again p95':>11}{'worst':>8}")
    for kind, some in rows.items():
        again = sorted(each.again_ms for each in some)
        first = statistics.fmean(each.first_ms for each in some)
        print(
            f"{kind:12}{len(some):8}{first:9.3f}{statistics.fmean(again):9.3f}"
            f"{again[int(len(again) * 0.95)]:11.3f}{again[-1]:8.3f}"
        )
    mean = statistics.fmean(each.first_ms for each in added)
    print(f"mean of a query that comes first: {mean:.3f} ms (aim: under {AIM_MS:g} ms)")
