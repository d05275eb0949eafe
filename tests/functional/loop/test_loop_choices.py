"""Calls, urgency, holds, releases, another place, and what the listing's record learns of it."""

from datetime import time

import pytest
from sqlalchemy import select

from resourcedir.db import writing
from resourcedir.directory.models import Listing, ListingReport, ServiceCapacity, Unit
from resourcedir.referrals.models import ReferralEvent
from tests.conftest import NOON
from tests.functional.loop.acting import answer, dates, ours, timeline
from tests.functional.referring import RELEASE, fresh, start, the_one
from tests.inspector import Browser

WEEK = [("MO,TU,WE,TH,FR", time(8), time(17))]


def reports(session):
    """Return what referrals have found of the listing."""
    fresh(session)
    return [str(each.fact) for each in session.scalars(select(ListingReport))]


def test_a_call_is_logged_in_two_presses(browser, session, sent):
    browser.get(ours(sent))
    browser.follow("Log a call")
    assert browser.page.select_one(".rd-phone")["href"] == "tel:+14235550141"
    browser.submit({"reason": "left_message"})

    assert browser.path == ours(sent)
    assert timeline(browser)[0] == "Called: Left a message"
    browser.get(ours(sent, "/call"))
    browser.submit({}, status=422)
    assert browser.page.select_one("#error-summary a")["href"] == "#reason-0"
    assert browser.page.select_one("button#reason-0").text == "Spoke with them"


def test_a_call_and_a_reminder_from_today_lead_back_to_today(browser, sent):
    browser.get(ours(sent, "/call?from=today"))
    browser.submit({"reason": "no_answer"})
    assert browser.path == "/today"
    browser.post(ours(sent, "/nudge"), {"from": "today"})
    assert browser.path == "/today"


def test_who_is_reminded_sees_it_in_the_inbox(browser, theirs, sent):
    assert "asked again" not in theirs.get("/portal").text
    browser.get(ours(sent))
    browser.submit({}, form="main form[action$='/nudge']")
    assert timeline(browser)[0] == "The provider was asked again"
    assert "asked again" in theirs.get("/portal").text


def checked(browser):
    """Return what the check page says, by term, without its links."""
    for link in browser.page.select("main dl dd a"):
        link.decompose()
    rows = browser.page.select("main dl div")
    return {row.dt.text.strip(): " ".join(row.dd.text.split()) for row in rows}


@pytest.fixture
def beds(make, session):
    """Give a house that holds beds for a day, two of which are free."""
    organization = make.organization("Hillside")
    number = make.listing(
        organization, name="Hillside House", terms=("halfway-house",), available=2, hours=WEEK
    )
    session.scalars(select(ServiceCapacity)).one().hold_hours = 24
    session.commit()
    make.provider(organization.id)
    return number


def test_urgency_and_the_time_of_the_answer_stand_on_the_check_page(browser, client, beds):
    start(browser, client, beds)
    browser.submit({"mode": "live"})
    browser.submit({"contact_by": "call", "urgency": "urgent", **RELEASE})
    rows = checked(browser)
    assert rows["How urgent"] == "Urgent: an answer on the next working day"
    assert rows["Answer due"] == "Mar 13, 2026, 5 pm"
    assert rows["Opening"] == "One is held when you send."
    assert "Call before you send" not in browser.text


@pytest.mark.parametrize(("hours", "warned"), [(None, True), (WEEK, False)])
def test_in_a_crisis_the_check_page_says_to_phone_where_they_may_be_closed(
    browser, make, client, hours, warned
):
    organization = make.organization()
    make.provider(organization.id)
    more = {"hours": hours} if hours else {}
    number = make.listing(organization, name="Hillside House", terms=("halfway-house",), **more)
    start(browser, client, number)
    browser.submit({"mode": "live"})
    browser.submit({"contact_by": "call", "urgency": "crisis", **RELEASE})
    assert ("Call before you send" in browser.text) is warned
    rows = checked(browser)
    assert rows["Answer due"] == "Mar 12, 2026, 2 pm"


@pytest.mark.parametrize("wanted", [True, False])
def test_an_opening_is_held_where_the_officer_chose_it(browser, session, client, beds, wanted):
    start(browser, client, beds)
    browser.submit({"mode": "live"})
    assert browser.page.select_one("#wants_hold").has_attr("checked")
    browser.submit({"contact_by": "call", "wants_hold": ["y"] if wanted else [], **RELEASE})
    assert ("One is held when you send." in browser.text) is wanted
    browser.submit({"right": "y"})
    browser.follow("See the referral")

    held = {"One opening held until": "Mar 13, 2026, noon"} if wanted else {}
    assert dates(browser).items() >= held.items()
    assert ("One opening held until" in dates(browser)) is wanted
    fresh(session)
    assert session.scalars(select(ServiceCapacity.available)).one() == (1 if wanted else 2)


@pytest.fixture
def clinic(make):
    organization = make.organization("Riverbend Clinic")
    number = make.listing(organization, name="Riverbend Clinic", terms=("detox",))
    return number, make.provider(organization.id)


def in_clinic(app, browser, session, client, clinic, until):
    """Refer to the clinic, have it start, and return somebody of it at the referral's page."""
    start(browser, client, clinic[0], need="detox")
    browser.submit({"mode": "live"})
    browser.submit({"contact_by": "call", "report_until_on": until, **RELEASE})
    browser.submit({"right": "y"})
    sent = the_one(session)
    theirs = Browser(app)
    theirs.sign_in(clinic[1])
    theirs.get(f"/portal/referrals/{sent.id}")
    theirs.submit({})
    answer(theirs, "accept")
    answer(theirs, "start")
    return sent, theirs


def test_a_clinic_tells_attendance_alone(app, browser, session, client, clinic):
    sent, theirs = in_clinic(app, browser, session, client, clinic, "")
    answer(theirs, "complete", {"result": "not_helped", "note": "canary-relapse"})

    assert theirs.title == "Finished"
    browser.get(ours(sent))
    assert "Not known (Finished treatment)" in browser.text
    assert "canary" not in browser.page.text
    fresh(session)
    notes = [each.note for each in session.scalars(select(ReferralEvent))]
    assert "canary-relapse" not in notes


def test_with_a_release_for_more_a_clinic_tells_what_came_of_it(
    app, browser, session, client, clinic
):
    sent, theirs = in_clinic(app, browser, session, client, clinic, "2026-09-02")
    answer(theirs, "complete", {"result": "partly", "note": "Stayed nine days."})
    browser.get(ours(sent))
    assert "Got part of it" in browser.text and "Stayed nine days." in browser.text


def elsewhere(browser, index, sent, name):
    """Refer elsewhere through the search, up to the draft's page on what to say."""
    index()
    browser.get(ours(sent))
    browser.submit({}, form="main form[action$='/elsewhere']")
    assert browser.path.startswith("/match/")
    row = next(row for row in browser.page.select(".rd-row") if name in row.text)
    form = row.select_one("form[action='/referrals/start']")
    browser.post(
        "/referrals/start", {each["name"]: each["value"] for each in form.select("input[name]")}
    )
    browser.submit({"mode": "live"})


@pytest.fixture
def second_house(make, house):
    """Give the same provider another place."""
    return make.listing(house[0], name="Second House", terms=("halfway-house",))


@pytest.mark.usefixtures("second_house")
def test_refer_elsewhere_carries_over_what_was_said_and_links_both_ways(
    browser, sent, theirs, index
):
    answer(theirs, "decline", {"reason": "full"})

    elsewhere(browser, index, sent, "Second House")

    page = browser.page
    assert page.select_one("#note").text.strip() == "Comes by bus."
    assert page.select_one("#need [selected]")["value"] == "halfway-house"
    chosen = {each["name"]: each["value"] for each in page.select("input[type=radio][checked]")}
    assert chosen == {"contact_by": "call", "urgency": "routine", "ground": "signed_release"}
    assert page.select_one("#release_until_on")["value"] == RELEASE["release_until_on"]
    browser.submit({})
    browser.submit({"right": "y"})
    browser.follow("See the referral")
    browser.follow(sent.reference)
    assert browser.title == "Declined. Another place is needed."
    assert "Referred elsewhere: R-" in browser.text
    browser.follow("R-")
    assert browser.title == "Sent. Not opened yet."


def test_of_another_provider_the_release_is_asked_anew(browser, make, sent, theirs, index):
    other = make.organization("Hillside")
    make.provider(other.id)
    make.listing(other, name="Second House", terms=("halfway-house",))
    answer(theirs, "decline", {"reason": "full"})

    elsewhere(browser, index, sent, "Second House")

    assert browser.page.select_one("#note").text.strip() == "Comes by bus."
    assert not browser.page.select("input[name=ground][checked]")
    browser.submit({"ground": []}, status=422)


@pytest.fixture
def two_beds(session, sent):
    """Have the house say that two beds are free."""
    fresh(session)
    writing(session)
    service = session.scalars(select(Listing.service_id)).one()
    session.add(ServiceCapacity(service_id=service, unit=Unit.BED, available=2, updated=NOON))
    session.commit()


@pytest.mark.parametrize(
    ("reason", "fact"),
    [
        ("full", "openings"),
        ("closed", "closed"),
        ("place_moved", "place"),
        ("not_eligible", None),  # the house kept to its rules
        ("client_chose", None),
    ],
)
@pytest.mark.usefixtures("two_beds")
def test_why_a_house_declined_reaches_the_record_of_the_listing(
    browser, session, house, theirs, reason, fact
):
    answer(theirs, "decline", {"reason": reason})
    assert reports(session) == ([fact] if fact else [])
    browser.get(f"/listings/{house[1]}")
    assert ("A referral found this." in browser.text) is (fact is not None)


def test_a_wrong_number_asks_for_a_check_of_the_phone(browser, session, sent):
    browser.get(ours(sent, "/call"))
    browser.submit({"reason": "wrong_number"})
    assert reports(session) == ["phone"]
