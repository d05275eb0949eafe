"""What the tests of the loop share: one database of each kind for all of them, a town for each."""

from collections.abc import Callable, Iterator

import pytest

from bench.loop.town import Hands, Town, people_in
from bench.loop.truth import faults
from resourcedir import clock
from tests.conftest import NOON, WITH_TABLES
from tests.tables import Server


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
        server: Server = request.getfixturevalue("server")
        with people_in(server.create("loop", like=WITH_TABLES)) as town:
            yield town
        server.drop("loop")


@pytest.fixture
def hands(towns: Callable[..., Town], monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """Give who acts in a town of their own; whatever they did, nothing may be wrong after it."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    hands = Hands(towns())
    yield hands
    with hands.sessions() as session:
        assert faults(session, hands.town.listing) == []
    hands.close()
