"""The verdicts of many listings at once, from what stands beside the index. Hooks for the engine.

The index keeps all that a listing asks on one matter as one keyword. There are few different ones,
so each is judged once, by the pure functions, and the listings take the worst of theirs. Limits are
arithmetic over columns. ``judging`` says the same of one listing, and is the truth.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Self
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from resourcedir.clients.facts import Known, Zone
from resourcedir.directory.asking import parse
from resourcedir.directory.hours import parse as parse_hours
from resourcedir.directory.whereabouts import ShiftKind, Spot
from resourcedir.engine.documents import Keep, Measured, Part, Positions
from resourcedir.matching import limits, scoring
from resourcedir.matching.eligibility import finding
from resourcedir.matching.scoring import Averages, Merit, Told, Values
from resourcedir.matching.verdicts import (
    PROTECTED,
    Finding,
    Limit,
    Question,
    Verdict,
    combined,
    open_points,
)
from resourcedir.search.documents import RECORD
from resourcedir.taxonomy.terms import taxonomy

Bools = NDArray[np.bool_]
Levels = NDArray[np.uint8]
Bits = NDArray[np.uint64]

COLUMNS: Final = ("openings_from", "openings_until", "openings_at", "checked_at", *RECORD)
"""Those of the index that the order rests on."""

MOST_QUESTIONS: Final = 63
ELSEWHERE: Final = np.uint64(1) << np.uint64(MOST_QUESTIONS)
"""The bit of what no answer of the client settles."""


class Verdicts:
    """What all listings are for one client on one day. Lives for one search."""

    def __init__(self, known: Known, on: date) -> None:
        self.known = known
        self._on = on
        self._questions: dict[Question, int] = {}
        self.settles: Counter[Question] = Counter()
        """How many of the listings looked at by ``settled_by_one`` one answer would settle."""
        self._needed: list[Bits] = []
        self._judged: dict[int, _Judged] = {}
        self._values: dict[int, _Values] = {}

    def of(self, part: Part, positions: Positions) -> Levels:
        """Return the verdict of each position, as numbers of ``Verdict``."""
        return self._judge(part, positions).worst

    def open_points(self, part: Part, positions: Positions) -> Levels:
        """Return how many things are yet to be asked of each, as ``verdicts`` counts them."""
        return self._judge(part, positions).open_points

    def _judge(self, part: Part, positions: Positions) -> "_Judged":
        known = self._judged.get(id(part))
        if known is None or known.positions is not positions:
            values = self._asks(part, positions)
            worst = part.reduced("asks", values.levels, positions, np.maximum)
            points = part.reduced("asks", values.open_points, positions, np.add)
            unclear = np.zeros(len(positions), np.bool_)
            for about, each in self._limits(part, positions):
                np.maximum(worst, each, out=worst)
                unclear |= each == Verdict.NOT_KNOWN
                if about not in PROTECTED:
                    points += (each == Verdict.CALL) | (each == Verdict.NOT_KNOWN)
            known = self._judged[id(part)] = _Judged(positions, worst, points, unclear)
        return known

    def order(self, part: Part, positions: Positions) -> NDArray[np.float32]:
        """Return the verdicts as an order: yes first."""
        return self.of(part, positions).astype(np.float32)

    def are(self, verdict: Verdict) -> Keep:
        """Return a hook that keeps what has this verdict."""

        def keep(part: Part, positions: Positions) -> Bools:
            held: Bools = self.of(part, positions) == verdict
            return held

        return keep

    def settled_by_one(self, part: Part, positions: Positions) -> Bools:
        """Say which not known ones wait for one answer of the client alone, and count for which."""
        known = self._judge(part, positions)
        alone = np.zeros(len(positions), np.bool_)
        places = (known.worst == Verdict.NOT_KNOWN).nonzero()[0]
        bits = self._values[id(part)].bits  # of each that any of the positions has
        needed = part.reduced("asks", bits, positions.take(places), np.bitwise_or)
        self._needed.append(needed)
        single = (needed & (needed - np.uint64(1)) == 0) & (needed != ELSEWHERE)
        single &= ~known.unclear[places]
        alone[places[single]] = True
        for question in self._questions:
            if count := np.count_nonzero(needed[single] == self._bit(question)):
                self.settles[question] += int(count)
        return alone

    def missed(self) -> Counter[Question]:
        """Return how many of the not known ones that were looked at so miss each answer."""
        found: Counter[Question] = Counter()
        for question in self._questions:
            if (bit := self._bit(question)) != ELSEWHERE:
                found[question] = sum(int(np.count_nonzero(each & bit)) for each in self._needed)
        return +found

    def _asks(self, part: Part, positions: Positions) -> "_Values":
        """Return what each keyword comes to that any of the positions has."""
        values = part.values("asks")
        if id(part) not in self._values:
            self._values[id(part)] = _Values.none_yet(len(values))
        known = self._values[id(part)]
        used = part.counts("asks", positions) > 0
        for place in ((known.levels == _UNSEEN) & used).nonzero()[0].tolist():
            found = finding(parse(values[place]), self.known.facts, self._on)
            known.levels[place] = verdict = combined(found)
            known.open_points[place] = open_points(found)
            if verdict is Verdict.NOT_KNOWN:
                known.bits[place] = self._bits(found)
        return known

    def _bits(self, found: tuple[Finding, ...]) -> np.uint64:
        bits = np.uint64(0)
        for each in found:
            if each.verdict is Verdict.NOT_KNOWN:
                bits |= ELSEWHERE if each.asks is None else self._bit(each.asks)
        return bits

    def _bit(self, question: Question) -> np.uint64:
        number = self._questions.setdefault(question, len(self._questions))
        if number >= MOST_QUESTIONS:
            return ELSEWHERE
        return np.uint64(1) << np.uint64(number)

    def _limits(self, part: Part, positions: Positions) -> Iterator[tuple[Limit, Levels]]:
        bound = self.known.limits
        spots = part.column("spot")[positions]
        for zone in bound.zones:
            yield Limit.ZONE, _zone(zone, part, positions, spots)
        if bound.stay_within is not None:
            yield Limit.STAY_WITHIN, _stay(bound.stay_within, part, positions, spots)
        if bound.reach_km is not None and bound.home is not None:
            home = bound.home.point
            km = part.kilometres_to(home.latitude, home.longitude, positions)
            reach = np.where(km > bound.reach_km, Verdict.CALL, Verdict.YES).astype(np.uint8)
            reach[np.isnan(km) & (spots != Spot.NOWHERE)] = Verdict.NOT_KNOWN
            reach[part.column("bed")[positions] > 0] = Verdict.YES
            yield Limit.REACH, reach
        for each in self._hours(part, positions):
            yield Limit.HOURS, each
        for code in sorted(bound.access):
            yield Limit.ACCESS, _access(code, part, positions, spots)
        if bound.languages:
            yield Limit.LANGUAGE, _language(bound.languages, part, positions)

    def _hours(self, part: Part, positions: Positions) -> Iterator[Levels]:
        bound = self.known.limits
        by_day, to_move_in = (limits.busy_minutes(bound, bed=bed) for bed in (False, True))
        if not by_day:
            return
        beds = part.column("bed")[positions] > 0
        found = self._open_for(by_day, part, positions)
        if not to_move_in:  # nothing keeps them from it
            found[beds] = Verdict.YES
        elif to_move_in != by_day and beds.any():
            found[beds] = self._open_for(to_move_in, part, positions[beds])
        shifts = part.column("shift")[positions]
        found[shifts > ShiftKind.NONE] = Verdict.YES
        if to_move_in:
            found[shifts == ShiftKind.LATE] = Verdict.CALL
            found[shifts == ShiftKind.UNKNOWN] = Verdict.NOT_KNOWN
        yield found

    def _open_for(self, busy: int, part: Part, positions: Positions) -> Levels:
        """Return what the hours come to for somebody who is busy at those minutes of the week."""
        spans = _spans(part)
        later = [
            limits.clock_difference(zone, self.known.limits.time_zone, self._on)
            for zone in spans.zones
        ]
        begins = (spans.opens + np.array(later, np.int64).take(spans.zone)) % _WEEK
        free = _free_until(busy)
        minutes = free.take(begins + spans.lengths) - free.take(begins)
        enough = minutes >= np.minimum(limits.ENOUGH, spans.lengths)
        best = part.reduced("hours", np.where(enough, 2, 1).astype(np.uint8), positions, np.maximum)
        return _BY_HOURS.take(best)


_UNSEEN: Final = 255


@dataclass(frozen=True, slots=True)
class _Values:
    """What keywords come to: verdict, things to ask, and the bits of the questions."""

    levels: Levels
    open_points: Levels
    bits: Bits

    @classmethod
    def none_yet(cls, size: int) -> Self:
        return cls(
            np.full(size, _UNSEEN, np.uint8), np.zeros(size, np.uint8), np.zeros(size, np.uint64)
        )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What positions of a part are. ``unclear``: a limit leaves open what no answer tells."""

    positions: Positions
    worst: Levels
    open_points: Levels
    unclear: Bools


_BY_HOURS: Final = np.array([Verdict.NOT_KNOWN, Verdict.CALL, Verdict.YES], np.uint8)


_WEEK: Final = 7 * 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class _Spans:
    """The openings that the values of the hours are: minutes of the week on the place's clock.

    ``zone`` is for each the number of its time zone among ``zones``.
    """

    opens: NDArray[np.int64]
    lengths: NDArray[np.int64]
    zone: NDArray[np.int64]
    zones: tuple[str, ...]


_known_spans: Final[WeakKeyDictionary[Any, _Spans]] = WeakKeyDictionary()


def _spans(part: Part) -> _Spans:
    if (known := _known_spans.get(part)) is not None:
        return known
    zones: dict[str, int] = {}
    rows = []
    for value in part.values("hours"):
        zone, _, text = value.partition("|")
        [(day, span)] = [
            (day, span)
            for day, each in enumerate(parse_hours(text, zone).days)
            for span in each or ()
        ]
        opened = limits.minutes_of(0, span).bit_count()
        opens = (day * 24 + span.opens.hour) * 60 + span.opens.minute
        rows.append((opens, opened, zones.setdefault(zone, len(zones))))
    opens_at, lengths, numbers = np.array(rows, np.int64).reshape(-1, 3).T
    return _known_spans.setdefault(part, _Spans(opens_at, lengths, numbers, tuple(zones)))


def _free_until(busy: int) -> NDArray[np.int64]:
    """Return how many minutes are free before each of two weeks on end."""
    bits = np.frombuffer(busy.to_bytes(_WEEK // 8, "little"), np.uint8)
    free = 1 - np.unpackbits(bits, bitorder="little").astype(np.int64)
    return np.concatenate([[0], np.cumsum(np.tile(free, 2))])


def _zone(zone: Zone, part: Part, positions: Positions, spots: NDArray[Any]) -> Levels:
    found = np.where(spots == Spot.NOWHERE, Verdict.YES, Verdict.NOT_KNOWN).astype(np.uint8)
    if zone.point is None:
        return found
    meters = 1000 * part.kilometres_to(zone.point.latitude, zone.point.longitude, positions)
    error = part.column("error_m")[positions] + zone.error_m + limits.SPHERE * meters
    levels = np.where(meters + error <= zone.buffer_m, Verdict.NO, Verdict.CALL)
    levels = np.where(meters - error > zone.buffer_m, Verdict.YES, levels)
    placed = spots == Spot.BY_ADDRESS
    found[placed] = levels[placed]
    return found


def _stay(area: str, part: Part, positions: Positions, spots: NDArray[Any]) -> Levels:
    state = area.partition("/")[0]
    inside = part.having("within", [area])[positions]
    found = np.where(inside, Verdict.YES, Verdict.NO).astype(np.uint8)
    if area != state:
        ones = np.ones(len(part.values("within")), np.uint8)
        vague = part.reduced("within", ones, positions, np.add) == 1
        found[vague | (spots == Spot.BY_ZIP)] = Verdict.NOT_KNOWN
    found[~part.having("within", [state])[positions]] = Verdict.NO
    found[spots == Spot.HIDDEN] = Verdict.NOT_KNOWN
    found[spots == Spot.NOWHERE] = Verdict.YES
    return found


def _access(code: str, part: Part, positions: Positions, spots: NDArray[Any]) -> Levels:
    found = np.full(len(positions), Verdict.CALL, np.uint8)
    found[part.having("access", [code])[positions]] = Verdict.YES
    found[spots == Spot.NOWHERE] = Verdict.YES
    return found


def _language(wanted: tuple[str, ...], part: Part, positions: Positions) -> Levels:
    spoken = part.having("language", wanted)[positions]
    if limits.ENGLISH in wanted:  # it goes without saying
        spoken[:] = True
    return np.where(spoken, Verdict.YES, Verdict.CALL).astype(np.uint8)


class Ranker:
    """Gives listings their score; see ``scoring``."""

    def __init__(
        self, verdicts: Verdicts, averages: Averages, now: datetime, need: str = ""
    ) -> None:
        self._verdicts = verdicts
        self._averages = averages
        known = taxonomy()  # a need that is typed by hand may be none
        root = known.lineage(need)[-1].code if need in known else None
        self._kind = frozenset() if root is None else known.within(root)
        self._now = now.timestamp() / 60
        wanted = verdicts.known.limits.languages[:1]
        self.language = None if wanted in {(), ("en",)} else wanted[0]
        """What the client asked for beside English, which goes without saying."""

    def rank(self, part: Part, positions: Positions, found: Measured) -> NDArray[np.float32]:
        """Return the score of each position: an engine ``Rank``."""
        columns = {name: part.column(name)[positions].astype(np.float64) for name in COLUMNS}
        spoken = None
        if self.language is not None:
            spoken = part.having("language", [self.language])[positions].astype(np.float64)
        care = scoring.care(found.named, found.fit, len(positions))
        if self._kind:
            care = care * scoring.made_for(*self._terms(part, positions))
        left_open = self._verdicts.open_points(part, positions)
        merits = {Merit.CARE: care, **self.merits(columns, left_open, found.km, spoken)}
        return scoring.score(merits).astype(np.float32)

    def _terms(self, part: Part, positions: Positions) -> tuple[Values, Values]:
        """Return how many terms of the need's kind each position has, and how many in all."""
        of_kind = np.array([code in self._kind for code in part.values("offers")], np.float64)
        ones = np.ones(len(of_kind))
        return (
            part.reduced("offers", of_kind, positions, np.add),
            part.reduced("offers", ones, positions, np.add),
        )

    def merits(
        self,
        columns: Mapping[str, Values],
        left_open: NDArray[Any],
        km: Values | None,
        spoken: Values | None,
    ) -> dict[Merit, Values]:
        """Return what speaks for listings beside their kind, from columns of the index."""
        merits = {
            Merit.CERTAINTY: scoring.certainty(left_open),
            Merit.OPENINGS: scoring.free_places(
                Told(
                    columns["openings_from"],
                    columns["openings_until"],
                    columns["openings_at"],
                ),
                self._now,
            ),
            Merit.RECORD: scoring.track_record(columns, self._averages),
            Merit.FRESHNESS: scoring.freshness(columns["checked_at"], self._now),
        }
        if km is not None:
            merits[Merit.DISTANCE] = scoring.closeness(km)
        if spoken is not None:
            merits[Merit.LANGUAGE] = spoken
        return merits
