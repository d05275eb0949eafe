"""A person using the app without JavaScript. Every page they open is inspected on the way."""

import re
from collections import Counter
from urllib.parse import urlsplit
from uuid import UUID

import html5lib
from bs4 import BeautifulSoup, Tag
from bs4.builder import HTML5TreeBuilder
from flask import Flask
from flask import session as flask_session
from flask.testing import FlaskClient
from werkzeug.http import parse_cookie
from werkzeug.test import TestResponse

from resourcedir import clock
from resourcedir.accounts import commands, sessions
from resourcedir.accounts.commands import Checked
from resourcedir.accounts.destinations import HOME
from resourcedir.accounts.models import User
from resourcedir.db import writing
from resourcedir.extensions import db
from resourcedir.web.headers import POLICY

PASSWORD = "correct horse battery staple"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """Follows links and fills in forms. ``get`` and ``post`` return the page they end on."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self._response: TestResponse | None = None
        self._path = "/"
        self._page = BeautifulSoup("", "html5lib")
        self._waits_at = ""

    @property
    def page(self) -> BeautifulSoup:
        """Return the page at hand; after the sign-in, the one that it leads to."""
        self._arrive_at_last()
        return self._page

    @page.setter
    def page(self, page: BeautifulSoup) -> None:
        self._page, self._waits_at = page, ""

    @property
    def path(self) -> str:
        self._arrive_at_last()
        return self._path

    @property
    def response(self) -> TestResponse | None:
        self._arrive_at_last()
        return self._response

    def sign_in(self, user: object) -> None:
        """Let ``user`` (with ``id``) be signed in, as the view does once name and password fit.

        Nearly every test begins with this: no form is sent, and the page that a sign-in leads to
        is opened if the test looks at it. The form has tests of its own.
        """
        self.client.set_cookie("resourcedir", signed_in(self.client, user.id))  # type: ignore[attr-defined]
        self._waits_at = HOME

    def sign_in_by_form(self, user: object) -> None:
        """Sign in as ``user`` (with ``email``) on the page for it."""
        self.get("/sign-in")
        self.submit({"email": user.email, "password": PASSWORD})  # type: ignore[attr-defined]
        assert self.path != "/sign-in", self.text

    def get(self, url: str, *, status: int = 200, follow: bool = True, **kwargs: object):
        """Open ``url`` and check what comes."""
        return self._arrive(self.client.get(url, **kwargs), status, follow=follow, url=url)

    def post(self, url: str, data: dict | None = None, *, status: int = 200, follow: bool = True):
        """Send ``data`` with the token of the page at hand; redirects are followed."""
        token = self.page.select_one("input[name=csrf_token]")
        if token is None:
            self.get("/sign-in" if self.path == "/" else self.path)
            token = self.page.select_one("input[name=csrf_token]")
        sent = {**(data or {}), "csrf_token": token["value"]}
        return self._arrive(self.client.post(url, data=sent), status, follow=follow, url=url)

    def submit(
        self, data: dict | None = None, *, form: str = "main form", status: int = 200
    ) -> BeautifulSoup:
        """Fill in ``data`` and press the button of the form that the selector finds."""
        found = self.page.select_one(form)
        assert found is not None, f"no {form} on {self.path}"
        sent = {**_values(found), **(data or {})}
        url = found.get("action") or self.path
        if found.get("method", "get").lower() == "post":
            return self._arrive(self.client.post(url, data=sent), status, follow=True, url=url)
        return self._arrive(self.client.get(url, query_string=sent), status, follow=True, url=url)

    def follow(self, words: str) -> BeautifulSoup:
        """Follow the link that reads ``words``."""
        found = [a for a in self.page.select("a") if words in " ".join(a.text.split())]
        assert found, f"no link {words!r} on {self.path}"
        return self.get(found[0]["href"])

    @property
    def title(self) -> str:
        heading = self.page.select_one("h1")
        return " ".join(heading.text.split()) if heading else ""

    @property
    def text(self) -> str:
        main = self.page.select_one("main") or self.page
        return " ".join(main.text.split())

    def _arrive_at_last(self) -> None:
        if self._waits_at:
            self.get(self._waits_at)

    def _arrive(self, response: TestResponse, status: int, *, follow: bool, url: str):
        hops, self._waits_at = 0, ""
        while follow and response.status_code in {301, 302, 303} and hops < 5:
            url = response.headers["Location"]
            response = self.client.get(url)
            hops += 1
        assert response.status_code == status, f"{url}: {response.status_code}\n{response.text}"
        self._response = response
        if response.status_code in {301, 302, 303}:
            return self.page
        if response.mimetype == "text/html" and response.text.lstrip().startswith("<!doctype"):
            self._page = inspect(response)
            self._path = urlsplit(url).path
        return self.page


def signed_in(client: FlaskClient, user_id: UUID) -> str:
    """Begin a sign-in in this browser and return the cookie that it gets for it."""
    app, had = client.application, client.get_cookie("resourcedir")
    headers = {"Cookie": f"resourcedir={had.value}"} if had else {}
    with app.test_request_context("/sign-in", method="POST", headers=headers):
        session = writing(db.session)
        user = session.get_one(User, user_id)
        checked = Checked(user.id, fits=not user.disabled_at, password_hash=user.password_hash)
        token = commands.sign_in(session, checked, at=clock.now(), address="127.0.0.1")
        session.commit()
        assert token, "the sign-in was refused"
        sessions.begin(token)
        answer = app.response_class()
        app.session_interface.save_session(app, flask_session._get_current_object(), answer)
    return parse_cookie(answer.headers["Set-Cookie"])["resourcedir"]


class _OneParse(HTML5TreeBuilder):
    """Makes the tree, and refuses what is no HTML: two parsers would take twice as long."""

    def feed(self, markup: str) -> None:
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup)
        self.underlying_builder.parser = None
        assert not parser.errors, parser.errors


def inspect(response: TestResponse) -> BeautifulSoup:
    """Return the page, after checking what must hold on every page."""
    _headers(response)
    page = BeautifulSoup(response.text, builder=_OneParse(store_line_numbers=False))
    elements = page.find_all(True)
    headings = [each for each in elements if each.name == "h1"]
    assert len(headings) == 1, f"{len(headings)} h1"
    title = page.title.text.strip().removeprefix("Error: ").removeprefix("Error: ")
    heading = " ".join(headings[0].text.split())
    assert " ".join(title.split()).startswith(heading), f"title {title!r}, h1 {heading!r}"
    ids = Counter(each["id"] for each in elements if each.has_attr("id"))
    assert ids.total() == len(ids), f"twice: {sorted(i for i in ids if ids[i] > 1)}"
    assert page.html["lang"] in {"en", "es"}
    assert page.select_one("a.usa-skipnav[href='#main']") and page.select_one("main#main")
    _controls(elements)
    for form in (each for each in elements if each.name == "form"):
        if form.get("method", "get").lower() == "post":
            assert form.find("input", {"name": "csrf_token"}), f"no token: {form.get('action')}"
        assert not form.find("form")
    inline = [each for each in elements if _is_inline(each)]
    assert not inline, f"the policy forbids inline: {inline}"
    handlers = [a for each in elements for a in each.attrs if a.startswith("on")]
    assert not handlers, handlers
    return page


def _controls(elements: list[Tag]) -> None:
    labels = {each.get("for") for each in elements if each.name == "label"} - {None}
    for each in elements:
        if each.name in {"select", "textarea"} or (
            each.name == "input" and each.get("type") != "hidden"
        ):
            named = each.get("aria-label") or each.get("aria-labelledby")
            assert named or each.get("id") in labels, f"no label: {each}"


def _is_inline(element: Tag) -> bool:
    is_script = element.name == "script" and not element.has_attr("src")
    return element.has_attr("style") or element.name == "style" or is_script


def _headers(response: TestResponse) -> None:
    headers = response.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def _values(form: Tag) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = control["name"], control.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if control.has_attr("checked"):
                values.setdefault(name, [])
                values[name].append(control.get("value", "on"))
        elif control.name == "select":
            chosen = control.select("option[selected]") or control.select("option")[:1]
            values[name] = [option.get("value", option.text) for option in chosen]
        elif control.name == "textarea":
            values[name] = [control.text.removeprefix("\n")]
        elif kind not in {"submit", "button"}:
            values.setdefault(name, [])
            values[name].append(control.get("value", ""))
    return values
