"""When, for whom, at what price and in which language. HSDS 3.0 tables beside ``service``."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, true
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, Id, stored_by_value
from resourcedir.directory.kinds import CostKind, Unit


class Schedule(Base):
    """Weekly hours, wall-clock in the location's time zone. HSDS ``schedule``.

    ``closes_at`` at or before ``opens_at`` is on the next day; both 00:00 is the whole day. A row
    with neither says that the days in ``byday`` are closed.
    """

    __tablename__ = "schedule"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), index=True, comment="public: whose hours"
    )
    byday: Mapped[str] = mapped_column(comment="public: RFC 5545 days, such as MO,TU")
    opens_at: Mapped[time | None] = mapped_column(comment="public: wall-clock")
    closes_at: Mapped[time | None] = mapped_column(comment="public: wall-clock")
    valid_from: Mapped[date | None] = mapped_column(comment="public: first day, inclusive")
    valid_to: Mapped[date | None] = mapped_column(comment="public: last day, inclusive")
    description: Mapped[str | None] = mapped_column(comment="public: Intake, Walk-in ...")


class Language(Base):
    """A language a service is given in. HSDS ``language``."""

    __tablename__ = "language"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), index=True, comment="public: the service"
    )
    code: Mapped[str] = mapped_column(comment="public: ISO 639, as in vocabulary.csv")
    name: Mapped[str] = mapped_column(comment="public: English name")
    note: Mapped[str | None] = mapped_column(comment="public: interpreter, on call ...")


class Accessibility(Base):
    """What helps people get in and about. HSDS ``accessibility``."""

    __tablename__ = "accessibility"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    location_id: Mapped[UUID] = mapped_column(
        ForeignKey("location.id"), index=True, comment="public: the place"
    )
    description: Mapped[str] = mapped_column(comment="public: code of vocabulary.csv")
    details: Mapped[str | None] = mapped_column(comment="public: in words")


class ServiceArea(Base):
    """Where people must be, or live, to be served. HSDS ``service_area``."""

    __tablename__ = "service_area"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), index=True, comment="public: the service"
    )
    name: Mapped[str] = mapped_column(comment="public: Hamilton County, TN")
    extent: Mapped[str] = mapped_column(comment="public: area code US, TN or TN/Hamilton")
    extent_type: Mapped[str] = mapped_column(default="text", comment="public: HSDS extent_type")


class CostOption(Base):
    """What it costs. HSDS ``cost_option``."""

    __tablename__ = "cost_option"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), index=True, comment="public: the service"
    )
    option: Mapped[CostKind] = mapped_column(
        stored_by_value(CostKind), comment="public: free, sliding-fee or fee"
    )
    amount: Mapped[Decimal | None] = mapped_column(Numeric(10, 2), comment="public: in currency")
    currency: Mapped[str] = mapped_column(default="USD", comment="public: ISO 4217")
    amount_description: Mapped[str | None] = mapped_column(comment="public: a week, a class ...")


class RequiredDocument(Base):
    """What to bring that no vocabulary names. HSDS ``required_document``."""

    __tablename__ = "required_document"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), index=True, comment="public: the service"
    )
    document: Mapped[str] = mapped_column(comment="public: in words")


class ServiceCapacity(Base):
    """Openings and the time that they were true. HSDS 3.1 ``service_capacity``."""

    __tablename__ = "service_capacity"
    __table_args__ = (
        CheckConstraint("available >= 0", "available_not_negative"),
        CheckConstraint("maximum >= available", "available_within_maximum"),
        CheckConstraint("wait_days BETWEEN 0 AND 3650", "wait_is_days"),
        CheckConstraint("hold_hours BETWEEN 1 AND 336", "hold_is_hours"),
    )

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), unique=True, comment="public: the service"
    )
    unit: Mapped[Unit] = mapped_column(stored_by_value(Unit), comment="public: what is counted")
    available: Mapped[int] = mapped_column(
        comment="public: free and held for nobody; told at the time of updated, less what is held"
    )
    maximum: Mapped[int | None] = mapped_column(comment="public: how many there are")
    updated: Mapped[datetime] = mapped_column(comment="public: when it was true, UTC")
    updated_by: Mapped[UUID | None] = mapped_column(comment="internal: user who told; NULL: a file")
    description: Mapped[str | None] = mapped_column(comment="public: which beds or seats")
    wait_days: Mapped[int | None] = mapped_column(comment="public: wait in days, as told")
    hold_hours: Mapped[int | None] = mapped_column(
        comment="public: hours that a referral may hold an opening; NULL: none is held"
    )
    starts_on: Mapped[date | None] = mapped_column(
        comment="public: first day of the class that the seats are in"
    )
    waiting_list: Mapped[bool] = mapped_column(
        default=True, server_default=true(), comment="public: whether a waiting list is kept"
    )


class Attribute(Base):
    """A term said of a service or a job lead. HSDS ``attribute``.

    HSDS's own id is left to export: it follows from the key, and a national file has 900,000 rows.
    """

    __tablename__ = "attribute"
    __table_args__ = {"sqlite_with_rowid": False}

    link_id: Mapped[UUID] = mapped_column(primary_key=True, comment="public: service or job lead")
    taxonomy_term_id: Mapped[UUID] = mapped_column(
        ForeignKey("taxonomy_term.id"), primary_key=True, comment="public: what is said"
    )
    link_entity: Mapped[str] = mapped_column(comment="public: service or job_lead")


class Metadata(Base):
    """One change of one field. HSDS ``metadata``; rows are only ever added."""

    __tablename__ = "metadata"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    resource_id: Mapped[UUID] = mapped_column(index=True, comment="public: what was changed")
    resource_type: Mapped[str] = mapped_column(comment="public: service or job_lead")
    last_action_date: Mapped[datetime] = mapped_column(comment="public: when, UTC")
    last_action_type: Mapped[str] = mapped_column(comment="public: create, update, checked ...")
    field_name: Mapped[str] = mapped_column(comment="public: which field")
    previous_value: Mapped[str] = mapped_column(comment="public: before, in words")
    replacement_value: Mapped[str] = mapped_column(comment="public: after, in words")
    updated_by: Mapped[UUID | None] = mapped_column(comment="internal: user; NULL: an import")
