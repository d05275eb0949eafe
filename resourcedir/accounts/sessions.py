"""Ties a browser to a sign-in: the cookie holds a random token, the table everything else.

It says who is asking, before any view. What a sign-in is and how long it lasts is decided in
``commands`` and ``liveness``.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from flask import Flask, current_app, flash, g, request, session
from flask_babel import gettext
from sqlalchemy.exc import OperationalError

from resourcedir import clock
from resourcedir.accounts import commands, liveness, queries
from resourcedir.accounts.commands import Checked
from resourcedir.accounts.queries import Candidate, Reader
from resourcedir.db import writing
from resourcedir.extensions import db
from resourcedir.identity import Role
from resourcedir.security import passwords
from resourcedir.texts import N_
from resourcedir.web.language import CHOSEN

_TOKEN: Final = "sid"  # noqa: S105 -- a word, not a token

ROLE_WORDS: Final = {
    Role.OFFICER: N_("officer"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.PROVIDER: N_("provider"),
    Role.ADMINISTRATOR: N_("administrator"),
}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What pages say of whoever is signed in: ``g.user``."""

    name: str
    role: Role
    agency_name: str | None
    team_name: str | None
    organization_name: str | None
    phone: str | None

    @property
    def role_words(self) -> str:
        """Return role and place in the reader's language: "officer, North team"."""
        place = self.team_name or self.organization_name or self.agency_name
        return ", ".join(filter(None, (gettext(ROLE_WORDS[self.role]), place)))


def register(app: Flask) -> None:
    """Set ``g.identity`` and ``g.user`` before each view; both are None for a stranger.

    Must be registered before anything that takes SQLite's write lock, or a request that changes
    something could not note that the sign-in was used.
    """
    app.before_request(_identify)


def begin(token: str) -> None:
    """Tie this browser to a new sign-in. Nothing of the cookie outlives it but the language."""
    language = session.get(CHOSEN)
    session.clear()
    if language is not None:
        session[CHOSEN] = language
    session[_TOKEN] = token


def end() -> None:
    """Forget the sign-in in this browser."""
    language = session.get(CHOSEN)
    session.clear()
    if language is not None:
        session[CHOSEN] = language


def current_token() -> str | None:
    """Return the token in this browser's cookie, of whatever worth."""
    token = session.get(_TOKEN)
    return token if isinstance(token, str) else None


def check_sign_in(email: str, password: str) -> Checked:
    """Check a name and its password, for as long where nobody has the name."""
    return _check(queries.candidate(db.session, email), password)


def check_own(user_id: UUID, password: str) -> Checked:
    """Check the present password of somebody signed in."""
    return _check(queries.candidate_with_id(db.session, user_id), password)


def _check(candidate: Candidate | None, password: str) -> Checked:
    # Hashing takes a tenth of a second. Nobody else shall wait for the database that long.
    db.session.rollback()
    fits = passwords.fits(candidate.password_hash if candidate else None, password)
    outdated = fits and candidate is not None and passwords.is_outdated(candidate.password_hash)
    renewed = passwords.hashed(password) if outdated else ""
    writing(db.session)
    if candidate is None:
        return Checked(None, fits=False)
    return Checked(
        user_id=candidate.user_id,
        fits=fits and not candidate.disabled,
        password_hash=candidate.password_hash,
        renewed_hash=renewed,
    )


def _identify() -> None:
    g.identity = g.user = None
    if request.endpoint == "static" or (token := current_token()) is None:
        return
    at = clock.now()
    with db.sessionmaker() as apart:
        reader = queries.reader(apart, token)
    if reader is None or not liveness.is_live(reader.course, at):
        end()
        flash(gettext("You have been signed out. Sign in again to go on."), "info")
        return
    g.identity, g.user = reader.identity, _signed_in(reader)
    if liveness.is_due(reader.course, at):
        _note_use(token, at)


def _note_use(token: str, at: datetime) -> None:
    try:
        commands.note_use(db.engine, token, at)
    except OperationalError:  # somebody writes for long; the next page notes it
        current_app.logger.info("the use of a sign-in was not noted: the database is busy")


def _signed_in(reader: Reader) -> SignedIn:
    return SignedIn(
        name=reader.name,
        role=reader.identity.role,
        agency_name=reader.agency_name,
        team_name=reader.team_name,
        organization_name=reader.organization_name,
        phone=reader.phone,
    )
