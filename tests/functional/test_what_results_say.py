"""U10: each result says what decides, how sure and how old it is, and why it is there."""

from datetime import time, timedelta

import pytest

from resourcedir.directory.kinds import ServiceStatus
from tests.conftest import NOON

DAYS = [("MO,TU,WE,TH,FR", time(8), time(17))]
NIGHTS = [("MO,TU,WE,TH,FR", time(20), time(23))]
ASKED = "/search?q=sober+living+spanish+near+37402"


@pytest.fixture(autouse=True)
def directory(make, index, browser):
    house = {
        "terms": ["sober-living"],
        "point": (35.0457, -85.31),
        "languages": ["en", "es"],
        "phone": "423-555-0141",
    }
    make.listing(
        name="Casa Northgate",
        hours=DAYS,
        available=3,
        updated=NOON - timedelta(hours=2),
        **house,
    )
    make.listing(name="Night House", hours=NIGHTS, checked_at=NOON - timedelta(days=400), **house)
    make.listing(name="Silent House", checked_at=None, **{**house, "phone": ""})
    index()
    browser.sign_in(make.officer())


def row(browser, name):
    rows = browser.page.select("li.rd-row")
    return next(each for each in rows if each.select_one("h2 a").text == name)


def test_openings_hours_and_distance_stand_in_this_order_each_with_how_sure_it_is(browser):
    browser.get(ASKED)
    said = " | ".join(row(browser, "Casa Northgate").select_one(".rd-facts").stripped_strings)

    assert said == (
        "Openings | 3 beds free | 2 hours ago, by an import | Hours | Open now | until 5 pm"
        " | Distance | 0.4 mi | straight line, from ZIP center to address"
    )


def test_a_closed_place_says_when_it_opens_and_an_unknown_is_called_unknown(browser):
    browser.get(ASKED)
    night = " | ".join(row(browser, "Night House").select_one(".rd-facts").stripped_strings)
    silent = " | ".join(row(browser, "Silent House").select_one(".rd-facts").stripped_strings)

    assert "Closed now | opens 8 pm" in night
    assert "Openings not known" in silent
    assert "Hours not known" in silent


def test_languages_and_the_last_check_are_said_and_an_old_one_stands_out(browser):
    browser.get(ASKED)
    for name, checked in (
        ("Casa Northgate", "checked 12 days ago"),
        ("Night House", "checked 13 months ago"),
        ("Silent House", "never checked"),
    ):
        said = " ".join(row(browser, name).get_text(" ").split())
        assert "English, Spanish" in said
        assert checked in said, name
    assert row(browser, "Night House").select_one(".rd-old") is not None
    assert row(browser, "Casa Northgate").select_one(".rd-old") is None


def test_each_result_says_why_it_is_there(browser):
    browser.get(ASKED)
    for each in browser.page.select("li.rd-row"):
        why = " ".join(each.select_one("details.rd-why p").text.split())
        assert "Your words name what it offers: Sober living." in why
        assert "It has what you asked for: Spanish." in why
        assert "It is within the distance." in why
    assert "It told of free places lately." in row(browser, "Casa Northgate").text
    assert "free places lately" not in row(browser, "Night House").text


def test_who_is_closed_has_told_of_free_places_in_vain(browser, make, index):
    make.listing(
        name="Shut House",
        terms=["halfway-house"],
        available=3,
        updated=NOON - timedelta(hours=2),
        status=ServiceStatus.TEMPORARILY_CLOSED,
    )
    index()
    browser.get("/search?q=halfway+house")

    assert "free places lately" not in row(browser, "Shut House").text


def test_a_search_for_nothing_says_no_reason(browser):
    browser.get("/search")

    assert browser.page.select("li.rd-row")
    assert browser.page.select("details.rd-why") == []
