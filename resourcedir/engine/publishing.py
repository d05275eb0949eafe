"""Makes a commit of Whoosh known to readers: derives its parts and writes the manifest.

Only the indexer publishes, holding its lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh.index import open_dir

from resourcedir.engine.arrays import checksum, write_arrays
from resourcedir.engine.damage import reading
from resourcedir.engine.decoding import decoded
from resourcedir.engine.documents import Layout, Positions
from resourcedir.engine.manifest import (
    NAME,
    Manifest,
    PartEntry,
    make_durable,
    pack,
    write_manifest,
)

_PREFIX: Final = "part-"  # Whoosh sweeps up whatever begins with the name of a segment
_SUFFIX: Final = ".arrays"


def publish(folder: Path, manifest: Manifest, layout: Layout) -> Manifest:
    """Publish the newest commit of the folder under ``manifest``'s change and form.

    A part that the manifest has already is not derived again. Returns the manifest written.

    :raises IndexBroken: if Whoosh's files cannot be read.
    """
    known = {each.segment: each for each in manifest.parts}
    parts, documents = [], 0
    with _readers(folder) as (generation, readers):
        for reader in readers:
            segment = reader.segment().segment_id()
            entry = known.get(segment) or _derived(folder, segment, reader, layout)
            deleted = _deleted(reader)
            size = reader.doc_count_all()
            parts.append(replace(entry, deleted=pack(deleted, size)))
            documents += size - len(deleted)
    fresh = replace(
        manifest,
        documents=documents,
        generation=generation,
        parts=tuple(parts),
        files=_vouched(folder, {each.file for each in parts}, manifest),
    )
    write_manifest(folder, fresh)
    _sweep(folder, {each.file for each in parts})
    return fresh


def is_behind(folder: Path, manifest: Manifest) -> bool:
    """Say whether Whoosh has committed more than the manifest says: a crash came in between."""
    with reading():
        return int(open_dir(str(folder), readonly=True).latest_generation()) != manifest.generation


def damaged(folder: Path, manifest: Manifest) -> str | None:
    """Return the first file that is not what the manifest vouches for; None when all are."""
    for name, value in manifest.files.items():
        try:
            if checksum(folder / name) != value:
                return name
        except FileNotFoundError:
            return name
    return None


@contextmanager
def _readers(folder: Path) -> Iterator[tuple[int, list[Any]]]:
    """Give the generation, and a Whoosh reader of each segment that has documents."""
    with reading():
        index = open_dir(str(folder), readonly=True)
        reader = index.reader()
    try:
        leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        yield index.latest_generation(), leaves
    finally:
        reader.close()


def _derived(folder: Path, segment: str, reader: Any, layout: Layout) -> PartEntry:  # noqa: ANN401
    arrays, facts = decoded(reader, layout.usual_length)
    name = f"{_PREFIX}{segment}{_SUFFIX}"
    write_arrays(folder / name, arrays, facts)
    return PartEntry(segment, name)


def _deleted(reader: Any) -> Positions:  # noqa: ANN401
    return np.array(sorted(reader.segment().deleted_docs()), np.int32)


def _vouched(folder: Path, parts: set[str], manifest: Manifest) -> dict[str, int]:
    """Return the checksum of each file of the commit, made durable first where it is new."""
    found = {}
    for path in sorted(folder.iterdir()):
        name = path.name
        if name.startswith(NAME) or (name.endswith(_SUFFIX) and name not in parts):
            continue
        if name not in manifest.files:
            make_durable(path)
        found[name] = manifest.files.get(name) or checksum(path)
    return found


def _sweep(folder: Path, parts: set[str]) -> None:
    for path in folder.glob(f"*{_SUFFIX}"):
        if path.name not in parts:
            path.unlink(missing_ok=True)
