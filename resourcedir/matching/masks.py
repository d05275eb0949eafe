"""The verdicts of many listings at once, from what stands beside the index. Hooks for the engine.

The index keeps all that a listing asks on one matter as one keyword. There are few different ones,
so each is judged once, by the pure functions, and the listings take the worst of theirs; limits
are in ``limit_masks``. ``judging`` says the same of one listing, and is the truth.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from resourcedir.clients.facts import Known
from resourcedir.directory.asking import parse
from resourcedir.engine.documents import Keep, Part, Positions
from resourcedir.matching.eligibility import finding
from resourcedir.matching.limit_masks import Levels, levels_by_limit
from resourcedir.matching.payer_masks import Places, alike
from resourcedir.matching.verdicts import (
    PROTECTED,
    Finding,
    Question,
    Verdict,
    combined,
    open_points,
)

Bools = NDArray[np.bool_]
Bits = NDArray[np.uint64]

MOST_QUESTIONS: Final = 63
ELSEWHERE: Final = np.uint64(1) << np.uint64(MOST_QUESTIONS)
"""The bit of what no answer of the client settles."""


class Verdicts:
    """What all listings are for one client on one day. Lives for one search."""

    def __init__(self, known: Known, on: date) -> None:
        self.known = known
        self._on = on
        self._questions: dict[Question, int] = {}
        self.settles: Counter[Question] = Counter()
        """How many of the listings looked at by ``settled_by_one`` one answer would settle."""
        self._needed: list[Bits] = []
        self._judged: dict[int, _Judged] = {}
        self._values: dict[int, _Values] = {}

    def of(self, part: Part, positions: Positions) -> Levels:
        """Return the verdict of each position, as numbers of ``Verdict``."""
        return self._judge(part, positions).worst

    def open_points(self, part: Part, positions: Positions) -> Levels:
        """Return what is yet to be asked of each, as ``verdicts`` counts it."""
        return self._judge(part, positions).open_points

    def _judge(self, part: Part, positions: Positions) -> "_Judged":
        known = self._judged.get(id(part))
        if known is None or known.positions is not positions:
            values = self._asks(part, positions)
            worst = part.reduced("asks", values.levels, positions, np.maximum)
            points = part.reduced("asks", values.open_points, positions, np.add)
            unclear = np.zeros(len(positions), np.bool_)
            for about, each in levels_by_limit(self.known.limits, self._on, part, positions):
                np.maximum(worst, each, out=worst)
                unclear |= each == Verdict.NOT_KNOWN
                if about not in PROTECTED:
                    points += WHOLE * ((each == Verdict.CALL) | (each == Verdict.NOT_KNOWN))
            known = self._judged[id(part)] = _Judged(positions, worst, points, unclear)
        return known

    def order(self, part: Part, positions: Positions) -> NDArray[np.float32]:
        """Return the verdicts as an order: yes first."""
        return self.of(part, positions).astype(np.float32)

    def are(self, verdict: Verdict) -> Keep:
        """Return a hook that keeps what has this verdict."""

        def keep(part: Part, positions: Positions) -> Bools:
            held: Bools = self.of(part, positions) == verdict
            return held

        return keep

    def settled_by_one(self, part: Part, positions: Positions) -> Bools:
        """Say which not known ones wait for one answer of the client alone, and count for which."""
        known = self._judge(part, positions)
        alone = np.zeros(len(positions), np.bool_)
        places = (known.worst == Verdict.NOT_KNOWN).nonzero()[0]
        bits = self._values[id(part)].bits  # of each that any of the positions has
        needed = part.reduced("asks", bits, positions.take(places), np.bitwise_or)
        self._needed.append(needed)
        single = (needed & (needed - np.uint64(1)) == 0) & (needed != ELSEWHERE)
        single &= ~known.unclear[places]
        alone[places[single]] = True
        for question in self._questions:
            if count := np.count_nonzero(needed[single] == self._bit(question)):
                self.settles[question] += int(count)
        return alone

    def missed(self) -> Counter[Question]:
        """Return how many of the not known ones that were looked at so miss each answer."""
        found: Counter[Question] = Counter()
        for question in self._questions:
            if (bit := self._bit(question)) != ELSEWHERE:
                found[question] = sum(int(np.count_nonzero(each & bit)) for each in self._needed)
        return +found

    def _asks(self, part: Part, positions: Positions) -> "_Values":
        """Return what each keyword comes to that any of the positions has."""
        values = part.values("asks")
        if id(part) not in self._values:
            self._values[id(part)] = _Values.none_yet(len(values))
        known = self._values[id(part)]
        unseen = (known.levels == _UNSEEN) & (part.counts("asks", positions) > 0)
        for places in list(alike(self.known.facts, part, unseen)):
            unseen[places] = False
            self._fill(known, places, values[places[0]])
        for place in unseen.nonzero()[0].tolist():
            self._fill(known, place, values[place])
        return known

    def _fill(self, known: "_Values", places: Places | int, text: str) -> None:
        """Judge one keyword; all that are at the places come to the same."""
        found = finding(parse(text), self.known.facts, self._on)
        known.levels[places] = verdict = combined(found)
        known.open_points[places] = open_points(found)
        if verdict is Verdict.NOT_KNOWN:
            known.bits[places] = self._bits(found)

    def _bits(self, found: tuple[Finding, ...]) -> np.uint64:
        bits = np.uint64(0)
        for each in found:
            if each.verdict is Verdict.NOT_KNOWN:
                bits |= ELSEWHERE if each.asks is None else self._bit(each.asks)
        return bits

    def _bit(self, question: Question) -> np.uint64:
        number = self._questions.setdefault(question, len(self._questions))
        if number >= MOST_QUESTIONS:
            return ELSEWHERE
        return np.uint64(1) << np.uint64(number)


WHOLE: Final = np.uint8(2)
"""What a limit that is open counts, in halves: none is an easy one."""
_UNSEEN: Final = 255


@dataclass(frozen=True, slots=True)
class _Values:
    """What keywords come to: verdict, things to ask, and the bits of the questions."""

    levels: Levels
    open_points: Levels
    bits: Bits

    @classmethod
    def none_yet(cls, size: int) -> Self:
        return cls(
            np.full(size, _UNSEEN, np.uint8), np.zeros(size, np.uint8), np.zeros(size, np.uint64)
        )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What positions of a part are. ``unclear``: a limit leaves open what no answer tells."""

    positions: Positions
    worst: Levels
    open_points: Levels
    unclear: Bools
