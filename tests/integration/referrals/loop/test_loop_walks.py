"""R05 on the commands: any steps by any side, on a moved clock, over real tables.

Several referrals of several clients go to one service with openings. The rules tell what may come
of each act, the tables are held to them and to ``bench.loop.truth`` after each. More of it:
``WALKS=300 pytest tests/integration/referrals/loop/test_loop_walks.py``.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.loop.rules import complete, moved
from bench.loop.town import CLINICAL_NEED, NEED, Hands, Order, Town
from bench.loop.truth import accounted, faults, kept
from resourcedir import clock
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import DomainError
from resourcedir.identity import Role
from resourcedir.referrals import lifecycle, queries
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.lifecycle import Action, Mode, Reason, State, Status, Step
from resourcedir.referrals.models import (
    IntakeAppointment,
    OpeningHold,
    Referral,
    ReferralDue,
    ReferralEvent,
)
from tests.conftest import NOON

WALKS = int(os.environ.get("WALKS", "3"))
STEPS = int(os.environ.get("WALK_STEPS", "30"))
MOST = 6  # referrals in one walk
SIDES = (Role.OFFICER, Role.PROVIDER)
PATHS = st.sampled_from(
    [
        (),
        (Action.OPEN, Action.WAITLIST),
        (Action.OPEN, Action.ACCEPT),
        (Action.OPEN, Action.SCHEDULE),
        (Action.OPEN, Action.ASK_INFO),
        (Action.OPEN, Action.ACCEPT, Action.START),
    ]
)
"""How far a new referral comes at once: else a walk would hardly ever get far."""
TAKES = {
    DueKind.REMIND: Step(Action.REMIND),
    DueKind.ESCALATE: Step(Action.ESCALATE),
    DueKind.EXPIRE: Step(Action.EXPIRE, Reason.NO_ANSWER),
    DueKind.INTAKE_AHEAD: Step(Action.REMIND),
}


class Walk(RuleBasedStateMachine):
    """``self.now`` never stands still: two acts are never at one moment."""

    towns: Callable[..., Town]

    @initialize(
        free=st.integers(1, 3), most=st.sampled_from([None, 4]), some=st.lists(PATHS, min_size=3)
    )
    def begin(self, free, most, some):
        self.hands = Hands(type(self).towns(clients=2))
        self.now = NOON
        self.states = {}
        self.tell(free, most)
        for path in some[:4]:
            self.refer(0, Mode.LIVE, self._may_hold() and not path, NEED, Urgency.ROUTINE, path)

    def teardown(self):
        if hasattr(self, "hands"):
            self.hands.close()

    @precondition(lambda self: len(self.states) < MOST)
    @rule(
        client=st.integers(0, 1),
        mode=st.sampled_from([Mode.LIVE, Mode.LIVE, Mode.LIVE, Mode.RECORDED]),
        hold=st.booleans(),
        need=st.sampled_from([NEED, NEED, CLINICAL_NEED]),
        urgency=st.sampled_from(Urgency),
        path=PATHS,
    )
    def refer(self, client, mode, hold, need, urgency, path):
        self._pass(5)
        order = Order(client, mode, hold, need, urgency)
        draft = self.hands.ready(self.now, order)
        start = State(Status.DRAFT, mode, limited=need == CLINICAL_NEED)
        able = mode is Mode.RECORDED or not hold or self._may_hold()
        try:
            self.hands.leave(self.now, draft)
        except DomainError:
            assert not able
            self.states[draft] = start
            return
        assert able
        action = Action.SEND if mode is Mode.LIVE else Action.RECORD
        self.states[draft] = moved(start, Role.OFFICER, Step(action))
        for action in path if mode is Mode.LIVE else ():
            self._pass(3)
            self._take(
                draft,
                Role.PROVIDER,
                complete(action, self.states[draft], Role.PROVIDER, self.now),
            )

    @precondition(lambda self: self.states)
    @rule(data=st.data(), roles=st.lists(st.sampled_from(SIDES), min_size=1, max_size=3))
    def something_fitting(self, data, roles):
        referral = data.draw(st.sampled_from(list(self.states)))
        for role in roles:
            state = self.states[referral]
            choices = [
                each.action
                for each in lifecycle.choices(state, role)
                if each.action not in {Action.SEND, Action.RECORD}
            ]
            if choices:
                action = data.draw(st.sampled_from(choices))
                self._pass(7)
                self._take(referral, role, complete(action, state, role, self.now))
                self.everything_holds()

    @precondition(lambda self: self.states)
    @rule(data=st.data(), role=st.sampled_from(SIDES), action=st.sampled_from(Action))
    def anything(self, data, role, action):
        referral = data.draw(st.sampled_from(list(self.states)))
        self._pass(3)
        self._take(referral, role, complete(action, self.states[referral], role, self.now))

    @precondition(lambda self: self.states)
    @rule(data=st.data(), role=st.sampled_from(SIDES))
    def from_an_old_page(self, data, role):
        referral = data.draw(st.sampled_from(list(self.states)))
        state = self.states[referral]
        moves = [t.action for t in lifecycle.choices(state, role) if t.target]
        with self.hands.sessions() as session:
            version = session.get_one(Referral, referral).version
        if not moves or version < 2:
            return
        self._pass(2)
        step = complete(data.draw(st.sampled_from(moves)), state, role, self.now)
        before = self._events(referral)
        with suppress(DomainError):
            self.hands.step(self.now, role, referral, step, version=version - 1)
        assert self._events(referral) == before

    @rule(minutes=st.sampled_from([10, 90, 26 * 60, 4 * 24 * 60]))
    def time_passes(self, minutes):
        self._pass(minutes)

    @rule()
    def until_something_is_due(self):
        with self.hands.sessions() as session:
            ahead = [
                each.at
                for one in kept(session, self.hands.town.listing)
                for each in one.waiting_for(*DueKind)
            ]
        if ahead:
            self.now = max(self.now + timedelta(minutes=1), min(ahead))

    @rule(most=st.integers(1, 9))
    def the_app_does_what_is_due(self, most):
        self._pass(1)
        for due in self.hands.due(self.now)[:most]:
            with self.hands.sessions() as session:
                row = session.get_one(ReferralDue, due)
                kind, referral = row.kind, row.referral_id
            assert self.hands.do(self.now, due)
            assert not self.hands.do(self.now, due), "what is done is done"
            if kind in TAKES:
                self.states[referral] = moved(self.states[referral], None, TAKES[kind])

    @rule()
    def the_app_offers_what_is_free(self):
        self._pass(1)
        self.hands.offer(self.now)
        if self._may_hold():
            with self.hands.sessions() as session:
                # Who was put on the list while openings stood free is not offered those.
                number = self.hands.town.listing
                assert _waiting(session, number, since=self.told_at) == []

    @rule(free=st.integers(0, 2), most=st.sampled_from([None, 4]))
    def tell(self, free, most):
        self._pass(1)
        with self.hands.sessions() as session:
            held = sum(len(each.held) for each in kept(session, self.hands.town.listing))
        # The provider counts what is free besides what is held: never more than there are.
        most = None if most is None or free + held > most else most
        self.hands.tell(self.now, free, hold_hours=20, maximum=most)
        self.there_are, self.told_at = free + held, self.now

    def _take(self, referral, role, step):
        state = self.states[referral]
        if step.action is Action.OPEN and role is Role.OFFICER:
            return
        wanted = self._expected(referral, role, step)
        try:
            self.hands.step(self.now, role, referral, step)
        except DomainError:
            assert wanted is None, (state, role, step)
        else:
            assert wanted is not None, (state, role, step)
            self.states[referral] = wanted

    def _expected(self, referral, role, step):
        """Return how the referral is to stand after a step; None if it is to be refused."""
        state = self.states[referral]
        there = state.mode is Mode.LIVE and state.status is not Status.DRAFT
        if role is Role.PROVIDER and not there:
            return None
        if step.action is Action.OPEN and state.opened:
            return state
        if step.action in {Action.SEND, Action.RECORD}:
            return None  # they have pages of their own
        if step.action is Action.MISS and self._is_ahead(referral):
            return None
        try:
            return moved(state, role, step)
        except DomainError:
            return None

    def _is_ahead(self, referral):
        with self.hands.sessions() as session:
            ahead = select(IntakeAppointment.starts_at).where(
                IntakeAppointment.referral_id == referral, IntakeAppointment.ended_at.is_(None)
            )
            return any(each > self.now for each in session.scalars(ahead))

    def _pass(self, minutes):
        self.now += timedelta(minutes=minutes)

    def _may_hold(self):
        with self.hands.sessions() as session:
            number = self.hands.town.listing
            return queries.holds_openings(listing_facts(session, [number])[number], self.now)

    def _events(self, referral):
        with self.hands.sessions() as session:
            count = select(ReferralEvent.id).where(ReferralEvent.referral_id == referral)
            return len(session.scalars(count).all())

    @invariant()
    def everything_holds(self):
        if not hasattr(self, "hands"):
            return
        with self.hands.sessions() as session:
            number = self.hands.town.listing
            assert faults(session, number) == []
            assert sum(accounted(session, number)) == self.there_are
            for referral, state in self.states.items():
                row = session.get_one(Referral, referral)
                assert queries.state_now(session, row, self.now.date()) == state
            offered = session.execute(
                select(Referral.waitlisted_at, OpeningHold.held_at)
                .join(OpeningHold, OpeningHold.referral_id == Referral.id)
                .where(
                    OpeningHold.offered,
                    OpeningHold.held_at == self.now,
                    Referral.listing_number == number,
                )
            ).all()
            left = _waiting(session, number, since=self.now)
            for waited_since, _ in offered:
                assert all(waited_since <= each.waitlisted_at for each in left)


def _waiting(session: Session, listing: int, since: datetime) -> list[Referral]:
    """Return who waited before ``since`` already, and was offered nothing meanwhile."""
    found = []
    for one in kept(session, listing):
        row = one.referral
        if row.status is not Status.WAITLISTED or row.mode is not Mode.LIVE:
            continue
        offered = any(each.offered and each.held_at >= row.waitlisted_at for each in one.holds)
        if not offered and not one.held and row.waitlisted_at < since:
            found.append(row)
    return found


def test_no_sequence_of_acts_leads_where_the_rules_do_not(towns, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)

    class Here(Walk):
        pass

    Here.towns = staticmethod(towns)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize="WALKS" not in os.environ,
            phases=[Phase.generate, *([Phase.shrink] if "WALK_SHRINK" in os.environ else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
