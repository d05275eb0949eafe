"""What a search may ask of listings that SQL can tell: filters, terms and the region.

Nothing that a person typed comes into a statement: a value counts only where one of our lists has
it. It must not read ``location_private``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute

from resourcedir.directory.kinds import CostKind, RuleKind
from resourcedir.directory.models import (
    Attribute,
    CostOption,
    EligibilityRule,
    Language,
    Listing,
    Location,
    ServiceArea,
)
from resourcedir.directory.ruling import TAKING
from resourcedir.places.point import Box
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.commands import NEED, term_id
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary

Test = ColumnElement[bool]

_RESOURCE: Final = func.coalesce(Listing.service_id, Listing.job_lead_id)
ITS_PLACE: Final = and_(Location.id == Listing.location_id, Listing.confidential.is_(False))
"""How a listing is joined with the place that is shown; a confidential one has none."""
_STATED: Final = "samhsa"  # the taxonomy of what its facilities say of themselves
_LOCATED: Final = and_(Location.latitude.is_not(None), Location.longitude.is_not(None))


@dataclass(frozen=True, slots=True)
class Region:
    """Where to look. ``box`` None is anywhere; ``areas`` are for listings without a point."""

    box: Box | None
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What a listing must be: one of the values in each filter, and in the region."""

    filters: Mapping[str, frozenset[str]]
    region: Region | None = None


def passing_through(
    sieve: Sieve, *columns: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> Select[Any]:
    """Return the statement that reads ``columns`` of listings and of their places, unordered.

    It joins no place where no region is asked for: those columns are not to be asked for then.
    """
    statement = select(*columns).select_from(Listing).where(Listing.withdrawn_at.is_(None))
    for name, values in sieve.filters.items():
        statement = statement.where(having(name, values))
    if sieve.region is None:
        return statement
    return statement.outerjoin(Location, ITS_PLACE).where(_within(sieve.region))


def _having(*tests: Test) -> Test:
    """Return the test whether there is such a row of another table for the listing."""
    # Said, as a statement that reads that table too would otherwise ask of its own row.
    return exists().where(*tests).correlate(Listing)


def _within(region: Region) -> Test:
    serving = _having(
        ServiceArea.service_id == Listing.service_id, ServiceArea.extent.in_(sorted(region.areas))
    )
    return or_(
        and_(_LOCATED, *(_boxed(region.box) if region.box else ())),
        and_(not_(_LOCATED), serving),
    )


def _boxed(box: Box) -> tuple[Test, ...]:
    east, west = Location.longitude <= box.east, Location.longitude >= box.west
    across = and_(west, east) if box.west <= box.east else or_(west, east)
    return Location.latitude.between(box.south, box.north), across


def having(name: str, values: Iterable[str]) -> Test:
    """Return the test whether a listing has one of ``values`` in the filter ``name``."""
    return _FILTERS[name](frozenset(values))


def saying(terms: Iterable[UUID], languages: Iterable[str] = ()) -> Test:
    """Return the test whether a listing is said to be one of ``terms`` or to speak a language."""
    said = _having(Attribute.link_id == _RESOURCE, Attribute.taxonomy_term_id.in_(sorted(terms)))
    spoken = sorted(languages)
    return or_(said, _speaking(spoken)) if spoken else said


def _said(taxonomy_name: str) -> Callable[[frozenset[str]], Test]:
    return lambda codes: saying(term_id(taxonomy_name, code) for code in codes)


def _needed(codes: frozenset[str]) -> Test:
    wanted = {each for code in codes if code in taxonomy() for each in taxonomy().within(code)}
    return saying(term_id(NEED, code) for code in wanted)


def _speaking(codes: Iterable[str]) -> Test:
    known_codes = set(codes).intersection(vocabulary.codes(Vocabulary.LANGUAGE))
    return _having(
        Language.service_id == Listing.service_id, Language.code.in_(sorted(known_codes))
    )


def _costing(codes: frozenset[str]) -> Test:
    first = (
        select(CostOption.option)
        .where(CostOption.service_id == Listing.service_id)
        .order_by(CostOption.id)
        .limit(1)
        .correlate(Listing)
        .scalar_subquery()
    )
    kinds = [kind for kind in CostKind if kind.value in codes]
    return first.in_(kinds) if kinds else false()


def _taking(codes: frozenset[str]) -> Test:
    """Return the test whether one of the offenses is taken, as ``ruling.offenses_taken`` says."""
    known_codes = sorted(codes.intersection(vocabulary.codes(Vocabulary.OFFENSE)))
    ruled = (
        EligibilityRule.listing_number == Listing.number,
        EligibilityRule.kind == RuleKind.OFFENSE,
    )
    taken = EligibilityRule.stance.in_(TAKING)
    unnamed = [not_(_having(*ruled, EligibilityRule.code == code)) for code in known_codes]
    return or_(
        _having(*ruled, taken, EligibilityRule.code.in_(known_codes)),
        and_(_having(*ruled, taken, EligibilityRule.code.is_(None)), or_(false(), *unnamed)),
    )


_FILTERS: Final[Mapping[str, Callable[[frozenset[str]], Test]]] = {
    "term": _needed,
    "language": _speaking,
    "cost": _costing,
    "payer": _said(Vocabulary.PAYER),
    "population": lambda codes: and_(
        true(), *map(_said(Vocabulary.POPULATION), vocabulary.each_of(codes))
    ),
    "offense": _taking,
    "says": lambda codes: or_(_said(_STATED)(codes), _said(Vocabulary.MEDICATION)(codes)),
}
