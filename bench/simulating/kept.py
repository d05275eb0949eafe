"""All that is stored of referrals, read in few statements."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.referrals.lifecycle import Action, Mode, Status
from resourcedir.referrals.models import (
    IntakeAppointment,
    OpeningHold,
    Outcome,
    Referral,
    ReferralDue,
    ReferralEvent,
)

UNANSWERED: Final = frozenset({Status.SENT, Status.INFO_ASKED})
BEGINS: Final = frozenset({Action.SEND, Action.ASK_INFO, Action.ANSWER_INFO, Action.CORRECT})
_TABLES: Final = {
    "due": (ReferralDue, ReferralDue.at),
    "events": (ReferralEvent, ReferralEvent.sequence),
    "holds": (OpeningHold, OpeningHold.held_at),
    "intakes": (IntakeAppointment, IntakeAppointment.sequence),
    "outcomes": (Outcome, Outcome.recorded_at),
}


@dataclass
class Kept:
    """All that is stored of one referral, by time."""

    referral: Referral
    events: list[ReferralEvent] = field(default_factory=list)
    due: list[ReferralDue] = field(default_factory=list)
    holds: list[OpeningHold] = field(default_factory=list)
    intakes: list[IntakeAppointment] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def owed_since(self) -> list[datetime]:
        """When an answer began to be owed, each time."""
        if self.referral.mode is not Mode.LIVE:
            return []
        return [
            each.at for each in self.events if each.action in BEGINS and each.status in UNANSWERED
        ]


def events_of(session: Session, ids: set[UUID]) -> dict[UUID, list[ReferralEvent]]:
    found: dict[UUID, list[ReferralEvent]] = defaultdict(list)
    statement = select(ReferralEvent).order_by(ReferralEvent.sequence)
    for some in _batches(ids):
        for row in session.scalars(statement.where(ReferralEvent.referral_id.in_(some))):
            found[row.referral_id].append(row)
    return found


def kept_of(session: Session, ids: set[UUID]) -> list[Kept]:
    """Return what is stored of some referrals."""
    found: dict[UUID, Kept] = {}
    for some in _batches(ids):
        for row in session.scalars(select(Referral).where(Referral.id.in_(some))):
            found[row.id] = Kept(row)
        for name, (table, by) in _TABLES.items():
            for row in session.scalars(
                select(table).where(table.referral_id.in_(some)).order_by(by)
            ):
                getattr(found[row.referral_id], name).append(row)
    return list(found.values())


def _batches(ids: set[UUID]) -> Iterator[list[UUID]]:
    wanted = sorted(ids)
    return (wanted[start : start + 500] for start in range(0, len(wanted), 500))
