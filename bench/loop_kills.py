"""Kills whoever moves referrals along, again and again, and looks for what was acknowledged.

    python3 run.py bench loop_kills [--rounds 40] [--quick] [--json FILE] [--seed N]

Each round a process takes steps of referrals as fast as it can (as officer, as provider, on a
moved clock), or does what is due as the worker does, and tells each id after its commit. It is
killed (SIGKILL) at a random moment. Then everything that was told must be there, the file must be
whole, no referral may be in an impossible state, and the next process goes on from there. On
SQLite, and on PostgreSQL where it is installed.
"""

import argparse
import json
import multiprocessing
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.loop.rules import complete
from bench.loop.town import Hands, Order, Town, people_in
from bench.loop.truth import accounted, faults
from resourcedir import clock
from resourcedir.errors import DomainError
from resourcedir.identity import Role
from resourcedir.referrals import lifecycle
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.lifecycle import Action
from resourcedir.referrals.models import Referral, ReferralDue, ReferralEvent
from tests.conftest import NOON
from tests.postgresql import private_server

ROUNDS, QUICK_ROUNDS = 40, 4
OPENINGS = 12
MOST_WORDS = 60  # a process lives until it has told about so many
LATER_S = 0.04  # and at most so much longer: as long as a step takes
LONGEST_S = 60  # or so long
MINUTE = timedelta(minutes=1)
LEAVES = frozenset({Action.SEND, Action.RECORD})
BY_THE_APP = (Action.REMIND, Action.ESCALATE, Action.EXPIRE)
BEGUN = b"begun"
Act = Callable[[Connection, Town, datetime, int], None]


@dataclass
class Result:
    """``faults`` should be empty; ``met`` counts kills between a beginning and its word."""

    rounds: int = 0
    steps: int = 0
    due: int = 0
    events: int = 0
    met: int = 0
    faults: list[str] = field(default_factory=list)


def kills(url: str, rounds: int, seed: int) -> Result:
    """Run so many rounds on an empty database."""
    chance, result = random.Random(seed), Result(rounds)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.loop.town", "bench.loop.truth", "tests.postgresql"])
    with patch.object(clock, "now", lambda: NOON), people_in(url) as make:
        hands = Hands(make(clients=3))
    at, free = NOON, OPENINGS
    for number in range(rounds):
        hands.tell(at, free, hold_hours=48)
        with hands.sessions() as session:
            there_are = sum(accounted(session, hands.town.listing))
        at += timedelta(days=3) if number % 3 == 1 else MINUTE
        act = do_what_is_due if number % 3 == 1 else take_steps
        told = one_life(context, act, (hands.town, at, chance.randrange(10**6)), chance.random())
        result.met += told[-1:] == [BEGUN]
        with hands.sessions() as session:
            found = [*lost(session, told, result), *faults(session, hands.town.listing)]
            if sum(accounted(session, hands.town.listing)) != there_are:
                found.append("an opening was lost or made")
        result.faults += [f"round {number}: {each}" for each in found]
        free, at = hands.free(), at + timedelta(hours=2)
    result.faults += finish(hands, at, result)
    hands.close()
    return result


def one_life(
    context: BaseContext, act: Act, given: tuple[Town, datetime, int], share: float
) -> list[bytes]:
    """Start a process, kill it after a ``share`` of the most words; return what it told."""
    here, there = context.Pipe(duplex=False)
    process = context.Process(  # type: ignore[attr-defined]
        target=act, args=(there, *given), daemon=True
    )
    process.start()
    there.close()
    told: list[bytes] = []
    enough, deadline = 4 + int(share * MOST_WORDS), time.monotonic() + LONGEST_S
    while len(told) < enough and here.poll(max(deadline - time.monotonic(), 0.0)):
        told.append(here.recv_bytes())
    time.sleep(share * enough % 1 * LATER_S)
    process.kill()
    process.join()
    try:
        while True:
            told.append(here.recv_bytes())
    except (EOFError, OSError):
        return told


def take_steps(tell: Connection, town: Town, at: datetime, seed: int) -> None:
    """Take steps until killed; tell the id of each event once it is committed."""
    hands, chance = Hands(town), random.Random(seed)
    with hands.sessions() as session:
        here = select(Referral.id).where(Referral.listing_number == town.listing)
        known = list(session.scalars(here.order_by(Referral.created_at.desc()).limit(30)))
    while True:
        at += timedelta(seconds=1)
        tell.send_bytes(BEGUN)
        try:
            event = one_step(hands, chance, at, known)
        except DomainError:
            continue
        if event is not None:
            tell.send_bytes(f"step {event}".encode())


def one_step(hands: Hands, chance: random.Random, at: datetime, known: list[UUID]) -> UUID | None:
    """Send a new referral or move one along; return the id of the event."""
    if not known or chance.random() < 0.2:
        order = Order(
            chance.randrange(3), hold=chance.random() < 0.7, urgency=chance.choice(list(Urgency))
        )
        known.append(hands.ready(at, order))
        return hands.act(lambda s: last_event(s, hands.leaving(s, at, known[-1])))
    referral, role = chance.choice(known), chance.choice([Role.OFFICER, Role.PROVIDER])
    state = hands.state(referral, at)
    actions = sorted(t.action for t in lifecycle.choices(state, role) if t.action not in LEAVES)
    if not actions:
        return None
    step = complete(chance.choice(actions), state, role, at)
    return hands.act(lambda s: last_event(s, hands.stepping(s, at, role, referral, step)))


def last_event(session: Session, referral: UUID) -> UUID:
    statement = select(ReferralEvent.id).where(ReferralEvent.referral_id == referral)
    return session.scalars(statement.order_by(ReferralEvent.sequence.desc()).limit(1)).one()


def do_what_is_due(tell: Connection, town: Town, at: datetime, _seed: int) -> None:
    """Do what is due until killed; tell the id of each once it is committed."""
    hands = Hands(town)
    while True:
        tell.send_bytes(BEGUN)
        for due in hands.due(at):
            tell.send_bytes(BEGUN)
            if hands.do(at, due):  # else it lapsed with one before it
                tell.send_bytes(f"due {due}".encode())
        hands.offer(at)
        time.sleep(0.01)


def lost(session: Session, told: list[bytes], result: Result) -> list[str]:
    """Return which of what was told is not there."""
    said = [each.decode().split() for each in told if each != BEGUN]
    steps = {UUID(number) for kind, number in said if kind == "step"}
    due = {UUID(number) for kind, number in said if kind == "due"}
    events = set(session.scalars(select(ReferralEvent.id)))
    done = set(session.scalars(select(ReferralDue.id).where(ReferralDue.done_at.is_not(None))))
    result.steps, result.due = result.steps + len(steps), result.due + len(due)
    return [f"event {each} is lost" for each in steps - events] + [
        f"due {each} is lost" for each in due - done
    ]


def finish(hands: Hands, at: datetime, result: Result) -> list[str]:
    """Do the rest of what is due, and hold the whole to what was done."""
    at += timedelta(days=200)
    while hands.do_all(at):
        pass
    with hands.sessions() as session:
        found = faults(session, hands.town.listing)
        if left := hands.due(at):
            found.append(f"{len(left)} things stay due")
        by_app = func.count(ReferralEvent.id)
        events = session.scalar(select(by_app).where(ReferralEvent.action.in_(BY_THE_APP)))
        done = session.scalar(
            select(func.count(ReferralDue.id)).where(
                ReferralDue.done_at.is_not(None), ReferralDue.kind != DueKind.HOLD_ENDS
            )
        )
        if events != done:
            found.append(f"{done} things were done, with {events} events")
        result.events = session.scalar(select(func.count(ReferralEvent.id))) or 0
    return found


def whole(file: Path) -> list[str]:
    """Return what SQLite itself finds wrong with the file."""
    with closing(sqlite3.connect(file)) as database:
        said = [row[0] for row in database.execute("PRAGMA integrity_check")]
    return [] if said == ["ok"] else said


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    chosen = parser.parse_args()
    rounds = QUICK_ROUNDS if chosen.quick else chosen.rounds
    results = {}
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "loop.db"
        results["sqlite"] = kills(f"sqlite:///{file}", rounds, chosen.seed)
        results["sqlite"].faults += whole(file)
    if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        with contextmanager(private_server)() as url:
            results["postgresql"] = kills(url, rounds, chosen.seed)
    figures = {kind: asdict(result) for kind, result in results.items()}
    for kind, result in figures.items():
        print(kind, *(f"  {name}: {value}" for name, value in result.items()), sep="\n")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n")
    sys.exit(1 if any(result.faults for result in results.values()) else 0)


if __name__ == "__main__":
    main()
