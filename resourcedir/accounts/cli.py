"""``resourcedir user``: who can sign in. A password is asked for or piped in, never an argument."""

import sys
from typing import Protocol

import click
from flask import Flask
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.accounts import commands, queries
from resourcedir.accounts.commands import NewUser
from resourcedir.db import writing
from resourcedir.extensions import db
from resourcedir.identity import Role

_PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, one line."
)


class HasApp(Protocol):
    """What the command line hands to its commands."""

    @property
    def app(self) -> Flask: ...


@click.group()
def user() -> None:
    """Add, list and disable the people who sign in."""


@user.command()
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--name", required=True, help="As people at work know them.")
@click.option("--email", required=True, help="They sign in with it.")
@click.option("--agency", default="", help="Of everybody but providers; made when first named.")
@click.option("--team", default="", help="Of officers and supervisors; made when first named.")
@click.option("--organization", default="", help="Of providers: its name or its id.")
@click.option("--phone", default="", help="Work phone; clients get it with a referral.")
@_PASSWORD
@click.pass_obj
def add(context: HasApp, /, *, role: str, password_stdin: bool, **words: str) -> None:
    """Add somebody who can sign in."""
    password = _password(from_stdin=password_stdin)
    with _session(context) as session:
        new = NewUser(role=Role(role), password=password, **words)
        commands.add_user(session, new, at=clock.now())
        session.commit()
    click.echo(f"{queries.folded_email(new.email)} can sign in.")


@user.command("list")
@click.pass_obj
def list_(context: HasApp) -> None:
    """List everybody who can or could sign in."""
    with _session(context) as session:
        rows = queries.accounts(session)
    for row in rows:
        state = f"disabled {row.disabled_at:%Y-%m-%d}" if row.disabled_at else "active"
        click.echo("\t".join((row.email, row.role.value, state, row.name, row.place)))
    if not rows:
        click.echo("Nobody can sign in yet: “resourcedir user add” adds somebody.", err=True)


@user.command()
@click.argument("email")
@_PASSWORD
@click.pass_obj
def password(context: HasApp, email: str, *, password_stdin: bool) -> None:
    """Give the user EMAIL another password; they are signed out everywhere."""
    new = _password(from_stdin=password_stdin)
    with _session(context) as session:
        commands.replace_password(session, email, new, at=clock.now())
        session.commit()
    click.echo(f"{queries.folded_email(email)} has another password.")


@user.command()
@click.argument("email")
@click.pass_obj
def disable(context: HasApp, email: str) -> None:
    """Close the account of EMAIL; they are signed out everywhere."""
    with _session(context) as session:
        commands.disable_user(session, email, at=clock.now())
        session.commit()
    click.echo(f"{queries.folded_email(email)} cannot sign in any more.")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask for a password: use --password-stdin.")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


def _session(context: HasApp) -> Session:
    """Return the session of the app's database; it takes the write lock at once."""
    with context.app.app_context():
        return writing(db.sessionmaker())
