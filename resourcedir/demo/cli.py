"""The command that shows the app to somebody who has just met it."""

import os
import sys
import threading
from pathlib import Path

import click
from flask import Flask

from resourcedir.app import open_app
from resourcedir.demo import caseload
from resourcedir.demo.check import Checked
from resourcedir.demo.check import check as check_over_http
from resourcedir.demo.folder import prepare
from resourcedir.search.indexing import bring_up_to_date
from resourcedir.serving import serve


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 is any.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="RESOURCEDIR_DATA_DIR",
    default=Path("var/demo"),
    show_default=True,
    help="Folder of the example data.",
)
@click.option("--check", is_flag=True, help="Ask it one search over HTTP, then stop.")
def demo(port: int, data: Path, *, check: bool) -> None:
    """Serve the app with invented listings, people and referrals."""
    app = open_app(prepare(data, os.environ))
    with app.app_context():
        caseload.fill(say=lambda text: click.echo(text, err=True))
        bring_up_to_date()
    if check:
        sys.exit(_checked(app, port))
    serve(app, host="127.0.0.1", port=port, started=_introduce)


def _introduce(address: str) -> None:
    click.echo(f"\nExample data is served at {address}\n\nSign in as:")
    for person in caseload.PEOPLE:
        click.echo(f"  {person.role.value:<14} {person.email:<28} {caseload.PASSWORD}")
    click.echo("\nStop it with Ctrl-C; it keeps its data.")


def _checked(app: Flask, port: int) -> int:
    found: list[Checked] = []

    def ask(address: str) -> None:
        officer = caseload.PEOPLE[0]

        def run() -> None:
            found.append(check_over_http(address, officer.email, caseload.PASSWORD))
            signal_end()

        threading.Thread(target=run, daemon=True).start()

    def signal_end() -> None:
        os.kill(os.getpid(), 15)

    serve(app, host="127.0.0.1", port=port, started=ask)
    for line in found[0].lines:
        click.echo(line)
    return 0 if found[0].ok else 1
