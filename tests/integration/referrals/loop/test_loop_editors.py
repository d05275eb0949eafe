"""R06 and R07 for the steps of the loop: the second is told, and a double click is one act."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bench.loop.rules import complete
from bench.loop.town import Hands
from resourcedir.errors import StaleRecord
from resourcedir.identity import Role
from resourcedir.referrals import queries
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import Absence, Action, Reason, Result, Status, Step
from resourcedir.referrals.models import IntakeAppointment, Outcome, Referral, ReferralEvent
from tests.conftest import NOON

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
OFF, P = Role.OFFICER, Role.PROVIDER
TO_ACCEPTED = (Action.OPEN, Action.ACCEPT)
TO_SCHEDULED = (*TO_ACCEPTED, Action.SCHEDULE)


def brought(hands: Hands, *actions: Action):
    referral = hands.sent(NOON)
    for action in actions:
        step = complete(action, hands.state(referral, NOON), P, NOON)
        hands.step(NOON, P, referral, step)
    return referral


def version(hands: Hands, referral) -> int:
    with hands.sessions() as session:
        return session.get_one(Referral, referral).version


def actions(hands: Hands, referral) -> list[Action]:
    with hands.sessions() as session:
        return list(
            session.scalars(
                select(ReferralEvent.action)
                .where(ReferralEvent.referral_id == referral)
                .order_by(ReferralEvent.sequence)
            )
        )


def intake(days: int) -> Appointment:
    return Appointment(NOON + timedelta(days=days), 60, "America/New_York")


@pytest.mark.parametrize(
    ("before", "role", "action"),
    [
        (TO_ACCEPTED, P, Action.SCHEDULE),
        (TO_SCHEDULED, P, Action.SCHEDULE),
        (TO_SCHEDULED, P, Action.MISS),
        (TO_SCHEDULED, P, Action.END_EARLY),
        ((Action.OPEN,), P, Action.WAITLIST),
        ((Action.OPEN,), P, Action.ASK_INFO),
        ((Action.OPEN, Action.ASK_INFO), OFF, Action.ANSWER_INFO),
        (TO_ACCEPTED, P, Action.CORRECT),
        (TO_ACCEPTED, OFF, Action.ERROR),
        (TO_ACCEPTED, OFF, Action.WITHDRAW),
        (TO_ACCEPTED, OFF, Action.MESSAGE),
        (TO_ACCEPTED, P, Action.MESSAGE),
        (TO_ACCEPTED, OFF, Action.CALL),
        (TO_ACCEPTED, OFF, Action.NUDGE),
        ((*TO_SCHEDULED, Action.MISS), OFF, Action.JUDGE),
    ],
)
def test_a_double_click_is_one_act(hands, before, role, action):
    referral = brought(hands, *before)
    seen = version(hands, referral)
    step = complete(action, hands.state(referral, NOON), role, NOON)

    for click in range(2):
        hands.step(NOON + click * SECOND, role, referral, step, version=seen)

    assert actions(hands, referral) == [Action.SEND, *before, action]


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        ((Action.OPEN,), (P, Step(Action.ACCEPT)), (OFF, Step(Action.WITHDRAW, Reason.MOVED))),
        (
            TO_SCHEDULED,
            (P, Step(Action.SCHEDULE, appointment=intake(3))),
            (OFF, Step(Action.SCHEDULE, appointment=intake(4))),
        ),
        (
            TO_SCHEDULED,
            (P, Step(Action.SCHEDULE, appointment=intake(3))),
            (P, Step(Action.SCHEDULE, appointment=intake(4))),
        ),
        (TO_SCHEDULED, (P, Step(Action.START)), (OFF, Step(Action.MISS))),
        (
            TO_SCHEDULED,
            (P, Step(Action.SCHEDULE, appointment=intake(3))),
            (OFF, Step(Action.START)),
        ),
        (
            (Action.OPEN,),
            (P, Step(Action.WAITLIST, Reason.FULL, wait_days=3)),
            (P, Step(Action.WAITLIST, Reason.FULL, wait_days=90)),
        ),
        (
            (*TO_ACCEPTED, Action.START),
            (P, Step(Action.COMPLETE, result=Result.GOT_HELP)),
            (P, Step(Action.COMPLETE, result=Result.NOT_HELPED)),
        ),
        (
            (Action.OPEN,),
            (P, Step(Action.ASK_INFO, note="Which insurance?")),
            (P, Step(Action.ASK_INFO, note="Which day?")),
        ),
    ],
)
def test_the_second_of_two_is_told_and_nothing_of_the_first_is_lost(hands, before, first, second):
    referral = brought(hands, *before)
    seen = version(hands, referral)
    hands.step(NOON + SECOND, first[0], referral, first[1], version=seen)
    kept = actions(hands, referral)

    with pytest.raises(StaleRecord) as told:
        hands.step(NOON + HOUR, second[0], referral, second[1], version=seen)

    assert str(told.value)
    assert actions(hands, referral) == kept


def test_the_second_is_told_in_words_what_the_first_did(hands):
    from resourcedir.referrals.wording import OVERTAKEN

    moves = {a for a, t in queries.access.TRANSITIONS.items() if t.target or a is Action.CORRECT}
    assert moves <= set(OVERTAKEN)
    for step in (Step(Action.ACCEPT), Step(Action.DECLINE, Reason.FULL)):
        referral = brought(hands, Action.OPEN)
        seen = version(hands, referral)
        hands.step(NOON, P, referral, step, version=seen)
        with pytest.raises(StaleRecord) as told:
            hands.step(NOON, OFF, referral, Step(Action.WITHDRAW, Reason.MOVED), version=seen)
        assert str(told.value) == str(StaleRecord(OVERTAKEN[step.action]))


def test_what_the_app_did_meanwhile_is_told_as_well(hands):
    referral = brought(hands, Action.OPEN)
    seen = version(hands, referral)
    hands.do_all(NOON + timedelta(days=60))

    with pytest.raises(StaleRecord):
        hands.step(NOON + timedelta(days=60), P, referral, Step(Action.ACCEPT), version=seen)
    assert hands.state(referral, NOON).status is Status.EXPIRED


def test_a_reminder_does_not_make_an_answer_stale(hands):
    referral = brought(hands, Action.OPEN)
    seen = version(hands, referral)
    late = NOON + timedelta(days=6)
    assert hands.do_all(late) == 1

    hands.step(late, P, referral, Step(Action.ACCEPT), version=seen)

    assert hands.state(referral, NOON).status is Status.ACCEPTED


def test_the_intake_stays_where_the_first_click_put_it(hands):
    referral = brought(hands, *TO_SCHEDULED)
    seen = version(hands, referral)
    for click in range(2):
        step = Step(Action.SCHEDULE, appointment=intake(5))
        hands.step(NOON + click * SECOND, P, referral, step, version=seen)

    with hands.sessions() as session:
        rows = session.scalars(
            select(IntakeAppointment).where(IntakeAppointment.referral_id == referral)
        ).all()
    assert len(rows) == 2


def test_who_thinks_again_about_an_absence_within_the_minute_is_heard(hands):
    referral = brought(hands, *TO_SCHEDULED, Action.MISS)
    for click, absence in enumerate((Absence.ACCEPTABLE, Absence.UNACCEPTABLE)):
        hands.step(NOON + click * SECOND, OFF, referral, Step(Action.JUDGE, absence=absence))

    with hands.sessions() as session:
        found = queries.last_intake(session, referral)
        assert found is not None
        assert found.absence is Absence.UNACCEPTABLE


def test_other_words_and_the_same_words_later_are_messages_of_their_own(hands):
    referral = brought(hands, Action.OPEN)
    for at, note in (
        (NOON, "Bring the card."),
        (NOON + SECOND, "And a photo."),
        (NOON + HOUR, "And a photo."),
    ):
        hands.step(at, P, referral, Step(Action.MESSAGE, note=note))

    assert actions(hands, referral).count(Action.MESSAGE) == 3


def test_what_was_taken_back_is_no_outcome_any_more_and_stays_on_record(hands):
    referral = brought(hands, *TO_ACCEPTED, Action.START, Action.COMPLETE)
    hands.step(NOON + HOUR, P, referral, Step(Action.CORRECT, note="Another client."))

    with hands.sessions() as session:
        (outcome,) = session.scalars(select(Outcome).where(Outcome.referral_id == referral))
        assert outcome.taken_back_at == NOON + HOUR
        events = session.scalars(
            select(ReferralEvent)
            .where(ReferralEvent.referral_id == referral)
            .order_by(ReferralEvent.sequence)
        ).all()
        assert events[-1].corrects_id == events[-2].id
    assert hands.state(referral, NOON).status is Status.IN_SERVICE
