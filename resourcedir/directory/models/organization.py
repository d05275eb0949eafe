"""Who provides what, and where. HSDS 3.0 ``organization``, ``service``, ``location``."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, Id, stored_by_value
from resourcedir.directory.kinds import LocationType, ServiceStatus
from resourcedir.security.sealing import SealedText


class Organization(Base):
    """A body that provides services, and the party that may see a referral."""

    __tablename__ = "organization"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    name: Mapped[str] = mapped_column(index=True, comment="public: official or public name")
    description: Mapped[str] = mapped_column(default="", comment="public: what it does")
    email: Mapped[str | None] = mapped_column(comment="public: general address")
    website: Mapped[str | None] = mapped_column(comment="public: its pages")


class Service(Base):
    """Something an organization does for people.

    Ages are whole years, both ends included; NULL is no limit. They decide nothing by themselves.
    """

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("minimum_age >= 0", "minimum_age_not_negative"),
        CheckConstraint("maximum_age >= minimum_age", "age_range_in_order"),
    )

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    organization_id: Mapped[UUID] = mapped_column(
        ForeignKey("organization.id"), index=True, comment="public: who provides it"
    )
    name: Mapped[str] = mapped_column(comment="public: name of the service")
    alternate_name: Mapped[str | None] = mapped_column(comment="public: what else it is called")
    description: Mapped[str] = mapped_column(default="", comment="public: in plain words")
    url: Mapped[str | None] = mapped_column(comment="public: its page")
    email: Mapped[str | None] = mapped_column(comment="public: address for this service")
    status: Mapped[ServiceStatus] = mapped_column(
        stored_by_value(ServiceStatus), comment="public: HSDS service.status"
    )
    application_process: Mapped[str | None] = mapped_column(comment="public: how one gets in")
    fees_description: Mapped[str | None] = mapped_column(comment="public: what it costs, in words")
    eligibility_description: Mapped[str | None] = mapped_column(
        comment="public: who it is for, in plain words"
    )
    minimum_age: Mapped[int | None] = mapped_column(comment="public: whole years, inclusive")
    maximum_age: Mapped[int | None] = mapped_column(comment="public: whole years, inclusive")
    alert: Mapped[str | None] = mapped_column(comment="public: what to know before going")
    paused_until: Mapped[date | None] = mapped_column(
        comment="public: last day of a pause in which it takes nobody, on its own clock"
    )
    assured_date: Mapped[date | None] = mapped_column(
        comment="public: the day its source last confirmed it"
    )
    last_modified: Mapped[datetime | None] = mapped_column(comment="public: last change, UTC")


class Location(Base):
    """A place where services are given. Confidential places are never here (LocationPrivate)."""

    __tablename__ = "location"
    __table_args__ = (
        CheckConstraint("latitude BETWEEN -90 AND 90", "latitude_on_the_globe"),
        CheckConstraint("longitude BETWEEN -180 AND 180", "longitude_on_the_globe"),
        CheckConstraint("(latitude IS NULL) = (position_error_m IS NULL)", "a_point_has_an_error"),
    )

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    organization_id: Mapped[UUID] = mapped_column(
        ForeignKey("organization.id"), index=True, comment="public: whose place it is"
    )
    location_type: Mapped[LocationType] = mapped_column(
        stored_by_value(LocationType), comment="public: HSDS location.location_type"
    )
    name: Mapped[str | None] = mapped_column(comment="public: name of the building")
    description: Mapped[str | None] = mapped_column(comment="public: how to find the door")
    transportation: Mapped[str | None] = mapped_column(comment="public: bus line and stop")
    latitude: Mapped[float | None] = mapped_column(comment="public: degrees north, WGS 84")
    longitude: Mapped[float | None] = mapped_column(comment="public: degrees east, WGS 84")
    position_error_m: Mapped[int | None] = mapped_column(
        comment="public: how far off the point may be, metres"
    )
    time_zone: Mapped[str] = mapped_column(comment="public: IANA name; hours are wall-clock in it")


class ServiceAtLocation(Base):
    """A service at one of its places. HSDS ``service_at_location``."""

    __tablename__ = "service_at_location"
    __table_args__ = (UniqueConstraint("service_id", "location_id"),)

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), comment="public: what is given"
    )
    location_id: Mapped[UUID] = mapped_column(
        ForeignKey("location.id"), index=True, comment="public: where"
    )


class LocationPrivate(Base):
    """Where a confidential listing is. Only ``directory.private`` reads this table."""

    __tablename__ = "location_private"

    id: Mapped[Id] = mapped_column(comment="internal: ours")
    listing_number: Mapped[int] = mapped_column(
        ForeignKey("listing.number"), unique=True, comment="internal: whose place it is"
    )
    address_sealed: Mapped[bytes | None] = mapped_column(
        comment="personal: street, city, state and ZIP, sealed"
    )
    address = SealedText()
