"""The world between the walls, made once and copied for each test that uses it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from resourcedir import clock
from resourcedir.extensions import db
from resourcedir.security import passwords
from tests.conftest import NOON
from tests.factories import QUICK
from tests.functional.walls.made import World, make_world


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> World:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        patch.setattr(passwords, "hasher", QUICK)
        return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def copies(made_once: World, tmp_path: Path, at_noon: object) -> Iterator[Callable[[], tuple]]:
    """Give what makes a fresh copy of the world and an app on it, as often as it is called."""
    apps: list[Flask] = []

    def copy() -> tuple[World, Flask]:
        world = made_once.copied(tmp_path / f"copy{len(apps)}")
        apps.append(world.opened())
        return world, apps[-1]

    yield copy
    for app in apps:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def copy(copies: Callable[[], tuple[World, Flask]]) -> tuple[World, Flask]:
    return copies()


@pytest.fixture
def world(copy: tuple[World, Flask]) -> World:
    return copy[0]


@pytest.fixture
def house(copy: tuple[World, Flask]) -> Flask:
    """Give the app on the copy of the world."""
    return copy[1]
