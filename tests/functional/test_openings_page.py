"""The page on which a provider tells openings, and what officers then read of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from resourcedir.directory.capacity import report_from_referral, take_opening
from resourcedir.directory.kinds import Unit, WrongFact
from resourcedir.directory.models import Metadata, ServiceCapacity
from tests.conftest import NOON
from tests.functional.conftest import facts_now
from tests.inspector import Browser

STARTS = date(2026, 6, 1)
WHOLE = {
    "available": "2", "maximum": "12", "wait_days": "9", "hold_hours": "24",
    "starts_on": STARTS.isoformat(), "waiting_list": None,
}  # fmt: skip


@pytest.fixture
def seats(make, session):
    """Give a class with three seats free, and its provider."""
    organization = make.organization("Riverbend Counseling")
    number = make.listing(organization, name="Anger class", terms=["anger-management"], available=3)
    row = session.scalar(select(ServiceCapacity))
    row.unit, row.maximum = Unit.SEAT, 12
    session.commit()
    return number, make.provider(organization.id)


def _told(browser, number, said, status=200):
    browser.get(f"/listings/{number}/openings")
    return browser.submit(said, form="#all-of-it", status=status)


def test_a_provider_tells_wait_holds_first_day_and_waiting_list_at_once(browser, seats, session):
    number, provider = seats
    browser.sign_in(provider)
    _told(browser, number, WHOLE)

    told = facts_now(session, number).openings
    assert (told.unit, told.available, told.maximum) == (Unit.SEAT, 2, 12)
    assert (told.wait_days, told.hold_hours) == (9, 24)
    assert (told.starts_on, told.waiting_list, told.as_of) == (STARTS, False, NOON)
    assert "told just now, by the provider" in browser.text
    assert "fades to “not known” Jun 1, 2026, midnight" in browser.text
    assert "about 9 days' wait. A referral may hold an opening for 24 hours." in browser.text
    assert "No waiting list." in browser.text


def test_one_press_of_a_number_leaves_what_else_was_told(browser, seats, session):
    number, provider = seats
    browser.sign_in(provider)
    _told(browser, number, WHOLE)
    browser.submit({"available": "0"}, form=".rd-free")

    told = facts_now(session, number).openings
    assert (told.available, told.wait_days, told.hold_hours) == (0, 9, 24)
    assert (told.starts_on, told.waiting_list) == (STARTS, False)
    session.rollback()
    fields = session.scalars(select(Metadata.field_name).order_by(Metadata.id)).all()
    assert sorted(fields) == ["openings", "openings", "openings_hold_hours",
                              "openings_starts_on", "openings_wait_days",
                              "openings_waiting_list"]  # fmt: skip


def test_officers_read_openings_first_then_wait_first_day_teller_and_age(app, seats, make, index):
    number, provider = seats
    browser = Browser(app)
    browser.sign_in(provider)
    _told(browser, number, WHOLE)
    index()
    browser = Browser(app)
    browser.sign_in(make.officer())
    words = "about 9 days' wait · starts Jun 1, 2026 · just now, by the provider"

    page = browser.get(f"/listings/{number}")
    first = [dd.text for dd in page.select(".rd-facts > div")[0].select("dd")]
    assert first == ["2 seats free", words]
    cells = page.select("table caption:-soup-contains(Openings) ~ tbody td")
    assert [cell.text for cell in cells] == [
        "2", "12", "about 9 days' wait", "Jun 1, 2026", "just now, by the provider",
    ]  # fmt: skip
    assert words in browser.get("/search?q=anger").text


def test_seats_of_a_class_that_has_begun_are_not_known(browser, seats, make, session, at_noon):
    number, provider = seats
    browser.sign_in(provider)
    _told(browser, number, WHOLE)
    at_noon(NOON + timedelta(days=90))
    browser.sign_in(provider)
    browser.get(f"/listings/{number}")

    assert "Openings not known" in browser.text
    assert "the class began Jun 1, 2026" in browser.text
    browser.get(f"/listings/{number}/openings")
    browser.submit({"available": "4"}, form=".rd-free")
    told = facts_now(session, number).openings
    assert (told.available, told.starts_on) == (4, None)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"available": "13"}, "There are only 12: write that or fewer."),
        ({"available": "-1"}, "Write a whole number, 0 or more."),
        ({"maximum": "-2"}, "Write how many there are, 0 or more."),
        ({"wait_days": "3651"}, "Write the wait in days: a number from 0 to 3650."),
        ({"hold_hours": "0"}, "Write the hours: a number from 1 to 336."),
        ({"hold_hours": "337"}, "Write the hours: a number from 1 to 336."),
        ({"starts_on": "2026-03-12"}, "Write the first day of the next class."),
        ({"starts_on": "2036-03-12"}, "Write a day within the next three years."),
        ({"starts_on": "someday"}, "Not a valid date"),
    ],
)
def test_what_cannot_be_is_refused_with_its_mend_and_nothing_is_saved(
    browser, seats, session, typed, words
):
    number, provider = seats
    before = facts_now(session, number).openings
    browser.sign_in(provider)
    page = _told(browser, number, WHOLE | typed, status=422)

    assert words in page.select_one("#error-summary").text
    assert (
        page.select_one("details[open] [name=wait_days]")["value"] == (WHOLE | typed)["wait_days"]
    )
    assert facts_now(session, number).openings == before


@pytest.mark.parametrize("unit", ["", "room"])
def test_a_first_count_of_nothing_that_is_counted_is_refused(browser, make, session, unit):
    organization = make.organization()
    number = make.listing(organization)
    browser.sign_in(make.provider(organization.id))
    for said in ({"available": "3"}, {"available": "3", "unit": unit, "whole": "1"}):
        page = browser.post(f"/listings/{number}/openings", said, status=422)
        assert "Choose what is counted." in page.select_one("#error-summary").text
    assert facts_now(session, number).openings is None


def test_beds_have_no_first_day_even_when_one_is_sent(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    page = browser.get(f"/listings/{number}/openings")
    assert not page.select("[name=starts_on]")
    browser.post(f"/listings/{number}/openings",
                 {"whole": "1", "available": "1", "starts_on": STARTS.isoformat()})  # fmt: skip

    assert facts_now(session, number).openings.starts_on is None


def test_a_press_on_an_old_page_does_not_give_away_what_a_referral_took(
    browser, riverbend, session
):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/openings")
    assert take_opening(session, facts_now(session, number).resource_id, NOON)
    session.commit()
    browser.submit({"available": "3"}, form=".rd-free", status=409)

    assert "it is 2 now" in browser.text
    assert facts_now(session, number).openings.available == 2
    browser.submit({"available": "3"}, form=".rd-free")
    assert facts_now(session, number).openings.available == 3


def test_an_edit_of_something_else_gives_nothing_away_either(browser, riverbend, session):
    number, provider = riverbend
    browser.sign_in(provider)
    browser.get(f"/listings/{number}/edit")
    assert take_opening(session, facts_now(session, number).resource_id, NOON)
    session.commit()
    browser.submit({"description": "New words", "step": "review"})
    browser.submit({"step": "publish"})

    facts = facts_now(session, number)
    assert (facts.description, facts.openings.available) == ("New words", 2)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Wait", "9 days", "for 24 hours", "Jun 1, 2026", "is not kept"]),
        ("es", ["9 ", "24 ", "1 jun 2026"]),
    ],
)
def test_the_history_tells_each_value_in_the_language_of_the_reader(app, seats, language, words):
    number, provider = seats
    browser = Browser(app)
    browser.sign_in(provider)
    _told(browser, number, WHOLE)
    browser.get(f"/listings/{number}/history", headers={"Accept-Language": language})

    for each in words:
        assert each in browser.text
    assert "{" not in browser.text


def test_a_report_that_a_referral_made_says_so(browser, riverbend, session, make):
    number, _ = riverbend
    session.rollback()
    report_from_referral(session, number, WrongFact.PHONE, NOON, None)
    session.commit()
    browser.sign_in(make.officer())
    browser.get(f"/listings/{number}")

    assert "Could not reach them A referral found this. just now" in browser.text
