"""A search as it stands in a URL: what is asked, read from a query and written back. Pure.

Words are here as they were typed; what they mean is told in ``understanding``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol, Self
from urllib.parse import urlencode

from resourcedir.numbers import whole_number
from resourcedir.taxonomy.terms import taxonomy

DISTANCES: Final = (5, 10, 25, 50, 100)  # miles offered; any other may be asked for
USUAL_MILES: Final = 25.0
MOST_MILES: Final = 3_000.0
ANY_DISTANCE: Final = "any"
PER_PAGE: Final = 20
LAST_PAGE: Final = 10_000
LONGEST_WORDS: Final = 500  # letters
MOST_KEPT: Final = 48  # pieces put aside or words left as typed; more stand in no search

FILTERS: Final = ("language", "cost", "payer", "population", "offense")


class Order(StrEnum):
    """Best fit, smallest distance, or those first that have a free place now."""

    BEST = "best"
    NEAREST = "nearest"
    SOONEST = "soonest"


class Query(Protocol):
    """What a query string or a form gives; Werkzeug's MultiDict is one."""

    def get(self, key: str, default: str, /) -> str: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """``need`` is a term's code, ``near`` as typed; ``within`` is in miles, None is any.

    ``aside`` names what of the words was taken away: it sets nothing and is not searched for.
    ``as_typed`` are words that are not to be put right.
    """

    words: str = ""
    need: str = ""
    near: str = ""
    within: float | None = USUAL_MILES
    open_now: bool = False
    tonight: bool = False
    weekend: bool = False
    openings: bool = False
    language: frozenset[str] = frozenset()
    cost: frozenset[str] = frozenset()
    payer: frozenset[str] = frozenset()
    population: frozenset[str] = frozenset()
    offense: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    as_typed: frozenset[str] = frozenset()
    sort: Order = Order.BEST
    page: int = 1

    @classmethod
    def read(cls, query: Query) -> Self:
        """Return what ``query`` asks. What makes no sense counts as not asked; nothing raises."""
        need = query.get("need", "").strip()
        return cls(
            words=" ".join(query.get("q", "").split())[:LONGEST_WORDS],
            need=need if need in taxonomy() else "",
            near=" ".join(query.get("near", "").split())[:LONGEST_WORDS],
            within=miles(query.get("within", ""), otherwise=USUAL_MILES),
            open_now="now" in query.getlist("open"),
            tonight="tonight" in query.getlist("open"),
            weekend="weekend" in query.getlist("open"),
            openings=query.get("openings", "") == "free",
            **{name: _codes(query.getlist(name)) for name in FILTERS},
            aside=_said(query.getlist("aside")),
            as_typed=_said(query.getlist("typed")),
            sort=_order(query.get("sort", "")),
            page=_page(query.get("page", "")),
        )

    @property
    def filters(self) -> Mapping[str, frozenset[str]]:
        """Return the keyword filters by the engine's field, the need among them."""
        chosen = {name: values for name in FILTERS if (values := getattr(self, name))}
        return {**chosen, "term": frozenset({self.need})} if self.need else chosen

    @property
    def asks_anything(self) -> bool:
        return self.without_page() != Ask()

    def without_page(self) -> Self:
        return replace(self, page=1)

    def without(self, name: str, value: str) -> Self:
        """Return the search without one value of one of ``FILTERS``, from its first page."""
        chosen = {each: getattr(self, each) for each in FILTERS}
        return replace(self, **{**chosen, name: chosen[name] - {value}, "page": 1})

    def pairs(self) -> list[tuple[str, str]]:
        """Return what is asked as names and values; reading them again gives an equal search."""
        plain = [
            ("q", self.words),
            ("need", self.need),
            ("near", self.near),
            ("within", self._within() if self.near and self.within != USUAL_MILES else ""),
            ("open", "now" if self.open_now else ""),
            ("open", "tonight" if self.tonight else ""),
            ("open", "weekend" if self.weekend else ""),
            ("openings", "free" if self.openings else ""),
            *((name, value) for name in FILTERS for value in sorted(getattr(self, name))),
            *(("aside", value) for value in sorted(self.aside)),
            *(("typed", value) for value in sorted(self.as_typed)),
            ("sort", self.sort.value if self.sort is not Order.BEST else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in plain if value]

    def query(self) -> str:
        """Return the query string."""
        return urlencode(self.pairs())

    def _within(self) -> str:
        return ANY_DISTANCE if self.within is None else f"{self.within:.10g}"


def miles(text: str, *, otherwise: float | None) -> float | None:
    """Return the distance that ``text`` says, None for any; ``otherwise`` where it says none."""
    if text == ANY_DISTANCE:
        return None
    try:
        said = round(float(text), 3)
    except (ValueError, OverflowError):
        return otherwise
    return said if 0 < said <= MOST_MILES else otherwise


def _order(text: str) -> Order:
    return Order(text) if text in {Order.NEAREST, Order.SOONEST} else Order.BEST


def _page(text: str) -> int:
    return min(whole_number(text) or 1, LAST_PAGE)


def _said(values: Iterable[str]) -> frozenset[str]:
    """Return the first few of the texts, blanks evened out."""
    evened = (" ".join(value.split())[:LONGEST_WORDS] for value in values)
    return frozenset([value for value in evened if value][:MOST_KEPT])


def _codes(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value for value in values if value and len(value) <= 60)
