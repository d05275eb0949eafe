"""From a match to the client's facts and back, and what the page of one verdict is headed by."""

import pytest

from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL

LINK = "main a[href*='/facts']"


@pytest.fixture
def houses(make):
    make.listing(name="Open House", terms=HOUSE, rules=OPEN_TO_ALL)
    make.listing(name="Women's House", terms=HOUSE, rules=[("gender", "women", "required")])


def test_a_fact_changed_from_a_match_leads_back_to_it(find, client, all_known, houses):
    browser = find(client)
    here = browser.path
    browser.get(browser.page.select_one(LINK)["href"])
    assert browser.page.select_one(f"main a[href='{here}']").text == "Leave it as it is"

    browser.submit({"dependents": "2"}, form="main form")

    assert browser.path == here
    assert "The facts are saved." in browser.text


def test_a_form_that_was_put_right_leads_back_all_the_same(find, client, all_known, houses):
    browser = find(client)
    here = browser.path
    browser.get(browser.page.select_one(LINK)["href"])
    browser.submit({"dependents": "many"}, form="main form", status=422)

    browser.submit({"dependents": "2"}, form="main form")

    assert browser.path == here


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org", "/\\example.org", "/no-such-page", "/match?x", ""],
)
def test_a_fact_changed_leads_to_no_other_site(browser, client, elsewhere):
    browser.get(f"/clients/{client}/facts", query_string={"next": elsewhere})

    browser.submit({"dependents": "2"}, form="main form")

    assert browser.path == f"/clients/{client}"


def test_the_page_of_what_says_no_does_not_say_that_nothing_else_was_found(
    find, client, all_known, houses
):
    browser = find(client)
    here = browser.path

    browser.get(f"{here}?show=no")
    assert browser.page.select_one("#found").text == "1 place says no"
    browser.get(f"{here}?show=call")
    assert browser.page.select_one("#found").text == "Nothing found"


def test_where_nothing_but_no_is_found_the_match_says_so(find, make, client, all_known):
    make.listing(name="Women's House", terms=HOUSE, rules=[("gender", "women", "required")])

    assert find(client).page.select_one("#found").text == "No place found would take this client"
