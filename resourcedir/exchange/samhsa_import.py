"""Imports one of SAMHSA's directories: all of it, or nothing. Does not commit."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from resourcedir.exchange import samhsa
from resourcedir.exchange.files import content_of
from resourcedir.exchange.plan import make_plan
from resourcedir.exchange.report import Imported, ImportReport
from resourcedir.exchange.samhsa_drafts import (
    ABOUT,
    SAMHSA,
    drafts_of,
    terms_of,
    unlocated,
    unmapped,
)
from resourcedir.exchange.writing import Progress, write
from resourcedir.exchange.xlsx import LARGEST, open_workbook
from resourcedir.taxonomy.commands import put_terms, sync


def import_samhsa(
    session: Session,
    path: Path,
    *,
    at: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Bring the directory in line with the workbook; a second time changes nothing.

    :raises BadFile: naming every fault; then nothing was written.
    """
    found = samhsa.read(open_workbook(content_of(path, LARGEST)))
    if not dry_run:
        sync(session)
        put_terms(session, SAMHSA, ABOUT, terms_of(found))
    plan = make_plan(session, list(drafts_of(found)))
    report = plan.report(
        ImportReport(
            rows=len(found.facilities),
            unlocated=tuple(unlocated(found)),
            unread=found.unread,
            unmapped=tuple(f"{code} ({found.names[code]})" for code in unmapped(found)),
        )
    )
    return Imported(report, () if dry_run else write(session, plan, at, progress))
