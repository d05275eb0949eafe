"""How fast search answers, and how truly, against other engines: same questions, same answers.

    python3 run.py bench search [--quick] [--json FILE] [--sizes 10k,100k,1m] [--only PEERS]
        [--fresh [PEERS]] [--data DIR]
    python3 run.py bench search --understand [--sizes 100k]

Makes an invented directory and an index of each engine (kept in ``var/bench`` between runs; with
``--fresh`` made anew), asks five kinds of questions of all in turn, compares the answers with exact
ones, and prints the figures and the aims. An engine that is not installed is left out, in words.
"""

import argparse
import json
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench.corpora.corpus import corpus
from bench.corpora.questions import QUESTIONS, Kind, cleared, questions, read, write
from bench.corpora.truth import Truth
from bench.measuring.builds import Place, built
from bench.measuring.cold import cold
from bench.measuring.results import Results
from bench.measuring.tables import show, summary
from bench.measuring.understanding import measured, show_added
from bench.measuring.visible import visible
from bench.measuring.warm import Effort, agreement, warm
from bench.peers.listing import NAMES, peer_class

SIZES: Final = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
QUICK: Final = Effort(rounds=7, slow_s=0.8, slow_rounds=1)
WHOLE: Final = Effort(rounds=11, slow_s=5, slow_rounds=2)
CHECKED: Final = {1_000_000: 40}  # questions compared with exact answers; of smaller ones all
ENOUGH_S: Final = 1.5  # of questions of one kind, to see what memory they take
COLD: Final = ("ours", "tantivy-best", "tantivy-fields", "sqlite", "postgres")
QUICK_COLD: Final = ("ours", "tantivy-best")


def main() -> None:
    """Measure and print."""
    chosen = _options()
    if chosen.understand:
        _understand(chosen)
        return
    every = []
    for size in chosen.sizes:
        results = _measured(size, chosen)
        show(results)
        every.append(results)
    summary(every)
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(each) for each in every], indent=1) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="10k only, ends within 50 s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--sizes", help="some of 10k, 100k, 1m, or numbers; all without it")
    parser.add_argument("--only", default=",".join(NAMES), help=f"some of {', '.join(NAMES)}")
    parser.add_argument(
        "--fresh", nargs="?", const=",".join(NAMES), default="", help="make all, or some, anew"
    )
    parser.add_argument(
        "--understand", action="store_true", help="only what understanding the words adds (100k)"
    )
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[1] / "var" / "bench")
    chosen = parser.parse_args()
    every = "100k" if chosen.understand else "10k,100k,1m"
    named = "10k" if chosen.quick else chosen.sizes or every
    chosen.sizes = [SIZES.get(size) or int(size) for size in named.lower().split(",")]
    chosen.only = [peer for peer in NAMES if peer in {"ours", *chosen.only.split(",")}]
    chosen.data = chosen.data.resolve()
    return chosen


def _understand(chosen: argparse.Namespace) -> None:
    """Measure what repair, reading and places take before an index is asked anything."""
    for size in chosen.sizes:
        _say(f"{size:,}: directory and index")
        made = corpus(size, chosen.data)
        show_added(size, measured(made, made.folder / "index-understanding"))


def _measured(size: int, chosen: argparse.Namespace) -> Results:
    results = Results(size)
    place = _place(size, chosen.data)
    peers = _peers(results, chosen)
    for peer in peers:
        _say(f"{size:,}: index of {peer_class(peer).name}")
        results.builds[peer] = built(peer, place, fresh=peer in chosen.fresh.split(","))
    with ExitStack() as servers:
        for peer in peers:
            servers.enter_context(peer_class(peer)(place.index(peer), place.corpus).serving())
        _ask_all(results, peers, place, quick=chosen.quick)
        _ask_cold(results, peers, place, quick=chosen.quick)
    _say(f"{size:,}: changes")
    results.visible = visible(place)
    return results


def _place(size: int, data: Path) -> Place:
    _say(f"{size:,}: directory and questions")
    made = corpus(size, data)
    path = made.folder / "questions.json"
    write(cleared(questions(), made), path)
    return Place(data, made, path)


def _peers(results: Results, chosen: argparse.Namespace) -> list[str]:
    peers = []
    for name in chosen.only:
        peer = peer_class(name)
        if reason := peer.missing():
            results.left_out[name] = reason
        elif results.size > peer.largest:
            results.left_out[name] = f"too slow for more than {peer.largest:,} documents"
        elif chosen.quick and not peer.in_quick:
            results.left_out[name] = "too slow for --quick"
        else:
            peers.append(name)
    return peers


def _ask_all(results: Results, peers: list[str], place: Place, *, quick: bool) -> None:
    checked = read(place.questions)[: CHECKED.get(results.size, QUESTIONS)]
    truth = Truth(place.corpus, checked)
    with ExitStack() as stack:
        processes = {peer: stack.enter_context(place.process(peer)) for peer in peers}
        for process in processes.values():
            process.order("open")
        for kind in Kind:
            _say(f"{results.size:,}: {kind}")
            speeds, answers = warm(kind, processes, QUICK if quick else WHOLE, QUESTIONS)
            results.warm[kind] = speeds
            results.matches[kind] = statistics.fmean(total for total, _, _ in answers["ours"])
            results.agreement[kind] = {
                peer: agreement(told, truth, checked, kind) for peer, told in answers.items()
            }
        _say(f"{results.size:,}: memory")
        _weigh(results, peers, place)


def _weigh(results: Results, peers: list[str], place: Place) -> None:
    """Look at the memory of second processes, while the first ones still run."""
    with place.process("ours") as idle:
        results.idle = idle.memory()
    for peer in peers:
        with place.process(peer) as second:
            second.order("open")
            for kind in Kind:
                second.order("ask", kind=kind, most=QUESTIONS, seconds=ENOUGH_S)
            results.memory[peer] = second.memory()


def _ask_cold(results: Results, peers: list[str], place: Place, *, quick: bool) -> None:
    measured = [peer for peer in peers if peer in (QUICK_COLD if quick else COLD)]
    for kind in (Kind.ANY_NEED_PLACE,) if quick else tuple(Kind):
        _say(f"{results.size:,}: cold, {kind}")
        results.cold[kind] = cold(kind, measured, place, repeats=1 if quick else 3, count=QUESTIONS)


def _say(words: str) -> None:
    print(f"[{time.monotonic() - _BEGIN:6.1f} s] {words}", file=sys.stderr, flush=True)


_BEGIN: Final = time.monotonic()

if __name__ == "__main__":
    main()
