"""What the shares on the page count, and what they do not. Pure.

Each is a part of a whole that stands beside it: n of m. Where m is 0 there is no share. Drafts
never count, nor what was entered in error.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from resourcedir.referrals.lifecycle import Mode, Result, Status
from resourcedir.today.sections import LOOK_BACK, Section, Standing, is_silent, section_of

ANSWER_WITHIN: Final = timedelta(days=7)
"""The limit of Minnesota's housing referrals (HMIS); clock days, on any day."""

_NEVER: Final = frozenset({Status.DRAFT, Status.ENTERED_IN_ERROR})


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole``."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Whole percent, half of one rounded up; None where there is nothing to be a part of."""
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole else None

    @property
    def rest(self) -> "Share":
        """What is missing from the whole."""
        return Share(self.whole - self.part, self.whole)

    @property
    def rest_percent(self) -> int | None:
        """What is missing, so that both make a hundred."""
        return None if self.percent is None else 100 - self.percent


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers over the lists."""

    clients: int
    open_referrals: int
    answered: Share
    known: Share


def measures(clients: int, referrals: Iterable[Standing], now: datetime) -> Measures:
    """Return the numbers of some clients and their referrals."""
    found = tuple(referrals)
    return Measures(
        clients=clients,
        open_referrals=open_referrals(found),
        answered=answered_in_time(found, now),
        known=known_outcome(found, now),
    )


def open_referrals(referrals: Iterable[Standing]) -> int:
    """Return how many have left and have not ended. Drafts do not count: they have not left."""
    return sum(each.is_open and each.status not in _NEVER for each in referrals)


def answered_in_time(referrals: Iterable[Standing], now: datetime) -> Share:
    """Return how many were answered within seven days of being sent.

    Of: sent in the app in the last 90 days, and answered or sent seven days ago. Not: recorded
    ones, which nobody is asked to answer; those withdrawn within the seven days without an answer.
    An answer is a yes, a no, an intake, a place on the waiting list; a question back is none.
    """
    asked = [each for each in referrals if _was_asked(each, now)]
    return Share(sum(_in_time(each) for each in asked), len(asked))


def known_outcome(referrals: Iterable[Standing], now: datetime) -> Share:
    """Return of how many it is known what came of them.

    Of: sent or recorded in the last 90 days, and ended, or so long without a word that somebody
    should have asked, or their outcome is known already. Not: withdrawn ones, of which nothing
    could come; those still under way and heard of.
    Known is a no of the provider, and an outcome that some source has told and none contradicts.
    That nobody answered tells nothing of the client: it is not known.
    """
    told = [each for each in referrals if _outcome_is_due(each, now)]
    return Share(sum(_is_known(each) for each in told), len(told))


def _left_lately(each: Standing, now: datetime) -> bool:
    if each.sent_at is None or each.status in _NEVER:
        return False
    return now - each.sent_at <= LOOK_BACK


def _was_asked(each: Standing, now: datetime) -> bool:
    if each.mode is not Mode.LIVE or each.sent_at is None or not _left_lately(each, now):
        return False
    until = each.moved_at if each.status is Status.WITHDRAWN else now
    return each.answered_at is not None or until - each.sent_at >= ANSWER_WITHIN


def _in_time(each: Standing) -> bool:
    if each.answered_at is None or each.sent_at is None:
        return False
    return each.answered_at - each.sent_at <= ANSWER_WITHIN


def _is_known(each: Standing) -> bool:
    return each.status is Status.DECLINED or each.result is not Result.NOT_KNOWN


def _outcome_is_due(each: Standing, now: datetime) -> bool:
    if not _left_lately(each, now) or each.status is Status.WITHDRAWN:
        return False
    overdue = is_silent(each, now) or section_of(each, now) is Section.NOT_SAID
    return each.is_closed or _is_known(each) or overdue
