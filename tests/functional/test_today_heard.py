"""Today hears what the provider wrote, and takes no unanswered call for news."""

import pytest

from resourcedir.referrals.lifecycle import Action, Mode, Reason
from tests.functional.test_today import numbers, rows
from tests.integration.today.stories import NOON, Stories, days_ago


@pytest.fixture
def place(make):
    """Give a house and somebody who works there."""
    organization = make.organization("Riverbend Recovery")
    return make.listing(organization, terms=("halfway-house",)), make.provider(organization.id)


@pytest.fixture
def stories(session, officer, place):
    return Stories(session, officer, place[1])


@pytest.fixture
def client(make, officer):
    return lambda name: make.client(officer, name=name, needs=["halfway-house"])


def test_what_the_provider_wrote_stands_there_until_something_is_done(
    browser, client, place, stories
):
    referral = stories.sent(client("Lee Moss"), place[0], days_ago(1))
    stories.took(referral, Action.MESSAGE, days_ago(0.5), who=stories.provider, note="Call us.")
    browser.get("/today")
    assert rows(browser, "wrote")[0][2:] == ["wrote today", "Read it"]

    stories.took(referral, Action.MESSAGE, NOON, note="I will.")
    browser.get("/today")
    assert rows(browser, "wrote") == []


def test_a_call_that_nobody_answered_makes_no_outcome_known(browser, client, place, stories):
    referral = stories.sent(client("Ida Lang"), place[0], days_ago(30), mode=Mode.RECORDED)
    browser.get("/today")
    before = numbers(browser)

    stories.took(referral, Action.CALL, NOON, reason=Reason.NO_ANSWER)
    browser.get("/today")

    assert numbers(browser) == before
    assert rows(browser, "unknown")[0][2].endswith("called today")
