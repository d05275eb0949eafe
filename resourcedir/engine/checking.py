"""Compares an index with the truth, document by document. It reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from pathlib import Path

from resourcedir.engine.batches import batches
from resourcedir.engine.bits import flags
from resourcedir.engine.documents import Source
from resourcedir.engine.errors import TooFarBehind
from resourcedir.engine.schema import digest
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


def differences(root: Path, source: Source, change: int) -> list[Difference]:
    """Return where the index differs from ``source``, in the order of keys.

    Documents with changes after number ``change`` are left out: the index need not know them yet.
    """
    faults: dict[int, Fault] = {}
    digests: dict[int, str] = {}
    for key, value in _indexed(root):
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
    unread = _unread(source, change) if faults else set()
    return [Difference(key, faults[key]) for key in sorted(faults) if key not in unread]


def _indexed(root: Path) -> Iterator[tuple[int, str]]:
    snapshot = WhooshIndex(root).snapshot()
    documents = zip(snapshot.keys, snapshot.digests(), strict=True)
    yield from compress(documents, flags(snapshot.live, snapshot.size))


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
