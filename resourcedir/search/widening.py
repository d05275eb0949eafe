"""The next wider search that finds something, when one finds nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from resourcedir.places.place import Place
from resourcedir.search.ask import DISTANCES, USUAL_MILES, Ask


@dataclass(frozen=True, slots=True)
class Widening:
    """A wider search that would find something."""

    ask: Ask
    total: int
    at_least: bool = False  # there may be more


def widening(
    ask: Ask, place: Place | None, count: Callable[[Ask, Place | None], int]
) -> Widening | None:
    """Return the nearest distance, then the search without filters, that finds something.

    ``ask`` is settled: what its words set is among its filters.
    """
    offered = [float(each) for each in DISTANCES if ask.within and each > ask.within]
    tries = [replace(ask, within=each, page=1) for each in offered]
    bare = Ask(
        words=ask.words,
        need=ask.need,
        near=ask.near,
        within=ask.within,
        aside=ask.aside,
        as_typed=ask.as_typed,
    )
    less = [bare, replace(bare, need=""), replace(bare, near="", within=USUAL_MILES)]
    for wider in dict.fromkeys([*(tries if place else []), *less]):
        if wider != ask and (total := count(wider, place if wider.near else None)):
            return Widening(wider, total)
    return None
