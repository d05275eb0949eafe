"""One thing done with several rows of Today: ticked, asked again, each checked in its own right."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status
from resourcedir.referrals.models import Outcome, Referral, ReferralEvent
from tests.functional.referring import fresh
from tests.integration.today.stories import NOON, Stories, days_ago


@pytest.fixture
def place(make):
    organization = make.organization("Riverbend Recovery")
    number = make.listing(organization, name="Riverbend House", terms=("halfway-house",))
    return number, make.provider(organization.id)


@pytest.fixture
def stories(session, officer, place):
    return Stories(session, officer, place[1])


@pytest.fixture
def late(make, officer, place, stories):
    """Make referrals that nobody has answered in time, one for each name."""
    return lambda *names: [
        stories.sent(make.client(officer, name=name), place[0], days_ago(14)) for name in names
    ]


@pytest.fixture
def declined(make, officer, place, stories):
    def make_one(name):
        referral = stories.sent(make.client(officer, name=name), place[0], days_ago(3))
        return stories.took(referral, Action.DECLINE, days_ago(1), reason=Reason.FULL)

    return make_one


def tick(browser, section, *referrals, status=200):
    """Press the button of a list with some of its rows ticked."""
    browser.get("/today")
    form = browser.page.select_one(f"#several-{section}")
    boxes = {box["value"] for box in browser.page.select(f"input[form=several-{section}]")}
    assert {str(each.id) for each in referrals} <= boxes
    data = {"list": form.select_one("[name=list]")["value"]}
    data["row"] = [str(each.id) for each in referrals]
    return browser.post(form["action"], data, status=status)


def asked_again(session, referral):
    fresh(session)
    statement = select(func.count()).where(
        ReferralEvent.referral_id == referral.id, ReferralEvent.action == Action.NUDGE
    )
    return session.scalar(statement)


def test_providers_are_reminded_after_the_page_that_asks_again(browser, session, late):
    first, second, third = late("Ben Castile", "Denise Rowan", "Luis Arreaga")

    tick(browser, "late", first, second)
    assert browser.title == "Remind these providers?"
    assert "Ben Castile" in browser.text and "Denise Rowan" in browser.text
    assert "Luis Arreaga" not in browser.text
    assert asked_again(session, first) == 0, "nothing is done before that page"

    browser.submit()
    assert browser.path == "/today"
    assert "2 reminders are out." in browser.text
    assert [asked_again(session, each) for each in (first, second, third)] == [1, 1, 0]
    assert "reminded today" in browser.text


def test_what_changed_meanwhile_is_left_and_named(browser, session, late, stories):
    first, second = late("Ben Castile", "Denise Rowan")
    tick(browser, "late", first, second)
    stories.took(second, Action.ACCEPT, NOON)

    browser.submit()

    assert "1 reminder is out." in browser.text
    assert f"because they changed meanwhile: {second.reference}." in browser.text
    assert "Denise" not in browser.page.select_one(".rd-flash").text, "a cookie holds no name"
    assert [asked_again(session, each) for each in (first, second)] == [1, 0]


def test_what_had_changed_before_the_page_that_asks_again_is_named_there(browser, late, stories):
    first, second = late("Ben Castile", "Denise Rowan")
    browser.get("/today")
    stories.took(second, Action.ACCEPT, NOON)
    browser.post("/today/several", {"list": "late", "row": [str(first.id), str(second.id)]})
    assert f"because they changed meanwhile: {second.reference}." in browser.text
    assert "Denise" not in browser.text


def test_nothing_is_done_if_any_of_it_is_another_officers(
    browser, session, make, late, place, stories
):
    (mine,) = late("Ben Castile")
    other = make.officer()
    theirs = Stories(session, other, place[1]).sent(make.client(other), place[0], days_ago(14))
    tick(browser, "late", mine)
    for row in (str(theirs.id), str(uuid4()), "nonsense", f"{mine.id}:nonsense:1"):
        rows = [str(mine.id), row]
        if "nonsense:1" not in row:
            browser.post("/today/several", {"list": "late", "row": rows}, status=404)
            browser.post("/today/several", {"list": "late", "row": rows, "sure": "y"}, status=404)
    assert asked_again(session, mine) == asked_again(session, theirs) == 0


def test_what_stands_in_another_list_is_left(browser, session, late, declined):
    (mine,) = late("Ben Castile")
    other = declined("Ashley Crane")
    tick(browser, "late", mine)
    data = {"list": "late", "row": [str(mine.id), str(other.id)], "sure": "y"}
    browser.post("/today/several", data)
    assert f"meanwhile: {other.reference}." in browser.text
    assert asked_again(session, other) == 0


def test_without_a_tick_the_page_asks_for_one(browser, late):
    late("Ben Castile")
    tick(browser, "late")
    assert browser.path == "/today"
    assert "Tick at least one row first." in browser.text


def test_drafts_are_thrown_away_but_not_one_that_was_worked_on_meanwhile(
    browser, session, make, officer, place, stories
):
    first, second = (
        stories.draft(make.client(officer, name=name), place[0], days_ago(4))
        for name in ("Draft One", "Draft Two")
    )
    tick(browser, "drafts", first, second)
    question = browser.page
    browser.get(f"/referrals/{second.id}/how")
    browser.submit({"mode": "recorded"})
    browser.page = question

    browser.submit(form="main form")

    fresh(session)
    assert session.get_one(Referral, first.id).status is Status.WITHDRAWN
    assert session.get_one(Referral, second.id).status is Status.DRAFT
    assert "1 draft is thrown away." in browser.text
    assert second.reference in browser.text


def test_nothing_more_is_needed_once_a_reason_is_given(browser, session, declined):
    first = declined("Ashley Crane")
    tick(browser, "no-next-step", first)
    page = browser.submit({}, status=422)
    assert page.title.text.startswith("Error: Is nothing more needed here?")
    assert page.select_one("#error-summary a")["href"] == "#why-0"
    assert "Ashley Crane" in browser.text

    browser.submit({"why": "client_chose"})

    assert "1 referral needs nothing more." in browser.text
    assert "Ashley Crane" not in browser.text
    fresh(session)
    said = session.scalars(select(Outcome)).one()
    assert said.note == "Nothing more is needed: the client does not want it."
    assert said.result is Result.NOT_KNOWN, "it tells nothing of what came of the place"
    assert session.get_one(Referral, first.id).status is Status.DECLINED


def test_what_ends_anew_after_that_asks_anew(browser, session, declined, stories, place):
    first = declined("Ashley Crane")
    tick(browser, "no-next-step", first)
    browser.submit({"why": "got_elsewhere"})
    again = stories.sent(first.client_id, place[0], NOON)
    stories.took(again, Action.DECLINE, NOON, reason=Reason.FULL)
    browser.get("/today")
    boxes = browser.page.select("input[form=several-no-next-step]")
    assert [box["value"] for box in boxes] == [str(again.id)]


def test_done_twice_is_done_once(browser, session, late):
    (mine,) = late("Ben Castile")
    tick(browser, "late", mine)
    question = browser.page
    browser.submit()
    browser.page = question
    browser.submit()
    assert asked_again(session, mine) == 1


def test_recorded_referrals_have_no_tick_where_a_provider_would_be_reminded(
    browser, make, officer, place, stories
):
    stories.sent(make.client(officer), place[0], days_ago(16), mode=Mode.RECORDED)
    browser.get("/today")
    assert browser.page.select("#unknown") and not browser.page.select("#several-unknown")


def test_lists_without_such_a_button_have_no_such_page(browser, officer):
    browser.get("/today")
    for name in ("asked", "missed", "intake", "no-contact", "nonsense", ""):
        browser.post("/today/several", {"list": name, "row": [str(uuid4())]}, status=404)
    browser.get("/today/several")
    assert browser.path == "/today"


def test_a_request_with_more_rows_than_anybody_ticks_is_refused(browser, officer):
    browser.get("/today")
    rows = [str(uuid4()) for _ in range(1001)]
    browser.post("/today/several", {"list": "late", "row": rows}, status=404)
