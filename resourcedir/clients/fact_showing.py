"""Puts what is known of a client into the reader's words: values, who says so, of which day.

What is not known is said, never left out. It decides nothing and reads no database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from resourcedir.clients import wording
from resourcedir.clients.fact_commands import LISTS
from resourcedir.clients.fact_values import Value
from resourcedir.clients.facts import Answers, Fact, FactSource, Told
from resourcedir.clients.knowing import FactRow, ZoneRow
from resourcedir.clients.zone_values import feet
from resourcedir.places.areas import area_label
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_
from resourcedir.web.formats import STALE_AFTER, date_words
from resourcedir.web.language import gettext, language, ngettext

LIMITS: Final = (Fact.STAY_WITHIN, Fact.TRANSPORT, Fact.FARTHEST, Fact.ACCESS)
"""What binds the client wherever they go; the rest is what services ask."""

_LASTING: Final = {Fact.BIRTH, Fact.GENDER, Fact.VETERAN, Fact.STARTS_ON, Fact.ENDS_ON}
"""What hardly ever changes, so that it is not marked as old."""


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody says of a fact. ``told``: who, and of which day; ``old``: long ago."""

    words: str
    told: str
    old: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact in words: in one part, or in one for each who says some of it."""

    fact: Fact
    label: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> str:
        """The value; who says each part stands within, if there are several."""
        if len(self.parts) == 1:
            return self.parts[0].words
        return "; ".join(f"{part.words} ({part.told})" for part in self.parts)

    @property
    def told(self) -> str:
        """Who says all of it, and of which day; "" if it is in several parts."""
        return self.parts[0].told if len(self.parts) == 1 else ""

    @property
    def old(self) -> bool:
        return len(self.parts) == 1 and self.parts[0].old


@dataclass(frozen=True, slots=True)
class Overview:
    """What is known, apart from what is not: that is told in one line."""

    facts: tuple[Shown, ...]
    limits: tuple[Shown, ...]
    not_known: tuple[str, ...]
    no_limit: tuple[str, ...]


def overview(rows: Iterable[FactRow], today: date) -> Overview:
    """Return all facts in words."""
    shown = {row.fact: shown_of(row, today) for row in rows}
    facts = [each for each in Fact if each not in LIMITS]
    return Overview(
        facts=tuple(shown[fact] for fact in facts if fact in shown),
        limits=tuple(shown[fact] for fact in LIMITS if fact in shown),
        not_known=tuple(_name(fact) for fact in facts if fact not in shown),
        no_limit=tuple(_name(fact) for fact in LIMITS if fact not in shown),
    )


def shown_of(row: FactRow, today: date) -> Shown:
    """Return one fact in words."""
    said: Iterable[tuple[str, Told]] = [(fact_words(row.fact, row.value), row.told)]
    if isinstance(row.value, Answers) and len(set(row.told_of.values())) > 1:
        said = _by_told(LISTS[row.fact], row.value, row.told_of)
    parts = (Part(words, told_words(told), _is_old(row.fact, told, today)) for words, told in said)
    return Shown(row.fact, _name(row.fact), tuple(parts))


def fact_words(fact: Fact, value: Value) -> str:
    """Return a value in the language of the page."""
    if (table := _TABLES.get(fact)) is not None:
        return str(gettext(table[value])) if value in table else str(value)
    if (count := _COUNTS.get(fact)) is not None:
        return count(value)
    if isinstance(value, str):
        return area_label(value)
    return _plain_words(fact, value)


def told_words(told: Told) -> str:
    """Return who says so and of which day: "Client, Mar 2, 2026"."""
    source = gettext(wording.FACT_SOURCES[told.source])
    return str(gettext("%(source)s, %(date)s", source=source, date=date_words(told.on)))


def feet_words(length_m: float) -> str:
    """Return a length in whole feet: "1,000 ft"."""
    return str(gettext("%(feet)s ft", feet=f"{round(feet(length_m)):,}"))


def zone_name(zone: ZoneRow) -> str:
    """Return how a zone is called where its label must not stand."""
    return str(gettext("Keep-away place %(number)s", number=zone.number))


def zone_where(zone: ZoneRow) -> str:
    """Return where a zone is, and how sure that is."""
    if zone.point is None:
        return str(gettext("Not on the map: whether a place is far enough away, no page can say."))
    return str(
        gettext(
            "At %(latitude)s, %(longitude)s, give or take %(error)s",
            latitude=f"{zone.point.latitude:.5f}",
            longitude=f"{zone.point.longitude:.5f}",
            error=feet_words(zone.error_m),
        )
    )


def _name(fact: Fact) -> str:
    return str(gettext(wording.FACTS[fact]))


def _is_old(fact: Fact, told: Told, today: date) -> bool:
    of_court = fact is Fact.OFFENSES and told.source is FactSource.COURT
    return fact not in _LASTING and not of_court and today - told.on > STALE_AFTER


def _by_told(
    list_: Vocabulary, answers: Answers, told_of: Mapping[str, Told]
) -> Iterator[tuple[str, Told]]:
    """Yield what is so, then what is not, each with who says so; the longest list comes last."""
    for told, codes in _grouped(answers.yes, told_of):
        yield _names(list_, codes), told
    whole = answers.yes | answers.no >= set(vocabulary.codes(list_))
    noes = _grouped(answers.no, told_of)
    for number, (told, codes) in enumerate(noes, 1):
        rest = whole and number == len(noes)
        yield (str(gettext("none of the others")) if rest else _not(list_, codes)), told


def _grouped(codes: Iterable[str], told_of: Mapping[str, Told]) -> list[tuple[Told, list[str]]]:
    groups: dict[Told, list[str]] = {}
    for code in codes:
        groups.setdefault(told_of[code], []).append(code)
    return sorted(groups.items(), key=lambda each: (len(each[1]), each[0].on, each[0].source))


def _not(list_: Vocabulary, codes: Iterable[str]) -> str:
    names = _names(list_, codes)
    return str(gettext("not: %(names)s", names=names)) if names else ""


def _plain_words(fact: Fact, value: Value) -> str:
    match value:
        case Answers():
            return _answers_words(LISTS[fact], value)
        case bool():
            return str(gettext("Yes") if value else gettext("No"))
        case frozenset():
            return _names(LISTS[fact], value) or str(gettext(_NONE[fact]))
        case date():
            return date_words(value)
    return str(value)


def _answers_words(list_: Vocabulary, answers: Answers) -> str:
    """Return "Arson; not: Theft" or "Arson; none of the others"."""
    yes = _names(list_, answers.yes)
    if answers.yes | answers.no >= set(vocabulary.codes(list_)):
        rest = gettext("none of the others") if yes else gettext("none that services ask about")
    else:
        rest = _not(list_, answers.no)
    return "; ".join(part for part in (yes, str(rest)) if part)


def _names(list_: Vocabulary, codes: Iterable[str]) -> str:
    words, spoken = vocabulary.words()[list_], language()
    known = [word.name(spoken) for code, word in words.items() if code in set(codes)]
    return ", ".join([*known, *sorted(set(codes) - words.keys())])


def _days(value: Value) -> str:
    return str(ngettext("%(num)s day", "%(num)s days", int(value)))  # type: ignore[arg-type]


def _children(value: Value) -> str:
    return str(value or gettext("none"))


def _miles(value: Value) -> str:
    return str(gettext("%(miles)s miles in a straight line", miles=f"{value:g}"))


_TABLES: Final[Mapping[Fact, Mapping[Any, str]]] = {
    Fact.GENDER: wording.GENDERS,
    Fact.PETS: wording.PETS,
    Fact.INCOME: wording.INCOMES,
    Fact.TRANSPORT: wording.TRANSPORTS,
}
_COUNTS: Final = {Fact.DEPENDENTS: _children, Fact.SOBRIETY: _days, Fact.FARTHEST: _miles}
_NONE: Final = {Fact.ACCESS: N_("None needed"), Fact.PAYERS: N_("Nobody pays")}
