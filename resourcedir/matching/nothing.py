"""What a match says and offers where nothing was found, so that nothing was judged. The edge.

The wider searches are those of the search page. They are sent by POST, for they are about a client.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from resourcedir.matching.queries import Matches
from resourcedir.search.nothing_showing import nothing_view
from resourcedir.search.results import Results
from resourcedir.web.language import gettext, language


@dataclass(frozen=True, slots=True)
class Wider:
    """A wider search with what it would find, in words; ``fields`` are what a form sends."""

    label: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """What the page says in place of places; ``advice`` where no wider search finds any."""

    reason: str
    advice: str
    wider: tuple[Wider, ...]


def nothing_found(results: Results) -> Nothing:
    """Return why a search finds nothing, and the wider ones that do."""
    view = nothing_view(results, language())
    advice = "" if view.wider else _advice(results)
    return Nothing(
        view.reason,
        advice,
        tuple(Wider(each.label, tuple(parse_qsl(each.query))) for each in view.wider),
    )


def heading(matches: Matches) -> str:
    """Return for which words and where nothing was found."""
    place = matches.place.label if matches.place else ""
    if matches.ask.words and place:
        return gettext("Nothing was found for these words near %(place)s", place=place)
    if matches.ask.words:
        return gettext("Nothing was found for these words")
    return (
        gettext("Nothing was found near %(place)s", place=place)
        if place
        else gettext("Nothing found")
    )


def _advice(results: Results) -> str:
    """Return what to change."""
    if results.ask.words:
        return gettext("Change the words, or take them away and search by the need alone.")
    return gettext("Choose a longer distance, another place or another need.")
