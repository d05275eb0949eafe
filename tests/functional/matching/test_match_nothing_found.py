"""What a match says and offers where nothing was found: nothing was judged."""

import pytest

from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, group


@pytest.fixture
def house(make):
    make.listing(name="Open House", terms=HOUSE, rules=OPEN_TO_ALL)


def ask(browser, **fields):
    """Change the fields of the form with the words."""
    browser.submit(fields, form="form[role=search]")
    return browser.page


@pytest.mark.parametrize("indexed", [True, False])
def test_words_that_no_place_has_are_told_as_such_and_not_as_a_no(
    find, browser, client, house, indexed
):
    if indexed:
        find(client)
    else:
        browser.get(f"/clients/{client}")
        browser.post("/match", {"client_id": str(client), "need": "halfway-house"})
    page = ask(browser, q="zzzz")

    heading = page.select_one("#found").text
    assert heading == "Nothing was found for these words near Chattanooga, TN 37404"
    assert "would take this client" not in browser.text
    assert "Change the words" in browser.text


def test_a_wider_search_that_finds_something_is_one_press_away_and_in_no_address(
    find, make, client, all_known
):
    make.listing(name="Far House", terms=HOUSE, rules=OPEN_TO_ALL, point=(36.0, -85.31))
    browser = find(client)
    ask(browser, q="far house", within="10")
    assert browser.page.select_one("#found").text.startswith("Nothing was found")
    here = browser.path
    section = browser.page.select_one("section[aria-labelledby=wider]")
    assert "Within 100 miles: 1" in section.text and not section.select("a")
    browser.submit({}, form="section[aria-labelledby=wider] form")

    assert browser.path == here
    assert group(browser, "yes") == ["Far House"]
    assert browser.page.select_one("#within option[selected]")["value"] == "100"


def test_the_wider_search_without_a_place_does_not_go_back_to_the_home(
    find, make, client, all_known
):
    make.listing(name="Far House", terms=HOUSE, rules=OPEN_TO_ALL, point=(45.0, -85.31))
    browser = find(client)
    ask(browser, q="far house near East Ridge")
    forms = browser.page.select("section[aria-labelledby=wider] form")
    anywhere = next(each for each in forms if "Anywhere" in each.text)
    fields = {each["name"]: each["value"] for each in anywhere.select("input, button")}
    browser.post(browser.path, fields)

    assert browser.page.select_one("#near")["value"] == ""
    assert group(browser, "yes") == ["Far House"]
