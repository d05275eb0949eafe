"""What goes into the index, what is asked of it, and what it answers. Pure; knows no Whoosh."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.integer[Any]]  # numbers of documents within one part, each once


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    ``texts`` are searched by word, each with a weight above zero. ``keywords`` are filtered,
    counted and named exactly. ``point`` is latitude and longitude in degrees (WGS 84). ``areas``
    are codes of the areas it answers for when it has no point. ``columns`` are values for the
    columns of the source's ``Layout``. Of a ``sealed`` document no earlier version that was not
    sealed is left on disk.
    """

    key: int
    texts: tuple[tuple[str, float], ...] = ()
    keywords: Mapping[str, frozenset[str]] = field(default_factory=dict)
    point: tuple[float, float] | None = None
    areas: frozenset[str] = frozenset()
    columns: Mapping[str, float] = field(default_factory=dict)
    sealed: bool = False


class ColumnKind(StrEnum):
    """How the values of a column are kept: int32, float32, or one byte for yes and no."""

    INTEGER = "i"
    REAL = "f"
    FLAG = "B"


@dataclass(frozen=True, slots=True)
class Column:
    """``missing`` stands for documents that give no value."""

    kind: ColumnKind
    missing: float = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """What beside words, keywords and places each document carries.

    ``version`` names the way documents are made: an index of another version is made anew.
    ``usual_length`` is the sum of the weights of a text's words that counts neither for nor against
    it (BM25 takes the mean of a collection; a constant keeps scores still while it grows).
    """

    version: str = ""
    usual_length: float = 100.0
    columns: Mapping[str, Column] = field(default_factory=dict)


class Part(Protocol):
    """Some of the documents, as hooks see them; ``size`` of them, deleted ones included."""

    @property
    def size(self) -> int: ...

    def column(self, name: str) -> NDArray[Any]:
        """Return one value a document (int32, float32 or uint8); the index holds it, read-only."""
        ...

    def values(self, name: str) -> Sequence[str]:
        """Return the values of the keyword field that any document of the part has."""
        ...

    def having(self, name: str, values: Iterable[str]) -> NDArray[np.bool_]:
        """Return for each document whether it has one of ``values`` in the keyword field."""
        ...

    def says(self, token: str) -> int:
        """Return how many documents have the word in any text, deleted ones included."""
        ...

    def saying(self, token: str) -> NDArray[np.bool_]:
        """Return for each document whether it has the word in any text."""
        ...

    def counts(self, name: str, positions: Positions) -> NDArray[np.int64]:
        """Return for each of ``values(name)`` how many of the positions have it."""
        ...

    def reduced(
        self, name: str, numbers: NDArray[Any], positions: Positions, how: np.ufunc
    ) -> NDArray[Any]:
        """Return for each position what ``how`` makes of the numbers of its values.

        ``numbers`` has one for each of ``values(name)``; a document without any has 0.
        """
        ...

    def kilometres_to(
        self, latitude: float, longitude: float, positions: Positions
    ) -> NDArray[np.float64]:
        """Return how far each position is from a place in degrees; NaN without a point."""
        ...


@dataclass(frozen=True, slots=True)
class Measured:
    """What the engine found of each position.

    ``km`` is the distance, NaN where a document answers by its area; None without a place.
    ``fit`` (0 to 1) says how well the words fit that name no keyword, ``named`` how many clauses a
    document has the keyword of; None where that says nothing.
    """

    km: NDArray[np.float64] | None
    fit: NDArray[np.float32] | None
    named: NDArray[np.integer[Any]] | None


Keep = Callable[[Part, Positions], NDArray[np.bool_]]
"""Says of each of the positions whether the document stays; called once a part."""
Score = Callable[[Part, Positions], NDArray[np.float32]]
"""Gives each of the positions a number; called once a part."""
Rank = Callable[[Part, Positions, Measured], NDArray[np.float32]]
"""Gives each of the positions its whole score; called once a part."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the caller knows of documents that the index does not.

    A document stays if every ``keep`` says so. The numbers of ``score`` are added to a document's
    score. With ``order``, documents come by its number, smallest first, before all else. With
    ``rank``, its numbers are the score, and nothing but ``order`` goes before them, whatever sort
    is asked for. Each ``tally``
    is counted: how many of the answer it would keep.
    """

    keep: Sequence[Keep] = ()
    score: Sequence[Score] = ()
    order: Score | None = None
    tally: Mapping[str, Keep] = field(default_factory=dict)
    rank: Rank | None = None


NO_HOOKS: Final = Hooks()


@dataclass(frozen=True, slots=True)
class Clause:
    """A word or phrase of the question.

    Without ``keyword`` every word of ``text`` must be in the document, or ``any_word`` of them.
    With ``keyword`` (a field and values, any of which will do) the document has the keyword or the
    ``other`` one, or at least mentions the words.
    """

    text: str
    keyword: tuple[str, frozenset[str]] | None = None
    any_word: bool = False
    other: tuple[str, frozenset[str]] | None = None

    @property
    def keywords(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Return the keywords any of which will do."""
        return tuple(filter(None, (self.keyword, self.other)))


@dataclass(frozen=True, slots=True)
class Near:
    """A place in degrees.

    ``within_km`` None is any distance. Documents without a point answer when they have one of
    ``areas``.
    """

    latitude: float
    longitude: float
    within_km: float | None = None
    areas: frozenset[str] = frozenset()


class Sort(StrEnum):
    BEST = "best"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    All ``clauses`` must match, or with ``any_clause`` one of them, and those that match more come
    first. ``filters`` maps a keyword field to values: one of them must be there, in every field (no
    values: no filter). ``facets`` names the keyword fields to count. ``limit_each``, which
    is for ``Hooks.rank``: the page has the first ``limit`` of each number of ``Hooks.order``,
    whatever the offset.
    """

    clauses: tuple[Clause, ...] = ()
    any_clause: bool = False
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    near: Near | None = None
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.BEST
    offset: int = 0
    limit: int = 20
    limit_each: bool = False


class Hit(NamedTuple):
    """A document found. ``distance_km`` is None without a place, or when it answers by area only.

    ``score`` (0 to 1 unless hooks change it) orders documents of the same rank (see ``ranking``)
    and means nothing across ranks.
    """

    key: int
    distance_km: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """``total`` and ``facets`` are exact. A facet ignores the filter on its own field.

    Values that nothing has are left out, unless they were asked for. ``tallies`` has a number for
    each of ``Hooks.tally``.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    tallies: Mapping[str, int] = field(default_factory=dict)


class Index(Protocol):
    """A copy of the truth that is quick to search."""

    def search(self, question: Question, hooks: Hooks = NO_HOOKS) -> Answer:
        """Answer from the newest commit; never raises for what a person typed."""
        ...

    def parts(self) -> Sequence[Part]:
        """Return the parts of the newest commit; raise ``IndexMissing`` where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """The document ``key`` was added, changed or deleted; each change has a higher ``number``."""

    number: int
    key: int


class Source(Protocol):
    """The truth, as the indexer reads it. Each call must see at least what earlier calls saw.

    A source that cannot be read just now raises ``errors.SourceUnavailable``.
    """

    @property
    def layout(self) -> Layout: ...

    def last_change(self) -> int:
        """Return the number of the newest change; 0 when there is none."""
        ...

    def changes_after(self, number: int, limit: int) -> Sequence[Change]:
        """Return the next changes in order; raise ``TooFarBehind`` when some are no longer kept."""
        ...

    def documents(self, keys: Iterable[int]) -> Iterator[Document]:
        """Yield those of ``keys`` that exist, in any order; a missing key was deleted."""
        ...

    def sealed(self, keys: Iterable[int]) -> set[int]:
        """Return those of ``keys`` of which no earlier version may stay on disk, deleted or not."""
        ...

    def keys(self) -> Iterator[int]:
        """Yield the key of every document, each once."""
        ...
