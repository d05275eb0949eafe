"""What the shares count and what they do not."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.referrals.lifecycle import Mode, Result, Status
from resourcedir.today.measures import (
    Share,
    answered_in_time,
    known_outcome,
    measures,
    open_referrals,
)
from tests.unit.today.test_sections import DAY, NOW, intake_in, standing


def left(status, days=20.0, **more):
    """Return what left so many days ago; ``answered``: days until it was answered."""
    sent_at = NOW - days * DAY
    answered = more.pop("answered", None)
    at = sent_at + answered * DAY if answered is not None else None
    return standing(
        status, days=more.pop("moved", 1.0), answered_at=at, **more | {"sent_at": sent_at}
    )


def answered(*some):
    found = answered_in_time(some, NOW)
    return found.part, found.whole


def known(*some):
    found = known_outcome(some, NOW)
    return found.part, found.whole


def test_an_answer_on_the_seventh_day_is_in_time_and_a_minute_later_is_not():
    assert answered(left(Status.ACCEPTED, answered=7)) == (1, 1)
    assert answered(left(Status.DECLINED, answered=7 + 1 / 1440)) == (0, 1)


def test_what_was_sent_within_the_week_counts_only_once_it_is_answered():
    assert answered(left(Status.SENT, days=6.9)) == (0, 0)
    assert answered(left(Status.SENT, days=7)) == (0, 1)
    assert answered(left(Status.ACCEPTED, days=3, answered=1)) == (1, 1)
    assert answered(left(Status.INFO_ASKED, days=8)) == (0, 1)


def test_recorded_referrals_are_asked_of_nobody():
    assert answered(left(Status.ACCEPTED, answered=1, mode=Mode.RECORDED)) == (0, 0)


def test_what_was_withdrawn_within_the_week_was_not_left_without_an_answer():
    assert answered(left(Status.WITHDRAWN, days=20, moved=15)) == (0, 0)
    assert answered(left(Status.WITHDRAWN, days=20, moved=13)) == (0, 1)


@pytest.mark.parametrize("count", [answered, known])
def test_what_was_entered_in_error_drafts_and_what_is_long_past_never_count(count):
    assert count(left(Status.ENTERED_IN_ERROR, answered=1, result=Result.GOT_HELP)) == (0, 0)
    assert count(standing(Status.DRAFT, days=9, sent_at=None, mode=None)) == (0, 0)
    assert count(left(Status.COMPLETED, days=90.1, answered=1, result=Result.GOT_HELP)) == (0, 0)


def test_an_outcome_is_known_by_the_providers_no_or_by_somebodys_word():
    assert known(left(Status.DECLINED)) == (1, 1)
    assert known(left(Status.COMPLETED, result=Result.NOT_HELPED)) == (1, 1)
    assert known(left(Status.IN_SERVICE, result=Result.PARTLY)) == (1, 1)
    assert known(left(Status.EXPIRED, result=Result.GOT_HELP)) == (1, 1)


def test_silence_and_no_answer_at_all_count_as_not_known():
    assert known(left(Status.EXPIRED)) == (0, 1)
    assert known(left(Status.COMPLETED)) == (0, 1)
    assert known(left(Status.ACCEPTED, moved=7)) == (0, 1)
    assert known(left(Status.INTAKE_SCHEDULED, intake=intake_in(-3))) == (0, 1)


def test_what_is_under_way_and_heard_of_counts_neither_way_nor_what_was_withdrawn():
    assert known(left(Status.ACCEPTED, moved=6)) == (0, 0)
    assert known(left(Status.SENT)) == (0, 0)
    assert known(left(Status.WITHDRAWN)) == (0, 0)


def test_drafts_are_no_open_referrals():
    some = [left(Status.SENT), left(Status.NO_SHOW), left(Status.DRAFT), left(Status.COMPLETED)]
    assert open_referrals(some) == 2


def test_of_nothing_there_is_no_share():
    found = measures(3, (), NOW)
    assert (found.clients, found.open_referrals) == (3, 0)
    assert found.answered.percent is found.known.percent is found.known.rest_percent is None


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_and_its_rest_make_a_hundred(part, whole):
    share = Share(min(part, whole), whole)
    assert 0 <= share.percent <= 100
    assert share.percent + share.rest_percent == 100
    assert share.part + share.rest.part == whole
    assert abs(share.percent - 100 * share.part / whole) <= 0.5


def test_an_hour_more_does_not_lose_a_referral_of_the_last_day_of_the_period():
    assert known(left(Status.DECLINED, days=90)) == (1, 1)
    assert NOW - timedelta(days=90) == left(Status.DECLINED, days=90).sent_at
