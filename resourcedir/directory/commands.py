"""Changes what is known of listings. Every change leaves who, when, before and after.

Nothing here commits, and nothing deletes a listing: referrals refer to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from resourcedir.audit.commands import AuditEvent, Entry, record
from resourcedir.directory import editing, queries, writing
from resourcedir.directory.editing import Field, FieldChange, ListingEdit
from resourcedir.directory.facts import ListingFacts, OpeningsFact
from resourcedir.directory.kinds import WrongFact
from resourcedir.directory.models import Listing, ListingReport, Metadata
from resourcedir.errors import BadInput, StaleRecord
from resourcedir.identity import Identity
from resourcedir.outbox.commands import note_changes
from resourcedir.texts import N_

_SOMEBODY: Final = "Somebody"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who makes a change, when, and from which network address."""

    identity: Identity
    at: datetime
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a listing was on the page when somebody began to change it."""

    version: int
    at: datetime


def apply(
    session: Session, listing: Listing, edit: ListingEdit, seen: Seen, by: Hand
) -> tuple[FieldChange, ...]:
    """Publish ``edit`` and return what it changed.

    :raises StaleRecord: naming who has changed what since it was ``seen``.
    :raises BadInput: if hours cannot be read or more is free than there is.
    """
    refuse_stale(session, listing, seen)
    facts = queries.facts_for(session, listing.number)
    changed = editing.changes(facts, edit)
    if not changed:
        return ()
    _check_openings(edit.openings, by.at)
    fields = frozenset(each.field for each in changed)
    writing.write(session, listing, edit, fields, by.identity.user_id)
    _keep(session, facts, changed, by)
    _touch(session, listing, by)
    return changed


def refuse_stale(session: Session, listing: Listing, seen: Seen) -> None:
    """:raises StaleRecord: if the listing is not any more what was ``seen``."""
    if listing.version == seen.version:
        return
    since = queries.changes_since(session, listing.number, seen.at)
    names = queries.names(session, since)
    raise StaleRecord(
        N_(
            "%(who)s changed this listing after you opened it: %(what)s. "
            "Nothing of yours was saved. Check your changes against it and publish again."
        ),
        who=", ".join(sorted({names.get(line.by, _SOMEBODY) for line in since})) or _SOMEBODY,
        what="; ".join(f"{line.field}: {line.after}" for line in since),
    )


def set_openings(session: Session, listing: Listing, told: OpeningsFact, by: Hand) -> None:
    """Write how many are free, and that it is true now.

    :raises BadInput: for fewer than none or more than there are.
    """
    _check_openings(told, by.at)
    facts = queries.facts_for(session, listing.number)
    zone = editing.zone_of(facts)
    change = FieldChange(
        Field.OPENINGS,
        editing.openings_words(facts.openings, zone),
        editing.openings_words(told, zone),
    )
    writing.write_openings(session, listing, told, by.identity.user_id)
    _settle(session, listing.number, by.at, {WrongFact.OPENINGS})
    _keep(session, facts, (change,), by)
    _renew(session, listing, _alike(session, listing), by)


def mark_still_true(session: Session, listing: Listing, by: Hand) -> None:
    """Write down that somebody who knows says that all of it is true."""
    facts = queries.facts_for(session, listing.number)
    before = facts.checked_at.date().isoformat() if facts.checked_at else ""
    _add_history(session, facts, ("checked", "checked", before, by.at.date().isoformat()), by)
    _touch(session, listing, by)


def withdraw(session: Session, listing: Listing, by: Hand) -> None:
    """Offer the listing no more; its row and its history stay."""
    facts = queries.facts_for(session, listing.number)
    _add_history(session, facts, ("withdrawn", "status", "offered", "withdrawn"), by)
    listing.withdrawn_at = by.at
    _renew(session, listing, [listing], by)


def report_wrong_fact(session: Session, number: int, fact: WrongFact, by: Hand) -> bool:
    """Write down that ``fact`` is said to be wrong; False if this person's report is open already.

    :raises NotFound: if there is no such listing.
    """
    facts = queries.facts_for(session, number)
    mine = by.identity.user_id
    if any(each.fact is fact and each.by == mine for each in queries.open_reports(session, number)):
        return False
    session.add(
        ListingReport(listing_number=facts.number, fact=fact, reported_at=by.at, reported_by=mine)
    )
    session.flush()
    return True


def _check_openings(told: OpeningsFact | None, now: datetime) -> None:
    if told is None:
        return
    if told.available < 0:
        raise BadInput(N_("Fewer than none cannot be free."))
    if told.maximum is not None and told.available > told.maximum:
        raise BadInput(
            N_("There are only %(maximum)s: no more than that can be free."), maximum=told.maximum
        )
    if told.as_of > now:
        raise BadInput(N_("The time when openings were true cannot lie ahead."))


def _keep(session: Session, facts: ListingFacts, changed: Iterable[FieldChange], by: Hand) -> None:
    for each in changed:
        line = ("update", each.field.value, str(each.before), str(each.after))
        _add_history(session, facts, line, by)


def _add_history(
    session: Session, facts: ListingFacts, line: tuple[str, str, str, str], by: Hand
) -> None:
    action, field, before, after = line
    session.add(
        Metadata(
            resource_id=facts.resource_id,
            resource_type=facts.kind.value,
            last_action_date=by.at,
            last_action_type=action,
            field_name=field,
            previous_value=before,
            replacement_value=after,
            updated_by=by.identity.user_id,
        )
    )


def _touch(session: Session, listing: Listing, by: Hand) -> None:
    """Count the listing as checked, and everything said against it as settled."""
    alike = _alike(session, listing)
    for each in alike:
        _settle(session, each.number, by.at, set(WrongFact))
    for each in alike:
        each.checked_at, each.checked_by = by.at, by.identity.user_id
    _renew(session, listing, alike, by)


def _renew(session: Session, listing: Listing, alike: Sequence[Listing], by: Hand) -> None:
    """Raise the versions, tell the index and the audit."""
    for each in alike:
        flag_modified(each, "checked_at")  # an UPDATE, so that the version rises in any case
    session.flush()
    note_changes(session, [each.number for each in alike], by.at)
    record(
        session,
        Entry(
            event=AuditEvent.LISTING_CHANGED,
            at=by.at,
            actor_id=by.identity.user_id,
            address=by.address,
            subject_type="listing",
            subject_id=listing.number,
        ),
    )


def _alike(session: Session, listing: Listing) -> Sequence[Listing]:
    """Return the listings of the same service: its facts are theirs, wherever it is given."""
    if listing.service_id is None:
        return [listing]
    statement = select(Listing).where(Listing.service_id == listing.service_id)
    return session.scalars(statement.order_by(Listing.number)).all()


def _settle(session: Session, number: int, at: datetime, about: set[WrongFact]) -> None:
    statement = select(ListingReport).where(
        ListingReport.listing_number == number,
        ListingReport.settled_at.is_(None),
        ListingReport.fact.in_(about),
    )
    for report in session.scalars(statement):
        report.settled_at = at
