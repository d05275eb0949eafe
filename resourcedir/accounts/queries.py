"""Who somebody is. Reads only; what is shown of clients is not here."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import UUID

from sqlalchemy import String, Uuid, column, func, select, table
from sqlalchemy.orm import Session

from resourcedir.accounts.liveness import Course
from resourcedir.accounts.models import Agency, SignIn, Team, User
from resourcedir.errors import BadInput, NotFound
from resourcedir.identity import Administrator, Identity, Officer, Provider, Role, Supervisor
from resourcedir.texts import N_

# The directory stands above this room; of its organizations only the names are read.
_organization: Final = table("organization", column("id", Uuid()), column("name", String()))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who uses a browser: what they may see, and what pages say of them."""

    identity: Identity
    name: str
    phone: str | None
    agency_name: str | None
    team_name: str | None
    organization_name: str | None
    course: Course


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose password is about to be checked."""

    user_id: UUID
    password_hash: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the list of users."""

    email: str
    name: str
    role: Role
    place: str
    disabled_at: datetime | None


def token_hash(token: str) -> str:
    """Return what the table holds in place of the cookie's token."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def folded_email(email: str) -> str:
    """Return an address as accounts keep it: without blanks around it, in small letters."""
    return email.strip().lower()


def reader(session: Session, token: str) -> Reader | None:
    """Return whose sign-in ``token`` is, live or not; None for nobody's or a disabled user's."""
    statement = (
        select(SignIn, User, Agency.name, Team.name, _organization.c.name)
        .join(User, User.id == SignIn.user_id)
        .outerjoin(Agency, Agency.id == User.agency_id)
        .outerjoin(Team, Team.id == User.team_id)
        .outerjoin(_organization, _organization.c.id == User.organization_id)
        .where(SignIn.token_hash == token_hash(token), User.disabled_at.is_(None))
    )
    if (row := session.execute(statement).one_or_none()) is None:
        return None
    sign_in, user, agency, team, organization = row
    return Reader(
        identity=identity_of(user),
        name=user.name,
        phone=user.phone,
        agency_name=agency,
        team_name=team,
        organization_name=organization,
        course=Course(sign_in.created_at, sign_in.seen_at, sign_in.ended_at),
    )


def identity_of(user: User) -> Identity:
    """Return what decides what ``user`` may see. The table's constraint holds the ids to it."""
    match user:
        case User(role=Role.OFFICER, agency_id=UUID() as agency, team_id=UUID() as team):
            return Officer(user.id, agency, team)
        case User(role=Role.SUPERVISOR, agency_id=UUID() as agency, team_id=UUID() as team):
            return Supervisor(user.id, agency, team)
        case User(role=Role.ADMINISTRATOR, agency_id=UUID() as agency):
            return Administrator(user.id, agency)
        case User(role=Role.PROVIDER, organization_id=UUID() as organization):
            return Provider(user.id, organization)
    raise ValueError(f"user {user.id} belongs nowhere")


def candidate(session: Session, email: str) -> Candidate | None:
    """Return the account that signs in with ``email``, also a disabled one."""
    return _candidate(session.scalar(select(User).where(User.email == folded_email(email))))


def candidate_with_id(session: Session, user_id: UUID) -> Candidate | None:
    """Return the account of somebody who is signed in."""
    return _candidate(session.get(User, user_id))


def user_named(session: Session, email: str) -> User:
    """:raises NotFound: naming the mend, if nobody signs in with ``email``."""
    user = session.scalar(select(User).where(User.email == folded_email(email)))
    if user is None:
        raise NotFound(
            N_("Nobody signs in with %(email)s. “user list” shows who does."), email=email
        )
    return user


def accounts(session: Session) -> list[Account]:
    """Return everybody who can or could sign in, by place and name."""
    statement = (
        select(User, Agency.name, Team.name, _organization.c.name)
        .outerjoin(Agency, Agency.id == User.agency_id)
        .outerjoin(Team, Team.id == User.team_id)
        .outerjoin(_organization, _organization.c.id == User.organization_id)
    )
    rows = [
        Account(
            email=user.email,
            name=user.name,
            role=user.role,
            place=", ".join(filter(None, (agency, team, organization))),
            disabled_at=user.disabled_at,
        )
        for user, agency, team, organization in session.execute(statement)
    ]
    return sorted(rows, key=lambda row: (row.place, row.name, row.email))


def organization_named(session: Session, text: str) -> UUID:
    """Return the id of the organization that ``text`` names, by id or by its whole name.

    :raises BadInput: if there is none, or several; then it lists their ids.
    """
    known = _organization.c
    try:
        wanted = known.id == UUID(text.strip())
    except ValueError:
        wanted = func.lower(known.name) == text.strip().lower()
    found = session.execute(select(known.id, known.name).where(wanted).order_by(known.id)).all()
    if not found:
        raise BadInput(
            N_("There is no organization %(name)s: import the directory first, or give its id."),
            name=text,
        )
    if len(found) > 1:
        raise BadInput(
            N_("Several organizations are called %(name)s. Give the id of one: %(ids)s."),
            name=text,
            ids=", ".join(str(row.id) for row in found),
        )
    return UUID(str(found[0].id))


def _candidate(user: User | None) -> Candidate | None:
    if user is None:
        return None
    return Candidate(user.id, user.password_hash, disabled=user.disabled_at is not None)
