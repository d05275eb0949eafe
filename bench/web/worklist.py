"""Many clients and referrals at once, written as rows: a page must not ask more for more of them.

Every status is among them, with the events, intakes and outcomes that lists and shares look at.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from resourcedir.clients.models import Assignment, Client, ClientNeed, ContactBy, NeedSource
from resourcedir.clients.models import SupervisionType as Supervision
from resourcedir.db import Base, writing
from resourcedir.identity import Officer
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.due import DueKind, IntakeEnding
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status, WordOf
from resourcedir.referrals.models import (
    IntakeAppointment,
    Outcome,
    Referral,
    ReferralDue,
    ReferralEvent,
)

DAY = timedelta(days=1)
PATHS: dict[Status, tuple[Action, ...]] = {
    Status.DRAFT: (),
    Status.SENT: (),
    Status.INFO_ASKED: (Action.ASK_INFO,),
    Status.WAITLISTED: (Action.WAITLIST,),
    Status.ACCEPTED: (Action.ACCEPT,),
    Status.INTAKE_SCHEDULED: (Action.ACCEPT, Action.SCHEDULE),
    Status.NO_SHOW: (Action.SCHEDULE, Action.MISS),
    Status.IN_SERVICE: (Action.ACCEPT, Action.START),
    Status.COMPLETED: (Action.ACCEPT, Action.START, Action.COMPLETE),
    Status.ENDED_EARLY: (Action.ACCEPT, Action.END_EARLY),
    Status.DECLINED: (Action.DECLINE,),
    Status.WITHDRAWN: (Action.WITHDRAW,),
    Status.EXPIRED: (Action.EXPIRE,),
    Status.ENTERED_IN_ERROR: (Action.ERROR,),
}
MODES = (Mode.LIVE, Mode.LIVE, Mode.RECORDED)
NEEDS = ("halfway-house", "emergency-shelter", "sober-living")


def fill(
    session: Session, officer: Officer, listings: dict[int, UUID], now: datetime, scale: int = 1
) -> None:
    """Give an officer 120 clients and 400 referrals, ``scale`` times; listing -> organization."""
    session.rollback()
    writing(session)
    random = Random(scale)
    clients = list(islice(_clients(session, officer, now), 120 * scale))
    for number in range(400 * scale):
        _referral(session, officer, random, (clients[number % len(clients)], number), listings, now)
    session.commit()


def _clients(session: Session, officer: Officer, now: datetime) -> Iterator[UUID]:
    number = 0
    while True:
        number += 1
        client = Client(
            id=uuid4(),
            agency_id=officer.agency_id,
            case_number=f"M-{uuid4().hex[:10]}",
            supervision_type=Supervision.PROBATION,
            authority="County Court",
            contact_by=ContactBy.CALL,
            created_at=now - 200 * DAY,
        )
        session.add(client)
        client.name, client.birth_year = f"Client {number}", "1989"
        session.flush()
        assigned = Assignment(
            client_id=client.id,
            officer_id=officer.user_id,
            from_at=now - 200 * DAY,
            assigned_by=officer.user_id,
        )
        need = ClientNeed(
            client_id=client.id,
            term_code=NEEDS[number % 3],
            priority=1,
            source=NeedSource.OFFICER,
            created_at=now - 200 * DAY,
        )
        session.add_all((assigned, need))
        yield client.id


def _referral(
    session: Session,
    officer: Officer,
    random: Random,
    whose: tuple[UUID, int],
    listings: dict[int, UUID],
    now: datetime,
) -> None:
    client, number = whose
    status = random.choice(list(Status))
    listing = random.choice(list(listings))
    sent_at = now - random.uniform(1, 85) * DAY
    referral = Referral(
        id=uuid4(),
        reference=f"R-{uuid4().hex[:12]}",
        form_token=uuid4(),
        agency_id=officer.agency_id,
        client_id=client,
        officer_id=officer.user_id,
        listing_number=listing,
        organization_id=listings[listing],
        need_code=NEEDS[number % 3],
        mode=None
        if status is Status.DRAFT
        else random.choice((Mode.LIVE, Mode.LIVE, Mode.RECORDED)),
        status=status,
        urgency=random.choice(list(Urgency)),
        created_at=sent_at,
        sent_at=None if status is Status.DRAFT else sent_at,
        version=1,
    )
    if (referral.status, referral.mode) == (Status.SENT, Mode.LIVE):
        referral.answer_due_at = sent_at + 2 * DAY
    session.add(referral)
    session.flush()
    session.add_all(_beside(referral, officer, random, sent_at, now))


def _beside(
    referral: Referral, officer: Officer, random: Random, sent_at: datetime, now: datetime
) -> Iterator[Base]:
    """Yield the events, and what hangs on them."""
    if referral.status is Status.DRAFT:
        return
    actions = (Action.SEND, Action.OPEN, *PATHS[referral.status])
    for sequence, action in enumerate(actions, 1):
        yield ReferralEvent(
            referral_id=referral.id,
            sequence=sequence,
            at=sent_at + (now - sent_at) * (sequence - 1) / (len(actions) + 1),
            action=action,
            status=referral.status,
            by_user_id=officer.user_id,
            word_of=WordOf.PROVIDER,
            reason=Reason.FULL if action is Action.DECLINE else None,
        )
    if referral.answer_due_at is not None:
        at = referral.answer_due_at + DAY
        yield ReferralDue(referral_id=referral.id, kind=DueKind.ESCALATE, at=at, done_at=None)
    if referral.status in {Status.INTAKE_SCHEDULED, Status.NO_SHOW}:
        missed = referral.status is Status.NO_SHOW
        yield IntakeAppointment(
            referral_id=referral.id,
            starts_at=now + random.uniform(-30, 0 if missed else 60) * timedelta(hours=1),
            minutes=60,
            time_zone="America/New_York",
            set_at=sent_at,
            sequence=0,
            ended_at=now if missed else None,
            ending=IntakeEnding.MISSED if missed else None,
        )
    if referral.status is Status.COMPLETED:
        yield Outcome(
            referral_id=referral.id,
            result=random.choice(list(Result)),
            source=WordOf.PROVIDER,
            on_date=now.date(),
            recorded_by=officer.user_id,
            recorded_at=now,
        )
