"""Questions about referrals. Every function takes the session and whose eyes it is for.

They show officers and supervisors; what a provider may see is in ``portal.queries``.
"""

from resourcedir.referrals.queries.access import (
    MOVES,
    Obstacle,
    client_of_search,
    client_to_refer,
    for_officer,
    given_of,
    is_replaced,
    last_moves,
    obstacle,
    state_now,
    state_of,
)
from resourcedir.referrals.queries.detail import (
    EventFact,
    IntakeFact,
    OutcomeFact,
    ReferralDetail,
    held_until,
    last_intake,
    referral_detail,
)
from resourcedir.referrals.queries.duties import (
    Line,
    busy_times,
    calendar_for,
    due_ids,
    first_waiting,
    holds_openings,
    owed_without_time,
    place_in_line,
    planned,
    services_waited_for,
    waits_since,
    warns_to_phone,
)
from resourcedir.referrals.queries.lists import (
    ReferralRow,
    client_referrals,
    earlier_open,
    own_referrals,
    tried_before,
)
from resourcedir.referrals.queries.track_records import track_records

__all__ = [
    "MOVES",
    "EventFact",
    "IntakeFact",
    "Line",
    "Obstacle",
    "OutcomeFact",
    "ReferralDetail",
    "ReferralRow",
    "busy_times",
    "calendar_for",
    "client_of_search",
    "client_referrals",
    "client_to_refer",
    "due_ids",
    "earlier_open",
    "first_waiting",
    "for_officer",
    "given_of",
    "held_until",
    "holds_openings",
    "is_replaced",
    "last_intake",
    "last_moves",
    "obstacle",
    "owed_without_time",
    "own_referrals",
    "place_in_line",
    "planned",
    "referral_detail",
    "services_waited_for",
    "state_now",
    "state_of",
    "track_records",
    "tried_before",
    "waits_since",
    "warns_to_phone",
]
