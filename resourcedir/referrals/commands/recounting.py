"""Keeps what came of the referrals to each listing, so that pages and search can read it."""

from dataclasses import astuple
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.directory.facts import RecordFact
from resourcedir.directory.models import TrackRecord
from resourcedir.outbox.commands import note_changes
from resourcedir.referrals import queries

_NOTHING: Final = RecordFact(0, 0, 0, 0, 0)


def recount(session: Session, at: datetime) -> int:
    """Write the counts that are not any more what is kept; return of how many listings.

    Those listings are marked as changed, so that the index takes the counts. Several workers may
    count at once: noting changes puts them in line, and what is kept is read after that.
    """
    counted = queries.track_records(session, at)
    kept = {row.listing_number: _fact(row) for row in session.scalars(select(TrackRecord))}
    changed = [
        number
        for number in sorted(counted.keys() | kept.keys())
        if counted.get(number, _NOTHING) != kept.get(number, _NOTHING)
    ]
    if not changed:
        return 0
    note_changes(session, changed, at)
    fresh = select(TrackRecord).execution_options(populate_existing=True)
    rows = {row.listing_number: row for row in session.scalars(fresh)}
    for number in changed:
        row = rows.get(number)
        if row is None:
            row = TrackRecord(listing_number=number)
            session.add(row)
        _write(row, counted.get(number, _NOTHING), at)
    session.flush()
    return len(changed)


def _fact(row: TrackRecord) -> RecordFact:
    return RecordFact(row.referred, row.answered, row.accepted, row.started, row.completed)


def _write(row: TrackRecord, fact: RecordFact, at: datetime) -> None:
    row.referred, row.answered, row.accepted, row.started, row.completed = astuple(fact)
    row.counted_at = at
