"""An agency, a provider, listings, clients, and referrals in every state, for people to meet."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.clients import queries
from resourcedir.clients.commands import Deed
from resourcedir.clients.condition_commands import Ordered, Seen, add_condition, meet_condition
from resourcedir.clients.fact_commands import Said, record_facts
from resourcedir.clients.facts import Answers, Fact, FactSource
from resourcedir.clients.models import ContactBy
from resourcedir.clients.zone_commands import ZonePlace, add_zone
from resourcedir.db import writing
from resourcedir.directory.models import Listing, Organization, Service
from resourcedir.exchange.csv_import import import_csv
from resourcedir.identity import Role
from resourcedir.matching.commands import Sought, start
from resourcedir.places.point import Point
from resourcedir.referrals import commands
from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.commands import Asked, By, Checked, Details, Wanted
from resourcedir.referrals.due import DueKind
from resourcedir.referrals.ground import Given, Ground
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Step
from resourcedir.referrals.models import Referral, ReferralDue
from resourcedir.search.ask import Ask
from tests.browser import listings
from tests.conftest import NOON
from tests.factories import Factory, Person

NEED = "residential-treatment"
INTAKE = Appointment(NOON + timedelta(days=1), 60, "America/New_York")
THIS_MORNING = Appointment(NOON - timedelta(hours=3), 60, "America/New_York")
RELEASED_UNTIL = date(2026, 9, 2)  # the clinic may tell more than attendance
LONG_AGO = timedelta(days=60)  # longer than any answer is waited for

STORIES: dict[str, tuple[Step, ...]] = {
    "opened": (),
    "accepted": (Step(Action.ACCEPT, note="Ask for Jo at the side door."),),
    "asked": (Step(Action.ASK_INFO, note="Has he a state ID, and until when?"),),
    "waitlisted": (Step(Action.WAITLIST, Reason.FULL, wait_days=21),),
    "released": (Step(Action.ACCEPT),),
    "intake": (Step(Action.ACCEPT), Step(Action.SCHEDULE, appointment=INTAKE)),
    "missed": (Step(Action.SCHEDULE, appointment=THIS_MORNING), Step(Action.MISS)),
    "started": (Step(Action.ACCEPT), Step(Action.START)),
    "declined": (Step(Action.DECLINE, reason=Reason.FULL),),
    "finished": (
        Step(Action.ACCEPT),
        Step(Action.START),
        Step(Action.COMPLETE, result=Result.GOT_HELP),
    ),
}


@dataclass(frozen=True, slots=True)
class World:
    """What was made. ``referrals`` by the name of their state, ``listings`` by their own name.

    ``client`` is the officer's and has each of the referrals; ``search`` was made for them.
    ``elsewhere`` answers for another provider, to whom nothing was sent.
    """

    people: dict[Role, Person]
    elsewhere: Person
    client: UUID
    condition: UUID
    zone: UUID
    search: UUID
    referrals: dict[str, UUID]
    listings: dict[str, int]
    job_lead: int

    @property
    def officer(self) -> Person:
        return self.people[Role.OFFICER]

    @property
    def provider(self) -> Person:
        return self.people[Role.PROVIDER]


def build(session: Session, folder: Path) -> World:
    """Make the world through the app's own commands, and commit it."""
    make = Factory(session)
    make.taxonomy()
    writing(session)
    import_csv(session, listings.write(folder / "listings.csv"), at=clock.now())
    session.commit()
    people = _people(make)
    officer = people[Role.OFFICER]
    client = make.client(
        officer, home_zip="37402", leave_no_message=True, languages="es en", needs=(NEED, "housing")
    )
    make.client(officer, name="Ray Dutton", do_not_contact=True, home_zip="")
    session.rollback()
    writing(session)
    named = select(Service.name, Listing.number).join(Listing, Listing.service_id == Service.id)
    numbers = dict(session.execute(named).all())
    asked = Ask(need=NEED, near="37402").query()
    made = World(
        people=people,
        elsewhere=make.provider(_organization(session, listings.OTHER_PROVIDER), name="T. Bell"),
        client=client,
        condition=_ordered(session, officer, client),
        zone=_kept_away(session, officer, client),
        search=start(session, officer.identity, Sought(client, asked), clock.now()).id,  # type: ignore[arg-type]
        referrals=_Referring(session, people, client, numbers[listings.TREATMENT]).every_state(),
        listings=numbers,
        job_lead=session.scalars(
            select(Listing.number).where(Listing.job_lead_id.is_not(None))
        ).one(),
    )
    session.commit()
    return made


def _people(make: Factory) -> dict[Role, Person]:
    organization = _organization(make.session, listings.PROVIDER)
    return {
        Role.OFFICER: make.officer(name="D. Whitaker"),
        Role.SUPERVISOR: make.supervisor(name="K. Ames"),
        Role.PROVIDER: make.provider(organization, name="J. Ortega"),
        Role.ADMINISTRATOR: make.administrator(name="S. Okafor"),
    }


def _ordered(session: Session, officer: Person, client: UUID) -> UUID:
    """Have a court order what is late by now, and something else that was met; return the first."""
    deed = Deed(officer.identity, clock.now())  # type: ignore[arg-type]
    late = Ordered(text="Finish treatment.", due_on=date(2026, 3, 2), code=NEED)
    kept = Ordered(text="Report to the clerk of the court.", ordered_on=date(2026, 2, 2))
    conditions = [
        add_condition(session, deed, client, each, version=version)
        for version, each in enumerate((late, kept), 1)
    ]
    meet_condition(session, deed, Seen(client, conditions[1], 3), date(2026, 2, 9))
    return conditions[0]


def _kept_away(session: Session, officer: Person, client: UUID) -> UUID:
    """Tell what is known of the client, and a place to keep away from; return that."""
    scope, deed = officer.identity, Deed(officer.identity, clock.now())  # type: ignore[arg-type]
    said = {
        Fact.GENDER: "men",
        Fact.OFFENSES: Answers(frozenset({"arson"})),
        Fact.DOCUMENTS: Answers(no=frozenset({"state-id"})),
        Fact.STAY_WITHIN: "TN",
    }
    school = ZonePlace(
        label="Lower school",
        address="12 Elm Street",
        point=Point(35.0456, -85.3097),
        error_m=50.0,
        buffer_m=304.8,
        source=FactSource.COURT,
    )
    version = queries.client_card(session, scope, client).version  # type: ignore[arg-type]
    record_facts(session, deed, client, Said(said, FactSource.COURT), version=version)
    add_zone(session, deed, client, school, version=version + 1)
    return queries.zone_rows(session, scope, client)[0].id  # type: ignore[arg-type]


def _organization(session: Session, name: str) -> UUID:
    return session.scalars(select(Organization.id).where(Organization.name == name)).one()


@dataclass(frozen=True, slots=True)
class _Referring:
    """Refers one client to one listing, time and again."""

    session: Session
    people: dict[Role, Person]
    client: UUID
    listing: int

    def every_state(self) -> dict[str, UUID]:
        made = {
            "draft": self._draft(),
            "ready": self._ready(Mode.LIVE),
            "recorded": self._sent(Mode.RECORDED),
            "unopened": self._sent(Mode.LIVE),
            **{name: self._told(name, steps) for name, steps in STORIES.items()},
            "expired": self._expired(),
        }
        return {name: referral.id for name, referral in made.items()}

    def _draft(self) -> Referral:
        wanted = Wanted(self.client, self.listing, NEED, uuid4())
        return commands.start_draft(self.session, self._by(Role.OFFICER), wanted)

    def _ready(self, mode: Mode, released: date | None = None) -> Referral:
        referral, by = self._draft(), self._by(Role.OFFICER)
        commands.choose_mode(self.session, by, referral.id, mode)
        details = Details(
            version=referral.version,
            need_code=NEED,
            contact_by=ContactBy.CALL,
            note="Comes by bus. Works until three.",
            given=Given(Ground.CLIENT_WORD, detail="K. Ames") if mode is Mode.LIVE else Given(),
            report_until_on=released,
        )
        commands.save_details(self.session, by, referral.id, details)
        return referral

    def _sent(
        self, mode: Mode, ago: timedelta = timedelta(), released: date | None = None
    ) -> Referral:
        referral, by = self._ready(mode, released), self._by(Role.OFFICER, ago)
        told = commands.preview(self.session, by, referral.id)
        leave = commands.send if mode is Mode.LIVE else commands.record
        leave(self.session, by, referral.id, Checked(referral.version, told.fingerprint()))
        self.session.flush()
        return referral

    def _expired(self) -> Referral:
        referral = self._sent(Mode.LIVE, LONG_AGO)
        rows = select(ReferralDue.id, ReferralDue.at).where(
            ReferralDue.referral_id == referral.id, ReferralDue.kind != DueKind.HOLD_ENDS
        )
        for due_id, at in self.session.execute(rows.order_by(ReferralDue.at)).all():
            commands.do_due(self.session, due_id, at)
        return referral

    def _told(self, name: str, steps: tuple[Step, ...]) -> Referral:
        released = RELEASED_UNTIL if name == "released" else None
        referral = self._sent(Mode.LIVE, released=released)
        by = self._by(Role.PROVIDER)
        commands.open_by_provider(self.session, by, referral.id)
        for step in steps:
            on_date = by.today if step.result else None
            asked = Asked(version=referral.version, step=step, on_date=on_date)
            commands.take_step(self.session, by, referral.id, asked)
        return referral

    def _by(self, role: Role, ago: timedelta = timedelta()) -> By:
        now = clock.now() - ago
        today = now.astimezone(ZoneInfo("America/New_York")).date()
        return By(who=self.people[role].identity, at=now, today=today, address="127.0.0.1")
