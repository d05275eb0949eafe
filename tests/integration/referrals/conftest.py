"""A database of either kind with an officer, a client, a house and its staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session, sessionmaker

from resourcedir import clock
from resourcedir.db import engine_for
from resourcedir.referrals import commands
from resourcedir.referrals.commands import Asked, By, Checked, Details, Wanted
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Mode, Step
from resourcedir.security.sealing import KEYRING, Keyring
from tests.factories import Factory, Person

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)
TODAY = date(2026, 3, 12)
RELEASE = Given(Ground.SIGNED_RELEASE, date(2026, 3, 2), date(2026, 9, 2))


def by(person: Person, at: datetime = NOON) -> By:
    return By(who=person.identity, at=at, today=TODAY, address="127.0.0.1")


@dataclass
class World:
    """Everybody who takes part, and the way of a referral from one to the other."""

    sessions: sessionmaker[Session]
    session: Session
    make: Factory
    officer: Person
    client: UUID
    listing: int
    organization: UUID
    provider: Person

    def draft(self, token: UUID | None = None, listing: int | None = None, need="halfway-house"):
        wanted = Wanted(self.client, listing or self.listing, need, token or uuid4())
        return commands.start_draft(self.session, by(self.officer), wanted)

    def ready(self, mode: Mode = Mode.LIVE, given: Given = RELEASE, note="Comes by bus."):
        referral = self.draft()
        commands.choose_mode(self.session, by(self.officer), referral.id, mode)
        commands.save_details(
            self.session,
            by(self.officer),
            referral.id,
            Details(
                version=referral.version,
                need_code="halfway-house",
                contact_by=None,
                note=note,
                given=given,
            ),
        )
        return referral

    def checked(self, referral) -> Checked:
        told = commands.preview(self.session, by(self.officer), referral.id)
        return Checked(referral.version, told.fingerprint())

    def sent(self, mode: Mode = Mode.LIVE, **more):
        referral = self.ready(mode, **more)
        leave = commands.send if mode is Mode.LIVE else commands.record
        leave(self.session, by(self.officer), referral.id, self.checked(referral))
        self.session.commit()
        return referral

    def opened(self, **more):
        referral = self.sent(**more)
        commands.open_by_provider(self.session, by(self.provider), referral.id)
        self.session.commit()
        return referral

    def step(self, referral, person: Person, action, **more):
        asked = Asked(version=referral.version, step=Step(action, **more))
        commands.take_step(self.session, by(person), referral.id, asked)
        self.session.commit()


@pytest.fixture
def sessions(tables_url: str) -> Iterator[sessionmaker[Session]]:
    engine = engine_for(tables_url)
    yield sessionmaker(engine, info={KEYRING: Keyring([b"k" * 32])})
    engine.dispose()


@pytest.fixture
def world(sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with sessions() as session:
        make = Factory(session)
        officer = make.officer()
        organization = make.organization("Riverbend Recovery")
        listing = make.listing(organization, name="Riverbend House", terms=("halfway-house",))
        yield World(
            sessions=sessions,
            session=session,
            make=make,
            officer=officer,
            client=make.client(officer),
            listing=listing,
            organization=organization.id,
            provider=make.provider(organization.id),
        )
