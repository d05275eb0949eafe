"""``resourcedir user`` on the command line."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.cli import cli
from resourcedir.security import passwords

PASSWORD = "the river bends below the bluff"
DANA = ("--role", "officer", "--name", "Dana Whitaker", "--email", "DWhitaker@example.org")
NORTH = ("--agency", "Hamilton County", "--team", "North")


@pytest.fixture
def session(app: Flask) -> Session:
    from resourcedir.extensions import db

    with app.app_context():
        return db.sessionmaker()


@pytest.fixture
def user(app: Flask):
    def run(*arguments: str, typed: str = "") -> Result:
        context = SimpleNamespace(app=app)
        return CliRunner().invoke(cli, ["user", *arguments], obj=context, input=typed)

    return run


def test_a_user_is_added_listed_given_a_password_and_disabled(user, session: Session) -> None:
    done = user("add", *DANA, *NORTH, "--password-stdin", typed=f"{PASSWORD}\n")
    assert (done.exit_code, done.output) == (0, "dwhitaker@example.org can sign in.\n")
    listed = user("list").output
    assert listed == (
        "dwhitaker@example.org\tofficer\tactive\tDana Whitaker\tHamilton County, North\n"
    )
    email = "dwhitaker@example.org"
    assert user("password", email, "--password-stdin", typed="quite another one").exit_code == 0
    with session:
        kept = session.scalars(select(User)).one().password_hash
    assert passwords.fits(kept, "quite another one")
    assert user("disable", email).exit_code == 0
    assert "disabled 2026-03-12" in user("list").output


def test_an_empty_list_says_how_to_begin(user) -> None:
    done = user("list")
    assert done.exit_code == 0
    assert "user add" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (("add", *DANA, *NORTH, "--password-stdin"), "short", "too short"),
        (("add", *DANA, *NORTH, "--password-stdin"), "", "too short"),
        (("add", *DANA, "--agency", "X", "--password-stdin"), PASSWORD, "--agency, --team"),
        (("disable", "nobody@example.org"), "", "user list"),
        (("password", "nobody@example.org", "--password-stdin"), PASSWORD, "user list"),
    ],
)
def test_an_error_is_one_line_that_names_the_mend(
    user, arguments: tuple[str, ...], typed: str, words: str
) -> None:
    done = user(*arguments, typed=typed)
    assert done.exit_code == 1
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_password_is_never_an_argument_and_never_shown(user) -> None:
    assert user("add", *DANA, *NORTH, "--password", PASSWORD).exit_code == 2
    done = user("add", *DANA, *NORTH, typed=f"{PASSWORD}\n")  # no terminal to ask at
    assert done.exit_code == 2
    assert "--password-stdin" in done.stderr
    assert PASSWORD not in done.output
