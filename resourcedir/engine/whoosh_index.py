"""Answers questions from the newest published commit of an index on disk. It never writes there.

What it reads are the parts that the indexer derived from Whoosh's segments: mapped, so that all
processes of a machine share them. A new commit is seen by the manifest's file, and opened anew;
parts that it has in common with the last one are kept.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Final

from resourcedir.engine.answering import answer
from resourcedir.engine.arrays import Arrays, checksum
from resourcedir.engine.damage import reading
from resourcedir.engine.documents import NO_HOOKS, Answer, Hooks, Question
from resourcedir.engine.errors import IndexBroken, IndexMissing
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.manifest import NAME, Manifest, PartEntry, read_manifest, unpack
from resourcedir.engine.part import FlatPart
from resourcedir.engine.snapshot import Snapshot, living

logger = logging.getLogger(__name__)

_ATTEMPTS: Final = 10
_PAUSE_S: Final = 0.02

_Stamp = tuple[int, int, int]  # inode, time and size of a file that is only ever replaced
_Stamps = tuple[_Stamp, _Stamp]  # of the name of the folder in use, and of its manifest


@dataclass(frozen=True, slots=True)
class _Opened:
    folder: Path
    seen: _Stamps
    parts: dict[str, FlatPart]
    snapshot: Snapshot = field(repr=False)


class WhooshIndex:
    """An ``Index`` over a folder that an ``Indexer`` keeps. One for all threads of a process."""

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root)
        self._current = str(root / "current")
        self._lock = Lock()
        self._opened: _Opened | None = None
        self._broken: tuple[Path, _Stamps | None] | None = (
            None  # what could not be read when last tried
        )

    def search(self, question: Question, hooks: Hooks = NO_HOOKS) -> Answer:
        """Answer from the newest commit; raise ``IndexMissing`` where there is no index.

        One that cannot be read counts as none: whoever keeps it is asked to make it anew.
        """
        with self._mending():
            return self._answer(question, hooks)

    def parts(self) -> Sequence[FlatPart]:
        """Return the parts of the newest commit; raise ``IndexMissing`` where there is no index.

        One that cannot be read counts as none, as for ``search``.
        """
        with self._mending():
            snapshot = self.snapshot()
            _demand_whole(snapshot)
            return [each.part for each in snapshot.parts]

    @contextmanager
    def _mending(self) -> Iterator[None]:
        """Have an index made anew that turns out to be broken."""
        try:
            yield
        except IndexBroken as error:
            logger.warning("the index cannot be read: %s", error)
            self._forget()
            with suppress(OSError):
                if not self._folder.rebuild_is_asked():
                    self._folder.ask_for_rebuild()
            raise IndexMissing from error

    def _answer(self, question: Question, hooks: Hooks) -> Answer:
        snapshot = self.snapshot()
        _demand_whole(snapshot)
        try:
            return answer(snapshot, question, hooks)
        except Exception:  # of the caller's hooks, unless a file was written to meanwhile
            _demand_whole(snapshot)
            raise

    def snapshot(self) -> Snapshot:
        """Return the documents of the newest commit, opening it when it is new.

        :raises IndexMissing: where there is no index.
        :raises IndexBroken: where there is one that cannot be read.
        """
        if (fresh := self._fresh()) is not None:
            return fresh
        with self._lock:
            if (fresh := self._fresh()) is not None:  # another thread has opened it meanwhile
                return fresh
            self._opened = self._open_patiently()
            return self._opened.snapshot

    def _fresh(self) -> Snapshot | None:
        opened = self._opened
        unchanged = opened is not None and self._seen(opened.folder) == opened.seen
        return opened.snapshot if opened is not None and unchanged else None

    def _forget(self) -> None:
        with self._lock:
            self._opened = None

    def _seen(self, folder: Path) -> _Stamps | None:
        try:
            return _stamp(self._current), _stamp(f"{folder}/{NAME}")
        except OSError:
            return None

    def _open_patiently(self) -> _Opened:
        # The indexer may remove a folder or an old part between our reading its name and
        # opening it; the next look then finds the newer one.
        failure: Exception = IndexMissing()
        tried = None
        for _ in range(_ATTEMPTS):
            folder = self._folder.current()
            if folder is None:
                raise IndexMissing
            tried = folder, self._seen(folder)
            if tried == self._broken:
                raise IndexBroken("it is still damaged")
            opened = self._attempt(*tried)
            if isinstance(opened, _Opened):
                return opened
            failure = opened
            sleep(_PAUSE_S)
        if isinstance(failure, IndexBroken):
            self._broken = tried
        raise failure

    def _attempt(self, folder: Path, seen: _Stamps | None) -> "_Opened | Exception":
        if seen is None:
            return IndexMissing()
        try:
            return self._open(folder, seen)
        except IndexBroken as error:
            return error
        except FileNotFoundError:
            return IndexBroken("a file is missing")
        except OSError:
            return IndexMissing()

    def _open(self, folder: Path, seen: _Stamps) -> _Opened:
        # The manifest may be newer than what was seen of it: the next question then opens anew.
        manifest = read_manifest(folder)
        if manifest is None:
            raise IndexBroken("the manifest cannot be read")
        before = self._opened
        known = before.parts if before and before.folder == folder else {}
        parts = {
            each.file: known.get(each.file) or _part(folder, each, manifest)
            for each in manifest.parts
        }
        with reading():
            alive = [living(parts[each.file], unpack(each.deleted)) for each in manifest.parts]
        return _Opened(folder, seen, parts, Snapshot(alive))


def _part(folder: Path, entry: PartEntry, manifest: Manifest) -> FlatPart:
    path = folder / entry.file
    if checksum(path) != manifest.files.get(entry.file):
        raise IndexBroken(f"{entry.file} is damaged")
    with reading():
        return FlatPart(Arrays(path))


def _demand_whole(snapshot: Snapshot) -> None:
    if not all(each.part.arrays.is_whole() for each in snapshot.parts):
        raise IndexBroken("a file was changed")


def _stamp(path: str) -> _Stamp:
    status = os.stat(path)  # noqa: PTH116 -- for each search, and a Path costs more than the call
    return status.st_ino, status.st_mtime_ns, status.st_size
