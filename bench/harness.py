"""What measurements share: timing things in turn, a table, and a file of the figures."""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Timed:
    """One thing that is measured; ``seconds`` has one figure a round."""

    name: str
    run: Callable[[], object]
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def options(about: str) -> argparse.Namespace:
    """Read ``--quick`` and ``--json FILE``."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="ends within 50 s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    return parser.parse_args()


def in_turn(things: Sequence[Timed], rounds: int) -> None:
    """Run each thing once a round, in turn, so that a machine that slows down slows all."""
    for number in range(rounds):
        for thing in things:
            start = time.perf_counter()
            thing.run()
            thing.seconds.append(time.perf_counter() - start)
            print(f"round {number + 1}: {thing.name} {thing.seconds[-1]:.2f} s", file=sys.stderr)


def report(things: Sequence[Timed], against: Timed, path: Path | None, **facts: object) -> None:
    """Print a table with the ratio of each median to that of ``against``; write the figures."""
    for name, value in facts.items():
        print(f"{name}: {value}")
    width = max(len(thing.name) for thing in things)
    print(f"{'':{width}}  median s   ratio")
    for thing in things:
        print(f"{thing.name:{width}}  {thing.median:8.3f}  {thing.median / against.median:6.2f}")
    if path:
        figures: Mapping[str, object] = {
            **facts,
            "seconds": {thing.name: thing.seconds for thing in things},
        }
        path.write_text(json.dumps(figures, indent=1, default=str) + "\n")
