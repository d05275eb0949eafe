"""How many openings must be free: reckoned from what was told, held, taken and given back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.models import ServiceCapacity
from resourcedir.referrals.due import HoldEnding
from resourcedir.referrals.lifecycle import Status
from resourcedir.referrals.models import OpeningHold, ReferralEvent

_THEIRS: Final = frozenset(
    {
        Status.ACCEPTED,
        Status.INTAKE_SCHEDULED,
        Status.NO_SHOW,
        Status.IN_SERVICE,
        Status.COMPLETED,
    }
)
_TOLD, _BACK, _TAKEN = range(3)  # the order in which things of one instant happen


def openings_faults(
    session: Session,
    service: UUID,
    told: Sequence[OpeningsFact],
    holds: Iterable[OpeningHold],
    events: Mapping[UUID, Sequence[ReferralEvent]],
) -> Iterator[str]:
    """Yield where the number that is stored is not the one that must be left.

    ``events``: of each referral of which a hold was given back.
    """
    row = session.scalar(select(ServiceCapacity).where(ServiceCapacity.service_id == service))
    holds = list(holds)
    if row is None or not told:
        if holds:
            yield "openings are held that nobody has counted"
        return
    left = _left(told, holds, events)
    if row.available != left:
        yield f"{row.available} openings are free where {left} must be left"
    for each in holds:
        last = [fact for fact in told if fact.as_of <= each.held_at][-1]
        if (each.until_at - each.held_at).total_seconds() != 3600 * (last.hold_hours or 0):
            yield f"an opening was held from {each.held_at} until {each.until_at}"


def _left(
    told: Sequence[OpeningsFact],
    holds: Iterable[OpeningHold],
    events: Mapping[UUID, Sequence[ReferralEvent]],
) -> int:
    line: list[tuple[datetime, int, OpeningsFact | None]] = [
        (each.as_of, _TOLD, each) for each in told
    ]
    for each in holds:
        line.append((each.held_at, _TAKEN, None))
        if each.ended_at is None or each.ending is HoldEnding.TAKEN:
            continue
        was_theirs = _taken_at(each, events)
        if was_theirs is None or not any(was_theirs < fact.as_of <= each.ended_at for fact in told):
            line.append((each.ended_at, _BACK, None))
    free, most = 0, 0
    for _, what, fact in sorted(line, key=lambda each: each[:2]):
        if fact is not None:
            free, most = fact.available, fact.maximum or 0
        else:
            free += -1 if what == _TAKEN else free < most
    return free


def _taken_at(hold: OpeningHold, events: Mapping[UUID, Sequence[ReferralEvent]]) -> datetime | None:
    """Return when the client had the opening, of a hold that was given back later."""
    if hold.ending is not HoldEnding.GIVEN_BACK or hold.ended_at is None:
        return None
    return next(
        (
            each.at
            for each in events.get(hold.referral_id, ())
            if hold.held_at <= each.at < hold.ended_at and each.status in _THEIRS
        ),
        None,
    )
