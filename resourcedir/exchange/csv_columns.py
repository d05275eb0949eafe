"""The columns of our CSV file, in order; ``data/README.md`` explains each. Pure."""

import re
from typing import Final

COLUMNS: Final = (
    "key", "kind", "organization", "organization_description", "organization_website", "name",
    "alternate_name", "description", "terms", "populations", "payers", "medications", "languages",
    "location_name", "address_1", "address_2", "city", "county", "state", "zip", "latitude",
    "longitude", "time_zone", "transportation", "accessibility", "confidential", "service_area",
    "phone", "phone_description", "more_phones", "email", "url", "contact_name", "hours", "cost",
    "cost_amount", "cost_description", "minimum_age", "maximum_age", "gender", "only_for",
    "also_asks", "not_for", "offenses", "warrants", "residency", "documents", "bring",
    "medications_allowed", "sobriety_days", "referral_source", "pets", "children", "eligibility",
    "openings", "openings_of", "openings_unit", "openings_at",
    "openings_wait_days", "openings_hold_hours", "openings_starts_on", "openings_waiting_list",
    "status", "alert", "application", "checked_on", "source", "wage_minimum", "wage_maximum",
    "shift", "positions", "closes_on",
)  # fmt: skip

MAY_BE_MISSING: Final = frozenset({"only_for", "also_asks", "not_for", "warrants"})
"""Columns that older files have not: one that is not there is read as empty."""

PLACE: Final = (
    "location_name", "address_1", "address_2", "city", "county", "state", "zip", "latitude",
    "longitude", "transportation", "accessibility",
)  # fmt: skip
"""Columns that are empty where a listing has no place of its own."""

OF_SERVICES: Final = (
    "alternate_name", "payers", "medications", "languages", "confidential", "service_area",
    "phone_description", "more_phones", "email", "contact_name", "hours", "cost", "cost_amount",
    "cost_description", "maximum_age", "bring", "eligibility", "openings", "openings_of",
    "openings_unit", "openings_at", "openings_wait_days", "openings_hold_hours",
    "openings_starts_on", "openings_waiting_list", "alert", "application",
)  # fmt: skip
"""Columns that a job lead leaves empty: no table has a place for them."""

OF_OPENINGS: Final = (
    "openings_of", "openings_unit", "openings_at", "openings_wait_days", "openings_hold_hours",
    "openings_starts_on", "openings_waiting_list",
)  # fmt: skip
"""Columns that say nothing without ``openings``, the count."""

OF_JOB_LEADS: Final = ("wage_minimum", "wage_maximum", "shift", "positions", "closes_on")

FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n]")
_DISARMED: Final = re.compile(r"'+[=+\-@\t\r\n]")
_PARTS: Final = re.compile(r"(?:\\.|[^;\\]|\\$)+", re.DOTALL)


def disarm(text: str) -> str:
    """Return ``text`` so that a spreadsheet does not take it for a formula: with a leading "'".

    OWASP, "CSV Injection": cells that begin with = + - @, a tab or a line break.
    """
    return f"'{text}" if FORMULA.match(text) else text


def rearm(text: str) -> str:
    """Return what ``disarm`` was given."""
    return text[1:] if _DISARMED.match(text) else text


def split_list(text: str) -> list[str]:
    r"""Return the parts that ";" divides, without blanks; a part writes ";" as "\;"."""
    parts = (re.sub(r"\\([;\\])", r"\1", part).strip() for part in _PARTS.findall(text))
    return [part for part in parts if part]


def join_list(parts: list[str]) -> str:
    """Return the cell that ``split_list`` reads as ``parts``."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", part) for part in parts)
