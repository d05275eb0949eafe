"""R04: four real ``resourcedir worker`` processes on one database; what is due is done once.

One of them is killed in the middle of it.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bench.loop.town import Hands, people_in
from resourcedir import clock
from resourcedir.db import writing
from resourcedir.migrations import config_for
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.lifecycle import Action, Status
from resourcedir.referrals.models import IntakeAppointment, Referral, ReferralDue, ReferralEvent
from tests.conftest import NOON

WORKERS, ROWS = 4, 500
PATIENCE_S = 60
# The usual pause between two looks would make this test a test of patience.
LOOKS_OFTEN = (
    "import sys; from resourcedir.referrals import worker; worker.PAUSE_S = 0.05;"
    " from resourcedir.cli import main; sys.argv = ['resourcedir', 'worker']; main()"
)
Worker = subprocess.Popen[str]
MAKES = {
    DueKind.REMIND: Action.REMIND,
    DueKind.ESCALATE: Action.ESCALATE,
    DueKind.EXPIRE: Action.EXPIRE,
    DueKind.INTAKE_AHEAD: Action.REMIND,
}


def multiply(session: Session, referral: Referral, at: datetime) -> dict[DueKind, int]:
    """Make ``ROWS`` copies of a referral, each with one thing that is due at ``at``."""
    first = dict(session.execute(select(Referral.__table__)).mappings().one())
    sent = dict(session.execute(select(ReferralEvent.__table__)).mappings().one())
    rows, events, due, intakes = [], [], [], []
    for number in range(ROWS):
        kind = list(MAKES)[number % len(MAKES)]
        ahead = kind is DueKind.INTAKE_AHEAD
        status = Status.INTAKE_SCHEDULED if ahead else Status.SENT
        new = uuid4()
        more = {"reference": f"R-{number}", "form_token": uuid4(), "status": status}
        rows.append({**first, **more, "id": new, "answer_due_at": None if ahead else at})
        events.append({**sent, "id": uuid4(), "referral_id": new})
        due.append({"id": uuid4(), "referral_id": new, "kind": kind, "at": at})
        if ahead:
            intakes.append(
                {
                    "id": uuid4(),
                    "referral_id": new,
                    "starts_at": at + timedelta(days=1),
                    "minutes": 60,
                    "time_zone": "America/New_York",
                    "set_at": at,
                    "sequence": 0,
                }
            )
    for table, made in (
        (Referral, rows),
        (ReferralEvent, events),
        (IntakeAppointment, intakes),
        (ReferralDue, due),
    ):
        session.execute(insert(table.__table__), made)
    return dict(Counter(each["kind"] for each in due))


@pytest.fixture
def hands(tables_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    with people_in(tables_url) as town, monkeypatch.context() as stopped:
        stopped.setattr(clock, "now", lambda: NOON)
        made = Hands(town())
    command.stamp(config_for(made.engine), "head")
    yield made
    made.close()


@pytest.fixture
def referral(hands: Hands) -> UUID:
    """Give one that was sent and waits for nothing, to be copied."""
    referral = hands.sent(NOON)
    with hands.sessions() as session:
        writing(session).execute(ReferralDue.__table__.delete())
        session.commit()
    return referral


def started(url: str, folder: Path) -> Worker:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("RESOURCEDIR_")}
    return subprocess.Popen(
        [sys.executable, "-c", LOOKS_OFTEN],
        env={
            **environ,
            "RESOURCEDIR_DATABASE_URL": url,
            "RESOURCEDIR_DATA_DIR": str(folder),
            "RESOURCEDIR_KEY_FILE": str(folder / "keys"),
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def left(hands: Hands) -> int:
    with hands.sessions() as session:
        open_rows = select(func.count()).where(
            ReferralDue.done_at.is_(None), ReferralDue.at <= datetime.now(UTC)
        )
        return session.scalar(open_rows) or 0


def wait_until(hands: Hands, at_most: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while left(hands) > at_most:
        assert time.monotonic() < deadline, f"{left(hands)} are left"
        time.sleep(0.02)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the data folder that all workers share."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "keys").write_text((b"k" * 32).hex() + "\n")
    (folder / "keys").chmod(0o600)
    return folder


@pytest.fixture
def workers(tables_url: str, folder: Path, referral: UUID) -> Iterator[list[Worker]]:
    """Give workers that have begun to look for what is due, and find nothing yet."""
    with ExitStack() as stack:
        workers = [started(tables_url, folder) for _ in range(WORKERS)]
        for each in workers:
            stack.callback(each.wait)
            stack.callback(each.kill)
            stack.callback(each.stdout.close)
        for each in workers:
            assert "doing what is due" in each.stdout.readline()
        yield workers


def test_four_workers_of_whom_one_is_killed_do_500_things_once_each(hands, referral, workers):
    with hands.sessions() as session:
        row = writing(session).get_one(Referral, referral)
        kinds = multiply(session, row, datetime.now(UTC) - timedelta(hours=1))
        session.commit()
    wait_until(hands, ROWS - 60)
    workers[1].send_signal(signal.SIGKILL)
    wait_until(hands, 0)
    for each in workers:
        each.terminate()
    told = [each.communicate(timeout=PATIENCE_S)[0] for each in workers]

    assert [each.returncode for each in workers] == [0, -9, 0, 0]
    assert "Error" not in "".join(told)
    with hands.sessions() as session:
        events = session.execute(
            select(ReferralEvent.referral_id, ReferralEvent.action, ReferralEvent.sequence).where(
                ReferralEvent.action != Action.SEND
            )
        ).all()
        expired = select(func.count()).where(Referral.status == Status.EXPIRED)
        assert session.scalar(expired) == kinds[DueKind.EXPIRE]
    assert len(events) == len({each.referral_id for each in events}) == ROWS
    assert {each.sequence for each in events} == {2}
    wanted: Counter[Action] = Counter()
    for kind, count in kinds.items():
        wanted[MAKES[kind]] += count
    assert Counter(each.action for each in events) == wanted
