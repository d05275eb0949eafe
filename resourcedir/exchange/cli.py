"""Commands that bring listings in and out. They commit; what they print names the mend."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

import click
from flask import Flask

from resourcedir import clock
from resourcedir.audit.commands import AuditEvent, Entry, record
from resourcedir.db import writing
from resourcedir.errors import BadFile
from resourcedir.exchange.bringing import carry_out, prepare
from resourcedir.exchange.csv_export import export_csv
from resourcedir.exchange.csv_import import drafted, read_csv
from resourcedir.exchange.incoming import Incoming
from resourcedir.exchange.looking_up import PATIENCE, look_up
from resourcedir.exchange.report import ImportReport
from resourcedir.exchange.samhsa_import import read_samhsa
from resourcedir.exchange.writing import Progress
from resourcedir.extensions import db
from resourcedir.places.provider_addresses import AddressGeocoder
from resourcedir.settings import Settings

_PATH: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_dry_run = click.option("--dry-run", is_flag=True, help="Say what would change; change no listing.")


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
    settings: Settings = context.app.config["SETTINGS"]
    at = clock.now()
    geocoder = AddressGeocoder.configured(
        settings.geocoder, {**PATIENCE, **settings.geocoder_options}
    )
    with _faults_named(file):
        rows = read_csv(file)
    with _bar("Looking up addresses") as progress:
        answers = look_up(db.sessionmaker, geocoder, rows, at=at, progress=progress)
    _import(context, drafted(rows, answers), file, at=at, dry_run=dry_run)


@import_.command()
@click.argument("file", type=_PATH)
@_dry_run
@click.pass_obj
def samhsa(context: Context, file: Path, *, dry_run: bool) -> None:
    """Import FILE, the workbook of SAMHSA's directory of treatment facilities."""
    _ = context.app
    at = clock.now()
    with _faults_named(file):
        incoming = read_samhsa(file)
    _import(context, incoming, file, at=at, dry_run=dry_run)


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
    text = io.StringIO(newline="")
    count = export_csv(db.session, text)
    db.session.rollback()
    if str(file) == "-":
        _note_export()
        sys.stdout.write(text.getvalue())
    else:
        _export_to(file, text.getvalue())
    click.echo(f"{count} listings written.", err=True)


def _export_to(file: Path, text: str) -> None:
    """Write beside ``file`` first, so that a full disk leaves no half of it."""
    half = file.with_name(f"{file.name}.part")
    try:
        half.write_text(text, encoding="utf-8", newline="")
        _note_export()
        half.replace(file)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from error


def _note_export() -> None:
    """Write down that listings go out, before they do; the lock is not held any longer."""
    session = writing(db.session)
    record(session, Entry(event=AuditEvent.DIRECTORY_EXPORTED, at=clock.now()))
    session.commit()


def _import(
    context: Context, incoming: Incoming, file: Path, *, at: datetime, dry_run: bool
) -> None:
    """Compare, then take the write lock and write: until then everybody else can write."""
    with _faults_named(file):
        prepared = prepare(db.session, incoming)
        db.session.rollback()
        if dry_run:
            _tell(prepared.report)
            click.echo("Nothing was written: this was a dry run.")
            return
        session = writing(db.session)
        with _bar(f"Importing {file.name}") as progress:
            found = carry_out(session, prepared, at=at, progress=progress)
    record(session, Entry(event=AuditEvent.DIRECTORY_IMPORTED, at=at))
    session.commit()
    _tell(found.report)
    context.after_import()


def _tell(report: ImportReport) -> None:
    for line in report.lines():
        click.echo(line)


@contextmanager
def _faults_named(file: Path) -> Iterator[None]:
    """Print what is wrong with ``file``, a line each, and end the command."""
    try:
        yield
    except BadFile as error:
        db.session.rollback()
        for fault in error.faults:
            click.echo(f"{file.name}: {fault}", err=True)
        raise click.ClickException(str(error)) from error


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
