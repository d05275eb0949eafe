"""A provider that takes nobody for some days: what it says, where it shows, and how it ends."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from resourcedir.directory.models import Metadata
from resourcedir.directory.offering import Offer, offer_at
from tests.conftest import NOON
from tests.functional.conftest import facts_now
from tests.inspector import Browser

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("said", "last_day"),
    [
        ({"pause": "today"}, TODAY),
        ({"pause": "week"}, date(2026, 3, 18)),
        ({"pause": "until", "until": "2026-04-01"}, date(2026, 4, 1)),
    ],
)
def test_a_pause_has_a_last_day(browser, riverbend, session, said, last_day):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/openings")
    browser.post(f"/listings/{number}/pause", said)

    assert facts_now(session, number).paused_until == last_day
    assert "You take nobody through" in browser.text
    browser.submit({"pause": "end"}, form=f"form[action='/listings/{number}/pause']")
    assert facts_now(session, number).paused_until is None
    session.rollback()
    lines = session.scalars(select(Metadata).order_by(Metadata.id)).all()
    assert {(x.field_name, x.previous_value, x.replacement_value) for x in lines} == {
        ("paused_until", "{said:nothing}", f"{{date:{last_day}}}"),
        ("paused_until", f"{{date:{last_day}}}", "{said:nothing}"),
    }


def _places(browser, question):
    page = browser.get(f"/search?{question}")
    return [link.text for link in page.select(".rd-row__name a")]


def test_a_pause_shows_stops_openings_and_ends_by_itself(app, riverbend, make, index, session,
                                                         at_noon):  # fmt: skip
    number, provider = riverbend
    browser = Browser(app)
    browser.sign_in(provider)
    browser.post(f"/listings/{number}/pause", {"pause": "today"})
    index()
    officer = make.officer()
    browser = Browser(app)
    browser.sign_in(officer)
    page = browser.get(f"/listings/{number}")

    first, hours = (div.select("dd")[0].text for div in page.select(".rd-facts > div")[:2])
    assert (first, hours) == ("Taking nobody through Mar 12, 2026", "Open now")
    assert offer_at(facts_now(session, number), NOON) is Offer.PAUSED
    assert "Riverbend House, men" in _places(browser, "q=riverbend")
    assert _places(browser, "q=riverbend&openings=free") == []

    midnight = datetime.fromisoformat("2026-03-13T00:00-04:00")
    at_noon(midnight - timedelta(minutes=1))
    browser.sign_in(officer)
    assert _places(browser, "q=riverbend&openings=free") == []
    at_noon(midnight)
    assert _places(browser, "q=riverbend&openings=free") == ["Riverbend House, men"]
    assert "3 beds free" in browser.get(f"/listings/{number}").text


def test_a_search_without_an_index_keeps_to_the_pause_too(app, riverbend, make, at_noon):
    number, provider = riverbend
    browser = Browser(app)
    browser.sign_in(provider)
    browser.post(f"/listings/{number}/pause", {"pause": "today"})
    officer = make.officer()
    browser = Browser(app)
    browser.sign_in(officer)

    assert _places(browser, "openings=free") == []
    at_noon(datetime.fromisoformat("2026-03-13T00:00-04:00"))
    browser.sign_in(officer)
    assert _places(browser, "openings=free") == ["Riverbend House, men"]


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("", "Write the last day of the pause."),
        ("2026-03-11", "Write a day from today on, within a year."),
        ("2028-01-01", "Write a day from today on, within a year."),
        ("soon", "Not a valid date"),
    ],
)
def test_a_pause_without_a_day_that_can_be_is_refused(browser, riverbend, session, until, words):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/openings")
    page = browser.submit({"pause": "until", "until": until}, form="#pause-until", status=422)

    assert words in page.select_one("#error-summary").text
    assert facts_now(session, number).paused_until is None
    browser.post(f"/listings/{number}/pause", {"pause": "for ever"}, status=422)
