"""Reading and answering a search while there is no index: what the database alone can tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.directory import sifting
from resourcedir.directory.sieve import Sieve
from resourcedir.engine.analysis import token_of
from resourcedir.places.place import Place
from resourcedir.search import fallback
from resourcedir.search.ask import PER_PAGE, Ask
from resourcedir.search.questioning import named_by, near_of
from resourcedir.search.results import Results, found_of
from resourcedir.search.understanding.asking import NOTHING_SAID, Reading, reading
from resourcedir.search.widening import Widening, widenings
from resourcedir.search.words import clauses

PATIENCE_S: Final = 0.6  # after which no wider search begins


def read(session: Session, ask: Ask, home_state: str) -> Reading:
    """Return what ``ask`` means. A word that no listing has is put right by the words of the field.

    Not where there are more listings than are looked into for one answer: a word that none of these
    has might be the name of another.
    """
    doubtful = reading(ask, NOTHING_SAID, home_state=home_state)
    if not doubtful.repairs:
        return doubtful
    words = (word for each in doubtful.repairs for word in each.key.split())
    said = _said(session, set(map(token_of, words)))
    return reading(ask, said, home_state=home_state)


def _said(session: Session, words: set[str]) -> "_Said | None":
    """Return which of the words any listing has; None where that cannot be known."""
    listings = sifting.placed(session, Sieve({}, None), sifting.MOST_LOOKED_INTO + 1)
    if len(listings) > sifting.MOST_LOOKED_INTO:
        return None
    pieces = fallback.Pieces(frozenset(words))
    told = sifting.told(session, [each.number for each in listings])
    return _Said(frozenset(word for each in told for word in pieces.held(each.text)))


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of the listings; which are near another, and which stand together, is not known."""

    words: frozenset[str]

    def has(self, word: str) -> bool:
        return token_of(word) in self.words

    def near(self, _word: str) -> Iterable[tuple[int, str]]:
        return ()

    def names(self, _word: str) -> bool:
        return True  # it might be one

    def together(self, _first: str, _second: str) -> bool:
        return True  # they might be a name

    def offered(self) -> None:
        return None


def results(
    session: Session, read: Reading, place: Place | None, now: datetime, limit: int
) -> Results:
    """Return the page of ``read``; nothing is counted beside it."""
    effective = read.effective
    near = near_of(effective, place)
    wider = _Wider(session, now, read)
    simple = fallback.answer(session, effective, near, now, limit)
    answer = simple.answer
    wide = () if answer.total else tuple(wider.found(place))
    page = min(effective.page, max(1, -(-answer.total // PER_PAGE)))
    return Results(
        ask=replace(read.settled, page=page),
        reading=read,
        total=answer.total,
        found=found_of(session, answer, place),
        facets={},
        open_now=None,
        open_tonight=None,
        open_weekend=None,
        with_openings=None,
        every_word=True,
        named=named_by(clauses(*read.said)),
        place=place,
        widenings=tuple(replace(each, at_least=not wider.whole) for each in wide),
        nothing_wider=simple.reach.whole and wider.whole,
        reach=simple.reach,
    )


class _Wider:
    """Makes wider searches of the database, for as long as that is no burden.

    ``whole`` says whether all could be made, and each to its end.
    """

    def __init__(self, session: Session, now: datetime, read: Reading) -> None:
        self._session = session
        self._now = now
        self._read = read
        self._until = monotonic() + PATIENCE_S
        self.whole = True

    def found(self, place: Place | None) -> Iterator[Widening]:
        """Yield the next wider search that finds something: that of fewer words comes first."""
        said = clauses(*self._read.said)
        naming = [clause.text for clause in said if clause.keyword]
        others = [clause.text for clause in said if not clause.keyword]
        if naming and others:
            fewer = replace(self._read.settled, words=" ".join(naming), page=1)
            if total := self._count(fewer, fewer.words, place):
                yield Widening(fewer, total, fewer_words=" ".join(others))
                return
        yield from widenings(self._read.settled, place, self._count_as_read, most=1)

    def _count_as_read(self, ask: Ask, place: Place | None) -> int:
        return self._count(ask, self._read.rest, place)

    def _count(self, ask: Ask, words: str, place: Place | None) -> int:
        if monotonic() >= self._until:
            self.whole = False
            return 0
        effective = replace(ask, words=words, aside=frozenset(), as_typed=frozenset())
        near = near_of(ask, place)
        found = fallback.answer(self._session, effective, near, self._now, limit=0)
        self.whole = self.whole and found.reach.whole
        return found.answer.total
