"""Reads SAMHSA's directories of treatment facilities: rows and code list of a workbook. Pure.

There are two with the same sheets, on substance use and on mental health; their code lists tell
them apart. What becomes of a facility in our tables is for ``samhsa_drafts``.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.workbook import Workbook

from resourcedir.directory.facts import PhoneFact
from resourcedir.errors import BadFile, Fault
from resourcedir.exchange.csv_cells import EMPTY, ZIP, phone_of
from resourcedir.exchange.samhsa_codes import mappings
from resourcedir.exchange.xlsx import Record, Sheet, records
from resourcedir.places.names import STATES
from resourcedir.texts import N_, Phrase

SUBSTANCE_USE: Final = "SAMHSA substance use directory"
MENTAL_HEALTH: Final = "SAMHSA mental health directory"

_PHONES: Final = ("phone", "intake1", "intake2", "intake1a", "intake2a")
_WHO_AND_WHERE: Final = ("name1", "name2", "street1", "street2", "city", "state", "zip")
_NEEDED: Final = ("name1", "street1", "city", "state", "zip", "service_code_info")
FACILITIES: Final = Sheet(
    "Facilities List",
    (*_WHO_AND_WHERE, *_PHONES, "service_code_info"),
    zips=frozenset({"zip"}),
    phones=frozenset(_PHONES),
)
CODES: Final = Sheet("Service Code Reference", ("service_code", "service_name"))
_UNFINISHED: Final = frozenset(
    {"and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "&"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """One row. ``key`` is its identity in the file."""

    line: int
    key: str
    name1: str
    name2: str
    street1: str
    street2: str
    city: str
    state: str
    zip: str
    phones: tuple[PhoneFact, ...]
    codes: tuple[str, ...]

    @property
    def service_name(self) -> str:
        """The second name, which says what is offered there; the first goes before it if it must.

        The source cuts long names in two: "Council on" and "Alcoholism Inc" read as one.
        """
        if not self.name2:
            return self.name1
        last = self.name1.rpartition(" ")[2].casefold()
        cut = last in _UNFINISHED or self.name1[-1] in "/,-&"
        return f"{self.name1} {self.name2}" if cut else self.name2


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """A whole workbook. ``names`` are those of its code list; ``unread`` cells were left out."""

    source: str
    facilities: tuple[Facility, ...]
    names: Mapping[str, str]
    unread: tuple[Fault, ...]


def read(workbook: Workbook) -> Directory:
    """Return the directory.

    :raises BadFile: with everything that is missing or of a wrong type, each with row and column.
    """
    faults: list[Fault] = []
    names = _names(records(workbook, CODES, faults))
    found = records(workbook, FACILITIES, faults)
    for record in found:
        faults += _faults_of(record)
    if not faults and not (found and names):
        faults.append(Fault(Phrase(N_("the workbook lists no facilities or no codes"))))
    if faults:
        raise BadFile(tuple(faults))
    unread: list[Fault] = []
    known = {*names, *mappings()}
    rows = [(record, _phones(record, unread), _codes(record, known, unread)) for record in found]
    keys = _keys(rows)
    facilities = tuple(
        Facility(
            line=record.line,
            key=keys[record.line],
            phones=phones,
            codes=codes,
            **{name: record.cells[name] for name in _WHO_AND_WHERE[:-1]},
            zip=record.cells["zip"][:5],
        )
        for record, phones, codes in rows
    )
    return Directory(
        source=source_of(names), facilities=facilities, names=names, unread=tuple(unread)
    )


def source_of(codes: Collection[str]) -> str:
    """Return which of the two directories has such a code list.

    Each has the code of its own type of care, SA or MH; in a part of a list most codes decide.
    """
    if ("SA" in codes) != ("MH" in codes):
        return SUBSTANCE_USE if "SA" in codes else MENTAL_HEALTH
    ours = sum(code in mappings() for code in codes)
    return SUBSTANCE_USE if 2 * ours > len(codes) else MENTAL_HEALTH


def _names(found: Sequence[Record]) -> dict[str, str]:
    codes = ((each.cells["service_code"], each.cells["service_name"]) for each in found)
    return {code: name or code for code, name in codes if code}


def _faults_of(record: Record) -> list[Fault]:
    cells = record.cells
    found = [
        Fault(Phrase(EMPTY), record.line, name)
        for name in _NEEDED
        if not cells[name] and name not in record.wrong
    ]
    if cells["state"] and cells["state"] not in STATES:
        said = Phrase(N_('"%(text)s" is not a state such as TN'), {"text": cells["state"][:20]})
        found.append(Fault(said, record.line, "state"))
    if cells["zip"] and not ZIP.fullmatch(cells["zip"]):
        message = N_('"%(text)s" is not a ZIP code of five digits')
        found.append(Fault(Phrase(message, {"text": cells["zip"][:20]}), record.line, "zip"))
    return found


def _phones(record: Record, unread: list[Fault]) -> tuple[PhoneFact, ...]:
    """Return the numbers, each once; those of intake are named so."""
    found: dict[tuple[str, str | None], PhoneFact] = {}
    for column in _PHONES:
        if not (text := record.cells[column]):
            continue
        try:
            phone = phone_of(text, None if column == "phone" else "Intake")
        except ValueError:
            said = Phrase(N_('"%(text)s" is not a phone number'), {"text": text[:40]})
            unread.append(Fault(said, record.line, column))
            continue
        found.setdefault((phone.number, phone.extension), phone)
    return tuple(found.values())


def _codes(record: Record, known: Collection[str], unread: list[Fault]) -> tuple[str, ...]:
    """Return the codes; stars divide them into groups, which say no more than the codes do."""
    column = "service_code_info"
    found = dict.fromkeys(record.cells[column].replace("*", " ").split())
    for code in found:
        if code not in known:
            said = Phrase(N_('the code "%(code)s" is in no list'), {"code": code[:20]})
            unread.append(Fault(said, record.line, column))
    return tuple(code for code in found if code in known)


def _keys(
    rows: Sequence[tuple[Record, tuple[PhoneFact, ...], tuple[str, ...]]],
) -> dict[int, str]:
    """Return the identity of each row by its line: a hash of who and where, and a number.

    The number tells apart rows that say the same there; it goes by the rest of what they say, so
    that another order of the file changes nothing.
    """
    alike: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for record, phones, codes in rows:
        text = "\x1f".join(record.cells[name].casefold() for name in _WHO_AND_WHERE)
        digest = hashlib.sha256(text.encode()).hexdigest()[:32]
        alike[digest].append((repr((phones, sorted(codes))), record.line))
    return {
        line: f"{digest}-{number}"
        for digest, found in alike.items()
        for number, (_, line) in enumerate(sorted(found), 1)
    }
