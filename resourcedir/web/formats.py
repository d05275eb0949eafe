"""The one place that words an age, a distance, a time, a date, a sum or a phone number.

Numbers, dates and times follow CLDR for English and Spanish as written in the United States; the
few words around them go through gettext. It reads no clock: whoever asks says what time it is.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal
from flask import Flask
from flask_babel import get_locale, get_timezone

from resourcedir.web.language import gettext, language

STALE_AFTER: Final = timedelta(days=180)
"""A fact that nobody has checked for longer is marked as old."""

KM_PER_MILE: Final = 1.609344  # international mile of 1959, exact
FEET_PER_MILE: Final = 5280
FEET_BELOW_MILES: Final = 0.2
"""Shorter ways are said in feet, as signs and maps in the United States do."""

_HOURS_COUNTED: Final = timedelta(hours=6)
_DAYS_COUNTED: Final = 90
_DAYS_PER_MONTH: Final = 365.25 / 12
_MONTHS_COUNTED: Final = 24
_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_EXTENSION: Final = re.compile(r"\s*,?\s*(?:extension|ext\.?|x|#)\s*(\d{1,6})\s*$", re.IGNORECASE)

Unit = Literal["minute", "hour", "day", "month", "year"]
_SECONDS: Final[dict[Unit, int]] = {
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "month": 30 * 86_400,
    "year": 365 * 86_400,
}


def age(instant: datetime, now: datetime) -> str:
    """Return how long before ``now`` something was: "2 hours ago", "yesterday, 3 pm".

    Hours are counted up to six, then the time of day says more; days up to ninety, months up to
    two years. What lies in the future is told by its date. Days begin at the reader's midnight.
    """
    passed = now - instant
    if passed < -timedelta(minutes=1):
        return moment_words(instant)
    if passed < timedelta(minutes=1):
        return str(gettext("just now"))
    if passed < timedelta(hours=1):
        return _ago(int(passed.total_seconds()) // 60, "minute")
    if passed < _HOURS_COUNTED:
        return _ago(int(passed.total_seconds()) // 3600, "hour")
    return _days_ago(instant.astimezone(get_timezone()), now.astimezone(get_timezone()))


def _days_ago(then: datetime, now: datetime) -> str:
    days = (now.date() - then.date()).days
    if days == 0:
        return str(gettext("today, %(time)s", time=clock_time(then.time())))
    if days == 1:
        return str(gettext("yesterday, %(time)s", time=clock_time(then.time())))
    if days < _DAYS_COUNTED:
        return _ago(days, "day")
    months = round(days / _DAYS_PER_MONTH)
    if months < _MONTHS_COUNTED:
        return _ago(months, "month")
    return _ago(months // 12, "year")


def _ago(count: int, unit: Unit) -> str:
    return _ago_in(language(), count, unit)


@lru_cache(maxsize=1024)
def _ago_in(language: str, count: int, unit: Unit) -> str:
    """Return ``count`` units in the past; no threshold lets Babel choose another unit."""
    return format_timedelta(
        timedelta(seconds=-count * _SECONDS[unit]),
        granularity=unit,
        threshold=float("inf"),
        add_direction=True,
        locale=_as_in_us(language),
    )


def stale(instant: datetime, now: datetime) -> bool:
    """Say whether a fact of ``instant`` is so old that pages mark it."""
    return now - instant > STALE_AFTER


def distance_words(km: float) -> str:
    """Return a distance in miles, or in feet below a fifth of a mile: "2.3 mi", "870 ft"."""
    miles = km / KM_PER_MILE
    if miles < FEET_BELOW_MILES:
        feet = max(10, round(miles * FEET_PER_MILE, -1))
        return str(gettext("%(feet)s ft", feet=number_words(language(), feet, "#,##0")))
    tenths = round(miles, 1)
    rounded, pattern = (tenths, "0.0") if tenths < 10 else (round(miles), "#,##0")
    return str(gettext("%(miles)s mi", miles=number_words(language(), rounded, pattern)))


@lru_cache(maxsize=4096)
def number_words(language: str, number: float, pattern: str) -> str:
    """Return a number by a pattern of CLDR, as it is written in the United States."""
    return format_decimal(number, format=pattern, locale=_as_in_us(language))


def clock_time(at: time) -> str:
    """Return a time of day: "9 am", "12:30 pm", "noon"."""
    if (at.hour, at.minute) == (12, 0):
        return str(gettext("noon"))
    if (at.hour, at.minute) == (0, 0):
        return str(gettext("midnight"))
    return _clock_words(language(), at)


@lru_cache(maxsize=1024)
def _clock_words(language: str, at: time) -> str:
    words = format_time(at, "h:mm a" if at.minute else "h a", locale=_as_in_us(language))
    plain = words.replace("\N{NARROW NO-BREAK SPACE}", " ").replace("\N{NO-BREAK SPACE}", " ")
    return plain.lower() if language == "en" else plain


def date_words(on: date) -> str:
    """Return a date with its year: "Mar 11, 2026". An instant is dated where the reader is."""
    day = on.astimezone(get_timezone()).date() if isinstance(on, datetime) else on
    return _medium(day, _locale())


@lru_cache(maxsize=4096)  # a page names the same few days again and again
def _medium(day: date, locale: Locale) -> str:
    return format_date(day, "medium", locale=locale)


def moment_words(instant: datetime) -> str:
    """Return date and time of an instant, where the reader is: "Mar 11, 2026, 2:15 pm"."""
    local = instant.astimezone(get_timezone())
    return str(
        gettext("%(date)s, %(time)s", date=date_words(local.date()), time=clock_time(local.time()))
    )


def money(amount: Decimal | int) -> str:
    """Return US dollars, with cents only where there are any: "$120", "$12.50"."""
    pattern = "\xa4#,##0" if amount == int(amount) else "\xa4#,##0.00"
    return format_currency(amount, "USD", format=pattern, currency_digits=False, locale=_locale())


def phone_link(number: str) -> str:
    """Return the ``tel:`` URI of RFC 3966 for a number as people write it, or "" if it is none.

    US numbers of ten digits become E.164 with their extension; short codes (988, 911) stay.
    Letters are read as on a keypad.
    """
    digits, extension = _dialed(number)
    if len(digits) == 3 and not extension:
        return f"tel:{digits}"
    if len(digits) != 10:
        return ""
    return f"tel:+1{digits};ext={extension}" if extension else f"tel:+1{digits}"


def phone_words(number: str) -> str:
    """Return a US number as 423-555-0141; one with letters or of another kind as it came."""
    digits, extension = _dialed(number)
    if len(digits) != 10 or re.search("[A-Za-z]", _EXTENSION.sub("", number)):
        return number
    plain = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if not extension:
        return plain
    return str(gettext("%(number)s ext. %(extension)s", number=plain, extension=extension))


def _dialed(number: str) -> tuple[str, str]:
    """Return the digits without the country's own code, and the extension; "" if there is none."""
    found = _EXTENSION.search(number)
    main = number[: found.start()] if found else number
    digits = re.sub(r"[\s().+/-]", "", main.upper().translate(_KEYPAD))
    if not (digits.isascii() and digits.isdigit()):
        return "", ""
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return digits, found[1] if found else ""


@lru_cache(maxsize=8)
def _as_in_us(language: str) -> Locale:
    return Locale(language, "US")


def _locale() -> Locale:
    """Return the reader's language as it is written in the United States."""
    return _as_in_us(language())


def register(app: Flask) -> None:
    """Give the templates these words, and the language of the page."""
    for word in (
        age,
        distance_words,
        clock_time,
        date_words,
        moment_words,
        money,
        phone_link,
        phone_words,
    ):
        app.add_template_filter(word)
    app.add_template_test(stale)
    app.add_template_global(get_locale)
