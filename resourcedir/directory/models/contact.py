"""How a service is reached. HSDS 3.0 ``address``, ``phone``, ``contact``."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resourcedir.db import Base, Id, stored_by_value
from resourcedir.directory.kinds import PhoneType


class Address(Base):
    """Where a location is or gets its mail. HSDS ``address``."""

    __tablename__ = "address"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    location_id: Mapped[UUID] = mapped_column(
        ForeignKey("location.id"), index=True, comment="public: the place"
    )
    address_1: Mapped[str] = mapped_column(comment="public: number and street")
    address_2: Mapped[str | None] = mapped_column(comment="public: suite or floor")
    city: Mapped[str] = mapped_column(comment="public: city")
    region: Mapped[str | None] = mapped_column(comment="public: county, such as Hamilton County")
    state_province: Mapped[str] = mapped_column(comment="public: two letters")
    postal_code: Mapped[str] = mapped_column(index=True, comment="public: ZIP code")
    country: Mapped[str] = mapped_column(default="US", comment="public: ISO 3166-1 alpha-2")
    address_type: Mapped[str] = mapped_column(
        default="physical", comment="public: physical, postal or virtual"
    )


class Contact(Base):
    """A person or desk to ask for. HSDS ``contact``."""

    __tablename__ = "contact"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    service_id: Mapped[UUID] = mapped_column(
        ForeignKey("service.id"), index=True, comment="public: the service it answers for"
    )
    name: Mapped[str | None] = mapped_column(comment="public: whom to ask for")
    title: Mapped[str | None] = mapped_column(comment="public: their post")
    email: Mapped[str | None] = mapped_column(comment="public: work address")


class Phone(Base):
    """A number to call. HSDS ``phone``; exactly one owner is set."""

    __tablename__ = "phone"

    id: Mapped[Id] = mapped_column(comment="public: HSDS id")
    organization_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organization.id"), index=True, comment="public: the organization's number"
    )
    service_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("service.id"), index=True, comment="public: the service's number"
    )
    number: Mapped[str] = mapped_column(comment="public: as it is dialled, 423-555-0100")
    extension: Mapped[str | None] = mapped_column(comment="public: digits after the answer")
    type: Mapped[PhoneType] = mapped_column(
        stored_by_value(PhoneType), default=PhoneType.VOICE, comment="public: HSDS phone.type"
    )
    description: Mapped[str | None] = mapped_column(comment="public: Intake, Nights ...")
    rank: Mapped[int] = mapped_column(default=0, comment="public: the lowest is shown first")
