"""An officer refers somebody and hears back, page by page, without JavaScript."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from resourcedir.directory.models import ServiceStatus
from resourcedir.referrals.lifecycle import Status
from resourcedir.referrals.models import ReferralEvent
from tests.functional.referring import RELEASE, start, the_one


def test_an_officer_refers_in_the_app_and_gets_a_reference(browser, session, make, officer, house):
    make.provider(house[0].id)
    client = make.client(officer, leave_no_message=True)

    start(browser, client, house[1])
    assert browser.title == "How shall this referral go?"
    assert browser.page.select_one(".rd-client__name").text.split()[0] == "Marcus"
    browser.submit({"mode": "live"})
    assert browser.title == "What to say"
    browser.submit({"contact_by": "call", "note": "Comes by bus.", **RELEASE})
    assert browser.title == "Check before sending"
    packet = browser.page.select_one(".rd-packet").text
    assert "Word for word" in packet
    assert "Housing" in packet and "Halfway" not in packet
    assert "leave no message" in packet
    assert "This is about Marcus Tolliver, born 1989" in browser.text
    browser.submit({"right": "y"})

    referral = the_one(session)
    assert referral.status is Status.SENT
    assert browser.title == "The referral is sent"
    assert referral.reference in browser.text
    browser.follow("See the referral")
    assert browser.title == "Sent. Not opened yet."


def test_it_cannot_be_sent_without_saying_who_it_is_about(browser, session, make, officer, house):
    make.provider(house[0].id)
    start(browser, make.client(officer), house[1])
    browser.submit({"mode": "live"})
    browser.submit({"contact_by": "call", **RELEASE})

    page = browser.submit({}, status=422)

    assert page.select_one("#error-summary a")["href"] == "#right"
    assert the_one(session).status is Status.DRAFT


def test_the_choice_comes_before_anything_is_entered_and_says_why_not(
    browser, make, officer, house
):
    page = start(browser, make.client(officer), house[1])

    assert [each["value"] for each in page.select("main form input[type=radio]")] == ["recorded"]
    assert "nobody of this provider can sign in" in browser.text
    assert not page.select("main textarea")
    browser.submit({"mode": "live"}, status=422)
    browser.submit({}, status=422)


def test_a_closed_place_is_only_recorded_and_says_so(browser, make, officer):
    organization = make.organization()
    make.provider(organization.id)
    shut = make.listing(organization, name="Shut", status=ServiceStatus.TEMPORARILY_CLOSED)

    page = start(browser, make.client(officer), shut)

    assert [each["value"] for each in page.select("main form input[type=radio]")] == ["recorded"]
    assert "closed for now" in browser.text


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "#ground-0"),
        ({"ground": "signed_release", "release_from_on": "2026-03-02"}, "#release_until_on"),
        ({**RELEASE, "release_until_on": "2026-03-11"}, "#release_until_on"),
        ({**RELEASE, "release_until_on": "soon"}, "#release_until_on"),
        ({"ground": "client_word"}, "#witness"),
        ({"ground": "condition"}, "#condition"),
    ],
)
def test_a_ground_that_is_not_complete_is_refused_beside_its_field(
    browser, make, officer, house, given, field
):
    make.provider(house[0].id)
    start(browser, make.client(officer), house[1])
    browser.submit({"mode": "live"})

    page = browser.submit({"contact_by": "call", "note": "kept words", **given}, status=422)

    assert page.select_one("#error-summary a")["href"] == field
    assert page.select_one("#note").text.strip() == "kept words"


def test_a_note_that_is_too_long_is_refused_and_kept(browser, make, officer, house):
    start(browser, make.client(officer), house[1])
    browser.submit({"mode": "recorded"})

    page = browser.submit({"contact_by": "call", "note": "x" * 501}, status=422)

    assert page.select_one("#error-summary a")["href"] == "#note"
    assert "x" * 501 in page.select_one("#note").text


def test_recording_only_asks_for_no_ground_and_never_says_sent(
    browser, session, make, officer, house
):
    start(browser, make.client(officer), house[1])
    browser.submit({"mode": "recorded"})
    assert not browser.page.select("#ground")
    browser.submit({"contact_by": "call"})
    browser.submit({"right": "y"})

    assert browser.title == "The referral is recorded"
    browser.follow("See the referral")
    assert browser.title == "Recorded. Nothing heard yet."
    assert the_one(session).mode.value == "recorded"


def test_a_double_click_makes_one_referral_and_sends_it_once(
    browser, session, make, officer, house
):
    make.provider(house[0].id)
    client, token = make.client(officer), uuid4()
    start(browser, client, house[1], token)
    start(browser, client, house[1], token)
    browser.submit({"mode": "live"})
    browser.submit({"contact_by": "call", **RELEASE})
    form = {
        name: browser.page.select_one(f"main form [name={name}]")["value"]
        for name in ("version", "fingerprint")
    }
    url = browser.page.select_one("main form")["action"]

    for _ in range(2):
        browser.post(url, {**form, "right": "y"})
        assert browser.title == "The referral is sent"

    assert the_one(session).status is Status.SENT
    assert session.scalar(select(func.count()).select_from(ReferralEvent)) == 1


def test_what_changed_since_it_was_read_is_read_again(browser, session, make, officer, house):
    make.provider(house[0].id)
    client = make.client(officer)
    start(browser, client, house[1])
    browser.submit({"mode": "live"})
    browser.submit({"contact_by": "call", **RELEASE})
    checked = browser.page
    browser.get(f"/referrals/{the_one(session).id}/details")
    browser.submit({"contact_by": "call", "note": "Other words.", **RELEASE})
    browser.page = checked

    browser.submit({"right": "y"})

    assert browser.title == "Check before sending"
    assert "Read it again" in browser.text
    assert the_one(session).status is Status.DRAFT
