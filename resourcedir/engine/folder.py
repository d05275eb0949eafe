"""Where the index lies: folders ``root/index-XXXX`` and ``root/current`` that names the one in use.

The folder holds pickles: whoever can write there can run code as the application. Keep it on a
local disk, writable by the application alone, and never restore it from a backup.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from resourcedir.engine.manifest import Manifest, read_manifest, write_durably

_PREFIX: Final = "index-"


@dataclass(frozen=True, slots=True)
class IndexFolder:
    root: Path

    def current(self) -> Path | None:
        """Return the folder in use, or None. It may be gone by the time it is opened."""
        try:
            name = (self.root / "current").read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
        return self.root / name if name.startswith(_PREFIX) and "/" not in name else None

    def manifest(self) -> Manifest | None:
        """Return what the folder in use says of itself; None where there is no index."""
        current = self.current()
        return read_manifest(current) if current else None

    def create(self) -> Path:
        """Make an empty folder beside the one in use."""
        return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self.root))

    def switch(self, fresh: Path) -> None:
        """Let ``fresh`` answer from now on, in one step, and remove all others.

        Whoever still reads an old one has its files open and may finish.
        """
        write_durably(self.root / "current", fresh.name)
        self.sweep()

    def ask_for_rebuild(self) -> None:
        """Ask whoever keeps the index to make the one in use anew."""
        write_durably(self.root / "rebuild", self._name())

    def rebuild_is_asked(self) -> bool:
        """Say whether the folder in use is to be made anew; a new one answers the request."""
        try:
            return (self.root / "rebuild").read_text(encoding="utf-8") == self._name()
        except (OSError, ValueError):
            return False

    def _name(self) -> str:
        current = self.current()
        return current.name if current else ""

    def sweep(self) -> None:
        """Remove what is not in use: old indexes, and those that a crash left half made."""
        current = self.current()
        for path in self.root.glob(f"{_PREFIX}*"):
            if path != current:
                shutil.rmtree(path, ignore_errors=True)
