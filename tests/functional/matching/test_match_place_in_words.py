"""A place among the words of a match counts before the home that nobody typed."""

import pytest

from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, group

CHIP = "near East Ridge, TN"


@pytest.fixture
def houses(make):
    make.listing(name="Home House", terms=HOUSE, rules=OPEN_TO_ALL, point=(35.031, -85.27))
    make.listing(name="Ridge House", terms=HOUSE, rules=OPEN_TO_ALL, point=(34.995, -85.23))


@pytest.fixture
def moved(find, client, all_known, houses):
    """Show a match whose words name a place, the home standing in the field."""
    browser = find(client)
    assert group(browser, "yes") == ["Home House", "Ridge House"]
    return ask(browser, q="near East Ridge")


def ask(browser, **fields):
    browser.submit(fields, form="form[role=search]")
    return browser


def chips(browser):
    return [
        each.find_all(string=True)[-1].strip() for each in browser.page.select("button.rd-chip")
    ]


def near(browser):
    return browser.page.select_one("#near")["value"]


def test_a_place_among_the_words_is_where_to_look_and_shown_as_understood(moved):
    assert group(moved, "yes") == ["Ridge House", "Home House"]
    assert chips(moved) == [CHIP]
    assert near(moved) == ""
    assert "Near East Ridge, TN." in moved.text


def test_what_was_understood_is_taken_back_with_one_press_and_the_home_is_back(moved):
    moved.submit(
        {"aside": moved.page.select_one("button.rd-chip")["value"]}, form="form:has(.rd-chip)"
    )

    assert near(moved) == "37404"
    assert group(moved, "yes") == ["Home House", "Ridge House"]


def test_other_words_without_a_place_are_looked_for_near_the_home_again(moved):
    assert near(ask(moved, q="house")) == "37404"


def test_the_distance_that_was_chosen_stays_when_a_chip_is_taken_away(moved):
    ask(moved, within="50")
    moved.submit(
        {"aside": moved.page.select_one("button.rd-chip")["value"]}, form="form:has(.rd-chip)"
    )

    assert moved.page.select_one("#within option[selected]")["value"] == "50"


@pytest.mark.parametrize("typed", ["37405", "37404"])
def test_a_place_that_an_officer_types_into_the_field_wins(moved, typed):
    ask(moved, near=typed)

    assert near(moved) == typed
    assert CHIP not in chips(moved)


def test_a_place_once_typed_into_the_field_wins_over_words_that_come_later(
    find, client, all_known, houses
):
    browser = ask(find(client), near="37405")
    ask(browser, q="near East Ridge")

    assert near(browser) == "37405"
    assert CHIP not in chips(browser)
