"""How each fact about a client is written as text, to be sealed, and read back. Pure.

What it writes says nothing of whom it is about, who said it, or of which day it is.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from resourcedir.clients.facts import Answers, Fact, Income, Pets, Transport

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


def to_text(fact: Fact, value: Value) -> str:
    """Return ``value`` as ``parse`` reads it; never the empty text.

    :raises TypeError: if ``value`` is not of the kind that ``fact`` has.
    """
    way = _WAYS[fact]
    if not isinstance(value, way.kind) or (isinstance(value, bool) and way.kind is not bool):
        raise TypeError(f"{fact} is not told as {type(value).__name__}")
    return way.write(value)


def parse(fact: Fact, text: str) -> Value:
    """Return what ``to_text`` wrote.

    :raises ValueError: for what it did not write.
    """
    return _WAYS[fact].read(text)


def merged(before: Answers, new: Answers) -> Answers:
    """Return what was answered before, with the codes of ``new`` as they are answered now."""
    now = new.yes | new.no
    return Answers((before.yes - now) | new.yes, (before.no - now) | new.no)


def _codes_text(codes: frozenset[str]) -> str:
    return json.dumps(sorted(codes))


def _answers_text(answers: Answers) -> str:
    return json.dumps({"yes": sorted(answers.yes), "no": sorted(answers.no)})


def _answers(text: str) -> Answers:
    read = json.loads(text)
    return Answers(frozenset(read["yes"]), frozenset(read["no"]))


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "no": False}[text]


_DATE: Final = _Way(date, date.isoformat, date.fromisoformat)
_FLAG: Final = _Way(bool, lambda value: "yes" if value else "no", _yes_or_no)
_COUNT: Final = _Way(int, str, int)
_CODE: Final = _Way(str, str, str)
_CODES: Final = _Way(frozenset, _codes_text, lambda text: frozenset(json.loads(text)))
_ANSWERS: Final = _Way(Answers, _answers_text, _answers)

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
