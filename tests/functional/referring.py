"""How an officer refers somebody: through the pages for the tests of that, else by commands."""

from uuid import uuid4

from sqlalchemy import select

from resourcedir.accounts.models import User
from resourcedir.clients.models import Assignment
from resourcedir.db import writing
from resourcedir.identity import Officer
from resourcedir.referrals.lifecycle import Mode, Status
from resourcedir.referrals.models import Referral
from tests.factories import Person
from tests.functional.walls.made import Sides

RELEASE = {
    "ground": "signed_release",
    "release_from_on": "2026-03-02",
    "release_until_on": "2026-09-02",
}


def fresh(session):
    """Let the test's session see what requests have committed since."""
    session.rollback()
    session.expire_all()


def start(browser, client, listing, token=None, **more):
    data = {"client_id": client, "listing": listing, "need": "halfway-house"}
    return browser.post(
        "/referrals/start", {**data, "form_token": token or uuid4(), **more}, status=200
    )


def the_one(session):
    fresh(session)
    return session.scalars(select(Referral)).one()


def refer_live(session, client, listing, note="Comes by bus."):
    """Send a referral as the pages do, by their commands."""
    session.rollback()
    writing(session)
    officer = session.scalars(
        select(User).join(Assignment, Assignment.officer_id == User.id)
        .where(Assignment.client_id == client)
    ).one()  # fmt: skip
    identity = Officer(officer.id, officer.agency_id, officer.team_id)
    person = Person(officer.id, officer.email, officer.name, identity)
    sides = Sides(session, person, person)
    made = sides.bring(sides.ready(client, listing, note=note), Status.SENT)
    fresh(session)
    return made


def refer_through_pages(browser, session, client, listing, note="Comes by bus."):
    start(browser, client, listing)
    browser.submit({"mode": Mode.LIVE})
    browser.submit({"contact_by": "call", "note": note, **RELEASE})
    browser.submit({"right": "y"})
    return the_one(session)
