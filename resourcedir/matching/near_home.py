"""Where a match looks: near the client's home, until an officer says another place. Pure.

A match begins with the home in its field. Nobody typed it there, so that a place among the words
counts before it; what an officer types into the field counts before both.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from resourcedir.search.ask import Ask
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.pieces import Sets

Read = Callable[[Ask], Reading]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form of the page sent; without ``with_miles`` it said nothing of the distance."""

    ask: Ask
    with_miles: bool


@dataclass(frozen=True, slots=True)
class NearHome:
    """A client's home as it stands in the field, "" for none, and what reads words."""

    home: str
    read: Read

    def shown(self, kept: Ask) -> Ask:
        """Return a search as its page shows it: without the home if its words name a place."""
        if not (kept.words and kept.near and kept.near == self.home):
            return kept
        elsewhere = replace(kept, near="")
        return elsewhere if any(self._places(elsewhere)) else kept

    def changed(self, kept: Ask, sent: Sent) -> Ask:
        """Return what to keep of a form: the home, if the field stands as the page showed it."""
        ask = sent.ask if sent.with_miles else replace(sent.ask, within=kept.within)
        if ask.near == self.shown(kept).near:
            return replace(ask, near=kept.near)
        if ask.near == self.home:  # typed: the place among the words is not meant
            said = frozenset(self._places(replace(ask, near="")))
            return replace(ask, aside=ask.aside | said)
        return ask

    def _places(self, ask: Ask) -> Iterator[str]:
        """Yield what names, in a search, the words that say a place."""
        return (piece.key for piece in self.read(ask).pieces if piece.sets is Sets.NEAR)
