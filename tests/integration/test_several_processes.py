"""``resourcedir run --processes``: real processes on one port, on a folder of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.accounts.commands import NewUser, add_user
from resourcedir.db import engine_for, writing
from resourcedir.errors import DomainError
from resourcedir.identity import Role
from resourcedir.security.sealing import make_key_file

COMMAND = Path(sys.executable).parent / "resourcedir"
SEED = Path(__file__).parents[2] / "data" / "seed_resources.csv"
PATIENCE_S = 60
PASSWORD = "only for this test"


class Run:
    """``resourcedir run --processes 2`` in a process group of its own."""

    def __init__(self, folder: Path) -> None:
        make_key_file(folder / "keys")
        self.data = folder / "data"
        environ = {k: v for k, v in os.environ.items() if not k.startswith("RESOURCEDIR_")}
        self.environ = {
            **environ,
            "RESOURCEDIR_DATA_DIR": str(self.data),
            "RESOURCEDIR_KEY_FILE": str(folder / "keys"),
            "RESOURCEDIR_HTTPS": "0",
            "PYTHONUNBUFFERED": "1",
        }
        self.said = folder / "said"
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [COMMAND, "run", "--port", "0", "--processes", "2"],
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                env=self.environ,
                start_new_session=True,
            )
        line = self.process.stdout.readline()
        found = re.search(r"http://127.0.0.1:(\d+)/", line)
        assert found, self.said.read_text()
        self.port = int(found[1])
        assert self.answers()
        wait(lambda: len(self.children()) == 3)

    def answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=PATIENCE_S) as answer:
                return answer.status == 200
        except OSError:  # refused, or cut off by an end on the way
            return False

    def children(self) -> list[int]:
        """Return the indexer and then the web processes, in the order they were started."""
        pid = self.process.pid
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(each) for each in text.split()]

    def command(self, *words: object) -> str:
        parts = [COMMAND, *map(str, words)]
        done = subprocess.run(parts, env=self.environ, check=True, capture_output=True, text=True)
        return done.stdout

    @contextmanager
    def only(self, web: int) -> Iterator[None]:
        """Let one of the two web processes answer alone: the other sleeps."""
        others = [pid for pid in self.children()[1:] if pid != web]
        for pid in others:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in others:
                os.kill(pid, signal.SIGCONT)


class Person:
    """Somebody at work: one sign-in, and a connection of its own for each page."""

    def __init__(self, run: Run, role: Role, **of: str) -> None:
        self._address = f"http://127.0.0.1:{run.port}"
        self._opener = build_opener(HTTPCookieProcessor())
        new = NewUser(
            role=role, name="J. Doe", email=f"{role}@example.org", password=PASSWORD, **of
        )
        engine = engine_for(f"sqlite:///{run.data / 'resourcedir.db'}")
        with writing(Session(engine)) as session:
            add_user(session, new, at=clock.now())
            session.commit()
        engine.dispose()
        self.get("/sign-in")
        self.post("/sign-in", email=f"{role}@example.org", password=PASSWORD)

    def get(self, path: str) -> BeautifulSoup:
        return self._open(path, None)

    def post(self, path: str, **fields: str) -> BeautifulSoup:
        """Send ``fields`` with the token of the page that was seen last."""
        return self._open(path, urlencode({"csrf_token": self._token, **fields}).encode())

    def found(self, query: str) -> tuple[str, list[str], dict[str, str]]:
        """Return what a page of results says: how many, their names, the count of each filter."""
        page = self.get(f"/search?{query}")
        names = [each.text.strip() for each in page.select(".rd-row h2 a, .rd-row h3 a")]
        counts = {
            each.find_parent("label")["for"]: each.text
            for each in page.select("#narrow label .rd-count")
        }
        return page.h1.text.strip(), names, counts

    def _open(self, path: str, sent: bytes | None) -> BeautifulSoup:
        with self._opener.open(self._address + path, sent, PATIENCE_S) as answer:
            page = BeautifulSoup(answer.read(), "html.parser")
        if token := page.select_one("input[name=csrf_token]"):
            self._token = token["value"]
        return page


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Give one that a test may end, or whose order it may change."""
    yield from running(tmp_path)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Give one that several tests find with its indexer first and two web processes after it."""
    yield from running(tmp_path_factory.mktemp("lasting"))


def running(folder: Path) -> Iterator[Run]:
    started = Run(folder)
    yield started
    if started.process.poll() is None:
        started.process.terminate()
    started.process.wait(PATIENCE_S)
    started.process.stdout.close()


@pytest.mark.parametrize("how", ["term", "ctrl-c"])
def test_all_processes_stop_when_they_are_told_to(run: Run, how: str) -> None:
    children = run.children()
    if how == "term":
        run.process.terminate()
    else:  # a terminal tells each process of its group
        os.killpg(run.process.pid, signal.SIGINT)

    assert run.process.wait(PATIENCE_S) == 0
    assert not any(is_alive(pid) for pid in children)
    assert "Traceback" not in run.said.read_text()
    socket.create_server(("127.0.0.1", run.port)).close()


def test_another_web_process_takes_the_place_of_one_that_is_killed(lasting: Run) -> None:
    run = lasting
    _, first, second = run.children()
    for pid in (first, second):
        os.kill(pid, signal.SIGKILL)
    wait(lambda: len(run.children()) == 3 and not {first, second} & set(run.children()))

    assert run.answers()
    assert "web process 1 ended (-9): another takes its place" in run.said.read_text()


def test_another_indexer_takes_the_place_of_one_that_is_killed(run: Run, tmp_path: Path) -> None:
    os.kill(run.children()[0], signal.SIGKILL)
    few = tmp_path / "few.csv"
    few.write_text("".join(SEED.read_text().splitlines(keepends=True)[:3]))

    assert "2 added" in run.command("import", "csv", few)  # it returns when they can be found
    assert '"total": 2' in run.command("search", "--json")


def test_every_process_finds_what_was_changed_through_one_of_them(
    lasting: Run, tmp_path: Path
) -> None:
    run = lasting
    few = tmp_path / "few.csv"
    few.write_text("".join(SEED.read_text().splitlines(keepends=True)[:5]))
    run.command("import", "csv", few)
    officer = Person(run, Role.OFFICER, agency="Hamilton County", team="East")
    provider = Person(run, Role.PROVIDER, organization="Riverbend Recovery")
    first, second = run.children()[1:]

    def seen() -> list[object]:
        answers = []
        for web in (first, second):
            with run.only(web):
                answers += [officer.found("q=house") for _ in range(3)]
        assert run.children()[1:] == [first, second]
        return answers

    before = seen()
    assert before == [before[0]] * 6
    assert "Riverbend House, men" in before[0][1]
    assert before[0][2]["need-housing"] == "2"

    with run.only(first):
        provider.get("/listings/1/withdraw")
        provider.post("/listings/1/withdraw")
    # A withdrawn listing is left out at once; that the counts follow is the index's work.
    wait(lambda: all(each[2]["need-housing"] == "1" for each in seen()))

    after = seen()
    assert after == [after[0]] * 6
    assert set(before[0][1]) - set(after[0][1]) == {"Riverbend House, men"}


def test_no_process_outlives_a_parent_that_is_killed(run: Run) -> None:
    children = run.children()
    run.process.kill()

    wait(lambda: not any(is_alive(pid) for pid in children))
    wait(lambda: not run.answers())


def test_processes_that_end_again_and_again_end_all_with_a_message() -> None:
    code = (
        "from resourcedir.serving import _Crew\n"
        "crew = _Crew()\n"
        "crew.start('a web process', lambda: 1 / 0)\n"
        "crew.watch()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert DomainError.__name__ in done.stderr
    assert "end again and again" in done.stderr
    assert done.stderr.count("ZeroDivisionError") == 11


def test_no_process_at_all_is_refused_in_words() -> None:
    done = subprocess.run(
        [COMMAND, "run", "--processes", "0"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "0 is not in the range 1<=x<=64" in done.stderr
