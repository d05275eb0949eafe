"""How long a change takes from the source to a search in another process."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from bench.measuring.builds import Place
from bench.measuring.process import Process
from bench.measuring.warm import percentile
from bench.peers.ours import CorpusSource
from resourcedir.engine.indexer import Indexer

CHANGES = 20


@dataclass(frozen=True, slots=True)
class Visible:
    """Seconds, of ``CHANGES`` changes of one document each.

    ``followed``: the indexer looks for changes as it does in service. ``at once``: it is called
    with the change.
    """

    followed_p50_s: float
    followed_max_s: float
    at_once_p50_s: float
    at_once_max_s: float


def visible(place: Place) -> Visible:
    """Change documents in a copy of the index while another process asks for them."""
    with tempfile.TemporaryDirectory(dir=place.folder, prefix="changing-") as name:
        copy = Path(name) / "index"
        shutil.copytree(place.index("ours"), copy)
        source = CorpusSource(place.corpus)
        indexer = Indexer(copy, source)
        with Process("ours", place.corpus, copy, place.questions) as reader:
            reader.order("open")
            reader.order("ask", kind="radius", most=1)
            at_once = [_change(n, source, reader, indexer) for n in range(CHANGES)]
            stop = Event()
            follower = Thread(target=indexer.follow, args=(stop,))
            follower.start()
            try:
                followed = [_change(CHANGES + n, source, reader, None) for n in range(CHANGES)]
            finally:
                stop.set()
                follower.join()
    return Visible(percentile(followed, 50), max(followed), percentile(at_once, 50), max(at_once))


def _change(number: int, source: CorpusSource, reader: Process, indexer: Indexer | None) -> float:
    word = f"novelty{number}"
    time.sleep(0.037 * (number % 7))  # not in step with a follower
    start = time.monotonic()
    source.change(number * 37 % 9_973, word)
    reader.send("see", word=word)
    if indexer:
        indexer.catch_up()
    seen: float = reader.receive()
    return seen - start
