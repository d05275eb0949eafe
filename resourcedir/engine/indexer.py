"""Keeps the index equal to its source. The only writer: whoever holds the lock file is the indexer.

A crash at any point repeats work and loses none: the number of the last change is written after
the commit, and applying a change again changes nothing.
"""

import dataclasses
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Final

from resourcedir.engine.arrays import Arrays
from resourcedir.engine.batches import BATCH, batches
from resourcedir.engine.checking import Difference, differences
from resourcedir.engine.commits import build, replace
from resourcedir.engine.damage import reading
from resourcedir.engine.documents import Document, Source
from resourcedir.engine.errors import IndexBroken, IndexerBusy, IndexMissing, TooFarBehind
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.lock import sole_indexer
from resourcedir.engine.manifest import Manifest
from resourcedir.engine.part import FlatPart
from resourcedir.engine.publishing import damaged, is_behind, publish
from resourcedir.engine.schema import form

logger = logging.getLogger(__name__)

Progress = Callable[[int, int], None]

_POLL_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 60.0  # between attempts that fail
_MANY: Final = (
    2_000  # changes; when behind by more, and by more than the index has, it is made anew
)


class Indexer:
    """Writes the index in ``root`` from ``source``.

    ``catch_up`` and ``rebuild`` raise ``IndexerBusy`` when another is the indexer.
    """

    def __init__(self, root: Path, source: Source) -> None:
        self._root = root
        self._folder = IndexFolder(root)
        self._source = source
        self._verified: Path | None = None

    def catch_up(self) -> int:
        """Read what changed since the last time; return the number of documents touched.

        Rebuilds where there is nothing to catch up from: no index, a damaged one, another form,
        or changes that the source no longer keeps; where that is quicker; where an earlier version
        of what is sealed now would stay on the disk; and when it was asked for.
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

        It reads alone, so that another may be the indexer meanwhile.

        :raises IndexMissing: where there is no index that can be read.
        """
        try:
            return differences(self._root, self._source)
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
            touched = self._catch_up()
        except IndexBroken as error:
            logger.warning("the index is broken (%s) and is made anew", error)
            return self._rebuild()
        return self._rebuild() if self._folder.rebuild_is_asked() else touched

    def _catch_up(self) -> int:
        current, manifest = self._folder.current(), self._folder.manifest()
        if current is None or manifest is None or manifest.form != form(self._source.layout):
            return self._rebuild()
        if current != self._verified:
            if (name := damaged(current, manifest)) is not None:
                raise IndexBroken(f"{name} is damaged")
            self._verified = current
        if is_behind(current, manifest):
            manifest = publish(current, manifest, self._source.layout)
        behind = self._source.last_change() - manifest.change
        # Less than nothing: the source has been put back to an earlier state.
        if behind < 0 or behind > max(_MANY, manifest.documents):
            return self._rebuild()
        try:
            return self._apply(current, manifest)
        except TooFarBehind:
            return self._rebuild()

    def _apply(self, current: Path, manifest: Manifest) -> int:
        touched, layout = 0, self._source.layout
        while changes := self._source.changes_after(manifest.change, BATCH):
            keys = sorted({change.key for change in changes})
            fresh = list(self._source.documents(keys))
            parts = _parts(current, manifest)
            sealed = self._source.sealed(keys)
            if any(holds_unsealed(part, sealed) for part in parts.values()):
                # Whoosh leaves old versions in its files until it merges them.
                self._folder.ask_for_rebuild()
            outdated = {segment: part.positions(keys).tolist() for segment, part in parts.items()}
            replace(current, outdated, fresh, layout)
            manifest = dataclasses.replace(manifest, change=changes[-1].number)
            manifest = publish(current, manifest, layout)
            touched += len(keys)
        return touched

    def _rebuild(self, progress: Progress | None = None) -> int:
        self._folder.sweep()
        layout = self._source.layout
        # Read before any document: what changes meanwhile is read once more afterwards.
        change = self._source.last_change()
        fresh = self._folder.create()
        count = build(fresh, self._all_documents(progress), layout)
        publish(fresh, Manifest(change, count, form(layout), generation=0), layout)
        self._folder.switch(fresh)
        self._verified = fresh
        return count

    def _all_documents(self, progress: Progress | None) -> Iterator[Document]:
        keys = sorted(self._source.keys())
        done = 0
        for batch in batches(keys):
            yield from self._source.documents(batch)
            done += len(batch)
            if progress:
                progress(done, len(keys))


def _parts(folder: Path, manifest: Manifest) -> dict[str, FlatPart]:
    with reading():
        return {each.segment: FlatPart(Arrays(folder / each.file)) for each in manifest.parts}


def holds_unsealed(part: FlatPart, keys: Iterable[int]) -> bool:
    """Say whether the part has a version, deleted or not, of one of ``keys`` that is not sealed."""
    return not part.arrays["sealed"][part.positions(keys)].all()


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
