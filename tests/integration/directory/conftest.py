"""A directory on a database of its own, without the app."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session, sessionmaker

from resourcedir.db import Base, engine_for
from resourcedir.security.sealing import KEYRING, Keyring
from tests.factories import Factory


@pytest.fixture
def make_session(database_url, at_noon) -> Iterator[sessionmaker[Session]]:
    """Give what opens sessions on an empty database, at noon."""
    engine = engine_for(database_url)
    Base.metadata.create_all(engine)
    yield sessionmaker(engine, info={KEYRING: Keyring([b"k" * 32])})
    engine.dispose()


@pytest.fixture
def session(make_session) -> Iterator[Session]:
    with make_session() as session:
        yield session


@pytest.fixture
def make(session) -> Factory:
    return Factory(session)
