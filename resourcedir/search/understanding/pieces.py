"""A text cut into pieces that set something, and the rest. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from resourcedir.engine.analysis import raw_words
from resourcedir.places.place import Place


class Sets(StrEnum):
    """What a piece sets. ``NOTHING``: words that only make a sentence of the rest."""

    NEAR = "near"
    WITHIN = "within"
    OPEN = "open"
    NEED = "need"
    LANGUAGE = "language"
    COST = "cost"
    PAYER = "payer"
    POPULATION = "population"
    OFFENSE = "offense"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of the text and what it sets: codes, miles as a number, or the name of a place."""

    start: int
    end: int
    words: str
    sets: Sets
    values: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def key(self) -> str:
        """Return what names the piece in an address: its words, however they are spelt."""
        return " ".join(raw_words(self.words))


@dataclass(frozen=True, slots=True)
class Understood:
    """A text and its pieces, in order and apart from each other."""

    text: str
    pieces: tuple[Piece, ...] = ()

    def parts(self) -> Iterator[tuple[str, Piece | None]]:
        """Yield the whole text in order, each part with the piece that it is, if it is one."""
        at = 0
        for piece in self.pieces:
            if piece.start > at:
                yield self.text[at : piece.start], None
            yield piece.words, piece
            at = piece.end
        if at < len(self.text):
            yield self.text[at:], None

    @property
    def rest(self) -> str:
        """Return the words that set nothing, in order."""
        return " ".join(" ".join(text for text, piece in self.parts() if piece is None).split())

    @property
    def telling(self) -> tuple[Piece, ...]:
        """Return the pieces that set something: each is to be shown."""
        return tuple(piece for piece in self.pieces if piece.sets is not Sets.NOTHING)
