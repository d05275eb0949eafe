"""Why nothing was found, and what to ask instead, in words."""

from dataclasses import dataclass

from resourcedir.search.ask import FILTERS, Ask
from resourcedir.search.facets import value_label
from resourcedir.search.results import Results
from resourcedir.search.widening import Widening
from resourcedir.web.language import gettext


@dataclass(frozen=True, slots=True)
class WiderLink:
    """A wider search with what it would find, in words."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class NothingView:
    """What the page says in place of results."""

    reason: str
    wider: tuple[WiderLink, ...]


def nothing_view(results: Results, language: str) -> NothingView:
    """Return why there is no result, and the wider searches that have one."""
    return NothingView(
        _reason(results),
        tuple(
            WiderLink(_label(wider, results.ask, language), wider.ask.query())
            for wider in results.widenings
        ),
    )


def least(total: int, *, in_part: bool) -> str:
    """Return how many there are, or are at least."""
    return gettext("at least %(total)s", total=total) if in_part else str(total)


def _reason(results: Results) -> str:
    if results.trouble:
        return ""
    if results.in_part:
        return gettext("None of those looked through has all that was asked for.")
    if not results.indexed and results.reading.rest:
        return gettext(
            "No listing has all that was asked for. Until the search index is made, each word must"
            " be there."
        )
    if results.widenings or not results.nothing_wider:
        return gettext("No listing has all that was asked for.")
    if results.reading.rest:
        return gettext(
            "No listing has “%(words)s”, wherever it is. Try other words.",
            words=results.reading.rest,
        )
    return gettext("No wider search finds anything either. Try other words.")


def _label(wider: Widening, now: Ask, language: str) -> str:
    total = least(wider.total, in_part=wider.at_least)
    if without := wider.fewer_words or _filter(wider.without, now, language):
        return gettext("Without “%(filter)s”: %(total)s", filter=without, total=total)
    ask = wider.ask
    if wider.namesake:
        return gettext("Near %(place)s: %(total)s", place=wider.namesake, total=total)
    if ask.near and ask.within is not None and ask.within != now.within:
        return gettext("Within %(miles)s miles: %(total)s", miles=f"{ask.within:g}", total=total)
    return _without_more(ask, now, total)


def _without_more(ask: Ask, now: Ask, total: str) -> str:
    if now.near and not ask.near:
        if ask.need != now.need:
            return gettext("Anywhere, in any kind: %(total)s", total=total)
        return gettext("Anywhere: %(total)s", total=total)
    if ask.need != now.need:
        return gettext("In any kind: %(total)s", total=total)
    return gettext("Without the filters: %(total)s", total=total)


def _filter(name: str, ask: Ask, language: str) -> str:
    """Return what a filter asks for, as its chip says it; "" of no filter."""
    if name in FILTERS:
        return ", ".join(value_label(name, each, language) for each in sorted(getattr(ask, name)))
    return {
        "open_now": gettext("open now"),
        "tonight": gettext("open tonight"),
        "weekend": gettext("open this weekend"),
        "openings": gettext("free now"),
    }.get(name, "")
