"""Prefers, of listings that answer alike, those that answer more nearly. Hooks for the engine."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import log
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from resourcedir.directory.asking import Asked as Asking
from resourcedir.directory.asking import Matter, parse
from resourcedir.directory.kinds import Stance
from resourcedir.engine.analysis import raw_words, token_of, tokens
from resourcedir.engine.documents import Clause, Keep, Part, Positions, Score
from resourcedir.places.place import Place, PlaceKind
from resourcedir.search.hearing import odds_told
from resourcedir.search.lexicon import FIELD
from resourcedir.search.masks import Bools
from resourcedir.search.naming import is_common
from resourcedir.search.telling import Asked
from resourcedir.search.understanding.alike import alike
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.understanding.circumstances import SEXES, Acts, circumstances
from resourcedir.search.understanding.grammar import says_near
from resourcedir.search.understanding.pieces import Sets
from resourcedir.search.understanding.situations import WORD, Does
from resourcedir.search.weights import (
    ALIKE,
    ALONE,
    FARES,
    FOR_SOME,
    FOR_THEM,
    IN_TOWN,
    LIKELIER,
    LITTLE,
    MAY,
    MEANT,
    NAMED,
    NOT_MEANT,
    ONLY,
    REFUSED,
    SAID,
    TAKEN,
    TELLING,
    TOWN_KM,
    VERY,
    WIDE,
)
from resourcedir.search.words import clauses, is_wide, told_besides, weighed
from resourcedir.taxonomy.terms import taxonomy

Keyword = tuple[str, frozenset[str]]
Scores = NDArray[np.float32]

_SEXES: Final = frozenset((*SEXES, "pregnant", "women-with-children", "men-with-children"))
_AGES: Final = {"youth": (0, 17), "young-adults": (18, 25), "seniors": (60, 120)}


def preferences(
    read: Reading, said: Asked, place: Place | None, parts: Sequence[Part]
) -> Iterator[Score]:
    """Yield all that puts one listing before another that answers alike; ``parts`` are all."""
    yield from telling_words(read, parts, said.may)
    yield from _in_town(read, place)
    if said.rarest is not None and said.rarest.keyword is not None:
        yield _having(said.rarest.keyword, TELLING.value)


def telling_words(
    read: Reading, parts: Sequence[Part], may: Iterable[Clause] = ()
) -> Iterator[Score]:
    """Yield what prefers listings that say the very words, and that are for those named alone.

    ``parts`` are all of the index; ``may`` are clauses that need not be met.
    """
    if any(clause.keyword is not None for clause in clauses(*read.said)):
        yield from _saying_alike(read, parts)
    if very := tuple(_very(read)):
        yield from (*very, _for_little_else)
    if odds := odds_told(*read.said):
        yield _likelier(odds)
    yield from (_having(each.keyword, WIDE.value) for each in may if each.keyword is not None)
    yield from _told(read.repaired_words, parts)
    yield from _of_people(read)


def _of_people(read: Reading) -> Iterator[Score]:
    """Yield what prefers places by whom they are for."""
    people = people_of(read)
    yield from _as_told(read)
    if _SEXES.isdisjoint({*people, *read.whom}):
        yield from (partial(_by_asking, f"-{sex}", -FOR_SOME.value) for sex in SEXES)
    alone = frozenset(_for_others_alone(read))
    yield _having(("says", alone), -ONLY.value)
    if len(people) > 1:
        yield from (_having(_for(value), FOR_THEM.value) for value in people)
    yield from (_not_having(SEXES[value]) for value in people if value in SEXES)
    for piece in read.pieces:
        if piece.sets is Sets.LANGUAGE:
            yield _having((FIELD, frozenset(raw_words(piece.words))), NAMED.value)
        elif piece.sets is Sets.OFFENSE:
            yield partial(_by_asking, f"+{piece.values[0]}", TAKEN.value)


def _as_told(read: Reading) -> Iterator[Score]:
    """Yield what prefers places that are made for how somebody fares, and that may take them."""
    for each in read.whom:
        acts = circumstances()[each]
        made_for = [act.keyword for act in acts if act.does is Acts.PREFERS]
        yield _having_any(made_for, FARES.value)
        for act in acts:
            if act.does is Acts.AVOIDS:
                yield _having(act.keyword, -REFUSED.value)
            elif act.does is Acts.TAKES:
                yield from (partial(_refusing, code) for code in act.keyword[1])


def _very(read: Reading) -> Iterator[Score]:
    """Yield what prefers who has the need that is named itself, not a narrower kind of it."""
    for each in weighed(*read.said).must:
        if each.keyword is not None and each.keyword[0] == "term" and not is_wide(each):
            yield _having(("offers", each.keyword[1]), VERY.value)


def _likelier(odds: Mapping[str, float]) -> Score:
    """Return what prefers, of the needs that may be told of, the likelier one."""
    least = min(odds.values())

    def score(part: Part, positions: Positions) -> Scores:
        best = np.full(len(positions), least, np.float32)
        for code, worth in odds.items():
            held = part.having("term", (code,)).take(positions)
            np.maximum(best, np.where(held, np.float32(worth), np.float32(least)), out=best)
        return best * np.float32(LIKELIER.value)

    return score


def _told(text: str, parts: Sequence[Part]) -> Iterator[Score]:
    """Yield what comes first, and what last, by what several words tell."""
    for field, codes in told_besides(text, Does.PREFERS):
        if field == WORD:
            words = sorted({token for code in codes for token in tokens(code)})
            yield _saying(words, SAID.value, parts)
        else:
            yield _having((field, codes), MEANT.value)
    for keyword in told_besides(text, Does.AVOIDS):
        yield _having(keyword, -NOT_MEANT.value)


def _in_town(read: Reading, place: Place | None) -> Iterator[Score]:
    """Yield what prefers the town itself, where a town is named and not what is near it."""
    named = [piece for piece in read.pieces if piece.sets is Sets.NEAR]
    if place is None or place.kind is not PlaceKind.CITY or not named or says_near(named[0].words):
        return
    at = place.point

    def score(part: Part, positions: Positions) -> Scores:
        km = part.kilometres_to(at.latitude, at.longitude, positions)
        return (km <= TOWN_KM) * np.float32(IN_TOWN.value)

    yield score


def people_of(read: Reading) -> list[str]:
    """Return whom it is for: by the words, and by what is chosen beside the results."""
    said = [value for each in read.pieces if each.sets is Sets.POPULATION for value in each.values]
    return list(dict.fromkeys([*said, *sorted(read.settled.population)]))


def taking(people: Iterable[str]) -> Iterator[Keep]:
    """Yield what leaves out listings that do not take the people, by sex or age."""
    for value in people:
        if value in SEXES or value in _AGES:
            yield partial(_taking, value)


_ALONE: Final[Mapping[str, frozenset[str]]] = {
    "VAMC": frozenset(("veterans",)),
    "DDF": frozenset(("active-military", "military-families", "veterans")),
    "DUO": frozenset(("dui", "dui-program")),
    "OUDO": frozenset(
        ("opioid-treatment-program", "buprenorphine-treatment", "medication-treatment")
    ),
    "AUDO": frozenset(("alcohol-medication",)),
}
"""What places say that are for some people alone, and what is asked for by these."""


def _for_others_alone(read: Reading) -> Iterator[str]:
    named = (each.keyword for each in clauses(*read.said) if each.keyword is not None)
    asked = {*people_of(read), *read.whom, *(code for _, codes in named for code in codes)}
    return (code for code, of in _ALONE.items() if asked.isdisjoint(of))


def _saying_alike(read: Reading, parts: Sequence[Part]) -> Iterator[Score]:
    """Yield what prefers who says the very words, or in other words nearly the same."""
    for word, value in _own_words(read):
        yield _saying((token_of(word),), value, parts)
        if not is_common(word) and (others := alike(word)):
            yield _saying(others, ALIKE.value, parts)


def _own_words(read: Reading) -> Iterator[tuple[str, float]]:
    """Yield the words, and how much they tell: little if everybody says them."""
    names = {
        token
        for clause in clauses(*read.said)
        if clause.keyword is not None and _is_a_name(clause.text, clause.keyword)
        for token in tokens(clause.text)
    }
    for word in dict.fromkeys(raw_words(read.rest)):
        token = token_of(word)
        if token and token not in names:
            yield word, MAY.value if is_common(word) else SAID.value


def _is_a_name(text: str, keyword: Keyword) -> bool:
    """Say whether the text is the name of a term, which all of its listings have alike."""
    field, codes = keyword
    said = tokens(text)
    names = (
        name
        for code in (codes if field == "term" else ())
        for name in (taxonomy()[code].name_en, taxonomy()[code].name_es)
    )
    return any(tokens(name) == said for name in names)


def _saying(words: Sequence[str], value: float, parts: Sequence[Part]) -> Score:
    """Return what prefers who says one of the words, by the rarest that a listing says.

    A word tells more the fewer of all listings say it, in whichever part of the index they are.
    """
    telling = {word: value * _rarity(word, parts) for word in words}

    def score(part: Part, positions: Positions) -> Scores:
        best = np.zeros(len(positions), np.float32)
        for word, worth in telling.items():
            np.maximum(best, part.saying(word).take(positions) * np.float32(worth), out=best)
        return best

    return score


def _rarity(word: str, parts: Sequence[Part]) -> float:
    every, said = sum(part.size for part in parts), sum(part.says(word) for part in parts)
    return (1 - said / max(1, every)) * (1 - log(1 + said) / log(2 + every))


def _having(keyword: Keyword, value: float) -> Score:
    field, codes = keyword
    return lambda part, positions: part.having(field, codes).take(positions) * np.float32(value)


def _having_any(keywords: Sequence[Keyword], value: float) -> Score:
    def score(part: Part, positions: Positions) -> Scores:
        held = np.zeros(part.size, np.bool_)
        for field, codes in keywords:
            held |= part.having(field, codes)
        return held.take(positions) * np.float32(value)

    return score


def _for(value: str) -> Keyword:
    return "population", frozenset({value})


def _not_having(value: str) -> Score:
    return lambda part, positions: (
        ~part.having("population", (value,)).take(positions) * np.float32(FOR_THEM.value)
    )


_little: Final[WeakKeyDictionary[Any, Scores]] = WeakKeyDictionary()
"""For each part, a share of one for each listing: the whole for who offers one need alone."""


def _for_little_else(part: Part, positions: Positions) -> Scores:
    """Return what prefers who is there for one need, or for two, before who does much."""
    if part not in _little:
        counts = np.zeros(part.size, np.float32)
        for code in part.values("offers"):
            counts += part.having("offers", (code,))
        few = (counts > 0) & (counts <= LITTLE)
        _little[part] = np.where(few, 1 / np.maximum(counts, 1), 0).astype(np.float32)
    return _little[part].take(positions) * np.float32(ALONE.value)


_known: Final[WeakKeyDictionary[Any, dict[str, Bools]]] = WeakKeyDictionary()
"""For each part, by whom is asked for, what each listing asks of them."""


def _taking(value: str, part: Part, positions: Positions) -> Bools:
    refusing = _asking(f"-{value}", part).take(positions)
    return ~(refusing | _for_others(part, value).take(positions))


def _refusing(value: str, part: Part, positions: Positions) -> Scores:
    return ~_taking(value, part, positions) * np.float32(-REFUSED.value)


def _by_asking(question: str, value: float, part: Part, positions: Positions) -> Scores:
    return _asking(question, part).take(positions) * np.float32(value)


def _asking(question: str, part: Part) -> Bools:
    """Return who refuses ("-youth"), or takes without looking at the case ("+arson")."""
    known = _known.setdefault(part, {})
    if question not in known:
        holds = _refuses if question[0] == "-" else _takes
        said = [text for text in part.values("asks") if holds(parse(text), question[1:])]
        known[question] = part.having("asks", said)
    return known[question]


def _for_others(part: Part, value: str) -> Bools:
    """Return what says that it is for the other sex, and not for this one too."""
    if value not in SEXES:
        return np.zeros(part.size, np.bool_)
    other, this = (part.having("population", (each,)) for each in (SEXES[value], value))
    return np.asarray(other & ~this)


def _takes(asked: Asking, offense: str) -> bool:
    surely = {Stance.ACCEPTED, Stance.REQUIRED}
    return asked.matter is Matter.OFFENSE and asked.stance(offense) in surely


def _refuses(asked: Asking, value: str) -> bool:
    """Say whether what a listing asks keeps the people out."""
    if asked.matter is Matter.AGE and value in _AGES:
        low, high = _AGES[value]
        oldest = high if asked.high is None else asked.high
        return (asked.low or 0) > high or oldest < low
    if asked.matter is not Matter.GENDER or value not in SEXES:
        return False
    taken = {*asked.with_stance(Stance.ACCEPTED), *asked.with_stance(Stance.REQUIRED)}
    return bool(taken) and not taken & {value, "any"}
