"""The declarative base, the column types every table shares, and how the two databases are set up.

Knows no table. SQLite and PostgreSQL must behave alike to everything above.
"""

from datetime import UTC, datetime
from enum import StrEnum
from sqlite3 import Connection as SQLiteConnection
from typing import Annotated, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS: Final = 10_000  # how long a writer waits for another before it gives up
WRITES: Final = "resourcedir_writes"  # execution option: this transaction will write


class UTCDateTime(TypeDecorator[datetime]):
    """An instant, always aware and always UTC. SQLite stores no offset, so this type guards it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """:raises ValueError: for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: use resourcedir.clock.now()")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


Id = Annotated[UUID, mapped_column(primary_key=True, default=uuid4)]
BigKey: Final = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers INTEGER keys alone


def stored_by_value(kind: type[StrEnum]) -> Enum:
    """Return a column type that stores the members' values, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """Every table. Each column's comment begins with its privacy class (a test holds that)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime}


def engine_for(url: str) -> Engine:
    """Return an engine whose connections keep what they acknowledge.

    On SQLite a transaction that will write (``WRITES``) takes the write lock at its start: with a
    plain BEGIN two writers that have both read fail instead of waiting.
    """
    engine = create_engine(url, hide_parameters=True)  # personal data in no log of an error
    set_up(engine)
    return engine


def set_up(engine: Engine) -> None:
    """Attach what SQLite needs; PostgreSQL needs nothing."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def writing(session: Session) -> Session:
    """Make ``session``, not yet used, take the write lock when its transaction begins."""
    session.connection(execution_options={WRITES: True})
    return session


def _set_pragmas(connection: SQLiteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late
    for pragma in (
        "foreign_keys = ON",
        "secure_delete = ON",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
