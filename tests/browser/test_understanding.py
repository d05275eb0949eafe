"""A misspelt Spanish question with a place, what was understood taken away piece by piece."""

import pytest
from playwright.sync_api import expect

ASKED = "tratamiento residensial en español cerca de Chatanooga"


def chips(someone):
    said = someone.page.locator("a.rd-chip").all_inner_texts()
    return [each.split(":")[-1].strip() for each in said]


def look_closely(someone, js):
    if js:  # axe runs in the page
        someone.look_closely()


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without"])
def test_what_was_understood_is_shown_and_taken_away_piece_by_piece(person, world, js):
    someone = person(js=js).sign_in(world.officer).open("/search")
    someone.fill("What is needed", ASKED).press("Search")
    assert "Showing results for" in someone.text
    assert "tratamiento residencial en español cerca de Chattanooga" in someone.text
    assert chips(someone) == ["Spanish", "near Chattanooga, TN"]
    look_closely(someone, js)
    narrow = someone.page.locator("li.rd-row").count()
    assert narrow > 0

    someone.follow("Spanish", within="#answer .rd-chips")
    assert chips(someone) == ["near Chattanooga, TN"]
    assert someone.page.locator("#q").input_value() == ASKED
    wider = someone.page.locator("li.rd-row").count()
    assert wider >= narrow

    someone.follow("near Chattanooga", within="#answer .rd-chips")
    assert chips(someone) == []
    assert someone.page.locator("li.rd-row").count() >= wider
    look_closely(someone, js)

    someone.follow(ASKED, within=".rd-repaired")
    assert "Showing results for" not in someone.text


def test_the_field_completes_while_one_types_and_keeps_the_focus(person, world):
    someone = person().sign_in(world.officer).open("/search")
    someone.page.locator("#q").press_sequentially("sober liv")

    option = someone.page.locator("#completions option[value='Sober living']")
    expect(option).to_have_count(1)
    assert someone.focused.get_attribute("id") == "q"
