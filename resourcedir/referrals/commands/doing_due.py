"""What the app does by itself when its time has come. Each row is done once, by one worker."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from resourcedir.referrals import lifecycle, queries
from resourcedir.referrals.commands.acting import add_event, by_app, move
from resourcedir.referrals.commands.effects import follow
from resourcedir.referrals.commands.holding import lapse
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.lifecycle import UNANSWERED, Action, Reason, Status, Step, WordOf
from resourcedir.referrals.models import Referral, ReferralDue

_STEPS = {
    DueKind.REMIND: Step(Action.REMIND),
    DueKind.ESCALATE: Step(Action.ESCALATE),
    DueKind.EXPIRE: Step(Action.EXPIRE, Reason.NO_ANSWER),
    DueKind.INTAKE_AHEAD: Step(Action.REMIND),
}


def do_due(session: Session, due_id: UUID, at: datetime) -> bool:
    """Do one thing that is due; False if another worker has done it, or it lapsed.

    One statement claims the row: of several workers one changes it. The claim, what is done and
    its event are one transaction, so that a worker that dies leaves the row as it was. The referral
    is locked first, as people's steps lock it before they drop what is due.
    """
    referral = _locked(session, due_id)
    if referral is None:
        return False
    kind = session.scalar(
        update(ReferralDue)
        .where(ReferralDue.id == due_id, ReferralDue.done_at.is_(None), ReferralDue.at <= at)
        .values(done_at=at)
        .returning(ReferralDue.kind),
        execution_options={"synchronize_session": False},
    )
    if kind is None:
        return False
    if kind is DueKind.HOLD_ENDS:
        return lapse(session, referral, at)
    if not _still_due(referral, kind, at):
        return False
    step = _STEPS[kind]
    if kind is DueKind.EXPIRE and referral.status is Status.INFO_ASKED:
        step = Step(Action.EXPIRE, Reason.QUESTION_OPEN)  # the officer let it lie, not the place
    _take(session, referral, step, at)
    return True


def _take(session: Session, referral: Referral, step: Step, at: datetime) -> None:
    by = by_app(at)
    was = queries.state_now(session, referral, by.today)
    move(session, referral, step, lifecycle.step(was, None, step))
    add_event(session, referral, by, step, WordOf.CLOCK)
    follow(session, referral, by, step, was)


def _still_due(referral: Referral, kind: DueKind, at: datetime) -> bool:
    if kind is DueKind.INTAKE_AHEAD:
        return referral.status is Status.INTAKE_SCHEDULED
    if referral.status not in UNANSWERED or referral.answer_due_at is None:
        return False
    return kind is DueKind.REMIND or referral.answer_due_at <= at


def _locked(session: Session, due_id: UUID) -> Referral | None:
    whose = select(ReferralDue.referral_id).where(ReferralDue.id == due_id).scalar_subquery()
    return session.scalar(
        select(Referral)
        .where(Referral.id == whose)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
