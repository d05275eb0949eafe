"""Somebody at a browser. After each step that loads a page they look whether it is fit to use."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
)

from tests.browser import looking
from tests.inspector import PASSWORD, TOKEN


class Person:
    """Acts as people do: by the words on links, buttons and labels.

    ``steps`` counts links followed and buttons pressed. ``trouble`` is what is wrong with the pages
    that were met: script errors, breaches of the policy, files that failed, flaws of layout.
    ``strayed`` are requests to anybody but the server; they lead nowhere (``conftest.NOWHERE``).
    """

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.steps = 0
        self.trouble: list[str] = []
        self.strayed: list[str] = []
        self.context.on("request", self._request)
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.trouble.append(str(error.error)))
        self.context.on("response", self._response)
        self._page = context.new_page()
        self._waits_at = ""

    @property
    def page(self) -> Page:
        """Return the page at hand; after the sign-in, the one that it leads to."""
        if self._waits_at:
            self.open(self._waits_at)
        return self._page

    def sign_in(self, user: object) -> "Person":
        """Sign in as ``user`` (with ``email``), as the form does; no step is counted."""
        ask = self.context.request
        found = TOKEN.search(ask.get("/sign-in").text())
        assert found, "no form to sign in with"
        typed = {"email": user.email, "password": PASSWORD, "csrf_token": found[1]}  # type: ignore[attr-defined]
        answer = ask.post("/sign-in", form=typed)
        self._waits_at = urlsplit(answer.url).path
        assert answer.ok and self._waits_at != "/sign-in", answer.text()
        return self

    def open(self, path: str, status: int = 200) -> "Person":
        """Go to an address, as by a bookmark."""
        self._waits_at = ""
        response = self._page.goto(path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        self.look()
        return self

    def follow(self, words: str | re.Pattern[str], *, within: str = "body") -> "Person":
        """Follow the first link that reads ``words``."""
        link = self.page.locator(within).get_by_role("link", name=words).first
        return self._step(link.click)

    def press(self, words: str | re.Pattern[str], *, within: str = "main") -> "Person":
        """Press the first button that reads ``words``, and wait for the page that comes."""
        button = self.page.locator(within).get_by_role("button", name=words).first
        return self._step(button.click)

    def send(self, button: str) -> "Person":
        """Press the first button that the selector finds, and wait for the page that comes."""
        return self._step(self.page.locator(button).first.click)

    def fill(self, label: str, value: str) -> "Person":
        self.page.get_by_label(label, exact=True).fill(value)
        return self

    def tick(self, label: str | re.Pattern[str]) -> "Person":
        """Tick a checkbox or choose a radio button by pressing its label, as a finger does."""
        self.page.locator("label", has_text=label).first.click()
        return self

    def look(self) -> None:
        """Note it if the page at hand scrolls sideways or has something too small to press."""
        self._note(looking.flaws(self.page))

    def look_closely(self) -> None:
        """Look, and ask axe too."""
        self._note(looking.flaws(self.page) + looking.barriers(self.page))

    def at(self, width: int) -> "Person":
        """Turn the page at hand into one of another width."""
        self.page.set_viewport_size({"width": width, "height": 800})
        return self

    @property
    def width(self) -> int:
        size = self.page.viewport_size
        return size["width"] if size else 0

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def title(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    @property
    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def _step(self, act: Callable[[], object]) -> "Person":
        self.steps += 1
        self._arrive(act)
        return self

    def _arrive(self, act: Callable[[], object]) -> None:
        # Not a navigation: the state that a script writes into the history counts as one.
        with self.page.expect_event("load"):
            act()
        self.look()

    def _note(self, found: list[str]) -> None:
        self.trouble += [f"{self.path} at {self.width} px: {each}" for each in found]

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.strayed.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        # What a page is answered with is told by its status; Chromium repeats it here.
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.trouble.append(f"{message.page and message.page.url}: {message.text}")

    def _response(self, response: Response) -> None:
        a_page = response.request.resource_type in {"document", "fetch", "xhr"}
        if response.status >= 500 or (response.status >= 400 and not a_page):
            self.trouble.append(f"{response.url}: {response.status}")
