"""What changes about users and their sign-ins. Each change writes its row of the audit."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from resourcedir.accounts.models import Agency, SignIn, Team, User
from resourcedir.accounts.queries import (
    folded_email,
    organization_named,
    token_hash,
    user_named,
)
from resourcedir.audit.commands import AuditEvent, Entry, record
from resourcedir.db import BUSY_TIMEOUT_MS
from resourcedir.errors import BadInput, NotFound
from resourcedir.identity import Role
from resourcedir.security import passwords
from resourcedir.texts import N_

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TOKEN_BYTES: Final = 32
_NOTE_WAITS_MS: Final = 50  # what a page may wait for the note of its own use


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking name and password. ``user_id`` is None where nobody has the name."""

    user_id: UUID | None
    fits: bool
    password_hash: str = ""  # the one that was checked
    renewed_hash: str = ""  # with today's parameters, if the checked one is outdated


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Somebody who is to sign in. Where they belong follows from their role."""

    role: Role
    name: str
    email: str
    password: str
    agency: str = ""
    team: str = ""
    organization: str = ""
    phone: str = ""


def sign_in(session: Session, checked: Checked, *, at: datetime, address: str | None) -> str | None:
    """Begin a sign-in and return its token; None, written down too, if it is refused."""
    user = session.get(User, checked.user_id) if checked.user_id and checked.fits else None
    # Between the check and this transaction the account may have been closed or changed.
    if user is None or user.disabled_at or user.password_hash != checked.password_hash:
        refused = AuditEvent.SIGN_IN_REFUSED
        record(session, _entry(refused, checked.user_id, at, address, succeeded=False))
        return None
    if checked.renewed_hash:
        user.password_hash = checked.renewed_hash
    record(session, _entry(AuditEvent.SIGN_IN, user.id, at, address, actor_id=user.id))
    return _begin(session, user.id, at)


def sign_out(session: Session, token: str, *, at: datetime, address: str | None) -> None:
    """End the sign-in of ``token``; nothing happens if it has ended or never was."""
    row = session.get(SignIn, token_hash(token))
    if row is not None and row.ended_at is None:
        row.ended_at = at
        who = row.user_id
        record(session, _entry(AuditEvent.SIGN_OUT, who, at, address, actor_id=who))


def change_password(
    session: Session, user_id: UUID, password: str, *, at: datetime, address: str | None = None
) -> str:
    """Give a user another password, end every sign-in of theirs; return the token of a new one.

    :raises BadInput: if ``password`` may not be chosen.
    """
    if (user := session.get(User, user_id)) is None:
        raise NotFound
    _set_password(session, user, password, at)
    event = AuditEvent.PASSWORD_CHANGED
    record(session, _entry(event, user.id, at, address, actor_id=user.id))
    return _begin(session, user.id, at)


def refuse_password_change(
    session: Session, user_id: UUID, *, at: datetime, address: str | None
) -> None:
    """Write down that somebody signed in could not say the present password."""
    event = AuditEvent.PASSWORD_CHANGED
    entry = _entry(event, user_id, at, address, actor_id=user_id, succeeded=False)
    record(session, entry)


def replace_password(session: Session, email: str, password: str, *, at: datetime) -> None:
    """Set somebody's password from the command line; every sign-in of theirs ends.

    :raises NotFound: if nobody signs in with ``email``.
    :raises BadInput: if ``password`` may not be chosen.
    """
    user = user_named(session, email)
    _set_password(session, user, password, at)
    record(session, _entry(AuditEvent.PASSWORD_CHANGED, user.id, at))


def add_user(session: Session, new: NewUser, *, at: datetime) -> UUID:
    """Add somebody and return their id. Agency and team are made when they are named first.

    :raises BadInput: naming the mend.
    """
    email, name = folded_email(new.email), " ".join(new.name.split())
    if not _EMAIL.fullmatch(email):
        raise BadInput(N_("%(email)s is not an e-mail address."), email=new.email)
    if not name:
        raise BadInput(N_("The name is empty: give the one that people at work know."))
    if session.scalar(select(User.id).where(User.email == email)):
        raise BadInput(N_("%(email)s signs in already."), email=email)
    passwords.check_new(new.password, about=(name, email))
    agency_id, team_id, organization_id = _places(session, new)
    user = User(
        role=new.role,
        agency_id=agency_id,
        team_id=team_id,
        organization_id=organization_id,
        email=email,
        name=name,
        phone=new.phone.strip() or None,
        password_hash=passwords.hashed(new.password),
        created_at=at,
    )
    session.add(user)
    session.flush()
    record(session, _entry(AuditEvent.USER_ADDED, user.id, at))
    return user.id


def disable_user(session: Session, email: str, *, at: datetime) -> None:
    """Close an account: nobody signs in with it, and what is signed in ends now.

    :raises NotFound: if nobody signs in with ``email``.
    """
    user = user_named(session, email)
    if user.disabled_at is None:
        user.disabled_at = at
    _end_all(session, user.id, at)
    record(session, _entry(AuditEvent.USER_DISABLED, user.id, at))


def note_use(engine: Engine, token: str, at: datetime) -> None:
    """Write that a sign-in was used, in a transaction of its own that hardly waits for others.

    :raises OperationalError: if others kept the database busy; the next page notes it then.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    impatient = (
        f"PRAGMA busy_timeout = {_NOTE_WAITS_MS}"
        if is_sqlite
        else f"SET LOCAL lock_timeout = '{_NOTE_WAITS_MS}ms'"
    )
    statement = (
        update(SignIn)
        .where(
            SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None), SignIn.seen_at < at
        )
        .values(seen_at=at)
    )
    with engine.begin() as connection:
        connection.execute(text(impatient))
        try:
            connection.execute(statement)
        finally:
            if is_sqlite:  # the connection goes back to the pool
                connection.execute(text(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"))


def _begin(session: Session, user_id: UUID, at: datetime) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session.add(SignIn(token_hash=token_hash(token), user_id=user_id, created_at=at, seen_at=at))
    session.flush()
    return token


def _end_all(session: Session, user_id: UUID, at: datetime) -> None:
    session.execute(
        update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
        .values(ended_at=at)
    )


def _set_password(session: Session, user: User, password: str, at: datetime) -> None:
    passwords.check_new(password, about=(user.name, user.email))
    user.password_hash = passwords.hashed(password)
    _end_all(session, user.id, at)


def _places(session: Session, new: NewUser) -> tuple[UUID | None, UUID | None, UUID | None]:
    """Return agency, team and organization of a new user.

    :raises BadInput: if the role needs one that is not given, or cannot have one that is.
    """
    needed = {
        Role.OFFICER: {"agency", "team"},
        Role.SUPERVISOR: {"agency", "team"},
        Role.ADMINISTRATOR: {"agency"},
        Role.PROVIDER: {"organization"},
    }[new.role]
    for place in ("agency", "team", "organization"):
        if bool(getattr(new, place).strip()) != (place in needed):
            raise BadInput(
                N_("A user of role %(role)s is given with: %(places)s."),
                role=new.role.value,
                places=", ".join(f"--{name}" for name in sorted(needed)),
            )
    if new.role is Role.PROVIDER:
        return None, None, organization_named(session, new.organization)
    agency_id = _agency(session, new.agency.strip())
    team_id = _team(session, agency_id, new.team.strip()) if new.team.strip() else None
    return agency_id, team_id, None


def _agency(session: Session, name: str) -> UUID:
    agency = session.scalar(select(Agency).where(Agency.name == name))
    if agency is None:
        agency = Agency(name=name)
        session.add(agency)
        session.flush()
    return agency.id


def _team(session: Session, agency_id: UUID, name: str) -> UUID:
    team = session.scalar(select(Team).where(Team.agency_id == agency_id, Team.name == name))
    if team is None:
        team = Team(agency_id=agency_id, name=name)
        session.add(team)
        session.flush()
    return team.id


def _entry(
    event: AuditEvent,
    user_id: UUID | None,
    at: datetime,
    address: str | None = None,
    *,
    actor_id: UUID | None = None,
    succeeded: bool = True,
) -> Entry:
    # Who was refused may be anybody: then the account that was tried is the subject alone.
    return Entry(
        event=event,
        at=at,
        actor_id=actor_id,
        address=address,
        subject_type="user" if user_id else None,
        subject_id=user_id,
        succeeded=succeeded,
    )
