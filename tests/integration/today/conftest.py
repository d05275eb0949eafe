"""An app on either kind of database, with places to refer to."""

from collections.abc import Callable, Iterator
from datetime import time
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from resourcedir.extensions import db
from tests.conftest import made_app, settings_for
from tests.factories import Factory


@pytest.fixture
def house(tmp_path, tables_url: str, at_noon: object) -> Iterator[Flask]:
    app = made_app(settings_for(tmp_path, tables_url))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def own_session(house: Flask) -> Iterator[Session]:
    with house.app_context():
        session = db.sessionmaker(expire_on_commit=False)
    with session:
        yield session


@pytest.fixture
def factory(own_session: Session) -> Factory:
    return Factory(own_session)


@pytest.fixture
def listings(factory: Factory) -> dict[int, UUID]:
    """Give places, each with the organization that it is of."""
    found = {}
    for number in range(6):
        organization = factory.organization()
        hours = [("MO,TU,WE,TH,FR", time(9), time(17))] if number % 2 else []
        found[factory.listing(organization, hours=hours)] = organization.id
    return found


@pytest.fixture
def counted(house: Flask) -> Callable[[Callable[[], object]], list[str]]:
    """Give what says which statements a request sends."""
    with house.app_context():
        engine: Engine = db.engine

    def count(ask: Callable[[], object]) -> list[str]:
        sent: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        ask()
        event.remove(engine, "before_cursor_execute", note)
        return [each for each in sent if each.startswith("SELECT")]

    return count
