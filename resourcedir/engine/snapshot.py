"""All parts of one generation of the index, with what of them is deleted.

A snapshot never changes; a new generation gets a new one, made of the same parts as far as they
still exist.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from resourcedir.engine.documents import Positions
from resourcedir.engine.part import FlatPart, Spots


@dataclass(frozen=True, slots=True)
class Living:
    """A part and its deleted documents (rising); ``live`` is None where none is deleted."""

    part: FlatPart
    deleted: Positions
    live: NDArray[np.bool_] | None

    @property
    def count(self) -> int:
        return self.part.size - len(self.deleted)

    def only(self, positions: Positions) -> Positions:
        """Return those of the positions that are not deleted."""
        return positions if self.live is None else positions[self.live[positions]]


def living(part: FlatPart, deleted: Positions) -> Living:
    """Return the part without its deleted documents."""
    if not len(deleted):
        return Living(part, deleted, None)
    live = np.ones(part.size, np.bool_)
    live[deleted] = False
    return Living(part, deleted, live)


class Snapshot:
    def __init__(self, parts: Sequence[Living]) -> None:
        self.parts = tuple(parts)
        self.count = sum(each.count for each in self.parts)
        self._rarities: dict[str, np.float32] = {}

    def rarity(self, token: str) -> np.float32:
        """Return the weight of a word in BM25: less for one that many living documents have.

        Only living documents count, so that an index made bit by bit scores like one made at once.
        """
        known = self._rarities.get(token)
        if known is None:
            holding = sum(_holding(each, token) for each in self.parts)
            known = np.float32(log(1 + (self.count - holding + 0.5) / (holding + 0.5)))
            if len(self._rarities) > 10_000:
                self._rarities.clear()
            self._rarities[token] = known
        return known

    def documents(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the key and the digest of each living document."""
        for each in self.parts:
            kept = each.only(each.part.everything)
            digests = each.part.arrays["digest"][kept].tolist()
            yield from zip(each.part.keys[kept].tolist(), map(tuple, digests), strict=True)


def _holding(each: Living, token: str) -> int:
    found = each.part.word(token)
    if found is None:
        return 0
    gone = int(np.count_nonzero(found.at(Spots(each.deleted)))) if len(each.deleted) else 0
    return len(found) - gone
