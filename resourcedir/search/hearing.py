"""Settles which needs words tell of: by their names, by what is told together, by what was learned.

Pure. What is named makes a need likelier, but names alone mislead: "go to work" is no job.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import log
from typing import Final

from resourcedir.search.naming import MOST_WORDS, Named, by_names, is_common, is_wide
from resourcedir.search.phrases import cut
from resourcedir.search.understanding.likely import is_learned, likely
from resourcedir.search.understanding.units import Unit, units_of
from resourcedir.taxonomy.terms import taxonomy

SURE: Final = 0.15  # how likely a need is before it is asked for,
SURE_OF_FEW: Final = 0.75  # of a word or two, which may be anything,
SURE_BESIDE: Final = 0.3  # and beside one that is named
FEW: Final = 2  # words
ALIKE: Final = 0.05  # share of the likeliest need's odds from which on another is asked for too,
MOST: Final = 6  # so many at the most
NAMED: Final = 0.2  # what one has at least that is named, unless by a single everyday word
BY_NAME: Final = 3.0  # how much likelier a name makes a need, as a logarithm: a phrase,
BY_WORD: Final = 1.0  # a single word,
BY_TELLING: Final = 2.0  # several words, in whatever order,
BY_KIND: Final = 1.0  # and the name of its kind


@lru_cache(maxsize=512)
def named(
    text: str, heard: str = "", offered: frozenset[str] | None = None
) -> tuple[tuple[Named, ...], tuple[Unit, ...]]:
    """Return what the words name, in order, and the words.

    ``heard`` is all that was said: beside ``text`` whom it is for, which may tell of the need.
    ``offered`` are the needs that any listing meets: what words only tell is one of these.
    """
    units = tuple(units_of(text)[:MOST_WORDS])
    found = by_names(units)
    also = units_of(heard)[:MOST_WORDS] if heard else units
    learned = _as_learned(found, units, also, offered)
    once = {each.keyword or each.at: each for each in learned}  # a phrase before what is told
    return tuple(sorted(once.values(), key=lambda each: each.at)[:MOST_WORDS]), units


def _as_learned(
    found: list[Named],
    units: Sequence[Unit],
    heard: Sequence[Unit],
    offered: frozenset[str] | None,
) -> list[Named]:
    """Return what is found, of the needs the one that all words together are likely to tell of."""
    known = tuple(number for number, unit in enumerate(units) if _is_known(unit))
    needs = [each for each in found if each.is_narrow]
    phrases = [each for each in needs if not each.told]
    if len(known) <= bool(needs) or _is_said_plainly(found, phrases, units):
        return found
    also = units if phrases else heard
    offered = None if phrases else offered
    odds = likely(_words(units), _words(also), tuple(_by_name(found)), offered)
    if not odds or odds[0][1] < _least(needs, sum(map(_is_known, also))):
        return found
    meant = {code for code, odd in odds if odd >= ALIKE * odds[0][1]}
    telling = [each for each in needs if _tells(each, units) or _is_any_of(each, meant)]
    kept = [each for each in found if not each.is_term and each.keyword is not None]
    if names := [each for each in found if _is_of(each, odds[0][0])]:
        kept += names[:1] + [each for each in telling if each in phrases and each != names[0]]
    else:
        kinds = [each for each in found if each.is_term and each.told and not each.is_narrow]
        kept.append(_told(known, odds, [*telling, *kinds]))
    taken = {number for each in kept for number in each.at}
    plain = (number for number, unit in enumerate(units) if cut(unit.text) and number not in taken)
    return [*kept, *(Named((number,)) for number in plain)]


def _is_said_plainly(
    found: Sequence[Named], phrases: Sequence[Named], units: Sequence[Unit]
) -> bool:
    """Say whether names alone tell: of several needs, or of one and how it is to be met."""
    quoted = any(unit.quoted for unit in units)  # nothing new is told by what is left of a text
    stated = [each for each in found if each.keyword is not None and not each.is_term]
    several = len([each for each in phrases if len(each.at) > 1]) > 1
    return quoted or several or bool(phrases and stated) or any(each.instead for each in found)


def _words(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(word for unit in units if not unit.quoted for word in unit.words)


def _least(needs: Sequence[Named], known: int) -> float:
    if known <= FEW:
        return SURE_OF_FEW
    return SURE_BESIDE if needs else SURE


def _told(at: tuple[int, ...], odds: Sequence[tuple[str, float]], needs: Iterable[Named]) -> Named:
    """Return any of the likely needs, with the odds of each against the likeliest."""
    first = odds[0][1]
    meant = {code: log(odd / first) for code, odd in odds[:MOST] if odd >= ALIKE * first}
    for each in needs:
        for code in each.keyword[1] if each.keyword else ():
            meant[code] = max(meant.get(code, log(NAMED)), log(NAMED))
    meant[odds[0][0]] = 0.0
    return Named(at, ("term", frozenset(meant)), told=True, odds=tuple(meant.items()))


def _tells(each: Named, units: Sequence[Unit]) -> bool:
    return len(each.at) > 1 or not all(map(is_common, units[each.at[0]].words))


def _is_any_of(each: Named, codes: Collection[str]) -> bool:
    return each.keyword is not None and not each.keyword[1].isdisjoint(codes)


def _is_of(each: Named, code: str) -> bool:
    """Say whether the words are the name of a need, or tell of one of its kind if it is wide."""
    if not each.is_term or each.keyword is None:
        return False
    if not each.told and code in each.keyword[1]:
        return True
    below = taxonomy().within(code) if is_wide(frozenset((code,))) else ()
    return each.is_narrow and each.keyword[1] <= set(below)


def _by_name(found: Iterable[Named]) -> Iterator[tuple[str, float]]:
    """Yield the needs that are named, and how much likelier they are for it."""
    for each in found:
        if not each.is_term or each.keyword is None:
            continue
        codes = each.keyword[1]
        if each.is_narrow:
            worth = BY_TELLING if each.told else BY_NAME if len(each.at) > 1 else BY_WORD
            yield from ((code, worth) for code in codes)
        else:
            yield from ((under, BY_KIND) for code in codes for under in taxonomy().within(code))


def _is_known(unit: Unit) -> bool:
    return not unit.quoted and bool(cut(unit.text)) and all(map(is_learned, unit.words))


def odds_told(
    text: str, heard: str = "", offered: frozenset[str] | None = None
) -> Mapping[str, float]:
    """Return how likely each need that is told is, as a logarithm: 0 is the likeliest."""
    return {code: odds for each in named(text, heard, offered)[0] for code, odds in each.odds}
