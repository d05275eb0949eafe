"""Run by Alembic. Every room's models are imported here, so that none is missed."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

import resourcedir.accounts.models
import resourcedir.audit.models
import resourcedir.clients.models
import resourcedir.directory.models
import resourcedir.matching.models
import resourcedir.outbox.models
import resourcedir.places.models
import resourcedir.referrals.models
import resourcedir.taxonomy.models  # noqa: F401
from resourcedir.db import WRITES, Base, UTCDateTime
from resourcedir.errors import DomainError
from resourcedir.texts import N_


def _rendered(kind: str, item: object, _context: object) -> str | bool:
    # A released migration must not change when the code does: it names no type of ours.
    is_ours = kind == "type" and isinstance(item, UTCDateTime)
    return "sa.DateTime(timezone=True)" if is_ours else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_rendered,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "sqlite" and (
            broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        ):
            raise DomainError(
                N_("The database was not upgraded: rows of %(table)s point at nothing."),
                table=broken[0][0],
            )


@contextmanager
def _letting_tables_be_replaced(connection: Connection) -> Iterator[None]:
    """Let SQLite replace a table that others point at; what they point at is checked at the end.

    It changes a table by making it anew, and drops none that rows of another need while it looks.
    The pragma counts only outside of a transaction, so it is given to the driver.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]


with (
    context.config.attributes["engine"]
    .connect()
    .execution_options(**{WRITES: True}) as the_connection,
    _letting_tables_be_replaced(the_connection),
):
    _run(the_connection)
