"""Changing a listing: what is shown before it is published, kept when it fails, and refused."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from resourcedir.directory.models import (
    JobLead,
    Listing,
    ListingKind,
    Metadata,
)
from tests.conftest import NOON
from tests.functional.conftest import facts_now
from tests.inspector import Browser


def test_nothing_is_published_before_it_was_shown_and_said_so(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    browser.submit(
        {"description": "Two lines\r\nof it", "hours-Sa": "10:00-14:00", "step": "review"}
    )

    rows = [[c.text for c in tr.select("th, td")] for tr in browser.page.select("tbody tr")]
    assert rows == [
        ["Description", "A house for men.", "Two lines\nof it"],
        [
            "Hours",
            "Monday to Friday: 9 am to 7 pm;\nSunday: closed",
            "Monday to Friday: 9 am to 7 pm;\nSaturday: 10 am to 2 pm;\nSunday: closed",
        ],
    ]
    assert facts_now(session, number).description == "A house for men."

    browser.submit({"step": "publish"})
    assert browser.path == f"/listings/{number}"
    assert "10 am to 2 pm" in browser.text
    browser.follow("History")
    assert "R. Stone" in browser.text
    assert "Two lines of it" in browser.text


def test_every_field_comes_through_the_form(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    said = {
        "temporarily_closed": "y",
        "alert": "Closed for repairs.",
        "phones-1-number": "423-555-0102",
        "phones-1-type": "text",
        "languages": ["en", "es"],
        "minimum_age": "18",
        "genders": ["men"],
        "offenses-arson": "case_by_case",
        "documents": ["state-id"],
        "sobriety_days": "0",
        "eligibility": "Anyone on probation.",
        "cost": "fee",
        "cost_amount": "120",
        "cost_description": "a week",
        "maximum": "16",
        "available": "2",
        "as_of": "2026-03-12T09:30",
        "step": "review",
    }
    assert "All that it is given in, English too." in browser.text
    browser.submit(said)
    browser.submit({"step": "publish", "languages": said["languages"]})

    facts = facts_now(session, number)
    assert facts.temporarily_closed and facts.alert == "Closed for repairs."
    assert [(p.number, p.type.value) for p in facts.phones] == [
        ("423-555-0141", "voice"), ("423-555-0102", "text"),
    ]  # fmt: skip
    assert facts.languages == ("en", "es")
    assert facts.minimum_age == 18
    assert {(r.kind.value, r.code, r.stance.value) for r in facts.rules} == {
        ("gender", "men", "required"),
        ("offense", "arson", "case_by_case"),
        ("document", "state-id", "required"),
        ("sobriety_days", None, "accepted"),
    }
    assert (facts.cost.kind.value, int(facts.cost.amount)) == ("fee", 120)
    assert (facts.openings.available, facts.openings.maximum) == (2, 16)
    assert facts.openings.as_of == NOON - timedelta(hours=2, minutes=30)


def test_an_edit_without_a_change_is_not_published(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    browser.submit({"step": "review"})

    assert "You have changed nothing." in browser.text
    browser.submit({"step": "back"})
    assert browser.title.startswith("Change Riverbend House")
    session.rollback()
    assert not session.scalars(select(Metadata)).all()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"hours-Mo": "nine to five"}, "cannot be read as times"),
        ({"phones-0-number": "call us"}, "no US phone number"),
        ({"minimum_age": "30", "maximum_age": "20"}, "below the youngest"),
        ({"available": "5", "maximum": "4"}, "More cannot be free"),
        ({"available": "many"}, "Not a valid"),
        ({"as_of": "2026-03-12T12:01", "available": "1"}, "lies ahead"),
        ({"cost": "barter"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_with_everything_typed_kept(browser, riverbend, typed, words):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    page = browser.submit({"description": "Kept", **typed, "step": "publish"}, status=422)

    summary = page.select_one("#error-summary")
    assert words in summary.text
    for link in summary.select("a"):
        assert page.select_one(link["href"]), link["href"]
    assert page.select_one("textarea[name=description]").text.strip() == "Kept"


def test_the_second_of_two_editors_sees_what_the_first_published(
    app, riverbend, session, make, index
):
    number, provider = riverbend
    administrator = make.administrator(name="A. Admin")
    index()
    first, second = Browser(app), Browser(app)
    first.sign_in(provider)
    second.sign_in(administrator)
    for each in (first, second):
        each.get(f"/listings/{number}/edit")
    first.submit({"description": "The first", "step": "review"})
    second.submit({"description": "The second", "step": "review"})
    first.submit({"step": "publish"})

    second.submit({"step": "publish"}, status=409)

    assert "R. Stone" in second.page.select_one("#changed-since").text
    assert "The first" in second.page.select_one("#changed-since").text
    assert second.page.select_one("textarea").text.strip() == "The second"
    assert facts_now(session, number).description == "The first"

    second.submit({"step": "review"})
    assert [each.text for each in second.page.select("td del, td ins")] == [
        "The first",
        "The second",
    ]
    second.submit({"step": "publish"})
    assert facts_now(session, number).description == "The second"


def test_a_made_up_version_is_refused(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    browser.submit({"version": "", "description": "x", "step": "publish"}, status=409)

    assert facts_now(session, number).description == "A house for men."


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "edit"), ("post", "edit"), ("get", "openings"), ("post", "openings"),
        ("post", "still-true"),
    ],
)  # fmt: skip
def test_others_cannot_change_a_listing_and_learn_nothing(app, riverbend, make, method, path):
    number, _ = riverbend
    stranger = make.provider(make.organization().id)
    for person in (stranger, make.officer(), make.supervisor()):
        browser = Browser(app)
        browser.sign_in(person)
        getattr(browser, method)(f"/listings/{number}/{path}", status=404)


def test_a_job_lead_has_a_page_and_can_be_changed(browser, make, session):
    organization = make.organization()
    job = JobLead(title="Welder", phone="423-555-0111", positions=4)
    session.add(job)
    session.flush()
    listing = Listing(kind=ListingKind.JOB_LEAD, organization_id=organization.id,
                      job_lead_id=job.id, source="Example", source_key="j1")  # fmt: skip
    session.add(listing)
    session.commit()
    browser.sign_in(make.provider(organization.id))
    browser.get(f"/listings/{listing.number}")
    assert "4 positions" in browser.text

    browser.follow("Change this page")
    browser.submit({"description": "Day shift", "minimum_age": "18", "step": "review"})
    browser.submit({"step": "publish"})
    facts = facts_now(session, listing.number)
    assert (facts.description, facts.minimum_age) == ("Day shift", 18)
    assert [p.number for p in facts.phones] == ["423-555-0111"]
    browser.get(f"/listings/{listing.number}/openings", status=404)


def test_hours_are_typed_as_people_write_them_and_shown_so_again(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    page = browser.get(f"/listings/{number}/edit")
    shown = {each["name"][-2:]: each["value"] for each in page.select("input[name^=hours-]")}
    assert shown == {
        **dict.fromkeys(("Mo", "Tu", "We", "Th", "Fr"), "9 am - 7 pm"), "Sa": "", "Su": "closed",
    }  # fmt: skip

    browser.submit({"hours-Mo": "9-5", "hours-Sa": "8-12, 1-5", "step": "review"})
    browser.submit({"step": "publish"})

    assert facts_now(session, number).hours.to_text() == (
        "Mo 09:00-17:00; Tu-Fr 09:00-19:00; Sa 08:00-12:00,13:00-17:00; Su closed"
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_hours_that_nobody_touches_stay_as_they_are(browser, make, session, language):
    organization = make.organization()
    number = make.listing(
        organization,
        hours=[
            ("MO", time(0), time(0)), ("TU", time(22), time(6)), ("WE", time(12), time(0)),
            ("TH", time(8, 30), time(12)), ("TH", time(13), time(16, 45)), ("FR", None, None),
        ],
    )  # fmt: skip
    browser.sign_in(make.provider(organization.id))
    browser.get(f"/listings/{number}/edit", headers={"Accept-Language": language})
    before = facts_now(session, number).hours

    browser.submit({"description": "New", "step": "publish"})

    assert facts_now(session, number).hours == before
    assert facts_now(session, number).description == "New"


def test_an_error_of_the_hours_names_its_day_and_part(browser, riverbend):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")

    page = browser.submit({"hours-Tu": "9am-5pm, 9-11", "step": "review"}, status=422)

    assert page.select_one("#error-summary a")["href"] == "#hours-Tu"
    assert page.select_one("#error-summary a").text == (
        'Tuesday: "9-11" can be read in two ways. Write am or pm with both times.'
    )
