"""Whatever anybody sends, a referral goes where its table of steps lets it go, and nowhere else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.errors import NotAllowed, TransitionNotAllowed
from resourcedir.extensions import db
from resourcedir.identity import Role
from resourcedir.referrals import lifecycle
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, State, Status, Step
from resourcedir.referrals.models import Referral, ReferralEvent
from tests.functional.walls.made import NEED, Sides, World
from tests.functional.walls.visiting import Visitor, changed, rows

ROLES = {
    "ann": Role.OFFICER,
    "pia": Role.PROVIDER,
    "sue": Role.SUPERVISOR,
    "ada": Role.ADMINISTRATOR,
}
LEAVING = {Action.SEND, Action.RECORD}
REFUSED = {404, 409, 422}


@pytest.fixture
def session(house: Flask) -> Iterator[Session]:
    with house.app_context():
        session = db.sessionmaker()
    with session:
        yield session


@pytest.fixture
def sides(world: World, session: Session) -> Sides:
    return Sides(session, world.people["ann"], world.people["pia"])


def test_no_sequence_of_requests_takes_a_step_that_the_table_has_not(  # noqa: C901 -- the rules of one machine
    world: World, house: Flask, sides: Sides
) -> None:
    visitors = {name: world.visitor(house, name) for name in ROLES}

    class Requests(RuleBasedStateMachine):
        """Sends any step as anybody; what the database says must be what the table says."""

        @initialize(mode=st.sampled_from(Mode))
        def draft(self, mode: Mode) -> None:
            sides.session.rollback()
            referral = sides.ready(world.clients[0].id, world.listings[0].number, mode)
            self.checked = sides.checked(referral)
            self.id, self.version = referral.id, referral.version
            self.state = State(Status.DRAFT, mode)

        @rule(
            name=st.sampled_from(("ann", "ann", "pia", "pia", "sue", "ada")),
            action=st.sampled_from(Action),
            reason=st.sampled_from((None, *Reason)),
            result=st.sampled_from((None, *Result)),
        )
        def anything(
            self, name: str, action: Action, reason: Reason | None, result: Result | None
        ) -> None:
            self._take(name, Step(action, reason, result))

        @rule(name=st.sampled_from(("ann", "pia")), pick=st.integers(0, 9))
        def something_fitting(self, name: str, pick: int) -> None:
            # Else a random walk would hardly ever get far.
            if not (choices := list(lifecycle.choices(self.state, ROLES[name]))):
                return
            chosen = choices[pick % len(choices)]
            reason = chosen.reasons[pick % len(chosen.reasons)] if chosen.reasons else None
            self._take(name, Step(chosen.action, reason, Result.PARTLY))

        def _take(self, name: str, step: Step) -> None:
            wanted = self._expected(name, step)
            before = rows(house, ["audit_event"])
            answer = ask(visitors[name], self, step)
            if wanted is None:
                assert answer in REFUSED, (name, step, self.state, answer)
                assert changed(before, rows(house, ["audit_event"])) == {}, (name, step, self.state)
            else:
                assert answer == 303, (name, step, self.state, answer)
                opened = self.state.opened or step.action is Action.OPEN
                self.state = State(wanted, self.state.mode, opened=opened)

        def _expected(self, name: str, step: Step) -> Status | None:
            if name in {"sue", "ada"} or (name == "pia" and self.state.status is Status.DRAFT):
                return None
            try:
                return lifecycle.step(self.state, ROLES[name], step)
            except (NotAllowed, TransitionNotAllowed):
                return None

        @invariant()
        def the_database_says_the_same(self) -> None:
            if not hasattr(self, "state"):
                return
            sides.session.rollback()
            referral = sides.session.get(Referral, self.id)
            assert referral is not None
            self.version = referral.version
            kept = State(referral.status, referral.mode, opened=referral.opened_at is not None)
            assert kept == self.state

    run_state_machine_as_test(
        Requests,
        settings=settings(
            max_examples=20,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def ask(visitor: Visitor, machine: object, step: Step) -> int:
    """Send the step from the page that it has, with all that its form asks for."""
    referral, name = machine.id, step.action  # type: ignore[attr-defined]
    data: dict[str, object] = {
        "version": machine.version,  # type: ignore[attr-defined]
        "reason": step.reason or "",
        "result": step.result or "",
        "word_of": "provider",
        "on_date": "2026-03-12",
        "fingerprint": machine.checked.fingerprint,  # type: ignore[attr-defined]
        "right": "y",
    }
    side = "/portal/referrals" if visitor_is_provider(visitor) else "/referrals"
    if name is Action.OPEN:
        return visitor.post(f"/portal/referrals/{referral}/open", data).status_code
    fits = {Action.SEND: Mode.LIVE, Action.RECORD: Mode.RECORDED}.get(name)
    if fits is machine.state.mode and side == "/referrals":  # type: ignore[attr-defined]
        return visitor.post(f"/referrals/{referral}/check", data).status_code
    return visitor.post(f"{side}/{referral}/step/{name}", data).status_code


def visitor_is_provider(visitor: Visitor) -> bool:
    return visitor.get("/portal").status_code == 200


def test_the_same_form_sent_twice_sends_once_and_confirms_both_times(
    world: World, house: Flask, sides: Sides
) -> None:
    address, data = _ready(world, sides)
    ann = world.visitor(house, "ann")
    answers = [ann.post(address, data) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [_done(address)] * 2
    assert _sent_once(sides.session, address)


def test_a_double_click_in_two_threads_starts_one_and_sends_one(
    world: World, house: Flask, sides: Sides
) -> None:
    token = "11111111-1111-4111-8111-111111111111"
    client, number = str(world.clients[0].id), str(world.listings[0].number)
    wanted = {"client_id": client, "listing": number, "need": NEED, "form_token": token}
    before = sides.session.scalar(select(func.count()).select_from(Referral))

    started = at_once(world, house, "/referrals/start", wanted)

    assert len(started) == 1, started
    assert started.pop().endswith("/how")
    sides.session.rollback()
    assert sides.session.scalar(select(func.count()).select_from(Referral)) == (before or 0) + 1

    address, data = _ready(world, sides)
    assert at_once(world, house, address, data) == {_done(address)}
    assert _sent_once(sides.session, address)


def at_once(world: World, house: Flask, address: str, data: dict[str, object]) -> set[str]:
    """Send the same form from four clicks at one moment; return where they lead."""
    clicks = [world.visitor(house, "ann") for _ in range(4)]
    ready = Barrier(len(clicks))

    def click(visitor: Visitor) -> str:
        ready.wait()
        answer = visitor.post(address, data)
        assert answer.status_code == 303, answer
        return str(answer.headers["Location"])

    with ThreadPoolExecutor(len(clicks)) as pool:
        return set(pool.map(click, clicks))


def _ready(world: World, sides: Sides) -> tuple[str, dict[str, object]]:
    referral = sides.ready(world.clients[0].id, world.listings[0].number)
    told = sides.checked(referral)
    sides.session.rollback()
    data = {"right": "y", "version": told.version, "fingerprint": told.fingerprint}
    return f"/referrals/{referral.id}/check", data


def _done(address: str) -> str:
    return address.replace("/check", "/done")


def _sent_once(session: Session, address: str) -> bool:
    session.rollback()
    referral = UUID(address.split("/")[2])
    events = session.scalars(
        select(ReferralEvent.action).where(ReferralEvent.referral_id == referral)
    ).all()
    return list(events) == [Action.SEND]
