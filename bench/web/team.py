"""A team of officers with clients, and places that they refer to, in a data folder."""

from random import Random
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.web.stage import SignedIn, Stage, officers
from bench.web.working import NEED, Worker
from resourcedir import clock
from resourcedir.clients.commands import ClientFacts, Deed, Need, add_client, set_needs
from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.clients.queries import client_card
from resourcedir.db import writing
from resourcedir.directory.models import Listing
from resourcedir.extensions import db
from resourcedir.places.zip_codes import all_zip_codes

CLIENTS: Final = 4  # of each officer
PLACES: Final = 200  # that are referred to


def team(stage: Stage, count: int) -> list[Worker]:
    """Return ``count`` officers who are signed in, each with clients of their own."""
    with stage.app() as app:
        people = officers(app, count)
        with writing(db.sessionmaker()) as session:
            found = session.scalars(select(Listing.number).order_by(Listing.number).limit(PLACES))
            listings = list(found)
            workers = [_worker(session, who, listings) for who in people]
            session.commit()
    return workers


def _worker(session: Session, who: SignedIn, listings: list[int]) -> Worker:
    clients = [_client(session, who, number) for number in range(CLIENTS)]
    return Worker(who.cookie, [str(each) for each in clients], listings)


def _client(session: Session, who: SignedIn, number: int) -> UUID:
    random = Random(f"{who.cookie}{number}")
    deed = Deed(who.identity, clock.now())
    home = random.choice([each for each in all_zip_codes() if each.state == "TN"])
    facts = ClientFacts(
        name=f"Client {number}",
        birth_year="1989",
        case_number=f"B-{random.getrandbits(40):x}",
        supervision_type=SupervisionType.PROBATION,
        authority="Bench County Court",
        phone="423-555-0177",
        contact_by=ContactBy.CALL,
        leave_no_message=False,
        do_not_contact=False,
        home_zip=home.code,
        languages=("en",),
    )
    client = add_client(session, deed, facts)
    version = client_card(session, who.identity, client).version
    set_needs(session, deed, client, (Need(NEED, NeedSource.OFFICER),), version=version)
    return client
