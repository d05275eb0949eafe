"""What the first questions of a new process cost. The files are in the machine's memory already."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.corpora.questions import Kind
from bench.measuring.builds import Place
from bench.measuring.warm import medians_ms, percentile

SLOWEST_S = 3.0  # for all questions of one process


@dataclass(frozen=True, slots=True)
class Cold:
    """Milliseconds from opening to the first answer, and of each later question asked once."""

    first_ms: float
    p50_ms: float
    p95_ms: float


def cold(
    kind: Kind, peers: Sequence[str], place: Place, *, repeats: int, count: int
) -> dict[str, Cold]:
    """Return what each engine takes; of each question the median of as many new processes."""
    took: dict[str, list[list[float]]] = {peer: [] for peer in peers}
    for _ in range(repeats):
        for peer in peers:
            with place.process(peer) as process:
                opening = process.order("open")
                asked = process.order("ask", kind=kind, most=count, seconds=SLOWEST_S)
            took[peer].append([opening + asked["seconds"][0], *asked["seconds"][1:]])
    return {peer: _cold(each) for peer, each in took.items()}


def _cold(repeats: list[list[float]]) -> Cold:
    least = min(map(len, repeats))  # a slow engine may not get as far each time
    figures = medians_ms([each[:least] for each in repeats])
    first = statistics.median(each[0] for each in repeats) * 1000
    return Cold(first, percentile(figures[1:], 50), percentile(figures[1:], 95))
