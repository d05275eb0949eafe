"""A referral in the inbox of a house, and somebody of the house who has opened it."""

import pytest

from tests.functional.referring import refer_live
from tests.inspector import Browser


@pytest.fixture
def staff(make, house):
    return make.provider(house[0].id, name="J. Ortega")


@pytest.fixture
def client(make, officer):
    return make.client(officer)


@pytest.fixture
def sent(session, client, house, staff):
    """Give a referral that waits in the inbox of the house."""
    return refer_live(session, client, house[1])


@pytest.fixture
def theirs(app, staff, sent):
    """Give somebody of the house at the page of the referral, which they have opened."""
    browser = Browser(app)
    browser.sign_in(staff)
    browser.get(f"/portal/referrals/{sent.id}")
    browser.submit({})
    return browser


@pytest.fixture
def another(browser, session, make, officer, house, sent):
    """Give what sends another referral to the same provider.

    With ``name`` of another client to the same place, else of the same client to another place.
    """

    def send(name=""):
        if name:
            whom, number = make.client(officer, name=name), house[1]
        else:
            whom = sent.client_id
            number = make.listing(house[0], name="Other House", terms=("halfway-house",))
        made = refer_live(session, whom, number, note="")
        browser.get(f"/referrals/{made.id}")
        return made

    return send
