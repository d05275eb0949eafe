"""Officers at work over HTTP, each on a thread: searching, reading, looking at clients, referring.

Run as a process of its own: standard input says who works how long, standard output gets how often
each thing was done, how long it took, and what went wrong. Nobody pauses to think.
"""

import html
import http.client
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from random import Random
from threading import Lock, Thread
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from bench.web.questions import searches

STATIC: Final = "/static/app.css"
MOST_TOLD: Final = 20  # errors that are told in words
NEED: Final = "sober-living"
_FORM: Final = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_INPUT: Final = re.compile(r"<input\b([^>]*)>")
_CHOSEN: Final = re.compile(
    r'<select[^>]*name="(\w+)".*?<option selected value="([^"]*)"', re.DOTALL
)
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_LISTING: Final = re.compile(r'href="(/listings/\d+[^"]*)"')
_REFERRAL: Final = re.compile(r"/referrals/([0-9a-f-]{36})")


class Wrong(Exception):
    """Something else came than the page that was asked for."""


@dataclass(slots=True)
class Worker:
    """Who works: the cookie of a sign-in, the ids of own clients and the listings to refer to."""

    cookie: str
    clients: list[str]
    listings: list[int]


@dataclass(slots=True)
class Done:
    """What a shift came to: seconds of each page by what it was, and errors in words."""

    seconds: float = 0.0
    took: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    error_count: int = 0

    @property
    def pages(self) -> int:
        return sum(map(len, self.took.values()))

    @property
    def per_second(self) -> float:
        return self.pages / self.seconds


def shift(port: int, workers: Sequence[Worker], seconds: float, *, static: bool = False) -> Done:
    """Let all work at once for ``seconds`` and return what it came to.

    With ``static`` each only asks for one static file, over and over: the peer.
    """
    process = begin(port, workers, seconds, static=static)
    return ended(process)


def begin(
    port: int, workers: Sequence[Worker], seconds: float, *, static: bool = False
) -> subprocess.Popen[str]:
    """Begin a shift and return its process."""
    people = [asdict(each) for each in workers]
    order = {"port": port, "seconds": seconds, "static": static, "workers": people}
    command = [sys.executable, "-m", "bench.web.working"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if process.stdin:
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        process.stdin = None
    return process


def ended(process: subprocess.Popen[str]) -> Done:
    """Wait for the end of a shift and return what it came to."""
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("the officers' process failed: see above")
    return Done(**json.loads(said))


def line(name: str, took: Sequence[float]) -> str:
    """Return a line of a table: how often, median and 95th percentile in milliseconds."""
    ordered = sorted(took)
    p95 = ordered[int(0.95 * len(ordered))] * 1000
    return f"{name:22}  {len(took):7}  {statistics.median(ordered) * 1000:9.1f}  {p95:8.1f}"


class Officer:
    """One officer's browser and day."""

    def __init__(self, port: int, who: Worker, done: Done, lock: Lock, seed: int) -> None:
        self._port, self._who, self._done, self._lock = port, who, done, lock
        self._random = Random(seed)
        self._searches = list(searches(200))
        self._cookie = who.cookie
        self._connection: http.client.HTTPConnection | None = None

    def work(self, end: float, *, static: bool) -> None:
        """Do one thing after another until ``end``."""
        things = [self._static] if static else [
            *[self._search] * 4, *[self._read] * 3, *[self._look_at_clients] * 3,
            self._match, self._refer,
        ]  # fmt: skip
        while time.perf_counter() < end:
            try:
                self._random.choice(things)()
            except (Wrong, OSError, http.client.HTTPException) as error:
                self._connection = None
                with self._lock:
                    self._done.error_count += 1
                    if len(self._done.errors) < MOST_TOLD:
                        self._done.errors.append(f"{type(error).__name__}: {error}")

    def _static(self) -> None:
        self._get("static file", STATIC)

    def _search(self) -> str:
        return self._get("search", self._random.choice(self._searches))

    def _read(self) -> None:
        if found := _LISTING.findall(self._search()):
            self._get("listing", html.unescape(self._random.choice(found)))

    def _look_at_clients(self) -> None:
        self._get("caseload", "/clients")
        self._get("client", f"/clients/{self._client}")

    def _match(self) -> None:
        page = self._get("client", f"/clients/{self._client}")
        self._submit("search for a client", page, "/match", {"need": NEED})

    def _refer(self) -> None:
        client, listing = self._client, self._random.choice(self._who.listings)
        page = self._get("client", f"/clients/{client}")
        given = {"client_id": client, "listing": str(listing), "form_token": str(uuid4())}
        token = _hidden(page)["csrf_token"]
        about = {**given, "need": NEED, "csrf_token": token}
        page = self._send("referral: start", "/referrals/start", about)
        page = self._submit("referral: how", page, "/how", {"mode": "recorded"})
        said = {"contact_by": "call", "note": "Comes by bus."}
        page = self._submit("referral: what to say", page, "/details", said)
        page = self._submit("referral: check", page, "/check", {"right": "y"})
        found = _REFERRAL.search(page)
        if found is None:
            raise Wrong("no referral on the page after it was recorded")
        page = self._get("referral", f"/referrals/{found[1]}")
        step = f"/referrals/{found[1]}/step/withdraw"
        page = self._get("referral: step", step)
        self._submit("referral: step", page, "/step/withdraw", {"reason": "other_place"})

    @property
    def _client(self) -> str:
        return self._random.choice(self._who.clients)

    def _submit(self, what: str, page: str, ends: str, values: Mapping[str, str]) -> str:
        """Fill in the form whose action ends so, send it and return the page it leads to."""
        for attributes, inside in _FORM.findall(page):
            action = html.unescape(dict(_ATTRIBUTE.findall(attributes)).get("action", ""))
            if action.endswith(ends):
                sent = {**_hidden(inside), **dict(_CHOSEN.findall(inside)), **values}
                return self._send(what, action, sent)
        raise Wrong(f"{what}: no form for {ends}")

    def _send(self, what: str, path: str, values: Mapping[str, str]) -> str:
        status, body = self._ask(what, "POST", path, urlencode(values))
        if status != 303:
            raise Wrong(f"{what}: {status}")
        return self._get(what, body)

    def _get(self, what: str, path: str) -> str:
        status, body = self._ask(what, "GET", path)
        if status == 303:
            status, body = self._ask(what, "GET", body)
        if status != 200:
            raise Wrong(f"{what}: {status}")
        return body

    def _ask(self, what: str, method: str, path: str, data: str | None = None) -> tuple[int, str]:
        """Return status and page; of a redirect where it leads."""
        begun = time.perf_counter()
        self._connection = self._connection or http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=60
        )
        headers = {"Cookie": self._cookie}
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body=data, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read().decode()
        if fresh := answer.headers.get("Set-Cookie"):
            self._cookie = fresh.partition(";")[0]
        with self._lock:
            self._done.took.setdefault(what, []).append(time.perf_counter() - begun)
        return answer.status, answer.headers.get("Location", body)


def _hidden(part: str) -> dict[str, str]:
    found = (dict(_ATTRIBUTE.findall(each)) for each in _INPUT.findall(part))
    return {
        each["name"]: html.unescape(each.get("value", ""))
        for each in found
        if each.get("type") == "hidden" and "name" in each
    }


def main() -> None:
    """Do what standard input orders and print what came of it."""
    order = json.loads(sys.stdin.read())
    done, lock = Done(), Lock()
    begun = time.perf_counter()
    end = begun + order["seconds"]
    threads = []
    for seed, who in enumerate(order["workers"]):
        officer = Officer(order["port"], Worker(**who), done, lock, seed)
        threads.append(Thread(target=officer.work, args=(end,), kwargs={"static": order["static"]}))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.seconds = time.perf_counter() - begun
    print(json.dumps(asdict(done)))


if __name__ == "__main__":
    main()
