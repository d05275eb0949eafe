"""Adding, closing and listing accounts; beginning and ending sign-ins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from resourcedir.accounts import commands, queries
from resourcedir.accounts.commands import Checked, NewUser
from resourcedir.accounts.models import Agency, SignIn, Team, User
from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.db import writing
from resourcedir.directory.models import Organization
from resourcedir.errors import BadInput, NotFound
from resourcedir.identity import Administrator, Officer, Provider, Role, Supervisor
from resourcedir.security import passwords

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)
PASSWORD = "the river bends below the bluff"
DANA = NewUser(
    role=Role.OFFICER,
    name=" Dana  Whitaker ",
    email=" DWhitaker@Example.org",
    password=PASSWORD,
    agency="Hamilton County",
    team="North",
    phone="423-555-0160",
)


def added(session: Session, new: NewUser = DANA) -> UUID:
    user_id = commands.add_user(session, new, at=NOON)
    session.commit()
    return user_id


def signed_in(session: Session, user_id: UUID) -> str:
    kept = session.get(User, user_id).password_hash
    checked = Checked(user_id, fits=True, password_hash=kept)
    token = commands.sign_in(session, checked, at=NOON, address="192.0.2.7")
    session.commit()
    assert token is not None
    return token


def events(session: Session) -> list[tuple[AuditEvent, UUID | None, str | None, bool]]:
    rows = session.scalars(select(AuditRow).order_by(AuditRow.number))
    return [(row.event, row.actor_id, row.subject_id, row.succeeded) for row in rows]


def test_agency_and_team_are_made_when_named_first_and_found_again(session: Session) -> None:
    first = session.get(User, added(session))
    second = session.get(User, added(session, replace(DANA, email="b@example.org")))
    other = session.get(User, added(session, replace(DANA, email="c@example.org", agency="Other")))
    assert (first.agency_id, first.team_id) == (second.agency_id, second.team_id)
    assert other.team_id != first.team_id
    assert session.scalar(select(func.count()).select_from(Agency)) == 2
    assert session.scalar(select(func.count()).select_from(Team)) == 2
    assert (first.name, first.email) == ("Dana Whitaker", "dwhitaker@example.org")
    assert PASSWORD not in first.password_hash


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "no address"}, "not an e-mail address"),
        ({"name": "  "}, "name is empty"),
        ({"password": "short"}, "too short"),
        ({"password": "dana whitaker"}, "guess"),
        ({"team": ""}, "--agency, --team"),
        ({"organization": "Riverbend"}, "--agency, --team"),
        ({"role": Role.ADMINISTRATOR}, "--agency"),
        ({"role": Role.PROVIDER}, "--organization"),
        ({"role": Role.PROVIDER, "agency": "", "team": "", "organization": "X"}, "import the dir"),
    ],
)
def test_a_user_who_cannot_be_added_names_the_mend(
    session: Session, change: dict[str, object], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        commands.add_user(session, replace(DANA, **change), at=NOON)


def test_an_address_signs_in_once_whatever_its_case(session: Session) -> None:
    added(session)
    with pytest.raises(BadInput, match="signs in already"):
        commands.add_user(session, replace(DANA, email="DWHITAKER@example.ORG"), at=NOON)


def test_an_organization_is_named_by_id_or_by_a_name_that_only_it_has(session: Session) -> None:
    one, two, three = (Organization(id=uuid4(), name=n) for n in ("Riverbend", "Twin", "Twin"))
    session.add_all((one, two, three))
    session.commit()
    assert queries.organization_named(session, " riverbend ") == one.id
    assert queries.organization_named(session, str(two.id)) == two.id
    with pytest.raises(BadInput) as error:
        queries.organization_named(session, "twin")
    assert str(two.id) in str(error.value)
    assert str(three.id) in str(error.value)


def test_each_role_becomes_an_identity_of_its_own(session: Session) -> None:
    house = Organization(id=uuid4(), name="Riverbend")
    session.add(house)
    session.commit()
    kinds = {
        DANA: Officer,
        replace(DANA, role=Role.SUPERVISOR, email="s@example.org"): Supervisor,
        replace(DANA, role=Role.ADMINISTRATOR, email="a@example.org", team=""): Administrator,
        replace(
            DANA, role=Role.PROVIDER, email="p@e.org", agency="", team="", organization="riverbend"
        ): Provider,
    }
    for new, kind in kinds.items():
        reader = queries.reader(session, signed_in(session, added(session, new)))
        assert reader is not None
        assert isinstance(reader.identity, kind)
        assert reader.identity.role is new.role
        assert reader.name == "Dana Whitaker"
        assert reader.organization_name == ("Riverbend" if kind is Provider else None)
        assert reader.agency_name == (None if kind is Provider else "Hamilton County")
    places = [(row.role, row.place) for row in queries.accounts(session)]
    assert (Role.OFFICER, "Hamilton County, North") in places
    assert (Role.PROVIDER, "Riverbend") in places


def test_disabling_a_user_ends_their_sign_ins_and_no_other(session: Session) -> None:
    dana = added(session)
    other = added(session, replace(DANA, email="b@example.org"))
    tokens = [signed_in(session, dana), signed_in(session, dana)]
    kept = signed_in(session, other)
    commands.disable_user(session, "DWhitaker@example.org ", at=NOON)
    session.commit()
    assert [queries.reader(session, token) for token in tokens] == [None, None]
    assert queries.reader(session, kept) is not None
    ended = select(SignIn.ended_at).where(SignIn.user_id == dana)
    assert session.scalars(ended).all() == [NOON, NOON]
    assert events(session)[-1] == (AuditEvent.USER_DISABLED, None, str(dana), True)
    with pytest.raises(NotFound, match="user list"):
        commands.disable_user(session, "nobody@example.org", at=NOON)


def test_a_password_from_the_command_line_ends_every_sign_in(session: Session) -> None:
    dana = added(session)
    token = signed_in(session, dana)
    commands.replace_password(session, "dwhitaker@example.org", "another long sentence", at=NOON)
    session.commit()
    reader = queries.reader(session, token)
    assert reader is not None
    assert reader.course.ended_at == NOON
    assert passwords.fits(session.get(User, dana).password_hash, "another long sentence")
    assert events(session)[-1] == (AuditEvent.PASSWORD_CHANGED, None, str(dana), True)


def test_a_sign_in_is_refused_when_the_account_changed_after_the_check(session: Session) -> None:
    dana = added(session)
    checked = Checked(dana, fits=True, password_hash=session.get(User, dana).password_hash)
    commands.replace_password(session, "dwhitaker@example.org", "another long sentence", at=NOON)
    assert commands.sign_in(session, checked, at=NOON, address=None) is None
    now = replace(checked, password_hash=session.get(User, dana).password_hash)
    assert commands.sign_in(session, now, at=NOON, address=None) is not None
    commands.disable_user(session, "dwhitaker@example.org", at=NOON)
    assert commands.sign_in(session, now, at=NOON, address=None) is None
    assert commands.sign_in(session, replace(now, fits=False), at=NOON, address=None) is None
    assert commands.sign_in(session, Checked(None, fits=False), at=NOON, address=None) is None
    assert (AuditEvent.SIGN_IN_REFUSED, None, str(dana), False) in events(session)
    assert events(session)[-1] == (AuditEvent.SIGN_IN_REFUSED, None, None, False)


def test_each_change_is_in_the_audit(session: Session) -> None:
    dana = added(session)
    token = signed_in(session, dana)
    commands.refuse_password_change(session, dana, at=NOON, address=None)
    token = commands.change_password(session, dana, "another long sentence", at=NOON, address=None)
    commands.sign_out(session, token, at=NOON, address=None)
    commands.sign_out(session, token, at=NOON, address=None)
    commands.sign_out(session, "made up", at=NOON, address=None)
    assert events(session) == [
        (AuditEvent.USER_ADDED, None, str(dana), True),
        (AuditEvent.SIGN_IN, dana, str(dana), True),
        (AuditEvent.PASSWORD_CHANGED, dana, str(dana), False),
        (AuditEvent.PASSWORD_CHANGED, dana, str(dana), True),
        (AuditEvent.SIGN_OUT, dana, str(dana), True),
    ]


def test_use_is_noted_and_an_ended_sign_in_stays_as_it_is(session: Session, engine: Engine) -> None:
    token = signed_in(session, added(session))
    later = NOON + timedelta(minutes=5)
    commands.note_use(engine, token, later)
    commands.note_use(engine, token, NOON + timedelta(minutes=1))  # a slower page of before
    assert session.scalar(select(SignIn.seen_at)) == later
    session.rollback()
    commands.sign_out(session, token, at=later, address=None)
    session.commit()
    commands.note_use(engine, token, later + timedelta(minutes=5))
    assert session.scalar(select(SignIn.seen_at)) == later


def test_noting_use_does_not_wait_for_somebody_who_writes_for_long(
    session: Session, engine: Engine
) -> None:
    token = signed_in(session, added(session))
    with Session(engine) as importer:
        writing(importer).execute(text("UPDATE sign_in SET seen_at = seen_at"))
        began = monotonic()
        with pytest.raises(OperationalError):
            commands.note_use(engine, token, NOON + timedelta(minutes=5))
        assert monotonic() - began < 2
    if engine.dialect.name == "sqlite":  # the pool's connections wait as long as ever
        with engine.connect() as connection:
            assert connection.scalar(text("PRAGMA busy_timeout")) == 10_000
