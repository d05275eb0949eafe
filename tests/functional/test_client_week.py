"""Curfew and work shifts on the pages of a client."""

from datetime import time
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from resourcedir.clients import queries
from resourcedir.clients.busy_week import Busy, read
from resourcedir.clients.models import Client
from resourcedir.clients.week_fields import fields_of, week_words
from resourcedir.directory.hours import Interval, WeeklyHours, parse
from tests.factories import Factory, Person
from tests.functional.conftest import FACTS
from tests.inspector import Browser

WEEK = {"curfew-usual": "8pm-6am", "work_hours-usual": "7-3:30", "work_hours-Sa": "8 am - noon"}


@pytest.fixture
def client(make: Factory, officer: Person) -> UUID:
    return make.client(officer)


def recorded(session: Session) -> tuple[str, str]:
    session.rollback()
    session.expire_all()
    row = session.scalars(select(Client)).one()
    return row.curfew, row.work_hours


def fact(browser: Browser, name: str) -> str:
    (row,) = [row for row in browser.page.select("dl div") if row.dt.text == name]
    return (row.dd.span or row.dd).text.strip()


def test_a_new_client_has_the_curfew_and_the_shifts_that_were_typed(
    browser: Browser, session: Session, officer: Person
) -> None:
    browser.get("/clients/new")
    browser.submit({**FACTS, **WEEK})
    assert recorded(session) == (
        "Mo-Su 20:00-06:00",
        "Mo-Fr 07:00-15:30; Sa 08:00-12:00",
    )


def test_the_record_says_them_in_words(
    browser: Browser, client: UUID, make: Factory, session: Session
) -> None:
    browser.get(f"/clients/{client}")
    assert (fact(browser, "Curfew"), fact(browser, "Work")) == ("not recorded", "not recorded")
    browser.get(f"/clients/{client}/edit")
    browser.submit(WEEK)
    assert browser.path == f"/clients/{client}"
    assert fact(browser, "Curfew") == "Every day 8 pm to 6 am"
    assert fact(browser, "Work") == ("Monday to Friday 7 am to 3:30 pm; Saturday 8 am to noon")


def test_what_is_recorded_is_in_the_form_and_saved_as_it_was(
    browser: Browser, session: Session, client: UUID
) -> None:
    browser.get(f"/clients/{client}/edit")
    browser.submit(WEEK)
    before = recorded(session)
    browser.get(f"/clients/{client}/edit")
    shown = {name: browser.page.find(id=name)["value"] for name in WEEK}
    assert shown == {
        "curfew-usual": "8 pm - 6 am",
        "work_hours-usual": "7 am - 3:30 pm",
        "work_hours-Sa": "8 am - noon",
    }
    folded = [each.has_attr("open") for each in browser.page.select("main form details")]
    assert folded == [False, True]
    browser.submit({})
    assert recorded(session) == before


def test_emptied_fields_free_the_client(browser: Browser, session: Session, client: UUID) -> None:
    browser.get(f"/clients/{client}/edit")
    browser.submit(WEEK)
    browser.get(f"/clients/{client}/edit")
    browser.submit(dict.fromkeys(WEEK, ""))
    assert recorded(session) == ("", "")
    statement = text("SELECT curfew_sealed, work_hours_sealed FROM client")
    assert session.execute(statement).one() == (None, None)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("curfew-usual", "8-6", "Every day: Write when the client must be at home, with am or pm"),
        ("curfew-Sa", "late", "Saturday: Write when the client must be at home"),
        ("work_hours-Tu", "the night shift", "Tuesday: Write when the client is at work"),
        ("work_hours-usual", "9am-5pm, 4pm-6pm", "Monday to Friday: Two of these times overlap"),
        ("work_hours-Su", "9" * 81, "Shorten this to 80 characters"),
    ],
)
def test_what_cannot_be_read_names_the_day_and_the_mend_and_is_kept(
    browser: Browser, session: Session, client: UUID, field: str, typed: str, words: str
) -> None:
    browser.get(f"/clients/{client}/edit")
    browser.submit({field: typed, "phone": "423-555-0199"}, status=422)
    assert words in browser.page.find(id=f"{field}-error").text
    (link,) = browser.page.select("#error-summary a")
    assert (link["href"], words in link.text) == (f"#{field}", True)
    assert browser.page.find(id=field)["value"] == typed
    if not field.endswith("usual"):
        assert browser.page.find(id=field).find_parent("details").has_attr("open")
    assert recorded(session) == ("", "")


def test_it_is_the_clock_of_the_deployment(
    app: Flask, session: Session, client: UUID, officer: Person, browser: Browser
) -> None:
    browser.get(f"/clients/{client}/edit")
    browser.submit(WEEK)
    session.rollback()
    with app.test_request_context():
        session.info["usual_zone"] = "America/Chicago"
        card = queries.client_card(session, officer.identity, client)
    assert card.curfew == parse("Mo-Su 20:00-06:00", "America/Chicago")
    assert card.work_hours == parse("Mo-Fr 07:00-15:30; Sa 08:00-12:00", "America/Chicago")


def test_who_saves_second_sees_what_the_first_recorded(
    app: Flask, browser: Browser, make: Factory, client: UUID
) -> None:
    other = Browser(app)
    other.sign_in(make.supervisor())
    browser.get(f"/clients/{client}/edit")
    other.get(f"/clients/{client}/edit")
    other.submit({"curfew-usual": "9 pm - 5 am"})
    browser.submit({"curfew-usual": "8pm-6am"}, status=409)
    assert "Every day 9 pm to 5 am" in browser.page.select_one(".rd-next").text
    assert browser.page.find(id="curfew-usual")["value"] == "8pm-6am"


def test_they_are_told_in_spanish(browser: Browser, client: UUID) -> None:
    browser.get(f"/clients/{client}/edit")
    browser.submit({"curfew-usual": "8 p. m. a 6 a. m.", "curfew-Su": "ninguno"})
    browser.submit(form="footer form")
    assert "8 p.m. a 6 a.m." in browser.text
    browser.get(f"/clients/{client}/edit")
    assert browser.page.find(id="curfew-Sa").get("value", "") == ""
    assert browser.page.find(id="curfew-usual")["value"] == "8 p.m. - 6 a.m."
    free = browser.page.find(id="curfew-Su")["value"]
    assert read(free, Busy.CURFEW) == ()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", Busy)
def test_every_time_that_is_shown_in_a_field_is_read_back(
    app: Flask, language: str, kind: Busy
) -> None:
    hours = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
    with app.test_request_context(headers={"Accept-Language": language}):
        for opens in hours:
            for closes in hours:
                span = (Interval(opens, closes),)
                week = WeeklyHours((span,) * 7, "UTC")
                assert read(fields_of(week, kind)["usual"], kind) == span
        assert week_words(week)
