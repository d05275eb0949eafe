import re
from datetime import timedelta

from sqlalchemy import select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.matching.models import ClientSearch
from tests.conftest import NOON


def start(browser, client_id, need="sober-living"):
    browser.get(f"/clients/{client_id}")
    return browser.post("/match", {"client_id": str(client_id), "need": need})


def test_the_search_begins_near_the_clients_home_with_their_need(browser, make, index):
    officer = make.officer()
    client = make.client(officer, needs=["sober-living"], home_zip="37404")
    make.listing(name="Riverbend House", terms=["sober-living"])
    index()
    browser.sign_in(officer)
    start(browser, client)

    assert re.fullmatch(r"/match/[0-9a-f-]{36}", browser.path)
    assert "Marcus Tolliver" in browser.page.select_one(".rd-client").text
    assert browser.page.select_one("#near")["value"] == "37404"
    assert "Riverbend House" in browser.text


def test_no_address_of_the_search_holds_words_places_or_needs(browser, make, index):
    officer = make.officer()
    client = make.client(officer, needs=["sober-living"])
    make.listing(name="Riverbend House", terms=["sober-living"])
    index()
    browser.sign_in(officer)
    start(browser, client)
    path = browser.path
    response = browser.client.post(
        path,
        data={
            "q": "riverbend",
            "near": "37402",
            "csrf_token": browser.page.select_one("input[name=csrf_token]")["value"],
        },
    )

    assert response.headers["Location"] == path
    browser.get(path)
    assert browser.page.select_one("#q")["value"] == "riverbend"
    for link in browser.page.select("main a[href], main form[action]"):
        target = link.get("href") or link["action"]
        assert "37402" not in target and "riverbend" not in target, target


def test_what_is_searched_for_whom_is_sealed(browser, make, session, index):
    officer = make.officer()
    client = make.client(officer, needs=["sober-living"])
    index()
    browser.sign_in(officer)
    start(browser, client)
    session.rollback()
    search = session.scalars(select(ClientSearch)).one()

    assert b"sober" not in search.question_sealed
    assert search.question == "need=sober-living&near=37404"


def test_a_search_is_its_makers_alone(browser, make, index):
    officer, colleague = make.officer(), make.officer()
    client = make.client(officer)
    index()
    browser.sign_in(officer)
    start(browser, client)
    path = browser.path
    browser.post("/sign-out")
    browser.sign_in(colleague)

    browser.get(path, status=404)


def test_each_look_is_written_down(browser, make, session, index):
    officer = make.officer()
    client = make.client(officer)
    index()
    browser.sign_in(officer)
    start(browser, client)
    session.rollback()
    seen = session.scalars(
        select(AuditRow).where(
            AuditRow.event == AuditEvent.CLIENT_SEEN, AuditRow.subject_id == str(client)
        )
    ).all()

    assert len(seen) == 2
    assert all(row.at - NOON < timedelta(minutes=1) for row in seen)


def test_a_place_is_looked_at_for_the_client_and_they_are_referred_from_there(browser, make, index):
    officer = make.officer()
    client = make.client(officer, needs=["sober-living"])
    make.listing(name="Riverbend House", terms=["sober-living"])
    index()
    browser.sign_in(officer)
    start(browser, client)
    results = browser.path
    browser.follow("Riverbend House")

    assert "Marcus Tolliver" in browser.page.select_one(".rd-client").text
    assert browser.page.select_one(f"a[href='{results}']").text == "Back to the results"
    browser.submit(form="form[action='/referrals/start']")
    assert browser.title == "How shall this referral go?"


def test_a_place_of_anybody_elses_search_is_not_there(browser, make, index):
    officer, colleague = make.officer(), make.officer()
    client = make.client(officer)
    number = make.listing(name="Riverbend House")
    index()
    browser.sign_in(officer)
    start(browser, client)
    path = f"{browser.path}/listings/{number}"
    browser.get(path)
    browser.post("/sign-out")
    browser.sign_in(colleague)

    browser.get(path, status=404)
