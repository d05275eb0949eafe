"""R05: one referral in the hands of everybody, who try everything in any order.

What must hold is said here again, in words of its own, and held against the rules: over every
state that can be reached, and over random walks.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bench.loop.rules import complete, moved, usual_word
from resourcedir.errors import DomainError
from resourcedir.identity import Role
from resourcedir.referrals import lifecycle
from resourcedir.referrals.lifecycle import (
    ATTENDANCE,
    CLOSED,
    TRANSITIONS,
    Action,
    Mode,
    Reason,
    State,
    Status,
    Step,
)
from resourcedir.referrals.lifecycle.table import PACKET_GONE
from tests.unit.referrals.test_lifecycle import PEOPLE, STEPS

Move = tuple[State, Role | None, Step, State]


def offered(state: State) -> Iterator[tuple[Role | None, Action]]:
    for role in PEOPLE:
        for transition in lifecycle.choices(state, role):
            yield role, transition.action


@cache
def every_move(mode: Mode, limited: bool) -> tuple[Move, ...]:
    """Return each move from each state that can be reached: all that can ever happen."""
    start = State(Status.DRAFT, mode, limited=limited)
    seen, ahead, moves = {start}, [start], []
    while ahead:
        state = ahead.pop()
        for role, action in offered(state):
            step = complete(action, state, role)
            reached = moved(state, role, step)
            moves.append((state, role, step, reached))
            if reached not in seen:
                seen.add(reached)
                ahead.append(reached)
    return tuple(moves)


ALL = [(mode, limited) for mode in Mode for limited in (False, True)]
in_each_world = pytest.mark.parametrize(("mode", "limited"), ALL)


def check(state: State, role: Role | None, step: Step, reached: State) -> None:
    """Hold one move that was made to what nobody may ever do."""
    if state.status is Status.ENTERED_IN_ERROR:
        raise AssertionError("what was entered in error is over")
    if role is Role.PROVIDER:
        assert state.mode is Mode.LIVE
        assert state.status is not Status.DRAFT
        assert state.opened or step.action in {Action.OPEN, Action.DECLINE, Action.CORRECT}
    if role not in {Role.OFFICER, Role.PROVIDER}:
        assert role is None
        assert TRANSITIONS[step.action].may is None
    if state.status in CLOSED and reached.status is not state.status:
        assert step.action in {Action.CORRECT, Action.ERROR}
    if step.action is Action.CORRECT:
        assert state.last is not None
        assert state.last.role is role
        assert state.last.action is not Action.CORRECT
        assert reached.status is state.last.back_to
        assert reached.status is not Status.DRAFT
        assert all(action is not Action.CORRECT for _, action in offered(reached))
    if state.limited and step.action in ATTENDANCE:
        word = usual_word(step.action, state, role)
        kept = lifecycle.only_asked(state, role, step, word)
        assert not kept.note.strip()
        assert kept.result is None
        assert kept.reason in {None, Reason.DID_NOT_COME, Reason.OTHER}
    if reached.status is Status.DRAFT:
        assert state.status is Status.DRAFT


def check_sight(state: State) -> None:
    """Hold a state to what a provider may read."""
    shown = lifecycle.shows_packet(state)
    if not state.opened or state.status in PACKET_GONE or state.status is Status.DRAFT:
        assert not shown
    if state.mode is not Mode.LIVE:
        assert not shown


@in_each_world
def test_no_move_that_can_ever_be_made_breaks_the_rules_of_the_field(mode, limited):
    for move in every_move(mode, limited):
        check(*move)
        check_sight(move[-1])


@in_each_world
def test_every_status_can_be_reached_and_every_step_be_taken(mode, limited):
    moves = every_move(mode, limited)
    never = {Status.EXPIRED, Status.INFO_ASKED} if mode is Mode.RECORDED else set()
    taken = {step.action for _, _, step, _ in moves}

    assert {reached.status for *_, reached in moves} | {Status.DRAFT} == set(Status) - never
    assert taken == {a for a, t in TRANSITIONS.items() if t.only_in in {None, mode}} - (
        {Action.OPEN} if mode is Mode.RECORDED else set()
    )


@in_each_world
def test_from_everywhere_but_the_end_somebody_can_go_on(mode, limited):
    stuck = {reached.status for *_, reached in every_move(mode, limited)}
    stuck -= {state.status for state, *_ in every_move(mode, limited)}

    assert stuck == {Status.ENTERED_IN_ERROR}


def test_whoever_answered_wrongly_gets_back_to_where_it_was():
    for state, role, step, reached in every_move(Mode.LIVE, False):
        if step.action not in lifecycle.CORRECTABLE or state.status is Status.DRAFT:
            continue
        assert role is not None
        back = moved(reached, role, complete(Action.CORRECT, reached, role))
        assert back.status is state.status


class Life(RuleBasedStateMachine):
    """A walk with steps that are whole and steps that are not."""

    @initialize(mode=st.none() | st.sampled_from(Mode), limited=st.booleans())
    def begin(self, mode, limited):
        self.state = State(Status.DRAFT, mode, limited=limited)

    @precondition(lambda self: self.state.status is Status.DRAFT)
    @rule(mode=st.sampled_from(Mode))
    def choose(self, mode):
        self.state = replace(self.state, mode=mode)

    @rule(step=STEPS, role=st.sampled_from(PEOPLE))
    def try_it(self, step, role):
        self._take(role, step)

    @rule(data=st.data())
    def something_fitting(self, data):
        if choices := list(offered(self.state)):
            role, action = data.draw(st.sampled_from(choices))
            assert self._take(role, complete(action, self.state, role))

    def _take(self, role, step):
        try:
            reached = moved(self.state, role, step)
        except DomainError:
            return False
        again = step.action is Action.OPEN and self.state.opened
        assert again or (role, step.action) in list(offered(self.state))
        check(self.state, role, step, reached)
        self.state = reached
        return True

    @invariant()
    def what_is_offered_can_be_done(self):
        if hasattr(self, "state"):
            for role, action in offered(self.state):
                moved(self.state, role, complete(action, self.state, role))

    @invariant()
    def no_provider_reads_or_touches_what_is_not_theirs(self):
        if not hasattr(self, "state"):
            return
        check_sight(self.state)
        if self.state.status is Status.DRAFT or self.state.mode is not Mode.LIVE:
            assert not list(lifecycle.choices(self.state, Role.PROVIDER))


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, phases=[Phase.generate]
)
