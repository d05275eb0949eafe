"""Answers a search: asks the index which listings, the directory what they are now.

The session reads the public directory alone, so no scope is asked for: everybody who may search
sees the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from resourcedir.engine.documents import Answer, Hit, Hooks, Index
from resourcedir.engine.errors import IndexMissing
from resourcedir.errors import DomainError
from resourcedir.places.finding import find_place
from resourcedir.places.place import Place
from resourcedir.search import fallback, masks, simpler
from resourcedir.search.ask import FILTERS, PER_PAGE, Ask, Order
from resourcedir.search.bearing import bearers, bearing_first, borne
from resourcedir.search.lexicon import Lexicon
from resourcedir.search.preferring import preferences
from resourcedir.search.questioning import hooks_of, named_by, near_of, question_of
from resourcedir.search.related import FEW, MOST, asked_itself, related
from resourcedir.search.results import Results, found_of
from resourcedir.search.telling import Asked, asked
from resourcedir.search.understanding.asking import Reading, reading
from resourcedir.search.understanding.pieces import Sets
from resourcedir.search.widening import widenings
from resourcedir.search.words import weighed

FACETS: Final = ("term", *FILTERS)


class Searcher:
    """Asks one index at one instant; ``home_state`` settles cities of the same name."""

    def __init__(self, index: Index, *, home_state: str, now: datetime) -> None:
        self._index = index
        self._home_state = home_state
        self._now = now
        self._readings: dict[Ask, Reading] = {}
        self._askings: dict[tuple[str, str, frozenset[str] | None], Asked] = {}

    def results(self, session: Session, ask: Ask, *, limit: int = PER_PAGE) -> Results:
        """Return the page of ``ask``; never raises for what was typed."""
        read = self.reading(session, ask)
        try:
            place = self._place(read)
        except DomainError as trouble:
            return Results(
                read.settled, read, 0, (), {}, 0, 0, 0, 0, every_word=True, trouble=trouble
            )
        try:
            return self._from_index(session, read, place, limit)
        except IndexMissing:
            return simpler.results(session, read, place, self._now, limit)

    def reading(self, session: Session, ask: Ask) -> Reading:
        """Return what ``ask`` means, its words put right by those that the listings have.

        A word that few listings have may be a slip of the directory itself. It is put right only
        where nothing is found that has all the words, and something is then.
        """
        if ask not in self._readings:
            try:
                self._readings[ask] = self._read(ask)
            except IndexMissing:
                self._readings[ask] = simpler.read(session, ask, self._home_state)
        return self._readings[ask]

    def _read(self, ask: Ask) -> Reading:
        words = Lexicon(self._index)
        read = reading(ask, words, home_state=self._home_state)
        placed = not self._is_placed_by_a_name(read)
        if not placed:
            read = reading(ask, words, home_state=self._home_state, placed=False)
        if not words.seldom:
            return read
        found = self._finds(read)
        if found and not self._asked(read).unmet:
            return read
        surely = Lexicon(self._index, surely=True)
        other = reading(ask, surely, home_state=self._home_state, placed=placed)
        better = other.repairs != read.repairs and self._finds(other)
        fewer = not found or self._asked(other).unmet < self._asked(read).unmet
        return other if better and fewer else read

    def _is_placed_by_a_name(self, read: Reading) -> bool:
        """Say whether a place is read out of the name of listings that lie elsewhere."""
        if all(piece.sets is not Sets.NEAR for piece in read.pieces):
            return False
        if not (name := borne(self._index, read)):
            return False
        try:
            near = near_of(read.settled, self._place(read))
        except DomainError:
            return False
        return not bearers(self._index, name, near)

    def _finds(self, read: Reading) -> bool:
        """Say whether anything has all the words; a place that is none is told of elsewhere."""
        if not self._asked(read).every_word:
            return False
        try:
            place = self._place(read)
        except DomainError:
            return True
        return self._counting(read)(read.settled, place) > 0

    def _asked(self, read: Reading) -> Asked:
        """Return which of the words can be asked for together.

        :raises IndexMissing: while there is no index.
        """
        said = read.said
        if said not in self._askings:
            self._askings[said] = asked(self._index, weighed(*said))
        return self._askings[said]

    def place_of(self, session: Session, ask: Ask) -> Place | None:
        """Return the place that is typed, in its field or among the words; None without one.

        :raises DomainError: if it is none, with what to type instead.
        """
        return self._place(self.reading(session, ask))

    def _place(self, read: Reading) -> Place | None:
        near = read.settled.near
        return find_place(near, home_state=self._home_state or None) if near else None

    def answer(
        self, ask: Ask, place: Place | None, own: Hooks, *, most_each: int | None = None
    ) -> tuple[Answer, bool]:
        """Return what answers ``ask``, with hooks of one's own, and whether it has every word.

        Nothing is counted by facets. With ``most_each`` there are so many first ones of each order
        in place of a page.

        :raises IndexMissing: while there is no index.
        """
        read = self._readings.get(ask) or self._read(ask)
        said, hooks = self._asked(read), hooks_of(read.effective, self._now)
        question = replace(
            question_of(read.effective, place, said),
            offset=(ask.page - 1) * PER_PAGE,
            limit=PER_PAGE if most_each is None else most_each,
            limit_each=most_each is not None,
        )
        order = own.order or hooks.order
        return self._index.search(
            question, replace(own, keep=[*hooks.keep, *own.keep], order=order)
        ), said.every_word

    def without_index(
        self, session: Session, ask: Ask, place: Place | None, limit: int
    ) -> fallback.Simple:
        """Return what the database alone answers."""
        effective = self.reading(session, ask).effective
        return fallback.answer(session, effective, near_of(effective, place), self._now, limit)

    def _from_index(
        self, session: Session, read: Reading, place: Place | None, limit: int
    ) -> Results:
        ask, said = read.settled, self._asked(read)
        answer = self._answer(read, ask, place, limit)
        if answer.total and not answer.hits:  # a page after the last: show the last
            ask = replace(ask, page=-(-answer.total // PER_PAGE))
            answer = self._answer(read, ask, place, limit)
        close = self._close(read, place, answer)
        every = found_of(session, replace(answer, hits=(*answer.hits, *close)), place)
        apart = {hit.key for hit in close}
        return Results(
            ask=ask,
            reading=read,
            total=answer.total,
            found=tuple(each for each in every if each.facts.number not in apart),
            facets=answer.facets,
            open_now=answer.tallies["now"],
            open_tonight=answer.tallies["tonight"],
            open_weekend=answer.tallies["weekend"],
            with_openings=answer.tallies["openings"],
            every_word=said.every_word,
            any_word=said.any_clause,
            named=named_by(said.clauses),
            left_out=(*said.left_out, *said.nowhere),
            related=tuple(each for each in every if each.facts.number in apart),
            place=place,
            widenings=() if answer.total else widenings(ask, place, self._counting(read)),
        )

    def _answer(self, read: Reading, ask: Ask, place: Place | None, limit: int) -> Answer:
        """Return the answer to a page of what was read."""
        said, effective = self._asked(read), read.effective_of(ask)
        question = replace(
            question_of(effective, place, said),
            facets=FACETS,
            offset=(ask.page - 1) * PER_PAGE,
            limit=limit,
        )
        score = [*preferences(read, said, place, self._index.parts()), masks.standing(self._now)]
        tally = {
            "now": masks.open_now(self._now),
            "tonight": masks.open_tonight(self._now),
            "weekend": masks.open_weekend(self._now),
            "openings": masks.with_openings(self._now),
        }
        hooks = replace(hooks_of(effective, self._now), score=score, tally=tally)
        if effective.sort is Order.BEST and (name := borne(self._index, read)):
            hooks = replace(hooks, order=bearing_first(name))
        return self._index.search(question, hooks)

    def _counting(self, read: Reading) -> Callable[[Ask, Place | None], int]:
        """Return what counts what another settled search of the same words finds."""
        said = self._asked(read)

        def count(ask: Ask, place: Place | None) -> int:
            effective = read.effective_of(ask)
            question = replace(question_of(effective, place, said), limit=0)
            return self._index.search(question, hooks_of(effective, self._now)).total

        return count

    def _close(self, read: Reading, place: Place | None, answer: Answer) -> Sequence[Hit]:
        """Return what has not all that was asked for, where few have; on the first page alone."""
        if answer.total >= FEW or read.asked.page > 1 or not read.asked.words:
            return ()
        near, hooks = near_of(read.settled, place), hooks_of(asked_itself(read), self._now)
        question, hooks = related(read, near, hooks, answer.total, self._index.parts())
        if not question.clauses:
            return ()
        shown = {hit.key for hit in answer.hits}
        hits = self._index.search(question, hooks).hits
        return [hit for hit in hits if hit.key not in shown][:MOST]
