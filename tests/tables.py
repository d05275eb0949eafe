"""Databases with every table and the terms: made once in each process, then copied."""

import os
import shutil
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

import resourcedir
from resourcedir.db import Base, engine_for, writing
from resourcedir.taxonomy.commands import sync


def see_to_file(url: str) -> None:
    """Make the file of an SQLite database if there is none; one on a server is there."""
    path = make_url(url).database
    if url.startswith("sqlite") and path and not Path(path).exists():
        shutil.copyfile(_file(), path)


@cache
def _file() -> Path:
    handle, path = tempfile.mkstemp(suffix=".db", prefix="tables-")
    os.close(handle)
    make_tables(f"sqlite:///{path}")
    return Path(path)


def make_tables(url: str) -> None:
    """Make the tables and the terms in an empty database."""
    for models in sorted(Path(resourcedir.__file__).parent.glob("*/models.py")):
        import_module(f"resourcedir.{models.parent.name}.models")
    engine = engine_for(url)
    Base.metadata.create_all(engine)
    with writing(Session(engine)) as session:
        sync(session)
        session.commit()
    engine.dispose()


class Server:
    """A PostgreSQL that databases are made on."""

    def __init__(self, address: str) -> None:
        self._address = make_url(address)
        self._admin: Engine = create_engine(address, isolation_level="AUTOCOMMIT")

    def address(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)

    def create(self, name: str, *, like: str = "template1") -> str:
        """Make a database that holds what ``like`` holds; return its address."""
        self._do(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.address(name)

    def drop(self, name: str) -> None:
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._admin.dispose()

    def _do(self, statement: str) -> None:
        connection: Connection
        with self._admin.connect() as connection:
            connection.execute(text(statement))
