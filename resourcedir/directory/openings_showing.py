"""Puts openings into the reader's words: how many are free, who told it when, how long one waits.

It decides nothing and reads no database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from resourcedir.directory import openings as fading
from resourcedir.directory import wording
from resourcedir.directory.facts import ListingFacts, OpeningsFact
from resourcedir.directory.kinds import Unit
from resourcedir.web.formats import age, clock_time, date_words
from resourcedir.web.language import gettext, ngettext

Pair = tuple[str, str]
FEWEST_BUTTONS: Final = 4  # 0 to 4, as the row of buttons on a phone has them
MOST_BUTTONS: Final = 9


def free_words(unit: Unit, count: int) -> str:
    """Return "3 beds free"."""
    match unit:
        case Unit.BED:
            return str(ngettext("%(num)s bed free", "%(num)s beds free", count))
        case Unit.SEAT:
            return str(ngettext("%(num)s seat free", "%(num)s seats free", count))
    return str(ngettext("%(num)s place free", "%(num)s places free", count))


def wait_words(days: int | None) -> str:
    """Return "about 12 days' wait", "" where nobody has told."""
    if days is None:
        return ""
    if days == 0:
        return str(gettext("no wait"))
    return str(ngettext("about %(num)s day's wait", "about %(num)s days' wait", days))


def who_told(told: OpeningsFact) -> str:
    """Return by whom it was told, in the word of their role: no page names the person."""
    return str(gettext(wording.TOLD_BY[told.told_by]))


def told_words(told: OpeningsFact, now: datetime) -> str:
    """Return "2 hours ago, by the provider"."""
    return str(gettext("%(age)s, %(who)s", age=age(told.as_of, now), who=who_told(told)))


def pair(told: OpeningsFact | None, facts: ListingFacts, now: datetime) -> Pair:
    """Return what is known of openings, and how long one waits, who told it and when.

    A faded count is not shown, nor what was told with it.
    """
    if told is None:
        return str(gettext("Openings not known")), str(gettext("call and ask"))
    if not fading.known(told, facts.terms, facts.time_zone, now):
        return str(gettext("Openings not known")), _faded(told, facts, now)
    parts = [wait_words(told.wait_days), _starts(told), told_words(told, now)]
    return free_words(told.unit, told.available), " · ".join(filter(None, parts))


def count_words(told: OpeningsFact, facts: ListingFacts, now: datetime) -> str:
    """Return the number of free places, or that it is not known any more."""
    known = fading.known(told, facts.terms, facts.time_zone, now)
    return str(told.available) if known else str(gettext("not known"))


def cells(told: OpeningsFact, facts: ListingFacts, now: datetime) -> list[tuple[str, str]]:
    """Return what the page of a listing says of openings, each with the head of its column."""
    return list(_cells(told, facts, now))


def notes(told: OpeningsFact, *, own: bool = False) -> list[str]:
    """Return how one comes to an opening: whether it is held, whether a waiting list is kept.

    ``own``: it is the reader who keeps it.
    """
    if not told.waiting_list:
        kept = gettext("No waiting list.")
    elif own:
        kept = gettext("You keep a waiting list.")
    else:
        kept = gettext("They keep a waiting list.")
    wait = wait_words(told.wait_days) if own else ""
    said = [gettext("Told with it: %(wait)s.", wait=wait)] if wait else []
    return [*map(str, said), hold_words(told.hold_hours), str(kept)]


def hold_words(hours: int | None) -> str:
    """Return for how long a referral may hold an opening."""
    if hours is None:
        return str(gettext("No opening is held for a referral."))
    return str(
        ngettext(
            "A referral may hold an opening for %(num)s hour.",
            "A referral may hold an opening for %(num)s hours.",
            hours,
        )
    )


@dataclass(frozen=True, slots=True)
class TellingPage:
    """What the page shows on which a provider tells openings. ``buttons`` are numbers to press."""

    title: str
    told: OpeningsFact | None
    known: bool
    present: str
    buttons: range
    more: str

    @property
    def free(self) -> int | None:
        """Return the number that is believed now."""
        return self.told.available if self.told and self.known else None


def telling_page(facts: ListingFacts, now: datetime) -> TellingPage:
    """Return what the page says at ``now``."""
    told = facts.openings
    known = told is not None and fading.known(told, facts.terms, facts.time_zone, now)
    most = told.maximum if told and told.maximum is not None else FEWEST_BUTTONS
    buttons = range(min(most, MOST_BUTTONS if told and told.maximum else FEWEST_BUTTONS) + 1)
    seats = told is None or told.unit is Unit.SEAT
    return TellingPage(
        title=str(gettext(wording.FREE_NOW[told.unit] if told else wording.FREE_NOW_UNKNOWN)),
        told=told,
        known=known,
        present="; ".join(filter(None, _present(told, facts, now))),
        buttons=buttons,
        more=str(
            gettext("Another number, a wait, or the first day of the class")
            if seats
            else gettext("Another number, a wait, or holds for referrals")
        ),
    )


def _present(told: OpeningsFact | None, facts: ListingFacts, now: datetime) -> Iterator[str]:
    if told is None:
        yield str(gettext("Nobody has told yet."))
        return
    of = gettext("of %(all)s", all=told.maximum) if told.maximum is not None else ""
    when = gettext("told %(when)s", when=told_words(told, now))
    yield " · ".join(filter(None, (str(of), str(when))))
    until = fading.known_until(told, facts.terms, facts.time_zone)
    if now < until:
        yield str(gettext("fades to “not known” %(when)s", when=_there(until, facts)))


def _there(instant: datetime, facts: ListingFacts) -> str:
    """Return an instant on the clock of the place."""
    local = instant.astimezone(ZoneInfo(facts.time_zone))
    values = {"date": date_words(local.date()), "time": clock_time(local.time())}
    return str(gettext("%(date)s, %(time)s", **values))


def _starts(told: OpeningsFact) -> str:
    if told.starts_on is None:
        return ""
    return str(gettext("starts %(date)s", date=date_words(told.starts_on)))


def _faded(told: OpeningsFact, facts: ListingFacts, now: datetime) -> str:
    if told.starts_on is not None and fading.begun(told, facts.time_zone, now):
        return str(gettext("the class began %(date)s", date=date_words(told.starts_on)))
    return str(gettext("last told %(age)s", age=told_words(told, now)))


def _cells(told: OpeningsFact, facts: ListingFacts, now: datetime) -> Iterator[tuple[str, str]]:
    unknown = str(gettext("not known"))
    known = fading.known(told, facts.terms, facts.time_zone, now)
    yield str(gettext("Kind")), str(gettext(wording.UNITS[told.unit]))
    yield str(gettext("Free now")), count_words(told, facts, now)
    yield str(gettext("Of")), unknown if told.maximum is None else str(told.maximum)
    yield str(gettext("Wait")), (wait_words(told.wait_days) if known else "") or unknown
    if told.unit is Unit.SEAT:
        yield str(gettext("First day")), date_words(told.starts_on) if told.starts_on else unknown
    yield str(gettext("Told")), told_words(told, now)
