"""A person using the app without JavaScript. Every page they open is inspected on the way."""

from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from resourcedir.web.headers import POLICY

PASSWORD = "correct horse battery staple"


class Browser:
    """Follows links and fills in forms. ``get`` and ``post`` return the page they end on."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.response: TestResponse | None = None
        self.page = BeautifulSoup("", "html5lib")
        self.path = "/"

    def sign_in(self, user: object, password: str = PASSWORD) -> BeautifulSoup:
        """Sign in as ``user`` (with ``email``) through the page."""
        self.get("/sign-in")
        return self.submit({"email": user.email, "password": password})  # type: ignore[attr-defined]

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

    def _arrive(self, response: TestResponse, status: int, *, follow: bool, url: str):
        hops = 0
        while follow and response.status_code in {301, 302, 303} and hops < 5:
            url = response.headers["Location"]
            response = self.client.get(url)
            hops += 1
        assert response.status_code == status, f"{url}: {response.status_code}\n{response.text}"
        self.response = response
        if response.status_code in {301, 302, 303}:
            return self.page
        if response.mimetype == "text/html" and response.text.lstrip().startswith("<!doctype"):
            self.page = inspect(response)
            self.path = urlsplit(url).path
        return self.page


def inspect(response: TestResponse) -> BeautifulSoup:
    """Return the page, after checking what must hold on every page."""
    _headers(response)
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(response.text)
    assert not parser.errors, parser.errors
    page = BeautifulSoup(response.text, "html5lib")
    headings = page.select("h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    title = page.title.text.strip().removeprefix("Error: ").removeprefix("Error: ")
    heading = " ".join(headings[0].text.split())
    assert " ".join(title.split()).startswith(heading), f"title {title!r}, h1 {heading!r}"
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids)), f"twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    assert page.html["lang"] in {"en", "es"}
    assert page.select_one("a.usa-skipnav[href='#main']") and page.select_one("main#main")
    for control in page.select("input:not([type=hidden]), select, textarea"):
        assert _labelled(page, control), f"no label: {control}"
    for form in page.select("form"):
        if form.get("method", "get").lower() == "post":
            assert form.select_one("input[name=csrf_token]"), f"no token: {form.get('action')}"
        assert not form.select("form")
    assert not page.select("[style], style, script:not([src])"), "the policy forbids inline"
    handlers = [a for e in page.find_all() for a in e.attrs if a.startswith("on")]
    assert not handlers, handlers
    return page


def _headers(response: TestResponse) -> None:
    headers = response.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def _labelled(page: BeautifulSoup, control: Tag) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby"):
        return True
    identity = control.get("id")
    return bool(identity and page.select_one(f"label[for='{identity}']"))


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
