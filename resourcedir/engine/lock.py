"""One writer at a time, over all processes and threads of this machine."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from resourcedir.engine.errors import IndexerBusy


@contextmanager
def sole_indexer(root: Path) -> Iterator[None]:
    """Hold ``root/indexer.lock``; raise ``IndexerBusy`` when another holds it.

    The lock belongs to the open file, so that it ends with the process however that ends.
    """
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (root / "indexer.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexerBusy from None
        yield
