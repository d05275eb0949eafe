"""Finds the folders that lie outside the package in a checkout and inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def root(name: str) -> Path:
    """Return the folder ``name`` ("templates" or "data"): the package's own, else the checkout's.

    :raises FileNotFoundError: naming the folder, if it is in neither place.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (folder := parent / name).is_dir():
            return folder
    raise FileNotFoundError(f"the folder {name!r} is missing beside {_PACKAGE}")
