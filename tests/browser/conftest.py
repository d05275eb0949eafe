"""Chromium, the app served to it over HTTP, and the people who use it.

Playwright keeps an event loop in the thread of the tests, in which Flask refuses to end the
context of an app. So whatever needs one is done ``aside``, in a thread of its own, and Chromium
ends with the last test of this folder.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from playwright.sync_api import Browser, ProxySettings, sync_playwright

from resourcedir import clock
from resourcedir.extensions import db
from resourcedir.search.indexing import bring_up_to_date, following
from tests.browser.person import Person
from tests.browser.serving import Served
from tests.browser.world import World, build
from tests.conftest import NOON, made_app, settings_for

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# What is not of this machine is asked of a proxy that is not there. Requests that were intercepted
# instead would find nothing in Chromium's cache: it is off while any are.
NOWHERE: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}
LOCALES = {"en": "en-US", "es": "es-US"}

Result = TypeVar("Result")


def aside(act: Callable[[], Result]) -> Result:
    """Return what ``act`` returns in another thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act).result()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Give the one Chromium of these tests; skip, in words, where none is installed."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET), proxy=NOWHERE)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder that holds a whole world, its index made; each test gets a copy."""

    folder: Path
    world: World


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("stage")

    def made() -> World:
        app = made_app(settings_for(folder))
        with app.app_context():
            with db.sessionmaker() as session:
                world = build(session, folder)
            bring_up_to_date()
            db.engine.dispose()
        return world

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        return Stage(folder, aside(made))


@pytest.fixture
def world(stage: Stage) -> World:
    """Give an officer with a client, a provider, listings and referrals in every state."""
    return stage.world


@pytest.fixture
def app(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Give an app on a copy of the stage, whose clock starts at noon and runs on."""
    start = time.monotonic()
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(seconds=time.monotonic() - start))
    folder = shutil.copytree(stage.folder, tmp_path / "data")
    app = aside(lambda: made_app(settings_for(folder)))
    yield app
    aside(lambda: _let_go(app))


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """Give the address at which ``app`` is served, its index kept by a thread."""
    indexer = ExitStack()
    aside(lambda: indexer.enter_context(following(app)))
    with indexer, closing(Served(app)) as served:
        yield served.address


@pytest.fixture
def person(chromium: Browser, site: str) -> Iterator[Callable[..., Person]]:
    """Give what makes a person at a browser of their own: ``person(js=False, width=360)``.

    When the test ends, none of them may have met an error, a breach of the page's policy, a flaw
    of layout or a request that leaves the server.
    """
    people: list[Person] = []

    def arrive(*, js: bool = True, width: int = 1280, language: str = "en") -> Person:
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=js,
            viewport={"width": width, "height": 800},
            locale=LOCALES[language],
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        people.append(Person(context, site))
        return people[-1]

    yield arrive
    for each in people:
        each.context.close()
    trouble = dict.fromkeys(what for each in people for what in each.trouble)
    assert not trouble, "\n".join(trouble)
    assert [url for each in people for url in each.strayed] == []
