"""What a court or board has ordered, as officers keep it."""

from datetime import date

import pytest
from flask import render_template
from sqlalchemy import select

from resourcedir.audit.models import AuditEvent
from resourcedir.clients.conditions import condition_rows
from resourcedir.clients.models import ClientCondition, ClientNeed
from resourcedir.clients.queries import client_card
from tests.functional.conftest import audited

WORDS = "Finish an assessment for anger management."
ORDER = {
    "text": WORDS,
    "ordered_on": "2026-03-02",
    "due_on": "2026-03-30",
    "need": "anger-management",
}


@pytest.fixture
def client(make, officer):
    return make.client(officer, needs=("support-groups",))


def rows(session, officer, client):
    session.rollback()
    session.expire_all()
    return condition_rows(session, officer.identity, client)


def added(browser, client, **more):
    browser.get(f"/clients/{client}/conditions/new")
    browser.submit({**ORDER, **more})


def opened(browser, session, officer, client):
    """Open the page of the only condition and return its address."""
    (row,) = rows(session, officer, client)
    address = f"/clients/{client}/conditions/{row.id}"
    browser.get(address)
    return address


def shown(app, session, officer, client, today=date(2026, 3, 12)):
    """Return the fragment of the client's record."""
    with app.test_request_context():
        return " ".join(
            render_template(
                "clients/_conditions.html",
                conditions=rows(session, officer, client),
                card=client_card(session, officer.identity, client),
                today=today,
                language="en",
            ).split()
        )


def test_an_officer_adds_what_was_ordered_and_its_need_joins_the_others(
    browser, session, officer, client
):
    added(browser, client)
    assert browser.path == f"/clients/{client}"
    assert "2. Anger management" in browser.text and "Mar 30, 2026" in browser.text
    (row,) = rows(session, officer, client)
    assert (row.text, row.ordered_on, row.code) == (WORDS, date(2026, 3, 2), "anger-management")
    assert audited(session, AuditEvent.CLIENT_CHANGED) == [(officer.id, str(client))]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"text": " "}, "text", "Write what was ordered"),
        ({"text": "x" * 1001}, "text", "1,000 characters"),
        ({"ordered_on": "2026-03-13"}, "ordered_on", "to come"),
        ({"due_on": "2026-03-01"}, "due_on", "before it was ordered"),
        ({"due_on": "soon"}, "due_on", "year-month-day"),
        ({"need": "no-such"}, "need", ""),
    ],
)
def test_what_cannot_be_saved_says_where_and_keeps_the_rest(
    browser, session, client, typed, field, words
):
    browser.get(f"/clients/{client}/conditions/new")
    browser.submit({**ORDER, **typed}, status=422)
    assert words in browser.page.select_one(f"#{field}-error").text
    assert browser.page.select_one(f"#error-summary a[href='#{field}']")
    if field != "text":
        assert browser.page.select_one("#text").text.strip() == WORDS
    assert session.scalars(select(ClientCondition)).all() == []


def test_a_condition_is_changed_met_and_not_met_after_all(browser, session, officer, client):
    added(browser, client)
    address = opened(browser, session, officer, client)
    browser.submit({"text": "Changed.", "due_on": ""}, form=f"form[action='{address}']")
    address = opened(browser, session, officer, client)
    assert browser.page.select_one("#met_on")["value"] == "2026-03-12"
    browser.submit({"met_on": "2026-03-10"}, form="form[action$='/met']")
    assert "The condition is met." in browser.page.text
    (row,) = rows(session, officer, client)
    assert (row.text, row.due_on, row.met_on) == ("Changed.", None, date(2026, 3, 10))
    browser.get(address)
    assert "Met on Mar 10, 2026" in browser.text
    browser.submit(form="form[action$='/met']")
    assert rows(session, officer, client)[0].met_on is None


@pytest.mark.parametrize("typed", ["", "2026-03-13", "2026-03-01", "yesterday"])
def test_a_day_on_which_it_cannot_have_been_met_is_refused(
    browser, session, officer, client, typed
):
    added(browser, client)
    opened(browser, session, officer, client)
    browser.submit({"met_on": typed}, form="form[action$='/met']", status=422)
    assert browser.page.select_one("#error-summary a[href='#met_on']")
    assert browser.page.select_one("#text").text.strip() == WORDS
    assert rows(session, officer, client)[0].met_on is None


def test_a_condition_is_taken_off_the_record_from_a_page_of_its_own(
    browser, session, officer, client
):
    added(browser, client)
    address = opened(browser, session, officer, client)
    browser.follow("It was lifted")
    assert WORDS in browser.text and rows(session, officer, client)
    browser.submit()
    assert browser.path == f"/clients/{client}"
    assert rows(session, officer, client) == []
    assert "anger-management" in session.scalars(select(ClientNeed.term_code)).all()
    for page in (address, f"{address}/lift"):
        browser.get(page, status=404)
    assert session.scalars(select(ClientCondition.id)).one()


def test_the_second_to_save_sees_what_the_record_says_now(app, browser, session, officer, client):
    added(browser, client)
    address = opened(browser, session, officer, client)
    forms = (f"form[action='{address}']", "form[action$='/met']")
    other = type(browser)(app)
    other.sign_in(officer)
    for form, typed in zip(forms, ({"text": "Mine."}, {}), strict=True):
        browser.get(address)
        other.get(address)
        other.submit({"text": f"Theirs, before {form}."}, form=forms[0])
        browser.submit(typed, form=form, status=409)
        assert "after you opened it" in browser.page.select_one("#error-summary").text
        assert "Theirs" in browser.page.select_one(".rd-next--late").text
        (row,) = rows(session, officer, client)
        assert row.text.startswith("Theirs") and row.met_on is None
    browser.get(f"{address}/lift")
    other.get(address)
    other.submit({"text": "Last."}, form=forms[0])
    browser.submit(status=409)
    assert "Last." in browser.text
    browser.submit()
    assert rows(session, officer, client) == []


def test_the_record_says_what_is_late_and_begins_a_search_for_each_need(
    app, browser, session, officer, client
):
    added(browser, client)
    added(browser, client, text="Pay the fine.", due_on="2026-03-12", need="")
    added(browser, client, text="Report to the clerk.", due_on="", need="")
    page = shown(app, session, officer, client)
    assert "by Mar 30, 2026" in page and "Due today" in page and "no date set" in page
    assert page.count('action="/match"') == 1 and 'value="anger-management"' in page
    assert page.index("Pay the fine") < page.index(WORDS) < page.index("Report to the clerk")
    late = shown(app, session, officer, client, date(2026, 4, 2))
    assert "Late: it was due Mar 30, 2026" in late
    fine = next(row for row in rows(session, officer, client) if row.text == "Pay the fine.")
    browser.get(f"/clients/{client}/conditions/{fine.id}")
    browser.submit({"met_on": "2026-03-11"}, form="form[action$='/met']")
    page = shown(app, session, officer, client)
    assert page.index("Report to the clerk") < page.index("Pay the fine")
    assert "met Mar 11, 2026" in page


def test_nobody_else_opens_a_condition_and_its_words_are_in_no_address_or_log(
    browser, make, session, officer, client, caplog
):
    with caplog.at_level("DEBUG"):
        added(browser, client, text="Zyxwella", need="")
        address = opened(browser, session, officer, client)
    assert "Zyxwella" not in caplog.text
    assert not [a for a in browser.page.select("[href], [action]") if "Zyxw" in str(a.attrs)]
    for person in (make.officer(), make.supervisor(make.team()), make.administrator()):
        browser.client.delete_cookie("resourcedir")
        browser.sign_in(person)
        for page in (address, f"{address}/lift", f"/clients/{client}/conditions/new"):
            browser.get(page, status=404)
        browser.post(f"{address}/met", {"undo": "y"}, status=404)


def test_a_need_keeps_its_goal(browser, session, officer, client):
    browser.get(f"/clients/{client}/needs")
    browser.submit({"needs-0-goal": "  Ninety  days sober ", "needs-1-code": "legal-aid"})
    (first, second) = client_card(session, officer.identity, client).needs
    assert (first.goal, second.goal) == ("Ninety days sober", "")
    browser.get(f"/clients/{client}/needs")
    assert browser.page.select_one("#needs-0-goal")["value"] == "Ninety days sober"
    browser.submit({"needs-0-goal": "x" * 201}, status=422)
    assert browser.page.select_one("#error-summary a[href='#needs-0-goal']")
