"""Showing one client: whoever does it writes down that it was done, first.

For the views of this room and of those above it.
"""

from datetime import datetime
from uuid import UUID

from flask import abort, request

from resourcedir import clock
from resourcedir.clients import commands, queries
from resourcedir.clients.card import ClientCard
from resourcedir.clients.commands import Deed, SupervisorDeed
from resourcedir.clients.scope import Scope
from resourcedir.db import writing
from resourcedir.extensions import db
from resourcedir.identity import Officer, Supervisor
from resourcedir.security.guards import (
    current_identity,
    current_supervisor,
    only_asks,
    shows_nothing,
)


def client_scope() -> Scope:
    """Return whose clients may be seen; 404 for anybody who may see none."""
    if not isinstance(identity := current_identity(), Officer | Supervisor):
        abort(404)
    return identity


def deed() -> Deed:
    """Return who does what this request asks for, when, and from where."""
    return Deed(client_scope(), clock.now(), request.remote_addr)


def supervisor_deed() -> SupervisorDeed:
    """Return the same of a supervisor; 404 for anybody else."""
    return SupervisorDeed(current_supervisor(), clock.now(), request.remote_addr)


def look_at(client_id: UUID) -> ClientCard:
    """Return a client to be shown, and write down who looks: see ``record_seen``.

    :raises NotFound: for a client out of the reader's scope.
    """
    by = deed()
    card = queries.client_card(db.session, by.by, client_id)
    record_seen(card.id, by.at)
    return card


def record_seen(client_id: UUID, at: datetime) -> None:
    """Write down that whoever asks sees a client. If it cannot be written, the request fails.

    In a request that only reads, the note is committed at once, and rows that were loaded before
    are read again when they are used; in one that changes something it belongs to that change.
    HEAD shows nobody anything, and leaves no note.
    """
    by = Deed(client_scope(), at, request.remote_addr)
    if shows_nothing():
        return
    if not only_asks():
        commands.record_seen(db.session, by, client_id)
        return
    # A transaction that began by reading could not begin to write while others write.
    db.session.rollback()
    commands.record_seen(writing(db.session), by, client_id)
    db.session.commit()
