"""What pages say of a listing that is closed, withdrawn, far away or kept secret."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.directory import queries
from resourcedir.directory.models import JobLead, Listing, ListingKind, Metadata, ServiceStatus
from tests.conftest import NOON
from tests.inspector import Browser

CANARY = "77 Canary Wharf Lane"
WEEK = "MO,TU,WE,TH,FR,SA,SU"


@pytest.fixture
def officer(make):
    return make.officer()


def _job(session, make, closes_on):
    organization = make.organization("Mill")
    job = JobLead(title="Welder", phone="423-555-0111", positions=4, closes_on=closes_on)
    session.add(job)
    session.flush()
    listing = Listing(kind=ListingKind.JOB_LEAD, organization_id=organization.id,
                      job_lead_id=job.id, source="Example", source_key="j1")  # fmt: skip
    session.add(listing)
    session.commit()
    return listing.number


def test_a_job_whose_last_day_is_over_says_so_on_top(browser, session, make, officer):
    number = _job(session, make, (NOON - timedelta(days=1)).date())
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}")

    assert page.select_one("main .usa-alert").text.strip() == "Applications closed Mar 11, 2026"
    assert page.select_one(".rd-facts dd").text == "Applications closed Mar 11, 2026"


def test_a_job_that_can_still_be_applied_for_is_not_called_closed(browser, session, make, officer):
    number = _job(session, make, NOON.date())
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}")

    assert not page.select("main .usa-alert")
    assert "apply by Mar 12, 2026" in browser.text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ServiceStatus.TEMPORARILY_CLOSED, "Temporarily closed"),
        (ServiceStatus.INACTIVE, "Not active"),
    ],
)
def test_what_is_not_offered_now_is_found_and_says_so_and_is_neither_open_nor_free(
    browser, make, officer, index, status, words
):
    make.listing(name="House", status=status, available=3, hours=[(WEEK, time(0), time(0))])
    index()
    browser.sign_in(officer)

    page = browser.get("/search?q=house")
    row = page.select_one("li.rd-row")
    assert words in row.select_one("p.rd-quiet b").text
    assert "Open now" not in row.text
    assert "3 beds free" not in row.text
    for narrowed in ("open=now", "openings=free"):
        assert not browser.get(f"/search?q=house&{narrowed}").select("li.rd-row")


def test_a_time_on_another_clock_than_the_readers_names_the_clock(browser, make, officer):
    memphis = make.listing(time_zone="America/Chicago", hours=[(WEEK, time(8), time(17))])
    detroit = make.listing(time_zone="America/Detroit", hours=[(WEEK, time(8), time(17))])
    browser.sign_in(officer)

    hours = browser.get(f"/listings/{memphis}").select(".rd-facts > div")[1]
    assert [dd.text for dd in hours.select("dd")] == ["Open now", "until 5 pm, Central Time"]
    hours = browser.get(f"/listings/{detroit}").select(".rd-facts > div")[1]
    assert [dd.text for dd in hours.select("dd")] == ["Open now", "until 5 pm"]


@pytest.mark.parametrize(
    "between",
    [
        ("37402", 50, "straight line, from ZIP center to address"),
        ("37402", 900, "straight line, between ZIP centers"),
        ("Cleveland, TN", 50, "straight line, from the middle of Cleveland, TN to address"),
        ("Cleveland, TN", 900, "straight line, from the middle of Cleveland, TN to ZIP center"),
    ],
)
def test_a_distance_says_on_both_pages_from_where_to_where(browser, make, officer, index, between):
    near, error_m, words = between
    number = make.listing(name="House", error_m=error_m)
    index()
    browser.sign_in(officer)

    row = browser.get("/search", query_string={"q": "house", "near": near, "within": "100"})
    found = [dd.text for dd in row.select(".rd-facts > div")[2].select("dd")]
    assert found[1] == words
    back = f"/search?q=house&near={near}"
    page = browser.get(f"/listings/{number}", query_string={"from": back})
    assert [dd.text for dd in page.select(".rd-facts > div")[2].select("dd")] == found


def test_who_keeps_a_confidential_place_up_sees_its_address_by_a_button_that_is_written_down(
    browser, make, session, index
):
    organization = make.organization()
    number = make.listing(organization, confidential=CANARY, area="TN/Hamilton")
    index()
    for person in (make.provider(organization.id), make.administrator()):
        browser = Browser(browser.client.application)
        browser.sign_in(person)
        page = browser.get(f"/listings/{number}")
        assert "Canary" not in page.text
        browser.submit(form=f"form[action='/listings/{number}/address']")
        assert CANARY in browser.text
        assert "Canary" not in browser.title
        assert browser.response.headers["Cache-Control"] == "no-store"

    session.rollback()
    rows = session.scalars(
        select(AuditRow).where(AuditRow.event == AuditEvent.PRIVATE_PLACE_SEEN)
    ).all()
    assert [(row.subject_id, row.address) for row in rows] == [(str(number), "127.0.0.1")] * 2


def test_nobody_else_is_offered_or_told_a_confidential_address(browser, make, officer, index):
    organization = make.organization()
    number = make.listing(organization, confidential=CANARY, area="TN/Hamilton")
    index()
    for person, status in ((officer, 404), (make.provider(make.organization().id), 404)):
        browser = Browser(browser.client.application)
        browser.sign_in(person)
        assert "Show the address" not in browser.get(f"/listings/{number}").text
        browser.post(f"/listings/{number}/address", {}, status=status)
        assert "Canary" not in browser.response.text


def test_no_link_shows_a_confidential_address(browser, make, index):
    number = make.listing(confidential=CANARY)
    index()
    browser.sign_in(make.administrator())

    assert browser.client.get(f"/listings/{number}/address").status_code == 405


def test_a_house_stops_offering_a_listing_and_offers_it_again(browser, make, session):
    organization = make.organization()
    number = make.listing(organization, name="House")
    browser.sign_in(make.provider(organization.id))
    browser.get(f"/listings/{number}")
    browser.get(f"/listings/{number}/withdraw")

    browser.submit(form=f"form[action='/listings/{number}/withdraw']")

    assert "No longer offered. Do not send anybody here." in browser.text
    session.rollback()
    assert queries.listing_numbers(session) == []
    browser.submit(form=f"form[action='/listings/{number}/offer-again']")
    assert "No longer offered. Do not send anybody here." not in browser.text
    session.rollback()
    assert queries.listing_numbers(session) == [number]
    browser.get(f"/listings/{number}/history")
    assert "Offered or not" in browser.text


def test_the_history_of_an_import_has_no_name_of_a_column(browser, make, session, officer):
    number = make.listing()
    resource = queries.facts_for(session, number).resource_id
    session.add_all(
        Metadata(
            resource_id=resource, resource_type="service", last_action_date=NOON,
            last_action_type="update", field_name=name, previous_value=before,
            replacement_value=after,
        )
        for name, before, after in (
            ("place_position_error_m", "900", "50"),
            ("checked_at", "", "2026-03-10T14:00+00:00"),
            ("status", "active", "inactive"),
            ("some_column", "", "x"),
        )
    )  # fmt: skip
    session.commit()
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}/history")

    cells = [[td.text.strip() for td in tr.select("td")] for tr in page.select("tbody tr")]
    assert ["Position: how far off, in meters", "900", "50"] in cells
    assert ["Last checked", "", "Mar 10, 2026, 10 am"] in cells
    assert ["Open or closed", "Open for referrals", "Not active"] in cells
    assert ["Other fact", "", "x"] in cells
