"""``resourcedir run --processes``: real processes on one port, on a folder of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from resourcedir.errors import DomainError
from resourcedir.security.sealing import make_key_file

COMMAND = Path(sys.executable).parent / "resourcedir"
SEED = Path(__file__).parents[2] / "data" / "seed_resources.csv"
PATIENCE_S = 20


class Run:
    """``resourcedir run --processes 2`` in a process group of its own."""

    def __init__(self, folder: Path) -> None:
        make_key_file(folder / "keys")
        environ = {k: v for k, v in os.environ.items() if not k.startswith("RESOURCEDIR_")}
        self.environ = {
            **environ,
            "RESOURCEDIR_DATA_DIR": str(folder / "data"),
            "RESOURCEDIR_KEY_FILE": str(folder / "keys"),
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
        except URLError:
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


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    started = Run(tmp_path)
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


def test_another_web_process_takes_the_place_of_one_that_is_killed(run: Run) -> None:
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


def test_no_process_outlives_a_parent_that_is_killed(run: Run) -> None:
    children = run.children()
    run.process.kill()

    wait(lambda: not any(is_alive(pid) for pid in children))
    assert not run.answers()


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
