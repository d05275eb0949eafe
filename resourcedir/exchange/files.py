"""Reads a file that somebody wants to import, up to a size."""

from pathlib import Path
from typing import Final

from resourcedir.errors import BadFile, Fault
from resourcedir.texts import N_, Phrase

UNREADABLE: Final = N_("%(file)s cannot be read: %(reason)s")
TOO_LARGE: Final = N_("the file is larger than %(most)s MB")


def content_of(path: Path, most: int) -> bytes:
    """Return the bytes of ``path``, at the most one more than ``most``.

    :raises BadFile: if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        said = Phrase(UNREADABLE, {"file": path.name, "reason": reason})
        raise BadFile((Fault(said),)) from error
