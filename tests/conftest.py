"""What every tier of tests shares: walls, an app on a fresh folder, and a browser that inspects.

The tiers: ``unit`` (no disk but tmp_path, no database, no network), ``integration`` (a database,
an index, a server of our own), ``functional`` (the app over WSGI, without JavaScript), ``browser``
(Chromium), ``architecture`` (rules of the house).
"""

import gc
import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.app import create_app
from resourcedir.extensions import db
from resourcedir.search.indexing import bring_up_to_date
from resourcedir.security import passwords
from resourcedir.security.sealing import make_key_file
from resourcedir.settings import Settings
from tests.factories import QUICK, Factory
from tests.inspector import Browser
from tests.postgresql import private_server
from tests.quickened import compile_once, quickened
from tests.tables import Server, make_tables, see_to_file

# The same commit gives the same verdict; `--hypothesis-profile=explore` looks for new examples.
# How long an example takes says more about the machine than about the code.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", derandomize=False, deadline=None)
settings.load_profile("same")

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)  # a Thursday, noon in Chattanooga
WITH_TABLES = "with_tables"  # the database on PostgreSQL that is copied
LOCAL = {"127.0.0.1", "::1", "localhost"}


def shared() -> Path | None:
    """Return the folder of real data, or None in a clone that has none."""
    folder = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[2] / "shared"))
    return folder if (folder / "data").is_dir() else None


def pytest_configure(config: pytest.Config) -> None:
    """Keep the folders of tests in memory: each acknowledged write is synced to the disk."""
    compile_once()
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
    if config.option.basetemp is None and os.access(memory, os.W_OK):
        folder = tempfile.mkdtemp(prefix="resourcedir-tests-", dir=memory)
        config.option.basetemp = Path(folder) / "pytest"
        os.environ["TMPDIR"] = folder  # also of worker processes and of what tests start
        tempfile.tempdir = None
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_finish() -> None:
    """Let Python look for garbage less often: it would go through all that tests have left."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _walls(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test reach beyond this machine, and no unit test a server or a database."""
    is_unit = "/unit/" in str(request.node.path)
    connect = socket.socket.connect

    def guarded(this: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if is_unit or (host is not None and host not in LOCAL):
            raise AssertionError(f"a test reached out to {address!r}")
        connect(this, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    if is_unit:

        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a unit test opened a database")

        monkeypatch.setattr(sqlite3, "connect", refuse)
        monkeypatch.setattr(sqlite3.dbapi2, "connect", refuse)
    else:  # how hard it is to try passwords is for unit tests
        monkeypatch.setattr(passwords, "hasher", QUICK)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the address of a private PostgreSQL server; skip, in words, where none is installed."""
    yield from private_server()


@pytest.fixture(scope="session")
def server(postgresql: str) -> Iterator[Server]:
    """Give what makes databases on PostgreSQL; one with all tables is there to be copied."""
    server = Server(postgresql)
    make_tables(server.create(WITH_TABLES))
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database with nothing in it, on each of the two kinds."""
    yield from a_database(request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def tables_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database with every table, and the terms alone in them, on each of the two kinds."""
    for url in a_database(request, tmp_path, like=WITH_TABLES):
        see_to_file(url)
        yield url


def a_database(
    request: pytest.FixtureRequest, tmp_path: Path, like: str = "template1"
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'resourcedir.db'}"
        return
    server: Server = request.getfixturevalue("server")
    name = f"t{os.getpid()}_{abs(hash(request.node.nodeid))}"
    yield server.create(name, like=like)
    server.drop(name)


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stop the clock at noon; call it with another instant to travel."""

    def travel(to: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: to)

    travel(NOON)
    return travel


def settings_for(folder: Path, database_url: str = "", **more: object) -> Settings:
    """Return settings of a deployment in ``folder``, with its keys made."""
    key_file = folder / "test.keys"
    make_key_file(key_file)
    values: dict[str, object] = {"https": False, "home_state": "TN", **more}
    return Settings(
        data_dir=folder,
        key_file=key_file,
        database_url=database_url or f"sqlite:///{folder / 'resourcedir.db'}",
        **values,  # type: ignore[arg-type]
    )


def made_app(settings: Settings) -> Flask:
    """Return an app whose tables are there and empty."""
    see_to_file(settings.database_url)
    app = quickened(create_app(settings))
    app.testing = True
    return app


@pytest.fixture
def app(tmp_path: Path, at_noon: object) -> Iterator[Flask]:
    """Give an app on a fresh SQLite folder, at noon."""
    app = made_app(settings_for(tmp_path))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """Give the test's own session, apart from the ones that requests open."""
    with app.app_context():
        session = db.sessionmaker(expire_on_commit=False)
    with session:
        yield session


@pytest.fixture
def make(session: Session) -> Factory:
    """Give what makes rows: ``make.officer()``, ``make.listing(...)`` ..."""
    return Factory(session)


@pytest.fixture
def index(app: Flask) -> Callable[[], None]:
    """Give what brings the search index up to date."""

    def bring() -> None:
        with app.app_context():
            assert bring_up_to_date()

    return bring


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Give a person without JavaScript; each page they open is inspected."""
    return Browser(app)
