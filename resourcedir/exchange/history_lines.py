"""How a change by a file stands in the history of a listing, as ``directory.kept_words`` has it.

Pure. A place that is secret now is in no line.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from resourcedir.directory import editing, kept_words
from resourcedir.directory.facts import CostFact, OpeningsFact, PhoneFact, RuleFact
from resourcedir.directory.kept_words import mark, own
from resourcedir.exchange.differences import Difference, Names
from resourcedir.exchange.drafts import Rows, Values, usual_week
from resourcedir.taxonomy.commands import NEED
from resourcedir.taxonomy.vocabulary import Vocabulary

PLACE: Final = ("address", "accessibility")  # the rows that hang on a location
PLACE_PREFIX: Final = "place_"  # of fields of a location, in the history
_LISTS: Final = frozenset({NEED, *(each.value for each in Vocabulary)})
_RANK: Final = 4  # where a row of phones has its place


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One line of a listing's history."""

    field: str
    before: str
    after: str


def lines(found: Difference, names: Names, usual_zone: str) -> Iterator[FieldChange]:
    """Yield the lines that ``found`` adds to the listing's history."""
    secret = bool(found.draft.listing["confidential"])
    yield from _column_changes(found.stored.listing, found.listing, hidden=False)
    yield from _column_changes(found.stored.resource, found.resource, hidden=False)
    for change in _column_changes(found.stored.location or {}, found.location, hidden=secret):
        yield replace(change, field=f"{PLACE_PREFIX}{change.field}")
    zone = found.stored.zone(usual_zone)
    for name in found.sides:
        both = found.stored.side(name), found.draft.side(name)
        if name == "openings":
            yield from _openings_changes(*both, zone)
            continue
        hidden = secret and name in PLACE
        yield FieldChange(name, *("" if hidden else rows_kept(name, each, zone) for each in both))
    if found.moved_in_secret:
        yield FieldChange("confidential_place", "", "")
    if any(found.terms):
        yield FieldChange("terms", *(_terms(each, names) for each in found.terms))
    owners = found.stored.organization, found.draft.organization
    if owners[0].id != owners[1].id:
        yield FieldChange("organization", *(own(each.name) for each in owners))


def _column_changes(before: Values, after: Values, *, hidden: bool) -> Iterator[FieldChange]:
    for name, value in after.items():
        kept = ("", "") if hidden else (value_kept(before.get(name)), value_kept(value))
        yield FieldChange(name, *kept)


def value_kept(value: Any) -> str:  # noqa: ANN401 -- the value of any column
    """Return the value of a column as the history has it; its page knows the codes by the field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.value if isinstance(value, StrEnum) else own(str(value))


def _openings_changes(before: Rows, after: Rows, time_zone: str) -> Iterator[FieldChange]:
    """Yield a line for each value that is told anew, as an edit in the app does."""
    one, two = (next(map(_openings_of, rows), None) for rows in (before, after))
    for change in editing.openings_changes(one, two, time_zone):
        yield FieldChange(change.field.value, change.before, change.after)


def _openings_of(row: tuple[Any, ...]) -> OpeningsFact:
    unit, available, maximum, updated, _, *others = row
    return OpeningsFact(unit, available, maximum, updated, *others)


def rows_kept(name: str, rows: Rows, time_zone: str) -> str:
    """Return the rows of one side as the history has them, "" for none."""
    if not rows:
        return ""
    if name == "hours":
        week = usual_week(rows)
        return kept_words.hours(week.to_text() if week else "")
    if name == "phones":
        return kept_words.phones(PhoneFact(*row[:_RANK]) for row in sorted(rows, key=_rank))
    return _joined(map(_ROWS.get(name, _typed), rows))


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(sorted(parts))


def _rank(row: tuple[Any, ...]) -> tuple[int, str]:
    return row[_RANK], row[0]


def _typed(row: tuple[Any, ...]) -> str:
    return " ".join(filter(None, map(value_kept, row)))


def _area(row: tuple[Any, ...]) -> str:
    name, code = row
    return mark("area", code) if code else own(name)


_ROWS: Final[Mapping[str, Callable[[tuple[Any, ...]], str]]] = {
    "languages": lambda row: mark("language", row[0]),
    "accessibility": lambda row: mark("accessibility", row[0]),
    "cost": lambda row: kept_words.cost(CostFact(*row)),
    "rules": lambda row: kept_words.rule(RuleFact(*row)),
    "service_area": _area,
}


def _terms(terms: frozenset[UUID], names: Names) -> str:
    return _joined(_term(*names[term]) for term in terms if term in names)


def _term(taxonomy: str, code: str, name_en: str, name_es: str) -> str:
    """Return a term of ours by its code; one of a source has its two names with it."""
    if taxonomy in _LISTS:
        return mark(taxonomy, code)
    plain = not set("{}|") & {*name_en, *name_es}
    return mark("either", f"{name_en}|{name_es}") if plain else own(name_en)
