"""What must hold of the referrals each night and at the end, read off the tables."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from random import Random
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.simulating import by_hand
from bench.simulating.case import Case
from bench.simulating.hands import Hands
from bench.simulating.kept import UNANSWERED, Kept, events_of, kept_of
from bench.simulating.openings import openings_faults
from bench.simulating.replay import impossible
from bench.simulating.town import Town
from resourcedir.identity import Role
from resourcedir.referrals import queries
from resourcedir.referrals.due import DueKind, HoldEnding
from resourcedir.referrals.lifecycle import Action, Mode, Status
from resourcedir.referrals.models import (
    OpeningHold,
    Referral,
    ReferralDue,
    ReferralEvent,
)

_MAY_HOLD: Final = UNANSWERED | {Status.WAITLISTED}
_BY_CLOCK: Final = {
    DueKind.REMIND: Action.REMIND,
    DueKind.ESCALATE: Action.ESCALATE,
    DueKind.EXPIRE: Action.EXPIRE,
}
SOME: Final = 100  # of those who wait for an answer, and of those touched that day, each night


@dataclass(slots=True)
class Checks:
    """``counts``: how often each thing was checked. ``faults`` of the hands are among its own."""

    hands: Hands
    town: Town
    cases: dict[object, Case]
    look: timedelta
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> list[str]:
        return self.hands.faults

    def at_night(self) -> None:
        """Look at what is under way, and replay those referrals that were touched last."""
        with self.hands.sessions() as session:
            since = self.hands.now - timedelta(days=1)
            present = select(OpeningHold.referral_id).where(OpeningHold.ended_at.is_(None))
            waits = select(Referral.id).where(Referral.status == Status.WAITLISTED)
            owed = select(Referral.id).where(Referral.answer_due_at.is_not(None))
            touched = select(ReferralEvent.referral_id).where(ReferralEvent.at > since)
            ids = {each for one in (present, waits) for each in session.scalars(one)}
            ids |= self._some(session.scalars(owed)) | self._some(session.scalars(touched))
            self._check(session, ids)
            self._past(session)

    def _some(self, ids: Iterable[UUID]) -> set[UUID]:
        """Return some of them, the same in each run of one seed, others each night."""
        by_key = {self.cases[each].key: each for each in ids}
        keys = sorted(by_key)
        return {
            by_key[each] for each in Random(str(self.hands.now)).sample(keys, min(len(keys), SOME))
        }

    def at_the_end(self) -> None:
        """Look at everything."""
        with self.hands.sessions() as session:
            ids = set(session.scalars(select(Referral.id)))
            found = self._check(session, ids)
            self._past(session)
            self._done(found)

    def _check(self, session: Session, ids: set[UUID]) -> list[Kept]:
        found = kept_of(session, ids)
        roles = {each.user_id: Role.OFFICER for each in self.town.officers}
        roles |= {
            each.provider.user_id: Role.PROVIDER for each in self.town.places if each.provider
        }
        for one in found:
            for words in (
                *impossible(one, roles),
                *self._known_to_people(one),
                *self._times(one),
                *self._holds(one),
            ):
                self._add(f"{one.referral.reference} ({one.referral.status}): {words}")
        self.counts["referrals replayed"] += len(found)
        self.counts["events replayed"] += sum(len(one.events) for one in found)
        for words in self._lines(session, found):
            self._add(words)
        holds = session.scalars(select(OpeningHold)).all()
        taken = events_of(session, _given_back(holds))
        for place in self.town.places:
            self.counts["counts of openings reckoned again"] += place.counts
            mine = [each for each in holds if each.service_id == place.service]
            told = self.hands.told[place.service]
            for words in openings_faults(session, place.service, told, mine, taken):
                self._add(f"service {place.number}: {words}")
        return found

    def _known_to_people(self, one: Kept) -> Iterator[str]:
        if self.cases[one.referral.id].status is not one.referral.status:
            yield "those who take part believe that it stands elsewhere"

    def _times(self, one: Kept) -> Iterator[str]:
        """Compare each time with the one reckoned by hand."""
        row, week = one.referral, self.cases[one.referral.id].place.week
        plans = [by_hand.times(row.urgency, week, each) for each in one.owed_since]
        owed = row.mode is Mode.LIVE and row.status in UNANSWERED
        wanted = plans[-1].answer if owed and plans else None
        self.counts["deadlines reckoned again"] += owed
        if row.answer_due_at != wanted:
            yield f"an answer is due at {row.answer_due_at}, not {wanted}"
        right = {
            DueKind.REMIND: {each.remind for each in plans},
            DueKind.ESCALATE: {each.escalate for each in plans},
            DueKind.EXPIRE: {each.expire for each in plans},
            DueKind.HOLD_ENDS: {each.until_at for each in one.holds},
            DueKind.INTAKE_AHEAD: {
                by_hand.told_before(each.starts_at, each.time_zone) for each in one.intakes
            },
        }
        for due in one.due:
            self.counts["deadlines reckoned again"] += 1
            if due.at not in right[due.kind]:
                yield f"{due.kind} is due at {due.at}, not any of {sorted(right[due.kind])}"
        ahead = Counter(each.kind for each in one.due if each.done_at is None)
        if ahead[DueKind.EXPIRE] != owed or any(count > 1 for count in ahead.values()):
            yield f"waits for {dict(ahead)}"

    def _holds(self, one: Kept) -> Iterator[str]:
        now = self.hands.now
        for each in one.holds:
            self.counts["holds looked at"] += 1
            if each.ended_at is None and each.until_at <= now - self.look:
                yield f"holds an opening since {each.held_at}, which was over at {each.until_at}"
            if each.ended_at is None and one.referral.status not in _MAY_HOLD:
                yield "holds an opening, and waits for no answer"
            late = each.ended_at is not None and each.ended_at - each.until_at
            if each.ending is HoldEnding.LAPSED and not timedelta(0) <= late <= self.look:  # type: ignore[operator]
                yield f"a hold until {each.until_at} lapsed at {each.ended_at}"
        if sum(each.ended_at is None for each in one.holds) > 1:
            yield "holds two openings"

    def _lines(self, session: Session, found: Iterable[Kept]) -> Iterator[str]:
        """Check that each line is 1, 2, 3 ..., and that no client stands in it twice.

        Whoever was offered an opening stands in no line any more.
        """
        lines: dict[int, list[Kept]] = defaultdict(list)
        for one in found:
            if one.referral.status is Status.WAITLISTED and one.referral.mode is Mode.LIVE:
                lines[one.referral.listing_number].append(one)
        for number, line in lines.items():
            self.counts["waiting lists looked at"] += 1
            if len({one.referral.client_id for one in line}) < len(line):
                yield f"listing {number}: a client waits twice"
            line.sort(key=lambda one: (one.referral.waitlisted_at, one.referral.id))
            places = [queries.place_in_line(session, one.referral.id) for one in line]
            ahead = count(1)
            wanted = [None if was_offered(one) else next(ahead) for one in line]
            if places != wanted:
                yield f"listing {number}: the places are {places}, not {wanted}"

    def _past(self, session: Session) -> None:
        self.counts["looks for what was left undone"] += 1
        for each in queries.due_ids(session, self.hands.now - self.look, 100):
            row = session.get_one(ReferralDue, each)
            self._add(f"{row.kind} was due at {row.at} and is not done at {self.hands.now}")

    def _done(self, found: Iterable[Kept]) -> None:
        """Count: what the worker did is what was done, and each of it once for each time owed."""
        events: Counter[Action] = Counter()
        for one in found:
            mine = Counter(each.action for each in one.events if each.by_user_id is None)
            events += mine
            for kind, action in _BY_CLOCK.items():
                times = {each.at for each in one.due if each.kind is kind and each.done_at}
                ahead = sum(
                    each.kind is DueKind.INTAKE_AHEAD and each.done_at is not None
                    for each in one.due
                )
                most = len(one.owed_since) + (ahead if kind is DueKind.REMIND else 0)
                if not len(times) <= most or mine[action] > most:
                    self._add(f"{one.referral.reference}: {action} {mine[action]} times of {most}")
        done = self.hands.done
        wanted = {action: done[kind] for kind, action in _BY_CLOCK.items()}
        wanted[Action.REMIND] += done[DueKind.INTAKE_AHEAD]
        for action, number in wanted.items():
            if events[action] != number:
                self._add(f"{action}: {events[action]} events, the worker did {number}")

    def _add(self, words: str) -> None:
        self.faults.append(f"{self.hands.now:%Y-%m-%d %H:%M}Z {words}")


def was_offered(one: Kept) -> bool:
    """Say whether an opening is held for who waits, or was offered since the wait began."""
    since = one.referral.waitlisted_at
    return any(
        each.ended_at is None or (each.offered and since is not None and each.held_at >= since)
        for each in one.holds
    )


def _given_back(holds: Iterable[OpeningHold]) -> set[UUID]:
    return {each.referral_id for each in holds if each.ending is HoldEnding.GIVEN_BACK}
