"""Openings that are held, taken, given back and offered on, over time."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bench.loop.rules import complete
from bench.loop.town import Hands, Order
from resourcedir.directory.models import ListingReport
from resourcedir.errors import BadInput
from resourcedir.identity import Role
from resourcedir.referrals import queries
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.due import HoldEnding
from resourcedir.referrals.lifecycle import Action, Reason, Status, Step
from resourcedir.referrals.models import OpeningHold, Referral, ReferralEvent
from tests.conftest import NOON

HOUR = timedelta(hours=1)
HOLD = Order(hold=True)


def waitlisted(hands: Hands, at: datetime, **more):
    referral = hands.sent(at)
    told = Step(Action.WAITLIST, Reason.FULL, **more)
    hands.step(at, Role.PROVIDER, referral, Step(Action.OPEN))
    return hands.step(at, Role.PROVIDER, referral, told)


def holds(hands: Hands, referral):
    with hands.sessions() as session:
        rows = session.scalars(
            select(OpeningHold)
            .where(OpeningHold.referral_id == referral)
            .order_by(OpeningHold.held_at)
        )
        return [each.ending for each in rows]


def offers(hands: Hands):
    with hands.sessions() as session:
        return list(
            session.scalars(
                select(ReferralEvent.referral_id)
                .join(Referral, Referral.id == ReferralEvent.referral_id)
                .where(
                    ReferralEvent.action == Action.OFFER,
                    Referral.listing_number == hands.town.listing,
                )
                .order_by(ReferralEvent.at)
            )
        )


def test_a_count_that_has_faded_is_no_opening_to_hold(hands):
    hands.tell(NOON, 5)
    faded = NOON + timedelta(days=3)  # beds of a halfway house are believed for so long
    late = hands.ready(faded, HOLD)

    with pytest.raises(BadInput, match="No opening is known"):
        hands.leave(faded, late)
    hands.leave(faded - HOUR, hands.ready(faded - HOUR, HOLD))

    assert hands.free() == 4
    assert hands.state(late, faded).status is Status.DRAFT


def test_who_keeps_no_openings_for_referrals_holds_none(hands):
    hands.tell(NOON, 5, hold_hours=None)

    with pytest.raises(BadInput, match="No opening is known"):
        hands.sent(NOON, HOLD)
    assert hands.free() == 5


def test_a_hold_ends_by_itself_when_its_hours_are_over_and_not_before(hands):
    hands.tell(NOON, 1, hold_hours=6)
    referral = hands.sent(NOON, HOLD)

    assert hands.do_all(NOON + 6 * HOUR - timedelta(seconds=1)) == 0
    assert hands.free() == 0
    assert hands.do_all(NOON + 6 * HOUR) == 1
    assert hands.free() == 1
    assert holds(hands, referral) == [HoldEnding.LAPSED]
    assert hands.state(referral, NOON).status is Status.SENT, "the answer is still owed"


@pytest.mark.parametrize(
    ("role", "step"),
    [
        (Role.PROVIDER, Step(Action.DECLINE, Reason.NOT_ELIGIBLE)),
        (Role.OFFICER, Step(Action.WITHDRAW, Reason.MOVED)),
        (Role.OFFICER, Step(Action.ERROR, note="The wrong client.")),
    ],
)
def test_a_hold_ends_when_nobody_is_to_come(hands, role, step):
    hands.tell(NOON, 1, hold_hours=300)
    referral = hands.sent(NOON, HOLD)
    hands.step(NOON + HOUR, role, referral, step)

    assert hands.free() == 1
    assert holds(hands, referral) == [HoldEnding.GIVEN_BACK]


def test_a_hold_ends_with_the_referral_that_expires(hands):
    hands.tell(NOON, 1, hold_hours=336)
    referral = hands.sent(NOON, Order(hold=True, urgency=queries.duties.Urgency.CRISIS))

    hands.do_all(NOON + 26 * HOUR)

    assert hands.state(referral, NOON).status is Status.EXPIRED
    assert holds(hands, referral) == [HoldEnding.GIVEN_BACK]
    assert hands.free() == 1


def test_who_is_accepted_has_the_opening_and_who_then_stays_away_has_it_no_more(hands):
    hands.tell(NOON, 1)
    referral = hands.sent(NOON, HOLD)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    hands.step(NOON + HOUR, Role.PROVIDER, referral, Step(Action.ACCEPT))

    assert holds(hands, referral) == [HoldEnding.TAKEN]
    assert hands.do_all(NOON + 100 * HOUR) == 0
    assert hands.free() == 0
    left = complete(Action.END_EARLY, hands.state(referral, NOON), Role.PROVIDER, NOON)
    hands.step(NOON + 2 * HOUR, Role.PROVIDER, referral, left)
    assert hands.free() == 1


def test_an_acceptance_by_mistake_leaves_the_opening_held_as_long_as_it_would_have_been(hands):
    hands.tell(NOON, 1, hold_hours=6)
    referral = hands.sent(NOON, HOLD)
    for minutes, step in enumerate(
        (Step(Action.OPEN), Step(Action.ACCEPT), Step(Action.CORRECT, note="Wrong one."))
    ):
        hands.step(NOON + minutes * timedelta(minutes=1), Role.PROVIDER, referral, step)

    assert hands.free() == 0
    assert holds(hands, referral) == [None]
    hands.do_all(NOON + 6 * HOUR)
    assert hands.free() == 1
    assert holds(hands, referral) == [HoldEnding.LAPSED]


def test_an_acceptance_that_is_taken_back_after_those_hours_gives_the_opening_back(hands):
    hands.tell(NOON, 1, hold_hours=6)
    referral = hands.sent(NOON, HOLD)
    for hours, step in ((1, Step(Action.OPEN)), (2, Step(Action.ACCEPT))):
        hands.step(NOON + hours * HOUR, Role.PROVIDER, referral, step)
    late = NOON + 7 * HOUR
    hands.step(late, Role.PROVIDER, referral, Step(Action.CORRECT, note="Wrong one."))

    assert hands.free() == 1
    assert holds(hands, referral) == [HoldEnding.GIVEN_BACK]


def test_a_count_that_was_told_meanwhile_is_not_raised_by_a_correction(hands):
    hands.tell(NOON, 1, hold_hours=20)
    referral = hands.sent(NOON, HOLD)
    for hours, step in ((1, Step(Action.OPEN)), (2, Step(Action.ACCEPT))):
        hands.step(NOON + hours * HOUR, Role.PROVIDER, referral, step)
    hands.tell(NOON + 3 * HOUR, 2, hold_hours=20)
    sorry = Step(Action.CORRECT, note="Wrong one.")
    hands.step(NOON + 4 * HOUR, Role.PROVIDER, referral, sorry)
    hands.do_all(NOON + 40 * HOUR)

    assert hands.free() == 2, "whoever counted has counted that one"


def test_what_is_freed_goes_to_who_waits_longest_and_to_nobody_twice(hands):
    hands.tell(NOON, 1, hold_hours=4)
    holder = hands.sent(NOON, HOLD)
    first, second = (waitlisted(hands, NOON + each * HOUR) for each in (1, 2))

    hands.step(NOON + 3 * HOUR, Role.PROVIDER, holder, Step(Action.DECLINE, Reason.CLIENT_CHOSE))
    assert offers(hands) == [first]
    assert hands.free() == 0
    hands.do_all(NOON + 7 * HOUR)
    assert offers(hands) == [first, second]
    hands.do_all(NOON + 11 * HOUR)

    assert offers(hands) == [first, second]
    assert hands.free() == 1
    assert hands.offer(NOON + 12 * HOUR) == 0, "both have let it pass"


def test_who_takes_the_offer_has_it_and_the_next_one_waits_on(hands):
    hands.tell(NOON, 1)
    holder = hands.sent(NOON, HOLD)
    first, second = (waitlisted(hands, NOON + each * HOUR) for each in (1, 2))
    hands.step(NOON + 3 * HOUR, Role.OFFICER, holder, Step(Action.WITHDRAW, Reason.OTHER_PLACE))

    hands.step(NOON + 4 * HOUR, Role.PROVIDER, first, Step(Action.ACCEPT))

    assert holds(hands, first) == [HoldEnding.TAKEN]
    assert offers(hands) == [first]
    assert hands.state(second, NOON).status is Status.WAITLISTED
    assert hands.free() == 0


def test_who_waits_anew_may_be_offered_anew(hands):
    hands.tell(NOON, 0, hold_hours=4)
    referral = waitlisted(hands, NOON + HOUR)
    hands.tell(NOON + 2 * HOUR, 1, hold_hours=4)
    assert hands.offer(NOON + 2 * HOUR) == 1
    hands.do_all(NOON + 6 * HOUR)
    assert hands.offer(NOON + 7 * HOUR) == 0

    for hours, role, step in (
        (8, Role.PROVIDER, Step(Action.CORRECT, note="Not on the list after all.")),
        (10, Role.PROVIDER, Step(Action.WAITLIST, Reason.FULL)),
    ):
        hands.step(NOON + hours * HOUR, role, referral, step)
    hands.tell(NOON + 11 * HOUR, 1, hold_hours=4)

    assert hands.offer(NOON + 11 * HOUR) == 1


def test_a_count_that_has_faded_is_offered_to_nobody(hands):
    hands.tell(NOON, 1)
    holder = hands.sent(NOON, HOLD)
    waitlisted(hands, NOON + HOUR)
    late = NOON + timedelta(days=4)

    hands.step(late, Role.PROVIDER, holder, Step(Action.DECLINE, Reason.FULL))

    assert offers(hands) == []
    assert hands.free() == 1


def test_a_new_count_stands_beside_what_is_held_and_what_was_taken_before_it_counts_no_more(hands):
    hands.tell(NOON, 2)
    held, taken = hands.sent(NOON, HOLD), hands.sent(NOON, HOLD)
    hands.step(NOON, Role.PROVIDER, taken, Step(Action.OPEN))
    hands.step(NOON, Role.PROVIDER, taken, Step(Action.ACCEPT))
    hands.tell(NOON + HOUR, 5)

    hands.step(NOON + 2 * HOUR, Role.PROVIDER, held, Step(Action.DECLINE, Reason.FULL))
    assert hands.free() == 6, "the one that was held is free besides those that were counted"
    left = complete(Action.END_EARLY, hands.state(taken, NOON), Role.PROVIDER, NOON)
    hands.step(NOON + 3 * HOUR, Role.PROVIDER, taken, left)
    assert hands.free() == 6, "whoever counted has counted that one"


def test_what_is_given_back_never_makes_more_than_there_are(hands):
    hands.tell(NOON, 2, maximum=2)
    held = hands.sent(NOON, HOLD)
    hands.tell(NOON + HOUR, 2, maximum=2)
    hands.step(NOON + 2 * HOUR, Role.PROVIDER, held, Step(Action.DECLINE, Reason.FULL))

    assert hands.free() == 2


@pytest.mark.parametrize("reason", [Reason.FULL, Reason.LATER_START, Reason.PAPERS_MISSING])
def test_who_was_just_told_to_wait_is_not_offered_the_opening_in_the_same_breath(hands, reason):
    hands.tell(NOON, 1)
    referral = hands.sent(NOON, HOLD)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    hands.step(NOON + HOUR, Role.PROVIDER, referral, Step(Action.WAITLIST, reason))
    hands.offer(NOON + HOUR)

    assert offers(hands) == []


def test_the_place_in_the_line_moves_up_as_others_go(hands):
    hands.tell(NOON, 0)
    line = [waitlisted(hands, NOON + each * HOUR) for each in range(3)]
    hands.step(NOON + 4 * HOUR, Role.OFFICER, line[0], Step(Action.WITHDRAW, Reason.MOVED))

    with hands.sessions() as session:
        places = [queries.place_in_line(session, each) for each in line]
    assert places == [None, 1, 2]


def test_a_question_costs_nobody_the_place_in_the_line(hands):
    hands.tell(NOON, 0)
    line = [waitlisted(hands, NOON + each * HOUR) for each in range(2)]
    hands.step(NOON + 3 * HOUR, Role.PROVIDER, line[0], Step(Action.ASK_INFO, note="Which day?"))
    hands.step(NOON + 4 * HOUR, Role.OFFICER, line[0], Step(Action.ANSWER_INFO, note="Monday."))

    with hands.sessions() as session:
        assert [queries.place_in_line(session, each) for each in line] == [1, 2]


def test_the_intake_that_is_opened_again_is_the_one_that_was_ended_by_mistake(hands):
    referral = hands.sent(NOON)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    right, wrong = (
        Appointment(NOON + timedelta(days=each), 60, "America/New_York") for each in (3, 4)
    )
    sorry = Step(Action.CORRECT, note="Wrong day.")
    for hours, step in (
        (1, Step(Action.SCHEDULE, appointment=right)),
        (2, Step(Action.SCHEDULE, appointment=wrong)),
        (3, sorry),
        (3 * 24 + 1, Step(Action.MISS)),
        (3 * 24 + 2, sorry),
    ):
        hands.step(NOON + hours * HOUR, Role.PROVIDER, referral, step)

    with hands.sessions() as session:
        intake = queries.last_intake(session, referral)
        assert intake is not None
        assert intake.appointment == right
        assert intake.ending is None


def test_intakes_are_numbered_apart(hands):
    referral = hands.sent(NOON)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    first, last = (Appointment(NOON + each * HOUR, 60, "America/New_York") for each in (1, 9))
    for hours, step in (
        (0, Step(Action.SCHEDULE, appointment=first)),
        (2, Step(Action.MISS)),
        (3, Step(Action.CORRECT, note="Came late.")),
        (4, Step(Action.SCHEDULE, appointment=last)),
    ):
        hands.step(NOON + hours * HOUR, Role.PROVIDER, referral, step)

    with hands.sessions() as session:
        found = queries.last_intake(session, referral)
        assert found is not None
        assert found.appointment == last
        assert found.sequence == 2


def test_an_intake_that_lies_ahead_was_missed_by_nobody(hands):
    referral = hands.sent(NOON)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    intake = Appointment(NOON + HOUR, 60, "America/New_York")
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.SCHEDULE, appointment=intake))

    with pytest.raises(BadInput, match="still ahead"):
        hands.step(NOON, Role.PROVIDER, referral, Step(Action.MISS))
    hands.step(NOON + HOUR, Role.PROVIDER, referral, Step(Action.MISS))


def test_the_reminder_of_an_intake_comes_though_somebody_writes_just_before_it(hands):
    referral = hands.sent(NOON)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    intake = Appointment(NOON + timedelta(days=3), 60, "America/New_York")
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.SCHEDULE, appointment=intake))
    told_at = NOON + timedelta(days=2)  # the worker is late that morning

    hands.step(told_at, Role.OFFICER, referral, Step(Action.MESSAGE, note="By bus 4."))

    assert hands.do_all(told_at + HOUR) == 1


def test_the_officers_own_silence_is_not_told_of_the_listing(hands):
    referral = hands.sent(NOON)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.ASK_INFO, note="Which insurance?"))
    hands.do_all(NOON + timedelta(days=60))

    assert hands.state(referral, NOON).status is Status.EXPIRED
    with hands.sessions() as session:
        found = select(ListingReport).where(ListingReport.listing_number == hands.town.listing)
        assert session.scalars(found).all() == []


def test_both_sides_are_told_of_a_referral_by_its_events_alone(hands):
    referral = hands.sent(NOON)
    hands.do_all(NOON + timedelta(days=60))

    with hands.sessions() as session:
        row = session.get_one(Referral, referral)
        assert row.status is Status.EXPIRED
        assert row.answer_due_at is None
        events = session.scalars(
            select(ReferralEvent)
            .where(ReferralEvent.referral_id == referral)
            .order_by(ReferralEvent.sequence)
        ).all()
        assert [each.action for each in events] == [
            Action.SEND,
            Action.REMIND,
            Action.ESCALATE,
            Action.EXPIRE,
        ]
        assert [each.by_user_id for each in events[1:]] == [None] * 3
