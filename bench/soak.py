"""Memory and open files of every process under load, for half an hour: they must not grow.

The load is that of ``bench load`` with twenty officers. Each five seconds the proportional set size
(PSS, so that shared pages count once) and the open files of every process are read. The first fifth
of the time is for warming up. Exit 1 if the median of the last fifth is above that of the second
fifth by more than the bounds, if a process was replaced, or if a page failed.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.web.changing import changing
from bench.web.stage import Served, generated, served
from bench.web.team import team
from bench.web.working import begin, ended

OFFICERS: Final = 20
LISTINGS: Final = 20_000
PROCESSES: Final = 2
EVERY_S: Final = 5.0
GROWTH: Final = 0.05  # of the memory of all processes together
GROWTH_MB: Final = 10.0  # or this, if it is more
GROWTH_FILES: Final = 4  # of one process


@dataclass(frozen=True, slots=True)
class Sample:
    """One look: seconds since the start, and of each process PSS in MB and open files."""

    at_s: float
    pss_mb: dict[int, float]
    files: dict[int, int]

    @property
    def total_mb(self) -> float:
        return sum(self.pss_mb.values())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0, help="default: 30")
    parser.add_argument("--quick", action="store_true", help="half a minute, 2,000 listings")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    chosen = parser.parse_args()
    seconds = 30.0 if chosen.quick else 60 * chosen.minutes
    stage = generated(2_000 if chosen.quick else LISTINGS)
    workers = team(stage, OFFICERS)
    with served(stage, PROCESSES) as server, changing(stage) as changes:
        shift = begin(server.port, workers, seconds)
        samples = _samples(server, seconds - 1, 1.0 if chosen.quick else EVERY_S)
        work = ended(shift)
    # Half a minute is all warming up: of it only errors are told.
    faults = [*([] if chosen.quick else _faults(samples)), *work.errors]
    print(f"{stage.about}, {OFFICERS} officers, {PROCESSES} processes, {seconds / 60:.1f} minutes")
    print(f"{work.pages} pages, {work.per_second:.1f}/s, {changes.count} listings changed\n")
    _print(samples)
    well = "no errors; too short to judge growth" if chosen.quick else "nothing outgrows the bounds"
    print("\n" + ("\n".join(faults) or well))
    if chosen.json:
        rows = [asdict(each) for each in samples]
        chosen.json.write_text(json.dumps({"faults": faults, "samples": rows}, indent=1) + "\n")
    sys.exit(bool(faults))


def _samples(server: Served, seconds: float, every_s: float) -> list[Sample]:
    begun, found = time.monotonic(), []
    while (at := time.monotonic() - begun) < seconds:
        pids = server.pids
        found.append(
            Sample(
                at_s=round(at, 1),
                pss_mb={pid: _pss_mb(pid) for pid in pids},
                files={pid: len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids},
            )
        )
        time.sleep(every_s)
    return found


def _pss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _fifths(samples: Sequence[Sample]) -> tuple[Sequence[Sample], Sequence[Sample]]:
    """Return the second fifth and the last."""
    size = max(1, len(samples) // 5)
    return samples[size : 2 * size], samples[-size:]


def _faults(samples: Sequence[Sample]) -> list[str]:
    before, after = _fifths(samples)
    first = samples[0].pss_mb.keys()
    if any(each.pss_mb.keys() != first for each in samples):
        return ["a process has ended and another took its place"]
    found = []
    was = statistics.median(each.total_mb for each in before)
    now = statistics.median(each.total_mb for each in after)
    if now - was > max(GROWTH * was, GROWTH_MB):
        found.append(f"memory of all grew from {was:.1f} to {now:.1f} MB")
    for pid in first:
        opened = statistics.median(each.files[pid] for each in before)
        open_now = statistics.median(each.files[pid] for each in after)
        if open_now - opened > GROWTH_FILES:
            found.append(f"open files of process {pid} grew from {opened:g} to {open_now:g}")
    return found


def _print(samples: Sequence[Sample]) -> None:
    before, after = _fifths(samples)
    steady = samples[len(samples) // 5 :]
    print("process        PSS MB: second fifth   last fifth   MB an hour   files: then   now")
    names = ["parent", "indexer", *(f"web {n}" for n in range(1, PROCESSES + 1))]
    for name, pid in zip(names, samples[0].pss_mb, strict=True):
        then = statistics.median(each.pss_mb[pid] for each in before)
        now = statistics.median(each.pss_mb[pid] for each in after)
        slope = _slope(steady, [each.pss_mb[pid] for each in steady])
        files = [statistics.median(each.files[pid] for each in some) for some in (before, after)]
        print(f"{name:13}{then:22.1f}{now:13.1f}{slope:13.1f}{files[0]:14g}{files[1]:6g}")
    totals = [statistics.median(each.total_mb for each in some) for some in (before, after)]
    slope = _slope(steady, [each.total_mb for each in steady])
    print(f"{'all':13}{totals[0]:22.1f}{totals[1]:13.1f}{slope:13.1f}")
    print(f"bounds: {GROWTH:.0%} or {GROWTH_MB:g} MB of all; {GROWTH_FILES} open files of each")


def _slope(samples: Sequence[Sample], values: Sequence[float]) -> float:
    """Return the growth an hour of the straight line through ``values``."""
    times = [each.at_s for each in samples]
    return 3600 * statistics.linear_regression(times, values).slope


if __name__ == "__main__":
    main()
