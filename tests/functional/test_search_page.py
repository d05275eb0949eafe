from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOON

OPEN_DAYS = [("MO,TU,WE,TH,FR", time(8), time(17))]


@pytest.fixture
def directory(make, index):
    """Three places near 37402, one far away, one that serves the county without a place."""
    numbers = {
        "clinic": make.listing(
            name="Riverside Methadone Clinic",
            terms=["opioid-treatment-program"],
            point=(35.06, -85.30),
            languages=["en", "es"],
            hours=OPEN_DAYS,
        ),
        "near": make.listing(
            name="Northgate Recovery", terms=["opioid-treatment-program"], point=(35.0457, -85.31)
        ),
        "mention": make.listing(
            name="Counseling on Main",
            description="Takes people on methadone.",
            terms=["substance-counseling"],
            point=(35.0456, -85.3097),
            available=3,
        ),
        "far": make.listing(
            name="Nashville Clinic", terms=["opioid-treatment-program"], point=(36.16, -86.78)
        ),
        "line": make.listing(
            name="County Methadone Helpline",
            terms=["opioid-treatment-program"],
            point=None,
            area="TN/Hamilton",
        ),
    }
    index()
    return numbers


@pytest.fixture
def officer(make, browser):
    officer = make.officer()
    browser.sign_in(officer)
    return officer


def names(browser):
    return [row.select_one("h2 a").text for row in browser.page.select("li.rd-row")]


def test_a_word_that_names_a_term_puts_its_places_first_and_the_nearest_before_the_rest(
    browser, officer, directory
):
    browser.get("/search?q=methadone&near=37402&within=50")

    assert names(browser) == [
        "Northgate Recovery",
        "Riverside Methadone Clinic",
        "County Methadone Helpline",
        "Counseling on Main",
    ]


def test_a_place_without_a_point_says_which_area_it_serves(browser, officer, directory):
    browser.get("/search?q=helpline&near=37402")

    assert "Serves TN/Hamilton" in browser.text
    assert " mi " not in browser.page.select_one("li.rd-row .rd-facts").text


def test_each_result_shows_what_decides_and_how_sure_it_is(browser, officer, directory):
    browser.get("/search?q=riverside&near=37402")
    row = " ".join(browser.page.select_one("li.rd-row").text.split())

    assert "Open now" in row
    assert "mi" in row and "straight line, from ZIP center to address" in row
    assert "English, Spanish" in row
    assert "checked 12 days ago" in row
    assert "source: Example" in row
    assert "Openings not known" in row


def test_the_search_is_in_the_url_and_loading_it_again_shows_the_same(browser, officer, directory):
    browser.get("/search?q=methadone&near=37402&within=50&language=es")
    first = names(browser)
    browser.get("/search?q=methadone&near=37402&within=50&language=es")

    assert names(browser) == first == ["Riverside Methadone Clinic"]
    assert browser.page.select_one("#q")["value"] == "methadone"
    assert browser.page.select_one("#narrow #language-es").has_attr("checked")


def test_facets_count_what_choosing_them_would_show(browser, officer, directory):
    browser.get("/search?near=37402&within=50")
    for facet, value in (("openings", "free"), ("open", "now"), ("language", "es")):
        box = browser.page.select_one(f"input[name={facet}][value={value}]")
        label = browser.page.select_one(f"label[for='{box['id']}']")
        count = int(label.select_one(".rd-count").text)
        total = browser.get(f"/search?near=37402&within=50&{facet}={value}")
        assert len(total.select("li.rd-row")) == count == 1
        browser.get("/search?near=37402&within=50")


def test_openings_that_are_too_old_are_not_known_and_not_counted(browser, officer, make, index):
    make.listing(name="Old count", available=4, updated=NOON - timedelta(days=30))
    index()
    browser.get("/search?q=count")

    assert "Openings not known" in browser.text
    assert browser.page.select_one("label[for='openings-free'] .rd-count").text == "0"


def test_an_empty_result_offers_the_next_wider_search_with_its_count(browser, officer, directory):
    browser.get("/search?q=nashville&near=37402&within=5")

    assert browser.title == "Nothing found"
    assert "988" in browser.text
    link = browser.page.select_one("a[href*='/search?q=nashville']")
    assert link.text.strip().endswith(": 1")
    browser.get(link["href"])
    assert names(browser) == ["Nashville Clinic"]


def test_a_place_that_does_not_exist_says_what_to_type(browser, officer, directory):
    browser.get("/search?q=methadone&near=00000")

    assert "ZIP" in browser.page.select_one("#near-trouble").text
    assert browser.page.select_one("#near")["aria-invalid"] == "true"


def test_words_of_which_none_has_all_bring_those_with_some_and_say_so(browser, officer, directory):
    browser.get("/search?q=riverside+zebra")

    assert names(browser) == ["Riverside Methadone Clinic"]
    assert "Nothing has “zebra” with the other words: it is left out." in browser.text

    browser.get("/search?q=riverside+northgate")
    assert set(names(browser)) == {"Riverside Methadone Clinic", "Northgate Recovery"}
    assert "some of them" in browser.text


def test_htmx_gets_the_answer_alone(browser, officer, directory):
    response = browser.client.get("/search?q=methadone", headers={"HX-Request": "true"})

    assert response.text.lstrip().startswith("<title>")
    assert "<html" not in response.text
    assert response.vary.find("HX-Request") >= 0


def test_paging_goes_to_the_end(browser, officer, make, index):
    for number in range(23):
        make.listing(name=f"House {number}", terms=["sober-living"])
    index()
    browser.get("/search?q=sober+living")
    assert len(names(browser)) == 20
    first = set(names(browser))
    browser.follow("Next")

    assert len(names(browser)) == 3
    assert not first & set(names(browser))
    assert "21 to 23 of 23" in browser.text


def test_a_stranger_is_sent_to_sign_in_and_the_words_do_not_go_along(app):
    response = app.test_client().get("/search?q=detox&near=37402")

    assert response.status_code == 303
    assert response.headers["Location"] == "/sign-in?next=/search"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=300), near=st.text(max_size=60))
def test_any_text_is_answered(browser, officer, directory, words, near):
    response = browser.client.get("/search", query_string={"q": words, "near": near})

    assert response.status_code == 200


def test_words_that_the_chosen_kind_does_not_have_lead_to_any_kind(browser, officer, directory):
    browser.get("/search?q=counseling&need=crisis-line&near=37402")

    assert "In any kind: 1" in browser.text


def test_a_page_after_the_last_shows_the_last(browser, officer, directory):
    browser.get("/search?page=99")

    assert len(names(browser)) == 5


def test_near_a_county_means_all_of_it(browser, officer, directory):
    browser.get("/search?q=riverside&near=Hamilton+County%2C+TN&within=5")

    assert names(browser) == ["Riverside Methadone Clinic"]


def test_any_distance_can_be_chosen(browser, officer, directory):
    browser.get("/search?q=nashville&near=37402&within=any")

    assert names(browser) == ["Nashville Clinic"]
    assert browser.page.select_one("#within-any").has_attr("checked")
