"""Pages of a listing as people without JavaScript meet them."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from resourcedir.directory.models import (
    EligibilityRule,
    Listing,
    ListingReport,
    RuleKind,
    Stance,
)
from tests.conftest import NOON
from tests.functional.conftest import facts_now
from tests.inspector import Browser

CANARY = "77 Canary Wharf Lane"
ALL_WEEK = "MO,TU,WE,TH,FR,SA,SU"


@pytest.fixture
def officer(make):
    return make.officer()


def test_a_listing_shows_what_decides_first(browser, riverbend, officer):
    number, _ = riverbend
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}")

    facts = [[dd.text for dd in div.select("dd")] for div in page.select(".rd-facts > div")]
    assert browser.title == "Riverbend House, men"
    assert facts == [
        ["3 beds free", "2 hours ago, by an import"],
        ["Open now", "until 7 pm"],
        ["Chattanooga, TN 37404"],
    ]
    assert page.select_one("a.rd-phone")["href"] == "tel:+14235550141"
    assert "Last checked 12 days ago" in browser.text
    assert "Example" in browser.text
    assert [row.text for row in page.select("tr.rd-today th")] == ["Thursday, today"]
    assert "Eastern Time" in browser.text


def test_rules_are_sentences_with_their_source_and_age(browser, riverbend, officer, session):
    number, _ = riverbend
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


def test_the_way_back_and_the_distance_come_from_the_search(browser, riverbend, officer):
    number, _ = riverbend
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
def test_no_other_address_is_a_way_back(browser, riverbend, officer, address):
    number, _ = riverbend
    browser.sign_in(officer)
    browser.get(f"/listings/{number}", query_string={"from": address})

    assert "Back to the results" not in browser.text


def test_nobody_finds_a_listing_that_never_was(browser, officer):
    browser.sign_in(officer)
    browser.get("/listings/999", status=404)


def test_a_withdrawn_listing_says_so(browser, riverbend, officer, session):
    number, _ = riverbend
    session.get(Listing, number).withdrawn_at = NOON
    session.commit()
    browser.sign_in(officer)
    browser.get(f"/listings/{number}")

    assert "No longer offered" in browser.text


def test_an_officer_reports_a_wrong_fact_in_one_click(browser, riverbend, officer, session):
    number, provider = riverbend
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


def test_a_provider_may_not_report_and_an_officer_has_no_list_of_its_own(app, riverbend, officer):
    number, provider = riverbend
    browser = Browser(app)
    browser.sign_in(provider)
    browser.post(f"/listings/{number}/report", {"fact": "phone"}, status=404)
    browser = Browser(app)
    browser.sign_in(officer)
    browser.get("/listings/mine", status=404)


def test_a_big_button_tells_how_many_are_free_now(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    page = browser.get(f"/listings/{number}/openings")

    assert browser.title == "Free beds now"
    assert [b.text.split()[0] for b in page.select(".rd-free button")] == list("01234")
    assert [b["value"] for b in page.select(".rd-free [aria-pressed=true]")] == ["3"]
    browser.post(f"/listings/{number}/openings", {"available": "0"})

    facts = facts_now(session, number)
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
    browser.submit({"available": "7", "unit": "seat"}, form="#all-of-it")
    facts = facts_now(session, number)
    assert (facts.openings.unit.value, facts.openings.available) == ("seat", 7)


def test_a_provider_has_a_list_and_an_administrator_a_look_up(app, riverbend, make, index):
    number, provider = riverbend
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


def test_the_crisis_strip_shows_local_lines_and_follows_changes(browser, make, officer):
    make.listing(
        name="Mobile crisis team", terms=["crisis-line"], phone="423-555-0119",
        hours=[(ALL_WEEK, time(0), time(0))],
    )  # fmt: skip
    page = browser.get("/sign-in")
    assert "Mobile crisis team" in page.select_one(".rd-crisis").text

    make.listing(
        name="Second line", terms=["crisis-line"], phone="423-555-0120",
        hours=[(ALL_WEEK, time(0), time(0))],
    )  # fmt: skip
    assert "Second line" in browser.get("/sign-in").select_one(".rd-crisis").text


def test_lines_of_another_state_leave_988_and_911_alone(browser, make):
    make.listing(
        name="Line of Georgia", terms=["crisis-line"], phone="706-555-0120", point=None,
        area="GA/Dade", hours=[(ALL_WEEK, time(0), time(0))],
    )  # fmt: skip

    strip = browser.get("/sign-in").select_one(".rd-crisis")

    assert [a["href"] for a in strip.select("a")] == ["tel:988", "tel:911"]


def test_each_page_opens_in_spanish_with_the_names_of_the_vocabulary(browser, riverbend, session):
    number, provider = riverbend
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
