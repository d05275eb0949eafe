"""Our own engine, through its public calls alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bench.corpora.corpus import LAYOUT, Corpus
from bench.corpora.questions import FACET, Ask, Kind
from bench.peers import Found, Peer
from resourcedir.engine.documents import Answer, Change, Document, Hooks, Layout
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex


class CorpusSource:
    """The invented directory as the indexer reads it. ``change`` adds a word to a listing."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._changes: list[Change] = []
        self._words: dict[int, str] = {}

    @property
    def layout(self) -> Layout:
        return LAYOUT

    def change(self, key: int, word: str) -> None:
        """Put ``word`` into a listing."""
        self._words[key] = word
        self._changes.append(Change(len(self._changes) + 1, key))

    def last_change(self) -> int:
        return len(self._changes)

    def changes_after(self, number: int, limit: int) -> Sequence[Change]:
        return self._changes[number : number + limit]

    def documents(self, keys: Iterable[int]) -> Iterator[Document]:
        for made in self._corpus.documents(list(keys)):
            word = self._words.get(made.key)
            yield replace(made, texts=(*made.texts, (word, 1.0))) if word else made

    def sealed(self, keys: Iterable[int]) -> set[int]:
        return set()

    def keys(self) -> Iterator[int]:
        return iter(range(self._corpus.size))


class Ours(Peer):
    """The engine of this project."""

    name = "resourcedir"
    takes_cut = False

    _index: WhooshIndex

    def build(self) -> None:
        Indexer(self.folder, CorpusSource(self.corpus)).rebuild()

    def open(self) -> None:
        self._index = WhooshIndex(self.folder)

    def search(self, ask: Ask, kind: Kind) -> Answer:
        return self._index.search(ask.question(kind), Hooks())

    def found(self, answer: object) -> Found:
        assert isinstance(answer, Answer)  # noqa: S101 -- tells the type checker
        counts = {int(name[len(FACET) :]): n for name, n in answer.facets[FACET].items()}
        return Found(answer.total, [hit.key for hit in answer.hits], counts)
