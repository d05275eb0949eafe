"""A referral, what happened to it, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.clients.models import ContactBy
from resourcedir.db import Base, Id, stored_by_value
from resourcedir.referrals.ground import Ground
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status, WordOf
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
    by_user_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who wrote it down"
    )
    word_of: Mapped[WordOf] = mapped_column(stored_by_value(WordOf), comment="internal: who said")
    reason: Mapped[Reason | None] = mapped_column(stored_by_value(Reason), comment="personal: why")
    note_sealed: Mapped[bytes | None] = mapped_column(comment="personal: in words, sealed")
    note = SealedText()


class Outcome(Base):
    """What came of a referral, by one source. Sources may disagree; each is kept."""

    __tablename__ = "outcome"

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referral.id"), index=True, comment="internal: of which referral"
    )
    result: Mapped[Result] = mapped_column(stored_by_value(Result), comment="personal: what")
    source: Mapped[WordOf] = mapped_column(stored_by_value(WordOf), comment="personal: who said")
    on_date: Mapped[date] = mapped_column(comment="personal: the day it was true")
    note_sealed: Mapped[bytes | None] = mapped_column(comment="personal: in words, sealed")
    note = SealedText()
    recorded_by: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who wrote it down"
    )
    recorded_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
