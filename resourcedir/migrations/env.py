"""Run by Alembic. Every room's models are imported here, so that none is missed."""

from alembic import context

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


def _rendered(kind: str, item: object, _context: object) -> str | bool:
    # A released migration must not change when the code does: it names no type of ours.
    is_ours = kind == "type" and isinstance(item, UTCDateTime)
    return "sa.DateTime(timezone=True)" if is_ours else False


with (
    context.config.attributes["engine"].connect().execution_options(**{WRITES: True}) as connection
):
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
