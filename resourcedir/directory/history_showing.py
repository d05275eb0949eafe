"""Puts the history of a listing into the reader's words: its fields, its values, its marks.

What people typed is shown as they typed it. A mark that nobody knows any more shows its codes.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from flask_babel import gettext, ngettext

from resourcedir.directory import history_words, hours, kept_words, wording
from resourcedir.directory.facts import RuleFact
from resourcedir.directory.hours import WeeklyHours
from resourcedir.directory.kinds import CostKind, PhoneType, RuleKind, Stance, Unit
from resourcedir.directory.showing import day_words, zone_words
from resourcedir.errors import DomainError
from resourcedir.places.areas import area_label
from resourcedir.taxonomy.commands import NEED
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_, Phrase
from resourcedir.web.formats import clock_time, date_words, moment_words, money
from resourcedir.web.language import language
from resourcedir.web.phrases import say

_MARK: Final = re.compile(r"\{\{|\}\}|\{([a-z_]+):([^{}]*)\}")


def field_words(field: str) -> str:
    """Return what a field of the history is called."""
    return str(gettext(history_words.label(field)))


def value_words(field: str, value: str) -> str:
    """Return a value of the history in the language of the page."""
    known = history_words.VALUES.get((field, value))
    if known:
        return str(gettext(known))
    if value and field in history_words.INSTANTS | history_words.ZONES:
        return _instant_or_zone(field, value)
    return _MARK.sub(_said, value)


def week_words(week: WeeklyHours) -> str:
    """Return "Monday to Friday: 9 am to 5 pm;", and each further part on a line of its own."""
    if week.always:
        return str(gettext("24 hours, every day"))
    return ";\n".join(_days(week))


def _instant_or_zone(field: str, value: str) -> str:
    try:
        if field in history_words.ZONES:
            return zone_words(value)
        return moment_words(datetime.fromisoformat(value))
    except (ValueError, LookupError):
        return value


def _said(found: re.Match[str]) -> str:
    kind, code = found.groups()
    if kind is None:
        return found[0][0]
    try:
        return _READERS[kind](code)
    except (LookupError, ValueError, TypeError, ArithmeticError, DomainError):
        return code.replace(kept_words.PART, " ").replace("-", " ").strip()


def _days(week: WeeklyHours) -> Iterator[str]:
    names = [str(gettext(name)) for name in wording.WEEKDAYS]
    start = 0
    for day in range(1, 8):
        if day < 7 and week.days[day] == week.days[start]:
            continue
        if week.days[start] is not None:
            words = day_words(week.days[start])
            if day - start == 1:
                yield str(gettext("%(day)s: %(hours)s", day=names[start], hours=words))
            else:
                pair = {"first": names[start], "last": names[day - 1]}
                yield str(gettext("%(first)s to %(last)s: %(hours)s", hours=words, **pair))
        start = day


def _listed(vocabulary: Vocabulary) -> Callable[[str], str]:
    return lambda code: wording.name(vocabulary, code, language())


def _ages(code: str) -> str:
    low, high = (int(each) if each else None for each in code.split(kept_words.PART))
    return say(wording.age_range(low, high) or Phrase(N_("any age")))


def _cost(code: str) -> str:
    kind, amount = code.split(kept_words.PART)
    words = str(gettext(wording.COSTS[CostKind(kind)]))
    return f"{words}, {money(Decimal(amount))}" if amount else words


def _openings(code: str) -> str:
    unit, free, most, as_of = code.split(kept_words.PART)
    at = datetime.fromisoformat(as_of)
    moment = gettext("%(date)s, %(time)s", date=date_words(at.date()), time=clock_time(at.time()))
    values = {"what": gettext(wording.UNITS[Unit(unit)]), "free": free, "as_of": moment}
    if most:
        words = gettext("%(what)s: %(free)s free of %(all)s, as of %(as_of)s", all=most, **values)
    else:
        words = gettext("%(what)s: %(free)s free, as of %(as_of)s", **values)
    return str(words)


def _days_long(code: str) -> str:
    return str(ngettext("%(num)s day", "%(num)s days", int(code)))


def _hold(code: str) -> str:
    return str(ngettext("for %(num)s hour", "for %(num)s hours", int(code)))


def _rule(code: str) -> str:
    before, stance, amount = code.rsplit(kept_words.PART, 2)
    kind, _, about = before.partition(kept_words.PART)  # an area has such a sign: TN/Hamilton
    days = int(amount) if amount else None
    fact = RuleFact(RuleKind(kind), about or None, Stance(stance), days)
    return say(wording.rule(fact, language()).phrase)


def _either(code: str) -> str:
    english, spanish = code.split("|")
    return spanish if language() == "es" and spanish else english


_READERS: Final[Mapping[str, Callable[[str], str]]] = {
    **{each.value: _listed(each) for each in Vocabulary},
    NEED: lambda code: taxonomy()[code].name(language()),
    "said": lambda code: gettext(history_words.SAID[code]),
    "hours": lambda text: week_words(hours.parse(text)),
    "phone": lambda code: gettext(wording.PHONE_TYPES[PhoneType(code)]),
    "stance": lambda code: gettext(wording.STANCES[Stance(code)]),
    "ages": _ages,
    "sobriety": lambda days: say(wording.sobriety(int(days))),
    "cost": _cost,
    "openings": _openings,
    "days": _days_long,
    "hold": _hold,
    "date": lambda code: date_words(date.fromisoformat(code)),
    "rule": _rule,
    "area": area_label,
    "either": _either,
}
