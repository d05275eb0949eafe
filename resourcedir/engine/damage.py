"""Tells damaged index files from other trouble."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EINVAL, EIO, ENOENT
from typing import Final

from resourcedir.engine.errors import IndexBroken

_DAMAGE: Final = frozenset((ENOENT, EINVAL, EIO))  # a file gone, a wild jump, a bad place on disk


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever damaged files make Whoosh raise into ``IndexBroken``.

    That is nearly anything: it unpickles and unpacks what it finds, and jumps to where it says. A
    disk or a process that is out of something says nothing about the files.
    """
    try:
        yield
    except (IndexBroken, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno not in _DAMAGE:
            raise
        raise IndexBroken(type(error).__name__) from error
