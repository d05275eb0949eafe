"""An empty database for one world, of either kind; nothing of it is left afterwards."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from sqlite3 import Connection

from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from bench.simulating.town import DAYS_OFF
from resourcedir.db import CUT_OFF, LOCAL_HOLIDAYS, USUAL_ZONE, Base, engine_for
from resourcedir.security.sealing import KEYRING, Keyring

_KEYS = Keyring([b"m" * 32])  # of invented people, gone when the world is


@contextmanager
def empty(server: str | None) -> Iterator[sessionmaker[Session]]:
    """Give sessions on a new database: a file of its own, or one more on ``server``.

    ``server`` is the address of a PostgreSQL that may make databases. On SQLite nothing waits for
    the disk: what a power cut would lose is of no use to anybody.
    """
    with tempfile.TemporaryDirectory(prefix="month-") as folder, _made(server, folder) as url:
        engine = engine_for(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _hurry)
        Base.metadata.create_all(engine)
        info = {
            KEYRING: _KEYS,
            LOCAL_HOLIDAYS: tuple(DAYS_OFF),
            CUT_OFF: time(15),
            USUAL_ZONE: "America/New_York",
        }
        yield sessionmaker(engine, info=info)
        engine.dispose()


@contextmanager
def _made(server: str | None, folder: str) -> Iterator[str]:
    if server is None:
        yield f"sqlite:///{Path(folder) / 'month.db'}"
        return
    name = f"month_{secrets.token_hex(6)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def _hurry(connection: Connection, _entry: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA secure_delete = OFF")
