"""Compares an index with the truth, document by document. It reads only."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from resourcedir.engine.batches import batches
from resourcedir.engine.documents import Source
from resourcedir.engine.errors import IndexMissing, TooFarBehind
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.manifest import Manifest
from resourcedir.engine.publishing import damaged, is_behind
from resourcedir.engine.schema import digest
from resourcedir.engine.snapshot import Snapshot
from resourcedir.engine.whoosh_index import WhooshIndex


class Fault(StrEnum):
    MISSING = "missing"
    EXTRA = "extra"
    DIFFERENT = "different"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wrong in the index about one document."""

    key: int
    fault: Fault


def differences(root: Path, source: Source) -> list[Difference]:
    """Return where the index differs from ``source``, in the order of keys.

    The manifest is read first: documents that changed after it are left out, since the index need
    not know them yet.

    :raises IndexMissing: where there is no index, or one of which a file is damaged.
    """
    folder = IndexFolder(root)
    current, manifest = folder.current(), folder.manifest()
    if current is None or manifest is None:
        raise IndexMissing
    if damaged(current, manifest) and not _is_replaced(folder, current, manifest):
        raise IndexMissing
    faults = _faults(WhooshIndex(root).snapshot(), source)
    unread = _unread(source, manifest.change) if faults else set()
    return [Difference(key, faults[key]) for key in sorted(faults) if key not in unread]


def _is_replaced(folder: IndexFolder, current: Path, manifest: Manifest) -> bool:
    """Say whether an indexer at work, or one that died, removed files by a newer commit.

    The parts that then answer are held to their checksums when they are opened.
    """
    return current != folder.current() or is_behind(current, manifest)


def _faults(snapshot: Snapshot, source: Source) -> dict[int, Fault]:
    faults: dict[int, Fault] = {}
    digests: dict[int, tuple[int, ...]] = {}
    for key, value in snapshot.documents():
        if key in digests:
            faults[key] = Fault.DOUBLE
        digests[key] = value
    for keys in batches(sorted(source.keys())):
        for document in source.documents(keys):
            indexed = digests.pop(document.key, None)
            if indexed is None:
                faults[document.key] = Fault.MISSING
            elif indexed != digest(document):
                faults.setdefault(document.key, Fault.DIFFERENT)
    for key in digests:
        faults.setdefault(key, Fault.EXTRA)
    return faults


def _unread(source: Source, change: int) -> set[int]:
    """Return the keys that changed since; none when they are no longer known."""
    keys: set[int] = set()
    try:
        while changes := source.changes_after(change, 1000):
            keys.update(each.key for each in changes)
            change = changes[-1].number
    except TooFarBehind:
        return set()
    return keys
