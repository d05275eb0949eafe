"""Cuts what somebody typed into clauses: phrases that name a term of the taxonomy, and the rest.

Pure, but for the engine's own way of cutting words. There is no query syntax.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from resourcedir.engine.analysis import raw_words, token_of, tokens
from resourcedir.engine.documents import Clause
from resourcedir.search.phrases import longest, terms_named
from resourcedir.search.understanding.everyday import COMMON, EVERYDAY
from resourcedir.search.understanding.grammar import fillers
from resourcedir.search.understanding.situations import Does, Told, told
from resourcedir.search.understanding.units import Unit, units_of
from resourcedir.taxonomy.terms import taxonomy

MOST_WORDS: Final = 32  # more is a pasted page, not a question
GENERAL: Final = frozenset(
    ("behavior-classes", "case-management", "mental-health-counseling", "primary-care")
)
"""Needs that say as little beside another as a whole kind does: "court ordered anger class"."""
_QUOTES: Final = '"\u201c\u201d\u00ab\u00bb'


@dataclass(frozen=True, slots=True)
class Weighed:
    """The clauses that must be met, and those that only put one place before another.

    ``names`` are of the former: words that stand beside a need and name nothing themselves. If no
    place of the kind bears such a word, it is none to be found.
    """

    must: tuple[Clause, ...]
    may: tuple[Clause, ...] = ()
    names: tuple[Clause, ...] = ()

    @property
    def without_index(self) -> tuple[Clause, ...]:
        """Return what must be met where nobody can tell what no listing says of itself."""
        sure = tuple(each for each in self.must if each.keyword is None or _is_term(each))
        return sure or self.must


@dataclass(frozen=True, slots=True)
class _Named:
    """Words, by their numbers, that name something together; ``keyword`` None: a plain word."""

    at: tuple[int, ...]
    keyword: tuple[str, frozenset[str]] | None = None
    instead: bool = False  # of what some of the words name by themselves
    told: bool = False  # by several words, in whatever order

    @property
    def is_term(self) -> bool:
        return self.keyword is not None and self.keyword[0] == "term"


def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of ``text``; the longest phrase that names a term wins.

    Stop words stand in no clause. Names and synonyms of both languages are known, and what several
    words say together (``situations``): a word may then stand in two clauses.
    """
    return _clauses(text)


def weighed(text: str) -> Weighed:
    """Return which clauses must be met.

    Beside the name of a need everyday words are no words to be found ("my brother", "too much"),
    nor is the wide kind of another need ("classes", "family"). They may tell one place from
    another, but keep none out. Without such a name all must be met.
    """
    said = clauses(text)
    named = [clause for clause in said if clause.keyword is not None]
    narrow = [clause for clause in named if _is_term(clause) and not is_wide(clause)]
    if not named:
        return Weighed(said)
    may = tuple(
        clause
        for clause in said
        if (_is_common(clause) if clause.keyword is None else bool(narrow) and is_wide(clause))
    )
    must = tuple(clause for clause in said if clause not in may)
    return Weighed(must, may, tuple(clause for clause in must if clause.keyword is None))


def told_needs(text: str) -> tuple[Clause, ...]:
    """Return what must be met because several words tell of it together: each is to be shown."""
    found, units = _named(text)
    told_ = {_clause(each, units) for each in found if each.told}
    return tuple(each for each in weighed(text).must if each in told_)


def as_words(text: str, words: Collection[str]) -> str:
    """Return ``text`` with these words, folded, in quotation marks: they tell nothing together."""
    quoted, at = "", 0
    for unit in units_of(text):
        if not unit.quoted and set(unit.words) <= set(words):
            quoted += f'{text[at : unit.start]}"{unit.text}"'
            at = unit.end
    return quoted + text[at:]


def told_besides(text: str, does: Does) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the keywords of what is to come first or last by what is told."""
    _, heard = _heard(units_of(text)[:MOST_WORDS])
    yield from dict.fromkeys(each.keyword for each in heard if each.does is does)


def is_common(word: str) -> bool:
    """Say whether a word, folded, or another form of it is one that everybody says."""
    return word in fillers() or word.isdigit() or token_of(word) in _common()


def is_wide(clause: Clause) -> bool:
    """Say whether the clause names nothing but a whole kind of needs, as "housing" does."""
    if clause.keyword is None or not _is_term(clause):
        return False
    return clause.keyword[1] <= GENERAL or _is_kind(clause.keyword)


def longest_term(units: Sequence[str]) -> int:
    """Return how many of the first texts name a term together, at the most; 0 where none do.

    A phrase neither begins nor ends with a stop word.
    """
    cut = [tokens(unit) for unit in units[: longest()]]
    if not cut or not cut[0]:
        return 0
    for end in range(len(cut), 0, -1):
        if cut[end - 1] and terms_named(units[:end], units):
            return end
    return 0


@lru_cache(maxsize=512)
def _clauses(text: str) -> tuple[Clause, ...]:
    found, units = _named(text)
    return tuple(_clause(each, units) for each in found)


def _clause(named: _Named, units: Sequence[Unit]) -> Clause:
    return Clause(" ".join(units[at].text.strip(_QUOTES) for at in named.at), named.keyword)


@lru_cache(maxsize=512)
def _named(text: str) -> tuple[tuple[_Named, ...], tuple[Unit, ...]]:
    """Return what the words name, in order, and the words."""
    units = tuple(units_of(text)[:MOST_WORDS])
    words = [unit.text for unit in units]
    told_, _ = _heard(units)
    phrases = list(_cut([number for number, word in enumerate(words) if tokens(word)], words))
    kept = [each for each in _longest_only(told_) if not _is_said_by(each, phrases)]
    kept = [each for each in kept if not any(_is_closer(other, each) for other in kept)]
    kept = [each for each in kept if not _is_by_chance(each, phrases)]
    taken = {number for each in kept for number in each.at}
    for each in phrases:
        if each.keyword is None:
            if each.at[0] not in taken:
                kept.append(each)
        elif not any(_says_more(other, each, words) for other in kept):
            kept.append(each)
    once = {each.keyword or each.at: each for each in kept}  # a phrase before what is told
    return tuple(sorted(once.values(), key=lambda each: each.at)[:MOST_WORDS]), units


def _heard(units: Sequence[Unit]) -> tuple[list[_Named], list[Told]]:
    """Return what is named by words together, by the numbers of the words, and all that is told.

    What stands in quotation marks tells nothing.
    """
    raw = [(at, word) for at, unit in enumerate(units) if not unit.quoted for word in unit.words]
    heard = told([each for _, each in raw])
    named = [
        _Named(
            tuple(dict.fromkeys(raw[place][0] for place in each.at)),
            each.keyword,
            each.does is Does.INSTEAD,
            told=True,
        )
        for each in heard
        if each.does in {Does.NAMES, Does.INSTEAD}
    ]
    return _together(named), list(heard)


def _together(named: Iterable[_Named]) -> list[_Named]:
    """Return one for all that the same words name: any of it will do."""
    found: dict[tuple[str, tuple[int, ...], bool], frozenset[str]] = {}
    for each in named:
        if each.keyword is not None:
            field, codes = each.keyword
            key = (field, each.at, each.instead)
            found[key] = found.get(key, frozenset()) | codes
    return [
        _Named(at, (field, codes), instead, told=True)
        for (field, at, instead), codes in found.items()
    ]


def _longest_only(named: Sequence[_Named]) -> list[_Named]:
    """Leave out what is named by some of the words that name another of its kind."""
    return [
        each
        for each in named
        if not any(_within(each, other) and _same_field(each, other) for other in named)
    ]


def _is_closer(other: _Named, each: _Named) -> bool:
    """Say whether the other, which shares words, is told of the same need more exactly, or wider.

    A detox at home goes before detox; of "a job or help to find one" and "a job" the first stays.
    """
    if each.keyword is None or other.keyword is None or not (each.is_term and other.is_term):
        return False
    codes, others = each.keyword[1], other.keyword[1]
    above = {term.code for code in others for term in taxonomy().lineage(code)} - others
    return not set(each.at).isdisjoint(other.at) and (codes < others or codes <= above)


def _same_field(one: _Named, other: _Named) -> bool:
    return (
        one.keyword is not None
        and other.keyword is not None
        and (one.keyword[0] == other.keyword[0])
    )


def _says_more(told_: _Named, phrase: _Named, words: Sequence[str]) -> bool:
    """Say whether what several words tell together takes the place of what some of them name."""
    wide = phrase.keyword is not None and _is_kind(phrase.keyword)
    own = [number for number in set(phrase.at) - set(told_.at) if not is_common(words[number])]
    more = [number for number in set(told_.at) - set(phrase.at) if not is_common(words[number])]
    shares = not set(phrase.at).isdisjoint(told_.at)
    within = _within(phrase, told_) or (shares and not own and bool(more))
    return (told_.is_term or told_.instead or wide) and within


def _within(one: _Named, other: _Named) -> bool:
    return set(one.at) < set(other.at)


def _is_said_by(each: _Named, phrases: Sequence[_Named]) -> bool:
    """Say whether the words are part of a phrase that names a term, or are it."""
    return each.is_term and any(
        phrase.keyword is not None and set(each.at) <= set(phrase.at) for phrase in phrases
    )


def _is_by_chance(each: _Named, phrases: Sequence[_Named]) -> bool:
    """Say whether its words belong to two phrases: no drug class is "anger class, drug screen"."""
    named = [phrase for phrase in phrases if phrase.keyword is not None and len(phrase.at) > 1]
    parts = [phrase for phrase in named if set(each.at) & set(phrase.at)]
    covered = {number for phrase in parts for number in phrase.at}
    return each.is_term and len(parts) > 1 and set(each.at) <= covered


def _cut(numbers: list[int], words: Sequence[str]) -> Iterator[_Named]:
    """Yield what the words of these numbers name, the longest phrases first, and plain words."""
    start = 0
    while start < len(numbers):
        for end in range(min(len(numbers), start + longest()), start, -1):
            phrase = numbers[start:end]
            if named := terms_named([words[number] for number in phrase], words):
                yield _Named(tuple(phrase), ("term", named))
                start = end
                break
        else:
            yield _Named((numbers[start],))
            start += 1


def _is_common(clause: Clause) -> bool:
    said = raw_words(clause.text)
    return all(is_common(word) for word in said)


def _is_term(clause: Clause) -> bool:
    return clause.keyword is not None and clause.keyword[0] == "term"


@cache
def _common() -> frozenset[str]:
    return frozenset(map(token_of, EVERYDAY | COMMON))


def _is_kind(keyword: tuple[str, frozenset[str]]) -> bool:
    return all(taxonomy()[code].parent is None for code in keyword[1])
