"""Opens a workbook that somebody gave us, and reads its cells as text. Knows no column of ours.

A workbook is a ZIP file of XML: its sizes are looked at before anything is unpacked, and openpyxl
uses defusedxml, so that neither bombs nor entities get in.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import openpyxl
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.xml import DEFUSEDXML

from resourcedir.errors import BadFile, Fault
from resourcedir.exchange.files import TOO_LARGE
from resourcedir.texts import N_, Phrase

LARGEST: Final = 50_000_000  # bytes of the file
LARGEST_UNPACKED: Final = 500_000_000  # bytes of all its parts
WORST_RATIO: Final = 200  # unpacked to packed; a real directory has 6, and XML of blanks some 100
MOST_PARTS: Final = 2000
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
NOT_A_WORKBOOK: Final = N_("this is not a spreadsheet of the kind .xlsx")
_FORMULA: Final = Phrase(N_("holds a formula: put its value there"))
_NOT_TEXT: Final = N_("holds %(what)s where text is expected")
_ZIP_DIGITS: Final = 5
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_NO_TEXT: Final = N_("no text")
_KINDS: Final[dict[type, str]] = {
    bool: N_("true or false"),
    datetime: N_("a date"),
    date: N_("a date"),
    time: N_("a time"),
    timedelta: N_("a length of time"),
}


_FAILURES: Final = (
    zipfile.BadZipFile, InvalidFileException, zlib.error, SyntaxError, ValueError, TypeError,
    LookupError, AttributeError, OSError, EOFError, RuntimeError, AssertionError, OverflowError,
)  # fmt: skip
"""What openpyxl and the parsers under it raise on a file that is broken or is something else."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a sheet: its number there, and its cells by the name of their column.

    ``wrong`` are columns whose cells could not be read; they are empty in ``cells``.
    """

    line: int
    cells: dict[str, str]
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one reads of a sheet: its columns must be there; in some of them numbers may stand."""

    title: str
    columns: tuple[str, ...]
    zips: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


def open_workbook(data: bytes) -> Workbook:
    """Return the workbook, opened for reading row by row.

    :raises BadFile: if it is too large, would unpack to too much, or is no workbook.
    """
    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is missing: workbooks cannot be read safely")
    _check_sizes(data)
    try:
        # Formulas are wanted as such: the value that a file remembers for one may be of any day.
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except _FAILURES as error:
        what, reason = Phrase(NOT_A_WORKBOOK), type(error).__name__
        said = Phrase("%(what)s: %(reason)s", {"what": what, "reason": reason})
        raise BadFile((Fault(said),)) from error


def records(workbook: Workbook, sheet: Sheet, faults: list[Fault]) -> list[Record]:
    """Return the rows of a sheet that are not empty; what is wrong with them goes to ``faults``."""
    found = {title.strip().casefold(): title for title in workbook.sheetnames}
    if (title := found.get(sheet.title.casefold())) is None:
        said = Phrase(N_('the sheet "%(sheet)s" is missing'), {"sheet": sheet.title})
        faults.append(Fault(said))
        return []
    try:
        return list(_records(workbook[title], sheet, faults))
    except _FAILURES as error:
        said = Phrase(
            N_('the sheet "%(sheet)s" cannot be read: %(reason)s'),
            {"sheet": sheet.title, "reason": type(error).__name__},
        )
        raise BadFile((Fault(said),)) from error


def _check_sizes(data: bytes) -> None:
    if len(data) > LARGEST:
        raise BadFile((Fault(Phrase(TOO_LARGE, {"most": LARGEST // 1_000_000})),))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _FAILURES as error:
        raise BadFile((Fault(Phrase(NOT_A_WORKBOOK)),)) from error
    unpacked = sum(part.file_size for part in parts)
    worst = max((part.file_size / max(part.compress_size, 1) for part in parts), default=0)
    small = unpacked <= 1_000_000  # a ratio says nothing of a few kilobytes
    if (
        unpacked > LARGEST_UNPACKED
        or len(parts) > MOST_PARTS
        or (worst > WORST_RATIO and not small)
    ):
        said = Phrase(N_("the file would unpack to far more than a directory needs"))
        raise BadFile((Fault(said),))


def _records(worksheet: Any, sheet: Sheet, faults: list[Fault]) -> Iterator[Record]:  # noqa: ANN401
    worksheet.reset_dimensions()  # a file may say that it is smaller or larger than it is
    rows = worksheet.iter_rows(values_only=True)
    header = [_name(cell) for cell in next(rows, ())]
    if wrong := list(_header_faults(header, sheet)):
        faults += wrong
        return
    places = {column: header.index(column) for column in sheet.columns}
    for line, row in enumerate(rows, 2):
        if line > MOST_ROWS or len(row) > MOST_COLUMNS:
            said = Phrase(N_('the sheet "%(sheet)s" is too large'), {"sheet": sheet.title})
            raise BadFile((Fault(said, line),))
        if all(value is None or value == "" for value in row):
            continue
        cells, unreadable = {}, set()
        for name, place in places.items():
            value = row[place] if place < len(row) else None
            cells[name], fault = _read(value, name, sheet)
            if fault is not None:
                at = f"{name} ({get_column_letter(place + 1)}{line})"
                faults.append(Fault(fault, line, at))
                unreadable.add(name)
        yield Record(line, cells, frozenset(unreadable))


def _name(value: object) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""


def _header_faults(header: Sequence[str], sheet: Sheet) -> Iterator[Fault]:
    title = {"sheet": sheet.title}
    for column in sheet.columns:
        if column not in header:
            said = Phrase(N_('the column is missing in the sheet "%(sheet)s"'), title)
            yield Fault(said, 1, column)
        elif header.count(column) > 1:
            said = Phrase(N_('the column is twice in the sheet "%(sheet)s"'), title)
            yield Fault(said, 1, column)


def _read(value: object, name: str, sheet: Sheet) -> tuple[str, Phrase | None]:
    """Return a cell as text, and what is wrong with it, if anything."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, name, sheet)
    return _text(value)


def _text(value: object) -> tuple[str, Phrase | None]:
    """Return the words of a cell without needless blanks."""
    if value is None:
        return "", None
    if isinstance(value, ArrayFormula | DataTableFormula):
        return "", _FORMULA
    if not isinstance(value, str):
        return "", Phrase(_NOT_TEXT, {"what": Phrase(_KINDS.get(type(value), _NO_TEXT))})
    if value.startswith("=") and len(value) > 1:
        return "", _FORMULA
    if value in ERROR_CODES:
        return "", Phrase(N_("holds the error %(error)s"), {"error": value})
    return " ".join(_CONTROL.sub(" ", value).split()), None


def _number(value: float, name: str, sheet: Sheet) -> tuple[str, Phrase | None]:
    """Return the digits of a number where one may stand; a ZIP code gets its zeros back."""
    if name not in sheet.zips | sheet.phones or not 0 <= value < 1e15 or value != int(value):
        number = Phrase(N_("the number %(number)s"), {"number": str(value)})
        return "", Phrase(_NOT_TEXT, {"what": number})
    digits = str(int(value))
    return (digits.rjust(_ZIP_DIGITS, "0") if name in sheet.zips else digits), None
