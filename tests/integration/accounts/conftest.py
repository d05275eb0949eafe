"""A session on an empty database, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from resourcedir.db import engine_for


@pytest.fixture
def engine(tables_url: str) -> Iterator[Engine]:
    engine = engine_for(tables_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session
