"""Fifty officers at once on 20,000 listings: searches, listings, clients, referral steps; no error.

Two web processes and the indexer, and one listing a second is said to be still true by another
process, so that the index is written meanwhile. Nobody pauses to think. The peer is one static file
of the same server, asked for by the same fifty in the same run. Exit 1 if anything went wrong.
"""

import json
import os
import sys
from dataclasses import asdict
from typing import Final

from bench.harness import options
from bench.web.changing import changing
from bench.web.stage import generated, served
from bench.web.team import team
from bench.web.working import Done, line, shift

OFFICERS: Final = 50
LISTINGS: Final = 20_000
QUICK: Final = 2_000  # listings
PROCESSES: Final = 2


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__ or "")
    stage = generated(QUICK if chosen.quick else LISTINGS)
    seconds = 6.0 if chosen.quick else 120.0
    workers = team(stage, OFFICERS)
    with served(stage, PROCESSES) as server:
        shift(server.port, workers, seconds / 10)  # warm-up
        static = shift(server.port, workers, seconds / 10, static=True)
        with changing(stage) as changes:
            work = shift(server.port, workers, seconds)
    ratio = static.per_second / work.per_second
    print(f"{stage.about}, {OFFICERS} officers, {PROCESSES} processes, {os.cpu_count()} cores")
    _print(work, static)
    print(
        f"\n{work.per_second:.1f} pages/s; static file {static.per_second:.0f}/s; ratio {ratio:.1f}"
    )
    errors = work.error_count + static.error_count
    print(f"{changes.count} listings changed meanwhile; errors: {errors}")
    for error in (*work.errors, *static.errors):
        print(f"  {error}")
    if chosen.json:
        facts = {"ratio": ratio, "errors": errors, "work": asdict(work), "static": asdict(static)}
        chosen.json.write_text(json.dumps({"about": stage.about, **facts}, indent=1) + "\n")
    sys.exit(errors > 0)


def _print(work: Done, static: Done) -> None:
    print(f"\n{'':22}  {'pages':>7}  {'median ms':>9}  {'p95 ms':>8}")
    for name, took in sorted({**work.took, **static.took}.items()):
        print(line(name, took))


if __name__ == "__main__":
    main()
