"""Who acts and when; the event and the audit row that each act leaves behind."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.audit.commands import AuditEvent, Entry
from resourcedir.audit.commands import record as write_audit
from resourcedir.errors import StaleRecord
from resourcedir.identity import Identity, Officer, Provider
from resourcedir.referrals.lifecycle import Action, Step, WordOf
from resourcedir.referrals.models import Referral, ReferralEvent
from resourcedir.referrals.wording import OVERTAKEN
from resourcedir.texts import N_

Who = TypeVar("Who", Officer, Provider, Identity)


@dataclass(frozen=True, slots=True, kw_only=True)
class By(Generic[Who]):
    """Who acts, when, on which day where they are, and from which network address."""

    who: Who
    at: datetime
    today: date
    address: str | None = None


def add_event(
    session: Session, referral: Referral, by: By[Who], step: Step, word_of: WordOf
) -> None:
    """Append what happened, numbered within the referral, and the audit row for it."""
    last = session.scalar(
        select(func.max(ReferralEvent.sequence)).where(ReferralEvent.referral_id == referral.id)
    )
    event = ReferralEvent(
        referral_id=referral.id,
        sequence=(last or 0) + 1,
        at=by.at,
        action=step.action,
        status=referral.status,
        by_user_id=by.who.user_id,
        word_of=word_of,
        reason=step.reason,
    )
    session.add(event)
    event.note = step.note.strip()
    session.flush()
    audit(session, referral.id, by, AuditEvent.REFERRAL_CHANGED)


def audit(session: Session, referral_id: UUID, by: By[Who], event: AuditEvent) -> None:
    """Write down who did it; ids alone."""
    write_audit(
        session,
        Entry(
            event=event,
            at=by.at,
            actor_id=by.who.user_id,
            address=by.address,
            subject_type="referral",
            subject_id=referral_id,
        ),
    )


def is_done(session: Session, referral: Referral, by: By[Who], version: int, step: Step) -> bool:
    """Say whether this very step was already taken by the same person from the same page.

    A double click is answered as done. Anything else that happened since the page was read is for
    the person to see first.

    :raises StaleRecord: saying what happened meanwhile.
    """
    if referral.version == version:
        return False
    last = session.scalar(
        select(ReferralEvent)
        .where(ReferralEvent.referral_id == referral.id)
        .order_by(ReferralEvent.sequence.desc())
        .limit(1)
    )
    if last is None:
        raise StaleRecord(N_("This draft was changed meanwhile. Read it again."))
    if (last.action, last.by_user_id, last.reason) == (step.action, by.who.user_id, step.reason):
        return True
    raise StaleRecord(OVERTAKEN[Action(last.action)])
