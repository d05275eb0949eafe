"""Imports one of SAMHSA's directories: all of it, or nothing. Does not commit.

Its facilities are placed by their ZIP codes, whatever address service is configured: 12,000
questions are hours of work for a service that allows one a second.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from resourcedir.exchange import samhsa
from resourcedir.exchange.bringing import bring
from resourcedir.exchange.files import content_of
from resourcedir.exchange.incoming import Incoming, OwnTerms
from resourcedir.exchange.report import Imported, ImportReport
from resourcedir.exchange.samhsa_drafts import (
    ABOUT,
    SAMHSA,
    drafts_of,
    terms_of,
    unlocated,
    unmapped,
)
from resourcedir.exchange.writing import Progress
from resourcedir.exchange.xlsx import LARGEST, open_workbook


def read_samhsa(path: Path) -> Incoming:
    """Return what the facilities of the workbook become.

    :raises BadFile: naming every fault.
    """
    found = samhsa.read(open_workbook(content_of(path, LARGEST)))
    return Incoming(
        drafts=tuple(drafts_of(found)),
        report=ImportReport(
            rows=len(found.facilities),
            unlocated=tuple(unlocated(found)),
            unread=found.unread,
            unmapped=tuple(f"{code} ({found.names[code]})" for code in unmapped(found)),
        ),
        own_terms=OwnTerms(SAMHSA, ABOUT, tuple(terms_of(found))),
    )


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
    return bring(session, read_samhsa(path), at=at, dry_run=dry_run, progress=progress)
