"""Imports our CSV file into the directory: all of it, or nothing. Does not commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from resourcedir.exchange import csv_reader
from resourcedir.exchange.bringing import bring
from resourcedir.exchange.csv_drafts import draft_of, unlocated, unplaced
from resourcedir.exchange.csv_row import Row
from resourcedir.exchange.files import content_of
from resourcedir.exchange.incoming import Incoming
from resourcedir.exchange.report import Imported, ImportReport
from resourcedir.exchange.writing import Progress
from resourcedir.places.address import LocatedAddress


def read_csv(path: Path) -> tuple[Row, ...]:
    """Return every row.

    :raises BadFile: naming every fault.
    """
    return csv_reader.read(content_of(path, csv_reader.LARGEST))


def drafted(rows: Sequence[Row], answers: Mapping[int, LocatedAddress] | None = None) -> Incoming:
    """Return what ``rows`` become; ``answers`` are of an address service, by the row's line."""
    answers = answers or {}
    pairs = [(row, answers.get(row.line)) for row in rows]
    return Incoming(
        drafts=tuple(draft_of(row, answer) for row, answer in pairs),
        report=ImportReport(
            rows=len(rows),
            unlocated=tuple(fault for pair in pairs if (fault := unlocated(*pair)) is not None),
            unplaced=tuple(fault for pair in pairs if (fault := unplaced(*pair)) is not None),
        ),
    )


def import_csv(
    session: Session,
    path: Path,
    *,
    at: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Bring the directory in line with the file, offline; a second time changes nothing.

    :raises BadFile: naming every fault; then nothing was written.
    """
    return bring(session, drafted(read_csv(path)), at=at, dry_run=dry_run, progress=progress)
