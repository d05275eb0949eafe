"""Imports our CSV file into the directory: all of it, or nothing. Does not commit."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from resourcedir.exchange import csv_reader
from resourcedir.exchange.csv_drafts import draft_of, unlocated
from resourcedir.exchange.files import content_of
from resourcedir.exchange.plan import make_plan
from resourcedir.exchange.report import Imported, ImportReport
from resourcedir.exchange.writing import Progress, write
from resourcedir.taxonomy.commands import sync


def import_csv(
    session: Session,
    path: Path,
    *,
    at: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Bring the directory in line with the file; a second time changes nothing.

    :raises BadFile: naming every fault; then nothing was written.
    """
    rows = csv_reader.read(content_of(path, csv_reader.LARGEST))
    if not dry_run:
        sync(session)
    plan = make_plan(session, [draft_of(row) for row in rows])
    nowhere = tuple(fault for row in rows if (fault := unlocated(row)) is not None)
    report = plan.report(ImportReport(rows=len(rows), unlocated=nowhere))
    return Imported(report, () if dry_run else write(session, plan, at, progress))
