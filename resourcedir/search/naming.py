"""Finds what words name: phrases that stand as they are, and what several words tell together.

Pure, but for the engine's own way of cutting words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from resourcedir.engine.analysis import token_of
from resourcedir.search.phrases import cut, longest, terms_named
from resourcedir.search.understanding.everyday import COMMON, EVERYDAY
from resourcedir.search.understanding.grammar import fillers
from resourcedir.search.understanding.situations import Does, Told, told
from resourcedir.search.understanding.units import Unit
from resourcedir.taxonomy.terms import taxonomy

MOST_WORDS: Final = 32  # more is a pasted page, not a question
GENERAL: Final = frozenset(
    (
        "behavior-classes",
        "case-management",
        "mental-health-counseling",
        "primary-care",
        "reentry-programs",
    )
)
"""Needs that say as little beside another as a whole kind does: "court ordered anger class"."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words, by their numbers, that name something together; ``keyword`` None: a plain word."""

    at: tuple[int, ...]
    keyword: tuple[str, frozenset[str]] | None = None
    instead: bool = False  # of what some of the words name by themselves
    told: bool = False  # by several words, in whatever order
    likeliest: frozenset[str] = frozenset()  # of several needs those told by the most words
    odds: tuple[tuple[str, float], ...] = ()  # of each, against the likeliest, as logarithms

    @property
    def is_term(self) -> bool:
        return self.keyword is not None and self.keyword[0] == "term"

    @property
    def is_narrow(self) -> bool:
        """Say whether it names a need that is neither a whole kind of needs nor general."""
        return self.is_term and self.keyword is not None and not is_wide(self.keyword[1])

    def shares_with(self, other: "Named") -> bool:
        return not set(self.at).isdisjoint(other.at)


def by_names(units: Sequence[Unit]) -> list[Named]:
    """Return what the words name, by themselves and told together, and the plain words."""
    words = [unit.text for unit in units]
    told_, _ = told_in(units)
    phrases = list(_cut([number for number, word in enumerate(words) if cut(word)], words))
    kept = [each for each in _longest_only(told_) if not _is_said_by(each, phrases)]
    kept = [each for each in kept if not any(_is_closer(other, each) for other in kept)]
    kept = _either([each for each in kept if not _is_by_chance(each, phrases)])
    taken = {number for each in kept for number in each.at}
    for each in phrases:
        if each.keyword is None:
            if each.at[0] not in taken:
                kept.append(each)
        elif not any(_says_more(other, each, words) for other in kept):
            kept.append(each)
    return kept


def told_in(units: Sequence[Unit]) -> tuple[list[Named], list[Told]]:
    """Return what is named by words together, by the numbers of the words, and all that is told.

    What stands in quotation marks tells nothing.
    """
    raw = [(at, word) for at, unit in enumerate(units) if not unit.quoted for word in unit.words]
    all_told = told([each for _, each in raw])
    found = [
        Named(
            tuple(dict.fromkeys(raw[place][0] for place in each.at)),
            each.keyword,
            each.does is Does.INSTEAD,
            told=True,
        )
        for each in all_told
        if each.does in {Does.NAMES, Does.INSTEAD}
    ]
    return _together(found), list(all_told)


def is_common(word: str) -> bool:
    """Say whether a word, folded, or another form of it is one that everybody says."""
    return word in fillers() or word.isdigit() or token_of(word) in _common()


def is_kind(codes: frozenset[str]) -> bool:
    """Say whether all codes of terms are whole kinds of needs, as housing is."""
    return all(taxonomy()[code].parent is None for code in codes)


def is_wide(codes: frozenset[str]) -> bool:
    """Say whether codes of terms say little beside another: whole kinds, or general needs."""
    return codes <= GENERAL or is_kind(codes)


def longest_term(units: Sequence[str]) -> int:
    """Return how many of the first texts name a term together, at the most; 0 where none do.

    A phrase neither begins nor ends with a stop word.
    """
    said = [bool(cut(unit)) for unit in units[: longest()]]
    if not said or not said[0]:
        return 0
    for end in range(len(said), 0, -1):
        if said[end - 1] and terms_named(units[:end], units):
            return end
    return 0


def _cut(numbers: list[int], words: Sequence[str]) -> Iterator[Named]:
    """Yield what the words of these numbers name, the longest phrases first, and plain words."""
    start = 0
    while start < len(numbers):
        for end in range(min(len(numbers), start + longest()), start, -1):
            phrase = numbers[start:end]
            if codes := terms_named([words[number] for number in phrase], words):
                yield Named(tuple(phrase), ("term", codes))
                start = end
                break
        else:
            yield Named((numbers[start],))
            start += 1


def _together(found: Iterable[Named]) -> list[Named]:
    """Return one for all that the same words name: any of it will do."""
    merged: dict[tuple[str, tuple[int, ...], bool], frozenset[str]] = {}
    for each in found:
        if each.keyword is not None:
            field, codes = each.keyword
            key = (field, each.at, each.instead)
            merged[key] = merged.get(key, frozenset()) | codes
    return [
        Named(at, (field, codes), instead, told=True)
        for (field, at, instead), codes in merged.items()
    ]


def _either(found: Sequence[Named]) -> list[Named]:
    """Return one for narrow needs that are told with a word or a code in common: any will do.

    Of "getting out friday and nowhere to go" the going tells of a bed and of a program: a place
    need not be both.
    """
    done: list[list[Named]] = []
    for each in found:
        alike = [group for group in done if any(_is_alike(each, other) for other in group)]
        done = [group for group in done if group not in alike]
        done.append([*(one for group in alike for one in group), each])
    return [group[0] if len(group) == 1 else _any_of(group) for group in done]


def _is_alike(one: Named, other: Named) -> bool:
    if not (one.is_narrow and other.is_narrow and one.keyword and other.keyword):
        return False
    return one.shares_with(other) or not one.keyword[1].isdisjoint(other.keyword[1])


def _any_of(group: Sequence[Named]) -> Named:
    at = tuple(sorted({number for one in group for number in one.at}))
    words = Counter[str]()
    for one in group:
        words.update(dict.fromkeys(one.keyword[1] if one.keyword else (), len(one.at)))
    most = max(words.values())
    likeliest = frozenset(code for code, count in words.items() if count == most)
    instead = any(one.instead for one in group)
    return Named(at, ("term", frozenset(words)), instead, told=True, likeliest=likeliest)


def _longest_only(found: Sequence[Named]) -> list[Named]:
    """Leave out what is named by some of the words that name another of its kind."""
    return [
        each
        for each in found
        if not any(_within(each, other) and _same_field(each, other) for other in found)
    ]


def _is_closer(other: Named, each: Named) -> bool:
    """Say whether the other, which shares words, is told of the same need more exactly, or wider.

    A detox at home goes before detox; of "a job or help to find one" and "a job" the first stays.
    """
    if each.keyword is None or other.keyword is None or not (each.is_term and other.is_term):
        return False
    codes, others = each.keyword[1], other.keyword[1]
    above = {term.code for code in others for term in taxonomy().lineage(code)} - others
    return each.shares_with(other) and (codes < others or codes <= above)


def _same_field(one: Named, other: Named) -> bool:
    return (
        one.keyword is not None
        and other.keyword is not None
        and (one.keyword[0] == other.keyword[0])
    )


def _says_more(told_: Named, phrase: Named, words: Sequence[str]) -> bool:
    """Say whether what several words tell together takes the place of what some of them name."""
    wide = phrase.is_term and phrase.keyword is not None and is_kind(phrase.keyword[1])
    own = [number for number in set(phrase.at) - set(told_.at) if not is_common(words[number])]
    more = [number for number in set(told_.at) - set(phrase.at) if not is_common(words[number])]
    within = _within(phrase, told_) or (phrase.shares_with(told_) and not own and bool(more))
    return (told_.is_term or told_.instead or wide) and within


def _within(one: Named, other: Named) -> bool:
    return set(one.at) < set(other.at)


def _is_said_by(each: Named, phrases: Sequence[Named]) -> bool:
    """Say whether the words are part of a phrase that names a term, or are it."""
    return each.is_term and any(
        phrase.keyword is not None and set(each.at) <= set(phrase.at) for phrase in phrases
    )


def _is_by_chance(each: Named, phrases: Sequence[Named]) -> bool:
    """Say whether its words belong to two phrases: no drug class is "anger class, drug screen"."""
    several = [phrase for phrase in phrases if phrase.keyword is not None and len(phrase.at) > 1]
    parts = [phrase for phrase in several if each.shares_with(phrase)]
    covered = {number for phrase in parts for number in phrase.at}
    return each.is_term and len(parts) > 1 and set(each.at) <= covered


@cache
def _common() -> frozenset[str]:
    return frozenset(map(token_of, EVERYDAY | COMMON))
