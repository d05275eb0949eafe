"""Codes, lists, lengths and ages as they stand in a sentence: the edge, in the reader's language.

It decides nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Final, Literal

from babel import Locale
from babel.lists import format_list

from resourcedir.clients.zone_values import METERS_PER_FOOT
from resourcedir.directory import wording as directory
from resourcedir.directory.asking import ANY, Matter
from resourcedir.matching.verdicts import About, Limit, Measure
from resourcedir.matching.wording import GENERAL, OFFENSES, PAPERS
from resourcedir.places.areas import area_label
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.web.formats import number_words
from resourcedir.web.language import gettext, ngettext

VOCABULARIES: Final[Mapping[About, Vocabulary]] = {
    Matter.GENDER: Vocabulary.GENDER,
    Matter.POPULATION: Vocabulary.POPULATION,
    Matter.OFFENSE: Vocabulary.OFFENSE,
    Matter.MEDICATION: Vocabulary.MEDICATION,
    Matter.PAYER: Vocabulary.PAYER,
    Matter.DOCUMENT: Vocabulary.DOCUMENT,
    Matter.REFERRAL_SOURCE: Vocabulary.REFERRAL_SOURCE,
    Limit.ACCESS: Vocabulary.ACCESSIBILITY,
    Limit.LANGUAGE: Vocabulary.LANGUAGE,
}
_AREAS: Final = frozenset({Matter.RESIDENCY, Limit.STAY_WITHIN})
_NAMES: Final = frozenset({"Medicaid", "Medicare", "Social", "American", "Indian", "Native"})
"""First words of entries that keep their capital within a sentence."""
LISTED: Final = 3
"""More than so many are counted: nobody reads on."""
_FEET_PER_MILE: Final = 5280
_DAYS_PER_MONTH: Final = 365.25 / 12
_DAYS_COUNTED: Final = 90
_MONTHS_COUNTED: Final = 24


def label(about: About, code: str, language: str) -> str:
    """Return what a code is called, as it begins a line: "State ID card"."""
    if about in _AREAS:
        return area_label(code)
    if code == ANY and about in GENERAL:
        return sentence(gettext(GENERAL[Matter(about)]))
    return directory.name(VOCABULARIES[about], code, language)


def noun(about: About, code: str, language: str) -> str:
    """Return what a code is called within a sentence: "state ID card", "a sexual offense"."""
    if about is Matter.OFFENSE and code in OFFENSES:
        return str(gettext(OFFENSES[code]))
    if about is Matter.DOCUMENT and code in PAPERS:
        return str(gettext(PAPERS[code]))
    words = label(about, code, language)
    keeps = about in _AREAS or (about is Limit.LANGUAGE and language == "en")
    return words if keeps else inner(words)


def inner(words: str) -> str:
    """Return ``words`` as they stand within a sentence; names keep their capital."""
    first = words.partition(" ")[0]
    if first in _NAMES or any(letter.isupper() for letter in first[1:]):
        return words
    return words[:1].lower() + words[1:]


def sentence(words: str) -> str:
    """Return ``words`` with their first letter large, which in Spanish may follow a mark."""
    for place, letter in enumerate(words):
        if letter.isalnum():
            return words[:place] + letter.upper() + words[place + 1 :]
    return words


def together(
    words: Sequence[str], language: str, style: Literal["standard", "or"] = "standard"
) -> str:
    """Return "arson, theft and weapons"; of many the first, and how many more there are."""
    if len(words) > LISTED:
        return str(gettext("%(first)s and %(num)s more", first=words[0], num=len(words) - 1))
    return format_list(list(words), style, locale=_locale(language))


def length_words(meters: float, language: str, *, to_feet: int = 10) -> str:
    """Return feet below a mile, rounded to so many, else miles: "870 ft", "2.3 mi"."""
    feet = meters / METERS_PER_FOOT
    if feet < _FEET_PER_MILE:
        return str(gettext("%(feet)s ft", feet=_number(round(feet / to_feet) * to_feet, language)))
    return miles_words(meters, language)


def miles_words(meters: float, language: str) -> str:
    """Return miles, however few: "0.4 mi". What is compared stands in one unit."""
    miles = round(meters / METERS_PER_FOOT / _FEET_PER_MILE, 1)
    return str(gettext("%(miles)s mi", miles=number_words(language, miles, "#,##0.0")))


def measured_words(measure: Measure, language: str) -> str:
    """Return "measured 870 ft, give or take 150"; the error is rather too great than too small."""
    length = length_words(measure.distance_m, language)
    feet = max(10, ceil(round(measure.error_m / METERS_PER_FOOT, 6) / 10) * 10)
    if measure.distance_m / METERS_PER_FOOT < _FEET_PER_MILE and feet < _FEET_PER_MILE:
        error = _number(feet, language)
    else:
        error = length_words(feet * METERS_PER_FOOT, language)
    return str(gettext("measured %(length)s, give or take %(error)s", length=length, error=error))


def limit_words(meters: float, language: str) -> str:
    """Return a distance that was laid down, as it was: "1,000 ft"."""
    return length_words(meters, language, to_feet=1)


def age_words(then: date, today: date) -> str:
    """Return how old something is: "12 days", "14 months"."""
    days = max(0, (today - then).days)
    months = round(days / _DAYS_PER_MONTH)
    if days == 0:
        return str(gettext("today"))
    if days < _DAYS_COUNTED:
        return str(ngettext("%(num)s day", "%(num)s days", days))
    if months < _MONTHS_COUNTED:
        return str(ngettext("%(num)s month", "%(num)s months", months))
    return str(ngettext("%(num)s year", "%(num)s years", months // 12))


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale(language)


def _number(number: float, language: str) -> str:
    return number_words(language, number, "#,##0")
