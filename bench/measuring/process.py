"""The other end of ``peers/worker.py``: starts it, gives orders, looks at its memory."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bench.corpora.corpus import Corpus

_ROOT = Path(__file__).parents[2]
_KB = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes: what no other process shares, and all that is mapped and in memory."""

    private_mb: float
    resident_mb: float


class Process:
    """An engine in a process of its own; ends with the ``with`` block."""

    def __init__(self, peer: str, corpus: Corpus, index: Path, questions: Path) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "bench.peers.worker", peer]
        self._process = subprocess.Popen(
            [*command, str(corpus.folder), str(index), str(questions)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )

    def order(self, do: str, **details: Any) -> Any:  # noqa: ANN401 -- JSON
        """Return what the process answers to one order.

        :raises RuntimeError: when it has ended instead.
        """
        self.send(do, **details)
        return self.receive()

    def send(self, do: str, **details: Any) -> None:  # noqa: ANN401
        """Give an order without waiting for its answer."""
        assert self._process.stdin  # noqa: S101 -- it is a pipe
        self._process.stdin.write(json.dumps({"do": do, **details}) + "\n")
        self._process.stdin.flush()

    def receive(self) -> Any:  # noqa: ANN401
        """Return the answer to the oldest order."""
        assert self._process.stdout  # noqa: S101 -- it is a pipe
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a measured process ended with {self._process.wait()}")
        return json.loads(line)

    def memory(self) -> Memory:
        """Return its memory now, with that of a server process that works for it alone."""
        each = [memory_of(pid) for pid in self.order("processes")]
        return Memory(sum(m.private_mb for m in each), sum(m.resident_mb for m in each))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        if kind is not None:
            self._process.terminate()
        self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def memory_of(pid: int) -> Memory:
    """Return the memory of a process as Linux accounts it."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(value.split()[0]) for name, value in (line.split(":") for line in lines)}
    private = sizes["Private_Clean"] + sizes["Private_Dirty"]
    return Memory(private / _KB, sizes["Rss"] / _KB)
