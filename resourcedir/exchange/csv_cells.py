"""Reads the cells of one row: each as the type that its column has, each fault with its column.

Pure, but for the tables of places and words that ship with the package. A cell that cannot be read
gives a fault and the value of an empty cell, so that one reading finds everything wrong.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Final, TypeVar
from zoneinfo import available_timezones

from resourcedir.directory import hours
from resourcedir.directory.facts import PhoneFact
from resourcedir.directory.hours import WeeklyHours
from resourcedir.directory.kinds import PhoneType, Stance
from resourcedir.errors import DomainError, Fault
from resourcedir.exchange.csv_columns import split_list
from resourcedir.numbers import whole_number
from resourcedir.places.finding import area_code
from resourcedir.texts import N_, Phrase

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

EMPTY: Final = N_("is empty")
ZIP: Final = re.compile(r"([0-9]{5})(?:-[0-9]{4})?")
_PHONE: Final = re.compile(r"\+?[0-9(][0-9A-Za-z().\- ]*")
_EXTENSION: Final = re.compile(r"(.+?)\s*(?:,\s*)?(?:x|ext\.?)\s*([0-9]{1,8})", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>]+")
_URL: Final = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_TYPES: Final = (
    (PhoneType.TEXT, ("text", "sms")),
    (PhoneType.FAX, ("fax",)),
    (PhoneType.TDD, ("tty", "tdd", "textphone")),
)
_WORST_YEARS: Final = 130


class Cells:
    """The cells of one row by column, cleaned; ``faults`` grows as they are read."""

    def __init__(self, line: int, cells: Mapping[str, str]) -> None:
        self.line = line
        self.faults: list[Fault] = []
        self._cells = cells

    def fault(self, column: str, message: str, **values: str | int | Phrase) -> None:
        """Note something wrong with a cell."""
        self.faults.append(Fault(Phrase(message, values), self.line, column))

    def text(self, column: str) -> str | None:
        """Return the words of a cell, None if it is empty."""
        return self._cells[column] or None

    def required(self, column: str) -> str:
        """Return the words of a cell that must have some."""
        if not self._cells[column]:
            self.fault(column, EMPTY)
        return self._cells[column]

    def parsed(self, column: str, read: Callable[[str], T], what: Phrase) -> T | None:
        """Return what ``read`` makes of a cell; it raises ValueError where it cannot."""
        if not (text := self._cells[column]):
            return None
        try:
            return read(text)
        except DomainError as error:
            self.fault(column, "%(what)s", what=phrase_of(error))
        except (ValueError, InvalidOperation):
            self.fault(column, N_('"%(text)s" is not %(what)s'), text=_short(text), what=what)
        return None

    def whole(self, column: str, most: int = 1_000_000, least: int = 0) -> int | None:
        def read(text: str) -> int:
            number = whole_number(text)
            if number is None or not least <= number <= most:
                raise ValueError(text)
            return number

        what = Phrase(
            N_("a whole number from %(least)s to %(most)s"), {"least": least, "most": most}
        )
        return self.parsed(column, read, what)

    def age(self, column: str) -> int | None:
        return self.whole(column, _WORST_YEARS)

    def money(self, column: str) -> Decimal | None:
        def read(text: str) -> Decimal:
            if not re.fullmatch(r"\$?[0-9]{1,6}(\.[0-9]{1,2})?", text):
                raise ValueError(text)
            return Decimal(text.removeprefix("$"))

        return self.parsed(column, read, Phrase(N_("an amount in dollars such as 12.50")))

    def degrees(self, column: str, most: float) -> float | None:
        def read(text: str) -> float:
            value = float(text)
            if not -most <= value <= most:
                raise ValueError(text)
            return value

        what = Phrase(N_("a number of degrees from -%(most)s to %(most)s"), {"most": f"{most:g}"})
        return self.parsed(column, read, what)

    def day(self, column: str) -> date | None:
        return self.parsed(column, date.fromisoformat, Phrase(N_("a date such as 2026-03-12")))

    def instant(self, column: str) -> datetime | None:
        def read(text: str) -> datetime:
            found = datetime.fromisoformat(text)
            if found.tzinfo is None:
                raise ValueError(text)
            return found.astimezone(UTC)

        what = Phrase(N_("a time with its offset such as 2026-03-12T08:00-04:00"))
        return self.parsed(column, read, what)

    def flag(self, column: str) -> bool:
        found = self.one_of(column, {"yes", "no"})
        return found == "yes"

    def one_of(self, column: str, known: Collection[str]) -> str | None:
        def read(text: str) -> str:
            if text not in known:
                raise ValueError(text)
            return text

        return self.parsed(column, read, _one_of(known))

    def choice(self, column: str, kind: type[E]) -> E | None:
        return self.parsed(column, kind, _one_of([each.value for each in kind]))

    def words(self, column: str) -> tuple[str, ...]:
        """Return the parts of a list, each once, in their order."""
        return tuple(dict.fromkeys(split_list(self._cells[column])))

    def codes(self, column: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the codes of a list that ``known`` has; each other one is a fault."""
        found = self.words(column)
        for code in found:
            if code not in known:
                self._unknown(column, code, known)
        return tuple(code for code in found if code in known)

    def stances(
        self, column: str, known: Collection[str], usual: Stance | None = None
    ) -> tuple[tuple[str, Stance], ...]:
        """Return the pairs of "arson: excluded; sexual: case_by_case".

        ``usual`` is said of a code that has no stance of its own; None: each must have one.
        """
        found: dict[str, Stance] = {}
        for part in self.words(column):
            code, colon, stance = (each.strip() for each in part.partition(":"))
            if usual is not None and not colon:
                stance = usual.value
            if code not in known:
                self._unknown(column, code, known)
            elif stance not in _STANCES:
                message = N_('"%(text)s" does not say one of %(known)s')
                self.fault(column, message, text=_short(part), known=_names(_STANCES))
            elif code in found:
                self.fault(column, N_('"%(text)s" is named twice'), text=_short(code))
            else:
                found[code] = Stance(stance)
        return tuple(found.items())

    def areas(self, column: str) -> tuple[str, ...]:
        """Return the area codes of "Hamilton County, TN; TN"."""
        found = []
        for part in self.words(column):
            try:
                found.append(area_code(part))
            except DomainError as error:
                self.fault(column, '"%(text)s": %(what)s', text=_short(part), what=phrase_of(error))
        return tuple(dict.fromkeys(found))

    def hours(self, column: str) -> WeeklyHours | None:
        return self.parsed(column, hours.parse, Phrase(N_("weekly hours")))

    def zip_code(self, column: str) -> str | None:
        return self.parsed(column, _zip, Phrase(N_("a ZIP code of five digits such as 37402")))

    def time_zone(self, column: str) -> str | None:
        def read(text: str) -> str:
            if text not in _zones():
                raise ValueError(text)
            return text

        return self.parsed(column, read, Phrase(N_("a time zone such as America/Chicago")))

    def phone(self, column: str) -> PhoneFact | None:
        return self.parsed(column, phone_of, Phrase(N_("a phone number such as 423-555-0143 x12")))

    def phones(self, column: str) -> tuple[PhoneFact, ...]:
        """Return the numbers of "Nights: 423-555-0143; Text line: 423-555-0144"."""
        found = []
        for part in self.words(column):
            description, _, number = part.rpartition(":")
            try:
                found.append(phone_of(number, description.strip() or None))
            except ValueError:
                message = N_('"%(text)s" is not such as Nights: 423-555-0143')
                self.fault(column, message, text=_short(part))
        return tuple(found)

    def email(self, column: str) -> str | None:
        return self._fitting(column, _EMAIL, Phrase(N_("an e-mail address")))

    def url(self, column: str) -> str | None:
        what = Phrase(N_("an address that begins with https:// or http://"))
        return self._fitting(column, _URL, what)

    def _unknown(self, column: str, code: str, known: Collection[str]) -> None:
        """Note a code that is in no list, with those that are written almost like it."""
        near = get_close_matches(code, list(known), n=2)
        message = N_('"%(text)s" is not in the list of codes')
        if near:
            message = N_('"%(text)s" is not in the list of codes; did you mean %(near)s?')
        values = {"near": _names(near)} if near else {}
        self.fault(column, message, text=_short(code), **values)

    def _fitting(self, column: str, pattern: re.Pattern[str], what: Phrase) -> str | None:
        def read(text: str) -> str:
            if not pattern.fullmatch(text):
                raise ValueError(text)
            return text

        return self.parsed(column, read, what)


def phone_of(text: str, description: str | None = None) -> PhoneFact:
    """Return the number of "423-555-0143 x12"; numbers may be spelled: 888-PARNEXT.

    :raises ValueError: if it cannot be dialled.
    """
    number, extension = text.strip(), None
    if (found := _EXTENSION.fullmatch(number)) is not None:
        number, extension = found[1], found[2]
    keys = re.sub(r"[^0-9A-Za-z]", "", number)
    if not _PHONE.fullmatch(number) or not 3 <= len(keys) <= 15:
        raise ValueError(text)
    return PhoneFact(number, extension, phone_type(description), description)


def phone_type(description: str | None) -> PhoneType:
    """Return what the first word of a description makes of a number."""
    first = (description or "").lower().partition(" ")[0]
    return next((kind for kind, names in _TYPES if first in names), PhoneType.VOICE)


_STANCES: Final = frozenset(stance.value for stance in Stance)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zip(text: str) -> str:
    if (found := ZIP.fullmatch(text)) is None:
        raise ValueError(text)
    return found[1]


def phrase_of(error: DomainError) -> Phrase:
    """Return what an error says, to be translated."""
    return Phrase(error.message, {name: str(value) for name, value in error.values.items()})


def _one_of(known: Collection[str]) -> Phrase:
    return Phrase(N_("one of %(known)s"), {"known": _names(known)})


def _names(known: Collection[str]) -> str:
    return ", ".join(sorted(known))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
