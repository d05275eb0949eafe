"""Caseloads and records of clients, as officers and supervisors meet them."""

import re
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from resourcedir.audit.models import AuditEvent
from resourcedir.clients.models import Assignment, Client, ClientNeed
from resourcedir.extensions import db
from tests.factories import Factory, Person
from tests.functional.conftest import FACTS, audited, names
from tests.inspector import PASSWORD, Browser

CANARY = "Zyxwella Quantrell"


def banner(browser: Browser) -> str:
    return " ".join(browser.page.select_one(".rd-client").text.split())


def told(response: TestResponse) -> str:
    """Return the page without its tokens, which hold the time."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", response.text)


class Refusing:
    """Makes each write to the audit fail as a full disk does."""

    def __init__(self, engine: object) -> None:
        self.engine = engine

    def __enter__(self) -> None:
        event.listen(self.engine, "before_cursor_execute", self.refuse)

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self.refuse)

    def refuse(self, _c: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO audit_event"):
            cursor.execute("INSERT INTO no_such_table VALUES (1)")


def test_an_officer_sees_their_own_clients_by_name(
    browser: Browser, make: Factory, officer: Person
) -> None:
    for name in ("Tina Vaughn", "ángel Soto", "Ben Castile"):
        make.client(officer, name=name)
    make.client(make.officer(), name="Omar Reed")
    browser.get("/clients")
    assert names(browser) == ["ángel Soto", "Ben Castile", "Tina Vaughn"]


def test_a_client_is_found_by_the_beginnings_of_names_and_by_case_number(
    browser: Browser, make: Factory, officer: Person
) -> None:
    make.client(officer, name="José Ruiz-Arreaga", case_number="C-77")
    make.client(officer, name="Kevin Pryor", case_number="C-78")
    for words, found in (
        ("jose", ["José Ruiz-Arreaga"]),
        ("ARR JO", ["José Ruiz-Arreaga"]),
        ("c-78", ["Kevin Pryor"]),
        ("nobody", []),
        ("", ["José Ruiz-Arreaga", "Kevin Pryor"]),
    ):
        browser.get("/clients")
        browser.submit({"words": words})
        assert names(browser) == found
    assert browser.path == "/clients/find"
    browser.get("/clients/find")
    assert browser.path == "/clients"


def test_an_officer_adds_a_client_and_says_what_they_need(
    browser: Browser, session: Session, officer: Person
) -> None:
    browser.get("/clients/new")
    browser.submit(FACTS)
    assert browser.path.endswith("/needs")
    browser.submit(
        {
            "needs-0-code": "anger-management",
            "needs-0-source": "court",
            "needs-0-due_on": "2026-03-20",
            "needs-1-code": "support-groups",
        }
    )
    assert banner(browser).startswith("Denise Rowan born 1991 · C-2044")
    for words in ("1. Anger management", "Mar 20, 2026", "2. Support groups", "Spanish, English"):
        assert words in browser.text
    client = session.scalars(select(Client)).one()
    assert client.phone == "423-555-0188"
    (own,) = session.scalars(select(Assignment))
    assert (own.officer_id, own.assigned_by) == (officer.id, officer.id)
    assert audited(session, AuditEvent.CLIENT_ADDED) == [(officer.id, str(client.id))]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"name": " "}, "name", "Enter the name"),
        ({"birth_year": "89"}, "birth_year", "four digits"),
        ({"birth_year": "2025"}, "birth_year", "four digits"),
        ({"case_number": ""}, "case_number", "Enter the case number"),
        ({"authority": ""}, "authority", "court or board"),
        ({"phone": "call him"}, "phone", "ten digits"),
        ({"home_zip": "3740"}, "home_zip", "five digits"),
        ({"case_number": "taken"}, "case_number", "in use"),
    ],
)
def test_a_client_who_cannot_be_added_says_what_to_mend_and_keeps_the_rest(
    browser: Browser,
    make: Factory,
    officer: Person,
    typed: dict[str, str],
    field: str,
    words: str,
) -> None:
    make.client(make.officer(), case_number="TAKEN")
    browser.get("/clients/new")
    browser.submit({**FACTS, **typed}, status=422)
    assert words in browser.page.select_one(f"#{field}-error").text
    assert browser.page.select_one(f"#error-summary a[href='#{field}']")
    assert browser.page.select_one("#language_1 option[selected]")["value"] == "es"


def test_every_page_of_a_client_has_their_banner_and_no_name_in_its_title(
    browser: Browser, make: Factory, supervisor: Person
) -> None:
    client = make.client(make.officer(), name=CANARY, case_number="C-1042")
    for page in ("", "/edit", "/needs", "/reassign"):
        browser.get(f"/clients/{client}{page}")
        assert banner(browser).startswith(f"{CANARY} born 1989 · C-1042")
        assert CANARY not in browser.page.title.text


def test_looking_at_a_client_is_written_down(
    browser: Browser, make: Factory, session: Session, officer: Person
) -> None:
    client = make.client(officer)
    browser.get(f"/clients/{client}")
    browser.get(f"/clients/{client}/edit")
    assert audited(session, AuditEvent.CLIENT_SEEN) == [(officer.id, str(client))] * 2


@pytest.mark.parametrize("page", ["", "/edit", "/needs"])
def test_a_look_that_cannot_be_written_down_shows_nothing(
    app: Flask, browser: Browser, make: Factory, officer: Person, page: str
) -> None:
    client = make.client(officer, name=CANARY)
    with app.app_context(), Refusing(db.engine):
        browser.get(f"/clients/{client}{page}", status=503)
    assert CANARY not in browser.response.text


@pytest.fixture
def strangers_client(make: Factory) -> UUID:
    """Give a client of another agency."""
    return make.client(make.officer(make.team(make.agency())), name=CANARY)


@pytest.mark.parametrize("role", ["officer", "supervisor", "administrator", "colleague"])
def test_a_client_of_others_is_not_found_by_any_verb(
    browser: Browser, make: Factory, strangers_client: UUID, role: str
) -> None:
    client = strangers_client
    if role == "colleague":  # of the same team, but not assigned
        client, role = make.client(make.officer(), name=CANARY), "officer"
    reader = getattr(make, role)()
    browser.get("/sign-in?next=/account/password")
    browser.submit({"email": reader.email, "password": PASSWORD})
    sent = {"csrf_token": browser.page.select_one("[name=csrf_token]")["value"]}
    for page in ("", "/edit", "/needs", "/reassign"):
        for method in ("get", "post", "put", "delete"):
            ask, nobody = getattr(browser.client, method), uuid4()
            theirs = ask(f"/clients/{client}{page}", data=sent)
            none = ask(f"/clients/{nobody}{page}", data=sent)
            assert theirs.status_code == none.status_code
            assert theirs.status_code in {404, 405}
            assert told(theirs).replace(str(client), str(nobody)) == told(none)
            assert CANARY not in theirs.text


def test_a_provider_finds_no_page_about_clients(browser: Browser, make: Factory) -> None:
    client = make.client(make.officer())
    browser.sign_in(make.provider(make.organization().id))
    for url in ("/clients", "/clients/new", f"/clients/{client}", "/clients/reassign-caseload"):
        browser.get(url, status=404)


def test_do_not_contact_and_leave_no_message_stand_by_the_phone(
    browser: Browser, make: Factory, officer: Person
) -> None:
    client = make.client(officer, do_not_contact=True, leave_no_message=True)
    browser.get(f"/clients/{client}")
    (facts,) = [d for d in browser.page.select("dl div") if d.dt.text == "Phone"]
    assert [strong.text for strong in facts.select("strong")] == [
        "Do not contact",
        "Leave no message",
    ]
    assert not facts.select("a")
    assert "Do not contact · Leave no message" in banner(browser)
    browser.get("/clients")
    assert browser.page.select_one("td strong").text == "Do not contact"


def test_each_need_begins_a_search_without_a_name_in_the_address(
    browser: Browser, make: Factory, officer: Person
) -> None:
    client = make.client(officer, needs=("anger-management", "support-groups"))
    browser.get(f"/clients/{client}")
    forms = browser.page.select("main form[action='/match']")
    assert [f.select_one("[name=need]")["value"] for f in forms] == [
        "anger-management",
        "support-groups",
    ]
    assert {f["method"] for f in forms} == {"post"}
    assert {f.select_one("[name=client_id]")["value"] for f in forms} == {str(client)}


def test_the_second_to_save_is_told_and_nothing_is_overwritten(
    app: Flask, browser: Browser, make: Factory, session: Session, officer: Person
) -> None:
    client, other = make.client(officer), Browser(app)
    other.sign_in(make.supervisor())
    browser.get(f"/clients/{client}/edit")
    other.get(f"/clients/{client}/edit")
    other.submit({"home_zip": "37411"})
    browser.submit({"phone": "423-555-0199"}, status=409)
    assert "after you opened it" in browser.page.select_one("#error-summary").text
    assert browser.page.select_one("#phone")["value"] == "423-555-0199"
    assert "37411" in browser.page.select_one(".rd-next").text
    session.expire_all()
    session.rollback()
    assert session.get(Client, client).phone == "423-555-0177"
    browser.submit({"home_zip": "37411"}, form=f"form[action='/clients/{client}/edit']")
    session.rollback()
    row = session.get(Client, client)
    assert (row.phone, row.home_zip) == ("423-555-0199", "37411")


def test_changed_needs_are_guarded_too(
    app: Flask, browser: Browser, make: Factory, session: Session, officer: Person
) -> None:
    client, other = make.client(officer, needs=("dental-care",)), Browser(app)
    other.sign_in(officer)
    browser.get(f"/clients/{client}/needs")
    other.get(f"/clients/{client}/needs")
    other.submit({"needs-0-code": "legal-aid"})
    browser.submit({"needs-1-code": "day-care"}, status=409)
    assert "Lawyers and legal aid" in browser.page.select_one(".rd-next").text
    session.rollback()
    assert session.scalars(select(ClientNeed.term_code)).all() == ["legal-aid"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"needs-1-code": "dental-care"}, "needs-1-code"),
        ({"needs-0-due_on": "next week"}, "needs-0-due_on"),
    ],
)
def test_needs_that_cannot_be_saved_say_where(
    browser: Browser, make: Factory, officer: Person, typed: dict[str, str], field: str
) -> None:
    client = make.client(officer, needs=("dental-care",))
    browser.get(f"/clients/{client}/needs")
    browser.submit(typed, status=422)
    assert browser.page.select_one(f"#error-summary a[href='#{field}']")
    assert browser.page.select_one(f"#{field}-error")


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level("DEBUG"):
        yield caplog


def test_no_name_gets_into_addresses_cookies_or_logs(
    browser: Browser, make: Factory, officer: Person, logged: pytest.LogCaptureFixture
) -> None:
    client = make.client(officer, name=CANARY, phone="423-555-0111")
    browser.get("/clients")
    browser.submit({"words": "Zyxw"})
    for page in ("", "/edit", "/needs"):
        browser.get(f"/clients/{client}{page}")
        assert not [a for a in browser.page.select("[href], [action]") if "Zyxw" in str(a.attrs)]
    browser.get(f"/clients/{client}/edit")
    browser.submit({"home_zip": "37411"})
    with browser.client.session_transaction() as cookie:
        assert "Zyxw" not in str(dict(cookie))
    assert "Zyxw" not in logged.text
    assert "555-0111" not in logged.text


def test_the_pages_are_read_in_spanish(browser: Browser, make: Factory, officer: Person) -> None:
    client = make.client(officer, needs=("anger-management",))
    browser.get(f"/clients/{client}")
    browser.submit(form="footer form")
    assert "Control de la ira" in browser.text
    assert browser.path == f"/clients/{client}"
