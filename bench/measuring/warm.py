"""Rounds of questions, the engines in turn; and whether what they answer is true."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.corpora.questions import Ask, Kind
from bench.corpora.truth import Truth
from bench.measuring.process import Process


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is asked: ``slow_s`` is how long one engine may take for one round."""

    rounds: int
    slow_s: float
    slow_rounds: int


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds over questions, of each the median of its rounds.

    ``ratio`` is the mean against that of our engine for the same questions, ``ratio_p50`` the
    median, which a machine with other work spoils less.
    """

    mean_ms: float
    p50_ms: float
    p95_ms: float
    questions: int
    ratio: float
    ratio_p50: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Shares of answers, out of ``checked``.

    ``equal``: total and all counts are exact. ``in_order``: the page too, in its order.
    ``overlap``: how much of the exact page is on the page.
    """

    checked: int
    equal: float
    in_order: float
    overlap: float


def warm(
    kind: Kind, processes: Mapping[str, Process], effort: Effort, count: int
) -> tuple[dict[str, Speed], dict[str, list[Any]]]:
    """Return speeds and answers. The first round, which gives the answers, is not timed."""
    answers: dict[str, list[Any]] = {}
    rounds: dict[str, int] = {}
    for name, process in processes.items():
        first = process.order("ask", kind=kind, most=count, seconds=effort.slow_s, tell=True)
        answers[name] = first["answers"]
        is_slow = sum(first["seconds"]) > effort.slow_s / 4
        rounds[name] = effort.slow_rounds if is_slow else effort.rounds
    took: dict[str, list[list[float]]] = {name: [] for name in processes}
    for number in range(effort.rounds):
        for name, process in processes.items():
            if number < rounds[name]:
                asked = process.order("ask", kind=kind, most=len(answers[name]))
                took[name].append(asked["seconds"])
    medians = {name: medians_ms(each) for name, each in took.items()}
    ours = next(iter(medians.values()))
    return {name: speed(each, ours) for name, each in medians.items()}, answers


def medians_ms(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Return for each question the median of its rounds, in milliseconds."""
    return [statistics.median(each) * 1000 for each in zip(*rounds, strict=True)]


def speed(figures: Sequence[float], ours: Sequence[float]) -> Speed:
    """Return what the figures of one engine come to; ``ours`` may hold more questions."""
    same = ours[: len(figures)]
    mean = statistics.fmean(figures)
    return Speed(
        mean,
        percentile(figures, 50),
        percentile(figures, 95),
        len(figures),
        mean / statistics.fmean(same),
        percentile(figures, 50) / percentile(same, 50),
    )


def percentile(figures: Sequence[float], percent: float) -> float:
    """Return the smallest figure that so many percent of the figures do not exceed."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def agreement(answers: Sequence[Any], truth: Truth, asked: Sequence[Ask], kind: Kind) -> Agreement:
    """Compare answers with exact ones."""
    equal, ordered = 0, 0
    overlaps = []
    pairs = list(zip(asked, answers, strict=False))  # as many as both have
    for ask, (total, page, counts) in pairs:
        exact = truth.answer(ask, kind)
        same = total == exact.total and dict(counts) == exact.counted()
        equal += same
        ordered += same and exact.in_order(page)
        if exact.total:
            right = exact.page()
            overlaps.append(len(set(right) & set(page)) / len(right))
    many = len(pairs)
    overlap = statistics.fmean(overlaps) if overlaps else 1.0
    return Agreement(many, equal / many, ordered / many, overlap)
