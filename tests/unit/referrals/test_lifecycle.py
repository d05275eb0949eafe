"""The rules of a referral's life, one by one, as people would try them and as nobody would."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.loop.rules import complete, usual_word
from resourcedir.errors import DomainError, NotAllowed, TransitionNotAllowed
from resourcedir.identity import Role
from resourcedir.referrals import lifecycle
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import (
    ATTENDANCE,
    FHIR_STATUS,
    TRANSITIONS,
    Absence,
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    Step,
    Undo,
    WordOf,
)
from resourcedir.referrals.outcomes import counts_as

INTAKE = Appointment(datetime(2026, 3, 13, 14, tzinfo=UTC), 60, "America/New_York")
PEOPLE = (*Role, None)
STEPS = st.builds(
    Step,
    st.sampled_from(Action),
    st.none() | st.sampled_from(Reason),
    st.none() | st.sampled_from(Result),
    st.sampled_from(["", " ", "a few words", "x" * 501]),
    st.none() | st.just(INTAKE),
    st.none() | st.sampled_from(Absence),
    st.sampled_from([None, 0, 3650, -1, 3651]),
)
UNDOS = st.builds(
    Undo, st.sampled_from(Action), st.sampled_from(Status), st.sampled_from([*Role, None])
)
WORDS = st.none() | st.sampled_from(WordOf)
STATES = st.builds(
    State,
    st.sampled_from(Status),
    st.sampled_from(Mode),
    st.booleans(),
    st.booleans(),
    st.none() | UNDOS,
)


def is_complete(step: Step, state: State, role: Role | None, word: WordOf | None) -> bool:
    """Say, from the table and not from the rules, whether nothing is missing or forbidden."""
    row = TRANSITIONS[step.action]
    words = lifecycle.words_of(step.action, state.mode, role)
    whose = word or (words[0] if len(words) == 1 else None)
    limited = state.limited and step.action in ATTENDANCE and whose is WordOf.PROVIDER
    reasons = (Reason.DID_NOT_COME, Reason.OTHER) if row.reasons and limited else row.reasons
    note = step.note.strip()
    return all(
        (
            not reasons or step.reason in reasons,
            step.result is not None or limited or not row.needs_result,
            step.appointment is not None or not row.needs_appointment,
            step.absence is not None or step.action is not Action.JUDGE,
            step.wait_days is None or 0 <= step.wait_days <= 3650,
            bool(note) or not row.needs_note,
            not note or not limited,
            len(step.note) <= 500,
        )
    )


@given(STATES, st.sampled_from(PEOPLE), STEPS, WORDS)
def test_a_step_succeeds_exactly_where_it_is_offered_and_complete(state, role, step, word):
    transition = TRANSITIONS[step.action]
    offered = transition in list(lifecycle.choices(state, role))
    if step.action is Action.OPEN and state.opened:
        return  # is done again without a word
    try:
        lifecycle.step(state, role, step, word)
    except DomainError:
        assert not (offered and is_complete(step, state, role, word))
    else:
        assert offered
        assert is_complete(step, state, role, word)


@given(STATES, st.sampled_from(PEOPLE), st.sampled_from(Action))
def test_what_is_asked_for_is_enough(state, role, action):
    if TRANSITIONS[action] in list(lifecycle.choices(state, role)):
        word = usual_word(action, state, role)
        lifecycle.step(state, role, complete(action, state, role), word)


@given(STATES, st.sampled_from(PEOPLE), STEPS, WORDS)
def test_of_what_is_said_with_a_step_only_what_it_asks_for_is_kept(state, role, step, word):
    row = TRANSITIONS[step.action]
    kept = lifecycle.only_asked(state, role, step, word)

    assert kept.appointment is None or row.needs_appointment
    assert kept.result is None or row.needs_result
    assert kept.reason is None or row.reasons
    assert kept.wait_days is None or row.asks_wait
    assert kept.absence is None or (row.asks_absence and role is Role.OFFICER)
    assert kept.note == step.note
    assert lifecycle.only_asked(state, role, kept, word) == kept


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_supervisors_and_administrators_take_no_step(role):
    for action in Action:
        for mode in Mode:
            state = State(Status.SENT, mode, opened=True)
            with pytest.raises(NotAllowed):
                lifecycle.step(state, role, complete(action, state, role))


def test_what_the_app_does_by_itself_nobody_does_and_the_app_does_nothing_else():
    for action, transition in TRANSITIONS.items():
        state = State(min(transition.sources), transition.only_in or Mode.LIVE, opened=True)
        for role in Role if transition.may is None else (None,):
            with pytest.raises(NotAllowed):
                lifecycle.step(state, role, complete(action, state, role))
    assert lifecycle.words_of(Action.EXPIRE, Mode.LIVE, None) == (WordOf.CLOCK,)


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
    recorded, live = State(Status.SENT, Mode.RECORDED), State(Status.SENT, Mode.LIVE)
    asked = complete(Action.COMPLETE, recorded, Role.OFFICER)

    assert lifecycle.step(recorded, Role.OFFICER, asked) is Status.COMPLETED
    with pytest.raises(TransitionNotAllowed):
        lifecycle.step(live, Role.OFFICER, asked)


def test_in_a_recorded_referral_nobody_is_written_to_and_no_deadline_runs():
    recorded = State(Status.SENT, Mode.RECORDED)
    for role, action in (
        (Role.OFFICER, Action.MESSAGE),
        (Role.OFFICER, Action.NUDGE),
        (None, Action.ESCALATE),
        (None, Action.EXPIRE),
    ):
        with pytest.raises(NotAllowed):
            lifecycle.step(recorded, role, complete(action, recorded, role))


def test_the_client_is_no_source_of_a_step_in_a_live_referral():
    words = lifecycle.words_of(Action.START, Mode.LIVE, Role.OFFICER)

    assert words == (WordOf.PROVIDER,)
    assert WordOf.CLIENT in lifecycle.words_of(Action.START, Mode.RECORDED, Role.OFFICER)


def test_each_step_stands_on_somebodys_word_and_tells_whose_it_is():
    for action, transition in TRANSITIONS.items():
        expected = {Role.PROVIDER: WordOf.PROVIDER, None: WordOf.CLOCK}
        assert lifecycle.word_of(action) is expected.get(transition.may, WordOf.OFFICER)


# What a step asks for


@pytest.mark.parametrize(
    ("state", "step", "words"),
    [
        (State(Status.ACCEPTED, Mode.LIVE), Step(Action.SCHEDULE), "day and the time"),
        (State(Status.SENT, Mode.LIVE), Step(Action.ASK_INFO), "few words"),
        (State(Status.SENT, Mode.LIVE), Step(Action.ASK_INFO, note="  "), "few words"),
        (State(Status.SENT, Mode.LIVE), Step(Action.WAITLIST), "reason"),
        (State(Status.SENT, Mode.LIVE), Step(Action.WAITLIST, Reason.MOVED), "reason"),
        (State(Status.SENT, Mode.LIVE), Step(Action.ACCEPT, note="x" * 501), "500"),
        (State(Status.IN_SERVICE, Mode.LIVE), Step(Action.COMPLETE), "what came of it"),
        (
            State(Status.SENT, Mode.LIVE),
            Step(Action.WAITLIST, Reason.FULL, wait_days=-1),
            "0 to 3650",
        ),
        (
            State(Status.SENT, Mode.LIVE),
            Step(Action.WAITLIST, Reason.FULL, wait_days=3651),
            "0 to 3650",
        ),
    ],
)
def test_what_is_missing_is_named(state, step, words):
    state = replace(state, opened=True)
    with pytest.raises(TransitionNotAllowed, match=words):
        lifecycle.step(state, Role.PROVIDER, step)


@pytest.mark.parametrize("action", sorted(ATTENDANCE))
def test_a_clinic_without_a_release_tells_attendance_and_nothing_else(action):
    state = State(min(TRANSITIONS[action].sources), Mode.LIVE, opened=True, limited=True)
    wanted = lifecycle.asks(TRANSITIONS[action], state, Role.PROVIDER)

    assert set(wanted.reasons) <= {Reason.DID_NOT_COME, Reason.OTHER}
    assert not wanted.result
    assert not wanted.note_allowed
    whole = complete(action, state, Role.PROVIDER)
    lifecycle.step(state, Role.PROVIDER, whole)
    too_much = [replace(whole, note="relapsed")]
    if whole.reason:
        too_much.append(replace(whole, reason=Reason.ASKED_TO_LEAVE))
    for each in too_much:
        with pytest.raises(TransitionNotAllowed):
            lifecycle.step(state, Role.PROVIDER, each)
    told = replace(whole, result=Result.NOT_HELPED)
    assert lifecycle.only_asked(state, Role.PROVIDER, told) == whole


def test_a_clinic_that_may_tell_attendance_alone_may_still_ask_and_decline_in_words():
    state = State(Status.SENT, Mode.LIVE, opened=True, limited=True)

    lifecycle.step(state, Role.PROVIDER, Step(Action.ASK_INFO, note="Which insurance?"))
    lifecycle.step(state, Role.PROVIDER, Step(Action.DECLINE, Reason.FULL, note="Try May."))


def test_whether_an_absence_is_acceptable_only_the_officer_says():
    state = State(Status.INTAKE_SCHEDULED, Mode.LIVE, opened=True)
    missed = Step(Action.MISS, absence=Absence.ACCEPTABLE)

    assert lifecycle.step(state, Role.OFFICER, missed) is Status.NO_SHOW
    assert not lifecycle.asks(TRANSITIONS[Action.MISS], state, Role.PROVIDER).absence
    assert lifecycle.only_asked(state, Role.OFFICER, missed) == missed
    assert lifecycle.only_asked(state, Role.PROVIDER, missed).absence is None


def test_what_the_officer_saw_is_not_bound_by_what_a_clinic_may_tell():
    state = State(Status.SENT, Mode.RECORDED, limited=True)
    finished = Step(Action.COMPLETE, result=Result.PARTLY, note="Saw the certificate.")

    assert lifecycle.step(state, Role.OFFICER, finished, WordOf.DOCUMENT) is Status.COMPLETED
    with pytest.raises(TransitionNotAllowed, match="attendance alone"):
        lifecycle.step(state, Role.OFFICER, finished, WordOf.PROVIDER)


@pytest.mark.parametrize("asked_from", [Status.SENT, Status.WAITLISTED])
def test_a_question_that_is_answered_leads_back_to_where_it_was_asked(asked_from):
    last = Undo(Action.ASK_INFO, asked_from, Role.PROVIDER)
    state = State(Status.INFO_ASKED, Mode.LIVE, opened=True, last=last)

    answer = Step(Action.ANSWER_INFO, note="Yes.")
    assert lifecycle.step(state, Role.OFFICER, answer) is asked_from


# Corrections


def test_a_mistake_is_taken_back_by_the_side_that_made_it():
    state = State(
        Status.DECLINED,
        Mode.LIVE,
        last=Undo(Action.DECLINE, Status.WAITLISTED, Role.PROVIDER),
    )
    sorry = Step(Action.CORRECT, note="Pressed the wrong button.")

    assert lifecycle.step(state, Role.PROVIDER, sorry) is Status.WAITLISTED
    with pytest.raises(TransitionNotAllowed):
        lifecycle.step(state, Role.OFFICER, sorry)


@pytest.mark.parametrize(
    "action",
    [Action.SEND, Action.RECORD, Action.ANSWER_INFO, Action.ERROR, Action.EXPIRE, Action.CORRECT],
)
def test_what_has_told_somebody_something_is_not_taken_back(action):
    role = TRANSITIONS[action].may
    state = State(Status.SENT, Mode.LIVE, last=Undo(action, Status.WAITLISTED, role))

    for each in PEOPLE:
        assert TRANSITIONS[Action.CORRECT] not in list(lifecycle.choices(state, each))


def test_statuses_go_out_as_those_of_the_guide_for_closed_loop_referral():
    assert set(FHIR_STATUS) == set(Status)
    needs_reason = {"on-hold", "cancelled", "rejected", "failed"}
    for action, transition in TRANSITIONS.items():
        if transition.target and FHIR_STATUS[transition.target] in needs_reason:
            assert transition.reasons or transition.needs_note, action


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
