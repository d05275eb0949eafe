"""The filters beside the results: what can be chosen, how many there are, what is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from flask_babel import gettext

from resourcedir.directory.kinds import CostKind
from resourcedir.directory.wording import COSTS
from resourcedir.search.ask import ANY_DISTANCE, DISTANCES, Ask
from resourcedir.search.results import Results
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.terms import Term, taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary

MOST_ROWS: Final = 10  # values of one facet that are shown

_LISTS: Final = {
    "population": Vocabulary.POPULATION,
    "language": Vocabulary.LANGUAGE,
    "payer": Vocabulary.PAYER,
    "offense": Vocabulary.OFFENSE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One value; ``count`` None is not counted."""

    value: str
    label: str
    count: int | None
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    legend: str
    name: str
    kind: str  # radio or checkbox
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the search that can be taken away; ``query`` is the search without it."""

    label: str
    query: str


def facets(results: Results, language: str) -> list[Facet]:
    """Return the facets that have something to choose, in the order of the page."""
    ask = results.ask
    found = [
        Facet(
            gettext("Kind"), "need", "radio", tuple(_needs(ask, _Counts(results, "term"), language))
        ),
        Facet(
            gettext("Openings"),
            "openings",
            "checkbox",
            (Row("free", gettext("Free now"), results.with_openings, ask.openings),),
        ),
        Facet(
            gettext("Hours"),
            "open",
            "checkbox",
            (
                Row("now", gettext("Open now"), results.open_now, ask.open_now),
                Row("tonight", gettext("Open tonight"), results.open_tonight, ask.tonight),
                Row("weekend", gettext("Open this weekend"), results.open_weekend, ask.weekend),
            ),
        ),
        _facet(gettext("Offenses taken, or case by case"), "offense", results, language),
        _facet(gettext("For"), "population", results, language),
        _facet(gettext("Language"), "language", results, language),
        Facet(gettext("Cost"), "cost", "checkbox", tuple(_costs(ask, _Counts(results, "cost")))),
        _facet(gettext("Payment taken"), "payer", results, language),
    ]
    if ask.near:
        found.insert(1, _distances(ask))
    if results.indexed and not results.total:
        found = [_chosen(facet) for facet in found]
    return [facet for facet in found if facet.rows]


def _chosen(facet: Facet) -> Facet:
    """Return what can be taken back; where nothing is found, choosing more finds nothing either."""
    if facet.name == "within" or (facet.kind == "radio" and not facet.rows[0].checked):
        return facet
    return replace(facet, rows=tuple(row for row in facet.rows if row.value and row.checked))


def chips(ask: Ask, language: str) -> list[Chip]:
    """Return what narrows the search beyond its words, each with the search without it."""
    found = []
    if ask.need:
        term = taxonomy()[ask.need]
        found.append(Chip(term.name(language), replace(ask, need="", page=1).query()))
    less = replace(ask, page=1)
    if ask.open_now:
        found.append(Chip(gettext("open now"), replace(less, open_now=False).query()))
    if ask.tonight:
        found.append(Chip(gettext("open tonight"), replace(less, tonight=False).query()))
    if ask.weekend:
        found.append(Chip(gettext("open this weekend"), replace(less, weekend=False).query()))
    if ask.openings:
        found.append(Chip(gettext("free now"), replace(less, openings=False).query()))
    for name in ("language", "cost", "payer", "population", "offense"):
        chosen: frozenset[str] = getattr(ask, name)
        found += [
            Chip(value_label(name, value, language), ask.without(name, value).query())
            for value in sorted(chosen)
        ]
    return found


def value_label(name: str, value: str, language: str) -> str:
    """Return the words of one value of a filter; the value itself where no list knows it."""
    if name == "cost":
        return gettext(COSTS[CostKind(value)]) if value in set(CostKind) else value
    word = vocabulary.words()[_LISTS[name]].get(value)
    return word.name(language) if word else value


class _Counts:
    """How many have each value of a filter. Without an index none is counted, and all are shown."""

    def __init__(self, results: Results, name: str) -> None:
        self.known = results.indexed
        self.values = results.facets.get(name, {})

    def of(self, value: str) -> int | None:
        return self.values.get(value, 0) if self.known else None

    def shown(self, value: str) -> bool:
        """Say whether choosing the value may find something."""
        return not self.known or self.values.get(value, 0) > 0


def _needs(ask: Ask, counts: _Counts, language: str) -> Iterator[Row]:
    """Yield the way from the root to the chosen term and its children; without one, the roots."""
    below: tuple[Term, ...] = taxonomy().children(ask.need) if ask.need else taxonomy().roots
    above = reversed(taxonomy().lineage(ask.need)) if ask.need else ()
    yield Row("", gettext("Any kind"), None, not ask.need)
    for term in above:
        yield Row(term.code, term.name(language), counts.of(term.code), term.code == ask.need)
    for term in sorted(below, key=lambda term: -(counts.of(term.code) or 0))[:MOST_ROWS]:
        if counts.shown(term.code):
            yield Row(term.code, term.name(language), counts.of(term.code), checked=False)


def _distances(ask: Ask) -> Facet:
    offered = sorted({*map(float, DISTANCES), *([ask.within] if ask.within else [])})
    rows = [
        Row(f"{miles:g}", gettext("%(miles)s miles", miles=f"{miles:g}"), None, miles == ask.within)
        for miles in offered
    ]
    rows.append(Row(ANY_DISTANCE, gettext("Any distance"), None, ask.within is None))
    return Facet(gettext("Within, straight line"), "within", "radio", tuple(rows))


def _costs(ask: Ask, counts: _Counts) -> Iterator[Row]:
    for kind, label in COSTS.items():
        if counts.shown(kind) or kind in ask.cost:
            yield Row(kind.value, gettext(label), counts.of(kind), kind in ask.cost)


def _facet(legend: str, name: str, results: Results, language: str) -> Facet:
    counts = _Counts(results, name)
    chosen: frozenset[str] = getattr(results.ask, name)
    values = counts.values if counts.known else {*chosen, *vocabulary.codes(_LISTS[name])}
    ordered = sorted(
        values, key=lambda value: (value not in chosen, -(counts.of(value) or 0), value)
    )
    rows = tuple(
        Row(value, value_label(name, value, language), counts.of(value), value in chosen)
        for value in ordered[: max(MOST_ROWS, len(chosen))]
    )
    return Facet(legend, name, "checkbox", rows)
