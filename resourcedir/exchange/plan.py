"""Compares a whole file with the database and says what has to be written. Writes nothing.

A dry run ends here, so what it reports is what the import then does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from resourcedir.db import usual_zone
from resourcedir.errors import BadFile, Fault
from resourcedir.exchange import private_places
from resourcedir.exchange import stored as reading
from resourcedir.exchange.differences import Difference, Known, Names, difference
from resourcedir.exchange.drafts import ListingDraft, OrganizationDraft, StoredListing
from resourcedir.exchange.report import ImportReport
from resourcedir.texts import N_, Phrase

KIND_CHANGED: Final = N_("%(key)s was a %(before)s before: give a %(after)s a key of its own.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to write. ``changed`` holds also listings whose organization alone is changed."""

    added: tuple[ListingDraft, ...]
    changed: tuple[Difference, ...]
    withdrawn: tuple[StoredListing, ...]
    kept_withdrawn: tuple[StoredListing, ...]
    unchanged: int
    new_organizations: tuple[OrganizationDraft, ...]
    changed_organizations: tuple[tuple[OrganizationDraft, OrganizationDraft], ...]
    names: Names

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.withdrawn or self.changed_organizations)

    def report(self, so_far: ImportReport) -> ImportReport:
        """Return ``so_far``, which knows what was read, with what the plan will do."""
        return replace(
            so_far,
            added=len(self.added),
            changed=len(self.changed),
            unchanged=self.unchanged,
            withdrawn=tuple(map(_name, self.withdrawn)),
            kept_withdrawn=tuple(map(_name, self.kept_withdrawn)),
        )


def _name(listing: StoredListing) -> str:
    return str(listing.resource.get("name") or listing.resource.get("title"))


def make_plan(session: Session, drafts: Sequence[ListingDraft]) -> Plan:
    """Return what turns the database into what ``drafts`` say, all rows of their sources.

    :raises BadFile: if a key was of a service before and is of a job lead now, or the reverse.
    """
    names = reading.term_names(session)
    sources = {draft.source for draft in drafts}
    before, edits = reading.load(session, sources), reading.edits(session, sources)
    _refuse_other_kinds(drafts, before)
    wanted = {draft.organization.id: draft.organization for draft in drafts}
    known = reading.organizations(session, set(wanted))
    other = _changed_organizations(wanted, known)
    touched = {old.id for old, _ in other}
    moved = _moved_in_secret(session, drafts, before)
    by_hand, zone = reading.withdrawn_by_hand(session, sources), usual_zone(session)

    added, changed, kept_withdrawn, unchanged = [], [], [], 0
    for draft in drafts:
        if (stored := before.get((draft.source, draft.key))) is None:
            added.append(draft)
            continue
        if stored.number in by_hand:
            kept_withdrawn.append(stored)
            draft = _still_withdrawn(draft, stored)  # noqa: PLW2901 -- what is wanted of it
        own = Known(names, edits.get(stored.resource_id, {}), stored.number in moved, zone)
        found = difference(stored, draft, own)
        if found.is_empty and found.draft.organization.id not in touched:
            unchanged += 1
        else:
            changed.append(found)
    owners = {each.organization.id for each in added} | {
        each.draft.organization.id for each in changed
    }
    kept = {(draft.source, draft.key) for draft in drafts}
    return Plan(
        added=tuple(added),
        changed=tuple(changed),
        withdrawn=tuple(
            stored
            for key, stored in before.items()
            if key not in kept and stored.listing["withdrawn_at"] is None
        ),
        kept_withdrawn=tuple(kept_withdrawn),
        unchanged=unchanged,
        new_organizations=tuple(
            each for key, each in wanted.items() if key not in known and key in owners
        ),
        changed_organizations=tuple(other),
        names=names,
    )


def _still_withdrawn(draft: ListingDraft, stored: StoredListing) -> ListingDraft:
    withdrawn_at = stored.listing["withdrawn_at"]
    return replace(draft, listing={**draft.listing, "withdrawn_at": withdrawn_at})


def _refuse_other_kinds(
    drafts: Sequence[ListingDraft], before: Mapping[reading.Key, StoredListing]
) -> None:
    faults = []
    for draft in drafts:
        stored = before.get((draft.source, draft.key))
        if stored is not None and stored.kind is not draft.kind:
            values = {"before": stored.kind.value, "after": draft.kind.value}
            said = Phrase(KIND_CHANGED, {"key": draft.key, **values})
            faults.append(Fault(said, draft.line, "kind"))
    if faults:
        raise BadFile(tuple(faults))


def _moved_in_secret(
    session: Session, drafts: Sequence[ListingDraft], before: Mapping[reading.Key, StoredListing]
) -> frozenset[int]:
    """Return the numbers of the listings whose sealed address is to be another."""
    told = {
        stored.number: draft.private_address
        for draft in drafts
        if draft.private_address and (stored := before.get((draft.source, draft.key))) is not None
    }
    known = private_places.known_ids(session, told)
    return frozenset(
        number
        for number, address in told.items()
        if known.get(number) != private_places.id_of(session, number, address)
    )


def _changed_organizations(
    wanted: Mapping[UUID, OrganizationDraft], known: Mapping[UUID, OrganizationDraft]
) -> list[tuple[OrganizationDraft, OrganizationDraft]]:
    """Return pairs of an organization as it is and as the file wants it; None is "not said"."""
    pairs = []
    for key, before in known.items():
        draft = wanted[key]
        after = OrganizationDraft(
            before.id,
            before.name,
            before.description if draft.description is None else draft.description,
            before.website if draft.website is None else draft.website,
        )
        if after != before:
            pairs.append((before, after))
    return pairs
