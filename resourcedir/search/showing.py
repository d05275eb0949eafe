"""The results page in words: what the template prints, for a search with or without a client."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app
from flask_babel import get_locale

from resourcedir import clock
from resourcedir.directory import showing
from resourcedir.directory.showing import Pair
from resourcedir.errors import DomainError
from resourcedir.extensions import db
from resourcedir.search.ask import PER_PAGE, Ask, Order
from resourcedir.search.completing import Completer, Suggestion
from resourcedir.search.facets import Chip, Facet, chips, facets, value_label
from resourcedir.search.fallback import Reach
from resourcedir.search.indexing import ask_for_index, current_index
from resourcedir.search.nothing_showing import NothingView, least, nothing_view
from resourcedir.search.queries import Searcher
from resourcedir.search.results import Found, Results
from resourcedir.search.understood_showing import UnderstoodView, left_out, understood_view
from resourcedir.search.why import why
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.web.errors import words_of
from resourcedir.web.language import gettext, ngettext


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One result. The three pairs are what decides, and how sure and how old it is."""

    position: int
    number: int
    name: str
    organization: str
    kinds: str
    openings: Pair | None
    hours: Pair | None
    distance: Pair | None
    cost: str
    languages: str
    checked_at: datetime | None
    source: str
    phone: str
    why: str
    alert: str


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """What has not all that was asked for: its name, and what tells it from others."""

    number: int
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class OrderLink:
    """The same search in one of its orders."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything that the template reads; ``results`` for what needs no words.

    ``ask`` is as it was typed, ``settled`` has what the words set among its filters.
    """

    ask: Ask
    results: Results
    heading: str
    rows: tuple[ResultRow, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    trouble: str
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    now: datetime
    nothing: NothingView | None
    understood: UnderstoodView
    suggestions: tuple[Suggestion, ...]
    related: tuple[RelatedRow, ...]

    @property
    def settled(self) -> Ask:
        return self.results.ask

    @property
    def total(self) -> str:
        """Return how many there are, or are at least."""
        return least(self.results.total, in_part=self.results.in_part)

    @property
    def facet_names(self) -> list[str]:
        """Return what the form beside the results asks itself."""
        return [facet.name for facet in self.facets]

    @property
    def previous_query(self) -> str:
        page = self.ask.page - 1
        return replace(self.ask, page=page).query() if page > 0 else ""

    @property
    def next_query(self) -> str:
        more = self.results.total > self.ask.page * PER_PAGE
        return replace(self.ask, page=self.ask.page + 1).query() if more else ""

    @property
    def orders(self) -> list[OrderLink]:
        """Return the orders that would tell results apart; none where only one would."""
        results = self.results
        offered = [(Order.BEST, gettext("Best fit"))]
        if results.place:
            offered.append((Order.NEAREST, gettext("Nearest")))
        if results.with_openings:
            offered.append((Order.SOONEST, gettext("Free places first")))
        if results.total < 2 or len(offered) < 2:
            return []
        return [
            OrderLink(label, replace(self.ask, sort=each, page=1).query(), self.ask.sort is each)
            for each, label in offered
        ]


def search_page(ask: Ask, now: datetime) -> SearchPage:
    """Search and put the answer into words in the reader's language."""
    results = _searcher(now).results(db.session, ask)
    if not results.indexed:
        ask_for_index()
    language = str(get_locale())
    return SearchPage(
        ask=ask,
        results=results,
        heading=_heading(results),
        rows=tuple(
            _row(found, results, results.first + offset, language, now)
            for offset, found in enumerate(results.found)
        ),
        facets=tuple(facets(results, language)),
        chips=tuple(chips(ask, language)),
        trouble=_trouble(results.trouble),
        warnings=tuple(_warnings(results)),
        notes=tuple(_notes(results)),
        now=now,
        nothing=None if results.total else nothing_view(results, language),
        understood=understood_view(
            results.reading, language, heard=results.indexed and results.ask.sort is Order.BEST
        ),
        suggestions=completions(ask.words, names=not results.total),
        related=tuple(_related(found, results, language) for found in results.related),
    )


def completions(words: str, *, names: bool) -> tuple[Suggestion, ...]:
    """Return what the words may become; with ``names`` those of listings among them."""
    completer = Completer(current_index(), home_state=_home_state())
    return completer.suggestions(db.session if names else None, words)


def understood_as(ask: Ask) -> UnderstoodView:
    """Return what a search means that is answered elsewhere, in the reader's language."""
    read = _searcher(clock.now()).reading(db.session, ask)
    return understood_view(read, str(get_locale()), heard=False)


def _searcher(now: datetime) -> Searcher:
    return Searcher(current_index(), home_state=_home_state(), now=now)


def _home_state() -> str:
    home_state: str = current_app.config["SETTINGS"].home_state
    return home_state


def _heading(results: Results) -> str:
    if not results.ask.asks_anything:
        every = results.reach.of if results.reach else results.total
        return ngettext("Search %(num)s place", "Search %(num)s places", every)
    if results.trouble:
        return gettext("The place is not known")
    if not results.total:
        return gettext("Nothing found yet") if results.in_part else gettext("Nothing found")
    if results.in_part:
        return ngettext("At least %(num)s place", "At least %(num)s places", results.total)
    return ngettext("%(num)s place", "%(num)s places", results.total)


def _trouble(trouble: DomainError | None) -> str:
    return words_of(trouble) if trouble else ""


def _warnings(results: Results) -> Iterator[str]:
    if not results.indexed:
        yield gettext(
            "The search index is being made. Until then this answer is simpler: it may miss places,"
            " and nothing is counted beside the filters."
        )
    if results.reach and results.in_part:
        yield _in_part(results.reach)


def _notes(results: Results) -> Iterator[str]:
    yield from left_out(results)
    if results.total and results.any_word:
        yield gettext("Nothing has all of these words. These have some of them.")
    if results.place and results.reading.asked.near:  # else a chip says it
        yield gettext("Near %(place)s.", place=results.place.label)


def _in_part(reach: Reach) -> str:
    read, of = f"{reach.looked_at:,}", f"{reach.of:,}"
    if reach.nearest:
        return gettext(
            "Only the nearest %(read)s of %(of)s places were looked through, so some may be"
            " missing. Choose a shorter distance or a kind to have fewer to look through.",
            read=read,
            of=of,
        )
    return gettext(
        "Only %(read)s of %(of)s places were looked through, so some may be missing."
        " Add a place or choose a kind to have fewer to look through.",
        read=read,
        of=of,
    )


def _row(found: Found, results: Results, position: int, language: str, now: datetime) -> ResultRow:
    facts = found.facts
    return ResultRow(
        position=position,
        number=facts.number,
        name=facts.name,
        organization=facts.organization,
        kinds=_kinds(found, language),
        openings=showing.openings_pair(facts, now),
        hours=showing.hours_pair(facts, now),
        distance=showing.distance_pair(facts, results.place, found.area),
        cost=showing.cost_words(facts),
        languages=", ".join(value_label("language", code, language) for code in facts.languages),
        checked_at=facts.checked_at,
        source=showing.source_words(facts.source),
        phone=facts.main_phone,
        why=why(found, results, language, now),
        alert=showing.offer_words(facts, now),
    )


def _related(found: Found, results: Results, language: str) -> RelatedRow:
    facts = found.facts
    distance = showing.distance_pair(facts, results.place, found.area)
    parts = (facts.organization, _kinds(found, language), distance[0] if distance else "")
    return RelatedRow(facts.number, facts.name, " · ".join(part for part in parts if part))


def _kinds(found: Found, language: str) -> str:
    return ", ".join(taxonomy()[code].name(language).lower() for code in found.facts.terms[:3])
