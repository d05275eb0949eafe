"""How an officer refers somebody through the pages, for the tests of that."""

from uuid import uuid4

from sqlalchemy import select

from resourcedir.referrals.lifecycle import Mode
from resourcedir.referrals.models import Referral

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


def refer_live(browser, session, client, listing, note="Comes by bus."):
    return refer(browser, session, client, listing, Mode.LIVE, note)


def refer(browser, session, client, listing, mode, note="Comes by bus."):
    start(browser, client, listing)
    browser.submit({"mode": mode})
    browser.submit({"contact_by": "call", "note": note, **RELEASE})
    browser.submit({"right": "y"})
    return the_one(session)
