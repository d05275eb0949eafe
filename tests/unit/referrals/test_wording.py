"""Each value has words, and none of them misleads."""

import pytest

from resourcedir.referrals import lifecycle, wording
from resourcedir.referrals.ground import Ground
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, State, Status, WordOf
from resourcedir.taxonomy.terms import taxonomy


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Status, wording.PORTAL_STATUSES),
        (Action, wording.EVENTS),
        (Action, wording.OVERTAKEN),
        (Reason, wording.REASONS),
        (Result, wording.RESULTS),
        (WordOf, wording.SOURCES),
        (WordOf, wording.SAID_BY),
        (Ground, wording.GROUNDS),
        (Mode, wording.MODES),
    ],
)
def test_every_value_has_words_of_its_own(kind, table):
    assert set(table) == set(kind)
    assert all(table.values())
    assert len(set(table.values())) == len(kind)


def test_every_step_has_the_words_of_whoever_may_take_it():
    for transition in lifecycle.TRANSITIONS.values():
        if transition.may is lifecycle.Role.OFFICER or transition.told:
            assert wording.OFFICER_ACTIONS[transition.action]
        if transition.may is lifecycle.Role.PROVIDER:
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
