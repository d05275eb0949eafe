"""Sets of document positions as Python integers.

Bit ``n`` is set when position ``n`` is in the set. Unions, intersections and
counts are ``|``, ``&`` and ``int.bit_count``. Pure.
"""

from collections.abc import Iterable
from itertools import compress
from typing import Final

_ONE: Final = ord("1")
_AS_FLAGS: Final = bytes.maketrans(b"01", b"\x00\x01")


def bitset(positions: Iterable[int], size: int) -> int:
    """Return the set of ``positions``, all below ``size``."""
    digits = bytearray(b"0") * size
    for position in positions:
        digits[position] = _ONE
    digits.reverse()
    return int(digits, 2) if size else 0


def full(size: int) -> int:
    """Return the set of all positions below ``size``."""
    return (1 << size) - 1


def flags(bits: int, size: int) -> bytes:
    """Return one byte a position, 1 or 0: a selector for ``itertools.compress``."""
    return f"{bits:0{size}b}"[::-1].encode().translate(_AS_FLAGS) if size else b""


def positions(bits: int, size: int) -> list[int]:
    """Return the members of the set in rising order."""
    return list(compress(range(size), flags(bits, size)))
