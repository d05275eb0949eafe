"""Reads a file that somebody wants to import, up to a size."""

from pathlib import Path

from resourcedir.errors import BadFile, Fault


def content_of(path: Path, most: int) -> bytes:
    """Return the bytes of ``path``, at the most one more than ``most``.

    :raises BadFile: if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadFile((Fault(f"{path.name} cannot be read: {reason}"),)) from error
