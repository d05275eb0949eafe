"""What was understood, put right and left out, in words and with the way back for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from resourcedir.engine.documents import Clause
from resourcedir.search.facets import Chip, value_label
from resourcedir.search.hearing import odds_told
from resourcedir.search.results import Results
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.pieces import Piece, Sets
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary, words
from resourcedir.texts import N_
from resourcedir.web.language import gettext

MOST_NAMED: Final = 3  # needs on one chip
_FARES: Final[Mapping[str, str]] = {
    "alcohol": N_("alcohol"),
    "benzos": N_("benzodiazepines"),
    "cannabis": N_("cannabis"),
    "children-along": N_("children come along"),
    "medicaid": N_("Medicaid"),
    "no-money": N_("no money"),
    "opioids": N_("opioids"),
    "spanish": N_("speaks Spanish"),
    "stimulants": N_("stimulants"),
}
"""What is no population of the vocabulary."""


@dataclass(frozen=True, slots=True)
class PieceChip(Chip):
    """A chip of words that set something; ``key`` puts them aside in a form."""

    key: str = ""


@dataclass(frozen=True, slots=True)
class UnderstoodView:
    """What the page says above the results; ``typed`` is "" where nothing was put right.

    ``shown_for`` are the words, cut into what was put right and what was not. ``as_typed`` has for
    each word that was put right what it was, and the key that keeps it so.
    """

    chips: tuple[PieceChip, ...] = ()
    clear: str = ""  # the search without any of two chips or more
    shown_for: tuple[tuple[str, bool], ...] = ()
    typed: str = ""
    query: str = ""
    as_typed: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.chips or self.typed)


def understood_view(read: Reading, language: str, *, heard: bool) -> UnderstoodView:
    """Return what was understood of a search, in the reader's language.

    ``heard`` says whether circumstances that are only told put anything first there.
    """
    chips = tuple(
        PieceChip(label, read.without(piece).query(), piece.key)
        for piece in read.pieces
        for label in [_label(piece, language)]
    )
    odds = odds_told(*read.said)
    chips += tuple(
        PieceChip(
            _told_label(told, odds, language), read.plainly(told).query(), read.told_key(told)
        )
        for told in read.told_needs
    )
    chips += tuple(
        PieceChip(
            gettext("heard: %(whom)s", whom=circumstance_name(each, language)),
            read.whoever(each).query(),
            read.away_key(each),
        )
        for each in (read.whom if heard else ())
    )
    clear = read.without_pieces(heard=heard).query() if len(chips) > 1 else ""
    if not read.repairs:
        return UnderstoodView(chips, clear)
    return UnderstoodView(
        chips,
        clear,
        read.repaired_parts,
        read.asked.words,
        read.unrepaired.query(),
        tuple((each.typed, each.key) for each in read.repairs),
    )


def _label(piece: Piece, language: str) -> str:
    if piece.sets is Sets.NEAR:
        return gettext("near %(place)s", place=piece.values[0])
    if piece.sets is Sets.WITHIN:
        return gettext("within %(miles)s miles", miles=piece.values[0])
    if piece.sets is Sets.NEED:
        return taxonomy()[piece.values[0]].name(language)
    if piece.sets is Sets.OPEN:
        return {
            "now": gettext("open now"),
            "tonight": gettext("open tonight"),
            "weekend": gettext("open this weekend"),
        }[piece.values[0]]
    return value_label(piece.sets.value, piece.values[0], language)


def _told_label(told: Clause, odds: Mapping[str, float], language: str) -> str:
    """Return the likeliest needs that are told of, or the words by which places say so."""
    field, codes = told.keyword or ("", frozenset())
    if field == "term":
        likeliest = sorted(codes, key=lambda code: (-odds.get(code, 0.0), code))
        names = [taxonomy()[code].name(language) for code in likeliest[:MOST_NAMED]]
        return " / ".join([*names, *["…"] * (len(codes) > MOST_NAMED)])
    return gettext("places that say so: %(words)s", words=told.text)


def circumstance_name(circumstance: str, language: str) -> str:
    """Return whom it is for, or how somebody fares."""
    known = words()[Vocabulary.POPULATION].get(circumstance)
    return known.name(language) if known else gettext(_FARES[circumstance])


def left_out(results: Results) -> list[str]:
    """Return a sentence for each word that was left out."""
    return [
        gettext("Nothing has “%(word)s” with the other words: it is left out.", word=word)
        for word in results.left_out
    ]
