"""Makes of a search the question that an index is asked. Pure but for the clock it is given."""

from collections.abc import Iterable
from datetime import datetime

from resourcedir.engine.documents import Clause, Hooks, Near, Question, Sort
from resourcedir.places.distance import KM_PER_MILE
from resourcedir.places.place import Place, PlaceKind, areas_of
from resourcedir.search import masks
from resourcedir.search.ask import Ask, Order
from resourcedir.search.telling import Asked


def question_of(ask: Ask, place: Place | None, said: Asked) -> Question:
    """Return the question of an effective search: its words are those of ``said``."""
    return Question(
        clauses=said.clauses,
        any_clause=said.any_clause,
        filters=ask.filters,
        near=near_of(ask, place),
        sort=Sort.NEAREST if ask.sort is Order.NEAREST else Sort.BEST,
    )


def named_by(said: Iterable[Clause]) -> tuple[str, ...]:
    """Return the codes of the terms that the words name."""
    found = (clause.keyword for clause in said)
    return tuple(
        code for field, codes in filter(None, found) if field == "term" for code in sorted(codes)
    )


def hooks_of(ask: Ask, now: datetime) -> Hooks:
    """Return what keeps and orders the listings of a search beside its filters."""
    asks = (
        (ask.open_now, masks.open_now),
        (ask.tonight, masks.open_tonight),
        (ask.weekend, masks.open_weekend),
        (ask.openings, masks.with_openings),
    )
    keep = [mask(now) for wanted, mask in asks if wanted]
    keep += [masks.for_all(ask.population)] if len(ask.population) > 1 else []
    return Hooks(keep, order=masks.soonest(now) if ask.sort is Order.SOONEST else None)


def near_of(ask: Ask, place: Place | None) -> Near | None:
    """Return the part of the map that is asked about, None for all of it."""
    if place is None:
        return None
    miles = ask.within
    # Of a county or a state all is meant, not what lies around its middle.
    reach = place.error_m / 1000 if place.kind in {PlaceKind.COUNTY, PlaceKind.STATE} else 0.0
    return Near(
        latitude=place.point.latitude,
        longitude=place.point.longitude,
        within_km=None if miles is None else miles * KM_PER_MILE + reach,
        areas=areas_of(place),
    )
