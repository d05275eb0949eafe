"""The fixed words of the directory's columns. Pure: rules, pages and tables all read them here."""

from enum import StrEnum


class ListingKind(StrEnum):
    SERVICE = "service"
    JOB_LEAD = "job_lead"


class RuleKind(StrEnum):
    """What a rule is about; ``code`` is a word of the vocabulary of that name where one exists.

    A rule on offenses without a code is about any offense; a population that is required without a
    code is one that no list names, said in words alone.
    """

    GENDER = "gender"
    POPULATION = "population"
    OFFENSE = "offense"
    WARRANT = "warrant"
    RESIDENCY = "residency"
    DOCUMENT = "document"
    MEDICATION = "medication"
    SOBRIETY_DAYS = "sobriety_days"
    REFERRAL_SOURCE = "referral_source"
    PETS = "pets"
    CHILDREN = "children"


class Stance(StrEnum):
    """What the service says of it."""

    REQUIRED = "required"
    ACCEPTED = "accepted"
    CASE_BY_CASE = "case_by_case"
    EXCLUDED = "excluded"


class Shift(StrEnum):
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    WEEKEND = "weekend"
    ROTATING = "rotating"


class WrongFact(StrEnum):
    """What an officer can say is wrong with a listing."""

    PHONE = "phone"
    HOURS = "hours"
    PLACE = "place"
    OPENINGS = "openings"
    RULES = "rules"
    CLOSED = "closed"
    OTHER = "other"


class PhoneType(StrEnum):
    """HSDS 3.0 ``phone.type``, those in use."""

    VOICE = "voice"
    TEXT = "text"
    FAX = "fax"
    TDD = "textphone"


class CostKind(StrEnum):
    """Our values of HSDS ``cost_option.option``."""

    FREE = "free"
    SLIDING = "sliding-fee"
    FEE = "fee"


class Unit(StrEnum):
    """What a capacity counts (HSDS 3.1 ``unit``)."""

    BED = "bed"
    SLOT = "slot"
    SEAT = "seat"


class ServiceStatus(StrEnum):
    """HSDS 3.0 ``service.status``."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class LocationType(StrEnum):
    """HSDS 3.0 ``location.location_type``."""

    PHYSICAL = "physical"
    POSTAL = "postal"
    VIRTUAL = "virtual"
