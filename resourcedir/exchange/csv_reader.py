"""Reads our CSV file into rows, or names everything that is wrong with it. Pure.

Lines are counted as an editor counts them, so a row whose description has line breaks in quotes is
named by the line on which it begins. It must not know what the database holds.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from resourcedir.errors import BadFile, Fault
from resourcedir.exchange.csv_cells import Cells
from resourcedir.exchange.csv_columns import COLUMNS, MAY_BE_MISSING, rearm
from resourcedir.exchange.csv_row import Row, row_of
from resourcedir.exchange.files import TOO_LARGE
from resourcedir.texts import N_, Phrase

LARGEST: Final = 50_000_000  # bytes; 12,000 listings with long descriptions are 15 million
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OTHER_UNICODE: Final = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes) -> tuple[Row, ...]:
    """Return every row.

    :raises BadFile: with all faults; then no row is returned, so half a file is never imported.
    """
    text = _decoded(data)
    faults: list[Fault] = []
    records = list(_records(text, faults))
    if not records:
        raise BadFile(
            (*faults, Fault(Phrase(N_("the file is empty: its first line names the columns"))))
        )
    (_, header), *rest = records
    header = [name.strip() for name in header]
    if wrong := list(_header_faults(header)):
        raise BadFile((*wrong, *faults))
    rows = [row for line, cells in rest if (row := _row(line, header, cells, faults)) is not None]
    if not rest and not faults:
        faults.append(Fault(Phrase(N_("the file has columns and no rows")), 2))
    faults += _duplicates(rows)
    faults += _contradictions(rows)
    if faults:
        raise BadFile(tuple(sorted(faults, key=lambda fault: fault.line or 0)))
    return tuple(rows)


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise BadFile((Fault(Phrase(TOO_LARGE, {"most": LARGEST // 1_000_000})),))
    if data.startswith(_OTHER_UNICODE):
        said = Phrase(N_("the file is not UTF-8 but UTF-16: save it as CSV UTF-8"))
        raise BadFile((Fault(said),))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(tuple(_undecodable(data))) from None


def _undecodable(data: bytes) -> Iterator[Fault]:
    for number, line in enumerate(data.splitlines(), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            message = N_("byte %(byte)s of the line is not UTF-8: save the file as UTF-8")
            yield Fault(Phrase(message, {"byte": error.start + 1}), number)


def _records(text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the first line and the cells of each record that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            said = Phrase(N_("this is not CSV: %(reason)s"), {"reason": str(error)})
            faults.append(Fault(said, line))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header_faults(header: Sequence[str]) -> Iterator[Fault]:
    for column in COLUMNS:
        if column not in header and column not in MAY_BE_MISSING:
            yield Fault(Phrase(N_("the column is missing")), 1, column)
    for place, column in enumerate(header, 1):
        if column not in COLUMNS:
            said = Phrase(N_("there is no such column"))
            yield Fault(said, 1, column or f"column {place}")
        elif column in header[: place - 1]:
            yield Fault(Phrase(N_("the column is there twice")), 1, column)


def _row(
    line: int, header: Sequence[str], record: Sequence[str], faults: list[Fault]
) -> Row | None:
    if len(record) != len(header):
        column = header[len(record)] if len(record) < len(header) else None
        said = Phrase(
            N_("the row has %(cells)s cells and not %(columns)s"),
            {"cells": len(record), "columns": len(header)},
        )
        faults.append(Fault(said, line, column))
        return None
    given = {name: _clean(cell) for name, cell in zip(header, record, strict=True)}
    cells = Cells(line, dict.fromkeys(MAY_BE_MISSING, "") | given)
    for name, cell in zip(header, record, strict=True):
        if _CONTROL.search(cell):
            cells.fault(name, N_("holds a control character"))
    row = row_of(cells)
    faults += cells.faults
    return row


def _clean(cell: str) -> str:
    lines = rearm(cell.strip(" ")).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def _duplicates(rows: Iterable[Row]) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        before = first.setdefault((row.source, row.key), row.line)
        if before != row.line and row.key:
            message = N_("line %(other)s of the same source has this key too")
            yield Fault(Phrase(message, {"other": before}), row.line, "key")


def _contradictions(rows: Iterable[Row]) -> Iterator[Fault]:
    """Yield rows that say of their organization something else than an earlier row does."""
    said: dict[tuple[str, str, str], tuple[str, int]] = {}
    for row in rows:
        for column in ("organization_description", "organization_website"):
            value: str | None = getattr(row, column)
            if value is None:
                continue
            before, line = said.setdefault(
                (row.source, row.organization, column), (value, row.line)
            )
            if before != value:
                message = N_("line %(other)s says something else of the same organization")
                yield Fault(Phrase(message, {"other": line}), row.line, column)
