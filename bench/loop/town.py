"""An officer, clients, a house and its staff, and what each of them and the app does.

Every act is a transaction of its own, as in a request or in the worker. Nothing here asserts
anything.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from resourcedir.db import Base, engine_for, writing
from resourcedir.directory.commands import Hand, set_openings
from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.models import Listing, ServiceCapacity
from resourcedir.directory.models import Unit as Counted
from resourcedir.identity import Officer, Provider, Role
from resourcedir.referrals import commands, queries
from resourcedir.referrals.commands import Asked, By, Checked, Details, Wanted
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Action, Mode, State, Step
from resourcedir.referrals.models import Referral, ReferralDue
from resourcedir.security.sealing import KEYRING, Keyring
from tests.factories import Factory, Person

KEYS: Final = Keyring([b"k" * 32])
NEED: Final = "halfway-house"
CLINICAL_NEED: Final = "outpatient-treatment"
Came = TypeVar("Came")


@dataclass(frozen=True)
class Town:
    """Everybody who takes part, and one service that counts its openings."""

    url: str
    officer: Officer
    provider: Provider
    clients: tuple[UUID, ...]
    listing: int
    service: UUID


@dataclass(frozen=True)
class Order:
    """How a referral is to leave."""

    client: int = 0
    mode: Mode = Mode.LIVE
    hold: bool = False
    need: str = NEED
    urgency: Urgency = Urgency.ROUTINE


class Hands:
    """Does what people and the app do in a town."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.engine = engine_for(town.url)
        self.sessions = sessionmaker(self.engine, info={KEYRING: KEYS})

    def close(self) -> None:
        self.engine.dispose()

    def act(self, doing: Callable[[Session], Came]) -> Came:
        """Do it and commit; nothing is kept of what raises."""
        with self.sessions() as session:
            came = doing(writing(session))
            session.commit()
            return came

    def by(self, role: Role, at: datetime) -> By:
        who = self.town.officer if role is Role.OFFICER else self.town.provider
        return By(who=who, at=at, today=at.date(), address="127.0.0.1")

    def ready(self, at: datetime, order: Order) -> UUID:
        """Return a draft that could leave."""
        by, client = self.by(Role.OFFICER, at), self.town.clients[order.client]

        def doing(session: Session) -> UUID:
            wanted = Wanted(client, self.town.listing, order.need, uuid4())
            draft = commands.start_draft(session, by, wanted)
            commands.choose_mode(session, by, draft.id, order.mode)
            details = Details(
                version=draft.version,
                need_code=order.need,
                contact_by=None,
                note="Comes by bus.",
                given=Given(Ground.SIGNED_RELEASE, at.date(), at.date() + timedelta(days=3000)),
                urgency=order.urgency,
                wants_hold=order.hold,
            )
            commands.save_details(session, by, draft.id, details)
            return draft.id

        return self.act(doing)

    def leave(self, at: datetime, referral: UUID) -> UUID:
        return self.act(lambda session: self.leaving(session, at, referral))

    def leaving(self, session: Session, at: datetime, referral: UUID) -> UUID:
        by = self.by(Role.OFFICER, at)
        told = commands.preview(session, by, referral)
        row = session.get_one(Referral, referral)
        leave = commands.send if row.mode is Mode.LIVE else commands.record
        return leave(session, by, referral, Checked(row.version, told.fingerprint())).id

    def sent(self, at: datetime, order: Order | None = None) -> UUID:
        return self.leave(at, self.ready(at, order or Order()))

    def step(
        self, at: datetime, role: Role, referral: UUID, step: Step, *, version: int | None = None
    ) -> UUID:
        return self.act(lambda s: self.stepping(s, at, role, referral, step, version))

    def stepping(
        self,
        session: Session,
        at: datetime,
        role: Role,
        referral: UUID,
        step: Step,
        version: int | None = None,
    ) -> UUID:
        """Take the step from the page as it is now, or was at ``version``."""
        by = self.by(role, at)
        if step.action is Action.OPEN:
            return commands.open_by_provider(session, by, referral).id
        seen = session.get_one(Referral, referral).version if version is None else version
        return commands.take_step(session, by, referral, Asked(version=seen, step=step)).id

    def tell(
        self, at: datetime, available: int, *, hold_hours: int | None = 24, **more: object
    ) -> None:
        """Let the provider tell a new count."""
        self.act(lambda session: self.telling(session, at, available, hold_hours, **more))

    def telling(
        self, session: Session, at: datetime, available: int, hold_hours: int | None, **more: object
    ) -> None:
        listing = session.get_one(Listing, self.town.listing)
        told = OpeningsFact(Counted.BED, available, None, at, hold_hours=hold_hours)
        hand = Hand(self.town.provider, at)
        set_openings(session, listing, replace(told, **more), hand)  # type: ignore[arg-type]

    def due(self, at: datetime) -> list[UUID]:
        """Return what is due of this town's referrals."""
        with self.sessions() as session:
            here = select(Referral.id).where(Referral.listing_number == self.town.listing)
            own = set(
                session.scalars(select(ReferralDue.id).where(ReferralDue.referral_id.in_(here)))
            )
            return [each for each in queries.due_ids(session, at, 10_000) if each in own]

    def do(self, at: datetime, due: UUID) -> bool:
        return self.act(lambda session: commands.do_due(session, due, at))

    def do_all(self, at: datetime) -> int:
        return sum(self.do(at, each) for each in self.due(at))

    def offer(self, at: datetime) -> int:
        return self.act(lambda s: commands.offer_freed(s, self.town.service, at))

    def state(self, referral: UUID, at: datetime) -> State:
        with self.sessions() as session:
            row = session.get_one(Referral, referral)
            return queries.state_now(session, row, at.date())

    def free(self) -> int:
        with self.sessions() as session:
            return session.scalars(
                select(ServiceCapacity.available).where(
                    ServiceCapacity.service_id == self.town.service
                )
            ).one()


@contextmanager
def people_in(url: str) -> Iterator[Callable[..., Town]]:
    """Make the tables at ``url`` and give what makes a town there, as often as it is called."""
    engine = engine_for(url)
    Base.metadata.create_all(engine)
    with sessionmaker(engine, info={KEYRING: KEYS})() as session:
        make = Factory(session)
        officer = make.officer()
        yield lambda clients=1: _town(url, make, officer, clients)
    engine.dispose()


def _town(url: str, make: Factory, officer: Person, clients: int) -> Town:
    organization = make.organization("Riverbend Recovery")
    listing = make.listing(organization, name="Riverbend House", terms=(NEED,))
    provider = make.provider(organization.id)
    session = make.session
    service = session.scalars(select(Listing.service_id).where(Listing.number == listing)).one()
    made = tuple(make.client(officer) for _ in range(clients))
    session.rollback()
    return Town(
        url,
        officer.identity,  # type: ignore[arg-type]
        provider.identity,  # type: ignore[arg-type]
        made,
        listing,
        service,  # type: ignore[arg-type]
    )
