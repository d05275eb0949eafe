"""Which place to try next, after a referral that came to nothing, and what to say of it. Pure.

It judges nothing anew: it reads the verdicts and reasons that the page shows.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

from resourcedir.directory.asking import Matter
from resourcedir.matching.verdicts import OPEN, Finding, Why

_UNANSWERED: Final = frozenset({Why.FACT_MISSING, Why.IN_WORDS})


class Row(Protocol):
    """A place of the page. ``tried`` is what came of a referral there, ``doubtful`` see below."""

    @property
    def tried(self) -> str: ...
    @property
    def doubtful(self) -> bool: ...


AnyRow = TypeVar("AnyRow", bound=Row)


def is_doubtful(findings: Iterable[Finding]) -> bool:
    """Say whether a place is a last resort: none is free, or whom it is only for is unanswered."""
    return any(
        each.why is Why.FULL
        or (each.about is Matter.POPULATION and each.verdict in OPEN and each.why in _UNANSWERED)
        for each in findings
    )


def best(rows: Iterable[AnyRow]) -> AnyRow | None:
    """Return the first untried of ``rows``, which stand in their order; the doubtful come last."""
    untried = (row for row in rows if not row.tried)
    return min(untried, key=lambda row: row.doubtful, default=None)


def all_tried(rows: Sequence[Row], total: int) -> bool:
    """Say whether each of ``total`` places was tried; those that are not shown were perhaps not."""
    return len(rows) == total and all(row.tried for row in rows)
