"""What came of the referrals to each listing: counts over the whole deployment, no persons.

Everybody sees these counts beside a listing, so they are asked for by nobody in particular.

Of referrals that have left, in the app or recorded, and were not entered in error:

* *answered*: somebody said of the provider that it accepts, has set a day for the intake, puts on
  the waiting list or declines. A question back is no answer.
* *accepted*: it accepted, or set a day for the intake; *started*: the client did, and so was
  accepted, whoever forgot to say so; *completed*: the client did, and so had started.
* *referred*: it was answered, or an answer was owed and did not come in time: it is late now, the
  referral expired for want of it, or was withdrawn after the officer was told that it is late.

What is not answered and not late counts nowhere. Nor does what was never accepted for the client's
own reasons: they chose otherwise, moved away, were not reached, or were referred by mistake. A
question that the officer left open is not the provider's silence. A missed intake takes nothing
away from what was accepted. A step that was taken back was never taken.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from resourcedir.directory.facts import RecordFact
from resourcedir.referrals.lifecycle import Action, Reason, Status
from resourcedir.referrals.models import Referral, ReferralEvent

COMPLETED: Final = frozenset({Action.COMPLETE})
STARTED: Final = COMPLETED | {Action.START}
ACCEPTED: Final = STARTED | {Action.ACCEPT, Action.SCHEDULE}
ANSWERED: Final = ACCEPTED | {Action.WAITLIST, Action.DECLINE}
OF_THE_CLIENT: Final = frozenset(
    {Reason.CLIENT_CHOSE, Reason.MOVED, Reason.NOT_REACHED, Reason.MISTAKE}
)
"""Reasons that say nothing of the provider."""

_ENDS: Final = frozenset({Action.DECLINE, Action.WITHDRAW})
_READ: Final = ANSWERED | _ENDS | {Action.ESCALATE, Action.EXPIRE}


def track_records(session: Session, at: datetime) -> dict[int, RecordFact]:
    """Return what came of the referrals to each listing that has any that count."""
    told = _told()
    answered, accepted = _is(told.c.answered), _is(told.c.accepted)
    silent = or_(
        and_(Referral.status == Status.SENT, Referral.answer_due_at <= at),
        and_(Referral.status == Status.EXPIRED, _is(told.c.expired)),
        and_(Referral.status == Status.WITHDRAWN, _is(told.c.late)),
    )
    counts = or_(
        and_(answered, or_(accepted, ~_is(told.c.by_client))),
        and_(~answered, silent),
    )
    statement = (
        select(
            Referral.listing_number,
            func.count(),
            func.sum(told.c.answered),
            func.sum(told.c.accepted),
            func.sum(told.c.started),
            func.sum(told.c.completed),
        )
        .outerjoin(told, told.c.referral_id == Referral.id)
        .where(
            Referral.sent_at.is_not(None),
            Referral.status != Status.ENTERED_IN_ERROR,
            counts,
        )
        .group_by(Referral.listing_number)
    )
    return {
        number: RecordFact(*(int(count or 0) for count in numbers))
        for number, *numbers in session.execute(statement)
    }


def _told() -> FromClause:
    """Return by referral which steps were taken and not taken back: 1 or 0 each."""
    event, later = ReferralEvent, aliased(ReferralEvent)
    taken_back = select(later.corrects_id).where(later.corrects_id.is_not(None))
    return (
        select(
            event.referral_id,
            _any(event.action.in_(ANSWERED)).label("answered"),
            _any(event.action.in_(ACCEPTED)).label("accepted"),
            _any(event.action.in_(STARTED)).label("started"),
            _any(event.action.in_(COMPLETED)).label("completed"),
            _any(and_(event.action.in_(_ENDS), event.reason.in_(OF_THE_CLIENT))).label("by_client"),
            _any(and_(event.action == Action.ESCALATE, event.status == Status.SENT)).label("late"),
            _any(and_(event.action == Action.EXPIRE, event.reason == Reason.NO_ANSWER)).label(
                "expired"
            ),
        )
        .where(event.action.in_(_READ), event.id.not_in(taken_back))
        .group_by(event.referral_id)
        .subquery()
    )


def _any(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.max(case((holds, 1), else_=0))


def _is(flag: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether a flag is up; a referral of which nothing was told has none."""
    return func.coalesce(flag, 0) == 1
