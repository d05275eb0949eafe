"""Fills an empty demo through the app's own commands: listings, people, clients, referrals.

All of it is one transaction: a demo folder is either empty or whole.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir import clock, files
from resourcedir.accounts.commands import NewUser, add_user
from resourcedir.accounts.models import Agency, User
from resourcedir.clients.commands import ClientFacts, Deed, Need, add_client, set_needs
from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.clients.queries import client_card
from resourcedir.demo import known, people
from resourcedir.demo.people import PASSWORD, PEOPLE, Person
from resourcedir.demo.stories import ZONE, Case, tell
from resourcedir.directory.models import Attribute, Listing, Organization, ServiceCapacity
from resourcedir.exchange.csv_import import import_csv
from resourcedir.extensions import db
from resourcedir.identity import Officer, Provider, Role
from resourcedir.outbox.commands import note_changes
from resourcedir.referrals import commands, queries
from resourcedir.referrals.models import ReferralDue
from resourcedir.taxonomy.commands import term_id
from resourcedir.taxonomy.terms import taxonomy

__all__ = ["PASSWORD", "PEOPLE", "fill"]

REFERRALS: Final = 120
CURFEWS: Final = ("Mo-Su 20:00-06:00", "", "", "Mo-Th 21:00-05:00; Fr-Su 23:00-06:00")
SHIFTS: Final = ("", "Mo-Fr 07:00-15:30", "", "", "Tu-Sa 22:00-06:30")
_SEED: Final = 1861  # any number: the demo is the same each time


def fill(say: Callable[[str], None]) -> None:
    """Fill the demo's database unless it is filled."""
    session = db.session
    if session.scalar(select(Agency.id).limit(1)) is not None:
        return
    now, random = clock.now(), Random(_SEED)  # noqa: S311 -- no secret comes of it
    say("Reading the example listings ...")
    import_csv(session, files.root("data") / "seed_resources.csv", at=now)
    say("Inventing people, clients and referrals ...")
    _tell_openings(session, random, now)
    officers = [_add(session, person, now) for person in (*PEOPLE, *people.OTHER_OFFICERS)]
    mine = [user for user in officers if user.role is Role.OFFICER][:3]
    needs = dict(_clients(session, mine, random, now))
    _add_staff(session, needs, now)
    _referrals(session, needs, random, now)
    _catch_up(session, now)
    session.commit()


def _add(session: Session, person: Person, at: datetime) -> User:
    user_id = add_user(
        session,
        NewUser(
            role=person.role,
            name=person.name,
            email=person.email,
            password=PASSWORD,
            agency="" if person.role is Role.PROVIDER else people.AGENCY,
            team=person.team,
            organization=person.organization,
            phone=person.phone,
        ),
        at=at,
    )
    return session.get_one(User, user_id)


def _clients(
    session: Session, officers: list[User], random: Random, now: datetime
) -> Iterator[tuple[UUID, tuple[Officer, tuple[str, ...]]]]:
    """Yield each client with their officer and needs; two of three are the first officer's."""
    for number, name in enumerate(people.CLIENTS):
        user = officers[0] if number % 3 else officers[1 + number // 3 % 2]
        officer = _officer(user)
        at = now - timedelta(days=random.randint(60, 400))
        deed = Deed(officer, at)
        spanish = name.split()[0] in {"Luis", "Javier", "Rosa", "Yesenia", "Jorge", "Alma"}
        facts = ClientFacts(
            name=name,
            birth_year=str(random.randint(1961, 2005)),
            case_number=f"C-{1042 + 7 * number}",
            supervision_type=SupervisionType.PAROLE if number % 4 == 3 else _type(number),
            authority="Board of Parole" if number % 4 == 3 else "Hamilton County Criminal Court",
            phone=f"423-555-01{number % 100:02d}",
            contact_by=list(ContactBy)[number % 3],
            leave_no_message=number % 7 == 2,
            do_not_contact=number % 13 == 5,
            home_zip=random.choice(people.ZIPS),
            languages=("es", "en") if spanish else ("en",),
            curfew=CURFEWS[number % len(CURFEWS)],
            work_hours=SHIFTS[number % len(SHIFTS)],
        )
        client_id = add_client(session, deed, facts)
        codes = people.NEEDS[number % len(people.NEEDS)]
        wanted = tuple(
            Need(code, NeedSource.COURT if place == 0 else NeedSource.OFFICER)
            for place, code in enumerate(codes)
        )
        version = client_card(session, officer, client_id).version
        set_needs(session, deed, client_id, wanted, version=version)
        lately = Deed(officer, now - timedelta(days=3 + 7 * number % 55))
        known.tell(session, lately, number, client_id, name)
        yield client_id, (officer, codes)


def _type(number: int) -> SupervisionType:
    return SupervisionType.PRETRIAL if number % 10 == 4 else SupervisionType.PROBATION


def _add_staff(
    session: Session, needs: dict[UUID, tuple[Officer, tuple[str, ...]]], now: datetime
) -> None:
    """Give staff who can sign in to organizations that the clients' needs lead to."""
    own = session.scalars(select(Organization.name).where(Organization.name.in_(_staffed())))
    staffed = set(own)
    wanted = [code for _, codes in needs.values() for code in codes]
    for code in dict.fromkeys(wanted):
        for listing in _offering(session, code)[:2]:
            name = session.get_one(Organization, listing.organization_id).name
            if name in staffed or len(staffed) >= people.PROVIDERS_WANTED:
                continue
            staffed.add(name)
            email = f"provider{len(staffed)}@example.org"
            person = Person(Role.PROVIDER, "Intake desk", email, "423-555-0140", "", name)
            _add(session, person, now)


def _staffed() -> list[str]:
    return [person.organization for person in PEOPLE if person.organization]


def _referrals(
    session: Session,
    needs: dict[UUID, tuple[Officer, tuple[str, ...]]],
    random: Random,
    now: datetime,
) -> None:
    staff = {
        user.organization_id: Provider(user.id, user.organization_id)
        for user in session.scalars(select(User).where(User.role == Role.PROVIDER))
        if user.organization_id
    }
    turns = cycle(needs.items())
    for number in range(REFERRALS):
        client_id, (officer, codes) = next(turns)
        code = codes[number // len(needs) % len(codes)]
        offering = _offering(session, code)
        live = [each for each in offering if each.organization_id in staff]
        listing = random.choice(live if live and number % 4 else offering)
        provider = staff.get(listing.organization_id)
        at = _in_office_hours(now - timedelta(days=random.randint(1, 40)), random)
        tell(session, Case(number, officer, provider, client_id, listing.number, code, at, now))


def _catch_up(session: Session, now: datetime) -> None:
    """Do what fell due in the past at the time at which it did."""
    while due := queries.due_ids(session, now, limit=1):
        commands.do_due(session, due[0], session.get_one(ReferralDue, due[0]).at)


def _in_office_hours(day: datetime, random: Random) -> datetime:
    return day.astimezone(ZONE).replace(hour=random.randint(8, 13), minute=random.randint(0, 59))


def _offering(session: Session, code: str) -> list[Listing]:
    """Return the listings of a term or of one below it, in order."""
    terms = [term_id("need", each) for each in taxonomy().within(code)]
    statement = (
        select(Listing)
        .join(Attribute, Attribute.link_id == Listing.service_id)
        .where(Attribute.taxonomy_term_id.in_(terms), Listing.confidential.is_(False))
        .order_by(Listing.number)
        .distinct()
    )
    return list(session.scalars(statement))


def _tell_openings(session: Session, random: Random, now: datetime) -> None:
    """Let half of the counts be told today and half of the listings be checked of late."""
    for capacity in session.scalars(select(ServiceCapacity).order_by(ServiceCapacity.id)):
        if random.random() < 0.6:
            capacity.updated = now - timedelta(minutes=random.randint(5, 600))
    listings = session.scalars(select(Listing).order_by(Listing.number)).all()
    for listing in listings:
        if random.random() < 0.5:
            listing.checked_at = now - timedelta(days=random.randint(0, 60))
    note_changes(session, [listing.number for listing in listings], now)


def _officer(user: User) -> Officer:
    if user.agency_id is None or user.team_id is None:
        raise RuntimeError(f"{user.email} has no team")
    return Officer(user.id, user.agency_id, user.team_id)
