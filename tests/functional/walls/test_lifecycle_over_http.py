"""Whatever anybody sends, a referral goes where its table of steps lets it go, and nowhere else."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
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

from bench.loop.rules import complete, moved
from resourcedir.db import writing
from resourcedir.errors import NotAllowed, TransitionNotAllowed
from resourcedir.extensions import db
from resourcedir.identity import Role
from resourcedir.referrals import lifecycle, queries
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import (
    Absence,
    Action,
    Mode,
    Reason,
    Result,
    State,
    Status,
    Step,
)
from resourcedir.referrals.models import Referral, ReferralEvent
from tests.functional.walls.made import NEED, TODAY, Sides, World
from tests.functional.walls.visiting import Visitor, changed, rows

ROLES = {
    "ann": Role.OFFICER,
    "pia": Role.PROVIDER,
    "sue": Role.SUPERVISOR,
    "ada": Role.ADMINISTRATOR,
}
AGREED = re.compile(r'name="agreed"[^>]*value="([0-9a-f]+)"')
REFUSED = {404, 409, 422}
CLINICAL = "outpatient-treatment"
NEEDS = (NEED, CLINICAL)
INTAKE = Appointment(datetime(2026, 3, 12, 15, tzinfo=UTC), 60, "America/New_York")  # has begun
STEPS = st.builds(
    Step,
    st.sampled_from(Action),
    st.sampled_from((None, *Reason)),
    st.sampled_from((None, *Result)),
    st.sampled_from(("a few words", "", "x" * 501)),
    st.sampled_from((INTAKE, None)),
    st.sampled_from((None, *Absence)),
    st.sampled_from((None, 7, -1)),
)


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

        @initialize(mode=st.sampled_from((Mode.LIVE, *Mode)), need=st.sampled_from(NEEDS))
        def draft(self, mode: Mode, need: str) -> None:
            sides.session.rollback()
            referral = sides.ready(world.clients[0].id, world.listings[0].number, mode)
            writing(sides.session).get_one(Referral, referral.id).need_code = need
            sides.session.commit()
            self.checked = sides.checked(referral)
            self.id, self.version = referral.id, referral.version
            self.state = State(Status.DRAFT, mode, limited=need == CLINICAL)
            leave = Step(Action.SEND if mode is Mode.LIVE else Action.RECORD)
            self._take("ann", leave)
            if mode is Mode.LIVE:
                self.the_database_says_the_same()
                self._take("pia", Step(Action.OPEN))

        @rule(name=st.sampled_from(("ann", "ann", "pia", "pia", "sue", "ada")), step=STEPS)
        def anything(self, name: str, step: Step) -> None:
            self._take(name, step, whole=False)

        @rule(name=st.sampled_from(("ann", "pia")), picks=st.lists(st.integers(0, 30), min_size=1))
        def something_fitting(self, name: str, picks: list[int]) -> None:
            # Else a random walk would hardly ever get far.
            for pick in picks[:4]:
                self.the_database_says_the_same()
                if not (choices := list(lifecycle.choices(self.state, ROLES[name]))):
                    return
                chosen = choices[pick % len(choices)]
                step = complete(chosen.action, self.state, ROLES[name])
                if lifecycle.asks(chosen, self.state, ROLES[name]).result:
                    step = replace(step, result=Result.PARTLY)  # on whose word is not yet chosen
                self._take(name, step)

        def _take(self, name: str, step: Step, *, whole: bool = True) -> None:
            wanted = self._expected(name, step)
            before = rows(house, ["audit_event"])
            answer = ask(visitors[name], self, name, step)
            self.taken = taken = answer == 303
            if wanted is None and not self._fits_without(name, step):
                assert answer in REFUSED, (name, step, self.state, answer)
                assert changed(before, rows(house, ["audit_event"])) == {}, (name, step, self.state)
                return
            assert taken or not whole, (name, step, self.state, answer)
            if not taken:
                assert changed(before, rows(house, ["audit_event"])) == {}, (name, step, self.state)
            else:
                asked = step if wanted else self._without(name, step)
                self.state = moved(self.state, ROLES[name], asked)
                seen_events.add(step.action)

        def _expected(self, name: str, step: Step) -> Status | None:
            if name in {"sue", "ada"} or (name == "pia" and not self._is_theirs()):
                return None
            try:
                return moved(self.state, ROLES[name], step).status
            except (NotAllowed, TransitionNotAllowed):
                return None

        def _is_theirs(self) -> bool:
            return self.state.mode is Mode.LIVE and self.state.status is not Status.DRAFT

        def _without(self, name: str, step: Step) -> Step:
            """Return the step as its form reads it: a form reads no field that it does not show."""
            if step.action is Action.NUDGE:
                return Step(step.action)  # it is a button
            return as_read(step, self.state, ROLES[name])

        def _fits_without(self, name: str, step: Step) -> bool:
            return self._expected(name, self._without(name, step)) is not None

        @invariant()
        def the_database_says_the_same(self) -> None:
            if not hasattr(self, "state"):
                return
            sides.session.rollback()
            sides.session.expire_all()
            referral = sides.session.get_one(Referral, self.id)
            self.version = referral.version
            assert queries.state_now(sides.session, referral, TODAY) == self.state

    seen_events: set[Action] = set()
    run_state_machine_as_test(
        Requests,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(seen_events) > 12, "it hardly went anywhere"


def as_read(step: Step, state: State, role: Role) -> Step:
    """Return the step as its form reads it."""
    wanted = lifecycle.asks(lifecycle.TRANSITIONS[step.action], state, role)
    return Step(
        step.action,
        step.reason if wanted.reasons else None,
        step.result if wanted.result else None,
        step.note if wanted.note_allowed else "",
        step.appointment if wanted.appointment else None,
        step.absence if wanted.absence else None,
        step.wait_days if wanted.wait else None,
    )


def ask(visitor: Visitor, machine: object, name: str, step: Step) -> int:
    """Send the step from the page that it has, with all that its form asks for."""
    referral, action = machine.id, step.action  # type: ignore[attr-defined]
    intake = step.appointment and step.appointment.local()
    data: dict[str, object] = {
        "version": machine.version,  # type: ignore[attr-defined]
        "reason": step.reason or "",
        "result": step.result or "",
        "note": step.note,
        "absence": step.absence or "",
        "wait_days": "" if step.wait_days is None else step.wait_days,
        "day": f"{intake:%Y-%m-%d}" if intake else "",
        "at": f"{intake:%H:%M}" if intake else "",
        "minutes": "60",
        "word_of": "provider",
        "on_date": "2026-03-12",
        "fingerprint": machine.checked.fingerprint,  # type: ignore[attr-defined]
        "right": "y",
    }
    side = "/portal/referrals" if name == "pia" else "/referrals"
    if action is Action.OPEN:
        return visitor.post(f"/portal/referrals/{referral}/open", data).status_code
    if action in {Action.CALL, Action.NUDGE} and name == "ann":
        return visitor.post(f"/referrals/{referral}/{action}", data).status_code
    fits = {Action.SEND: Mode.LIVE, Action.RECORD: Mode.RECORDED}.get(action)
    if fits is machine.state.mode and side == "/referrals":  # type: ignore[attr-defined]
        return visitor.post(f"/referrals/{referral}/check", data).status_code
    answer = visitor.post(f"{side}/{referral}/step/{action}", data)
    if answer.status_code == 422 and (shown := AGREED.search(answer.text)):
        # The page shows what else the client has to do then: the officer has read it.
        answer = visitor.post(f"{side}/{referral}/step/{action}", {**data, "agreed": shown[1]})
    return answer.status_code


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


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("nudge", {}),
        ("call", {"reason": "left_message"}),
        ("step/message", {"note": "Bring the card."}),
        ("step/schedule", {"day": "2026-03-16", "at": "10:00", "minutes": "60"}),
        ("step/ask_info", {"note": "Which day?"}),
    ],
)
def test_a_double_click_in_four_threads_is_one_event(
    world: World, house: Flask, sides: Sides, page: str, data: dict[str, object]
) -> None:
    address, sending = _ready(world, sides)
    world.visitor(house, "ann").post(address, sending)
    referral = UUID(address.split("/")[2])
    sides.session.rollback()
    version = sides.session.scalars(select(Referral.version).where(Referral.id == referral)).one()
    sides.session.rollback()

    at_once(world, house, f"/referrals/{referral}/{page}", {"version": version, **data})

    events = select(ReferralEvent.action).where(ReferralEvent.referral_id == referral)
    assert len(sides.session.scalars(events).all()) == 2


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
