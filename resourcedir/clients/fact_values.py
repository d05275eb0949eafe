"""How each fact about a client is written as text, to be sealed, and read back. Pure.

What it writes says nothing of whom it is about. Of lists that are answered word by word it says
who told each answer and of which day it is; of other facts it does not.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from resourcedir.clients.facts import Answers, Fact, FactSource, Income, Pets, Told, Transport

Value = date | bool | int | float | str | frozenset[str] | Answers
"""``BIRTH``, ``STARTS_ON``, ``ENDS_ON`` and ``RELEASE_ON`` are dates; ``VETERAN``, ``PREGNANT`` and
``WARRANT`` yes or no; ``DEPENDENTS`` a count; ``SOBRIETY`` days, on the day that it was told;
``FARTHEST`` miles; ``DOCUMENTS``, ``OFFENSES`` and ``MEDICATIONS`` ``Answers``; ``ACCESS`` (empty:
needs none) and ``PAYERS`` (empty: nobody) sets of codes; ``GENDER`` one code; ``COUNTY`` and
``STAY_WITHIN`` codes of areas such as "TN/Hamilton"; ``PETS``, ``INCOME`` and ``TRANSPORT`` are of
the enums of those names."""

ANSWERED: Final = frozenset({Fact.DOCUMENTS, Fact.OFFENSES, Fact.MEDICATIONS})
"""Facts of which each code is answered by itself."""


@dataclass(frozen=True, slots=True)
class _Way:
    kind: type
    write: Callable[[Any], str]
    read: Callable[[str], Value]


def to_text(fact: Fact, value: Value, told_of: Mapping[str, Told] | None = None) -> str:
    """Return ``value`` as ``parse`` reads it; never the empty text.

    ``told_of`` is kept beside the answers: of each code who told it and of which day it is.

    :raises TypeError: if ``value`` is not of the kind that ``fact`` has.
    """
    way = _WAYS[fact]
    if not isinstance(value, way.kind) or (isinstance(value, bool) and way.kind is not bool):
        raise TypeError(f"{fact} is not told as {type(value).__name__}")
    if isinstance(value, Answers):
        return _answers_text(value, told_of or {})
    return way.write(value)


def parse(fact: Fact, text: str) -> Value:
    """Return what ``to_text`` wrote.

    :raises ValueError: for what it did not write.
    """
    return _WAYS[fact].read(text)


def told_in(text: str, usual: Told) -> dict[str, Told]:
    """Return who told each of the answers that ``to_text`` wrote; ``usual`` where it is not said.

    :raises ValueError: for what it did not write.
    """
    return {
        code: Told(FactSource(said[0]), date.fromisoformat(said[1])) if said else usual
        for code, (_, *said) in _entries(text).items()
    }


def merged(before: Answers, new: Answers) -> Answers:
    """Return what was answered before, with the codes of ``new`` as they are answered now."""
    now = new.yes | new.no
    return Answers((before.yes - now) | new.yes, (before.no - now) | new.no)


def _codes_text(codes: frozenset[str]) -> str:
    return json.dumps(sorted(codes))


def _answers_text(answers: Answers, told_of: Mapping[str, Told]) -> str:
    entries = {}
    for code in sorted(answers.yes | answers.no):
        told = told_of.get(code)
        said = () if told is None else (told.source.value, told.on.isoformat())
        entries[code] = ("yes" if code in answers.yes else "no", *said)
    return json.dumps(entries)


def _entries(text: str) -> dict[str, list[str]]:
    """Return by code: yes or no, then the source and the day where they are said."""
    read: dict[str, list[str]] = json.loads(text)
    if read.keys() == {"yes", "no"}:  # lists of codes, as it was written once
        return {code: [so] for so in ("no", "yes") for code in read[so]}
    return read


def _answers(text: str) -> Answers:
    so = {code: _yes_or_no(entry[0]) for code, entry in _entries(text).items()}
    yes = frozenset(code for code, is_so in so.items() if is_so)
    return Answers(yes, frozenset(so) - yes)


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "no": False}[text]


_DATE: Final = _Way(date, date.isoformat, date.fromisoformat)
_FLAG: Final = _Way(bool, lambda value: "yes" if value else "no", _yes_or_no)
_COUNT: Final = _Way(int, str, int)
_CODE: Final = _Way(str, str, str)
_CODES: Final = _Way(frozenset, _codes_text, lambda text: frozenset(json.loads(text)))
_ANSWERS: Final = _Way(Answers, lambda value: _answers_text(value, {}), _answers)

_WAYS: Final[dict[Fact, _Way]] = {
    Fact.BIRTH: _DATE,
    Fact.GENDER: _CODE,
    Fact.VETERAN: _FLAG,
    Fact.PREGNANT: _FLAG,
    Fact.DEPENDENTS: _COUNT,
    Fact.PETS: _Way(Pets, str, Pets),
    Fact.ACCESS: _CODES,
    Fact.PAYERS: _CODES,
    Fact.INCOME: _Way(Income, str, Income),
    Fact.DOCUMENTS: _ANSWERS,
    Fact.OFFENSES: _ANSWERS,
    Fact.WARRANT: _FLAG,
    Fact.MEDICATIONS: _ANSWERS,
    Fact.SOBRIETY: _COUNT,
    Fact.TRANSPORT: _Way(Transport, str, Transport),
    Fact.FARTHEST: _Way(float, repr, float),
    Fact.COUNTY: _CODE,
    Fact.STAY_WITHIN: _CODE,
    Fact.STARTS_ON: _DATE,
    Fact.ENDS_ON: _DATE,
    Fact.RELEASE_ON: _DATE,
}
