"""How long the whole /search page takes: sign-in, index, database, words, template, HTTP.

Signed in as officers, 20 results a page, a mix of searches; at 12,176 and 100,000 listings, by one
and by two processes, with one connection (how long somebody waits) and with eight (how many pages
there are a second). The peer is a static file of the same server in the same run.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from bench.harness import options
from bench.web import asking
from bench.web.asking import Asked, ask
from bench.web.questions import searches
from bench.web.stage import Served, Stage, generated, national, officers, served

RESULTS: Final = 20  # of each page that is asked for
STATIC: Final = "/static/app.css"
CONNECTIONS: Final = (1, 8)
CANDIDATES: Final = 400
PAGES: Final = 40
QUICK: Final = 2_000  # listings


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; ``ratio`` is that of its pages a second to the static file's."""

    listings: str
    processes: int
    connections: int
    page: Asked
    static: Asked
    cpu_ms: float  # that the cores work for one page, whatever else they do meanwhile

    @property
    def ratio(self) -> float:
        return self.static.per_second / (self.page.per_second or float("inf"))


def main() -> None:
    """Measure and print; exit 1 if any page failed."""
    chosen = options(__doc__ or "")
    stages = [generated(QUICK)] if chosen.quick else [national(), generated(100_000)]
    seconds = 3.0 if chosen.quick else 15.0
    lines = [line for stage in stages for line in _measured(stage, seconds)]
    _print(lines)
    if chosen.json:
        rows = [{**asdict(line), "ratio": line.ratio} for line in lines]
        facts = {"asked_by": asking.ASKER, "cores": os.cpu_count(), "lines": rows}
        chosen.json.write_text(json.dumps(facts, indent=1) + "\n")
    sys.exit(any(line.page.errors or line.static.errors for line in lines))


def _measured(stage: Stage, seconds: float) -> list[Line]:
    with stage.app() as app:
        cookies = [each.cookie for each in officers(app, 4)]
    lines: list[Line] = []
    paths: Sequence[str] = ()
    for processes in (1, 2):
        with served(stage, processes) as server:
            paths = paths or _full_pages(server, cookies[0])
            ask(server.port, paths, cookies, 8, min(seconds, 3))  # each process warms up
            for connections in CONNECTIONS:
                before = server.cpu_s()
                page = ask(server.port, paths, cookies, connections, seconds)
                cpu_ms = 1000 * (server.cpu_s() - before) / max(1, page.pages)
                static = ask(server.port, [STATIC], cookies, connections, min(seconds, 5))
                lines.append(Line(stage.about, processes, connections, page, static, cpu_ms))
                print(".", end="", file=sys.stderr, flush=True)
    return lines


def _full_pages(server: Served, cookie: str) -> Sequence[str]:
    """Return searches that have a whole page of results here."""
    found = []
    for path in searches(CANDIDATES):
        if asking.get(server.port, path, cookie).count('<li class="rd-row">') == RESULTS:
            found.append(path)
        if len(found) == PAGES:
            break
    if not found:
        raise RuntimeError("no search has a whole page of results")
    return found


def _print(lines: Sequence[Line]) -> None:
    print(f"\nasked by {asking.ASKER}, {os.cpu_count()} cores; the static page is {STATIC}\n")
    head = "processes  connections  median ms   p95 ms   cpu ms  pages/s"
    head += "  static ms  static/s  ratio  errors"
    about = ""
    for line in lines:
        if line.listings != about:
            about = line.listings
            print(f"{about}\n{head}")
        page, static = line.page, line.static
        print(
            f"{line.processes:9}  {line.connections:11}  {page.median_ms:9.1f}  {page.p95_ms:7.1f}"
            f"  {line.cpu_ms:7.1f}  {page.per_second:7.1f}  {static.median_ms:9.2f}"
            f"  {static.per_second:8.0f}  {line.ratio:5.1f}  {page.errors + static.errors:6}"
        )


if __name__ == "__main__":
    main()
