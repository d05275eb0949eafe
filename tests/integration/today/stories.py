"""Referrals that went one way or another, through the app's own commands, at their times."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from resourcedir.db import writing
from resourcedir.identity import Role
from resourcedir.referrals import commands
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.commands import Asked, By, Checked, Details, Said, Wanted
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import TRANSITIONS, Action, Mode, Result, Step, WordOf
from resourcedir.referrals.models import Referral
from tests.factories import Person

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)  # a Thursday, noon in Chattanooga
ZONE = "America/New_York"
RELEASE = Given(Ground.SIGNED_RELEASE, date(2025, 12, 1), date(2026, 12, 1))
DAY = timedelta(days=1)


def by(person: Person, at: datetime) -> By:
    today = at.astimezone(ZoneInfo(ZONE)).date()
    return By(who=person.identity, at=at, today=today, address="127.0.0.1")


def days_ago(count: float) -> datetime:
    return NOON - count * DAY


def intake(at: datetime, zone: str = ZONE) -> Appointment:
    return Appointment(at, 60, zone)


@dataclass
class Stories:
    """Tells how referrals went. Each method commits."""

    session: Session
    officer: Person
    provider: Person

    def draft(self, client: UUID, listing: int, at: datetime, **more) -> Referral:
        self._begin()
        need = more.get("need", "halfway-house")
        wanted = Wanted(client, listing, need, uuid4(), more.get("instead_of"))
        made = commands.start_draft(self.session, by(self.officer, at), wanted)
        self.session.commit()
        return made

    def sent(self, client: UUID, listing: int, at: datetime, **more) -> Referral:
        """Return a referral that has left at ``at``. ``more``: mode, need, urgency, instead_of."""
        referral = self.draft(client, listing, at, **more)
        mode, me = more.get("mode", Mode.LIVE), by(self.officer, at)
        self._begin()
        commands.choose_mode(self.session, me, referral.id, mode)
        details = Details(
            version=referral.version,
            need_code=more.get("need", "halfway-house"),
            contact_by=None,
            note="",
            given=RELEASE,
            urgency=more.get("urgency", Urgency.ROUTINE),
        )
        commands.save_details(self.session, me, referral.id, details)
        told = commands.preview(self.session, me, referral.id)
        leave = commands.send if mode is Mode.LIVE else commands.record
        leave(self.session, me, referral.id, Checked(referral.version, told.fingerprint()))
        self.session.commit()
        return referral

    def took(self, referral: Referral, action: Action, at: datetime, who=None, **more) -> Referral:
        """Take one step: whose it is by its nature; a provider's where the referral is live."""
        self._begin()
        self.session.refresh(referral)
        theirs = TRANSITIONS[action].may is Role.PROVIDER and referral.mode is Mode.LIVE
        person = who or (self.provider if theirs else self.officer)
        if person is self.provider and referral.opened_at is None:
            commands.open_by_provider(self.session, by(person, at), referral.id)
        asked = Asked(version=referral.version, step=Step(action, **more))
        commands.take_step(self.session, by(person, at), referral.id, asked)
        self.session.commit()
        return referral

    def told(self, referral: Referral, result: Result, at: datetime, source=WordOf.CLIENT) -> None:
        self._begin()
        me = by(self.officer, at)
        said = Said(result=result, source=source, on_date=me.today)
        commands.record_outcome(self.session, me, referral.id, said)
        self.session.commit()

    def _begin(self) -> None:
        self.session.rollback()
        writing(self.session)
