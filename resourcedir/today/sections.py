"""What an officer has to do today: which list a referral or a client belongs in. Pure.

It looks at frozen facts and the present instant. It words nothing, and asks no database.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.lifecycle import CLOSED, OPEN, Mode, Result, Status

_DAY: Final = timedelta(days=1)


class Section(StrEnum):
    """The lists of the page, in the order in which an officer works through them."""

    ASKED = "asked"
    OFFERED = "offered"
    WROTE = "wrote"
    LATE = "late"
    NO_NEXT_STEP = "no-next-step"
    MISSED = "missed"
    INTAKE = "intake"
    NOT_SAID = "not-said"
    UNKNOWN = "unknown"
    DRAFTS = "drafts"
    NO_CONTACT = "no-contact"


class Silence(StrEnum):
    """What nobody should hear nothing of for long."""

    ACCEPTED = "accepted"
    RECORDED = "recorded"
    WAITING = "waiting"
    IN_SERVICE = "in_service"
    DRAFT = "draft"
    CLIENT = "client"


LIMITS: Final[Mapping[Silence, timedelta]] = {
    Silence.ACCEPTED: 7 * _DAY,  # an intake that is not set in a week is one that nobody arranges
    Silence.RECORDED: 7 * _DAY,  # the officer has seen the client by then, and can ask
    Silence.WAITING: 14 * _DAY,  # lists move every two weeks; longer where the place said so
    Silence.IN_SERVICE: 30 * _DAY,  # courts and boards are reported to by the month
    Silence.DRAFT: 2 * _DAY,  # finished on the next day, or forgotten
    Silence.CLIENT: 30 * _DAY,  # a month without any step is no plan under way
}
"""How long nothing may be heard before it stands on the page, and why so long."""

LOOK_BACK: Final = 90 * _DAY
"""What ended longer ago is not asked about: nobody remembers, and the client's own line stays."""


@dataclass(frozen=True, slots=True)
class Intake:
    """The last intake that was set. ``missed``: somebody has said that nobody came."""

    appointment: Appointment
    missed: bool = False

    def day(self) -> date:
        """Return the day on which it is where the place is."""
        return self.appointment.local().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What must be known of a referral to say what is to be done about it.

    ``held_until_at``: until when an opening is kept for it. ``wrote_at``: when the provider wrote
    what the officer has not answered, nor done anything since. ``moved_at``: its last step; for a
    draft, when it was made. ``heard_at``: when a person last did anything in it. ``replaced``: a
    later referral took its place. ``settled``: somebody has said that nothing more is needed.
    ``result``: what the words of all sources come to.
    """

    status: Status
    mode: Mode | None
    created_at: datetime
    moved_at: datetime
    heard_at: datetime
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    answer_due_at: datetime | None = None
    waitlisted_at: datetime | None = None
    wait_days: int | None = None
    held_until_at: datetime | None = None
    wrote_at: datetime | None = None
    intake: Intake | None = None
    result: Result = Result.NOT_KNOWN
    replaced: bool = False
    settled: bool = False

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED


def section_of(standing: Standing, now: datetime) -> Section | None:
    """Return the one list that a referral stands in, None if nothing is to be done."""
    rule = _RULES.get(standing.status)
    found = rule(standing, now) if rule else None
    unread = standing.wrote_at is not None and found not in _URGENT
    return Section.WROTE if unread else found


def is_silent(standing: Standing, now: datetime) -> bool:
    """Say whether so long nothing was heard of an open referral that somebody must ask."""
    match standing.status, standing.mode:
        case ((Status.ACCEPTED | Status.INTAKE_SCHEDULED), _):
            limit = LIMITS[Silence.ACCEPTED]
        case Status.SENT, Mode.RECORDED:
            limit = LIMITS[Silence.RECORDED]
        case Status.WAITLISTED, _:
            limit = LIMITS[Silence.WAITING]
        case Status.IN_SERVICE, _:
            limit = LIMITS[Silence.IN_SERVICE]
        case _:
            return False
    return now - standing.heard_at >= limit and not _still_waits(standing, now)


def without_contact(
    last_at: datetime | None, *, needs: bool, open_referrals: bool, now: datetime
) -> bool:
    """Say whether a client has needs or open referrals, and nothing was done for long."""
    if not (needs or open_referrals):
        return False
    return last_at is None or now - last_at >= LIMITS[Silence.CLIENT]


@dataclass(frozen=True, slots=True)
class Link:
    """What says that one referral follows on another: whose, for what, made when, instead of."""

    id: UUID
    client_id: UUID
    need_code: str | None
    created_at: datetime
    instead_of_id: UUID | None
    counts: bool  # it has left, and was not entered in error


def is_replaced(link: Link, ended_at: datetime, others: Iterable[Link]) -> bool:
    """Say whether another referral took the place of one that came to nothing.

    It says so itself, or it was made later for the same client and need.
    """
    return any(
        other.instead_of_id == link.id
        or (
            other.id != link.id
            and (other.client_id, other.need_code) == (link.client_id, link.need_code)
            and other.created_at > ended_at
        )
        for other in others
        if other.counts
    )


def _asked(_: Standing, __: datetime) -> Section:
    return Section.ASKED


def _missed(_: Standing, __: datetime) -> Section:
    return Section.MISSED


def _sent(standing: Standing, now: datetime) -> Section | None:
    if standing.answer_due_at is not None and standing.answer_due_at < now:
        return Section.LATE
    return _silent(standing, now)


def _silent(standing: Standing, now: datetime) -> Section | None:
    unknown = standing.result is Result.NOT_KNOWN and is_silent(standing, now)
    return Section.UNKNOWN if unknown else None


def _waiting(standing: Standing, now: datetime) -> Section | None:
    held = standing.held_until_at
    return Section.OFFERED if held is not None and held > now else _silent(standing, now)


def _expected(standing: Standing, now: datetime) -> Section | None:
    if standing.intake is None:
        return _silent(standing, now)
    appointment = standing.intake.appointment
    if appointment.ends_at <= now:
        return Section.NOT_SAID
    there = now.astimezone(appointment.local().tzinfo).date()
    return Section.INTAKE if standing.intake.day() <= there + _DAY else None


def _came_to_nothing(standing: Standing, now: datetime) -> Section | None:
    if _long_ago(standing, now):
        return None
    if not (standing.replaced or standing.settled):
        return Section.NO_NEXT_STEP
    return _finished(standing, now) if standing.status is Status.ENDED_EARLY else None


def _finished(standing: Standing, now: datetime) -> Section | None:
    asks = standing.result is Result.NOT_KNOWN and not standing.settled
    return Section.UNKNOWN if asks and not _long_ago(standing, now) else None


def _draft(standing: Standing, now: datetime) -> Section | None:
    stale = now - standing.created_at >= LIMITS[Silence.DRAFT]
    return Section.DRAFTS if stale else None


def _long_ago(standing: Standing, now: datetime) -> bool:
    return now - standing.moved_at > LOOK_BACK


def _still_waits(standing: Standing, now: datetime) -> bool:
    """Say whether the wait is not over that the place itself has named."""
    if standing.status is not Status.WAITLISTED or standing.waitlisted_at is None:
        return False
    return now < standing.waitlisted_at + _DAY * (standing.wait_days or 0)


_URGENT: Final = frozenset({Section.ASKED, Section.OFFERED})
_RULES: Final[Mapping[Status, Callable[[Standing, datetime], Section | None]]] = {
    Status.DRAFT: _draft,
    Status.SENT: _sent,
    Status.INFO_ASKED: _asked,
    Status.WAITLISTED: _waiting,
    Status.ACCEPTED: _silent,
    Status.INTAKE_SCHEDULED: _expected,
    Status.NO_SHOW: _missed,
    Status.IN_SERVICE: _silent,
    Status.COMPLETED: _finished,
    Status.ENDED_EARLY: _came_to_nothing,
    Status.DECLINED: _came_to_nothing,
    Status.EXPIRED: _came_to_nothing,
}
"""Withdrawn, entered in error: the officer's own word, and nothing is left to do."""
