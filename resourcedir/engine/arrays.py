"""A file of named flat arrays, mapped into memory and shared by all processes that read it.

Layout: eight bytes that name the format, the length of the header (uint64, little-endian), the
header (JSON: for each array its type, shape and place; and facts beside them), then the arrays,
each at a multiple of 64 bytes. A file is never changed once it has its name.
"""

import json
import mmap
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.errors import IndexBroken

_FORMAT: Final = b"flatarr1"
_ALIGNED: Final = 64
_PIECE: Final = 1 << 24

Array = NDArray[Any]


def write_arrays(path: Path, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
    """Write the file, durably."""
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    places: dict[str, tuple[str, tuple[int, ...], int]] = {}
    offset = 0
    for name, array in whole.items():
        places[name] = (array.dtype.str, array.shape, offset)
        offset += _padded(array.nbytes)
    header = json.dumps({"arrays": places, "facts": facts}).encode()
    with path.open("wb") as file:
        file.write(_FORMAT + len(header).to_bytes(8, "little") + header)
        file.write(bytes(_padded(file.tell()) - file.tell()))
        for array in whole.values():
            file.write(array.data)
            file.write(bytes(_padded(array.nbytes) - array.nbytes))
        file.flush()
        os.fsync(file.fileno())


class Arrays:
    """The arrays of one file, read-only; ``facts`` are those written with them."""

    def __init__(self, path: Path) -> None:
        """Map the file.

        :raises IndexBroken: if it is not such a file.
        :raises OSError: if it cannot be opened.
        """
        with path.open("rb") as file:
            self._handle = os.dup(file.fileno())
            self._state = _state(self._handle)
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                self._arrays, self.facts = _arrays(self._map)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                os.close(self._handle)
                raise IndexBroken("not a file of arrays") from error
            except BaseException:
                os.close(self._handle)
                raise

    def __del__(self) -> None:
        if hasattr(self, "_arrays"):
            os.close(self._handle)

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def is_whole(self) -> bool:
        """Say whether nobody wrote to the file: reading a map beyond its end ends the process."""
        return _state(self._handle) == self._state


def checksum(path: Path) -> int:
    """Return the CRC-32 of a file."""
    value = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            value = zlib.crc32(piece, value)
    return value


def _state(handle: int) -> tuple[int, int]:
    status = os.fstat(handle)
    return status.st_size, status.st_mtime_ns


def _arrays(mapped: mmap.mmap) -> tuple[dict[str, Array], dict[str, Any]]:
    if mapped[:8] != _FORMAT:
        raise ValueError("another format")
    length = int.from_bytes(mapped[8:16], "little")
    header = json.loads(mapped[16 : 16 + length])
    start = _padded(16 + length)
    found = {}
    for name, (kind, shape, offset) in header["arrays"].items():
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(mapped, np.dtype(kind), count, start + offset) if count else None
        found[name] = np.empty(shape, kind) if array is None else array.reshape(shape)
    return found, header["facts"]


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
