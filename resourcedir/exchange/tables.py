"""Which tables a listing is made of, and which of their columns a file can fill.

The one list that reading, comparing and writing share: a column that is added here is imported,
compared and kept in the history without further code.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from resourcedir.db import Base
from resourcedir.directory.kinds import ListingKind
from resourcedir.directory.models import (
    Accessibility,
    Address,
    Contact,
    CostOption,
    EligibilityRule,
    JobLead,
    Language,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceCapacity,
)

SPACE: Final = UUID("2f0f5a52-1b0e-5c63-8f0e-6a6f3c1d9b40")

RESOURCES: Final[dict[ListingKind, type[Base]]] = {
    ListingKind.SERVICE: Service,
    ListingKind.JOB_LEAD: JobLead,
}
RESOURCE_COLUMNS: Final = {
    ListingKind.SERVICE: (
        "name", "alternate_name", "description", "url", "email", "status", "application_process",
        "eligibility_description", "minimum_age", "maximum_age", "alert",
    ),
    ListingKind.JOB_LEAD: (
        "title", "description", "wage_minimum", "wage_maximum", "shift", "positions", "closes_on",
        "minimum_age", "phone", "url",
    ),
}  # fmt: skip
LISTING_COLUMNS: Final = ("confidential", "time_zone", "checked_at", "withdrawn_at")
LOCATION_COLUMNS: Final = (
    "location_type", "name", "transportation", "latitude", "longitude", "position_error_m",
    "time_zone",
)  # fmt: skip


class Owner(StrEnum):
    """What the rows of a side hang on."""

    SERVICE = "service"
    LOCATION = "location"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class Side:
    """A table around a listing: its columns besides the id and the owner's key."""

    model: type[Base]
    owner: Owner
    owner_column: str
    columns: tuple[str, ...]


SIDES: Final = {
    "address": Side(
        Address,
        Owner.LOCATION,
        "location_id",
        ("address_1", "address_2", "city", "region", "state_province", "postal_code"),
    ),
    "accessibility": Side(
        Accessibility, Owner.LOCATION, "location_id", ("description", "details")
    ),
    "phones": Side(
        Phone,
        Owner.SERVICE,
        "service_id",
        ("number", "extension", "type", "description", "rank"),
    ),
    "contact": Side(Contact, Owner.SERVICE, "service_id", ("name", "title", "email")),
    "hours": Side(
        Schedule,
        Owner.SERVICE,
        "service_id",
        ("byday", "opens_at", "closes_at", "valid_from", "valid_to", "description"),
    ),
    "languages": Side(Language, Owner.SERVICE, "service_id", ("code", "name", "note")),
    "service_area": Side(ServiceArea, Owner.SERVICE, "service_id", ("name", "extent")),
    "cost": Side(
        CostOption, Owner.SERVICE, "service_id", ("option", "amount", "amount_description")
    ),
    "bring": Side(RequiredDocument, Owner.SERVICE, "service_id", ("document",)),
    "openings": Side(
        ServiceCapacity,
        Owner.SERVICE,
        "service_id",
        (
            "unit", "available", "maximum", "updated", "description", "wait_days", "hold_hours",
            "starts_on", "waiting_list",
        ),
    ),
    "rules": Side(
        EligibilityRule,
        Owner.LISTING,
        "listing_number",
        ("kind", "code", "stance", "amount", "note"),
    ),
}  # fmt: skip


def new_id(*parts: object) -> UUID:
    """Return an id that follows from ``parts``: the same listing has the same ids everywhere."""
    return uuid5(SPACE, "\x1f".join(str(part) for part in parts))
