"""Reads the tables that ship inside the package.

They are data of ours, not input: a fault is a mistake of a release, and the error names file and
line for whoever edits the table. Files of users are read in ``exchange``, never here.
"""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: where it stands (1 is the header) and its cells by column name."""

    file: str
    number: int
    cells: dict[str, str]

    def fault(self, message: str) -> ValueError:
        """Return the error to raise about this line."""
        return ValueError(f"{self.file}, line {self.number}: {message}")


def read_table(
    package: str, file: str, columns: tuple[str, ...], *, may_be_empty: Collection[str] = ()
) -> Iterator[Line]:
    """Return the rows of ``file`` in ``package``, whose header must be exactly ``columns``.

    Raises ValueError that names the line when a cell is missing, too many or empty, or has spaces
    around it.
    """
    text = files(package).joinpath(file).read_text(encoding="utf-8")
    return parse_table(text, file, columns, may_be_empty=may_be_empty)


def parse_table(
    text: str, file: str, columns: tuple[str, ...], *, may_be_empty: Collection[str] = ()
) -> Iterator[Line]:
    """Yield the rows of ``text`` as `read_table` does; ``file`` is the name that errors carry."""
    reader = csv.reader(text.splitlines(), strict=True)
    header = tuple(next(reader, ()))
    if header != columns:
        raise ValueError(f"{file}, line 1: the columns must be {', '.join(columns)}")
    for cells in reader:
        if len(cells) != len(columns):
            raise ValueError(
                f"{file}, line {reader.line_num}: {len(cells)} cells instead of {len(columns)}"
            )
        line = Line(file, reader.line_num, dict(zip(columns, cells, strict=True)))
        _check_cells(line, may_be_empty)
        yield line


def split_list(line: Line, column: str) -> tuple[str, ...]:
    """Return the parts of a cell that ";" divides; none of them may be empty."""
    cell = line.cells[column]
    parts = tuple(cell.split(";")) if cell else ()
    if any(part != part.strip() or not part for part in parts):
        raise line.fault(f"{column} holds an empty or padded part")
    return parts


def _check_cells(line: Line, may_be_empty: Collection[str]) -> None:
    for column, cell in line.cells.items():
        if cell != cell.strip():
            raise line.fault(f"{column} has spaces around it")
        if not cell and column not in may_be_empty:
            raise line.fault(f"{column} is empty")
