"""Which keywords on payers come to the same for a client: few kinds, where there are hundreds.

Services name their payers in ever new selections, and those that the client has nothing to do with
change no verdict. What each kind comes to, ``eligibility`` says of one of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Self
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from resourcedir.clients.facts import Facts
from resourcedir.directory.asking import Matter, parse
from resourcedir.directory.kinds import Stance
from resourcedir.engine.documents import Part
from resourcedir.matching.eligibility import payers_of_weight

Places = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Payers:
    """The keywords on payers of a part: their places, and for each payer which of them take it."""

    places: Places
    taking: dict[str, Bools]

    @classmethod
    def of(cls, part: Part) -> Self:
        texts = part.values("asks")
        places = [at for at, text in enumerate(texts) if text.startswith(_PREFIX)]
        taking: dict[str, Bools] = {}
        for number, place in enumerate(places):
            for code in parse(texts[place]).with_stance(Stance.ACCEPTED):
                taking.setdefault(code, np.zeros(len(places), np.bool_))[number] = True
        return cls(np.array(places, np.int64), taking)


def alike(facts: Facts, part: Part, wanted: Bools) -> Iterator[Places]:
    """Yield the wanted keywords on payers of a part, those together that come to the same."""
    if (known := _known.get(part)) is None:
        known = _known.setdefault(part, _Payers.of(part))
    held = wanted[known.places].nonzero()[0]
    kinds = np.zeros(len(held), np.int64)
    for bit, code in enumerate(sorted(payers_of_weight(facts))):
        if code in known.taking:
            kinds |= known.taking[code][held].astype(np.int64) << bit
    for kind in np.unique(kinds):
        yield known.places[held[kinds == kind]]


_PREFIX: Final = f"{Matter.PAYER.value}|"
_known: Final[WeakKeyDictionary[Any, _Payers]] = WeakKeyDictionary()
