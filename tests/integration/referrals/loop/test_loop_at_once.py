"""R08: many at the same moment for what only one can have. Each has a connection of its own."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import select

from bench.loop.town import Hands, Order, Town
from bench.loop.truth import faults
from resourcedir.errors import BadInput, DomainError
from resourcedir.identity import Role
from resourcedir.referrals.lifecycle import Action, Reason, Status, Step
from resourcedir.referrals.models import OpeningHold, Referral, ReferralEvent
from tests.conftest import NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
HOLD = Order(hold=True)


def at_once(town: Town, tries: Sequence[Callable[[Hands], object]]) -> list[object]:
    """Let each act at the same moment over a connection of its own; return what came of each.

    A refusal comes as its class; anything else that is raised comes as itself.
    """
    gate, came = Barrier(len(tries)), [object()] * len(tries)

    def run(number: int) -> None:
        own = Hands(town)
        with own.sessions() as session:
            session.connection()
        gate.wait()
        try:
            came[number] = tries[number](own)
        except DomainError as error:
            came[number] = type(error)
        except Exception as error:
            came[number] = error
        finally:
            own.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(tries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def broken(came: Sequence[object]) -> list[str]:
    return [f"{type(each).__name__}: {each}" for each in came if isinstance(each, Exception)]


def statuses(hands: Hands) -> Counter[Status]:
    with hands.sessions() as session:
        here = Referral.listing_number == hands.town.listing
        return Counter(session.scalars(select(Referral.status).where(here)))


def present(hands: Hands) -> list[object]:
    """Return whose the openings are that are held now, the longest waiting first."""
    with hands.sessions() as session:
        return list(
            session.scalars(
                select(Referral.id)
                .join(OpeningHold, OpeningHold.referral_id == Referral.id)
                .where(
                    OpeningHold.ended_at.is_(None), Referral.listing_number == hands.town.listing
                )
                .order_by(Referral.waitlisted_at)
            )
        )


def waiting_line(hands: Hands, length: int) -> list[UUID]:
    """Return who waits, the longest waiting first."""
    line = []
    for number in range(length):
        at = NOON + (number + 1) * MINUTE
        referral = hands.sent(at)
        hands.step(at, Role.OFFICER, referral, Step(Action.WAITLIST, Reason.LATER_START))
        line.append(referral)
    return line


def test_what_a_provider_tells_to_be_free_is_offered_once_by_16_who_look_at_once(hands):
    holders = [hands.sent(NOON) for _ in range(4)]
    line = waiting_line(hands, 8)
    hands.tell(NOON + HOUR, 5)
    at, no = NOON + 2 * HOUR, Step(Action.DECLINE, Reason.CLIENT_CHOSE)

    came = at_once(
        hands.town,
        [
            *[lambda own: own.offer(at) for _ in range(16)],
            *[lambda own, r=r: own.step(at, Role.PROVIDER, r, no) for r in holders],
        ],
    )

    assert broken(came) == []
    assert present(hands) == line[:5]
    assert hands.free() == 0


def test_the_last_opening_goes_to_exactly_one_of_32_who_send_at_once(hands):
    hands.tell(NOON, 1)
    drafts = [hands.ready(NOON, HOLD) for _ in range(32)]

    came = at_once(hands.town, [lambda own, d=d: own.leave(NOON, d) for d in drafts])

    assert Counter(came)[BadInput] == 31, came
    assert len(present(hands)) == 1
    assert present(hands)[0] in came
    assert statuses(hands) == {Status.DRAFT: 31, Status.SENT: 1}
    assert hands.free() == 0


def test_what_32_free_or_look_for_at_once_goes_once_to_those_who_wait_longest(hands):
    hands.tell(NOON, 8, hold_hours=3)
    held = [hands.sent(NOON, HOLD) for _ in range(8)]
    line = waiting_line(hands, 12)
    at = NOON + 3 * HOUR
    due = hands.due(at)
    assert len(due) == 8
    no, gone = Step(Action.DECLINE, Reason.CLIENT_CHOSE), Step(Action.WITHDRAW, Reason.MOVED)

    came = at_once(
        hands.town,
        [
            *[lambda own, r=r: own.step(at, Role.PROVIDER, r, no) for r in held[:4]],
            *[lambda own, r=r: own.step(at, Role.OFFICER, r, gone) for r in held[4:6]],
            *[lambda own, d=d: own.do(at, d) for d in due * 2],
            *[lambda own: own.offer(at) for _ in range(10)],
        ],
    )

    assert broken(came) == []
    assert present(hands) == line[:8]
    assert hands.free() == 0
    with hands.sessions() as session:
        offered = session.scalars(
            select(ReferralEvent.referral_id).where(
                ReferralEvent.action == Action.OFFER, ReferralEvent.referral_id.in_(line)
            )
        ).all()
    assert Counter(offered) == dict.fromkeys(line[:8], 1)


def test_the_clock_and_people_who_answer_at_the_same_moment_do_not_stop_each_other(hands):
    """A deadlock needs both orders of two locks: many rounds of both."""
    hands.tell(NOON, 6, hold_hours=3)
    held = [hands.sent(NOON, HOLD) for _ in range(6)]
    at = NOON + 3 * HOUR
    came = at_once(
        hands.town,
        [
            *[
                lambda own, r=r: own.step(
                    at, Role.PROVIDER, r, Step(Action.DECLINE, Reason.CLIENT_CHOSE)
                )
                for r in held
            ],
            *[lambda own, d=d: own.do(at, d) for d in hands.due(at)],
        ],
    )

    assert broken(came) == []
    assert statuses(hands) == {Status.DECLINED: 6}
    assert hands.free() == 6


def test_one_due_thing_is_done_by_one_of_many_who_try(hands):
    referral = hands.sent(NOON)
    at = NOON + timedelta(days=60)
    for due in hands.due(at):
        came = at_once(hands.town, [lambda own, d=due: own.do(at, d) for _ in range(8)])
        assert broken(came) == []
        assert came.count(True) == 1
    assert hands.state(referral, at).status is Status.EXPIRED


@pytest.mark.parametrize("number", [2, 8])
def test_the_same_answer_many_times_at_once_is_one_event(hands, number):
    referral = hands.sent(NOON)
    hands.step(NOON, Role.PROVIDER, referral, Step(Action.OPEN))
    with hands.sessions() as session:
        version = session.get_one(Referral, referral).version
    for step in (
        Step(Action.ACCEPT),
        Step(Action.MESSAGE, note="Bring the card."),
    ):
        came = at_once(
            hands.town,
            [lambda own, s=step: own.step(NOON, Role.PROVIDER, referral, s, version=version)]
            * number,
        )
        assert broken(came) == []
    with hands.sessions() as session:
        events = session.scalars(
            select(ReferralEvent.action)
            .where(ReferralEvent.referral_id == referral)
            .order_by(ReferralEvent.sequence)
        ).all()
        assert events == [Action.SEND, Action.OPEN, Action.ACCEPT, Action.MESSAGE]
        assert faults(session, hands.town.listing) == []
