"""What a search returns, and the rules that no HSDS table can hold. Ours."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, BigKey, Id, stored_by_value
from resourcedir.directory.kinds import ListingKind, RuleKind, Shift, Stance, WrongFact


class Listing(Base):
    """A service at a location, a service without a place of its own, or a job lead.

    ``number`` is its one key in index, outbox and referrals, and is never used again.
    """

    __tablename__ = "listing"
    __table_args__ = (
        CheckConstraint("(service_id IS NULL) != (job_lead_id IS NULL)", "one_of_service_and_job"),
        CheckConstraint("NOT (confidential AND location_id IS NOT NULL)", "confidential_is_apart"),
        UniqueConstraint("source", "source_key"),
        UniqueConstraint("service_id", "location_id"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(
        BigKey, primary_key=True, autoincrement=True, comment="public: never reused"
    )
    kind: Mapped[ListingKind] = mapped_column(
        stored_by_value(ListingKind), comment="public: service or job_lead"
    )
    organization_id: Mapped[UUID] = mapped_column(
        ForeignKey("organization.id"), index=True, comment="public: who may answer a referral"
    )
    service_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("service.id"), comment="public: HSDS service"
    )
    location_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("location.id"), index=True, comment="public: NULL where it has no place to show"
    )
    job_lead_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("job_lead.id"), unique=True, comment="public: ours"
    )
    confidential: Mapped[bool] = mapped_column(default=False, comment="public: its place is secret")
    time_zone: Mapped[str | None] = mapped_column(
        comment="public: IANA name its hours are in, where it has no place that says so"
    )
    source: Mapped[str] = mapped_column(comment="public: where the listing comes from")
    source_key: Mapped[str] = mapped_column(comment="internal: its identity in the source")
    checked_at: Mapped[datetime | None] = mapped_column(
        comment="public: when somebody last said that it is true, UTC"
    )
    checked_by: Mapped[UUID | None] = mapped_column(
        comment="internal: user who said so; NULL: its source"
    )
    withdrawn_at: Mapped[datetime | None] = mapped_column(
        comment="public: no longer offered since, UTC; rows stay for the referrals to it"
    )
    version: Mapped[int] = mapped_column(comment="internal: guards against lost updates")

    __mapper_args__ = {"version_id_col": version}


class JobLead(Base):
    """An employer's opening. Wages are US dollars an hour."""

    __tablename__ = "job_lead"
    __table_args__ = (CheckConstraint("wage_maximum >= wage_minimum", "wage_range_in_order"),)

    id: Mapped[Id] = mapped_column(comment="public: ours")
    title: Mapped[str] = mapped_column(comment="public: the job")
    description: Mapped[str] = mapped_column(default="", comment="public: in plain words")
    wage_minimum: Mapped[Decimal | None] = mapped_column(
        Numeric(8, 2), comment="public: dollars an hour"
    )
    wage_maximum: Mapped[Decimal | None] = mapped_column(
        Numeric(8, 2), comment="public: dollars an hour"
    )
    shift: Mapped[Shift | None] = mapped_column(stored_by_value(Shift), comment="public: when")
    positions: Mapped[int | None] = mapped_column(comment="public: how many are wanted")
    closes_on: Mapped[date | None] = mapped_column(comment="public: last day to apply")
    minimum_age: Mapped[int | None] = mapped_column(comment="public: whole years, inclusive")
    phone: Mapped[str | None] = mapped_column(comment="public: whom to call")
    url: Mapped[str | None] = mapped_column(comment="public: where to apply")


class EligibilityRule(Base):
    """One thing that a listing asks or refuses."""

    __tablename__ = "eligibility_rule"
    __table_args__ = (Index("ix_eligibility_rule_listing", "listing_number", "kind"),)

    id: Mapped[Id] = mapped_column(comment="public: ours")
    listing_number: Mapped[int] = mapped_column(
        ForeignKey("listing.number"), comment="public: whose rule"
    )
    kind: Mapped[RuleKind] = mapped_column(stored_by_value(RuleKind), comment="public: about what")
    code: Mapped[str | None] = mapped_column(comment="public: word of the vocabulary")
    stance: Mapped[Stance] = mapped_column(stored_by_value(Stance), comment="public: what is said")
    amount: Mapped[int | None] = mapped_column(comment="public: days of sobriety_days")
    note: Mapped[str | None] = mapped_column(comment="public: in the provider's words")


class ListingReport(Base):
    """Somebody at an agency says that a fact is wrong, or what came of a referral does."""

    __tablename__ = "listing_report"

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    listing_number: Mapped[int] = mapped_column(
        ForeignKey("listing.number"), index=True, comment="internal: which listing"
    )
    fact: Mapped[WrongFact] = mapped_column(stored_by_value(WrongFact), comment="internal: what")
    reported_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    reported_by: Mapped[UUID | None] = mapped_column(comment="internal: user; NULL: the app itself")
    from_referral: Mapped[bool] = mapped_column(
        default=False,
        server_default=false(),
        comment="internal: found by sending somebody there, not by looking at the page",
    )
    settled_at: Mapped[datetime | None] = mapped_column(
        comment="internal: when the listing was checked or changed after it, UTC"
    )


class TrackRecord(Base):
    """What came of the referrals to a listing so far: counts, no persons."""

    __tablename__ = "track_record"

    listing_number: Mapped[int] = mapped_column(
        ForeignKey("listing.number"), primary_key=True, comment="internal: which listing"
    )
    referred: Mapped[int] = mapped_column(comment="internal: sent, and answered or overdue by now")
    answered: Mapped[int] = mapped_column(comment="internal: of these, answered by the provider")
    accepted: Mapped[int] = mapped_column(comment="internal: of these, accepted at some time")
    started: Mapped[int] = mapped_column(comment="internal: of these, the client started")
    completed: Mapped[int] = mapped_column(comment="internal: of these, the client completed it")
    counted_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
