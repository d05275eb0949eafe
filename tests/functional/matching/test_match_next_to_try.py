"""The box with the next place to try, once a place was tried and took nobody."""

import pytest
from sqlalchemy import select

from resourcedir.matching.models import ClientSearch
from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, group

NEAR, FAR = (35.031, -85.27), (35.15, -85.2)
ASKED = [("offense", "arson", "case_by_case"), OPEN_TO_ALL[1]]
ONLY_FOR = [("population", None, "required"), *OPEN_TO_ALL]
FULL = {"name": "Full House", "rules": OPEN_TO_ALL, "available": 0}
ONLY = {"name": "Only House", "rules": ONLY_FOR}
FAR_ONE = {"name": "Ask House", "rules": ASKED, "point": FAR}


@pytest.fixture
def houses(make):
    def build(*rows):
        return [make.listing(**{"terms": HOUSE, "point": NEAR, **each}) for each in rows]

    return build


@pytest.fixture
def tried(find, client, all_known, session):
    """Show a match in which some places were tried before."""

    def show(*numbers):
        browser = find(client)
        session.rollback()
        search = session.scalars(select(ClientSearch)).one()
        search.tried = " ".join(f"{number}:declined" for number in numbers)
        session.commit()
        return browser.get(browser.path) and browser

    return show


def box(browser):
    return browser.page.select_one("section[aria-labelledby=best]")


@pytest.mark.parametrize("before", [FULL, ONLY])
def test_a_full_place_or_one_for_others_perhaps_is_not_tried_before_a_better_one(
    houses, tried, before
):
    first, _, _ = houses({"name": "Open House", "rules": OPEN_TO_ALL}, before, FAR_ONE)
    browser = tried(first)

    assert group(browser, "call") == [before["name"], "Ask House"]
    assert box(browser).h2.text == "Next to try: Ask House"


@pytest.mark.parametrize(
    ("shown", "better"),
    [
        ([ONLY] * 5, FAR_ONE),
        ([{"name": "Tried House", "rules": OPEN_TO_ALL}] * 5, {**FAR_ONE, "rules": OPEN_TO_ALL}),
    ],
)
def test_a_better_place_that_the_page_does_not_show_is_the_next(houses, tried, shown, better):
    first, *others = houses({"name": "Open House", "rules": OPEN_TO_ALL}, *shown, better)
    before = others[:-1] if shown[0]["name"] == "Tried House" else []
    browser = tried(first, *before)

    assert "Ask House" not in group(browser, "yes") + group(browser, "call")
    assert box(browser).h2.text == "Next to try: Ask House"


def test_where_nothing_better_is_left_a_full_place_is_the_next(houses, tried):
    first, _ = houses({"name": "Open House", "rules": OPEN_TO_ALL}, FULL)

    assert box(tried(first)).h2.text == "Next to try: Full House"


def test_that_the_only_yes_was_tried_stands_in_the_box(houses, tried):
    first, _ = houses({"name": "Open House", "rules": OPEN_TO_ALL}, FAR_ONE)

    text = box(tried(first)).text
    assert "The only place that would take this client was tried before." in text


def test_while_a_yes_is_left_it_is_the_next_and_nothing_is_said(houses, tried):
    names = ("Open House", "Second House")
    first, _, _ = houses(*({"name": each, "rules": OPEN_TO_ALL} for each in names), FAR_ONE)

    shown = box(tried(first))
    assert shown.h2.text == "Next to try: Second House"
    assert "tried before" not in shown.text
