"""How long Today takes with 120 clients and 400 referrals, and with ten times as many.

Asked over HTTP, signed in, of the app as it is served; the peer is a static file of the same server
in the same run. Beside it the number of statements that one page sends: the same for any number of
rows, or the command fails.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from flask import Flask
from sqlalchemy import event, select

from bench.harness import options
from bench.page import STATIC
from bench.web import asking
from bench.web.asking import Asked, ask
from bench.web.stage import SignedIn, Stage, generated, officers, served
from bench.web.worklist import fill
from resourcedir import clock
from resourcedir.directory.models import Listing
from resourcedir.extensions import db

LISTINGS: Final = 2_000
REFERRED_TO: Final = 50
SCALES: Final = (1, 10)
CLIENTS, REFERRALS = 120, 400
PAGES: Final = ("/today", "/today/clients")


@dataclass(frozen=True, slots=True)
class Line:
    """One page at one size; ``statements`` are those that read."""

    address: str
    clients: int
    referrals: int
    statements: int
    page: Asked
    static: Asked

    @property
    def ratio(self) -> float:
        return self.page.median_ms / self.static.median_ms


def main() -> None:
    """Measure and print; exit 1 if a page failed, or asks more for more rows."""
    chosen = options(__doc__ or "")
    stage, seconds = generated(LISTINGS), 3.0 if chosen.quick else 15.0
    with stage.app() as app:
        people = _people(app)
        counts = {
            (address, scale): _statements(app, address, who)
            for scale, who in people.items()
            for address in PAGES
        }
    lines = _measured(stage, people, counts, seconds)
    _print(lines)
    if chosen.json:
        rows = [{**asdict(line), "ratio": line.ratio} for line in lines]
        facts = {"asked_by": asking.ASKER, "cores": os.cpu_count(), "lines": rows}
        chosen.json.write_text(json.dumps(facts, indent=1) + "\n")
    grows = any(counts[address, 1] != counts[address, 10] for address in PAGES)
    sys.exit(grows or any(line.page.errors or line.static.errors for line in lines))


def _people(app: Flask) -> dict[int, SignedIn]:
    """Return an officer for each scale, new ones in each run, with their clients and referrals."""
    found = dict(zip(SCALES, officers(app, len(SCALES)), strict=True))
    with db.sessionmaker() as session:
        listings: dict[int, UUID] = dict(
            session.execute(
                select(Listing.number, Listing.organization_id)
                .order_by(Listing.number)
                .limit(REFERRED_TO)
            ).all()
        )
        for scale, who in found.items():
            fill(session, who.identity, listings, clock.now(), scale)
    return found


def _statements(app: Flask, address: str, who: SignedIn) -> int:
    """Return how many statements that read one page sends, after a first one."""
    browser, sent = app.test_client(), []
    name, _, value = who.cookie.partition("=")
    browser.set_cookie(name, value)

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    browser.get(address)
    event.listen(db.engine, "before_cursor_execute", note)
    answer = browser.get(address)
    event.remove(db.engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return len(sent)


def _measured(
    stage: Stage,
    people: dict[int, SignedIn],
    counts: dict[tuple[str, int], int],
    seconds: float,
) -> list[Line]:
    lines = []
    with served(stage, 1) as server:
        for scale, who in people.items():
            for address in PAGES:
                ask(server.port, [address], [who.cookie], 1, min(seconds, 2))  # warms up
                page = ask(server.port, [address], [who.cookie], 1, seconds)
                static = ask(server.port, [STATIC], [who.cookie], 1, min(seconds, 5))
                count = counts[address, scale]
                lines.append(Line(address, CLIENTS * scale, REFERRALS * scale, count, page, static))
                print(".", end="", file=sys.stderr, flush=True)
    return lines


def _print(lines: Sequence[Line]) -> None:
    print(f"\nasked by {asking.ASKER}, {os.cpu_count()} cores; the static page is {STATIC}\n")
    print("page            clients  referrals  statements  median ms   p95 ms  static ms  ratio")
    for line in lines:
        print(
            f"{line.address:14}  {line.clients:7}  {line.referrals:9}  {line.statements:10}"
            f"  {line.page.median_ms:9.1f}  {line.page.p95_ms:7.1f}"
            f"  {line.static.median_ms:9.2f}  {line.ratio:5.1f}"
        )


if __name__ == "__main__":
    main()
