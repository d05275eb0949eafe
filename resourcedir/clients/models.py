"""The least that must be known of a person under supervision."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.clients.facts import Fact, FactSource
from resourcedir.db import Base, Id, stored_by_value
from resourcedir.security.sealing import SealedText


class SupervisionType(StrEnum):
    PROBATION = "probation"
    PAROLE = "parole"
    PRETRIAL = "pretrial"


class ContactBy(StrEnum):
    """How the client wants to be reached."""

    CALL = "call"
    TEXT = "text"
    OFFICER = "officer"


class NeedSource(StrEnum):
    """Who says that it is needed."""

    COURT = "court"
    ASSESSMENT = "assessment"
    CLIENT = "client"
    OFFICER = "officer"


class Client(Base):
    """A person who is referred. What names or reaches them is sealed."""

    __tablename__ = "client"
    __table_args__ = (UniqueConstraint("agency_id", "case_number"),)

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), comment="internal: whose")
    case_number: Mapped[str] = mapped_column(comment="personal: the agency's own number")
    name_sealed: Mapped[bytes | None] = mapped_column(comment="personal: full name, sealed")
    name = SealedText()
    birth_year_sealed: Mapped[bytes | None] = mapped_column(comment="personal: sealed")
    birth_year = SealedText()
    phone_sealed: Mapped[bytes | None] = mapped_column(comment="personal: sealed")
    phone = SealedText()
    home_zip_sealed: Mapped[bytes | None] = mapped_column(comment="personal: home ZIP, sealed")
    home_zip = SealedText()
    curfew_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: weekly hours at which they must be at home, sealed"
    )
    curfew = SealedText()
    work_hours_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: weekly hours at which they are at work, sealed"
    )
    work_hours = SealedText()
    supervision_type: Mapped[SupervisionType] = mapped_column(
        stored_by_value(SupervisionType), comment="personal: probation, parole or before trial"
    )
    authority: Mapped[str] = mapped_column(comment="personal: the court or board")
    contact_by: Mapped[ContactBy] = mapped_column(
        stored_by_value(ContactBy), comment="personal: how to reach them"
    )
    leave_no_message: Mapped[bool] = mapped_column(
        default=False, comment="personal: do not leave a message"
    )
    do_not_contact: Mapped[bool] = mapped_column(
        default=False, comment="personal: reach them through the officer alone"
    )
    languages: Mapped[str] = mapped_column(
        default="en", comment="personal: ISO 639 codes, best first, with blanks between"
    )
    created_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    version: Mapped[int] = mapped_column(comment="internal: guards against lost updates")

    __mapper_args__ = {"version_id_col": version}


class Assignment(Base):
    """Which officer has the client, from when. At most one is without an end."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "uq_assignment_current",
            "client_id",
            unique=True,
            sqlite_where=text("until_at IS NULL"),
            postgresql_where=text("until_at IS NULL"),
        ),
        Index("ix_assignment_officer", "officer_id", "until_at"),
    )

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), index=True, comment="internal: who is supervised"
    )
    officer_id: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: by whom"
    )
    from_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    until_at: Mapped[datetime | None] = mapped_column(comment="internal: NULL: now, UTC")
    assigned_by: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who decided it"
    )


class ClientNeed(Base):
    """What a client needs, as a taxonomy term."""

    __tablename__ = "client_need"
    __table_args__ = (UniqueConstraint("client_id", "term_code"),)

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), index=True, comment="internal: who needs it"
    )
    term_code: Mapped[str] = mapped_column(comment="personal: term of terms.csv")
    priority: Mapped[int] = mapped_column(comment="personal: 1 is first")
    source: Mapped[NeedSource] = mapped_column(
        stored_by_value(NeedSource), comment="personal: who says so"
    )
    due_on: Mapped[date | None] = mapped_column(comment="personal: the court's or board's date")
    goal_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: what is to come of it, in words, sealed"
    )
    goal = SealedText()
    created_at: Mapped[datetime] = mapped_column(comment="internal: UTC")


class ClientFact(Base):
    """One thing that is known of a client, as ``clients.facts`` names it.

    Where the value holds who told each entry, ``source`` and ``told_on`` are of the newest.
    """

    __tablename__ = "client_fact"
    __table_args__ = (UniqueConstraint("client_id", "kind"),)

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), index=True, comment="internal: of whom"
    )
    kind: Mapped[Fact] = mapped_column(stored_by_value(Fact), comment="personal: what is known")
    value_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: as clients.fact_values writes it, sealed"
    )
    value = SealedText()
    source: Mapped[FactSource] = mapped_column(
        stored_by_value(FactSource), comment="personal: who says so"
    )
    told_on: Mapped[date] = mapped_column(comment="personal: of which day it is")
    recorded_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    recorded_by: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who wrote it down"
    )


class ClientZone(Base):
    """A place that a client must keep away from."""

    __tablename__ = "client_zone"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        CheckConstraint("buffer_m > 0", "buffer_is_a_distance"),
        CheckConstraint("error_m >= 0", "error_is_a_distance"),
    )

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), index=True, comment="internal: who keeps away"
    )
    number: Mapped[int] = mapped_column(
        comment="personal: how pages call it without naming anybody; never used again"
    )
    label_sealed: Mapped[bytes | None] = mapped_column(comment="personal: what it is, sealed")
    label = SealedText()
    address_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: where it is in words, sealed; may be a victim's"
    )
    address = SealedText()
    point_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: latitude and longitude in degrees, sealed; NULL: not known"
    )
    point = SealedText()
    error_m: Mapped[float] = mapped_column(
        default=0.0, comment="personal: how far off the point may be, metres"
    )
    buffer_m: Mapped[float] = mapped_column(comment="personal: how far to stay away, metres")
    source: Mapped[FactSource] = mapped_column(
        stored_by_value(FactSource), comment="personal: who says so"
    )
    told_on: Mapped[date] = mapped_column(comment="personal: of which day the order is")
    ended_at: Mapped[datetime | None] = mapped_column(
        comment="personal: lifted or taken off the record since, UTC"
    )
    recorded_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    recorded_by: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who wrote it down"
    )


class ClientCondition(Base):
    """What the court or board ordered, by when, and the need that it makes."""

    __tablename__ = "client_condition"

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("client.id"), index=True, comment="internal: of whom"
    )
    text_sealed: Mapped[bytes | None] = mapped_column(comment="personal: as ordered, sealed")
    text = SealedText()
    ordered_on: Mapped[date | None] = mapped_column(comment="personal: day of the order")
    due_on: Mapped[date | None] = mapped_column(comment="personal: by when it must be met")
    term_code: Mapped[str | None] = mapped_column(
        comment="personal: term of terms.csv that meets it; NULL: no place does"
    )
    met_on: Mapped[date | None] = mapped_column(comment="personal: when it was met")
    ended_at: Mapped[datetime | None] = mapped_column(
        comment="personal: lifted, or entered in error, UTC"
    )
    recorded_at: Mapped[datetime] = mapped_column(comment="internal: UTC")
    recorded_by: Mapped[UUID] = mapped_column(
        ForeignKey("user_account.id"), comment="internal: who wrote it down"
    )
