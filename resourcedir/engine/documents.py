"""What goes into the index, what is asked of it, and what it answers. Pure; knows no Whoosh."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

Extras = Mapping[str, str]
Keep = Callable[[Extras], bool]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    ``texts`` are searched by word, each with a weight above zero. ``keywords`` are filtered,
    counted and named exactly. ``point`` is latitude and longitude in degrees (WGS 84). ``areas``
    are codes of the areas it answers for when it has no point. ``extras`` are stored strings that
    ``Question.keep`` may read.
    """

    key: int
    texts: tuple[tuple[str, float], ...] = ()
    keywords: Mapping[str, frozenset[str]] = field(default_factory=dict)
    point: tuple[float, float] | None = None
    areas: frozenset[str] = frozenset()
    extras: Extras = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clause:
    """A word or phrase of the question. All clauses must match.

    Without ``keyword`` every word of ``text`` must be in the document. With ``keyword`` (a field
    and values, any of which will do) the document has the keyword, or at least mentions the words.
    """

    text: str
    keyword: tuple[str, frozenset[str]] | None = None


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

    ``filters`` maps a keyword field to values: one of them must be there, in every field (no
    values: no filter). ``keep`` are further tests on a document's extras. ``facets`` names the
    keyword fields to count.
    """

    clauses: tuple[Clause, ...] = ()
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    near: Near | None = None
    keep: tuple[Keep, ...] = ()
    facets: tuple[str, ...] = ()
    sort: Sort = Sort.BEST
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. ``distance_km`` is None without a place, or when it answers by area only.

    ``score`` (0 to 1) orders documents of the same rank (see ``ranking``) and means nothing across
    ranks.
    """

    key: int
    distance_km: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """``total`` and ``facets`` are exact. A facet ignores the filter on its own field.

    Values that nothing has are left out, unless they were asked for. ``every_word`` is False when
    no document matched all clauses and the answer holds those that match some.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    every_word: bool


class Index(Protocol):
    """A copy of the truth that is quick to search."""

    def search(self, question: Question) -> Answer:
        """Answer from the newest commit; never raises for what a person typed."""
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

    def last_change(self) -> int:
        """Return the number of the newest change; 0 when there is none."""
        ...

    def changes_after(self, number: int, limit: int) -> Sequence[Change]:
        """Return the next changes in order; raise ``TooFarBehind`` when some are no longer kept."""
        ...

    def documents(self, keys: Iterable[int]) -> Iterator[Document]:
        """Yield those of ``keys`` that exist, in any order; a missing key was deleted."""
        ...

    def keys(self) -> Iterator[int]:
        """Yield the key of every document, each once."""
        ...
