"""The search for another place knows which places were tried."""

import pytest
from sqlalchemy import select

from resourcedir.matching.models import ClientSearch
from tests.functional.loop.acting import answer, ours
from tests.functional.matching.conftest import OPEN_TO_ALL
from tests.functional.referring import fresh


def test_refer_elsewhere_tells_the_search_what_was_tried_and_keeps_it_sealed(
    browser, session, sent, theirs, another
):
    waiting = another()
    answer(theirs, "decline", {"reason": "full"})
    browser.get(ours(sent))
    browser.submit({}, form="main form[action$='/elsewhere']")

    fresh(session)
    search = session.scalars(select(ClientSearch).order_by("created_at")).all()[-1]
    pairs = {f"{sent.listing_number}:declined", f"{waiting.listing_number}:sent"}
    assert set(search.tried.split()) == pairs
    assert b"declined" not in search.tried_sealed


def test_the_next_place_is_filled_in_and_the_one_that_declined_says_so(browser, make, sent, theirs):
    number = make.listing(name="Third House", terms=["halfway-house"], rules=OPEN_TO_ALL)
    answer(theirs, "decline", {"reason": "full"})
    browser.get(ours(sent))
    browser.submit({}, form="main form[action$='/elsewhere']")
    best = browser.page.select_one("section[aria-labelledby=best]")
    rows = {row.select_one("a").text: row.text for row in browser.page.select("main li.rd-row")}

    assert best.select_one("h2").text == "Next to try: Third House"
    assert best.select_one("input[name=listing]")["value"] == str(number)
    assert [name for name, text in rows.items() if "Tried before: Declined" in text] != []
    assert "Tried before" not in rows["Third House"]


def test_a_search_begun_from_the_record_knows_who_declined_and_what_waits(
    browser, make, index, sent, theirs, another
):
    waiting = another()
    third = make.listing(name="Third House", terms=["halfway-house"], rules=OPEN_TO_ALL)
    answer(theirs, "decline", {"reason": "full"})
    index()
    browser.get(f"/clients/{sent.client_id}")
    browser.post("/match", {"client_id": str(sent.client_id), "need": sent.need_code})
    rows = {row.select_one("a").text: row.text for row in browser.page.select("main li.rd-row")}

    assert "Tried before: Declined" in rows["Riverbend House"]
    assert "Tried before: Waiting for the provider" in rows["Other House"]
    assert waiting.need_code == sent.need_code
    best = browser.page.select_one("section[aria-labelledby=best]")
    assert best.select_one("input[name=listing]")["value"] == str(third)


def test_a_search_for_another_need_was_tried_nowhere(browser, make, index, sent):
    make.listing(name="A Pantry", terms=["food-pantry"])
    index()
    browser.get(f"/clients/{sent.client_id}")
    browser.post("/match", {"client_id": str(sent.client_id), "need": "food-pantry"})

    assert "A Pantry" in browser.text
    assert "Tried before" not in browser.text
    assert browser.page.select_one("section[aria-labelledby=best]") is None


@pytest.fixture
def client(make, officer):
    return make.client(officer, needs=["halfway-house", "food-pantry"])


def test_a_need_says_where_its_referral_stands(browser, index, sent, theirs):
    def needs():
        browser.post("/match", {"client_id": str(sent.client_id), "need": sent.need_code})
        return {one.b.text: one.span.text for one in browser.page.select(".rd-needs__one")}

    index()
    browser.get(f"/clients/{sent.client_id}")
    assert "Waiting" in needs()["1. Halfway house"]
    answer(theirs, "decline", {"reason": "full"})
    assert "· Declined · choosing" in needs()["1. Halfway house"]
    assert "·" not in needs()["2. Food pantry"]
