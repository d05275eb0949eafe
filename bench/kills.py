"""Kills whoever writes the index, again and again, while another process asks without a pause.

    python3 run.py bench kills [--rounds 40] [--quick] [--json FILE] [--seed N]

Each round an indexer that follows changes, or one that makes the index anew over and over, is
killed (SIGKILL) at a random moment while the truth changes. All the while a reader asks, with an
index that it keeps open and with one opened for the question, and holds each answer to the truth:
there always is one, it has every change that the index had acknowledged before the question, and
nothing that never was. After each kill the index is compared with the truth, document by document.
"""

import argparse
import json
import multiprocessing
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event

import numpy as np

from resourcedir.engine.documents import (
    Change,
    Column,
    ColumnKind,
    Document,
    Hooks,
    Layout,
    Part,
    Positions,
    Question,
)
from resourcedir.engine.folder import IndexFolder
from resourcedir.engine.indexer import Indexer, wait_until_indexed
from resourcedir.engine.whoosh_index import WhooshIndex

ROUNDS, QUICK_ROUNDS = 40, 8
KEYS = 120
TEXTS = ("bed", "food bed", "night", None)  # None deletes
LONGEST_WAIT_S = 60.0

State = dict[int, tuple[int, str | None]]  # by key the number of its last change, and its text


class File:
    """A ``Source`` in a SQLite file, with the whole history, so that several processes see it."""

    layout = Layout(columns={"change": Column(ColumnKind.INTEGER)})

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            file.execute("pragma journal_mode=wal")
            file.execute(
                "create table if not exists change (number integer primary key, key, text)"
            )
            file.commit()

    def put(self, key: int, text: str | None) -> int:
        with self._open() as file:
            number = file.execute("insert into change (key, text) values (?, ?)", (key, text))
            file.commit()
            return int(number.lastrowid or 0)

    def last_change(self) -> int:
        return int(self._rows("select coalesce(max(number), 0) from change")[0][0])

    def changes_after(self, number: int, limit: int) -> list[Change]:
        sql = "select number, key from change where number > ? order by number limit ?"
        return [Change(*row) for row in self._rows(sql, number, limit)]

    def documents(self, keys: Iterable[int]) -> Iterator[Document]:
        wanted = set(keys)
        for key, (number, text) in self.state().items():
            if key in wanted and text is not None:
                keywords = {"text": frozenset({text})}
                yield Document(key, ((text, 1.0),), keywords, columns={"change": number})

    def sealed(self, keys: Iterable[int]) -> set[int]:
        return set()

    def keys(self) -> Iterator[int]:
        return iter([key for key, (_, text) in self.state().items() if text is not None])

    def state(self, until: int = sys.maxsize) -> State:
        """Return what was true after the change of that number."""
        sql = "select key, max(number), text from change where number <= ? group by key"
        return {key: (number, text) for key, number, text in self._rows(sql, until)}

    def history(self) -> set[tuple[int, int, str | None]]:
        return set(self._rows("select key, number, text from change"))

    def _open(self) -> "closing[sqlite3.Connection]":
        return closing(sqlite3.connect(self.path, timeout=60))

    def _rows(self, sql: str, *values: int) -> list[tuple[int, int, str | None]]:
        with self._open() as file:
            return file.execute(sql, values).fetchall()


@dataclass
class Result:
    """``met`` counts kills that left something half done; ``faults`` should be empty."""

    rounds: int = 0
    met: int = 0
    changes: int = 0
    answers: int = 0
    slowest_ms: float = 0.0
    faults: list[str] = field(default_factory=list)


def kills(folder: Path, rounds: int, seed: int) -> Result:
    """Run so many rounds in an empty folder."""
    chance, result = random.Random(seed), Result(rounds)
    root, truth = folder / "index", File(folder / "truth.db")
    for key in range(KEYS):
        truth.put(key, TEXTS[key % 3])
    Indexer(root, truth).rebuild()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    here, there = context.Pipe()
    asking = context.Process(target=ask, args=(root, truth.path, there), daemon=True)
    asking.start()
    for number in range(rounds):
        target = rebuild_on_and_on if number % 2 else follow
        writer = context.Process(target=target, args=(root, truth.path), daemon=True)
        writer.start()
        alive = truth.put(0, chance.choice(TEXTS))
        if not wait_until_indexed(root, alive, LONGEST_WAIT_S):
            result.faults.append(f"round {number}: a change was not indexed")
        until = time.monotonic() + chance.uniform(0.0, 0.4)
        while time.monotonic() < until:
            truth.put(chance.randrange(KEYS), chance.choice(TEXTS))
        writer.kill()
        writer.join()
        result.met += is_half_done(root)
        if differences := Indexer(root, truth).check():
            result.faults.append(f"round {number}: {len(differences)} documents differ")
    here.send("stop")
    answers = here.recv() if here.poll(LONGEST_WAIT_S) else {"faults": ["the reader died"]}
    asking.join(LONGEST_WAIT_S)
    Indexer(root, truth).catch_up()
    result.faults += [*answers.pop("faults"), *differing(WhooshIndex(root), truth)]
    result.changes = truth.last_change()
    return Result(**{**asdict(result), **answers})


def follow(root: Path, path: Path) -> None:
    """Keep the index until killed."""
    Indexer(root, File(path)).follow(Event(), 0.001)


def rebuild_on_and_on(root: Path, path: Path) -> None:
    """Make the index anew until killed."""
    indexer = Indexer(root, File(path))
    while True:
        indexer.rebuild()


def is_half_done(root: Path) -> bool:
    """Say whether a kill left a folder beside the one in use, or files that nobody vouches for."""
    folder = IndexFolder(root)
    current, manifest = folder.current(), folder.manifest()
    if current is None or manifest is None or len(list(root.glob("index-*"))) > 1:
        return True
    return {path.name for path in current.iterdir()} - {"manifest.json"} != set(manifest.files)


def ask(root: Path, path: Path, answers: Connection) -> None:
    """Ask until told to stop; then say how often and how slowly, and what was wrong."""
    truth, index = File(path), WhooshIndex(root)
    faults: list[str] = []
    times: list[float] = []
    while not answers.poll(0) and not faults:
        start = time.perf_counter()
        try:
            faults += differing(index if len(times) % 2 else WhooshIndex(root), truth)
        except Exception as error:
            faults.append(f"no answer: {type(error).__name__}")
        times.append(time.perf_counter() - start)
    answers.send({"answers": len(times), "slowest_ms": 1000 * max(times), "faults": faults})


def differing(index: WhooshIndex, truth: File) -> list[str]:
    """Ask for everything and return what of the answer cannot be, or is older than it may be."""
    manifest = IndexFolder(index._folder.root).manifest()
    acknowledged = manifest.change if manifest else 0
    found, faults = everything(index)
    history = truth.history()
    known = {(key, number): text for key, number, text in history}
    for key, (number, food) in found.items():
        text = known.get((key, number))
        if text is None or food != (text == "food bed"):
            faults.append(f"document {key} never was so")
    deleted = {key: number for key, number, text in sorted(history) if text is None}
    for key, (number, _) in truth.state(acknowledged).items():
        shown = found[key][0] if key in found else deleted.get(key, -1)
        if shown < number:
            faults.append(f"document {key} is older than change {number}, acknowledged")
    return faults


def everything(index: WhooshIndex) -> tuple[dict[int, tuple[int, bool]], list[str]]:
    """Return by key the change of each document and whether its text has food; and faults."""
    found: dict[int, tuple[int, bool]] = {}

    def look(part: Part, positions: Positions) -> np.ndarray:
        keys = part.keys[positions].tolist()  # type: ignore[attr-defined]
        numbers = part.column("change")[positions].tolist()
        food = part.having("text", ["food bed"])[positions].tolist()
        for key, *rest in zip(keys, numbers, food, strict=True):
            found[key] = (rest[0], rest[1])
        return np.ones(len(positions), np.bool_)

    total = index.search(Question(limit=0), Hooks(keep=(look,))).total
    return found, [] if total == len(found) else ["a document is there twice"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rounds = QUICK_ROUNDS if chosen.quick else chosen.rounds
        result = kills(Path(name), rounds, chosen.seed)
    for name, value in asdict(result).items():
        print(f"{name}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(asdict(result), indent=1) + "\n")
    sys.exit(1 if result.faults else 0)


if __name__ == "__main__":
    main()
