"""The command line: joins what each room offers and the commands that keep the app running."""

import os
import signal
import sys
from collections.abc import Callable
from threading import Event

import click
from flask import Flask
from sqlalchemy.exc import OperationalError

from resourcedir.accounts.cli import user
from resourcedir.app import open_app
from resourcedir.demo.cli import demo
from resourcedir.errors import DomainError
from resourcedir.exchange.cli import export, import_
from resourcedir.referrals.worker import tending
from resourcedir.search import indexing
from resourcedir.search.cli import reindex, search
from resourcedir.serving import serve
from resourcedir.settings import Settings


def _make_app() -> Flask:
    return open_app(Settings.from_environ(os.environ))


class Context:
    """What commands get from here: the app, made when it is first needed."""

    def __init__(self, make_app: Callable[[], Flask] = _make_app) -> None:
        self._make_app = make_app
        self._app: Flask | None = None

    @property
    def app(self) -> Flask:
        if self._app is None:
            self._app = self._make_app()
            self._app.app_context().push()
        return self._app

    def after_import(self) -> None:
        """Return when what was imported can be found."""
        if not indexing.bring_up_to_date():
            raise click.ClickException(
                "everything is imported, but cannot be found yet: another process keeps the"
                " search index and is behind. Stop it, then: resourcedir reindex"
            )


class Group(click.Group):
    """Turns the errors that people can mend into one line and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            raise click.ClickException(
                f"the database does not answer ({error.orig}); see RESOURCEDIR_DATABASE_URL"
            ) from error


@click.group(cls=Group)
@click.version_option(package_name="resourcedir")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Referral and community-resource directory for probation and parole officers."""
    ctx.obj = ctx.obj or Context()


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that answer; with two or more another one keeps the index.",
)
@click.option("--demo", "is_demo", is_flag=True, help="Serve a folder of example data.")
@click.pass_obj
def run(context: Context, host: str, port: int, processes: int, *, is_demo: bool) -> None:
    """Serve the pages and keep the search index until stopped."""
    app = context.app
    if app.config["SETTINGS"].is_demo and not is_demo:
        raise click.ClickException(
            "this folder holds example data: add --demo, or set RESOURCEDIR_DATA_DIR to another"
        )
    serve(
        app,
        host=host,
        port=port,
        started=lambda url: click.echo(f"Serving {url}"),
        processes=processes,
    )


@cli.command()
@click.pass_obj
def worker(context: Context) -> None:
    """Keep the search index up to date and do what is due, until stopped."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with tending(context.app):
        click.echo("Keeping the search index up to date, and doing what is due.")
        indexing.indexer().follow(stop)


for command in (demo, export, import_, reindex, search, user):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    sys.exit(cli(prog_name="resourcedir"))
