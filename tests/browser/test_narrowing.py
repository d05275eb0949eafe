"""Narrowing results with JavaScript: the answer changes in place, and the address with it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

FOOD = "/search?q=treatment&near=37402&within=50"


def test_ticking_a_filter_swaps_the_answer_keeps_the_focus_and_changes_the_address(person, world):
    someone = person().sign_in(world.officer).open(FOOD)
    before = someone.title
    someone.page.evaluate("document.body.dataset.same = 'page'")
    box = someone.page.locator("#narrow input[name=language][value=es]")

    box.focus()
    someone.page.keyboard.press("Space")
    someone.page.wait_for_url("**language=es**")

    assert someone.title != before
    assert someone.page.evaluate("document.body.dataset.same") == "page", "swapped, not loaded"
    assert someone.focused.get_attribute("value") == "es"
    assert someone.focused.is_checked()
    asked = parse_qs(urlsplit(someone.page.url).query)
    assert (asked["q"], asked["near"]) == (["treatment"], ["37402"])
    assert someone.page.title().startswith(someone.title)
    assert someone.page.locator("#announcement").inner_text() == someone.title
    someone.look_closely()

    swapped = someone.page.locator(".rd-results").inner_text()
    someone.open(someone.page.url)
    assert someone.page.locator(".rd-results").inner_text() == swapped, "the address says it all"


def test_back_shows_what_was_asked_before_and_nothing_is_kept_in_the_browser(person, world):
    someone = person().sign_in(world.officer).open(FOOD)
    before = someone.title
    someone.page.locator("label", has_text="Spanish").first.click()
    someone.page.wait_for_url("**language=es**")

    someone.page.go_back()
    expect(someone.page.locator("h1")).to_have_text(before)

    assert "language" not in someone.page.url
    assert not someone.page.locator("#narrow input[name=language][value=es]").is_checked()
    assert someone.page.evaluate("localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_search_for_a_client_is_narrowed_without_a_word_of_it_in_the_address(person, world, js):
    someone = person(js=js).sign_in(world.officer).open(f"/match/{world.search}")
    address = someone.page.url
    found = someone.page.locator("main li.rd-row").count()
    assert found

    someone.page.locator("#within").select_option("5")
    someone.tick("Open tonight").press("Search")

    assert someone.page.url == address
    assert someone.page.locator("main li.rd-row").count() < found
    assert "Marcus Tolliver" in someone.page.locator(".rd-client").inner_text()
    assert someone.page.evaluate("localStorage.length + sessionStorage.length") == 0
    someone.open(f"/match/{world.search}")
    assert someone.page.locator("#open-tonight").is_checked(), "and it is remembered"
    assert someone.page.locator("#within").input_value() == "5"
    someone.page.locator("#q").fill("food box")
    someone.tick("Open tonight").tick("Sought: Residential treatment").press("Search")
    assert "Food box" in someone.page.locator("main li.rd-row").first.inner_text()


def test_changing_the_language_comes_back_to_the_narrowed_search(person, world):
    someone = person().sign_in(world.officer).open(FOOD)
    someone.page.locator("label", has_text="Spanish").first.click()
    someone.page.wait_for_url("**language=es**")
    address = someone.page.url

    someone.press("Español", within="footer")

    assert someone.page.url == address
    assert someone.page.locator("html").get_attribute("lang") == "es"
