"""Answers questions from the newest commit of a Whoosh index on disk. It never writes there.

A new commit or a rebuilt index is seen by name and generation number and opened anew. Whoosh's
``refresh()`` and ``reader(reuse=...)`` are not used: they may bring back deleted documents.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any, Final

from whoosh.index import open_dir

from resourcedir.engine.damage import reading
from resourcedir.engine.documents import Answer, Question
from resourcedir.engine.errors import IndexBroken, IndexMissing
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.matching import match
from resourcedir.engine.ranking import page
from resourcedir.engine.segment import Segment, living
from resourcedir.engine.snapshot import Snapshot

logger = logging.getLogger(__name__)

_ATTEMPTS: Final = 10
_PAUSE_S: Final = 0.02


@dataclass(frozen=True, slots=True)
class _Opened:
    folder: Path
    generation: int
    index: Any
    segments: dict[str, Segment]
    snapshot: Snapshot


class WhooshIndex:
    """An ``Index`` over a folder that an ``Indexer`` keeps. One for all threads of a process."""

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root)
        self._lock = Lock()
        self._opened: _Opened | None = None

    def search(self, question: Question) -> Answer:
        """Answer from the newest commit; raise ``IndexMissing`` where there is no index.

        One that cannot be read counts as none: whoever keeps it is asked to make it anew.
        """
        try:
            return self._answer(question)
        except IndexBroken as error:
            logger.warning("the index cannot be read: %s", error)
            self._forget()
            with suppress(OSError):
                self._folder.ask_for_rebuild()
            raise IndexMissing from error

    def _answer(self, question: Question) -> Answer:
        snapshot = self.snapshot()
        matched = match(snapshot, question)
        return Answer(
            total=matched.result.bit_count(),
            hits=page(snapshot, matched, question),
            facets=matched.facets,
            every_word=matched.every_word,
        )

    def snapshot(self) -> Snapshot:
        """Return the documents of the newest commit, opening it when it is new.

        :raises IndexMissing: where there is no index.
        :raises IndexBroken: where there is one that cannot be read.
        """
        with self._lock:
            if not self._is_fresh():
                self._opened = self._open_patiently()
            if self._opened is None:
                raise IndexMissing
            return self._opened.snapshot

    def _forget(self) -> None:
        with self._lock:
            self._opened = None

    def _is_fresh(self) -> bool:
        opened = self._opened
        return (
            opened is not None
            and opened.folder == self._folder.current()
            and opened.generation == opened.index.latest_generation()
        )

    def _open_patiently(self) -> _Opened:
        # The indexer may remove a folder or an old segment between our reading its name and
        # opening it; the next look then finds the newer one.
        failure: Exception = IndexMissing()
        for _ in range(_ATTEMPTS):
            folder = self._folder.current()
            if folder is None:
                break
            try:
                with reading():
                    return self._open(folder)
            except IndexBroken as error:
                failure = error
            except OSError:
                failure = IndexMissing()
            sleep(_PAUSE_S)
        raise failure

    def _open(self, folder: Path) -> _Opened:
        index = open_dir(str(folder), readonly=True)
        # Read first: should a commit come in between, the next question opens once more.
        generation = index.latest_generation()
        known = self._opened.segments if self._opened and self._opened.folder == folder else {}
        segments: dict[str, Segment] = {}
        parts = []
        for reader, _ in index.reader().leaf_readers():
            if reader.doc_count_all() == 0:
                continue
            name = reader.segment().segment_id()
            segment = known.get(name)
            live = living(reader, reader.doc_count_all())
            if segment is None:
                segment = Segment(reader)
            else:
                reader.close()
            segments[name] = segment
            parts.append((segment, live))
        return _Opened(folder, generation, index, segments, Snapshot(parts))
