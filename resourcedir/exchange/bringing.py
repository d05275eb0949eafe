"""Brings the directory in line with a file that was read, in two steps. Commits nothing.

``prepare`` compares, which takes seconds with a national file and only reads. ``carry_out`` writes
what was found: on SQLite it holds the one write lock, so nothing that can be done before is left
to it. What changed in between is noticed, and then the comparison is made again.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from resourcedir.exchange import stored as reading
from resourcedir.exchange.incoming import Incoming
from resourcedir.exchange.plan import Plan, make_plan
from resourcedir.exchange.report import Imported, ImportReport
from resourcedir.exchange.writing import Progress, write
from resourcedir.outbox.queries import last_change
from resourcedir.taxonomy.commands import put_terms, sync


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be written, as of the directory's change ``as_of``."""

    incoming: Incoming
    plan: Plan
    as_of: int

    @property
    def report(self) -> ImportReport:
        return self.plan.report(self.incoming.report)


def prepare(session: Session, incoming: Incoming) -> Prepared:
    """Compare the file with the directory; writes nothing.

    :raises BadFile: if a key was of a service before and is of a job lead now, or the reverse.
    """
    as_of = last_change(session)
    return Prepared(incoming, make_plan(session, incoming.drafts), as_of)


def carry_out(
    session: Session, prepared: Prepared, *, at: datetime, progress: Progress | None = None
) -> Imported:
    """Write what was prepared, compared anew if a listing was changed meanwhile.

    :raises BadFile: as ``prepare``; then nothing was written.
    """
    incoming = prepared.incoming
    if last_change(session) != prepared.as_of:
        prepared = prepare(session, incoming)
    sync(session)
    if (own := incoming.own_terms) is not None:
        put_terms(session, own.name, own.about, own.rows)
    plan = replace(prepared.plan, names=reading.term_names(session))
    return Imported(prepared.report, write(session, plan, at, progress))


def bring(
    session: Session,
    incoming: Incoming,
    *,
    at: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Imported:
    """Do both steps in the transaction of ``session``, or the first alone."""
    prepared = prepare(session, incoming)
    if dry_run:
        return Imported(prepared.report)
    return carry_out(session, prepared, at=at, progress=progress)
