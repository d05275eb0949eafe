"""Which list a referral stands in: one at most, by the rules alone."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import CLOSED, Mode, Result, Status
from resourcedir.today.sections import (
    LIMITS,
    LOOK_BACK,
    Intake,
    Link,
    Section,
    Silence,
    Standing,
    is_replaced,
    is_silent,
    section_of,
    without_contact,
)

NOW = datetime(2026, 3, 12, 16, tzinfo=UTC)  # a Thursday, noon in Chattanooga
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def standing(status, *, days=1.0, mode=Mode.LIVE, **more):
    at = NOW - days * DAY
    facts = {"created_at": at, "moved_at": at, "heard_at": at, "sent_at": at, **more}
    return Standing(status=status, mode=mode, **facts)


def section(status, **more):
    return section_of(standing(status, **more), NOW)


def intake_in(hours, zone="America/New_York", minutes=60):
    return Intake(Appointment(NOW + hours * HOUR, minutes, zone))


def test_a_question_of_the_provider_is_the_officers_to_answer_at_once():
    assert section(Status.INFO_ASKED, days=0) is Section.ASKED


def test_an_answer_is_late_when_its_time_is_over_and_not_before():
    assert section(Status.SENT, answer_due_at=NOW - timedelta(seconds=1)) is Section.LATE
    assert section(Status.SENT, answer_due_at=NOW) is None
    assert section(Status.SENT, days=60, answer_due_at=NOW + DAY) is None


@pytest.mark.parametrize("status", [Status.DECLINED, Status.EXPIRED, Status.ENDED_EARLY])
def test_what_came_to_nothing_waits_for_a_next_step(status):
    assert section(status) is Section.NO_NEXT_STEP
    assert section(status, result=Result.NOT_HELPED, replaced=True) is None
    assert section(status, result=Result.NOT_HELPED, settled=True) is None
    assert section(status, days=LOOK_BACK.days) is Section.NO_NEXT_STEP
    assert section(status, days=LOOK_BACK.days + 1) is None


def test_what_ended_early_without_a_known_outcome_is_asked_about_when_it_has_a_next_step():
    assert section(Status.ENDED_EARLY, replaced=True) is Section.UNKNOWN
    assert section(Status.DECLINED, replaced=True) is None


def test_who_missed_an_intake_needs_a_new_one():
    assert section(Status.NO_SHOW) is Section.MISSED


@pytest.mark.parametrize(
    ("hours", "zone", "expected"),
    [
        (1, "America/New_York", Section.INTAKE),
        (-0.5, "America/New_York", Section.INTAKE),  # it goes on
        (-1, "America/New_York", Section.NOT_SAID),  # it has just ended
        (35, "America/New_York", Section.INTAKE),  # tomorrow, 11 pm
        (36, "America/New_York", None),  # midnight after
        (36, "America/Chicago", Section.INTAKE),  # 11 pm there
        (35, "Pacific/Kiritimati", Section.INTAKE),  # by then it is tomorrow there
        (20, "Pacific/Kiritimati", Section.INTAKE),
        (44, "Pacific/Kiritimati", None),
    ],
)
def test_an_intake_is_near_by_the_clock_of_the_place(hours, zone, expected):
    assert section(Status.INTAKE_SCHEDULED, intake=intake_in(hours, zone)) is expected


def test_an_intake_without_a_time_is_asked_about_when_it_is_silent():
    assert section(Status.INTAKE_SCHEDULED, days=6.9) is None
    assert section(Status.INTAKE_SCHEDULED, days=7) is Section.UNKNOWN


@pytest.mark.parametrize(
    ("status", "mode", "silence"),
    [
        (Status.ACCEPTED, Mode.LIVE, Silence.ACCEPTED),
        (Status.ACCEPTED, Mode.RECORDED, Silence.ACCEPTED),
        (Status.SENT, Mode.RECORDED, Silence.RECORDED),
        (Status.WAITLISTED, Mode.LIVE, Silence.WAITING),
        (Status.IN_SERVICE, Mode.LIVE, Silence.IN_SERVICE),
    ],
)
def test_silence_turns_up_on_its_day_and_goes_when_the_outcome_is_known(status, mode, silence):
    days = LIMITS[silence].days

    assert section(status, mode=mode, days=days - 0.1) is None
    assert section(status, mode=mode, days=days) is Section.UNKNOWN
    assert section(status, mode=mode, days=days, result=Result.PARTLY) is None


def test_who_waits_as_long_as_the_place_said_is_not_asked_about():
    waits = {"days": 20, "waitlisted_at": NOW - 20 * DAY}
    assert section(Status.WAITLISTED, **waits, wait_days=30) is None
    assert section(Status.WAITLISTED, **waits, wait_days=20) is Section.UNKNOWN
    assert section(Status.WAITLISTED, **waits, wait_days=0) is Section.UNKNOWN


def test_whom_an_opening_is_held_for_is_called_while_it_is_held():
    assert section(Status.WAITLISTED, held_until_at=NOW + HOUR) is Section.OFFERED
    assert section(Status.WAITLISTED, held_until_at=NOW) is None


def test_what_was_written_is_read_first_but_for_what_cannot_wait():
    late = {"answer_due_at": NOW - DAY, "wrote_at": NOW - HOUR}
    assert section(Status.SENT, **late) is Section.WROTE
    assert section(Status.INFO_ASKED, **late) is Section.ASKED


def test_what_has_finished_is_asked_about_until_somebody_says_what_came_of_it():
    assert section(Status.COMPLETED) is Section.UNKNOWN
    assert section(Status.COMPLETED, result=Result.GOT_HELP) is None
    assert section(Status.COMPLETED, settled=True) is None
    assert section(Status.COMPLETED, days=91) is None


def test_a_draft_is_stale_after_two_days():
    assert section(Status.DRAFT, days=1.9, sent_at=None) is None
    assert section(Status.DRAFT, days=2, sent_at=None) is Section.DRAFTS


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.ENTERED_IN_ERROR])
def test_the_officers_own_last_word_leaves_nothing_to_do(status):
    assert section(status, days=3) is None


@given(
    st.sampled_from(Status),
    st.sampled_from(Mode),
    st.floats(0, 200),
    st.booleans(),
    st.booleans(),
    st.sampled_from(Result),
)
def test_whatever_has_ended_is_never_silent_and_only_it_may_lack_a_next_step(
    status, mode, days, replaced, settled, result
):
    each = standing(status, mode=mode, days=days, replaced=replaced, settled=settled, result=result)
    found = section_of(each, NOW)

    assert not (status in CLOSED and is_silent(each, NOW))
    if found is Section.NO_NEXT_STEP:
        assert status in CLOSED and not replaced and not settled
    if found is Section.UNKNOWN:
        assert result is Result.NOT_KNOWN


def test_a_client_is_without_contact_after_a_month_if_there_is_anything_to_do():
    month = LIMITS[Silence.CLIENT]
    assert without_contact(NOW - month, needs=True, open_referrals=False, now=NOW)
    assert without_contact(NOW - month, needs=False, open_referrals=True, now=NOW)
    assert without_contact(None, needs=True, open_referrals=False, now=NOW)
    assert not without_contact(NOW - month + HOUR, needs=True, open_referrals=True, now=NOW)
    assert not without_contact(None, needs=False, open_referrals=False, now=NOW)


CLIENT = uuid4()
FIRST = Link(uuid4(), CLIENT, "detox", NOW - 9 * DAY, None, counts=True)


def later(**more):
    facts = {"client_id": CLIENT, "need_code": "detox", "created_at": NOW, "instead_of_id": None}
    return Link(id=uuid4(), **{**facts, "counts": True, **more})


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (later(), True),
        (later(created_at=NOW - 4 * DAY), True),
        (later(created_at=NOW - 6 * DAY), False),  # both went out; one came to nothing
        (later(need_code="housing"), False),
        (later(need_code="housing", instead_of_id=FIRST.id), True),
        (later(counts=False), False),
        (later(counts=False, instead_of_id=FIRST.id), False),
        (later(client_id=uuid4()), False),
    ],
)
def test_a_later_referral_for_the_same_client_and_need_takes_the_place_of_one(other, expected):
    assert is_replaced(FIRST, NOW - 5 * DAY, [FIRST, other]) is expected


def test_a_referral_does_not_take_its_own_place():
    assert not is_replaced(FIRST, NOW - 20 * DAY, [FIRST])
