"""Words that a page keeps are those of its client, its day and its language, and no others'."""

from datetime import date

from resourcedir.clients.facts import FactSource
from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, row

MEN = ("gender", "men", "required")


def reasons(browser, name="Open House"):
    """Return the cells of the reasons for a place."""
    cells = row(browser, name).select("details td, details th")
    return " | ".join(" ".join(cell.text.split()) for cell in cells)


def house(make):
    for name in ("Open House", "Second House"):
        make.listing(name=name, terms=HOUSE, rules=[MEN, *OPEN_TO_ALL], ages=(18, None))


def test_the_same_page_in_the_other_language_has_none_of_the_first_ones_words(
    find, client, all_known, make
):
    house(make)
    english = reasons(find(client))
    browser = find(client)
    browser.post("/language", {"language": "es"})
    spanish = reasons(find(client))
    browser.post("/language", {"language": "en"})

    assert "man, 36" in english and "court or board record" in english
    assert "hombre, 36" in spanish
    assert "court or board" not in spanish and "man," not in spanish
    assert reasons(find(client)) == english


def test_the_page_of_another_client_says_what_is_known_of_that_one(
    find, client, all_known, know, make, officer
):
    house(make)
    other = make.client(officer, needs=["halfway-house"], birth_year="1950")
    know(other, {"birth": date(1950, 1, 1), "gender": "women"}, FactSource.CLIENT)

    assert "man, 36" in reasons(find(client))
    theirs = reasons(find(other))
    assert "woman" in theirs and "76" in theirs and "36" not in theirs
    assert "arson" not in theirs and "court or board" not in theirs


def test_a_fact_that_changes_changes_the_words(find, client, all_known, know, make):
    house(make)
    before = reasons(find(client))

    know(client, {"birth": date(1989, 1, 5), "gender": "women"}, FactSource.CLIENT)

    now = reasons(find(client))
    assert "man, 36" in before and "client, " not in before
    assert "woman" in now and "37" in now and "36" not in now
    assert "client, " in now


def test_each_place_of_a_page_has_its_own_words_beside_those_that_are_kept(
    find, client, all_known, make
):
    house(make)
    make.listing(name="Late House", terms=HOUSE, rules=[MEN, *OPEN_TO_ALL], ages=(21, 30))
    browser = find(client)

    assert "18 or older" in reasons(browser)
    assert "21 to 30" in reasons(browser, "Late House")
    assert "36" in reasons(browser, "Late House")
