"""Two agencies, three teams, two provider organizations, and between them referrals in each state.

Made once, through the app's own commands, then copied for each test: what a test breaks, no other
sees. Nothing here asserts anything.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.app import create_app
from resourcedir.clients import queries as client_queries
from resourcedir.clients.commands import Deed
from resourcedir.clients.condition_commands import Ordered, add_condition
from resourcedir.clients.facts import FactSource
from resourcedir.clients.models import ContactBy
from resourcedir.clients.zone_commands import ZonePlace, add_zone
from resourcedir.directory.models import Listing
from resourcedir.extensions import db
from resourcedir.identity import Identity
from resourcedir.matching import commands as matching
from resourcedir.matching.commands import Sought
from resourcedir.places.point import Point
from resourcedir.referrals import commands
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.commands import Asked, By, Checked, Details, Wanted
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status, Step
from resourcedir.referrals.models import Referral, ReferralDue
from resourcedir.search.indexing import bring_up_to_date
from tests.conftest import NOON, made_app, settings_for
from tests.factories import Factory, Person
from tests.functional.walls.visiting import Visitor
from tests.inspector import Browser
from tests.quickened import quickened

TODAY = date(2026, 3, 12)
RELEASE = Given(Ground.SIGNED_RELEASE, date(2026, 3, 2), date(2026, 9, 2))
NEED = "halfway-house"
INTAKE = Appointment(NOON + timedelta(days=1), 60, "America/New_York")
THIS_MORNING = Appointment(NOON - timedelta(hours=3), 60, "America/New_York")
LONG_AGO = timedelta(days=60)  # longer than any answer is waited for

# How a referral gets where it is to stand, once it was sent: by whom, what.
WAYS: dict[Status, tuple[tuple[str, Step], ...]] = {
    Status.SENT: (),
    Status.INFO_ASKED: (
        ("provider", Step(Action.OPEN)),
        ("provider", Step(Action.ASK_INFO, note="Is there a state ID?")),
    ),
    Status.WAITLISTED: (
        ("provider", Step(Action.OPEN)),
        ("provider", Step(Action.WAITLIST, Reason.FULL)),
    ),
    Status.ACCEPTED: (("provider", Step(Action.OPEN)), ("provider", Step(Action.ACCEPT))),
    Status.DECLINED: (("provider", Step(Action.DECLINE, Reason.FULL)),),
    Status.WITHDRAWN: (("officer", Step(Action.WITHDRAW, Reason.MISTAKE)),),
    Status.EXPIRED: (("clock", Step(Action.EXPIRE)),),
    Status.ENTERED_IN_ERROR: (("officer", Step(Action.ERROR, note="It was about somebody else.")),),
}
WAYS[Status.INTAKE_SCHEDULED] = (
    *WAYS[Status.ACCEPTED],
    ("provider", Step(Action.SCHEDULE, appointment=INTAKE)),
)
WAYS[Status.NO_SHOW] = (
    *WAYS[Status.ACCEPTED],
    ("provider", Step(Action.SCHEDULE, appointment=THIS_MORNING)),
    ("provider", Step(Action.MISS)),
)
WAYS[Status.IN_SERVICE] = (*WAYS[Status.ACCEPTED], ("provider", Step(Action.START)))
WAYS[Status.COMPLETED] = (
    *WAYS[Status.IN_SERVICE],
    ("provider", Step(Action.COMPLETE, result=Result.GOT_HELP)),
)
WAYS[Status.ENDED_EARLY] = (
    *WAYS[Status.ACCEPTED],
    ("provider", Step(Action.END_EARLY, Reason.MOVED, Result.PARTLY)),
)
FEW = (Status.DRAFT, Status.SENT, Status.ACCEPTED, Status.INTAKE_SCHEDULED)

SCHOOL = ZonePlace(
    label="Lower school",
    address="",
    point=Point(35.0456, -85.3097),
    error_m=50.0,
    buffer_m=304.8,
    source=FactSource.COURT,
)


@dataclass(frozen=True)
class ClientThing:
    id: UUID
    name: str
    version: int
    officer: str
    condition: UUID | None = None
    zone: UUID | None = None


@dataclass(frozen=True)
class SearchThing:
    id: UUID
    client: UUID
    maker: str


@dataclass(frozen=True)
class ReferralThing:
    """A referral as it was made: ``organization`` is the name of whom it is addressed to."""

    id: UUID
    reference: str
    client: UUID
    officer: str
    organization: str
    status: Status
    mode: Mode
    version: int
    fingerprint: str


@dataclass(frozen=True)
class ListingThing:
    number: int
    organization: str
    version: int


Thing = ClientThing | SearchThing | ReferralThing | ListingThing


@dataclass
class World:
    """Names of people to themselves, and everything that is somebody's."""

    folder: Path
    people: dict[str, Person] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    organizations: dict[str, UUID] = field(default_factory=dict)
    clients: list[ClientThing] = field(default_factory=list)
    searches: list[SearchThing] = field(default_factory=list)
    referrals: list[ReferralThing] = field(default_factory=list)
    listings: list[ListingThing] = field(default_factory=list)

    def copied(self, folder: Path) -> "World":
        """Return the same in a folder of its own."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    def opened(self) -> Flask:
        app = quickened(create_app(settings_for(self.folder)))
        app.testing = True
        return hurried(app)

    def visitor(self, app: Flask, name: str | None) -> Visitor:
        """Return somebody who is signed in; a stranger for None."""
        return Visitor(app, self.cookies[name] if name else None)

    def things(self) -> Iterator[Thing]:
        yield from (*self.clients, *self.searches, *self.referrals, *self.listings)

    def client_of(self, thing: Thing) -> ClientThing | None:
        wanted = thing.id if isinstance(thing, ClientThing) else getattr(thing, "client", None)
        return next((each for each in self.clients if each.id == wanted), None)


def hurried(app: Flask) -> Flask:
    """Return ``app`` without its care for a loss of power, which no test here is about."""
    with app.app_context():
        event.listen(db.engine, "connect", lambda c, _: c.execute("PRAGMA synchronous = OFF"))
    return app


def by(person: Person, at: datetime | None = None) -> By[Identity]:
    return By(who=person.identity, at=at or clock.now(), today=TODAY, address="127.0.0.1")


@dataclass
class Sides:
    """Who takes part in one referral."""

    session: Session
    officer: Person
    provider: Person

    def ready(
        self,
        client: UUID,
        listing: int,
        mode: Mode = Mode.LIVE,
        given: Given = RELEASE,
        note: str = "Comes by bus.",
    ) -> Referral:
        """Return a draft that could be sent."""
        doing = by(self.officer)
        wanted = Wanted(client, listing, NEED, uuid4())
        referral = commands.start_draft(self.session, doing, wanted)
        commands.choose_mode(self.session, doing, referral.id, mode)
        details = Details(
            version=referral.version,
            need_code=NEED,
            contact_by=ContactBy.CALL,
            note=note,
            given=given,
        )
        commands.save_details(self.session, doing, referral.id, details)
        self.session.commit()
        return referral

    def checked(self, referral: Referral) -> Checked:
        told = commands.preview(self.session, by(self.officer), referral.id)
        return Checked(referral.version, told.fingerprint())

    def bring(self, referral: Referral, status: Status) -> Referral:
        """Bring a draft to ``status`` by the steps that people take."""
        if status is Status.DRAFT:
            return referral
        leave = commands.send if referral.mode is Mode.LIVE else commands.record
        left_at = clock.now() - (LONG_AGO if status is Status.EXPIRED else timedelta())
        leave(self.session, by(self.officer, left_at), referral.id, self.checked(referral))
        self.session.commit()
        for who, step in WAYS[status]:
            self._take(referral, who, step)
        self.session.commit()
        return referral

    def _take(self, referral: Referral, who: str, step: Step) -> None:
        if who == "clock":
            self._let_time_pass(referral)
            return
        if step.action is Action.OPEN:
            if referral.mode is Mode.LIVE:
                commands.open_by_provider(self.session, by(self.provider), referral.id)
            return
        live = referral.mode is Mode.LIVE and who == "provider"
        asked = Asked(version=referral.version, step=step)
        person = self.provider if live else self.officer
        commands.take_step(self.session, by(person), referral.id, asked)

    def _let_time_pass(self, referral: Referral) -> None:
        """Do what is due about the answer: reminded, escalated, expired."""
        rows = select(ReferralDue.id, ReferralDue.at).where(
            ReferralDue.referral_id == referral.id, ReferralDue.kind != DueKind.HOLD_ENDS
        )
        for due_id, at in self.session.execute(rows.order_by(ReferralDue.at)).all():
            commands.do_due(self.session, due_id, at)


def make_world(folder: Path) -> World:
    """Make everything in ``folder``."""
    app = hurried(made_app(settings_for(folder)))
    world = World(folder)
    with app.app_context(), db.sessionmaker() as session:
        make = Factory(session)
        _people(world, make)
        _caseloads(world, make, session)
        _withdrawn(world, make, session)
        bring_up_to_date()
    for name, person in world.people.items():
        browser = Browser(app)
        browser.sign_in(person)
        world.cookies[name] = browser.client.get_cookie("resourcedir").value  # type: ignore[union-attr]
    with app.app_context():
        db.engine.dispose()
    return world


def _people(world: World, make: Factory) -> None:
    county, state = make.agency("County Supervision"), make.agency("State Parole")
    north, south, parole = make.team(county), make.team(county), make.team(state)
    people = world.people
    people |= {"ann": make.officer(north), "bob": make.officer(north), "cal": make.officer(south)}
    people |= {"sue": make.supervisor(north), "sid": make.supervisor(south)}
    people |= {"bea": make.officer(parole), "moe": make.supervisor(parole)}
    people |= {"ada": make.administrator(county), "abe": make.administrator(state)}
    for name, house in (("pia", "Riverbend"), ("quin", "Hillside")):
        organization = make.organization(house)
        world.organizations[house] = organization.id
        people[name] = make.provider(organization.id)
        terms = (NEED, "detox") if house == "Hillside" else (NEED,)  # the one is a clinic as well
        for more in ({}, {"confidential": f"9 Hidden Lane, {house}", "area": "TN/Hamilton"}):
            number = make.listing(organization, name=f"{house} House", terms=terms, **more)
            world.listings.append(ListingThing(number, house, 1))


def _withdrawn(world: World, make: Factory, session: Session) -> None:
    number = make.listing(make.organization("Closed House"), name="Closed House", terms=(NEED,))
    session.get_one(Listing, number).withdrawn_at = clock.now()
    session.commit()
    world.listings.append(ListingThing(number, "Closed House", 1))


def _caseloads(world: World, make: Factory, session: Session) -> None:
    for name, statuses in (
        ("ann", tuple(Status)),
        ("bea", tuple(Status)),
        ("bob", FEW),
        ("cal", FEW),
    ):
        officer = world.people[name]
        client = make.client(
            officer, name=f"Quillon Of-{name}", needs=(NEED,), phone=f"423-555-01{len(name)}9"
        )
        deed, ordered = Deed(officer.identity, clock.now()), Ordered(text="Stay in treatment.")  # type: ignore[arg-type]
        condition = add_condition(session, deed, client, ordered, version=1)
        add_zone(session, deed, client, SCHOOL, version=2)
        zone = client_queries.zone_rows(session, officer.identity, client)[0].id  # type: ignore[arg-type]
        session.commit()
        world.clients.append(ClientThing(client, f"Quillon Of-{name}", 3, name, condition, zone))
        for maker in (name, "moe" if name == "bea" else "sue" if name != "cal" else "sid"):
            search = matching.start(
                session,
                world.people[maker].identity,  # type: ignore[arg-type]
                Sought(client, f"need={NEED}"),
                clock.now(),
            )
            session.commit()
            world.searches.append(SearchThing(search.id, client, maker))
        _referrals(world, session, name, client, statuses)


def _referrals(
    world: World, session: Session, name: str, client: UUID, statuses: tuple[Status, ...]
) -> None:
    wanted = [("Riverbend", Mode.LIVE, status) for status in statuses]
    wanted += [("Riverbend", Mode.RECORDED, Status.SENT), ("Hillside", Mode.LIVE, Status.ACCEPTED)]
    for house, mode, status in wanted:
        provider = world.people["pia" if house == "Riverbend" else "quin"]
        sides = Sides(session, world.people[name], provider)
        listing = next(each for each in world.listings if each.organization == house)
        referral = sides.ready(client, listing.number, mode)
        checked = sides.checked(referral)
        sides.bring(referral, status)
        world.referrals.append(
            ReferralThing(
                id=referral.id,
                reference=referral.reference,
                client=client,
                officer=name,
                organization=house,
                status=status,
                mode=mode,
                version=referral.version,
                fingerprint=checked.fingerprint,
            )
        )
