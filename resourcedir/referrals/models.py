"""A referral, what happened to it, what it waits for, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.clients.models import ContactBy
from resourcedir.db import Base, Id, stored_by_value
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.due import DueKind, HoldEnding, IntakeEnding
from resourcedir.referrals.ground import Ground
from resourcedir.referrals.lifecycle import Absence, Action, Mode, Reason, Result, Status, WordOf
from resourcedir.referrals.outcomes import Milestone
from resourcedir.security.sealing import SealedText


class Referral(Base):
    """One client sent to one listing. ``status`` changes only in ``commands``."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_organization", "organization_id", "status"),
        Index("ix_referral_officer", "officer_id", "status"),
    )

    id: Mapped[Id] = mapped_column(comment="internal: random, stands in the URL")
    reference: Mapped[str] = mapped_column(unique=True, comment="internal: said on the phone")
    form_token: Mapped[UUID] = mapped_column(
        unique=True, comment="internal: of the form that made it; a double click makes one"
    )
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), comment="internal: whose")
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), index=True, comment="internal: who is referred"
    )
    officer_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who refers"
    )
    listing_number: Mapped[int] = mapped_column(
        ForeignKey("listing.number"), index=True, comment="personal: where to"
    )
    organization_id: Mapped[UUID] = mapped_column(
        ForeignKey("organization.id"), comment="personal: who may answer"
    )
    need_code: Mapped[str | None] = mapped_column(comment="personal: term of terms.csv")
    mode: Mapped[Mode | None] = mapped_column(
        stored_by_value(Mode), comment="internal: live or recorded; NULL: not yet chosen"
    )
    status: Mapped[Status] = mapped_column(
        stored_by_value(Status), comment="internal: see lifecycle.Status"
    )
    contact_by: Mapped[ContactBy | None] = mapped_column(
        stored_by_value(ContactBy), comment="personal: how the provider may reach the client"
    )
    ground: Mapped[Ground | None] = mapped_column(
        stored_by_value(Ground), comment="personal: why details may be sent"
    )
    release_from_on: Mapped[date | None] = mapped_column(comment="personal: release signed")
    release_until_on: Mapped[date | None] = mapped_column(comment="personal: release ends")
    ground_detail_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: the witness, or the condition, sealed"
    )
    ground_detail = SealedText()
    note_sealed: Mapped[bytes | None] = mapped_column(comment="personal: to the provider, sealed")
    note = SealedText()
    packet_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: what was shown to the provider, as JSON, sealed; NULL: a draft"
    )
    packet = SealedText()
    urgency: Mapped[Urgency] = mapped_column(
        stored_by_value(Urgency),
        default=Urgency.ROUTINE,
        server_default=Urgency.ROUTINE,
        comment="personal: how soon",
    )
    wants_hold: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="internal: hold an opening when it is sent"
    )
    clinical: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="personal: to a place of treatment, which may tell attendance alone",
    )
    report_until_on: Mapped[date | None] = mapped_column(
        comment="personal: until then the client lets a clinic tell more than attendance"
    )
    instead_of_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referral.id"), index=True, comment="internal: the one that this replaces"
    )
    answer_due_at: Mapped[datetime | None] = mapped_column(
        comment="internal: the answer is due; NULL: none is owed, UTC"
    )
    waitlisted_at: Mapped[datetime | None] = mapped_column(
        comment="internal: its place in the waiting list, UTC"
    )
    wait_days: Mapped[int | None] = mapped_column(comment="internal: days, as the provider said")
    created_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    sent_at: Mapped[datetime | None] = mapped_column(comment="internal: sent or recorded, UTC")
    opened_at: Mapped[datetime | None] = mapped_column(comment="internal: name shown since, UTC")
    version: Mapped[int] = mapped_column(comment="internal: guards against lost updates")

    __mapper_args__ = {"version_id_col": version}


class ReferralEvent(Base):
    """One thing that happened. Rows are only ever added."""

    __tablename__ = "referral_event"
    __table_args__ = (UniqueConstraint("referral_id", "sequence"),)

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referral.id"), comment="internal: to which referral"
    )
    sequence: Mapped[int] = mapped_column(comment="internal: 1, 2, 3 ... in the referral")
    at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    action: Mapped[Action] = mapped_column(stored_by_value(Action), comment="internal: what")
    status: Mapped[Status] = mapped_column(stored_by_value(Status), comment="internal: after it")
    by_user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who wrote it down; NULL: the app"
    )
    word_of: Mapped[WordOf] = mapped_column(stored_by_value(WordOf), comment="internal: who said")
    reason: Mapped[Reason | None] = mapped_column(stored_by_value(Reason), comment="personal: why")
    absence: Mapped[Absence | None] = mapped_column(
        stored_by_value(Absence), comment="personal: what the officer made of it"
    )
    corrects_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referral_event.id"), comment="internal: the event that this takes back"
    )
    note_sealed: Mapped[bytes | None] = mapped_column(comment="personal: in words, sealed")
    note = SealedText()


class IntakeAppointment(Base):
    """When the client is expected. A new time is a new row; the old one keeps how it ended."""

    __tablename__ = "intake_appointment"
    __table_args__ = (
        Index("ix_intake_referral", "referral_id", "ended_at"),
        CheckConstraint("minutes > 0", "lasts"),
    )

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referral.id"), comment="internal: of which referral"
    )
    starts_at: Mapped[datetime] = mapped_column(index=True, comment="personal: UTC")
    minutes: Mapped[int] = mapped_column(comment="personal: how long it is to last")
    time_zone: Mapped[str] = mapped_column(comment="personal: IANA name, of the place")
    set_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    sequence: Mapped[int] = mapped_column(comment="internal: 0, 1, 2 ... times it was changed")
    ended_at: Mapped[datetime | None] = mapped_column(comment="internal: NULL: ahead, UTC")
    ending: Mapped[IntakeEnding | None] = mapped_column(
        stored_by_value(IntakeEnding), comment="personal: kept, missed, moved or canceled"
    )
    absence: Mapped[Absence | None] = mapped_column(
        stored_by_value(Absence), comment="personal: what the officer makes of it; NULL: not said"
    )


class OpeningHold(Base):
    """An opening that is kept for one referral. It ends by itself."""

    __tablename__ = "opening_hold"
    __table_args__ = (
        Index(
            "uq_opening_hold_present",
            "referral_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referral.id"), comment="internal: for which referral"
    )
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), index=True, comment="personal: whose opening"
    )
    held_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    until_at: Mapped[datetime] = mapped_column(comment="internal: free again from then, UTC")
    offered: Mapped[bool] = mapped_column(
        default=False, comment="internal: it was freed and offered from the waiting list"
    )
    ended_at: Mapped[datetime | None] = mapped_column(comment="internal: NULL: held now, UTC")
    ending: Mapped[HoldEnding | None] = mapped_column(
        stored_by_value(HoldEnding), comment="internal: taken, given back or lapsed"
    )


class ReferralDue(Base):
    """Something that the app does by itself at its time, once. Rows that lapse are removed."""

    __tablename__ = "referral_due"
    __table_args__ = (Index("ix_referral_due_open", "done_at", "at"),)

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referral.id"), index=True, comment="internal: of which referral"
    )
    kind: Mapped[DueKind] = mapped_column(stored_by_value(DueKind), comment="internal: what")
    at: Mapped[datetime] = mapped_column(comment="internal: not before, UTC")
    done_at: Mapped[datetime | None] = mapped_column(comment="internal: UTC; NULL: not yet")


class Outcome(Base):
    """What came of a referral, by one source. Sources may disagree; each is kept."""

    __tablename__ = "outcome"

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referral.id"), index=True, comment="internal: of which referral"
    )
    event_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referral_event.id"), comment="internal: said with this step; NULL: by itself"
    )
    result: Mapped[Result] = mapped_column(stored_by_value(Result), comment="personal: what")
    milestone: Mapped[Milestone | None] = mapped_column(
        stored_by_value(Milestone), comment="personal: how far, in the words of the field"
    )
    taken_back_at: Mapped[datetime | None] = mapped_column(
        comment="internal: with the step that it was said with, UTC"
    )
    source: Mapped[WordOf] = mapped_column(stored_by_value(WordOf), comment="personal: who said")
    on_date: Mapped[date] = mapped_column(comment="personal: the day it was true")
    note_sealed: Mapped[bytes | None] = mapped_column(comment="personal: in words, sealed")
    note = SealedText()
    recorded_by: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who wrote it down"
    )
    recorded_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
