"""The next wider searches that find something, when one finds nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from resourcedir.places.finding import namesakes
from resourcedir.places.place import Place
from resourcedir.search.ask import DISTANCES, FILTERS, USUAL_MILES, Ask

MOST: Final = 6  # that are offered at once
NAMESAKES: Final = 5  # towns of one name, the nearest, that are looked near
FLAGS: Final = ("open_now", "tonight", "weekend", "openings")

Count = Callable[[Ask, Place | None], int]


@dataclass(frozen=True, slots=True)
class Widening:
    """A wider search that would find something.

    ``without`` names the one filter it leaves out, ``fewer_words`` are the words it leaves out,
    ``namesake`` is the town of the same name that it looks near.
    """

    ask: Ask
    total: int
    at_least: bool = False  # there may be more
    without: str = ""
    fewer_words: str = ""
    namesake: str = ""


def widenings(
    ask: Ask, place: Place | None, count: Count, *, most: int = MOST
) -> tuple[Widening, ...]:
    """Return what finds something: the next distance, towns of the same name in other states,
    the search without one of its filters, then without more and more but the words.

    ``ask`` is settled: what its words set is among its filters.
    """
    return tuple(islice(_finding(ask, place, count), most))


def _finding(ask: Ask, place: Place | None, count: Count) -> Iterator[Widening]:
    if place:
        yield from _elsewhere(ask, place, count)
    most = 0
    seen = {ask}
    for without, wider in (*_without_one(ask), *_without_more(ask)):
        if wider in seen:
            continue
        seen.add(wider)
        total = count(wider, place if wider.near else None)
        # Who asks for less and less is to gain something by it.
        if total > (0 if without else most):
            yield Widening(wider, total, without=without)
            most = max(most, total)


def _elsewhere(ask: Ask, place: Place, count: Count) -> Iterator[Widening]:
    """Yield the next distance that finds anything, and towns of the same name that do."""
    for wider in _farther(ask):
        if total := count(wider, place):
            yield Widening(wider, total)
            break
    for other in namesakes(place)[:NAMESAKES]:
        if total := count(near := replace(ask, near=other.label, page=1), other):
            yield Widening(near, total, namesake=other.label)


def _farther(ask: Ask) -> Iterator[Ask]:
    for each in DISTANCES:
        if ask.within and each > ask.within:
            yield replace(ask, within=float(each), page=1)


def _without_one(ask: Ask) -> Iterator[tuple[str, Ask]]:
    nothing: dict[str, Any] = {**dict.fromkeys(FLAGS, False), **dict.fromkeys(FILTERS, frozenset())}
    for name, unset in nothing.items():
        if getattr(ask, name):
            yield name, replace(ask, **{name: unset, "page": 1})


def _without_more(ask: Ask) -> Iterator[tuple[str, Ask]]:
    bare = Ask(
        words=ask.words,
        need=ask.need,
        near=ask.near,
        within=ask.within,
        aside=ask.aside,
        as_typed=ask.as_typed,
    )
    anywhere = replace(bare, near="", within=USUAL_MILES)
    yield "", bare
    yield "", replace(bare, need="")
    yield "", anywhere
    if ask.words:  # without words it would be the whole directory
        yield "", replace(anywhere, need="")
