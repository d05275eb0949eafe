"""Of few answers the page shows what is close, and says that it lacks something."""

import pytest


@pytest.fixture(autouse=True)
def directory(make, index):
    numbers = {
        "both": make.listing(
            name="Casa Detox", terms=["detox"], point=(35.0457, -85.31), languages=["es"]
        ),
        "detox": make.listing(
            name="Open Detox", terms=["detox"], point=(35.0457, -85.31), languages=["en"]
        ),
        "food": make.listing(
            name="Casa Kitchen", terms=["food"], point=(35.0457, -85.31), languages=["es"]
        ),
        "far": make.listing(
            name="Far Detox", terms=["detox"], point=(36.16, -86.78), languages=["es"]
        ),
    }
    index()
    return numbers


@pytest.fixture(autouse=True)
def officer(make, browser):
    officer = make.officer()
    browser.sign_in(officer)
    return officer


def related(browser):
    return [link.text for link in browser.page.select("section[aria-labelledby=related] a")]


def test_what_lacks_one_thing_is_shown_apart_and_not_counted(browser):
    browser.get("/search?q=detox+in+spanish+near+37402")

    assert browser.title == "1 place"
    assert related(browser) == ["Open Detox"]


def test_what_is_chosen_beside_the_results_is_never_loosened(browser):
    browser.get("/search?q=detox&near=37402&language=es")

    assert related(browser) == []


def test_words_put_aside_ask_for_nothing_more(browser):
    browser.get("/search?q=detox+in+spanish+near+37402&aside=in+spanish")

    assert browser.title == "2 places"


def test_a_slip_of_the_directory_itself_is_seen_through_when_nothing_is_found(browser, make, index):
    make.listing(name="Bluestonne Home", terms=["housing"], point=(36.16, -86.78))
    make.listing(name="Bluestone House", terms=["residential-treatment"], point=(35.0457, -85.31))
    index()
    browser.get("/search?q=bluestonne+near+37402")

    assert "Showing results for bluestone" in browser.text
    assert [each.text for each in browser.page.select("li.rd-row h2 a")] == ["Bluestone House"]
