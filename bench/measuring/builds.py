"""Indexes of every engine, made once and kept between runs."""

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.corpora import corpus as corpora
from bench.corpora.corpus import Corpus
from bench.measuring.process import Process
from bench.peers.listing import peer_class
from resourcedir.engine import documents

_NOTE: Final = "build.json"


@dataclass(frozen=True, slots=True)
class Build:
    """What it took to make an index of all documents, by the wall clock, and what came out.

    Documents are ready in memory, and part of ``largest_mb``, where they are not too many. Else
    ``reading_s`` of ``seconds`` went into reading them.
    """

    seconds: float
    reading_s: float
    largest_mb: float
    disk_mb: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of one size lie."""

    folder: Path
    corpus: Corpus
    questions: Path

    def index(self, peer: str) -> Path:
        """Return the folder of an index; another one when documents or set-up are others."""
        version = _state_of_engine() if peer == "ours" else peer_class(peer).version
        return self.folder / f"{peer}-{self.corpus.size}-{corpora.VERSION}-{version}"

    def process(self, peer: str) -> Process:
        """Start a process over the index."""
        return Process(peer, self.corpus, self.index(peer), self.questions)


def built(peer: str, place: Place, *, fresh: bool) -> Build:
    """Return how the index was made, making it where it is not there."""
    final = place.index(peer)
    if fresh:
        shutil.rmtree(final, ignore_errors=True)
    if not (final / _NOTE).exists():
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=place.folder))
        draft.chmod(0o755)  # the server of a peer is another user
        try:
            with Process(peer, place.corpus, draft, place.questions) as process:
                made = process.order("build")
            build = Build(**made, disk_mb=size_mb(draft))
            (draft / _NOTE).write_text(json.dumps(asdict(build)))
            for old in place.folder.glob(f"{peer}-{place.corpus.size}-*"):
                shutil.rmtree(old, ignore_errors=True)
            os.replace(draft, final)  # noqa: PTH105
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return Build(**json.loads((final / _NOTE).read_text()))


def size_mb(folder: Path) -> float:
    """Return the size of all files below ``folder``."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat(follow_symlinks=False).st_size
    return total / 1e6


def _state_of_engine() -> str:
    """Return what changes with any line of our engine: one may read or write otherwise."""
    files = sorted(Path(documents.__file__).parent.glob("*.py"))
    return hashlib.blake2b(b"".join(f.read_bytes() for f in files), digest_size=6).hexdigest()
