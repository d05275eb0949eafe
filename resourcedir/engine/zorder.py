"""Puts points in an order in which near ones mostly follow each other. Pure.

The Z-order curve (Morton 1966): the bits of the two coordinates, taken in turns, make one number.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_SIGN: Final = 1 << 31  # brings int32 in order to uint32
_SPREADING: Final = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def z_values(latitudes: NDArray[np.int32], longitudes: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return the place on the curve of each point; the unit of the coordinates is free."""
    return _spread(latitudes) << np.uint64(1) | _spread(longitudes)


def _spread(coordinates: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return each coordinate with an empty bit before each of its own."""
    bits = (coordinates.astype(np.int64) + _SIGN).astype(np.uint64)
    for shift, mask in _SPREADING:
        bits = (bits | bits << np.uint64(shift)) & np.uint64(mask)
    return bits
