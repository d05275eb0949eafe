from collections.abc import Iterator

import pytest
from sqlalchemy.orm import sessionmaker

from resourcedir.db import engine_for
from resourcedir.security.sealing import KEYRING, Keyring


@pytest.fixture
def sessions(tables_url, at_noon) -> Iterator[sessionmaker]:
    """Give what opens sessions on an empty directory, at noon, on each kind of database."""
    engine = engine_for(tables_url)
    yield sessionmaker(engine, expire_on_commit=False, info={KEYRING: Keyring([b"k" * 32])})
    engine.dispose()
