"""One engine in a process of its own: reads orders as lines of JSON, answers each with a line.

``python -m bench.peers.worker PEER CORPUS INDEX QUESTIONS``. The clock runs
around ``search`` alone.
"""

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bench.corpora.corpus import Corpus, Entry, document
from bench.corpora.questions import Ask, Kind, read
from bench.peers import Peer
from bench.peers.listing import peer_class
from resourcedir.engine.documents import Document

_T = TypeVar("_T")

READY = 100_000  # listings that are kept in memory before an index is made of them
LEAST = 8  # questions that are answered however long it takes


def main() -> None:
    """Carry out orders until there are no more."""
    # What libraries print must not come between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    name, corpus, folder, questions = sys.argv[1:]
    peer = peer_class(name)(Path(folder), ReadyCorpus(Path(corpus)))
    orders = _Orders(peer, read(Path(questions)))
    for line in sys.stdin:
        order = json.loads(line)
        answer = getattr(orders, order.pop("do"))(**order)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


class ReadyCorpus(Corpus):
    """A directory that can keep its listings ready, and knows how long it took to read others."""

    seconds: float = 0
    _entries: dict[int, Entry] | None = None
    _documents: dict[int, Document] | None = None

    def prepare(self, *, cut: bool) -> None:
        """Read all listings into memory, as entries that are cut or as documents."""
        keys = range(self.size)
        if cut:
            self._entries = {entry.key: entry for entry in super().entries(keys, cut=True)}
        else:
            self._documents = {made.key: made for made in super().documents(keys)}
        self.seconds = 0
        gc.freeze()  # what was there before is not looked through again and again

    def entries(self, keys: Sequence[int], *, cut: bool) -> Iterator[Entry]:
        if cut and self._entries is not None:
            return map(self._entries.__getitem__, keys)
        return self._timed(super().entries(keys, cut=cut))

    def documents(self, keys: Sequence[int]) -> Iterator[Document]:
        if self._documents is not None:
            return map(self._documents.__getitem__, keys)
        return self._timed(document(entry) for entry in super().entries(keys, cut=False))

    def _timed(self, listings: Iterator[_T]) -> Iterator[_T]:
        while True:
            start = time.perf_counter()
            listing = next(listings, None)
            self.seconds += time.perf_counter() - start
            if listing is None:
                return
            yield listing


class _Orders:
    def __init__(self, peer: Peer, asked: list[Ask]) -> None:
        self._peer = peer
        self._asked = asked

    def build(self) -> dict[str, float]:
        """Make the index; return what it took: see ``builds.Build``."""
        corpus = self._peer.corpus
        assert isinstance(corpus, ReadyCorpus)  # noqa: S101 -- ``main`` made it
        if corpus.size <= READY:
            corpus.prepare(cut=self._peer.takes_cut)
        seconds = _seconds(self._peer.build)
        largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"seconds": seconds, "reading_s": corpus.seconds, "largest_mb": largest}

    def open(self) -> float:
        """Return how many seconds it took."""
        return _seconds(self._peer.open)

    def processes(self) -> list[int]:
        """Return this process and others that work for it alone."""
        return [os.getpid(), *self._peer.processes()]

    def ask(
        self, kind: str, most: int, seconds: float = 1e9, *, tell: bool = False
    ) -> dict[str, list[Any]]:
        """Put questions; return the seconds of each, and with ``tell`` the answers.

        No more are put once ``seconds`` have passed.
        """
        chosen, search = Kind(kind), self._peer.search
        took: list[float] = []
        told: list[Any] = []
        begin = time.perf_counter()
        for ask in self._asked[:most]:
            start = time.perf_counter()
            answer = search(ask, chosen)
            end = time.perf_counter()
            took.append(end - start)
            if tell:
                found = self._peer.found(answer)
                told.append([found.total, list(found.keys), sorted(found.counted().items())])
            if end - begin > seconds and len(took) >= LEAST:
                break
        return {"seconds": took, "answers": told}

    def see(self, word: str) -> float:
        """Ask for ``word`` until a listing has it; return when that was, by the machine's clock."""
        ask = Ask((word,), (word,), None, None, None, 0.0, 0.0, 0.0)
        while not self._peer.found(self._peer.search(ask, Kind.ALL)).total:
            time.sleep(0.001)
        return time.monotonic()


def _seconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
