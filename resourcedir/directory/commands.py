"""Changes what is known of listings. Every change leaves who, when, before and after.

Nothing here commits, and nothing deletes a listing: referrals refer to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from resourcedir.audit.commands import AuditEvent, Entry, record
from resourcedir.directory import editing, kept_words, queries, writing
from resourcedir.directory.editing import Field, FieldChange, ListingEdit
from resourcedir.directory.facts import ListingFacts, OpeningsFact
from resourcedir.directory.kinds import Unit, WrongFact
from resourcedir.directory.models import Listing, ListingReport, Metadata
from resourcedir.directory.offering import day_there
from resourcedir.directory.openings import MOST_HOLD_HOURS, MOST_WAIT_DAYS, begun
from resourcedir.errors import BadInput, StaleRecord
from resourcedir.identity import Identity
from resourcedir.outbox.commands import note_changes
from resourcedir.texts import N_

_SOMEBODY: Final = "Somebody"

ANSWERS: Final[Mapping[Field, WrongFact]] = {
    Field.PHONES: WrongFact.PHONE,
    Field.HOURS: WrongFact.HOURS,
    **dict.fromkeys(editing.OF_OPENINGS, WrongFact.OPENINGS),
    Field.STATUS: WrongFact.CLOSED,
    **dict.fromkeys(editing.OF_RULES, WrongFact.RULES),
    Field.DESCRIPTION: WrongFact.OTHER,
    Field.LANGUAGES: WrongFact.OTHER,
    Field.COST: WrongFact.OTHER,
    Field.PAYERS: WrongFact.OTHER,
    Field.ACCESSIBILITY: WrongFact.OTHER,
}
"""What somebody said is wrong that a change of the field answers. A notice answers nothing."""


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
    _check_openings(edit.openings, facts, by.at)
    fields = frozenset(each.field for each in changed)
    writing.write(session, listing, edit, fields, by.identity.user_id)
    _keep(session, facts, changed, by)
    _check(session, listing, {ANSWERS[each] for each in fields if each in ANSWERS}, by)
    return changed


def refuse_stale(session: Session, listing: Listing, seen: Seen) -> None:
    """:raises StaleRecord: if the listing is not any more what was ``seen``."""
    if listing.version == seen.version:
        return
    since = queries.changes_since(session, listing.number, seen.at)
    names = queries.names(session, since)
    raise StaleRecord(
        N_(
            "%(who)s changed this listing after you opened it. "
            "Nothing of yours was saved. Check your changes against it and publish again."
        ),
        who=", ".join(sorted({names.get(line.by, _SOMEBODY) for line in since})) or _SOMEBODY,
    )


def set_openings(
    session: Session, listing: Listing, told: OpeningsFact, by: Hand, seen: int | None = None
) -> None:
    """Write how many are free and what is told with it, and that it is true now.

    ``seen`` is how many were free when the page was opened; None: whoever tells saw no number.

    :raises BadInput: for what cannot be: fewer than none, more than there are.
    :raises StaleRecord: if referrals or others have changed the number since it was ``seen``.
    """
    writing.lock_openings(session, listing)
    facts = queries.facts_for(session, listing.number)
    _check_openings(told, facts, by.at)
    if seen is not None and facts.openings is not None and facts.openings.available != seen:
        raise StaleRecord(
            N_("The number has changed since you opened this page: it is %(free)s now. Tell anew."),
            free=facts.openings.available,
        )
    changed = editing.openings_changes(facts.openings, told, facts.time_zone)
    writing.write_openings(session, listing, told, by.identity.user_id)
    _settle(session, listing.number, by.at, {WrongFact.OPENINGS})
    _keep(session, facts, changed, by)
    _renew(session, listing, _alike(session, listing), by)


def mark_still_true(session: Session, listing: Listing, by: Hand) -> None:
    """Write down that somebody who knows says that all of it is true."""
    facts = queries.facts_for(session, listing.number)
    before = day_there(facts, facts.checked_at).isoformat() if facts.checked_at else ""
    line = ("checked", "checked", before, day_there(facts, by.at).isoformat())
    _add_history(session, facts, line, by)
    _check(session, listing, set(WrongFact), by)


def pause(session: Session, listing: Listing, until: date | None, by: Hand) -> None:
    """Let the service of a listing take nobody through ``until``; None ends the pause.

    :raises NotFound: for a job lead, which has its own last day.
    """
    facts = queries.facts_for(session, listing.number)
    if facts.paused_until == until:
        return
    writing.write_pause(session, listing, until)
    before, after = (kept_words.day(each) for each in (facts.paused_until, until))
    _add_history(session, facts, ("update", "paused_until", before, after), by)
    _renew(session, listing, _alike(session, listing), by)


def withdraw(session: Session, listing: Listing, by: Hand) -> None:
    """Offer the listing no more; its row and its history stay."""
    if listing.withdrawn_at is None:
        _set_offer(session, listing, ("withdrawn", "offer", "offered", "withdrawn"), by)


def offer_again(session: Session, listing: Listing, by: Hand) -> None:
    """Offer a listing that was withdrawn. What it says is as old as it was."""
    if listing.withdrawn_at is not None:
        _set_offer(session, listing, ("offered", "offer", "withdrawn", "offered"), by)


def _set_offer(
    session: Session, listing: Listing, line: tuple[str, str, str, str], by: Hand
) -> None:
    facts = queries.facts_for(session, listing.number)
    _add_history(session, facts, line, by)
    listing.withdrawn_at = by.at if listing.withdrawn_at is None else None
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


def _check_openings(told: OpeningsFact | None, facts: ListingFacts, now: datetime) -> None:
    if told is None:
        return
    if told.available < 0:
        raise BadInput(N_("Fewer than none cannot be free."))
    _check_times(told, facts, now)
    if told.maximum is not None and told.available > told.maximum:
        raise BadInput(
            N_("There are only %(maximum)s: no more than that can be free."), maximum=told.maximum
        )


def _check_times(told: OpeningsFact, facts: ListingFacts, now: datetime) -> None:
    if told.as_of > now:
        raise BadInput(N_("The time when openings were true cannot lie ahead."))
    if told.wait_days is not None and not 0 <= told.wait_days <= MOST_WAIT_DAYS:
        raise BadInput(N_("The wait is 0 to %(most)s days."), most=MOST_WAIT_DAYS)
    if told.hold_hours is not None and not 1 <= told.hold_hours <= MOST_HOLD_HOURS:
        raise BadInput(N_("An opening is held for 1 to %(most)s hours."), most=MOST_HOLD_HOURS)
    if told.starts_on is not None and told.unit is not Unit.SEAT:
        raise BadInput(N_("Only seats in a class have a first day."))
    before = facts.openings.starts_on if facts.openings else None
    if told.starts_on != before and begun(told, facts.time_zone, now):
        raise BadInput(N_("The class has begun. Write the first day of the next one."))


def _keep(session: Session, facts: ListingFacts, changed: Iterable[FieldChange], by: Hand) -> None:
    for each in changed:
        line = ("update", each.field.value, each.before, each.after)
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


def _check(session: Session, listing: Listing, answered: set[WrongFact], by: Hand) -> None:
    """Count this listing as checked, and what was said of it and is ``answered`` as settled.

    Other places of the same service have its facts, but nobody has looked there.
    """
    alike = _alike(session, listing)
    _settle(session, listing.number, by.at, answered)
    listing.checked_at, listing.checked_by = by.at, by.identity.user_id
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
    """Return the listings of the same service or place: its facts are theirs too."""
    same = [Listing.number == listing.number]
    if listing.service_id is not None:
        same.append(Listing.service_id == listing.service_id)
    if listing.location_id is not None:
        same.append(Listing.location_id == listing.location_id)
    statement = select(Listing).where(or_(*same))
    return session.scalars(statement.order_by(Listing.number)).all()


def _settle(session: Session, number: int, at: datetime, about: set[WrongFact]) -> None:
    statement = select(ListingReport).where(
        ListingReport.listing_number == number,
        ListingReport.settled_at.is_(None),
        ListingReport.fact.in_(about),
    )
    for report in session.scalars(statement):
        report.settled_at = at
