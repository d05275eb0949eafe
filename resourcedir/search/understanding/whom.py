"""Of whom the words tell: circumstances that are heard, and whose sex a word names. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final
from zlib import crc32

from resourcedir.engine.analysis import raw_words, token_of
from resourcedir.search.ask import FILTERS, Ask
from resourcedir.search.understanding.circumstances import (
    SEXES,
    SURE,
    circumstances,
    known_words,
    least,
    told_of,
)
from resourcedir.search.understanding.pieces import Piece, Sets, Understood
from resourcedir.search.understanding.units import Unit, units_of

_AWAY: Final = "~"  # before a circumstance that was taken away
_LEAST_WORDS: Final = 2  # that say something, beside what is named
_BEATEN: Final = "domestic-violence-survivors"  # who tells of it names who does it
_PLAINLY: Final = frozenset(("for", "para", "mens", "womens", "womans"))
"""Words by which a sex is asked for, not one person named."""
_ANYBODY: Final = frozenset(
    ("man", "men", "woman", "women", "guy", "guys", "dude", "male", "female", "hombre", "hombres",
     "mujer", "mujeres")
)  # fmt: skip
_PARTNER: Final = frozenset(
    ("husband", "wife", "boyfriend", "girlfriend", "esposo", "esposa", "marido", "novio", "novia")
)
_NAMED_ALONE: Final = frozenset(("language", "payer"))
"""Fields of which one value that is named is all that is meant: no Spanish beside Vietnamese."""
_ONESELF: Final = frozenset(("im", "am", "soy", "as", "como"))


def away_key(circumstance: str, typed: str) -> str:
    """Return what says, in an address, that the circumstance is not told by these words.

    With other words in the field it says nothing.
    """
    return f"{_AWAY}{circumstance} {crc32(' '.join(raw_words(typed)).encode(errors='ignore')):08x}"


def whom(understood: Understood, ask: Ask) -> Iterator[str]:
    """Yield the circumstances that are told, the surest first, without those that are named.

    What was taken away from the search is heard all the same: it changes nothing of the others.
    """
    spoken = [unit for unit in units_of(understood.text) if not _is_where(unit, understood)]
    telling = known_words(_words(unit for unit in spoken if not _is_in(unit, understood.telling)))
    telling = tuple(word for word in telling if token_of(word))
    if len(telling) < _LEAST_WORDS:
        return
    named = {value for piece in understood.telling for value in piece.values}
    named |= {piece.sets.value for piece in understood.telling}
    told = dict(told_of(_words(spoken)))
    if min(told[sex] for sex in SEXES) >= SURE:  # of two people; which of them is to be helped?
        told.update(dict.fromkeys(SEXES, 0.0))
    for each in sorted(told, key=told.__getitem__, reverse=True):
        if told[each] < least(telling) or away_key(each, ask.words) in ask.aside:
            continue
        if each in circumstances() and not _is_named(each, named, ask):
            yield each


def of_themselves(understood: Understood) -> Understood:
    """Return the pieces without the sex of somebody else: "a man who hits her" is none to find.

    A sex that is asked for plainly ("for men"), or that somebody tells of himself, stays.
    """
    if all(SEXES.keys().isdisjoint(piece.values) for piece in understood.pieces):
        return understood
    told = told_of(_words(units_of(understood.text)))
    beaten = told[_BEATEN] >= SURE
    others = {
        sex for sex, other in SEXES.items() if told[sex] < SURE and (beaten or told[other] >= SURE)
    }
    pieces = (
        piece
        if others.isdisjoint(piece.values) or not _may_be_another(piece, understood.text, beaten)
        else replace(piece, sets=Sets.NOTHING)
        for piece in understood.pieces
    )
    return replace(understood, pieces=tuple(pieces))


def _may_be_another(piece: Piece, text: str, beaten: bool) -> bool:  # noqa: FBT001
    """Say whether the words may name somebody who is not to be helped.

    "Her son in rehab" is to be; a husband is another if he beats.
    """
    words, before = set(raw_words(piece.words)), raw_words(text[: piece.start])[-1:]
    if words & _PLAINLY or not _ONESELF.isdisjoint(before):
        return False
    return bool(words & _ANYBODY and piece.start) or (beaten and bool(words & _PARTNER))


def _words(units: Iterator[Unit] | list[Unit]) -> tuple[str, ...]:
    return tuple(word for unit in units if not unit.quoted for word in unit.words)


def _is_where(unit: Unit, understood: Understood) -> bool:
    places = [each for each in understood.pieces if each.sets in {Sets.NEAR, Sets.WITHIN}]
    return _is_in(unit, places)


def _is_in(unit: Unit, pieces: Collection[Piece]) -> bool:
    return any(piece.start <= unit.start < piece.end for piece in pieces)


def _is_named(circumstance: str, named: Collection[str], ask: Ask) -> bool:
    """Say whether the words name it, or the fields of the page hold what it would ask for."""
    sexes = {circumstance, SEXES.get(circumstance, circumstance)}  # one that is named is the one
    if not (sexes.isdisjoint(named) and sexes.isdisjoint(ask.population)):
        return True
    asked = (act.keyword for act in circumstances()[circumstance])
    return any(
        (field in _NAMED_ALONE and (field in named or bool(getattr(ask, field))))
        or (field in FILTERS and not codes.isdisjoint({*named, *getattr(ask, field)}))
        for field, codes in asked
    )
