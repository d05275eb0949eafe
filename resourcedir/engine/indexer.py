"""Keeps the index equal to its source. The only writer: whoever holds the lock file is the indexer.

A crash at any point repeats work and loses none: the number of the last change is written after
the commit, and applying a change again changes nothing.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Final

from resourcedir.engine.batches import BATCH, batches
from resourcedir.engine.checking import Difference, differences
from resourcedir.engine.commits import build, replace
from resourcedir.engine.documents import Document, Source
from resourcedir.engine.errors import IndexBroken, IndexerBusy, IndexMissing, TooFarBehind
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.lock import sole_indexer
from resourcedir.engine.manifest import Manifest, write_manifest
from resourcedir.engine.schema import SCHEMA_VERSION

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

_POLL_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 60.0  # between attempts that fail


class Indexer:
    """Writes the index in ``root`` from ``source``.

    ``catch_up`` and ``rebuild`` raise ``IndexerBusy`` when another is the indexer.
    """

    def __init__(self, root: Path, source: Source) -> None:
        self._root = root
        self._folder = IndexFolder(root)
        self._source = source

    def catch_up(self) -> int:
        """Read what changed since the last time; return the number of documents touched.

        Rebuilds where there is nothing to catch up from: no index, a broken one, another schema,
        or changes that the source no longer keeps. Rebuilds also when it was asked for.
        """
        with sole_indexer(self._root):
            return self._keep()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew beside the old one, which answers until then; return its documents.

        ``progress`` is told how many documents of how many are read.
        """
        with sole_indexer(self._root):
            return self._rebuild(progress)

    def check(self) -> list[Difference]:
        """Return where the index differs from the source, changes not yet read aside.

        It reads alone, so that another may be the indexer meanwhile. The manifest is read first:
        what is committed later has a higher number and is left out.

        :raises IndexMissing: where there is no index that can be read.
        """
        manifest = self._folder.manifest()
        if manifest is None:
            raise IndexMissing
        try:
            return differences(self._root, self._source, manifest.change)
        except IndexBroken as error:
            raise IndexMissing from error

    def follow(self, stop: Event, poll_s: float = 0.5) -> None:
        """Keep the index until ``stop`` is set, holding the lock all the while.

        While another is the indexer it waits to take over. Whatever fails is tried again, after
        a longer and longer pause: without a follower the index would grow old unseen.
        """
        while not stop.is_set():
            with suppress(IndexerBusy), _surviving(), sole_indexer(self._root):
                self._follow(stop, poll_s)
            stop.wait(poll_s)

    def _follow(self, stop: Event, poll_s: float) -> None:
        pause = poll_s
        while not stop.is_set():
            failed = True
            with _surviving():
                self._keep()
                failed = False
            pause = max(poll_s, min(2 * pause, _LONGEST_PAUSE_S)) if failed else poll_s
            stop.wait(pause)

    def _keep(self) -> int:
        if self._folder.rebuild_is_asked():
            return self._rebuild()
        try:
            return self._catch_up()
        except IndexBroken as error:
            logger.warning("the index is broken (%s) and is made anew", error)
            return self._rebuild()

    def _catch_up(self) -> int:
        current, manifest = self._folder.current(), self._folder.manifest()
        if current is None or manifest is None or manifest.schema != SCHEMA_VERSION:
            return self._rebuild()
        if manifest.change > self._source.last_change():
            return self._rebuild()  # the source has been put back to an earlier state
        touched = 0
        try:
            while changes := self._source.changes_after(manifest.change, BATCH):
                keys = {change.key for change in changes}
                count = replace(current, keys, self._source.documents(sorted(keys)))
                manifest = Manifest(changes[-1].number, count, SCHEMA_VERSION)
                write_manifest(current, manifest)
                touched += len(keys)
        except TooFarBehind:
            return self._rebuild()
        return touched

    def _rebuild(self, progress: Progress | None = None) -> int:
        self._folder.sweep()
        # Read before any document: what changes meanwhile is read once more afterwards.
        change = self._source.last_change()
        fresh = self._folder.create()
        count = build(fresh, self._all_documents(progress))
        write_manifest(fresh, Manifest(change, count, SCHEMA_VERSION))
        self._folder.switch(fresh)
        return count

    def _all_documents(self, progress: Progress | None) -> Iterator[Document]:
        keys = sorted(self._source.keys())
        done = 0
        for batch in batches(keys):
            yield from self._source.documents(batch)
            done += len(batch)
            if progress:
                progress(done, len(keys))


@contextmanager
def _surviving() -> Iterator[None]:
    try:
        yield
    except IndexerBusy:
        raise
    except Exception as error:  # only the kind is logged: a message may hold what was indexed
        logger.warning("the index could not be brought up to date: %s", type(error).__name__)


def wait_until_rebuilt(root: Path, before: Path | None, timeout_s: float) -> int | None:
    """Wait until another index than ``before`` answers; return its documents, None in the end."""
    folder = IndexFolder(root)
    deadline = monotonic() + timeout_s
    while True:
        manifest = folder.manifest()
        if manifest and folder.current() != before:
            return manifest.documents
        if monotonic() >= deadline:
            return None
        sleep(_POLL_S)


def wait_until_indexed(root: Path, change: int, timeout_s: float) -> bool:
    """Wait until the index holds the change of that number; False when time is up."""
    folder = IndexFolder(root)
    deadline = monotonic() + timeout_s
    while True:
        manifest = folder.manifest()
        if manifest and manifest.change >= change:
            return True
        if monotonic() >= deadline:
            return False
        sleep(_POLL_S)
