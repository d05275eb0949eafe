"""Pages of a listing as people without JavaScript meet them."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from resourcedir.directory import queries
from resourcedir.directory.models import (
    EligibilityRule,
    JobLead,
    Listing,
    ListingKind,
    ListingReport,
    Metadata,
    RuleKind,
    Stance,
)
from tests.conftest import NOON
from tests.inspector import Browser

CANARY = "77 Canary Wharf Lane"
ALL_WEEK = "MO,TU,WE,TH,FR,SA,SU"


@pytest.fixture
def house(make):
    """Give an organization, its listing and somebody who works there."""
    organization = make.organization("Riverbend Recovery")
    number = make.listing(
        organization,
        name="Riverbend House, men",
        description="A house for men.",
        terms=["sober-living"],
        hours=[("MO,TU,WE,TH,FR", time(9), time(19)), ("SU", None, None)],
        languages=["en"],
        available=3,
    )
    return number, make.provider(organization.id, name="R. Stone")


@pytest.fixture
def officer(make):
    return make.officer()


def _facts(session, number):
    """Return what is known now: an open transaction would show what was known before."""
    session.rollback()
    session.expire_all()
    return queries.facts_for(session, number)


def test_a_listing_shows_what_decides_first(browser, house, officer):
    number, _ = house
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}")

    facts = [[dd.text for dd in div.select("dd")] for div in page.select(".rd-facts > div")]
    assert browser.title == "Riverbend House, men"
    assert facts == [
        ["3 beds free", "2 hours ago"],
        ["Open now", "until 7 pm"],
        ["Chattanooga, TN 37404"],
    ]
    assert page.select_one("a.rd-phone")["href"] == "tel:+14235550141"
    assert "Last checked 12 days ago" in browser.text
    assert "Example" in browser.text
    assert [row.text for row in page.select("tr.rd-today th")] == ["Thursday, today"]
    assert "Eastern Time" in browser.text


def test_rules_are_sentences_with_their_source_and_age(browser, house, officer, session):
    number, _ = house
    session.add_all(
        [
            EligibilityRule(listing_number=number, kind=RuleKind.GENDER, code="men",
                            stance=Stance.REQUIRED),
            EligibilityRule(listing_number=number, kind=RuleKind.OFFENSE, code="arson",
                            stance=Stance.EXCLUDED),
        ]
    )  # fmt: skip
    session.commit()
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}")

    rows = [[c.text.strip() for c in tr.select("th, td")] for tr in page.select("tbody tr")]
    assert ["Men.", "Example, 12 days ago"] in rows
    assert ["No one with an arson conviction.", "Example, 12 days ago"] in rows


def test_what_was_checked_long_ago_is_marked_as_old(browser, make, officer):
    old = make.listing(checked_at=NOON - timedelta(days=181))
    fresh = make.listing(checked_at=NOON - timedelta(days=180))
    never = make.listing(checked_at=None)
    browser.sign_in(officer)

    assert browser.get(f"/listings/{old}").select_one("#trust .rd-old").text.strip() == (
        "Last checked 6 months ago"
    )
    assert not browser.get(f"/listings/{fresh}").select("#trust .rd-old")
    assert browser.get(f"/listings/{never}").select_one("#trust .rd-old").text == "Never checked"


def test_a_count_that_is_too_old_is_not_shown_as_a_number(browser, make, officer):
    number = make.listing(
        terms=["emergency-shelter"], available=0, updated=NOON - timedelta(hours=12)
    )
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}")

    assert page.select_one(".rd-facts dd").text == "Openings not known"
    assert "0" not in [td.text for td in page.select("td")]


def test_a_confidential_place_is_on_no_page(browser, make, officer, index):
    organization = make.organization()
    number = make.listing(
        organization, confidential=CANARY, area="TN/Hamilton", hours=[(ALL_WEEK, time(0), time(0))]
    )
    index()
    for person in (officer, make.provider(organization.id), make.administrator()):
        browser = Browser(browser.client.application)
        browser.sign_in(person)
        browser.get(f"/listings/{number}?from=/search%3Fnear%3D37402")
        assert "Place is confidential: call first" in browser.text
        assert "straight line" not in browser.text
        pages = [browser.response.text]
        for path in ("history", "edit", "openings"):
            response = browser.client.get(f"/listings/{number}/{path}")
            pages.append(response.text)
        assert not [page for page in pages if "Canary" in page]


def test_the_way_back_and_the_distance_come_from_the_search(browser, house, officer):
    number, _ = house
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}?from=/search%3Fq%3Dbeds%26near%3D37402")

    link = next(a for a in page.select("main a") if a.text == "Back to the results")
    assert link["href"] == "/search?q=beds&near=37402"
    assert "straight line, from ZIP center to address" in browser.text
    assert page.select(".rd-facts dd b")[2].text.endswith(" mi")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/search",
        "//example.org/search",
        "/search/../sign-out",
        "/searching",
        "javascript:alert(1)",
        "/\\example.org/search",
        "/search?q=a\n",
        "http://[/search",
    ],
)
def test_no_other_address_is_a_way_back(browser, house, officer, address):
    number, _ = house
    browser.sign_in(officer)
    browser.get(f"/listings/{number}", query_string={"from": address})

    assert "Back to the results" not in browser.text


def test_nobody_finds_a_listing_that_never_was(browser, officer):
    browser.sign_in(officer)
    browser.get("/listings/999", status=404)


def test_a_withdrawn_listing_says_so(browser, house, officer, session):
    number, _ = house
    session.get(Listing, number).withdrawn_at = NOON
    session.commit()
    browser.sign_in(officer)
    browser.get(f"/listings/{number}")

    assert "No longer offered" in browser.text


def test_an_officer_reports_a_wrong_fact_in_one_click(browser, house, officer, session):
    number, provider = house
    browser.sign_in(officer)
    browser.get(f"/listings/{number}")
    for _ in range(2):
        browser.post(f"/listings/{number}/report", {"fact": "phone"})

    session.rollback()
    (report,) = session.scalars(select(ListingReport)).all()
    assert (report.fact.value, report.reported_by) == ("phone", officer.id)
    assert "Could not reach them" in browser.text
    browser.post(f"/listings/{number}/report", {"fact": "nonsense"}, status=422)

    browser = Browser(browser.client.application)
    browser.sign_in(provider)
    browser.get(f"/listings/{number}")
    browser.submit(form=f"form[action='/listings/{number}/still-true']")
    assert "Could not reach them" not in browser.text
    assert "Last checked just now" in browser.text


def test_nothing_is_published_before_it_was_shown_and_said_so(browser, house, session):
    number, provider = house
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    browser.submit(
        {"description": "Two lines\r\nof it", "hours-Sa": "10:00-14:00", "step": "review"}
    )

    rows = [[c.text for c in tr.select("th, td")] for tr in browser.page.select("tbody tr")]
    assert rows == [
        ["Description", "A house for men.", "Two lines\nof it"],
        ["Hours", "Mo-Fr 09:00-19:00; Su closed", "Mo-Fr 09:00-19:00; Sa 10:00-14:00; Su closed"],
    ]
    assert _facts(session, number).description == "A house for men."

    browser.submit({"step": "publish"})
    assert browser.path == f"/listings/{number}"
    assert "10 am to 2 pm" in browser.text
    browser.follow("History")
    assert "R. Stone" in browser.text
    assert "Two lines of it" in browser.text


def test_every_field_comes_through_the_form(browser, house, session):
    number, provider = house
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
    browser.submit(said)
    browser.submit({"step": "publish", "languages": said["languages"]})

    facts = _facts(session, number)
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


def test_an_edit_without_a_change_is_not_published(browser, house, session):
    number, provider = house
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
        ({"hours-Mo": "nine to five"}, "Write times like"),
        ({"phones-0-number": "call us"}, "no US phone number"),
        ({"minimum_age": "30", "maximum_age": "20"}, "below the youngest"),
        ({"available": "5", "maximum": "4"}, "More cannot be free"),
        ({"available": "many"}, "Not a valid"),
        ({"as_of": "2026-03-12T12:01", "available": "1"}, "lies ahead"),
        ({"cost": "barter"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_with_everything_typed_kept(browser, house, typed, words):
    number, provider = house
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    page = browser.submit({"description": "Kept", **typed, "step": "publish"}, status=422)

    summary = page.select_one("#error-summary")
    assert words in summary.text
    for link in summary.select("a"):
        assert page.select_one(link["href"]), link["href"]
    assert page.select_one("textarea[name=description]").text.strip() == "Kept"


def test_the_second_of_two_editors_sees_what_the_first_published(app, house, session, make, index):
    number, provider = house
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
    assert _facts(session, number).description == "The first"

    second.submit({"step": "review"})
    assert [each.text for each in second.page.select("td del, td ins")] == [
        "The first",
        "The second",
    ]
    second.submit({"step": "publish"})
    assert _facts(session, number).description == "The second"


def test_a_made_up_version_is_refused(browser, house, session):
    number, provider = house
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    browser.submit({"version": "", "description": "x", "step": "publish"}, status=409)

    assert _facts(session, number).description == "A house for men."


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "edit"), ("post", "edit"), ("get", "openings"), ("post", "openings"),
        ("post", "still-true"),
    ],
)  # fmt: skip
def test_others_cannot_change_a_listing_and_learn_nothing(app, house, make, method, path):
    number, _ = house
    stranger = make.provider(make.organization().id)
    for person in (stranger, make.officer(), make.supervisor()):
        browser = Browser(app)
        browser.sign_in(person)
        getattr(browser, method)(f"/listings/{number}/{path}", status=404)


def test_a_provider_may_not_report_and_an_officer_has_no_list_of_its_own(app, house, officer):
    number, provider = house
    browser = Browser(app)
    browser.sign_in(provider)
    browser.post(f"/listings/{number}/report", {"fact": "phone"}, status=404)
    browser = Browser(app)
    browser.sign_in(officer)
    browser.get("/listings/mine", status=404)


def test_a_big_button_tells_how_many_are_free_now(browser, house, session):
    number, provider = house
    browser.sign_in(provider)
    page = browser.get(f"/listings/{number}/openings")

    assert browser.title == "Free beds now"
    assert [b.text.split()[0] for b in page.select(".rd-free button")] == list("01234")
    assert [b["value"] for b in page.select(".rd-free [aria-pressed=true]")] == ["3"]
    browser.post(f"/listings/{number}/openings", {"available": "0"})

    facts = _facts(session, number)
    assert (facts.openings.available, facts.openings.as_of) == (0, NOON)
    assert "fades to “not known” Mar 15, 2026" in browser.text
    for wrong in ("-1", "", "some"):
        browser.post(f"/listings/{number}/openings", {"available": wrong}, status=422)


def test_a_first_count_says_what_is_counted(browser, make, session):
    organization = make.organization()
    number = make.listing(organization)
    browser.sign_in(make.provider(organization.id))
    page = browser.get(f"/listings/{number}/openings")

    assert not page.select(".rd-free")
    browser.submit({"available": "7", "unit": "seat"}, form="form.rd-ask")
    facts = _facts(session, number)
    assert (facts.openings.unit.value, facts.openings.available) == ("seat", 7)


def test_a_provider_has_a_list_and_an_administrator_a_look_up(app, house, make, index):
    number, provider = house
    make.listing(name="Somebody else's")
    index()
    browser = Browser(app)
    browser.sign_in(provider)
    browser.get("/listings/mine")
    assert "Riverbend House, men" in browser.text
    assert "Somebody else's" not in browser.text

    browser = Browser(app)
    browser.sign_in(make.administrator())
    browser.get("/listings/mine")
    browser.submit({"q": "riverbend"}, form="main form")
    browser.follow("Riverbend House, men")
    assert browser.path == f"/listings/{number}"


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
    facts = _facts(session, listing.number)
    assert (facts.description, facts.minimum_age) == ("Day shift", 18)
    assert [p.number for p in facts.phones] == ["423-555-0111"]
    browser.get(f"/listings/{listing.number}/openings", status=404)


def test_the_crisis_strip_shows_local_lines_and_follows_changes(browser, make, officer):
    make.listing(
        name="Mobile crisis team", terms=["crisis-line"], phone="423-555-0119",
        hours=[(ALL_WEEK, time(0), time(0))],
    )  # fmt: skip
    page = browser.get("/sign-in")
    assert "Mobile crisis team" in page.select_one(".rd-crisis").text

    make.listing(name="Second line", terms=["crisis-line"], phone="423-555-0120")
    assert "Second line" in browser.get("/sign-in").select_one(".rd-crisis").text


def test_each_page_opens_in_spanish_with_the_names_of_the_vocabulary(browser, house, session):
    number, provider = house
    session.add(
        EligibilityRule(
            listing_number=number, kind=RuleKind.GENDER, code="men", stance=Stance.REQUIRED
        )
    )
    session.commit()
    browser.sign_in(provider)
    for path in (str(number), f"{number}/edit", f"{number}/openings", f"{number}/history", "mine"):
        page = browser.get(f"/listings/{path}", headers={"Accept-Language": "es"})
        assert page.html["lang"] == "es"
        if path == str(number):
            assert "Hombres" in browser.text
            assert "Vivienda sobria" in browser.text
