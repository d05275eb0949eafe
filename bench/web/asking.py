"""Asks a server for pages as fast as it gives them, and says how long each took.

By ``wrk`` where it is installed; else by connections of our own in a process apart, which cost the
machine more than wrk does. Which of the two asked is said with the figures.
"""

import http.client
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

WRK: Final = shutil.which("wrk")
ASKER: Final = "wrk" if WRK else "a process of our own"
_SCRIPT: Final = """
local paths, cookies, n = {%s}, {%s}, 0
request = function()
  n = n + 1
  return wrk.format("GET", paths[(n - 1) %% #paths + 1],
    {["Host"] = "127.0.0.1", ["Cookie"] = cookies[(n - 1) %% #cookies + 1]})
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"pages": %%d, "errors": %%d, "median_ms": %%f, '
    .. '"p95_ms": %%f, "seconds": %%f}\\n',
    summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, summary.duration / 1e6))
end
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of it; an error is anything but a page with 200."""

    pages: int
    errors: int
    median_ms: float
    p95_ms: float
    seconds: float

    @property
    def per_second(self) -> float:
        return self.pages / self.seconds


def ask(
    port: int, paths: Sequence[str], cookies: Sequence[str], connections: int, seconds: float
) -> Asked:
    """Ask for ``paths`` in turn over ``connections`` for ``seconds``."""
    if WRK:
        return _by_wrk(WRK, port, paths, cookies, connections, seconds)
    order = {"port": port, "paths": list(paths), "cookies": list(cookies)}
    order |= {"connections": connections, "seconds": seconds}
    command = [sys.executable, "-m", "bench.web.asking"]
    done = subprocess.run(
        command, input=json.dumps(order), capture_output=True, text=True, check=True
    )
    return Asked(**json.loads(done.stdout))


def _by_wrk(
    wrk: str,
    port: int,
    paths: Sequence[str],
    cookies: Sequence[str],
    connections: int,
    seconds: float,
) -> Asked:
    quoted = [", ".join(json.dumps(each) for each in some) for some in (paths, cookies)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT % tuple(quoted))
        script.flush()
        rate = ["-t", "1", "-c", str(connections), "-d", f"{max(1, round(seconds))}s"]
        command = [wrk, *rate, "--timeout", "30s", "-s", script.name, f"http://127.0.0.1:{port}/"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Asked(**json.loads(done.stdout.strip().splitlines()[-1]))


def _by_ourselves(
    port: int, paths: Sequence[str], cookies: Sequence[str], connections: int, seconds: float
) -> Asked:
    took: list[float] = []
    errors = [0]
    end = time.perf_counter() + seconds

    def visit(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = number
        while time.perf_counter() < end:
            begun = time.perf_counter()
            cookie = {"Cookie": cookies[turn % len(cookies)]}
            try:
                connection.request("GET", paths[turn % len(paths)], headers=cookie)
                answer = connection.getresponse()
                answer.read()
                errors[0] += answer.status != 200
            except (OSError, http.client.HTTPException):
                connection.close()
                errors[0] += 1
            took.append(time.perf_counter() - begun)
            turn += connections

    threads = [Thread(target=visit, args=(number,)) for number in range(connections)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    return Asked(
        pages=len(took),
        errors=errors[0],
        median_ms=statistics.median(took) * 1000,
        p95_ms=took[int(0.95 * len(took))] * 1000,
        seconds=time.perf_counter() - begun,
    )


def get(port: int, path: str, cookie: str) -> str:
    """Return one page.

    :raises RuntimeError: if it is not given with 200.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return page


def main() -> None:
    """Do what standard input orders and print what came of it."""
    asked = _by_ourselves(**json.loads(Path("/dev/stdin").read_text()))
    print(json.dumps({name: getattr(asked, name) for name in Asked.__slots__}))


if __name__ == "__main__":
    main()
