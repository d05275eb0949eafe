"""Whether what a listing offers can be had now. Pure.

It hides nothing: what is closed is shown, found and told as closed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.directory.facts import ListingFacts
from resourcedir.directory.kinds import ServiceStatus


class Offer(StrEnum):
    """Where a listing stands.

    ``CLOSED_JOB``: the last day to apply is over; ``PAUSED``: it takes nobody, and its page stays.
    """

    OPEN = "open"
    TEMPORARILY_CLOSED = "temporarily_closed"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    CLOSED_JOB = "closed_job"
    WITHDRAWN = "withdrawn"
    PAUSED = "paused"


BY_STATUS: Final[Mapping[ServiceStatus, Offer]] = {
    ServiceStatus.ACTIVE: Offer.OPEN,
    ServiceStatus.TEMPORARILY_CLOSED: Offer.TEMPORARILY_CLOSED,
    ServiceStatus.INACTIVE: Offer.INACTIVE,
    ServiceStatus.DEFUNCT: Offer.DEFUNCT,
}


def offer_state(facts: ListingFacts, today: date) -> Offer:
    """Return whether it is offered on ``today``, or why not.

    The last day to apply is a good one, and the last one of a pause is not.

    ``today`` is a day where the listing is: ``day_there`` tells it.
    """
    if facts.withdrawn:
        return Offer.WITHDRAWN
    last_day = facts.job.closes_on if facts.job else None
    if last_day is not None and last_day < today:
        return Offer.CLOSED_JOB
    found = BY_STATUS[facts.status]
    paused = facts.paused_until is not None and today <= facts.paused_until
    return Offer.PAUSED if paused and found is Offer.OPEN else found


def offer_at(facts: ListingFacts, instant: datetime) -> Offer:
    """Return ``offer_state`` of the day that ``instant`` is where the listing is."""
    return offer_state(facts, day_there(facts, instant))


def runs(facts: ListingFacts) -> bool:
    """Say whether its hours and its count of free places mean anything, on whatever day."""
    return not facts.withdrawn and facts.status is ServiceStatus.ACTIVE


def day_there(facts: ListingFacts, instant: datetime) -> date:
    """Return the day of ``instant`` on the clock that the listing lives by."""
    return instant.astimezone(ZoneInfo(facts.time_zone)).date()
