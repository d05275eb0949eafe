"""A second referral for the same need is told of the first; a list shows who is silent longest."""

from datetime import timedelta

import pytest

from resourcedir.referrals.lifecycle import Status
from resourcedir.referrals.models import Referral
from tests.conftest import NOON
from tests.functional.conftest import names
from tests.functional.referring import fresh, refer_live, start


@pytest.fixture
def first(session, make, officer, house):
    """Give a client, a referral of theirs that was sent, and another client."""
    make.provider(house[0].id)
    client = make.client(officer)
    return client, refer_live(session, client, house[1]), make.client(officer)


def test_a_second_referral_for_the_same_need_is_warned_of_and_not_forbidden(
    browser, session, house, first
):
    client, sent, _ = first

    start(browser, client, house[1])
    assert "An earlier referral of this client" in browser.text
    assert browser.page.select_one("#earlier a")["href"] == f"/referrals/{sent.id}"
    assert sent.reference in browser.page.select_one("#earlier").text
    browser.submit({"mode": "recorded"})
    assert browser.page.select_one("#earlier")
    browser.submit({"contact_by": "call"})
    assert browser.page.select_one("#earlier")
    browser.submit({"right": "y"})
    fresh(session)
    assert session.query(Referral).filter(Referral.status != Status.DRAFT).count() == 2


@pytest.mark.parametrize("what", ["need", "place", "client", "closed", "draft"])
def test_another_need_place_or_client_and_what_has_ended_are_no_second_referral(
    browser, session, make, house, first, what
):
    client, sent, other = first
    number, more = house[1], {}
    match what:
        case "need":
            more = {"need": "detox"}
        case "place":
            number = make.listing(house[0], terms=("halfway-house",))
        case "client":
            client = other
        case "closed" | "draft":
            row = session.get(Referral, sent.id)
            row.status = Status.COMPLETED if what == "closed" else Status.DRAFT
            session.commit()

    start(browser, client, number, **more)

    assert browser.title == "How shall this referral go?"
    assert not browser.page.select("#earlier")


def test_the_list_can_begin_with_the_longest_silence(
    browser, session, make, officer, house, at_noon
):
    make.provider(house[0].id)
    for hours, name in enumerate(("Ann Early", "Bea Middle", "Cyd Late")):
        at_noon(NOON + timedelta(hours=hours / 10))
        client = make.client(officer, name=name)
        start(browser, client, house[1])
        browser.submit({"mode": "recorded"})
        browser.submit({"contact_by": "call"})
        browser.submit({"right": "y"})

    page = browser.get("/referrals")
    assert names(browser) == ["Cyd Late", "Bea Middle", "Ann Early"]
    assert page.select_one("th[aria-sort]")["aria-sort"] == "descending"

    page = browser.follow("Longest silence first")
    assert names(browser) == ["Ann Early", "Bea Middle", "Cyd Late"]
    assert page.select_one("th[aria-sort]")["aria-sort"] == "ascending"
    browser.follow("Last moved first")
    assert names(browser) == ["Cyd Late", "Bea Middle", "Ann Early"]
