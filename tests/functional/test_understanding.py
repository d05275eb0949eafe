"""The search page says what it understood, and how to take each of it back."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.functional.test_search_page import names


@pytest.fixture(autouse=True)
def directory(make, index):
    numbers = {
        "spanish": make.listing(
            name="Casa Northgate",
            terms=["sober-living"],
            point=(35.0457, -85.31),
            languages=["en", "es"],
            populations=["men"],
        ),
        "english": make.listing(
            name="Riverside House", terms=["sober-living"], point=(35.06, -85.30), languages=["en"]
        ),
        "far": make.listing(
            name="Nashville House", terms=["sober-living"], point=(36.16, -86.78), languages=["es"]
        ),
    }
    index()
    return numbers


@pytest.fixture(autouse=True)
def officer(make, browser):
    officer = make.officer()
    browser.sign_in(officer)
    return officer


def chips(browser):
    return {
        chip.get_text().split(":")[1].strip(): chip["href"]
        for chip in browser.page.select("a.rd-chip")
    }


def wider(browser):
    return [link.get_text(strip=True) for link in browser.page.select("[aria-labelledby=wider] a")]


def test_each_thing_understood_is_a_chip_that_can_be_taken_away(browser):
    browser.get("/search?q=sober+living+spanish+near+37402")
    assert names(browser) == ["Casa Northgate"]
    assert set(chips(browser)) == {"Spanish", "near Chattanooga, TN 37402"}

    browser.get(chips(browser)["Spanish"])
    assert names(browser) == ["Casa Northgate", "Riverside House"]
    assert set(chips(browser)) == {"near Chattanooga, TN 37402"}
    assert browser.page.select_one("#q")["value"] == "sober living spanish near 37402"

    browser.get(chips(browser)["near Chattanooga, TN 37402"])
    assert set(names(browser)) == {"Casa Northgate", "Riverside House", "Nashville House"}
    assert chips(browser) == {}


def test_a_misspelt_word_is_put_right_and_the_way_back_is_offered(browser):
    browser.get("/search?q=sobber+living+near+Chatanooga")

    assert set(names(browser)) == {"Casa Northgate", "Riverside House"}
    assert "Showing results for sober living near Chattanooga." in browser.text
    mended = [each.text for each in browser.page.select(".rd-repaired b")]
    assert mended == ["sober", "Chattanooga"]
    link = browser.page.select_one(".rd-repaired a")
    assert link.text == "sobber living near Chatanooga"
    assert parse_qs(urlsplit(link["href"]).query)["typed"] == ["chatanooga", "sobber"]
    browser.get(link["href"])
    assert "Showing results for" not in browser.text


def test_the_name_of_a_listing_is_never_put_right(browser, make, index):
    make.listing(name="Sobber Lodge")
    index()
    browser.get("/search?q=sobber")

    assert names(browser) == ["Sobber Lodge"]
    assert "Showing results for" not in browser.text


def test_a_word_of_a_listings_name_is_what_a_misspelt_word_may_mean(browser):
    browser.get("/search?q=nortgate")

    assert names(browser) == ["Casa Northgate"]


def test_a_filter_from_the_words_is_ticked_beside_the_results_and_can_be_unticked(browser):
    browser.get("/search?q=sober+living+spanish+near+37402")
    form = browser.page.select_one("#narrow")
    assert form.select_one("#language-es").has_attr("checked")
    hidden = [(each["name"], each["value"]) for each in form.select("input[type=hidden]")]

    browser.get("/search", query_string=hidden)  # as without the tick
    assert names(browser) == ["Casa Northgate", "Riverside House"]


def test_what_the_settled_search_finds_is_what_the_words_find(browser):
    browser.get("/search?q=sober+living+spanish+within+10+miles+of+37402")
    found = names(browser)
    form = browser.page.select_one("#narrow")
    hidden = [(each["name"], each["value"]) for each in form.select("input[type=hidden]")]
    ticked = [(each["name"], each["value"]) for each in form.select("input[checked]")]
    browser.get("/search", query_string=[*hidden, *ticked])

    assert names(browser) == found == ["Casa Northgate"]
    assert "within 10" not in " ".join(chips(browser))


def test_nothing_found_with_what_the_words_set_offers_the_next_wider_search(browser):
    browser.get("/search?q=nashville+near+37402+within+5+miles")

    assert browser.title == "Nothing found"
    assert wider(browser) == ["Anywhere: 1"]
    browser.follow("Anywhere: 1")
    assert names(browser) == ["Nashville House"]


def test_an_empty_answer_says_what_each_wider_search_finds(browser):
    browser.get("/search?q=sober+living+spanish+women+within+1+mile+of+37402")

    assert browser.title == "Nothing found"
    assert "No listing has all that was asked for." in browser.text
    offered = wider(browser)
    assert offered == ["Without “Women”: 1", "Anywhere: 3"]
    for each in offered:
        browser.get("/search?q=sober+living+spanish+women+within+1+mile+of+37402")
        browser.follow(each)
        assert len(names(browser)) == int(each.rpartition(": ")[2]), each


def test_words_that_no_listing_has_are_named(browser):
    browser.get("/search?q=zebra+giraffe+near+37402&language=es")

    assert "No listing has “zebra giraffe”, wherever it is." in browser.text
    assert wider(browser) == []


def test_only_what_can_be_taken_back_stands_beside_an_empty_answer(browser):
    browser.get("/search?q=sober+living+arabic+near+37402")
    beside = browser.page.select_one("#narrow")

    assert beside.select("[type=checkbox]") == beside.select("#language-ar")
    assert {each["name"] for each in beside.select("[type=radio]")} == {"within"}


def test_all_that_was_understood_can_be_cleared_at_once(browser):
    browser.get("/search?q=sober+living+spanish+near+37402")
    browser.follow("Clear all")

    assert chips(browser) == {}
    assert len(names(browser)) == 3
    assert browser.page.select_one("#q")["value"] == "sober living spanish near 37402"


def test_the_least_telling_word_is_left_out_in_words(browser, make, index):
    make.listing(name="Riverside Shelter")
    index()
    browser.get("/search?q=sober+living+northgate+riverside")

    assert "Nothing has “riverside” with the other words: it is left out." in browser.text
    assert names(browser) == ["Casa Northgate"]


def test_the_list_of_the_field_completes_terms_places_and_names(browser):
    def completed(words):
        page = browser.client.get("/search/complete", query_string={"q": words})
        assert page.status_code == 200
        return page.text

    assert 'value="Sober living"' in completed("sober li")
    assert "women methadone clinic" in completed("women methadone cl")
    assert "detox near Ooltewah, TN" in completed("detox near Oolt")
    assert "Casa Northgate" in completed("northg")
    assert "East Ridge, TN" in completed("food near East Ridge")
    assert "Ridgely" not in completed("food near East Ridge")
    assert "tratamiento" in completed("trata")
    assert completed("").strip() == completed("q").strip() == ""


def test_without_javascript_suggestions_stand_on_the_page(browser):
    browser.get("/search?q=methad")

    assert browser.page.select_one("nav[aria-label=Suggestions] a[href*='methadone']")


def test_a_search_for_a_client_is_understood_alike_and_its_address_says_nothing(
    browser, make, officer
):
    client = make.client(officer, needs=["sober-living"], home_zip="37404")
    browser.post("/match", {"client_id": str(client), "need": "sober-living"})
    address = browser.path
    browser.post(address, {"q": "nortgate spanish", "near": "37402"})
    assert "Casa Northgate" in browser.text
    assert "Riverside House" not in browser.text
    chip = browser.page.select_one("button.rd-chip")
    assert chip["value"] == "spanish"
    form = chip.find_parent("form")
    hidden = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    browser.post(address, {**hidden, "aside": "spanish"})

    assert browser.page.select_one("button.rd-chip") is None
    assert browser.response.request.query_string == b""


def test_a_need_that_is_told_in_other_words_is_a_chip_too(browser, make, index):
    make.listing(name="Lamp Fund", terms=["utility-help"])
    make.listing(name="Cut off, a barber whose lights are always on", terms=["hygiene"])
    index()

    browser.get("/search?q=lights+got+cut+off")
    assert names(browser) == ["Lamp Fund"]
    assert set(chips(browser)) == {"Utility bill help"}

    browser.get(chips(browser)["Utility bill help"])
    assert chips(browser) == {}
    assert names(browser) == ["Cut off, a barber whose lights are always on"]
    assert browser.page.select_one("#q")["value"] == "lights got cut off"


def test_what_is_heard_of_somebody_is_a_chip_and_a_reason_and_can_be_taken_back(
    browser, make, index
):
    make.listing(name="Old soldiers", terms=["sober-living"], populations=["veterans"])
    index()

    browser.get("/search?q=sober+living+for+somebody+home+from+afghanistan")
    assert names(browser)[0] == "Old soldiers"
    assert "It is made for what was heard: Veterans." in browser.text
    labels = {each.get_text(strip=True) for each in browser.page.select("a.rd-chip")}
    assert any("heard: Veterans" in each for each in labels)

    browser.get(chips(browser)["heard"])
    assert names(browser)[0] != "Old soldiers"
    assert "heard" not in browser.text


def test_a_town_of_the_same_name_over_the_border_is_offered(browser, make, index):
    make.listing(name="Rossville House", terms=["sober-living"], point=(34.98, -85.29))
    index()
    browser.get("/search?q=sober+living&near=Rossville&within=10")

    assert browser.title == "Nothing found"
    assert "Near Rossville, GA: 3" in wider(browser)
    browser.follow("Near Rossville, GA: 3")
    assert "Rossville House" in names(browser)
