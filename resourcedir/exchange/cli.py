"""Commands that bring listings in and out. They commit; what they print names the mend."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

import click
from flask import Flask
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.audit.commands import AuditEvent, Entry, record
from resourcedir.db import writing
from resourcedir.errors import BadFile
from resourcedir.exchange.csv_export import export_csv
from resourcedir.exchange.csv_import import import_csv
from resourcedir.exchange.report import Imported
from resourcedir.exchange.samhsa_import import import_samhsa
from resourcedir.exchange.writing import Progress
from resourcedir.extensions import db

_PATH: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")


class Context(Protocol):
    """What the command line gives: the app, and a wait until what changed can be found."""

    @property
    def app(self) -> Flask: ...

    def after_import(self) -> None: ...


@click.group("import")
def import_() -> None:
    """Bring listings in from a file: all of it, or nothing."""


@import_.command("csv")
@click.argument("file", type=_PATH)
@_dry_run
@click.pass_obj
def csv_(context: Context, file: Path, *, dry_run: bool) -> None:
    """Import FILE, a CSV file whose columns data/README.md explains."""
    _import(context, import_csv, file, dry_run=dry_run)


@import_.command()
@click.argument("file", type=_PATH)
@_dry_run
@click.pass_obj
def samhsa(context: Context, file: Path, *, dry_run: bool) -> None:
    """Import FILE, the workbook of SAMHSA's directory of treatment facilities."""
    _import(context, import_samhsa, file, dry_run=dry_run)


@click.group()
def export() -> None:
    """Write listings to a file."""


@export.command("csv")
@click.argument("file", default="-", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_csv_(context: Context, file: Path) -> None:
    """Write every listing that is offered to FILE, or to the terminal.

    Addresses of confidential places are left out.
    """
    _ = context.app
    session = writing(db.session)
    count = export_csv(session, sys.stdout) if str(file) == "-" else _export_to(session, file)
    record(session, Entry(event=AuditEvent.DIRECTORY_EXPORTED, at=clock.now()))
    session.commit()
    click.echo(f"{count} listings written.", err=True)


def _export_to(session: Session, file: Path) -> int:
    """Write beside ``file`` first, so that a full disk leaves no half of it."""
    half = file.with_name(f"{file.name}.part")
    try:
        with half.open("w", encoding="utf-8", newline="") as opened:
            count = export_csv(session, opened)
        half.replace(file)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from error
    return count


class _Importer(Protocol):
    def __call__(
        self,
        session: Session,
        path: Path,
        *,
        at: datetime,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Imported: ...


def _import(context: Context, importer: _Importer, file: Path, *, dry_run: bool) -> None:
    _ = context.app
    at = clock.now()
    session = db.session if dry_run else writing(db.session)
    try:
        with _bar(f"Importing {file.name}") as progress:
            found = importer(session, file, at=at, dry_run=dry_run, progress=progress)
    except BadFile as error:
        session.rollback()
        for fault in error.faults:
            click.echo(f"{file.name}: {fault}", err=True)
        raise click.ClickException(str(error)) from error
    for line in found.report.lines():
        click.echo(line)
    if dry_run:
        session.rollback()
        click.echo("Nothing was written: this was a dry run.")
        return
    record(session, Entry(event=AuditEvent.DIRECTORY_IMPORTED, at=at))
    session.commit()
    context.after_import()


@contextmanager
def _bar(label: str) -> Iterator[Progress | None]:
    """Give what draws a bar, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield advance
