import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients.models import Client
from resourcedir.clients.queries import known_of
from resourcedir.identity import Officer
from resourcedir.places.point import Point
from resourcedir.security.sealing import KEYRING, Keyring
from resourcedir.settings import DEMO_KEYS

COMMAND = Path(sys.executable).parent / "resourcedir"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Run the demo's own check once, on a fresh folder."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = subprocess.run(
        [COMMAND, "demo", "--data", folder, "--port", "0", "--check"],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=_environ(),
    )
    return folder, done


def _environ():
    return {k: v for k, v in os.environ.items() if not k.startswith("RESOURCEDIR_")}


def count(folder, table):
    engine = create_engine(f"sqlite:///{folder / 'resourcedir.db'}")
    with engine.connect() as connection:
        found = connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
    engine.dispose()
    return found


def test_the_check_answers_a_search_over_http(checked):
    _, done = checked

    assert done.returncode == 0, done.stderr
    assert '/healthz: {"index_lag":0,"ok":true}' in done.stdout
    assert re.search(r"/search\?q=detox&near=37402: \d+ place", done.stdout)


def test_the_folder_has_a_caseload_in_every_state(checked):
    folder, _ = checked

    assert count(folder, "client") == 40
    assert count(folder, "referral") == 120
    assert count(folder, "(SELECT DISTINCT status FROM referral)") == 14
    assert count(folder, "organization") >= 160
    assert count(folder, "service") >= 300
    assert count(folder, "job_lead") >= 40
    assert count(folder, "listing WHERE source != 'Example'") == 0
    assert count(folder, "(SELECT DISTINCT client_id FROM client_fact)") == 32
    assert count(folder, "client_zone") == 5


def test_one_client_has_all_that_makes_placing_hard(checked):
    folder, _ = checked
    engine = create_engine(f"sqlite:///{folder / 'resourcedir.db'}")
    keyring = Keyring.from_file(folder / DEMO_KEYS)
    with Session(engine, info={KEYRING: keyring}) as session:
        client = session.scalars(select(Client).where(Client.case_number == "C-1098")).one()
        user = session.scalars(select(User).where(User.email == "officer@example.org")).one()
        known = known_of(session, Officer(user.id, user.agency_id, user.team_id), client.id)
    engine.dispose()

    facts, (zone,) = known.facts, known.limits.zones
    assert facts.gender == "men"
    assert facts.offenses.yes == {"arson"}
    assert facts.medications.yes == {"buprenorphine"}
    assert {"state-id", "photo-id"} <= facts.documents.no
    assert known.limits.curfew is not None
    assert known.limits.curfew.to_text().startswith("Mo-Su 20:00-06:00")
    assert (zone.point, round(zone.buffer_m, 1)) == (Point(35.0456, -85.3097), 304.8)


def test_it_starts_again_with_its_data_prints_the_sign_ins_and_stops_cleanly(checked):
    folder, _ = checked
    process = subprocess.Popen(
        [COMMAND, "demo", "--data", folder, "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env={**_environ(), "PYTHONUNBUFFERED": "1"},
    )
    said = ""
    for line in process.stdout:
        said += line
        if "Stop it" in line:
            break
    address = re.search(r"http://[0-9.:]+/", said)[0]
    with urlopen(address + "healthz", timeout=20) as answer:  # noqa: S310 -- our own address
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=30) == 0
    process.stdout.close()
    for role in ("officer", "supervisor", "provider", "administrator"):
        assert re.search(rf"{role} +\S+@example.org", said)
    assert count(folder, "referral") == 120


def test_no_other_database_is_filled_with_invented_people(tmp_path):
    done = subprocess.run(
        [COMMAND, "demo", "--data", tmp_path / "new", "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={**_environ(), "RESOURCEDIR_DATABASE_URL": f"sqlite:///{tmp_path / 'real.db'}"},
    )

    assert done.returncode == 1
    assert "RESOURCEDIR_DATABASE_URL is set" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    done = subprocess.run(
        [COMMAND, "demo", "--data", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        env=_environ(),
    )

    assert done.returncode == 1
    assert "give --data another folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
