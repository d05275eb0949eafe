"""What an index folder says about itself: a small JSON file, written after each commit.

It names the parts that answer, so readers need no Whoosh, and vouches for every file by a checksum.
It may lag behind Whoosh's commit (a crash between the two repeats work), never run ahead of it.
"""

import base64
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from resourcedir.engine.documents import Positions

NAME: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class PartEntry:
    """One part: its file, and which of its documents are deleted (packed bits, see ``pack``)."""

    segment: str
    file: str
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``change`` is the newest change that the index holds; ``documents`` how many it has.

    ``form`` names the way it is written, ``generation`` is Whoosh's number of the commit, ``files``
    has the CRC-32 of each file of the folder. On the disk the manifest has one of its own.
    """

    change: int
    documents: int
    form: str
    generation: int
    parts: tuple[PartEntry, ...] = ()
    files: Mapping[str, int] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest, or None where there is none that can be read."""
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if values.pop("crc") != _crc(values):
            return None
        return Manifest(
            int(values["change"]),
            int(values["documents"]),
            str(values["form"]),
            int(values["generation"]),
            tuple(PartEntry(**each) for each in values["parts"]),
            {str(name): int(crc) for name, crc in values["files"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Publish a commit whose files are on the disk already."""
    values = asdict(manifest)
    write_durably(folder / NAME, json.dumps({**values, "crc": _crc(values)}))


def _crc(values: Mapping[str, object]) -> int:
    return zlib.crc32(json.dumps(values).encode())


def pack(deleted: Positions, size: int) -> str:
    """Return positions as text: one bit a document, compressed; "" for none."""
    if not len(deleted):
        return ""
    flags = np.zeros(size, np.bool_)
    flags[deleted] = True
    return base64.b64encode(zlib.compress(np.packbits(flags).tobytes())).decode()


def unpack(text: str) -> Positions:
    """Return the positions that ``pack`` wrote.

    :raises ValueError: if the text is not of its making.
    """
    try:
        packed = zlib.decompress(base64.b64decode(text, validate=True)) if text else b""
    except zlib.error as error:
        raise ValueError("not packed positions") from error
    return np.flatnonzero(np.unpackbits(np.frombuffer(packed, np.uint8))).astype(np.int32)


def write_durably(path: Path, text: str) -> None:
    """Replace the content of ``path`` so that a crash leaves the old or the new, whole."""
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    make_durable(draft)
    draft.replace(path)
    make_durable(path.parent)


def make_durable(path: Path) -> None:
    """Return once the content of a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
