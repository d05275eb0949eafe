"""The page of results while there is no index: what the database alone answers."""

from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.places.place import Place
from resourcedir.search import fallback
from resourcedir.search.ask import PER_PAGE, Ask
from resourcedir.search.questioning import named_by, near_of
from resourcedir.search.results import Results, found_of
from resourcedir.search.understanding.asking import Reading
from resourcedir.search.widening import widenings
from resourcedir.search.words import clauses

PATIENCE_S: Final = 0.6  # after which no wider search begins


def results(
    session: Session, read: Reading, place: Place | None, now: datetime, limit: int
) -> Results:
    """Return the page of ``read``; nothing is counted beside it."""
    effective = read.effective
    near = near_of(effective, place)
    wider = _Wider(session, now, read)
    simple = fallback.answer(session, effective, near, now, limit)
    answer = simple.answer
    wide = () if answer.total else widenings(read.settled, place, wider.count, most=1)
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
        named=named_by(clauses(read.rest)),
        place=place,
        widenings=tuple(replace(each, at_least=not wider.whole) for each in wide),
        nothing_wider=simple.reach.whole and wider.whole,
        reach=simple.reach,
    )


class _Wider:
    """Counts what wider searches find in the database, for as long as that is no burden.

    ``whole`` says whether all could be made, and each to its end.
    """

    def __init__(self, session: Session, now: datetime, read: Reading) -> None:
        self._session = session
        self._now = now
        self._read = read
        self._until = monotonic() + PATIENCE_S
        self.whole = True

    def count(self, ask: Ask, place: Place | None) -> int:
        if monotonic() >= self._until:
            self.whole = False
            return 0
        near, effective = near_of(ask, place), self._read.effective_of(ask)
        found = fallback.answer(self._session, effective, near, self._now, limit=0)
        self.whole = self.whole and found.reach.whole
        return found.answer.total
