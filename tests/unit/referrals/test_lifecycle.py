"""The rules of a referral's life, tried as people would and as nobody would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from resourcedir.errors import DomainError, NotAllowed, TransitionNotAllowed
from resourcedir.identity import Role
from resourcedir.referrals import lifecycle
from resourcedir.referrals.lifecycle import (
    CLOSED,
    TRANSITIONS,
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    Step,
    WordOf,
)
from resourcedir.referrals.results import counts_as

STEPS = st.builds(
    Step,
    st.sampled_from(Action),
    st.none() | st.sampled_from(Reason),
    st.none() | st.sampled_from(Result),
    st.sampled_from(["", "a few words", "x" * 501]),
)
STATES = st.builds(State, st.sampled_from(Status), st.sampled_from(Mode), st.booleans())
ROLES = st.sampled_from(Role)


def complete(action: Action) -> Step:
    reasons = TRANSITIONS[action].reasons
    return Step(action, reasons[0] if reasons else None, Result.PARTLY)


class Life(RuleBasedStateMachine):
    """One referral in the hands of everybody, who try everything in any order."""

    def __init__(self):
        super().__init__()
        self.state = State(Status.DRAFT, None)
        self.was_closed = False

    @rule(mode=st.sampled_from(Mode))
    def choose(self, mode):
        if self.state.status is Status.DRAFT:
            self.state = State(Status.DRAFT, mode)

    @rule(step=STEPS, role=ROLES)
    def try_it(self, step, role):
        offered = {t.action for t in lifecycle.choices(self.state, role)}
        try:
            after = lifecycle.step(self.state, role, step)
        except DomainError:
            return
        if not (step.action is Action.OPEN and self.state.opened):
            assert step.action in offered
        assert not self.was_closed
        opened = self.state.opened or step.action is Action.OPEN
        self.state = State(after, self.state.mode, opened)

    @invariant()
    def what_is_offered_can_be_done(self):
        for role in Role:
            for each in lifecycle.choices(self.state, role):
                lifecycle.step(self.state, role, complete(each.action))

    @invariant()
    def closed_stays_closed(self):
        self.was_closed = self.was_closed or self.state.status in CLOSED
        if self.was_closed:
            assert not [t for role in Role for t in lifecycle.choices(self.state, role)]

    @invariant()
    def no_provider_touches_a_draft_or_a_record(self):
        if self.state.status is Status.DRAFT or self.state.mode is not Mode.LIVE:
            assert not list(lifecycle.choices(self.state, Role.PROVIDER))
            assert not lifecycle.shows_packet(self.state)


TestLife = Life.TestCase


@pytest.mark.parametrize("mode", Mode)
def test_every_status_can_be_reached(mode):
    reached, ahead = set(), [State(Status.DRAFT, mode)]
    while ahead:
        state = ahead.pop()
        if state in reached:
            continue
        reached.add(state)
        for role in Role:
            for each in lifecycle.choices(state, role):
                opened = state.opened or each.action is Action.OPEN
                after = lifecycle.step(state, role, complete(each.action))
                ahead.append(State(after, mode, opened))

    assert {state.status for state in reached} == set(Status)


@given(STATES, ROLES, STEPS)
def test_a_step_succeeds_exactly_where_it_is_offered_and_complete(state, role, step):
    transition = TRANSITIONS[step.action]
    offered = transition in list(lifecycle.choices(state, role))
    again = step.action is Action.OPEN and state.opened
    whole = (
        (not transition.reasons or step.reason in transition.reasons)
        and (not transition.needs_result or step.result is not None)
        and len(step.note) <= 500
    )
    if again:
        return
    try:
        lifecycle.step(state, role, step)
    except DomainError:
        assert not (offered and whole)
    else:
        assert offered and whole


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_supervisors_and_administrators_take_no_step(role):
    for action in Action:
        with pytest.raises(NotAllowed):
            lifecycle.step(State(Status.SENT, Mode.LIVE), role, complete(action))


def test_a_provider_answers_only_what_it_opened_but_may_say_no_unseen():
    unseen = State(Status.SENT, Mode.LIVE)

    assert {t.action for t in lifecycle.choices(unseen, Role.PROVIDER)} == {
        Action.OPEN,
        Action.DECLINE,
    }
    with pytest.raises(TransitionNotAllowed, match="Open the referral first"):
        lifecycle.step(unseen, Role.PROVIDER, Step(Action.ACCEPT))


def test_an_answer_told_by_phone_does_not_keep_the_provider_from_opening():
    accepted = State(Status.ACCEPTED, Mode.LIVE)

    assert Action.OPEN in {t.action for t in lifecycle.choices(accepted, Role.PROVIDER)}


def test_a_draft_is_sent_only_live_and_recorded_only_as_a_record():
    with pytest.raises(NotAllowed):
        lifecycle.step(State(Status.DRAFT, Mode.RECORDED), Role.OFFICER, Step(Action.SEND))
    with pytest.raises(NotAllowed):
        lifecycle.step(State(Status.DRAFT, Mode.LIVE), Role.OFFICER, Step(Action.RECORD))
    with pytest.raises(NotAllowed):
        lifecycle.step(State(Status.DRAFT, None), Role.OFFICER, Step(Action.SEND))


def test_only_a_recorded_referral_may_skip_steps():
    asked = complete(Action.COMPLETE)

    recorded = lifecycle.step(State(Status.SENT, Mode.RECORDED), Role.OFFICER, asked)

    assert recorded is Status.COMPLETED
    with pytest.raises(TransitionNotAllowed):
        lifecycle.step(State(Status.SENT, Mode.LIVE), Role.OFFICER, asked)


def test_the_client_is_no_source_of_a_step_in_a_live_referral():
    words = lifecycle.words_of(Action.START, Mode.LIVE, Role.OFFICER)

    assert words == (WordOf.PROVIDER,)
    assert WordOf.CLIENT in lifecycle.words_of(Action.START, Mode.RECORDED, Role.OFFICER)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({}, Result.NOT_KNOWN),
        ({WordOf.CLIENT: Result.GOT_HELP}, Result.GOT_HELP),
        ({WordOf.PROVIDER: Result.NOT_KNOWN, WordOf.CLIENT: Result.PARTLY}, Result.PARTLY),
        (
            {WordOf.PROVIDER: Result.GOT_HELP, WordOf.CLIENT: Result.NOT_HELPED},
            Result.NOT_KNOWN,
        ),
        (
            {
                WordOf.PROVIDER: Result.GOT_HELP,
                WordOf.CLIENT: Result.NOT_HELPED,
                WordOf.DOCUMENT: Result.PARTLY,
            },
            Result.PARTLY,
        ),
    ],
)
def test_what_sources_say_counts_as_one_result(said, counts):
    assert counts_as(said) is counts
