"""The referrals of somebody's clients with what is to be known of each to say what is to be done.

Columns are read, not objects of the session: an officer has hundreds, a team thousands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from resourcedir.clients.scope import Scope
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.due import IntakeEnding
from resourcedir.referrals.lifecycle import CLOSED, Mode, Reason, Result, Status, WordOf
from resourcedir.referrals.outcomes import counts_as
from resourcedir.today.queries import statements
from resourcedir.today.sections import Intake, Link, Standing, is_replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """One referral, as the lists need it. ``reason``: of its end, where it has come to nothing."""

    id: UUID
    version: int
    reference: str
    client_id: UUID
    officer_id: UUID
    listing_number: int
    listing_name: str
    organization: str
    need_code: str | None
    urgency: Urgency
    has_contact: bool
    escalated: bool
    reason: Reason | None
    misses: int
    missed_at: datetime | None
    asked_again_at: datetime | None
    called_at: datetime | None
    standing: Standing


def referred(session: Session, scope: Scope, now: datetime) -> tuple[Referred, ...]:
    """Return the referrals of the clients of ``scope``: open ones, and what happened of late.

    Drafts are among them, so that what replaces a referral is known; a supervisor's page leaves
    them out.
    """
    ids = statements.lately(scope, now)
    rows = session.execute(statements.heads(ids, now)).all()
    events = {row.referral_id: row for row in session.execute(statements.events(ids))}
    reasons = dict(session.execute(statements.reasons(ids)).all())
    intakes = {row.referral_id: _intake(row) for row in session.execute(statements.intakes(ids))}
    outcomes: dict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(statements.outcomes(ids)):
        outcomes[row.referral_id].append(row)
    links = _links(rows)
    return tuple(
        _referred(
            row,
            events.get(row.id),
            reason=reasons.get(row.id),
            intake=intakes.get(row.id),
            said=outcomes.get(row.id, ()),
            links=links,
        )
        for row in rows
    )


def _links(rows: Iterable[Row[Any]]) -> Mapping[UUID, Sequence[Link]]:
    """Return what says which referral follows on which, by client."""
    found: dict[UUID, list[Link]] = defaultdict(list)
    for row in rows:
        found[row.client_id].append(
            Link(
                row.id,
                row.client_id,
                row.need_code,
                row.created_at,
                row.instead_of_id,
                counts=row.sent_at is not None and row.status is not Status.ENTERED_IN_ERROR,
            )
        )
    return found


def _intake(row: Row[Any]) -> Intake:
    appointment = Appointment(row.starts_at, row.minutes, row.time_zone)
    return Intake(appointment, missed=row.ending is IntakeEnding.MISSED)


def _referred(
    row: Row[Any],
    event: Row[Any] | None,
    *,
    reason: Reason | None,
    intake: Intake | None,
    said: Sequence[Row[Any]],
    links: Mapping[UUID, Sequence[Link]],
) -> Referred:
    moved_at = (event.moved_at if event else None) or row.created_at
    others = links[row.client_id]
    link = next(each for each in others if each.id == row.id)
    standing = Standing(
        status=row.status,
        mode=row.mode,
        created_at=row.created_at,
        moved_at=moved_at,
        heard_at=(event.heard_at if event else None) or row.created_at,
        sent_at=row.sent_at,
        answered_at=_answered_at(row, event),
        answer_due_at=row.answer_due_at,
        waitlisted_at=row.waitlisted_at,
        wait_days=row.wait_days,
        held_until_at=row.held_until_at,
        wrote_at=_wrote_at(event),
        intake=intake,
        result=counts_as({each.source: each.result for each in said}),
        replaced=row.status in CLOSED and is_replaced(link, moved_at, others),
        settled=_settled(row.status, said, moved_at),
    )
    return Referred(
        id=row.id,
        version=row.version,
        reference=row.reference,
        client_id=row.client_id,
        officer_id=row.officer_id,
        listing_number=row.listing_number,
        listing_name=row.listing_name,
        organization=row.organization,
        need_code=row.need_code,
        urgency=row.urgency,
        has_contact=row.contact_by is not None,
        escalated=bool(row.escalated),
        reason=reason,
        misses=event.misses if event else 0,
        missed_at=event.missed_at if event else None,
        asked_again_at=event.asked_again_at if event else None,
        called_at=event.called_at if event else None,
        standing=standing,
    )


def _wrote_at(event: Row[Any] | None) -> datetime | None:
    """Return when the provider wrote, if the officer has done nothing in it since."""
    if event is None or event.wrote_at is None:
        return None
    unread = event.officer_at is None or event.officer_at < event.wrote_at
    found: datetime | None = event.wrote_at if unread else None
    return found


def _answered_at(row: Row[Any], event: Row[Any] | None) -> datetime | None:
    found: datetime | None = event.answered_at if event and row.mode is Mode.LIVE else None
    return found


def _settled(status: Status, said: Iterable[Row[Any]], ended_at: datetime) -> bool:
    """Say whether nothing more is needed: it helped after all, or the officer has said so since."""
    if status not in CLOSED:
        return False
    if counts_as({each.source: each.result for each in said}) is Result.GOT_HELP:
        return True
    return any(
        each.source is WordOf.OFFICER and each.event_id is None and each.recorded_at >= ended_at
        for each in said
    )
