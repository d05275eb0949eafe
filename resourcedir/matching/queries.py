"""Finds searches for a client, and what answers them: places by verdict, in their order.

A search is its maker's alone, as long as the client is theirs.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.clients.facts import Known
from resourcedir.clients.scope import Scope
from resourcedir.directory.models import TrackRecord
from resourcedir.engine.documents import Answer, Hooks
from resourcedir.engine.errors import IndexMissing
from resourcedir.errors import DomainError, NotFound
from resourcedir.matching.judging import Ground, Judged, judge
from resourcedir.matching.masks import Verdicts
from resourcedir.matching.models import ClientSearch
from resourcedir.matching.ranking import COLUMNS, Ranker
from resourcedir.matching.scoring import WEIGHTS, Averages, Bools, Merit, Values, understood
from resourcedir.matching.verdicts import Question, Verdict, open_points
from resourcedir.places.distance import KM_PER_MILE
from resourcedir.places.place import Place
from resourcedir.search.ask import PER_PAGE, USUAL_MILES, Ask, Order
from resourcedir.search.documents import merits as merits_of
from resourcedir.search.queries import Searcher
from resourcedir.search.results import Found, found_of

SHOWN_EACH: Final = 5  # places of each verdict on the first page
FEW: Final = 3
"""With fewer places that may take the client, one looks twice as far: an officer has one to try
and two to fall back on."""
LOOKED_AT: Final = 200  # places that are judged while there is no index


def own_search(session: Session, scope: Scope, search_id: UUID) -> ClientSearch:
    """Return a search that this person began.

    :raises NotFound: for anybody else's. Whether the client is still theirs, the client's own
        query says.
    """
    statement = select(ClientSearch).where(
        ClientSearch.id == search_id, ClientSearch.user_id == scope.user_id
    )
    if (search := session.scalar(statement)) is None:
        raise NotFound
    return search


def first_ask(known: Known, need: str, near: str) -> Ask:
    """Return what is asked first for a client: near their home, as far as they can go."""
    farthest = known.limits.farthest_km
    reach = 0.0 if farthest is None else round(farthest / KM_PER_MILE, 1)
    return Ask(need=need, near=near, within=max(USUAL_MILES, reach))


def averages(session: Session) -> Averages:
    """Return the shares of all referrals that were answered, started and completed."""
    names = ("referred", "answered", "started", "completed")
    row = session.execute(
        select(*(func.coalesce(func.sum(getattr(TrackRecord, name)), 0) for name in names))
    ).one()
    referred, *counts = (int(each) for each in row)
    return Averages(*(count / referred for count in counts)) if referred else Averages()


@dataclass(frozen=True, slots=True)
class Match:
    """One place: what it is, what it is for the client, and the points that it stands here by."""

    found: Found
    judged: Judged
    points: Mapping[Merit, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """The places of one verdict: how many, and those shown, the best first."""

    verdict: Verdict
    total: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Settling:
    """What to ask the client: it bears on ``settles`` of the places not known.

    ``alone``: it may settle these by itself. Else no single answer settles any place, and this is
    the one that most of them miss.
    """

    question: Question
    settles: int
    of: int
    alone: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """What answers a search for a client. ``trouble`` is why the place could not be used.

    Without an index (``indexed``) no more than ``LOOKED_AT`` places are judged; ``in_part`` says
    that there may be others. ``widened`` are the miles within which places were looked for because
    there were few within those asked for.
    """

    ask: Ask
    groups: tuple[Group, ...] = ()
    place: Place | None = None
    every_word: bool = True
    settling: Settling | None = None
    trouble: DomainError | None = None
    indexed: bool = True
    in_part: bool = False
    widened: float | None = None

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def may_take(self) -> int:
        """Return how many places do not say no."""
        return sum(group.total for group in self.groups if group.verdict is not Verdict.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """For whom a match is made: what is known, on which day; which questions were put aside."""

    known: Known
    now: datetime
    today: date
    skipped: frozenset[Question] = frozenset()


class Matcher:
    """Answers searches for one client by one searcher."""

    def __init__(self, searcher: Searcher, subject: Subject) -> None:
        self._searcher = searcher
        self._subject = subject

    def matches(self, session: Session, ask: Ask, *, only: Verdict | None = None) -> Matches:
        """Return the best places of each verdict, or the page of one of them.

        Never raises for what was typed.
        """
        ask = replace(ask, sort=Order.BEST)
        try:
            place = self._searcher.place_of(session, ask)
        except DomainError as trouble:
            return Matches(ask, trouble=trouble)
        try:
            return self._wide_enough(session, ask, place, only)
        except IndexMissing:
            return self._from_database(session, ask, place, only)

    def _wide_enough(
        self, session: Session, ask: Ask, place: Place | None, only: Verdict | None
    ) -> Matches:
        """Return what answers, from twice as far where few places answer that may take the client.

        Who asks for less than the usual distance, or says one in words, means it; and who has told
        how far they can go is sent no farther.
        """
        farthest = self._subject.known.limits.farthest_km
        if place is None or ask.words or farthest is not None or (ask.within or 0) < USUAL_MILES:
            return self._from_index(session, ask, place, only)
        wide = replace(ask, within=2 * (ask.within or 0))
        if only is not None:
            few = self._may_take(ask, place) < FEW
            found = self._from_index(session, wide if few else ask, place, only)
        else:
            found = self._from_index(session, ask, place, None)
            if few := found.may_take < FEW:
                found = self._from_index(session, wide, place, None)
        return replace(found, ask=ask, widened=wide.within) if few else found

    def _may_take(self, ask: Ask, place: Place) -> int:
        verdicts = Verdicts(self._subject.known, self._subject.today)
        own = Hooks(tally={"no": verdicts.are(Verdict.NO)})
        answer, _ = self._searcher.answer(replace(ask, page=1), place, own)
        return answer.total - answer.tallies["no"]

    def _from_index(
        self, session: Session, ask: Ask, place: Place | None, only: Verdict | None
    ) -> Matches:
        verdicts = Verdicts(self._subject.known, self._subject.today)
        ranker = Ranker(verdicts, averages(session), self._subject.now, ask.need)
        tally = {str(each.value): verdicts.are(each) for each in Verdict}
        own = Hooks(
            keep=[] if only is None else [verdicts.are(only)],
            order=verdicts.order,
            rank=ranker.rank,
            tally={**tally, "settled": verdicts.settled_by_one},
        )
        most_each = SHOWN_EACH if only is None else None
        answer, every = self._searcher.answer(ask, place, own, most_each=most_each)
        matches = list(self._judged(session, answer, place, ranker))
        totals = {each: answer.tallies[str(each.value)] for each in Verdict}
        return Matches(
            ask,
            tuple(_groups(matches, totals, None if only is None else PER_PAGE)),
            place,
            every,
            self._settling(verdicts.settles, verdicts.missed, totals[Verdict.NOT_KNOWN]),
        )

    def _judged(
        self, session: Session, answer: Answer, place: Place | None, ranker: Ranker
    ) -> Iterator[Match]:
        every = found_of(session, answer, place)
        judged = [self.judge(found) for found in every]
        scores = {hit.key: hit.score for hit in answer.hits}
        points = _points(every, judged, ranker, scores)
        yield from map(Match, every, judged, points)

    def judge(self, found: Found) -> Judged:
        """Return what a place is for the client."""
        return judge(Ground.of(found.facts), self._subject.known, self._subject.today)

    def _from_database(
        self, session: Session, ask: Ask, place: Place | None, only: Verdict | None
    ) -> Matches:
        first = replace(ask, page=1)
        simple = self._searcher.without_index(session, first, place, LOOKED_AT)
        every = [Match(each, self.judge(each)) for each in found_of(session, simple.answer, place)]
        totals = Counter(match.judged.verdict for match in every)
        if only is not None:
            of_it = [match for match in every if match.judged.verdict is only]
            totals = Counter({only: len(of_it)})
            shown = of_it[(ask.page - 1) * PER_PAGE :][:PER_PAGE]
        asked = [_questions(match.judged) for match in every]
        missed = Counter(each for of_one in asked for each in of_one if each is not None)
        single = (each for of_one in asked if len(of_one) == 1 for each in of_one)
        settles = Counter(each for each in single if each is not None)
        return Matches(
            ask,
            tuple(
                _groups(
                    every if only is None else shown, totals, None if only is None else PER_PAGE
                )
            ),
            place,
            settling=self._settling(settles, lambda: missed, totals[Verdict.NOT_KNOWN]),
            indexed=False,
            in_part=not simple.reach.whole or simple.answer.total > len(every),
        )

    def _settling(
        self, settles: Mapping[Question, int], missed: Callable[[], Mapping[Question, int]], of: int
    ) -> Settling | None:
        """Return the question that settles most, else the one that most places miss."""
        if best := self._most(settles):
            return Settling(*best, of, alone=True)
        best = self._most(missed())
        return Settling(*best, of, alone=False) if best else None

    def _most(self, counts: Mapping[Question, int]) -> tuple[Question, int] | None:
        """Return the question with the highest count, of those that were not put aside."""
        skipped = self._subject.skipped
        left = ((count, each.fact, each.code) for each, count in counts.items())
        open_ones = [each for each in left if Question(*each[1:]) not in skipped]
        if not open_ones:
            return None
        count, fact, code = max(open_ones)
        return Question(fact, code), count


def _groups(
    matches: Sequence[Match], totals: Mapping[Verdict, int], most: int | None
) -> Iterator[Group]:
    """Yield each verdict that any place has, by what the places shown are now."""
    for verdict in Verdict:
        shown = [match for match in matches if match.judged.verdict is verdict]
        total = max(totals.get(verdict, 0), len(shown))
        if total:
            yield Group(verdict, total, tuple(shown[: most or SHOWN_EACH]))


def _questions(judged: Judged) -> frozenset[Question | None]:
    """Return what a place that is not known waits for; None for what no client can answer."""
    if judged.verdict is not Verdict.NOT_KNOWN:
        return frozenset()
    return frozenset(finding.asks for finding in judged.deciding)


def _points(
    every: Sequence[Found],
    judged: Sequence[Judged],
    ranker: Ranker,
    scores: Mapping[int, float],
) -> Iterator[dict[Merit, float]]:
    """Yield the points of each merit of each place; what the others leave is for its kind."""
    if not every:
        return
    rows = [merits_of(found.facts) for found in every]
    columns = {name: np.array([row.get(name, 0) for row in rows], np.float64) for name in COLUMNS}
    km = None
    if any(found.distance_km is not None or found.area is not None for found in every):
        far = [np.nan if found.distance_km is None else found.distance_km for found in every]
        km = np.array(far, np.float64)
    spoken = _understood(every, ranker.languages) if ranker.languages else None
    left_open = np.array([open_points(each.findings) for each in judged])
    merits = ranker.merits(columns, left_open, km, spoken)
    points = {name: WEIGHTS[name].points * values for name, values in merits.items()}
    for place, found in enumerate(every):
        own = {name: float(values[place]) for name, values in points.items()}
        left = scores[found.facts.number] - sum(own.values())
        care = min(max(0.0, left), WEIGHTS[Merit.CARE].points)  # what was told since changes others
        yield {Merit.CARE: care, **own}


def _understood(every: Sequence[Found], wanted: Sequence[str]) -> Values:
    named = [frozenset(found.facts.languages) for found in every]

    def naming(codes: Sequence[str]) -> Bools:
        return np.array([not each.isdisjoint(codes) for each in named], np.bool_)

    return understood(wanted, naming, np.array([not each for each in named], np.bool_))
