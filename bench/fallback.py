"""What one answer of the database costs while there is no index: the worst questions known.

Processor time of the process, so that a busy machine says nearly the same; the least of three. Exit
1 if one takes two seconds or more.
"""

import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.harness import options
from bench.web.stage import Stage, generated, national
from resourcedir import clock
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.extensions import db
from resourcedir.search.ask import Ask
from resourcedir.search.queries import Searcher

QUICK: Final = 2_000  # listings
ROUNDS: Final = 3
MOST_S: Final = 2.0
COMMON: Final = "people leaving custody treatment evening groups staff help papers classes bus work"
MANY: Final = {"language": frozenset({"es"}), "payer": frozenset({"medicaid"})}
ASKS: Final = {
    "nothing at all": Ask(),
    "one need in words": Ask(words="methadone"),
    "two needs in words": Ask(words="women housing"),
    "a town": Ask(words="chattanooga"),
    "twelve common words": Ask(words=COMMON),
    "two misspelt words": Ask(words="methadoen outpatint near 60601"),
    "what nobody has": Ask(words="qqqq zzzz"),
    "what nobody has, near": Ask(words="qqqq zzzz", near="37402"),
    "words within 100 miles": Ask(words="methadone", near="60601", within=100.0),
    "words at any distance": Ask(words="methadone women", near="60601", within=None),
    "filters": Ask(**MANY),
    "open now": Ask(open_now=True),
    "open tonight with free places": Ask(tonight=True, openings=True),
    "a need with free places": Ask(need="detox", openings=True),
    "all of it": Ask(words=COMMON, near="60601", within=None, open_now=True, tonight=True, **MANY),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Seconds of the processor for one question, and how much was looked through for it."""

    asked: str
    cpu_s: float
    found: int
    looked_at: int
    of: int


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__ or "")
    stages = [generated(QUICK)] if chosen.quick else [national(), generated(100_000)]
    lines = {stage.about: _measured(stage) for stage in stages}
    print(f"{os.cpu_count()} cores")
    for about, some in lines.items():
        print(f"\n{about}\n{'':30}  cpu s   found  looked at      of")
        for each in some:
            figures = f"{each.cpu_s:5.2f}  {each.found:6}  {each.looked_at:9}  {each.of:6}"
            print(f"{each.asked:30}  {figures}")
    if chosen.json:
        facts = {about: {each.asked: each.cpu_s for each in some} for about, some in lines.items()}
        chosen.json.write_text(json.dumps(facts, indent=1) + "\n")
    sys.exit(any(each.cpu_s >= MOST_S for some in lines.values() for each in some))


def _measured(stage: Stage) -> list[Line]:
    with stage.app(), TemporaryDirectory() as empty:
        index = WhooshIndex(Path(empty))
        return [_line(index, name, ask) for name, ask in ASKS.items()]


def _line(index: WhooshIndex, name: str, ask: Ask) -> Line:
    took = []
    for _ in range(ROUNDS):
        searcher = Searcher(index, home_state="TN", now=clock.now())
        with db.sessionmaker() as session:
            start = time.process_time()
            results = searcher.results(session, ask)
            took.append(time.process_time() - start)
    if results.reach is None:
        raise RuntimeError("an index has answered")
    return Line(name, min(took), results.total, results.reach.looked_at, results.reach.of)


if __name__ == "__main__":
    main()
