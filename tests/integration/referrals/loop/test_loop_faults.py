"""R02: a step, its event, its audit row and all that follows are one, or nothing.

Each command is broken off before each of its statements, and before its commit. Nothing at all may
be left of it, and the same command goes through afterwards.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from bench.loop.rules import complete
from bench.loop.town import Hands, Order
from resourcedir.db import Base, writing
from resourcedir.identity import Role
from resourcedir.referrals import commands
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import Action, Reason, Step
from tests.conftest import NOON

HOUR = timedelta(hours=1)
HOLD = Order(hold=True)
EVERYTHING = {
    table.name: text(f'SELECT * FROM "{table.name}"')  # noqa: S608 -- a name of our own
    for table in Base.metadata.sorted_tables
}
ALL = list(EVERYTHING)
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
Doing = Callable[[Session], object]
Scene = Callable[[Hands], Doing]


class Broken(Exception):
    """The power is gone, as far as the command can tell."""


def stored(hands: Hands, tables: Iterable[str]) -> dict[str, frozenset[tuple[object, ...]]]:
    """Return what the tables hold, as it is stored."""
    with hands.engine.connect() as connection:
        return {
            name: frozenset(map(tuple, connection.execute(EVERYTHING[name]))) for name in tables
        }


@contextmanager
def breaking(hands: Hands, at_statement: int | None) -> Iterator[list[str]]:
    """Raise before that statement, counted from 0; give the statements that were tried."""
    tried: list[str] = []

    def before(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        tried.append(statement)
        if len(tried) - 1 == at_statement:
            raise Broken

    event.listen(hands.engine, "before_cursor_execute", before)
    try:
        yield tried
    finally:
        event.remove(hands.engine, "before_cursor_execute", before)


def statements(hands: Hands, doing: Doing) -> list[str]:
    """Return what the command says to the database, and let nothing be done."""
    with hands.sessions() as session, breaking(hands, None) as tried:
        doing(writing(session))
        session.rollback()
    return tried


def break_off(hands: Hands, doing: Doing, at_statement: int) -> None:
    """Run the command until that statement, then roll back as a request does."""
    with hands.sessions() as session, breaking(hands, at_statement):
        with pytest.raises(Broken):
            doing(writing(session))
        session.rollback()


# Scenes: what is there, and what is done then.


def send_with_a_hold(hands: Hands) -> Doing:
    hands.tell(NOON, 1)
    draft = hands.ready(NOON, HOLD)
    return lambda session: hands.leaving(session, NOON, draft)


def start_in_place_of_another(hands: Hands) -> Doing:
    declined = hands.sent(NOON)
    hands.step(NOON, Role.PROVIDER, declined, Step(Action.DECLINE, Reason.FULL))
    wanted = commands.Wanted(hands.town.clients[0], hands.town.listing, None, declined, declined)
    return lambda session: commands.start_draft(session, hands.by(Role.OFFICER, NOON), wanted)


def opened(hands: Hands) -> Doing:
    referral = hands.sent(NOON)
    return lambda s: hands.stepping(s, NOON, Role.PROVIDER, referral, Step(Action.OPEN))


def declined_with_somebody_waiting(hands: Hands) -> Doing:
    hands.tell(NOON, 1)
    holder, waiting = hands.sent(NOON, HOLD), hands.sent(NOON)
    wait = Step(Action.WAITLIST, Reason.LATER_START, wait_days=9)
    hands.step(NOON, Role.OFFICER, waiting, wait)
    no = Step(Action.DECLINE, Reason.FULL)
    return lambda s: hands.stepping(s, NOON + HOUR, Role.PROVIDER, holder, no)


def a_walk(*actions: Action, role: Role = Role.PROVIDER, hold: bool = True) -> Scene:
    """Take all the steps but the last; that is the one to break."""

    def scene(hands: Hands) -> Doing:
        hands.tell(NOON, 2, hold_hours=200)
        referral = hands.sent(NOON, Order(hold=hold))
        at = NOON
        for action in (Action.OPEN, *actions[:-1]):
            at += HOUR
            step = complete(action, hands.state(referral, at), Role.PROVIDER, at)
            hands.step(at, Role.PROVIDER, referral, step)
        last = complete(actions[-1], hands.state(referral, at), role, at)
        return lambda s: hands.stepping(s, at + HOUR, role, referral, last)

    return scene


def due(order: Order, which: int, count: int, wait: timedelta) -> Scene:
    """Let the ``which``-th thing of ``count`` come due."""

    def scene(hands: Hands) -> Doing:
        hands.tell(NOON, 1)
        hands.sent(NOON, order)
        hands.step(NOON, Role.OFFICER, hands.sent(NOON), Step(Action.WAITLIST, Reason.LATER_START))
        found = hands.due(NOON + wait)
        assert len(found) == count
        for each in found[:which]:
            assert hands.do(NOON + wait, each)
        return lambda s: commands.do_due(s, found[which], NOON + wait)

    return scene


def intake_ahead(hands: Hands) -> Doing:
    referral = hands.sent(NOON)
    intake = Appointment(NOON + timedelta(days=2), 60, "America/New_York")
    for step in (Step(Action.OPEN), Step(Action.SCHEDULE, appointment=intake)):
        hands.step(NOON, Role.PROVIDER, referral, step)
    at = NOON + timedelta(days=1)
    (only,) = hands.due(at)
    return lambda session: commands.do_due(session, only, at)


def freed(hands: Hands) -> Doing:
    for _ in range(2):
        hands.step(NOON, Role.OFFICER, hands.sent(NOON), Step(Action.WAITLIST, Reason.LATER_START))
    hands.tell(NOON + HOUR, 2)
    return lambda session: commands.offer_freed(session, hands.town.service, NOON + HOUR)


SCENES: dict[str, Scene] = {
    "start in place of another": start_in_place_of_another,
    "send with a hold": send_with_a_hold,
    "open": opened,
    "decline with somebody waiting": declined_with_somebody_waiting,
    "accept": a_walk(Action.ACCEPT),
    "waitlist": a_walk(Action.WAITLIST),
    "ask": a_walk(Action.ASK_INFO, hold=False),
    "answer": a_walk(Action.ASK_INFO, Action.ANSWER_INFO, role=Role.OFFICER),
    "schedule": a_walk(Action.SCHEDULE),
    "move the intake": a_walk(Action.SCHEDULE, Action.SCHEDULE),
    "miss": a_walk(Action.SCHEDULE, Action.MISS),
    "judge": a_walk(Action.SCHEDULE, Action.MISS, Action.JUDGE, role=Role.OFFICER),
    "complete": a_walk(Action.ACCEPT, Action.START, Action.COMPLETE),
    "end early": a_walk(Action.ACCEPT, Action.END_EARLY),
    "correct": a_walk(Action.SCHEDULE, Action.END_EARLY, Action.CORRECT),
    "error": a_walk(Action.SCHEDULE, Action.ERROR, role=Role.OFFICER),
    "withdraw": a_walk(Action.WITHDRAW, role=Role.OFFICER),
    "message": a_walk(Action.MESSAGE),
    "call": a_walk(Action.CALL, role=Role.OFFICER),
    "nudge": a_walk(Action.NUDGE, role=Role.OFFICER),
    "a reminder is due": due(Order(), 0, 1, timedelta(days=6)),
    "it is to be escalated": due(Order(), 1, 2, timedelta(days=12)),
    "it expires": due(HOLD, 3, 4, timedelta(days=60)),
    "a hold ends": due(HOLD, 0, 1, timedelta(hours=24)),
    "an intake is tomorrow": intake_ahead,
    "an opening is freed": freed,
}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_a_command_is_done_whole_or_not_at_all(hands: Hands, scene: Scene) -> None:
    doing = scene(hands)
    before = stored(hands, ALL)
    said = statements(hands, doing)
    assert stored(hands, ALL) == before, "something is left that was never committed"
    written = {found[1] for each in said if (found := WRITES.match(each))}
    kept = {name: before[name] for name in written}
    # Between two that only read there is nothing that could be left behind.
    after_a_write = [
        number for number in range(1, len(said)) if not said[number - 1].startswith("SELECT")
    ]
    for number in after_a_write:
        break_off(hands, doing, number)
        assert stored(hands, written) == kept, f"something is left after {said[number - 1]}"
    assert stored(hands, ALL) == before
    assert after_a_write

    hands.act(doing)

    after = stored(hands, ALL)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= written
    assert "audit_event" in changed
    assert changed & {"referral", "referral_event", "referral_due"}
