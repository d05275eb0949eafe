"""Each value has words, and none of them misleads."""

import pytest

from resourcedir.identity import Role
from resourcedir.referrals import lifecycle, wording
from resourcedir.referrals.appointments import ConflictKind
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.ground import Ground
from resourcedir.referrals.lifecycle import (
    Absence,
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    WordOf,
)
from resourcedir.referrals.outcomes import Milestone
from resourcedir.taxonomy.terms import taxonomy


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Status, wording.PORTAL_STATUSES),
        (Action, wording.EVENTS),
        (Reason, wording.REASONS),
        (Result, wording.RESULTS),
        (Absence, wording.ABSENCES),
        (Milestone, wording.MILESTONES),
        (Urgency, wording.URGENCIES),
        (ConflictKind, wording.CONFLICTS),
        (WordOf, wording.SAID_BY),
        (Ground, wording.GROUNDS),
        (Mode, wording.MODES),
    ],
)
def test_every_value_has_words_of_its_own(kind, table):
    assert set(table) == set(kind)
    assert all(table.values())
    assert len(set(table.values())) == len(kind)


def test_whoever_comes_second_is_told_something_whatever_came_first():
    assert set(wording.OVERTAKEN) == set(Action)
    assert wording.OVERTAKEN[Action.ACCEPT] != wording.OVERTAKEN[Action.DECLINE]


def test_every_source_of_an_outcome_can_be_chosen():
    assert set(wording.SOURCES) == set(lifecycle.SOURCES)


def test_every_step_has_the_words_of_whoever_may_take_it():
    for transition in lifecycle.TRANSITIONS.values():
        if transition.may is Role.OFFICER or transition.told:
            assert wording.OFFICER_ACTIONS[transition.action]
        if transition.may is Role.PROVIDER or transition.both:
            assert wording.PROVIDER_ACTIONS[transition.action]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("opened", [True, False])
def test_a_recorded_referral_is_never_called_sent(status, opened):
    state = State(status, Mode.RECORDED, opened)

    for words in (wording.sentence(state), wording.status_label(status, Mode.RECORDED)):
        assert "sent" not in words.lower()


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("mode", [*Mode, None])
@pytest.mark.parametrize("opened", [True, False])
def test_no_sentence_guesses_a_gender(status, mode, opened):
    state = State(status, mode, opened)

    for words in (wording.sentence(state), wording.next_step(state)):
        assert not {"he", "she", "him", "her", "his"} & set(words.lower().split())


def test_the_place_is_called_what_people_call_it():
    assert wording.place_word("housing") == "the house"
    assert wording.place_word("treatment") == "the clinic"
    assert wording.place_word(None) == "the organization"
    assert set(wording._PLACES) <= {root.code for root in taxonomy().roots}
