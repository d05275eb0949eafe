"""A month of referrals through the app's own commands on a moved clock, in two worlds.

In both the same officers wish for the same referrals to the same providers; in one the officers
follow the page Today, in the other they do not. Nothing sleeps, and the same seed gives the same
figures. Each night and at the end the tables are checked: events replayed through the pure rules,
deadlines and openings reckoned once more by other code, holds, waiting lists, and what is due.
Exit 1 if anything does not hold.

What it shows is that the app keeps its own rules, and what rows that are acted on are worth *under
the assumptions* in ``bench/simulating``. How people behave in a real town it cannot show.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bench.simulating.databases import empty
from bench.simulating.figures import Figures, figures
from bench.simulating.month import Size, World
from bench.simulating.town import Many

PER_OFFICER: Final = 200  # 5,000 by 25
CLIENTS: Final = 40
SERVICES: Final = 6  # for each need, at the most
QUICK: Final = 300
SEED: Final = 1861
SHOWN: Final = 20  # faults in words; the rest is counted
WORLDS: Final = {"follows Today": True, "does not": False}


def main() -> None:
    """Simulate both worlds and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} referrals, within 50 s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--referrals", type=int, default=5_000, help="default: 5000")
    parser.add_argument("--seed", type=int, default=SEED, help=f"default: {SEED}")
    parser.add_argument("--database", metavar="URL", help="a PostgreSQL server to make some on")
    chosen = parser.parse_args()
    count = QUICK if chosen.quick else chosen.referrals
    size = size_of(count)
    begun = time.perf_counter()
    # Two worlds at once, each in a process and a database of its own.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        runs = {
            name: pool.submit(
                live, size, chosen.seed, follows_today=follows, server=chosen.database
            )
            for name, follows in WORLDS.items()
        }
        found = {name: run.result() for name, run in runs.items()}
    seconds = time.perf_counter() - begun
    say(count, chosen.seed, found, seconds)
    if chosen.json:
        worlds = {name: each.as_dict() | {"seconds": took} for name, (each, took) in found.items()}
        facts = {"referrals": count, "seed": chosen.seed, "seconds": seconds, "worlds": worlds}
        chosen.json.write_text(json.dumps(facts, indent=1, default=str) + "\n")
    sys.exit(any(each.faults for each, _ in found.values()))


def size_of(referrals: int) -> Size:
    """Return a month of so many; few of them are lived through in a shorter month."""
    many = Many(max(2, referrals // PER_OFFICER), CLIENTS, SERVICES)
    if referrals > QUICK:
        return Size(referrals, many)
    return Size(
        referrals,
        many,
        first=date(2026, 10, 30),
        refer_until=date(2026, 11, 12),
        last=date(2026, 11, 30),  # Thanksgiving is behind it
    )


def live(
    size: Size, seed: int, *, follows_today: bool, server: str | None = None
) -> tuple[Figures, float]:
    """Return the figures of one world, and the seconds that it took."""
    begun, worked = time.perf_counter(), time.process_time()
    with empty(server) as sessions:
        world = World(sessions, size, seed, follows_today)
        world.run()
        found = figures(world)
    print(f"{time.process_time() - worked:.0f} s of a processor", file=sys.stderr)
    return found, time.perf_counter() - begun


def say(count: int, seed: int, found: dict[str, tuple[Figures, float]], seconds: float) -> None:
    """Print the figures side by side, and what does not hold."""
    print(f"{count:,} referrals wished for, seed {seed}; an officer who ...\n")
    rows = {name: dict(_lines(each, took)) for name, (each, took) in found.items()}
    names = list(dict.fromkeys(line for each in rows.values() for line in each))
    print(f"{'':44}" + "".join(f"{name:>26}" for name in rows))
    for line in names:
        print(f"{line:44}" + "".join(f"{each.get(line, 0)!s:>26}" for each in rows.values()))
    print(f"\n{seconds:.0f} s in all")
    for name, (each, _) in found.items():
        for words in each.faults[:SHOWN]:
            print(f"FAULT, {name}: {words}")
        if len(each.faults) > SHOWN:
            print(f"FAULT, {name}: and {len(each.faults) - SHOWN} more")


def _lines(each: Figures, took: float) -> list[tuple[str, object]]:
    unknown = type(each.known)(each.known.whole - each.known.part, each.known.whole)
    return [
        ("referrals that left", each.left),
        *((f"  {status}", count) for status, count in sorted(each.statuses.items())),
        ("outcome known", each.known),
        ("outcome not known", unknown),
        ("known, as Today counts it", each.known_by_today),
        ("got the help, or part of it", each.got_help),
        ("answered within 7 days (sent in the app)", each.answered),
        *((f"by the clock: {kind}", count) for kind, count in each.clock.items()),
        *((f"holds {ending}", count) for ending, count in each.holds.items()),
        ("openings offered to who waits", each.offers),
        ("rows of Today acted on", sum(each.rows.values())),
        *((f"  {section}", count) for section, count in each.rows.items()),
        *((f"checked: {what}", count) for what, count in each.checked.items()),
        *((f"refused: {what}"[:43], count) for what, count in each.refused.items()),
        ("faults", len(each.faults)),
        ("transactions", each.acts),
        ("seconds", f"{took:.1f}"),
        ("transactions a second", f"{each.acts / took:.0f}"),
    ]


if __name__ == "__main__":
    main()
