"""What an index folder says about itself: a small JSON file, written after each commit.

It may lag behind the commit (a crash between the two repeats work), never run ahead of it.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_NAME: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """``change`` is the newest change that the index holds; ``documents`` how many it has."""

    change: int
    documents: int
    schema: int


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest, or None where there is none that can be read."""
    try:
        values = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return Manifest(int(values["change"]), int(values["documents"]), int(values["schema"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make the index files durable first, then the manifest that vouches for them."""
    for path in folder.iterdir():
        if path.is_file():
            _sync(path)
    write_durably(folder / _NAME, json.dumps(asdict(manifest)))


def write_durably(path: Path, text: str) -> None:
    """Replace the content of ``path`` so that a crash leaves the old or the new, whole."""
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
