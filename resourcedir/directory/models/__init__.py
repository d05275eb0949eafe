"""Tables of the directory of providers, by group of HSDS tables."""

from resourcedir.directory.kinds import (
    CostKind,
    ListingKind,
    LocationType,
    PhoneType,
    RuleKind,
    ServiceStatus,
    Shift,
    Stance,
    Unit,
    WrongFact,
)
from resourcedir.directory.models.contact import (
    Address,
    Contact,
    Phone,
)
from resourcedir.directory.models.listing import (
    EligibilityRule,
    JobLead,
    Listing,
    ListingReport,
    TrackRecord,
)
from resourcedir.directory.models.offer import (
    Accessibility,
    Attribute,
    CostOption,
    Language,
    Metadata,
    RequiredDocument,
    Schedule,
    ServiceArea,
    ServiceCapacity,
)
from resourcedir.directory.models.organization import (
    Location,
    LocationPrivate,
    Organization,
    Service,
    ServiceAtLocation,
)

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "CostKind",
    "CostOption",
    "EligibilityRule",
    "JobLead",
    "Language",
    "Listing",
    "ListingKind",
    "ListingReport",
    "Location",
    "LocationPrivate",
    "LocationType",
    "Metadata",
    "Organization",
    "Phone",
    "PhoneType",
    "RequiredDocument",
    "RuleKind",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceStatus",
    "Shift",
    "Stance",
    "TrackRecord",
    "Unit",
    "WrongFact",
]
