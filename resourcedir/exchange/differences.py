"""What a file changes on a listing: which columns, and which rows around it. Pure.

Decides also what a file may not change: what is known from a later day than the file's stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from resourcedir.directory.kinds import RuleKind
from resourcedir.exchange.drafts import ListingDraft, Rows, StoredListing, Values
from resourcedir.taxonomy.vocabulary import Vocabulary

_POINT: Final = ("latitude", "longitude", "position_error_m")
_FREE, _UPDATED = 1, 3  # where a row of openings has its number and its instant

_COLUMNS_OF: Final = {
    "description": ("description",),
    "phones": ("phone",),
    "ages": ("minimum_age", "maximum_age"),
    "eligibility": ("eligibility_description",),
    "status": ("status",),
    "alert": ("alert",),
}
_SIDE_OF: Final = {name: name for name in ("hours", "phones", "languages", "cost", "accessibility")}
_RULES_OF: Final = {
    "genders": RuleKind.GENDER,
    "populations": RuleKind.POPULATION,
    "offenses": RuleKind.OFFENSE,
    "warrants": RuleKind.WARRANT,
    "medications": RuleKind.MEDICATION,
    "sobriety": RuleKind.SOBRIETY_DAYS,
    "residency": RuleKind.RESIDENCY,
    "documents": RuleKind.DOCUMENT,
    "referral_sources": RuleKind.REFERRAL_SOURCE,
    "children": RuleKind.CHILDREN,
    "pets": RuleKind.PETS,
}
_TERMS_OF: Final = {"payers": str(Vocabulary.PAYER)}
"""What an edited field of ``directory.editing`` is made of here."""

Names = Mapping[UUID, tuple[str, str, str, str]]
"""(taxonomy, code, English name, Spanish name) of each term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What to write so that ``stored`` becomes ``draft``. Empty parts stay as they are.

    ``sides`` are rows to take away and rows to add, by the name of the side; so are ``terms``.
    ``moved_in_secret``: the sealed address is another.
    """

    stored: StoredListing
    draft: ListingDraft
    listing: Values
    resource: Values
    location: Values
    sides: Mapping[str, tuple[Rows, Rows]]
    terms: tuple[frozenset[UUID], frozenset[UUID]]
    moved_in_secret: bool

    @property
    def has_place(self) -> bool:
        """Whether the listing has a location afterwards."""
        return self.draft.location is not None

    @property
    def is_empty(self) -> bool:
        moved = self.has_place != (self.stored.location is not None)
        owned = self.draft.organization.id != self.stored.organization.id
        parts = (self.listing, self.resource, self.location, self.sides, *self.terms)
        return not (moved or owned or self.moved_in_secret or any(parts))


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of a stored listing: the fields that people changed, and when last.

    ``usual_zone`` is of a listing that is in no zone of its own.
    """

    names: Names
    edits: Mapping[str, datetime]
    moved_in_secret: bool = False
    usual_zone: str = "UTC"

    def taxonomy(self, term: UUID) -> str:
        """Return which list a term is of, "" for one that the file brings along."""
        return self.names[term][0] if term in self.names else ""


def difference(stored: StoredListing, draft: ListingDraft, known: Known) -> Difference:
    """Return what ``draft`` changes on ``stored``."""
    wanted = _not_older(stored, _without_edited(stored, draft, known), known.usual_zone)
    spoken = stored.terms
    if spoken != wanted.terms:
        names = known.names
        spoken = frozenset(term for term in spoken if names[term][0] in draft.taxonomies)
    return Difference(
        stored=stored,
        draft=wanted,
        listing=_changed(stored.listing, wanted.listing),
        resource=_changed(stored.resource, wanted.resource),
        location=_changed(stored.location or {}, wanted.location or {}),
        sides={
            name: (stored.side(name) - wanted.side(name), wanted.side(name) - stored.side(name))
            for name in sorted({*stored.sides, *wanted.sides})
            if stored.side(name) != wanted.side(name)
        },
        terms=(spoken - wanted.terms, wanted.terms - spoken),
        moved_in_secret=known.moved_in_secret,
    )


def _not_older(stored: StoredListing, draft: ListingDraft, usual_zone: str) -> ListingDraft:
    """Return ``draft`` without what the database knows from a later day, and with its own ids."""
    listing, location, sides = dict(draft.listing), draft.location, dict(draft.sides)
    checked_at, known = listing["checked_at"], stored.listing["checked_at"]
    if known is not None and (
        checked_at is None or checked_at.date() <= stored.day_of(known, usual_zone)
    ):
        listing["checked_at"] = known
    sides["openings"] = _openings_to_keep(stored.side("openings"), draft.side("openings"))
    if location is not None and stored.location is not None:
        moved = stored.side("address") != draft.side("address")
        location = {**location, **_point_to_keep(stored.location, location, moved=moved)}
    owner = draft.organization
    if owner.name == stored.organization.name:
        owner = replace(owner, id=stored.organization.id)
    return replace(
        draft,
        listing=listing,
        location=location,
        sides=sides,
        organization=owner,
        resource_id=stored.resource_id,
    )


def _without_edited(stored: StoredListing, draft: ListingDraft, known: Known) -> ListingDraft:
    """Return ``draft`` without the fields that somebody changed after the file's day, or ever.

    Ever, where the file does not say of which day it is: a person who works there knows better.
    """
    as_of = draft.listing["checked_at"]
    newer = [name for name, at in known.edits.items() if as_of is None or as_of <= at]
    if not newer:
        return draft
    columns = {column for name in newer for column in _COLUMNS_OF.get(name, ())}
    kept = {column: stored.resource[column] for column in columns & set(draft.resource)}
    sides = {side: stored.side(side) for name, side in _SIDE_OF.items() if name in newer}
    kinds = {_RULES_OF[name] for name in newer if name in _RULES_OF}
    rules = {row for row in draft.side("rules") if row[0] not in kinds}
    rules |= {row for row in stored.side("rules") if row[0] in kinds}
    lists = {_TERMS_OF[name] for name in newer if name in _TERMS_OF}
    kept_terms = {term for term in stored.terms if known.taxonomy(term) in lists}
    terms = {term for term in draft.terms if known.taxonomy(term) not in lists} | kept_terms
    return replace(
        draft,
        resource={**draft.resource, **kept},
        sides={**draft.sides, **sides, "rules": frozenset(rules)},
        terms=frozenset(terms),
    )


def _openings_to_keep(stored: Rows, wanted: Rows) -> Rows:
    """Return what was told last. Of the same telling what is free now stays: some may be held."""
    if _told_at(stored) != _told_at(wanted):
        return max(stored, wanted, key=_told_at)
    free = {row[_UPDATED]: row[_FREE] for row in stored}
    return frozenset(
        (unit, min(free.get(at, told), told if most is None else most), most, at, *rest)
        for unit, told, most, at, *rest in wanted
    )


def _told_at(openings: Rows) -> float:
    return max((row[_UPDATED].timestamp() for row in openings), default=0.0)


def _point_to_keep(stored: Values, wanted: Values, *, moved: bool) -> Values:
    """Return the stored point where it is the same, or better known and of the same address."""
    if stored["position_error_m"] is None:
        return {}
    same = all(stored[axis] == wanted[axis] for axis in ("latitude", "longitude"))
    better = wanted["latitude"] is None or stored["position_error_m"] < wanted["position_error_m"]
    return {name: stored[name] for name in _POINT} if same or (better and not moved) else {}


def _changed(before: Values, after: Values) -> Values:
    return {name: value for name, value in after.items() if before.get(name) != value}
