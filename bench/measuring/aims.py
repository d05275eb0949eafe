"""The figures that were set as aims before the engine was written, and whether they are met."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bench.measuring.results import Results

PEER: Final = "tantivy-best"
_FASTER_THAN_TANTIVY: Final = {10_000: 1.0, 100_000: 2.0, 1_000_000: 2.0}
_ALL_WORDS_AT_100K: Final = 1.3
_FASTER_THAN_DATABASES: Final = {10_000: 10.0, 100_000: 20.0, 1_000_000: 60.0}
_COLD: Final = 2.0
_BUILD: Final = 4.0
_PRIVATE_MB: Final = 150.0
_VISIBLE_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Aim:
    """``measured`` has to reach ``limit`` (``at_least``) or to stay below it."""

    what: str
    measured: float
    limit: float
    at_least: bool

    @property
    def is_met(self) -> bool:
        if self.at_least:
            return self.measured >= self.limit
        return self.measured < self.limit


def aims(results: Results) -> Iterator[Aim]:
    """Yield the aims for this size of which there are figures."""
    yield from _warm(results)
    for kind, figures in results.cold.items():
        if PEER in figures:
            share = figures["ours"].p95_ms / figures[PEER].p95_ms
            yield Aim(f"cold, {kind}: p95 against tantivy", share, _COLD, at_least=False)
    if results.size == 100_000 and PEER in results.builds:
        share = results.builds["ours"].seconds / results.builds[PEER].seconds
        yield Aim("full rebuild against tantivy", share, _BUILD, at_least=False)
    if results.size == 1_000_000 and results.memory:
        private = results.memory["ours"].private_mb
        yield Aim("private MB of a second process", private, _PRIVATE_MB, at_least=False)
    if results.visible:
        slowest = results.visible.followed_max_s
        yield Aim("seconds until a change is visible", slowest, _VISIBLE_S, at_least=False)


def _warm(results: Results) -> Iterator[Aim]:
    for kind, figures in results.warm.items():
        if PEER in figures and results.size in _FASTER_THAN_TANTIVY:
            limit = _FASTER_THAN_TANTIVY[results.size]
            if kind.needs_all and results.size == 100_000:
                limit = _ALL_WORDS_AT_100K
            yield Aim(f"{kind}: times tantivy, best", figures[PEER].ratio, limit, at_least=True)
        for peer in ("sqlite", "postgres"):
            if peer in figures and kind.has_filters and results.size in _FASTER_THAN_DATABASES:
                limit = _FASTER_THAN_DATABASES[results.size]
                yield Aim(f"{kind}: times {peer}", figures[peer].ratio, limit, at_least=True)
