from datetime import date

import pytest

from resourcedir.accounts.models import Team
from resourcedir.directory.models import Listing, Service
from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, group, row


@pytest.fixture
def houses(make):
    """Give one house for each verdict, for the man that ``all_known`` is about."""
    men = ("gender", "men", "required")
    make.listing(name="Open House", terms=HOUSE, rules=[men, *OPEN_TO_ALL], ages=(18, None))
    make.listing(
        name="Ask House",
        terms=HOUSE,
        rules=[men, ("offense", "arson", "case_by_case"), OPEN_TO_ALL[1]],
    )
    make.listing(name="Silent House", terms=HOUSE, rules=[men])
    make.listing(name="Women's House", terms=HOUSE, rules=[("gender", "women", "required")])


def test_places_stand_by_verdict_and_each_says_why(find, client, all_known, houses):
    browser = find(client)

    assert group(browser, "yes") == ["Open House"]
    assert group(browser, "call") == ["Ask House"]
    assert group(browser, "unknown") == ["Silent House"]
    assert group(browser, "no") == ["Women's House"]
    headings = [heading.text for heading in browser.page.select("h2[id^='g-']")]
    assert headings == ["Yes: 1", "Call first: 1", "Not known: 1", "No: 1"]
    assert "arson" in row(browser, "Ask House").text.casefold()
    assert "1 place would take this client" in browser.text


def test_every_rule_stands_in_the_disclosure_with_what_is_known(find, client, all_known, houses):
    table = row(find(client), "Open House").select_one("details table")

    heads = [head.text for head in table.select("thead th")]
    assert heads == ["They ask", "Known of the client", "So", "Source, age"]
    cells = " ".join(table.text.split())
    assert "court or board record" in cells
    assert "man, 36" in cells and "buprenorphine" in cells


def test_nothing_is_a_yes_of_a_client_of_whom_nothing_is_known(find, client, houses):
    browser = find(client)

    assert group(browser, "yes") == []
    assert "Open House" in group(browser, "unknown")


def test_a_place_shows_the_points_that_it_stands_in_its_place_by(find, client, all_known, houses):
    text = " ".join(row(find(client), "Open House").select_one("details").text.split())

    assert "Why in this place of the list: The kind of help that is sought 40 of 40" in text
    assert "Distance" in text and "of 12" in text


def test_the_nearer_of_two_equal_houses_comes_first(find, make, client, all_known):
    for name, point in (("Far House", (35.2, -85.2)), ("Near House", (35.031, -85.27))):
        make.listing(name=name, terms=HOUSE, rules=OPEN_TO_ALL, point=point)

    assert group(find(client), "yes") == ["Near House", "Far House"]


def test_a_house_with_a_free_bed_comes_before_a_nearer_one_of_which_none_is_told(
    find, make, client, all_known
):
    make.listing(name="Near House", terms=HOUSE, rules=OPEN_TO_ALL, point=(35.04, -85.28))
    make.listing(
        name="Free House", terms=HOUSE, rules=OPEN_TO_ALL, point=(35.06, -85.31), available=3
    )

    assert group(find(client), "yes") == ["Free House", "Near House"]


def test_what_many_share_is_shown_in_part_and_wholly_on_a_page_of_its_own(
    find, make, client, all_known
):
    for number in range(25):
        make.listing(name=f"House {number:02}", terms=HOUSE, rules=OPEN_TO_ALL)
    browser = find(client)
    assert len(group(browser, "yes")) == 5
    browser.follow("Show all 25")
    assert len(group(browser, "yes")) == 20
    browser.follow("Next")

    assert len(group(browser, "yes")) == 5
    assert "Page 2 of 2" in browser.text
    assert browser.page.select_one("title").text.startswith("Find for this client: Yes: 25")


def test_another_need_is_one_press_away(find, make, client, all_known, houses):
    make.listing(name="Full Shelf", terms=["food-pantry"])
    browser = find(client)
    path = browser.path
    browser.post(path, {"need": "food-pantry", "near": "37404"})

    assert browser.path == path
    assert group(browser, "yes") == ["Full Shelf"]
    chosen = browser.page.select_one("[aria-current=step]")
    assert "Food pantry" in chosen.text


def test_the_place_itself_says_what_it_is_for_the_client(find, client, all_known, houses):
    browser = find(client)
    browser.follow("Women's House")

    verdict = browser.page.select_one(".rd-verdict")
    assert "No" in verdict.select_one(".rd-pill").text
    assert "omen" in verdict.text


def test_a_paused_house_is_a_no_that_says_until_when(find, make, session, client, all_known):
    number = make.listing(name="Open House", terms=HOUSE, rules=OPEN_TO_ALL)
    session.rollback()
    service = session.get(Service, session.get(Listing, number).service_id)
    service.paused_until = date(2099, 1, 31)
    session.commit()
    browser = find(client)

    assert group(browser, "no") == ["Open House"]
    assert "2099" in row(browser, "Open House").text


def test_a_place_that_is_no_place_is_told_as_such(find, browser, client, all_known, houses):
    path = find(client).path
    browser.post(path, {"near": "99999", "need": "halfway-house"})

    assert "No ZIP code has these five digits" in browser.text
    assert browser.page.select_one("#near")["aria-invalid"] == "true"


def test_spanish_readers_read_the_verdicts_in_spanish(find, browser, client, all_known, houses):
    find(client)
    path = browser.path
    browser.post("/language", {"language": "es", "next": path})
    browser.get(path)

    assert browser.page.select_one("html")["lang"] == "es"
    assert browser.page.select_one("#g-call").text == "Llame primero: 1"


def test_a_search_begins_as_far_as_the_client_can_go_and_another_need_keeps_that(
    find, client, know, all_known, houses
):
    know(client, {"farthest": 80.0})
    browser = find(client)
    assert browser.page.select_one("#within option[selected]")["value"] == "80"
    browser.submit({"need": "food-pantry"}, form="form:has(.rd-needs)")

    assert browser.page.select_one("#within option[selected]")["value"] == "80"
    assert "Food pantry" in browser.page.select_one("[aria-current=step]").text


def test_one_verdict_alone_is_shown_without_an_index_too(browser, client, all_known, houses):
    browser.get(f"/clients/{client}")
    browser.post("/match", {"client_id": str(client), "need": "halfway-house"})
    browser.get(f"{browser.path}?show=no")

    assert [heading.text for heading in browser.page.select("h2[id^='g-']")] == ["No: 1"]
    assert browser.page.select_one("title").text.startswith("Find for this client: No: 1")


def test_a_supervisor_looks_and_is_offered_no_referral(find, make, browser, officer, all_known):
    supervisor = make.supervisor(make.session.get(Team, officer.identity.team_id))
    make.listing(name="Open House", terms=HOUSE, rules=OPEN_TO_ALL)
    client = make.client(officer, needs=["halfway-house"])
    browser.post("/sign-out")
    browser.sign_in(supervisor)
    find(client)
    assert "Open House" in browser.text
    assert not browser.page.select("form[action='/referrals/start']")
    browser.follow("Open House")

    assert not browser.page.select("form[action='/referrals/start']")
