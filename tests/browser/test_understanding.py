"""A misspelt Spanish question with a place, what was understood taken away piece by piece."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

ASKED = "tratamiento residensial para veteranos con medicaid en español cerca de Chatanooga"
MEANT = "tratamiento residencial para veteranos con medicaid en español cerca de Chattanooga"
JS = pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without"])


def chips(someone):
    said = someone.page.locator("a.rd-chip").all_inner_texts()
    return [each.split(":")[-1].strip() for each in said]


def found(someone):
    return someone.page.locator("li.rd-row h2").all_inner_texts()


def look_closely(someone, js):
    if js:  # axe runs in the page
        someone.look_closely()


@JS
@pytest.mark.parametrize("width", [1280, 360])
def test_what_was_understood_is_shown_and_taken_away_piece_by_piece(person, world, js, width):
    someone = person(js=js, width=width).sign_in(world.officer).open("/search")
    someone.fill("What is needed", ASKED).press("Search")
    assert f"Showing results for {MEANT}. Search instead for {ASKED}" in someone.text
    mended = someone.page.locator(".rd-repaired b").all_inner_texts()
    assert mended == ["residencial", "Chattanooga"]
    left = ["Veterans", "Medicaid", "Spanish", "near Chattanooga, TN"]
    assert chips(someone) == left
    look_closely(someone, js)
    narrow = set(found(someone))
    assert narrow

    while left:
        someone.follow(left.pop(0), within="#answer .rd-chips")
        assert chips(someone) == left
        assert someone.page.locator("#q").input_value() == ASKED, "what was typed stays"
        wider = set(found(someone))
        assert narrow <= wider
        narrow = wider
        assert f"Showing results for {MEANT}." in someone.text
    look_closely(someone, js)

    someone.follow(ASKED, within=".rd-repaired")
    assert "Showing results for" not in someone.text
    assert chips(someone) == []


@JS
def test_the_whole_search_stands_in_its_address(person, world, js):
    someone = person(js=js).sign_in(world.officer).open("/search")
    someone.fill("What is needed", ASKED).press("Search")
    someone.follow("Veterans", within="#answer .rd-chips")
    shown, address = someone.text, urlsplit(someone.page.url)
    assert parse_qs(address.query) == {"q": [ASKED], "aside": ["para veteranos"]}

    someone.open(f"{address.path}?{address.query}")
    assert someone.text == shown
    other = person(js=js).sign_in(world.officer).open(f"{address.path}?{address.query}")
    assert other.text == shown


@JS
def test_a_first_useful_result_is_two_steps_from_the_sign_in(person, world, js):
    someone = person(js=js).sign_in(world.officer)
    someone.follow("Search").fill("What is needed", "treatment near 37402").press("Search")

    assert someone.steps == 2
    first = someone.page.locator("li.rd-row").first.inner_text()
    assert re.search(r"\d\.\d mi\n", first)
    assert re.search(r"\d{3}-\d{3}-\d{4}", first), "and the number to call"


@JS
def test_an_empty_answer_leads_to_one_that_has_as_many_as_it_says(person, world, js):
    someone = person(js=js).sign_in(world.officer)
    someone.open("/search?q=treatment+vietnamese+open+tonight+within+1+mile+of+37363")
    assert someone.title == "Nothing found"
    look_closely(someone, js)
    offered = someone.page.locator("[aria-labelledby=wider] a").all_inner_texts()
    assert offered

    someone.follow(offered[0], within="#answer")
    count = int(offered[0].rpartition(": ")[2])
    assert someone.title == ("1 place" if count == 1 else f"{count} places")
    assert len(found(someone)) == min(count, 20)


def test_the_field_completes_while_one_types_and_keeps_the_focus(person, world):
    someone = person().sign_in(world.officer).open("/search")
    someone.page.locator("#q").press_sequentially("sober liv")

    option = someone.page.locator("#completions option[value='Sober living']")
    expect(option).to_have_count(1)
    assert someone.focused.get_attribute("id") == "q"
    someone.press("Search")
    assert "q=sober+liv" in someone.page.url


def test_without_javascript_the_page_suggests_what_may_be_meant(person, world):
    someone = person(js=False).sign_in(world.officer).open("/search?q=sober+liv")
    someone.follow("Sober living", within="nav[aria-label=Suggestions]")

    assert someone.page.locator("#q").input_value() == "Sober living"
