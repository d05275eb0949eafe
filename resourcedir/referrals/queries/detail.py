"""One referral with all that the agency's side may read of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients.models import Assignment, Client
from resourcedir.directory.models import JobLead, Listing, Organization, Service
from resourcedir.errors import NotFound
from resourcedir.identity import Identity, Role
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.due import IntakeEnding
from resourcedir.referrals.ground import Given
from resourcedir.referrals.lifecycle import Absence, Action, Reason, Result, State, Status, WordOf
from resourcedir.referrals.models import (
    IntakeAppointment,
    OpeningHold,
    Outcome,
    Referral,
    ReferralEvent,
)
from resourcedir.referrals.outcomes import Milestone
from resourcedir.referrals.packet import Packet
from resourcedir.referrals.queries.access import given_of, may_act, state_now, visible
from resourcedir.referrals.queries.duties import place_in_line
from resourcedir.referrals.queries.lists import LISTING_WORDS


@dataclass(frozen=True, slots=True)
class EventFact:
    """One thing that happened; ``by_role`` is None where the app did it by itself."""

    at: datetime
    action: Action
    by_name: str
    by_role: Role | None
    word_of: WordOf
    reason: Reason | None
    note: str
    absence: Absence | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeFact:
    result: Result
    source: WordOf
    on_date: date
    note: str
    by_name: str
    recorded_at: datetime
    milestone: Milestone | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class IntakeFact:
    """The last intake that was set; ``ending`` is None while nobody has said how it went."""

    id: UUID
    appointment: Appointment
    sequence: int
    set_at: datetime
    ending: IntakeEnding | None
    absence: Absence | None


@dataclass(frozen=True, slots=True)
class Beside:
    """Another referral for the same need: which this one replaces, or is replaced by."""

    id: UUID
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDetail:
    """Everything the agency's side may read of one referral; ``packet`` is None for a draft.

    The officer is the one who has the client now, whoever made the referral.
    """

    id: UUID
    reference: str
    version: int
    state: State
    client_id: UUID
    client_name: str
    birth_year: str
    listing_number: int
    listing_name: str
    organization: str
    organization_id: UUID
    need_code: str | None
    contact_by: str | None
    given: Given
    note: str
    packet: Packet | None
    officer_name: str
    officer_phone: str
    sent_at: datetime | None
    urgency: Urgency
    wants_hold: bool
    clinical: bool
    report_until_on: date | None
    answer_due_at: datetime | None
    wait_days: int | None
    place_in_line: int | None
    held_until_at: datetime | None
    intake: IntakeFact | None
    instead_of: Beside | None
    replaced_by: Beside | None
    may_act: bool
    events: tuple[EventFact, ...]
    outcomes: tuple[OutcomeFact, ...]

    @property
    def said(self) -> dict[WordOf, OutcomeFact]:
        """The latest word of each source that still counts."""
        return {each.source: each for each in self.outcomes if not each.taken_back}


def referral_detail(
    session: Session, scope: Identity, referral_id: UUID, today: date
) -> ReferralDetail:
    """Return one referral with its timeline; ``today``: the day where the reader is.

    :raises NotFound: if it does not exist or is not the viewer's to see.
    """
    found = session.execute(
        select(Referral, Client, *LISTING_WORDS, User.name, User.phone)
        .join(Client, Client.id == Referral.client_id)
        .join(
            Assignment,
            and_(Assignment.client_id == Client.id, Assignment.until_at.is_(None)),
        )
        .join(User, User.id == Assignment.officer_id)
        .join(Listing, Listing.number == Referral.listing_number)
        .join(Organization, Organization.id == Referral.organization_id)
        .outerjoin(Service, Service.id == Listing.service_id)
        .outerjoin(JobLead, JobLead.id == Listing.job_lead_id)
        .where(Referral.id == referral_id, visible(scope))
    ).one_or_none()
    if found is None:
        raise NotFound
    referral, client, listing_name, organization, officer_name, officer_phone = found
    return ReferralDetail(
        id=referral.id,
        reference=referral.reference,
        version=referral.version,
        state=state_now(session, referral, today),
        client_id=client.id,
        client_name=client.name,
        birth_year=client.birth_year,
        listing_number=referral.listing_number,
        listing_name=listing_name,
        organization=organization,
        organization_id=referral.organization_id,
        need_code=referral.need_code,
        contact_by=referral.contact_by,
        given=given_of(referral),
        note=referral.note,
        packet=Packet.from_json(referral.packet) if referral.packet else None,
        officer_name=officer_name,
        officer_phone=officer_phone or "",
        sent_at=referral.sent_at,
        urgency=referral.urgency,
        wants_hold=referral.wants_hold,
        clinical=referral.clinical,
        report_until_on=referral.report_until_on,
        answer_due_at=referral.answer_due_at,
        wait_days=referral.wait_days,
        place_in_line=place_in_line(session, referral.id),
        held_until_at=held_until(session, referral.id),
        intake=last_intake(session, referral.id),
        instead_of=_beside(session, Referral.id == referral.instead_of_id),
        replaced_by=_beside(session, and_(Referral.instead_of_id == referral.id, _COUNTS)),
        may_act=may_act(session, scope, client.id),
        events=_events(session, referral.id),
        outcomes=_outcomes(session, referral.id),
    )


def last_intake(session: Session, referral_id: UUID) -> IntakeFact | None:
    """Return the last intake that was set, however it ended; None where there never was one."""
    row = session.scalar(
        select(IntakeAppointment)
        .where(
            IntakeAppointment.referral_id == referral_id,
            IntakeAppointment.ending.is_distinct_from(IntakeEnding.MOVED),
        )
        .order_by(IntakeAppointment.sequence.desc())
        .limit(1)
    )
    if row is None:
        return None
    appointment = Appointment(row.starts_at, row.minutes, row.time_zone)
    return IntakeFact(row.id, appointment, row.sequence, row.set_at, row.ending, row.absence)


def held_until(session: Session, referral_id: UUID) -> datetime | None:
    """Return until when an opening is held for the referral, None where none is."""
    return session.scalar(
        select(OpeningHold.until_at).where(
            OpeningHold.referral_id == referral_id, OpeningHold.ended_at.is_(None)
        )
    )


_COUNTS = and_(
    Referral.status != Status.ENTERED_IN_ERROR,
    or_(Referral.status != Status.WITHDRAWN, Referral.sent_at.is_not(None)),
)
"""What was thrown away or never meant replaces nothing."""


def _beside(session: Session, which: ColumnElement[bool]) -> Beside | None:
    row = session.execute(
        select(Referral.id, Referral.reference)
        .where(which)
        .order_by(Referral.created_at.desc(), Referral.id)
        .limit(1)
    ).one_or_none()
    return Beside(*row) if row else None


def _events(session: Session, referral_id: UUID) -> tuple[EventFact, ...]:
    rows = session.execute(
        select(ReferralEvent, User.name, User.role)
        .outerjoin(User, User.id == ReferralEvent.by_user_id)
        .where(ReferralEvent.referral_id == referral_id)
        .order_by(ReferralEvent.sequence)
    ).all()
    taken_back = {each.corrects_id for each, _, _ in rows}
    return tuple(
        EventFact(
            at=each.at,
            action=each.action,
            by_name=name or "",
            by_role=role,
            word_of=each.word_of,
            reason=each.reason,
            note=each.note,
            absence=each.absence,
            taken_back=each.id in taken_back,
        )
        for each, name, role in rows
    )


def _outcomes(session: Session, referral_id: UUID) -> tuple[OutcomeFact, ...]:
    rows = session.execute(
        select(Outcome, User.name)
        .join(User, User.id == Outcome.recorded_by)
        .where(Outcome.referral_id == referral_id)
        .order_by(Outcome.recorded_at, Outcome.id)
    )
    return tuple(
        OutcomeFact(
            result=each.result,
            source=each.source,
            on_date=each.on_date,
            note=each.note,
            by_name=name,
            recorded_at=each.recorded_at,
            milestone=each.milestone,
            taken_back=each.taken_back_at is not None,
        )
        for each, name in rows
    )
