"""Cuts long work into pieces that fit into memory and into one commit."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

BATCH: Final = 500

T = TypeVar("T")


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield ``items`` in lists of ``size``, the last one shorter."""
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece
