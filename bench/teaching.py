"""Learns from sentences what words are likely to tell of, and writes what search knows of it.

    python -m bench.teaching [needs] [circumstances]

Needs are learned from the sentences of ``said.csv`` that are not ``apart``, and from the names and
synonyms of the taxonomy; circumstances from those of ``whom.csv``. A feature (see ``likely``) is a
row of numbers; the sum of all that a sentence has goes through one layer of weights to the odds of
each need, or of each circumstance. Both are found by gradient descent (Adam).
"""

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.told import SAID, WHOM
from resourcedir.engine.analysis import raw_words
from resourcedir.search.understanding import circumstances, likely
from resourcedir.search.understanding.pieces import Sets
from resourcedir.search.understanding.reading import read
from resourcedir.taxonomy.terms import taxonomy

FOLDER: Final = Path(likely.__file__).parent
PUPILS: Final = 3
SIZE: Final = 32  # numbers a feature, of each pupil
LEAST_SAID: Final = 2  # sentences that have a feature which is learned
ROUNDS: Final = 25
BATCH: Final = 128
RATE: Final = 0.01
LEFT_OUT: Final = 0.65  # share of the features of a sentence, other ones each time
DOUBT: Final = 0.1  # that the sentence tells of any other need
NONE_COUNTS: Final = 4  # times: of what tells of no need there are few sentences
BESIDE: Final = 0.2  # share of the sentences that also say whom it is for, or who pays

_PEOPLE: Final = frozenset((Sets.POPULATION, Sets.COST, Sets.PAYER, Sets.LANGUAGE))

Reals = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The words of a sentence, and the needs of which it tells any."""

    words: tuple[str, ...]
    codes: tuple[str, ...]


def main() -> None:
    """Learn, and write the files of the package."""
    chosen = sys.argv[1:] or ["needs", "circumstances"]
    if "needs" in chosen:
        teach(Teaching, [*said(), *named()], likely.WRITTEN)
    if "circumstances" in chosen:
        teach(TeachingOfAny, list(whom()), circumstances.WRITTEN)


def teach(kind: "type[Teaching]", lessons: Sequence["Lesson"], name: str) -> None:
    """Let some pupils learn in rounds, each by chance in another way, and write what all say."""
    pupils = [kind(lessons, seed=1 + number) for number in range(PUPILS)]
    for number in range(ROUNDS):
        losses = [each.go_through(RATE * (1 - number / ROUNDS)) for each in pupils]
        print(f"{name}, round {number + 1} of {ROUNDS}: loss {np.mean(losses):.3f}", flush=True)
    written = FOLDER / name
    np.savez_compressed(written, **together(pupils))
    print(f"{name}: {written.stat().st_size:,} bytes")


def together(pupils: Sequence["Teaching"]) -> dict[str, NDArray[Any]]:
    """Return what ``likely.Learned`` is made of: the mean of what the pupils say, side by side."""
    numbers, first = np.unique(pupils[0].numbers, return_index=True)
    meanings = np.concatenate([each.meanings for each in pupils], 1)[first]
    sizes = np.maximum(np.abs(meanings).max(1), 1e-9) / 127
    return {
        "features": numbers,
        "meanings": np.round(meanings / sizes[:, None]).astype(np.int8),
        "sizes": sizes.astype(np.float32),
        "tells": np.concatenate([each.tells for each in pupils]) / np.float32(len(pupils)),
        "usual": np.mean([each.usual for each in pupils], 0).astype(np.float32),
        "codes": np.array(pupils[0].codes),
    }


def said() -> Iterator[Lesson]:
    """Yield the sentences that may be learned from."""
    with SAID.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] != "apart":
                lesson = Lesson(tuple(raw_words(row["words"])), tuple(row["codes"].split(";")))
                yield from (lesson,) * (NONE_COUNTS if likely.NONE in lesson.codes else 1)


def whom() -> Iterator[Lesson]:
    """Yield the sentences that tell of circumstances, or of none, and names of needs, of none."""
    with WHOM.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] != "apart":
                codes = tuple(code for code in row["whom"].split(";") if code != likely.NONE)
                yield Lesson(tuple(raw_words(row["words"])), codes)
    for lesson in named():
        if not any(piece.sets in _PEOPLE for piece in read(" ".join(lesson.words)).pieces):
            yield Lesson(lesson.words, ())


def named() -> Iterator[Lesson]:
    """Yield names and synonyms of needs, twice: they are surer than what somebody says."""
    for term in taxonomy():
        for words in dict.fromkeys(term.words):
            yield from (Lesson(tuple(raw_words(words)), (term.code,)),) * 2


class Adam:
    """Numbers that are learned, and how they changed so far."""

    def __init__(self, values: Reals) -> None:
        self.values = values
        self._mean = np.zeros_like(values)
        self._square = np.zeros_like(values)

    def change(
        self, slope: Reals, rate: float, at: "NDArray[np.int64] | slice" = slice(None)
    ) -> None:
        """Go down the slope, which is that of the rows ``at``."""
        self._mean[at] = 0.9 * self._mean[at] + 0.1 * slope
        self._square[at] = 0.999 * self._square[at] + 0.001 * slope**2
        self.values[at] -= rate * self._mean[at] / (np.sqrt(self._square[at]) + 1e-6)


class Teaching:
    """What is learned of lessons, each of which tells of one thing, round by round."""

    left_out = LEFT_OUT
    beside = BESIDE

    def __init__(self, lessons: Sequence[Lesson], *, seed: int) -> None:
        self._chance = np.random.default_rng(seed)
        self._pick = random.Random(seed)
        self._lessons = lessons
        self._none = [each for each in lessons if set(each.codes) <= {likely.NONE}]
        counts = Counter(one for each in lessons for one in likely.features(each.words))
        known = sorted(one for one, count in counts.items() if count >= LEAST_SAID)
        self._number = {one: number for number, one in enumerate(known)}
        self._rarity = np.log(len(lessons) / np.array([counts[one] for one in known], np.float32))
        self._codes = tuple(sorted({code for each in lessons for code in each.codes}))
        size = (SIZE, len(self._codes))
        self._meanings = Adam(self._any(len(known), SIZE))
        self._needs = Adam(self._any(*size))
        self._usual = Adam(np.zeros(len(self._codes), np.float32))

    def _any(self, *shape: int) -> Reals:
        return self._chance.normal(0, 0.1, shape).astype(np.float32)

    def go_through(self, rate: float) -> float:
        """Learn from all lessons once, in any order; return how far off the last ones were."""
        order = self._chance.permutation(len(self._lessons))
        losses = [
            self._learn([self._lessons[number] for number in order[at : at + BATCH]], rate)
            for at in range(0, len(order), BATCH)
        ]
        return float(np.mean(losses[-50:]))

    def _learn(self, lessons: Sequence[Lesson], rate: float) -> float:
        held, owner, worth = self._looked_at(lessons)
        sums = np.zeros((len(lessons), SIZE), np.float32)
        np.add.at(sums, owner, self._meanings.values[held] * worth)
        odds = self._odds(sums @ self._needs.values + self._usual.values)
        wanted = self._wanted(lessons)
        off = (odds - wanted) / len(lessons)
        slope = off @ self._needs.values.T
        rows, place = np.unique(held, return_inverse=True)
        slopes = np.zeros((len(rows), SIZE), np.float32)
        np.add.at(slopes, place, slope[owner] * worth)
        self._meanings.change(slopes, rate, rows)
        self._needs.change(sums.T @ off, rate)
        self._usual.change(off.sum(0), rate)
        return float(-(wanted * np.log(odds + 1e-9)).sum(1).mean())

    def _odds(self, worth: Reals) -> Reals:
        odds = np.exp(worth - worth.max(1, keepdims=True))
        return np.asarray(odds / odds.sum(1, keepdims=True), np.float32)

    def _looked_at(self, lessons: Sequence[Lesson]) -> tuple[NDArray[Any], NDArray[Any], Reals]:
        """Return numbers of features, whose they are, and what each is worth."""
        held, owner, worth = [], [], []
        for number, lesson in enumerate(lessons):
            found = [at for one in self._said(lesson) if (at := self._number.get(one)) is not None]
            kept = [at for at in found if self._pick.random() >= self.left_out]
            held += kept
            owner += [number] * len(kept)
            worth += [self._rarity[at] / max(1, len(kept)) ** 0.5 for at in kept]
        rows = np.array(held, np.int64), np.array(owner, np.int64)
        return (*rows, np.array(worth, np.float32)[:, None])

    def _said(self, lesson: Lesson) -> list[str]:
        if self._none and self._pick.random() < self.beside:
            beside = self._pick.choice(self._none).words
            return likely.features((*lesson.words, *beside))
        return likely.features(lesson.words)

    def _wanted(self, lessons: Sequence[Lesson]) -> Reals:
        wanted = np.full((len(lessons), len(self._codes)), DOUBT / len(self._codes), np.float32)
        for number, lesson in enumerate(lessons):
            for code in lesson.codes:
                wanted[number, self._codes.index(code)] += (1 - DOUBT) / len(lesson.codes)
        return wanted

    @property
    def numbers(self) -> NDArray[np.uint32]:
        return np.array([likely.number(one) for one in self._number], np.uint32)

    @property
    def meanings(self) -> Reals:
        return np.asarray(self._meanings.values * self._rarity[:, None], np.float32)

    @property
    def tells(self) -> Reals:
        return self._needs.values

    @property
    def usual(self) -> Reals:
        return self._usual.values

    @property
    def codes(self) -> tuple[str, ...]:
        return self._codes


class TeachingOfAny(Teaching):
    """What is learned of lessons that tell of several things, or of none."""

    left_out = 0.5
    beside = 0.5  # of what is told with a need, that is told with any

    def _odds(self, worth: Reals) -> Reals:
        return np.asarray(1 / (1 + np.exp(-worth)), np.float32)

    def _wanted(self, lessons: Sequence[Lesson]) -> Reals:
        return np.array([[code in each.codes for code in self._codes] for each in lessons]).astype(
            np.float32
        )


if __name__ == "__main__":
    main()
