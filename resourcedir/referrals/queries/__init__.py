"""Questions about referrals. Every function takes the session and whose eyes it is for.

They show officers and supervisors; what a provider may see is in ``portal.queries``.
"""

from resourcedir.referrals.queries.access import (
    Obstacle,
    client_of_search,
    client_to_refer,
    for_officer,
    given_of,
    obstacle,
    state_of,
)
from resourcedir.referrals.queries.detail import (
    EventFact,
    OutcomeFact,
    ReferralDetail,
    referral_detail,
)
from resourcedir.referrals.queries.lists import (
    ReferralRow,
    client_referrals,
    earlier_open,
    own_referrals,
)

__all__ = [
    "EventFact",
    "Obstacle",
    "OutcomeFact",
    "ReferralDetail",
    "ReferralRow",
    "client_of_search",
    "client_referrals",
    "client_to_refer",
    "earlier_open",
    "for_officer",
    "given_of",
    "obstacle",
    "own_referrals",
    "referral_detail",
    "state_of",
]
