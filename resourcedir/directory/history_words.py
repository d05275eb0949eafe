"""What the fields and values of a listing's history are called on its page. Pure.

Pages and files write the history: both kinds of names are here, and no name is shown raw.
"""

from collections.abc import Mapping
from typing import Final

from resourcedir.directory.editing import FIELDS
from resourcedir.directory.kinds import LocationType, ServiceStatus, Shift
from resourcedir.directory.offering import BY_STATUS
from resourcedir.directory.wording import OFFERS, SHIFTS
from resourcedir.texts import N_

ACTIONS: Final[Mapping[str, str]] = {
    "create": N_("Added to the directory"),
    "update": N_("Changed"),
    "checked": N_("Checked: still true"),
    "withdrawn": N_("Withdrawn"),
    "offered": N_("Offered again"),
}
OTHER: Final = N_("Other fact")

_OF_FILES: Final[Mapping[str, str]] = {
    "name": N_("Name"),
    "title": N_("Name"),
    "alternate_name": N_("Other name"),
    "website": N_("Website"),
    "url": N_("Website"),
    "email": N_("E-mail"),
    "organization": N_("Organization"),
    "application_process": N_("How to apply"),
    "eligibility_description": N_("Who it is for, in words"),
    "minimum_age": N_("Lowest age"),
    "maximum_age": N_("Highest age"),
    "wage_minimum": N_("Lowest wage"),
    "wage_maximum": N_("Highest wage"),
    "shift": N_("Shift"),
    "positions": N_("Positions"),
    "closes_on": N_("Last day to apply"),
    "phone": N_("Phone"),
    "contact": N_("Whom to ask for"),
    "service_area": N_("Area served"),
    "bring": N_("What to bring"),
    "rules": N_("Rules"),
    "terms": N_("Kinds and groups"),
    "address": N_("Address"),
    "accessibility": N_("Accessibility"),
    "confidential": N_("Place is confidential"),
    "confidential_place": N_("Confidential place"),
    "time_zone": N_("Time zone"),
    "checked_at": N_("Last checked"),
    "withdrawn_at": N_("No longer offered since"),
    "place_location_type": N_("Kind of place"),
    "place_name": N_("Name of the place"),
    "place_transportation": N_("How to get there"),
    "place_latitude": N_("Position: latitude"),
    "place_longitude": N_("Position: longitude"),
    "place_position_error_m": N_("Position: how far off, in meters"),
    "place_time_zone": N_("Time zone of the place"),
}
LABELS: Final[Mapping[str, str]] = {
    **_OF_FILES,
    **{field.value: said.label for field, said in FIELDS.items()},
    "checked": N_("Whole page"),
    "offer": N_("Offered or not"),
    "paused_until": N_("Taking nobody through"),
}
INSTANTS: Final = frozenset({"checked_at", "withdrawn_at"})
"""Fields whose values are instants in ISO 8601, or nothing."""

_PLACES: Final[Mapping[LocationType, str]] = {
    LocationType.PHYSICAL: N_("A place to go to"),
    LocationType.POSTAL: N_("An address for mail"),
    LocationType.VIRTUAL: N_("On the internet"),
}
ZONES: Final = frozenset({"time_zone", "place_time_zone"})
"""Fields whose values are IANA names of time zones, or nothing."""

SAID: Final[Mapping[str, str]] = {
    "not-known": N_("not known"),
    "nothing": N_("nothing said"),
    "open": N_("open"),
    "temporarily-closed": N_("temporarily closed"),
    "none-held": N_("none is held"),
    "list-kept": N_("is kept"),
    "no-list": N_("is not kept"),
    "any-other": N_("Any other"),
    "all": N_("All"),
}
"""What ``kept_words`` says of a field in a mark of its own."""

VALUES: Final[Mapping[tuple[str, str], str]] = {
    **{("status", each.value): OFFERS[BY_STATUS[each]] for each in ServiceStatus},
    **{("shift", each.value): SHIFTS[each] for each in Shift},
    **{("place_location_type", each.value): words for each, words in _PLACES.items()},
    ("confidential", "yes"): N_("Yes"),
    ("confidential", "no"): N_("No"),
    ("offer", "offered"): N_("Offered"),
    ("offer", "withdrawn"): N_("No longer offered"),
    ("status", "offered"): N_("Offered"),
    ("status", "withdrawn"): N_("No longer offered"),
}
"""Words of ours that stand in the history, by field and value."""


def label(field: str) -> str:
    """Return what a field is called; one that nobody knows any more is another fact."""
    return LABELS.get(field, OTHER)
