"""How a list words a day and a time that are near: "today", "tomorrow, 6 pm", "Wed". For pages."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from flask_babel import get_locale, get_timezone

from resourcedir.referrals.appointments import Appointment
from resourcedir.web.formats import clock_time
from resourcedir.web.language import gettext

_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


def day_words(day: date, today: date) -> str:
    """Return "today", "yesterday", "tomorrow", "Wed" within the last week, else "Mar 3"."""
    if day == today:
        return gettext("today")
    if day == today - _DAY:
        return gettext("yesterday")
    if day == today + _DAY:
        return gettext("tomorrow")
    if timedelta() < today - day < _WEEK:
        return str(format_date(day, "EEE", locale=_locale()))
    form = "MMMd" if day.year == today.year else "yMMMd"
    return str(format_skeleton(form, day, locale=_locale()))


def past_day(at: datetime, now: datetime) -> str:
    """Return the same of an instant, where the reader is."""
    zone = get_timezone()
    return day_words(at.astimezone(zone).date(), now.astimezone(zone).date())


def appointment_words(appointment: Appointment, now: datetime) -> str:
    """Return day and time by the clock of the place, which is named where it is not the reader's.

    Today and tomorrow are those of the place, too.
    """
    local = appointment.local()
    there = now.astimezone(ZoneInfo(appointment.time_zone)).date()
    day, time = day_words(local.date(), there), clock_time(local.time())
    if local.utcoffset() == appointment.starts_at.astimezone(get_timezone()).utcoffset():
        return gettext("%(day)s, %(time)s", day=day, time=time)
    zone = local.tzname() or appointment.time_zone
    return gettext("%(day)s, %(time)s (%(zone)s)", day=day, time=time, zone=zone)


def long_moment(now: datetime) -> str:
    """Return "Thursday, March 12, 2026, 4:10 pm", where the reader is."""
    local = now.astimezone(get_timezone())
    day = format_date(local.date(), "full", locale=_locale())
    return gettext("%(day)s, %(time)s", day=day, time=clock_time(local.time()))


def days_between(then: datetime, now: datetime) -> int:
    """Return how many midnights of the reader lie between two instants."""
    zone = get_timezone()
    return (now.astimezone(zone).date() - then.astimezone(zone).date()).days


def _locale() -> Locale:
    locale = get_locale()
    return Locale(str(locale.language) if locale else "en", "US")
