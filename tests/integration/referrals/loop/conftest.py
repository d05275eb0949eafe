"""What the tests of the loop share: one database of each kind for all of them, a town for each."""

import os
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, text

from bench.loop.town import Hands, Town, people_in
from bench.loop.truth import faults
from resourcedir import clock
from tests.conftest import NOON


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def towns(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Town]]:
    """Give what makes a town: a house, its staff, clients; and no other town knows of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        if request.param == "sqlite":
            with people_in(f"sqlite:///{tmp_path_factory.mktemp('loop') / 'loop.db'}") as town:
                yield town
            return
        server, name = request.getfixturevalue("postgresql"), f"loop{os.getpid()}"
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        with people_in(f"{server.rsplit('/', 1)[0]}/{name}") as town:
            yield town
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture
def hands(towns: Callable[..., Town], monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """Give who acts in a town of their own; whatever they did, nothing may be wrong after it."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    hands = Hands(towns())
    yield hands
    with hands.sessions() as session:
        assert faults(session, hands.town.listing) == []
    hands.close()
