"""The engines that are measured, each behind the same three calls.

All get the same documents and questions. Peers get them cut into the tokens of our engine, so that
who matches is the same for all and only the way to find out differs; ours cuts the words itself
while the clock runs. Every peer counts the categories of all that match but for the wished
category, returns the exact total and the twenty best by the blend of ``blend.py``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from bench.corpora.corpus import Corpus
from bench.corpora.questions import Ask, Kind


@dataclass(frozen=True, slots=True)
class Found:
    """An answer; ``counts`` has one number a category, or only those that are not zero."""

    total: int
    keys: Sequence[int]
    counts: Mapping[int, int] | Sequence[int]

    def counted(self) -> dict[int, int]:
        """Return the counts that are not zero."""
        counts = self.counts if isinstance(self.counts, Mapping) else dict(enumerate(self.counts))
        return {number: count for number, count in counts.items() if count}


class Peer(ABC):
    """One engine with its index in ``folder``."""

    name: ClassVar[str]
    version: ClassVar[str] = "2"  # of how it is set up: an index of another version is made anew
    largest: ClassVar[int] = 1_000_000  # documents it is asked to hold
    in_quick: ClassVar[bool] = True
    takes_cut: ClassVar[bool] = True  # words as tokens; else it cuts them itself

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self.folder = folder
        self.corpus = corpus

    @classmethod
    def missing(cls) -> str | None:
        """Return what is not installed, in words; None where all is there."""
        return None

    @abstractmethod
    def build(self) -> None:
        """Make the index of all documents; the folder exists and is empty."""

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Keep a server of this index running, if it needs one."""
        yield

    @abstractmethod
    def open(self) -> None:
        """Get ready to answer."""

    @abstractmethod
    def search(self, ask: Ask, kind: Kind) -> object:
        """Return the answer as the engine gives it; this is what the clock sees."""

    def found(self, answer: object) -> Found:
        """Return what ``search`` gave in the one form that is compared."""
        assert isinstance(answer, Found)  # noqa: S101 -- tells the type checker
        return answer

    def processes(self) -> list[int]:
        """Return other processes that work for this one alone."""
        return []
