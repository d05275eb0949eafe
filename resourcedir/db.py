"""The declarative base, the column types every table shares, and how the two databases are set up.

Knows no table. SQLite and PostgreSQL must behave alike to everything above.
"""

from datetime import UTC, datetime, time
from enum import StrEnum
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import OperationalError as SQLiteError
from time import monotonic, sleep
from typing import Annotated, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Index,
    Integer,
    MetaData,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    event,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS: Final = 10_000  # how long a writer waits for another before it gives up
USUAL_ZONE: Final = "usual_zone"  # where a session's ``info`` has the deployment's time zone
LOCAL_HOLIDAYS: Final = "local_holidays"  # and its days off, beside the federal ones
CUT_OFF: Final = "cut_off"  # and the time until which what is sent counts as received that day
_ASK_AGAIN_S: Final = 0.005
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


def usual_zone(session: Session) -> str:
    """Return the zone (IANA) of what is in no zone of its own: the setting, as ``app`` gives it."""
    return str(session.info.get(USUAL_ZONE, "UTC"))


def local_holidays(session: Session) -> frozenset[str]:
    """Return the setting's days off: ISO dates, and "12-24" for one of every year."""
    return frozenset(session.info.get(LOCAL_HOLIDAYS, ()))


def cut_off(session: Session) -> time:
    """Return the wall-clock time after which what is sent counts as received a day later."""
    found = session.info.get(CUT_OFF)
    return found if isinstance(found, time) else time(15)


def violated(error: IntegrityError) -> str | None:
    """Return the name of the constraint that was violated, None where the driver does not tell.

    PostgreSQL's tells the name. SQLite's tells that of a check, and of what is to be unique only
    the columns, in the one form that it has had since 3.8: by these the name is looked up.
    """
    if (diagnosis := getattr(error.orig, "diag", None)) is not None:
        return str(diagnosis.constraint_name) if diagnosis.constraint_name else None
    told = str(error.orig).partition(" constraint failed: ")[2]
    columns = frozenset(each.strip() for each in told.split(","))
    return told if told.startswith("ck_") else _unique().get(columns)


def _unique() -> dict[frozenset[str], str]:
    """Return the names of unique constraints and indexes by their columns."""
    named = (
        each
        for table in Base.metadata.sorted_tables
        for each in (*table.constraints, *table.indexes)
        if isinstance(each, UniqueConstraint) or (isinstance(each, Index) and each.unique)
    )
    return {frozenset(str(column) for column in each.columns): str(each.name) for each in named}


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
    if connection.get_execution_options().get(WRITES):
        _begin_to_write(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_to_write(connection: Connection) -> None:
    """Take SQLite's write lock, waiting for it as long as ``BUSY_TIMEOUT_MS``.

    SQLite keeps no queue, and its own wait asks ten times a second in the end: where many write,
    somebody is late each time until the wait is over. Who asks often gets a turn.
    """
    driver: SQLiteConnection = connection.connection.driver_connection  # type: ignore[assignment]
    deadline = monotonic() + BUSY_TIMEOUT_MS / 1000
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while monotonic() < deadline:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except SQLiteError as error:
                if error.sqlite_errorcode != SQLITE_BUSY:
                    break
                sleep(_ASK_AGAIN_S)
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # what is wrong is told by SQLAlchemy
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
