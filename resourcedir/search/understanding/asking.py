"""Makes of a search as it was typed the search that is meant, with what it was understood by. Pure.

``Reading.settled`` is the same search with every piece as a filter of the address; ``effective`` is
what is asked of an index: its words are words alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from resourcedir.engine.analysis import raw_words
from resourcedir.engine.documents import Clause
from resourcedir.search.ask import USUAL_MILES, Ask
from resourcedir.search.understanding.alike import alike
from resourcedir.search.understanding.pieces import Piece, Sets, Understood
from resourcedir.search.understanding.reading import read
from resourcedir.search.understanding.repairing import Repair, Repaired, Said, repaired
from resourcedir.search.understanding.whom import away_key, of_themselves, whom
from resourcedir.search.words import as_words, told_needs

PLAIN: Final = "="
"""Before the words of a piece that is put aside: they stay words, and only tell no need."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A search as typed, and what it means. ``pieces`` are those that hold: each is to be shown."""

    asked: Ask
    settled: Ask
    rest: str
    heard: str = ""  # the rest and whom it is for: what tells of a need with others
    pieces: tuple[Piece, ...] = ()
    whom: tuple[str, ...] = ()  # circumstances that are told, not named
    offered: frozenset[str] | None = None  # needs that any listing meets; None: not known
    repairs: tuple[Repair, ...] = ()

    @property
    def said(self) -> tuple[str, str, frozenset[str] | None]:
        """Return all that tells of needs."""
        return self.rest, self.heard, self.offered

    @property
    def effective(self) -> Ask:
        return self.effective_of(self.settled)

    def effective_of(self, settled: Ask) -> Ask:
        """Return what is asked of an index by another search of the same words, settled."""
        return replace(settled, words=self.rest, aside=frozenset(), as_typed=frozenset())

    @property
    def told_needs(self) -> tuple[Clause, ...]:
        """Return what must be met because several words tell of it together."""
        return told_needs(*self.said)

    def told_key(self, told: Clause) -> str:
        """Return what names, in an address, all the words that tell of this need."""
        return told_key(self.rest, told, self.heard, self.offered)

    def without_pieces(self, *, heard: bool = True) -> Ask:
        """Return the search as typed, all pieces taken away, and what is ``heard``."""
        gone = {piece.key for piece in self.pieces} | {
            self.told_key(told) for told in self.told_needs
        }
        if heard:
            gone |= {self.away_key(each) for each in self.whom}
        return replace(self.asked, aside=self.asked.aside | gone, page=1)

    def without(self, piece: Piece) -> Ask:
        """Return the search as typed, but for one piece."""
        return replace(self.asked, aside=self.asked.aside | {piece.key}, page=1)

    def away_key(self, circumstance: str) -> str:
        """Return what names, in an address, a circumstance that is not told."""
        return away_key(circumstance, self.asked.words)

    def whoever(self, circumstance: str) -> Ask:
        """Return the search as typed, as if the circumstance were not told."""
        return replace(self.asked, aside=self.asked.aside | {self.away_key(circumstance)}, page=1)

    def plainly(self, told: Clause) -> Ask:
        """Return the search as typed, the words that tell of a need together taken as words."""
        return replace(self.asked, aside=self.asked.aside | {self.told_key(told)}, page=1)

    @property
    def repaired_words(self) -> str:
        """Return the words with what was put right."""
        return "".join(text for text, _ in self.repaired_parts)

    @property
    def repaired_parts(self) -> tuple[tuple[str, bool], ...]:
        """Return the same, cut into what was put right (True) and what was not."""
        return tuple(_parts(self.asked.words, self.repairs))

    @property
    def unrepaired(self) -> Ask:
        """Return the same search with its words as they are typed."""
        kept = {each.key for each in self.repairs}
        return replace(self.asked, as_typed=self.asked.as_typed | kept, page=1)


def told_key(
    rest: str, told: Clause, heard: str = "", offered: frozenset[str] | None = None
) -> str:
    """Return what names, in an address, all the words of ``rest`` that tell of this need."""
    words: list[str] = []
    again: Clause | None = told
    while again is not None:
        words += raw_words(again.text)
        left = told_needs(as_words(rest, words), as_words(heard, words), offered)
        again = next((each for each in left if each.keyword == told.keyword), None)
    return PLAIN + " ".join(dict.fromkeys(words))


def _parts(text: str, repairs: Iterable[Repair]) -> Iterator[tuple[str, bool]]:
    """Yield ``text`` with each repair made, in their order, and whether a part is one."""
    left = text
    for each in repairs:
        before, _, left = left.partition(each.typed)
        if before:
            yield before, False
        yield each.meant, True
    if left:
        yield left, False


def reading(ask: Ask, said: Said | None, *, home_state: str, placed: bool = True) -> Reading:
    """Return what ``ask`` means; without the words of the listings no word is put right.

    Words that are the name of a listing are not ``placed``: none of them says where.
    """
    if not ask.words:
        return Reading(ask, ask, "")
    found = Repaired(ask.words)
    if said is not None:
        found = repaired(ask.words, said, home_state=home_state, as_typed=ask.as_typed)
    understood = of_themselves(_understood(ask, found.text, home_state, placed=placed))
    pieces = tuple(each for each in understood.telling if _holds(ask, each))
    settled = ask
    for piece in pieces:
        settled = _with(settled, piece)
    if pieces:
        settled = replace(settled, aside=ask.aside | {piece.key for piece in pieces})
    literal = [*ask.as_typed, *(each for each in ask.aside if each.startswith(PLAIN))]
    plain = {word for each in literal for word in raw_words(each)}
    rest = as_words(understood.rest, plain) if plain else understood.rest
    heard = as_words(_heard(understood, pieces, ask), plain)
    offered = None if said is None else said.offered()
    told = tuple(whom(understood, settled))
    return Reading(ask, settled, rest, heard, pieces, told, offered, found.repairs)


def _heard(understood: Understood, pieces: Collection[Piece], ask: Ask) -> str:
    """Return the text without where it is to be, and without what was taken away.

    What a settled search has put aside, since a field of the page holds it, was not.
    """
    held = {piece for piece in understood.telling if piece in pieces or _is_set(ask, piece)}
    kept = {piece for piece in held if piece.sets not in {Sets.NEAR, Sets.WITHIN}}
    said = (
        text
        for text, piece in understood.parts()
        if piece is None or piece.sets is Sets.NOTHING or piece in kept
    )
    return " ".join(" ".join(said).split())


def read_ahead(home_state: str) -> None:
    """Read the tables, which takes a second, before somebody waits for it."""
    ask = Ask(words="methadoen car pool near nowhere")
    told_needs(reading(ask, NOTHING_SAID, home_state=home_state).rest)
    alike("cook")


class _Nothing:
    """The words of no listings."""

    def has(self, _word: str) -> bool:
        return False

    def near(self, _word: str) -> Iterable[tuple[int, str]]:
        return ()

    def names(self, _word: str) -> bool:
        return False

    def together(self, _first: str, _second: str) -> bool:
        return False

    def offered(self) -> None:
        return None


NOTHING_SAID: Final[Said] = _Nothing()


def _understood(ask: Ask, text: str, home_state: str, *, placed: bool) -> Understood:
    """Return the pieces; what a field of the page has settled stays words, but for what is aside.

    A settled search has both: what its words said of the place is aside, and its field has it.
    """
    settled = _settled(ask) if placed else _settled(ask) | {Sets.NEAR}
    found = read(text, home_state=home_state, but=() if placed else settled)
    if all(each.sets not in settled or each.key in ask.aside for each in found.pieces):
        return found
    return read(text, home_state=home_state, but=settled)


def _settled(ask: Ask) -> set[Sets]:
    """Return what the fields of the page have settled already."""
    settled = {Sets.NEAR} if ask.near else set()
    return settled | {Sets.NEED} if ask.need else settled


def _holds(ask: Ask, piece: Piece) -> bool:
    """Say whether the piece holds: it was not taken away, and no field says otherwise."""
    if piece.sets is Sets.WITHIN and ask.within != USUAL_MILES:
        return False
    return piece.key not in ask.aside


def _with(ask: Ask, piece: Piece) -> Ask:
    """Return the search with what the piece sets."""
    if piece.sets is Sets.PAYER:
        return replace(ask, payer=ask.payer | set(piece.values))
    return _SET[piece.sets](ask, piece.values[0])


def _is_set(ask: Ask, piece: Piece) -> bool:
    """Say whether the fields of the page hold already what the piece sets."""
    return piece.sets not in {Sets.NEAR, Sets.WITHIN} and _with(ask, piece) == ask


def _open(ask: Ask, value: str) -> Ask:
    if value == "weekend":
        return replace(ask, weekend=True)
    return replace(ask, tonight=True) if value == "tonight" else replace(ask, open_now=True)


_SET: Final[Mapping[Sets, Callable[[Ask, str], Ask]]] = {
    Sets.NEAR: lambda ask, label: replace(ask, near=label),
    Sets.WITHIN: lambda ask, miles: replace(ask, within=float(miles)),
    Sets.OPEN: _open,
    Sets.NEED: lambda ask, code: replace(ask, need=code),
    Sets.LANGUAGE: lambda ask, code: replace(ask, language=ask.language | {code}),
    Sets.COST: lambda ask, code: replace(ask, cost=ask.cost | {code}),
    Sets.POPULATION: lambda ask, code: replace(ask, population=ask.population | {code}),
    Sets.OFFENSE: lambda ask, code: replace(ask, offense=ask.offense | {code}),
}
