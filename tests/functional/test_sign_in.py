"""Signing in and out, as a person with a browser meets it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from resourcedir.accounts import queries
from resourcedir.accounts.commands import disable_user
from resourcedir.accounts.models import SignIn, User
from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.security import passwords
from tests.conftest import NOON, made_app, settings_for
from tests.factories import Factory
from tests.inspector import PASSWORD, Browser

WRONG = "The e-mail address or the password is not right."
Travel = Callable[[datetime], None]


def events(session: Session, event: AuditEvent) -> list[AuditRow]:
    session.rollback()
    return list(session.scalars(select(AuditRow).where(AuditRow.event == event)))


def is_signed_in(browser: Browser) -> bool:
    return browser.client.get("/account/password").status_code == 200


def send(browser: Browser, url: str, data: dict[str, str]) -> str:
    """Send ``data`` with the token of the page at hand; return where the browser is led."""
    token = browser.page.select_one("[name=csrf_token]")["value"]
    response = browser.client.post(url, data={**data, "csrf_token": token})
    assert response.status_code == 303
    return response.headers["Location"]


def test_an_officer_signs_in_and_is_named_on_the_page(browser: Browser, make: Factory) -> None:
    officer = make.officer()
    browser.sign_in_by_form(officer)
    page = browser.get("/clients")
    assert officer.name in page.select_one("header").text


def test_the_address_is_found_whatever_its_case(browser: Browser, make: Factory) -> None:
    officer = make.officer()
    browser.get("/sign-in")
    browser.submit({"email": f" {officer.email.upper()} ", "password": PASSWORD})
    assert is_signed_in(browser)


def test_an_unknown_name_a_wrong_password_and_a_closed_account_hear_the_same_words(
    browser: Browser, make: Factory, session: Session
) -> None:
    closed = make.officer()
    disable_user(session, closed.email, at=NOON)
    session.commit()
    said = set()
    for email, password in (
        ("nobody@example.org", PASSWORD),
        (make.officer().email, "not the password at all"),
        (closed.email, PASSWORD),
        (closed.email, "x" * 10_000),
    ):
        browser.get("/sign-in")
        browser.submit({"email": email, "password": password}, status=422)
        said.add(browser.page.select_one("#error-summary").text)
        assert browser.page.select_one("#email")["value"] == email
        assert not browser.page.select_one("#password").get("value")
    assert len(said) == 1
    assert WRONG in said.pop()
    assert not is_signed_in(browser)
    assert len(events(session, AuditEvent.SIGN_IN_REFUSED)) == 4


def test_a_password_is_hashed_also_where_nobody_has_the_name(
    browser: Browser, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    fits = passwords.fits
    monkeypatch.setattr(
        passwords, "fits", lambda kept, word: checked.append(kept) or fits(kept, word)
    )
    browser.get("/sign-in")
    browser.submit({"email": "nobody@example.org", "password": PASSWORD}, status=422)
    assert checked == [None]


def test_an_empty_form_names_both_mends(browser: Browser) -> None:
    browser.get("/sign-in")
    browser.submit({"email": "", "password": ""}, status=422)
    links = [a["href"] for a in browser.page.select("#error-summary a")]
    assert links == ["#email", "#password"]
    assert browser.page.title.text.startswith("Error:")


def test_what_was_asked_for_comes_after_sign_in(browser: Browser, make: Factory) -> None:
    officer = make.officer()
    browser.get("/clients/new")
    assert browser.path == "/sign-in"
    browser.submit({"email": officer.email, "password": PASSWORD})
    assert browser.path == "/clients/new"


@pytest.mark.parametrize(
    "to",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org/",
        "\\\\example.org",
        "/clients?words=Marcus",
        "/no/such/page",
        "/sign-out",
        "/static/app.css",
        "javascript:alert(1)",
        "/clients\r\nX-Header: 1",
    ],
)
def test_sign_in_leads_nowhere_but_to_pages_of_the_app(
    browser: Browser, make: Factory, to: str
) -> None:
    sent = {"email": make.officer().email, "password": PASSWORD, "next": to}
    browser.get("/sign-in")
    assert send(browser, "/sign-in", sent) == "/"


def test_the_cookie_changes_at_sign_in_and_nothing_of_the_old_one_lives_on(
    browser: Browser, make: Factory
) -> None:
    officer = make.officer()
    browser.get("/sign-in")
    send(browser, "/language", {"language": "es"})
    with browser.client.session_transaction() as before:
        before["planted"] = "by somebody else"
        csrf = before["csrf_token"]
    browser.sign_in_by_form(officer)
    with browser.client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") != csrf
        assert after["language"] == "es"
        first = after["sid"]
    browser.post("/sign-out")
    browser.sign_in_by_form(officer)
    with browser.client.session_transaction() as again:
        assert again["sid"] != first


def test_the_table_holds_no_token(browser: Browser, make: Factory, session: Session) -> None:
    browser.sign_in_by_form(make.officer())
    with browser.client.session_transaction() as cookie:
        token = cookie["sid"]
    session.rollback()
    assert token not in session.scalars(select(SignIn.token_hash)).all()


def test_under_https_the_cookie_is_bound_to_the_host(tmp_path: Path, at_noon: Travel) -> None:
    app = made_app(settings_for(tmp_path, https=True))
    response = app.test_client().get("/sign-in", base_url="https://localhost")
    name, _, attributes = response.headers["Set-Cookie"].partition("=")
    wanted = {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"}
    assert name == "__Host-resourcedir"
    assert wanted <= set(attributes.split("; ")[1:])
    assert "Domain" not in attributes


def test_sign_out_ends_the_sign_in_on_the_server(
    browser: Browser, app: Flask, make: Factory, session: Session
) -> None:
    officer = make.officer()
    browser.sign_in_by_form(officer)
    stolen = browser.client.get_cookie("resourcedir").value
    browser.post("/sign-out")
    thief = Browser(app)
    thief.client.set_cookie("resourcedir", stolen)
    assert not is_signed_in(thief)
    (row,) = events(session, AuditEvent.SIGN_OUT)
    assert row.actor_id == officer.id


def test_a_sign_in_ends_after_30_minutes_without_use(
    browser: Browser, make: Factory, at_noon: Travel
) -> None:
    browser.sign_in_by_form(make.officer())
    at_noon(NOON + timedelta(minutes=29))
    assert is_signed_in(browser)
    at_noon(NOON + timedelta(minutes=29 + 29))
    assert is_signed_in(browser)
    at_noon(NOON + timedelta(minutes=29 + 29 + 30))
    browser.get("/clients")
    assert browser.path == "/sign-in"
    assert "You have been signed out" in browser.text


def test_a_request_that_changes_something_counts_as_use(
    browser: Browser, make: Factory, at_noon: Travel, session: Session
) -> None:
    browser.sign_in_by_form(make.officer())
    browser.get("/account/password")
    at_noon(NOON + timedelta(minutes=20))
    send(browser, "/language", {"language": "en"})
    session.rollback()
    assert session.scalars(select(SignIn.seen_at)).one() == NOON + timedelta(minutes=20)


def test_a_sign_in_ends_after_12_hours_of_use(
    browser: Browser, make: Factory, at_noon: Travel
) -> None:
    browser.sign_in_by_form(make.officer())
    for minutes in range(20, 12 * 60, 20):
        at_noon(NOON + timedelta(minutes=minutes))
        assert is_signed_in(browser)
    at_noon(NOON + timedelta(hours=12))
    assert not is_signed_in(browser)


def test_disabling_an_account_ends_its_sign_in_at_once(
    browser: Browser, make: Factory, session: Session
) -> None:
    officer = make.officer()
    browser.sign_in_by_form(officer)
    session.rollback()
    disable_user(session, officer.email, at=NOON)
    session.commit()
    assert not is_signed_in(browser)


def test_a_new_password_signs_out_every_other_browser(
    browser: Browser, app: Flask, make: Factory, session: Session
) -> None:
    officer, other = make.officer(), Browser(app)
    browser.sign_in_by_form(officer)
    other.sign_in_by_form(officer)
    browser.get("/account/password")
    new = "the river bends below the bluff"
    browser.submit({"current": PASSWORD, "new": new, "again": new})
    assert is_signed_in(browser)
    assert not is_signed_in(other)
    other.get("/sign-in")
    other.submit({"email": officer.email, "password": PASSWORD}, status=422)
    other.submit({"email": officer.email, "password": new})
    assert is_signed_in(other)
    assert [row.succeeded for row in events(session, AuditEvent.PASSWORD_CHANGED)] == [True]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"current": "wrong password here"}, "current", "not the password that you use now"),
        ({"new": "short", "again": "short"}, "new", "too short"),
        ({"new": "password123", "again": "password123"}, "new", "Others would guess"),
        ({"again": "something else entirely"}, "again", "same new password"),
        ({"current": "", "new": "", "again": ""}, "current", "Enter the password"),
    ],
)
def test_a_password_that_cannot_be_changed_says_what_to_mend(
    browser: Browser, make: Factory, typed: dict[str, str], field: str, words: str
) -> None:
    new = "the river bends below the bluff"
    officer = make.officer()
    browser.sign_in_by_form(officer)
    browser.get("/account/password")
    browser.submit({"current": PASSWORD, "new": new, "again": new, **typed}, status=422)
    assert words in browser.page.select_one(f"#{field}-error").text
    assert browser.page.select_one(f"#error-summary a[href='#{field}']")


def test_an_outdated_hash_is_renewed_at_sign_in(
    browser: Browser, make: Factory, session: Session
) -> None:
    officer = make.officer()
    older = passwords.PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    user = session.get(User, officer.id)
    user.password_hash = older.hash(PASSWORD)
    assert passwords.is_outdated(user.password_hash)
    session.commit()
    browser.sign_in_by_form(officer)
    session.refresh(user)
    assert not passwords.is_outdated(user.password_hash)
    browser.post("/sign-out")
    browser.sign_in_by_form(officer)
    assert is_signed_in(browser)


def test_the_language_is_chosen_before_sign_in_and_leads_back(browser: Browser) -> None:
    browser.get("/sign-in?next=/clients")
    page = browser.submit(form="footer form")
    assert page.html["lang"] == "es"
    assert browser.path == "/sign-in"
    assert page.select_one("#next")["value"] == "/clients"


@pytest.mark.parametrize("to", ["//example.org", "https://example.org", "/nowhere?x=1"])
def test_the_language_form_leads_nowhere_but_to_pages_of_the_app(browser: Browser, to: str) -> None:
    browser.get("/sign-in")
    assert send(browser, "/language", {"language": "es", "next": to}) == "/"


def test_nothing_of_sign_in_works_without_its_token(
    app: Flask, make: Factory, session: Session
) -> None:
    officer, client = make.officer(), app.test_client()
    sent = {"email": officer.email, "password": PASSWORD, "language": "es"}
    for url in ("/sign-in", "/sign-out", "/language"):
        assert client.post(url, data=sent).status_code == 400
        assert client.put(url, data=sent).status_code in {400, 405}
    assert session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_files_for_the_look_of_pages_ask_nothing_of_the_database(
    browser: Browser, make: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in_by_form(make.officer())
    monkeypatch.setattr(queries, "reader", lambda *_: pytest.fail("the database was asked"))
    with browser.client.get("/static/app.css") as response:
        assert response.status_code == 200


def test_a_cookie_with_a_made_up_token_is_nobodys(browser: Browser) -> None:
    for value in (str(uuid4()), "\udcff", 17, None):
        with browser.client.session_transaction() as cookie:
            cookie["sid"] = value
        assert not is_signed_in(browser)
