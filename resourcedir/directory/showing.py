"""Puts facts into the reader's words: the edge where phrases, ages and codes become text.

It decides nothing and reads no database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from flask_babel import get_locale, get_timezone

from resourcedir.directory import openings_showing, wording
from resourcedir.directory.facts import JobFact, ListingFacts
from resourcedir.directory.hours import WHOLE_DAY, Day, Interval, WeeklyHours
from resourcedir.directory.offering import Offer, offer_at
from resourcedir.directory.queries import CrisisLine
from resourcedir.places.areas import area_label
from resourcedir.places.distance import distance_km
from resourcedir.places.place import Place, PlaceKind
from resourcedir.places.point import Point
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.web.formats import clock_time, date_words, distance_words, money
from resourcedir.web.language import gettext, language, ngettext

EXAMPLE: Final = "example"  # source of invented listings, in small letters
Pair = tuple[str, str]


def offer_words(facts: ListingFacts, now: datetime) -> str:
    """Return why nobody can be sent there now, "" where nothing says so."""
    match offer_at(facts, now):
        case Offer.OPEN:
            return ""
        case Offer.CLOSED_JOB:
            last_day = facts.job and facts.job.closes_on
            words = date_words(last_day) if last_day else ""
            return str(gettext("Applications closed %(date)s", date=words))
        case Offer.PAUSED:
            words = date_words(facts.paused_until) if facts.paused_until else ""
            return str(gettext("Taking nobody through %(date)s", date=words))
        case state:
            return str(gettext(wording.OFFERS[state]))


def openings_pair(facts: ListingFacts, now: datetime) -> Pair:
    """Return what is known of openings, who told it and when; a faded count is not shown."""
    if closed := offer_words(facts, now):
        return closed, ""
    if facts.job is not None:
        return _positions(facts)
    return openings_showing.pair(facts.openings, facts, now)


def _positions(facts: ListingFacts) -> Pair:
    job = facts.job
    if job is None or job.positions is None:
        first = str(gettext("Openings not known"))
    else:
        first = str(ngettext("%(num)s position", "%(num)s positions", job.positions))
    last_day = job.closes_on if job else None
    return first, str(gettext("apply by %(date)s", date=date_words(last_day))) if last_day else ""


def _shift(job: JobFact) -> Pair:
    if job.shift is None:
        return str(gettext("Shift not known")), str(gettext("call and ask"))
    return str(gettext(wording.SHIFTS[job.shift])), ""


def hours_pair(facts: ListingFacts, now: datetime) -> Pair:
    """Return whether it is open and until when, or when it opens next."""
    match offer_at(facts, now):
        case Offer.OPEN | Offer.CLOSED_JOB | Offer.PAUSED:
            pass
        case Offer.TEMPORARILY_CLOSED:
            return str(gettext("Closed for now")), facts.alert or str(gettext("call and ask"))
        case state:
            return str(gettext(wording.OFFERS[state])), facts.alert or ""
    if facts.job is not None:
        return _shift(facts.job)
    if facts.hours is None:
        return str(gettext("Hours not known")), str(gettext("call and ask"))
    return _week_pair(facts.hours, now)


def _week_pair(hours: WeeklyHours, now: datetime) -> Pair:
    state = hours.state(now)
    if state.open_now:
        if hours.always:
            return str(gettext("Open now")), str(gettext("24 hours"))
        until = state.until
        rest = gettext("until %(time)s", time=_zoned(until, hours, now)) if until else ""
        return str(gettext("Open now")), str(rest)
    if state.next_open is None:
        return str(gettext("Closed now")), ""
    opens = gettext("opens %(time)s", time=_zoned(state.next_open, hours, now))
    return str(gettext("Closed now")), str(opens)


def distance_pair(facts: ListingFacts, near: Place | None, area: str | None = None) -> Pair:
    """Return how far it is from ``near`` and how that was measured, or why that is not said.

    ``area`` is the area that it serves, where it answers a search for that and not by its place.
    """
    if facts.confidential:
        return str(gettext("Place is confidential")), str(gettext("call first"))
    place = facts.place
    if area is not None:
        own = "" if place else str(gettext("no place of its own"))
        return str(gettext("Serves %(areas)s", areas=area)), own
    if place is None:
        areas = "; ".join(area_label(code) for code, _ in facts.areas)
        words = gettext("Serves %(areas)s", areas=areas) if areas else gettext("By phone or online")
        return str(words), str(gettext("no place of its own"))
    if near is None or place.latitude is None or place.longitude is None:
        return f"{place.city}, {place.state} {place.zip}", ""
    km = distance_km(near.point, Point(place.latitude, place.longitude))
    return distance_words(km), _measured(near, by_address=place.by_address)


def _measured(near: Place, *, by_address: bool) -> str:
    """Return between which points a distance was taken."""
    if near.kind is PlaceKind.ZIP:
        if by_address:
            return str(gettext("straight line, from ZIP center to address"))
        return str(gettext("straight line, between ZIP centers"))
    if by_address:
        words = gettext("straight line, from the middle of %(place)s to address", place=near.label)
    else:
        words = gettext(
            "straight line, from the middle of %(place)s to ZIP center", place=near.label
        )
    return str(words)


def cost_words(facts: ListingFacts) -> str:
    """Return what it costs, "" where that is not known."""
    if (cost := facts.cost) is None:
        return ""
    amount = money(cost.amount) if cost.amount is not None else ""
    rest = " ".join(part for part in (amount, cost.description) if part)
    kind = str(gettext(wording.COSTS[cost.kind]))
    return f"{kind}, {rest}" if rest else kind


def wage_words(facts: ListingFacts) -> str:
    """Return wages by the hour, "" where they are not known."""
    if (job := facts.job) is None or job.wage_minimum is None:
        return ""
    low = money(job.wage_minimum)
    if job.wage_maximum is None or job.wage_maximum == job.wage_minimum:
        return str(gettext("%(low)s an hour", low=low))
    return str(gettext("%(low)s to %(high)s an hour", low=low, high=money(job.wage_maximum)))


def source_words(source: str) -> str:
    """Return where a listing comes from; what is invented says so."""
    return str(gettext("Example")) if source.casefold() == EXAMPLE else source


def names_of(vocabulary: Vocabulary, codes: Iterable[str]) -> list[str]:
    """Return the names of codes in the language of the page."""
    return [wording.name(vocabulary, code, language()) for code in codes]


def kinds_of(facts: ListingFacts) -> list[str]:
    """Return the needs that it answers, in the language of the page."""
    found = (taxonomy().get(code) for code in facts.terms)
    return [term.name(language()) for term in found if term is not None]


@dataclass(frozen=True, slots=True)
class DayRow:
    """One weekday of a table of hours."""

    name: str
    words: str
    today: bool


def week_rows(hours: WeeklyHours, now: datetime) -> list[DayRow]:
    """Return the seven days, with today marked."""
    today = hours.local(now).weekday()
    return [
        DayRow(str(gettext(name)), day_words(day), number == today)
        for number, (name, day) in enumerate(zip(wording.WEEKDAYS, hours.days, strict=True))
    ]


def day_words(day: Day) -> str:
    """Return "9 am to noon, 1 pm to 5 pm"."""
    if day is None:
        return str(gettext("no hours given"))
    if not day:
        return str(gettext("closed"))
    return ", ".join(_interval(each) for each in day)


def zone_words(time_zone: str) -> str:
    """Return "Eastern Time"."""
    return get_timezone_name(
        ZoneInfo(time_zone), width="long", zone_variant="generic", locale=get_locale() or "en"
    )


def _interval(each: Interval) -> str:
    if each == WHOLE_DAY:
        return str(gettext("24 hours"))
    return str(
        gettext(
            "%(from)s to %(to)s", **{"from": clock_time(each.opens), "to": clock_time(each.closes)}
        )
    )


def _zoned(instant: datetime, hours: WeeklyHours, now: datetime) -> str:
    """Return ``_moment``, with the zone where the reader's clock reads otherwise."""
    words = _moment(instant, hours, now)
    if hours.local(now).utcoffset() == now.astimezone(get_timezone()).utcoffset():
        return words
    zone = zone_words(hours.time_zone)
    return str(gettext("%(time)s, %(zone)s", time=words, zone=zone))


def _moment(instant: datetime, hours: WeeklyHours, now: datetime) -> str:
    """Return the time of day there, with the weekday unless it is today."""
    local, today = hours.local(instant), hours.local(now).date()
    words = clock_time(local.time())
    if local.date() == today:
        return words
    day = str(gettext(wording.WEEKDAYS[local.weekday()]))
    return str(gettext("%(day)s, %(time)s", day=day, time=words))


@dataclass(frozen=True, slots=True)
class CrisisRow:
    """A crisis line as the strip on every page shows it."""

    name: str
    number: str
    open_now: bool
    hours_words: str


def crisis_row(line: CrisisLine, now: datetime) -> CrisisRow:
    """Return a line with what is known of its hours at ``now``."""
    if line.hours is None:
        return CrisisRow(line.name, line.number, open_now=False, hours_words="")
    is_open = line.hours.open_at(now)
    if line.hours.always:
        words = str(gettext("24 hours"))
    else:
        words = str(gettext("open now") if is_open else gettext("closed now"))
    return CrisisRow(line.name, line.number, is_open, words)
