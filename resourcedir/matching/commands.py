"""Keeps the searches that are for a client, so that no URL holds what is searched for whom."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from resourcedir.clients import queries as clients
from resourcedir.clients.scope import Scope
from resourcedir.matching.models import ClientSearch


def start(
    session: Session, scope: Scope, client_id: UUID, question: str, at: datetime
) -> ClientSearch:
    """Begin a search for a client of ``scope``; ``question`` is a query string.

    :raises NotFound: if the client is not theirs.
    """
    clients.client_card(session, scope, client_id)
    search = ClientSearch(
        id=uuid4(), client_id=client_id, user_id=scope.user_id, created_at=at, changed_at=at
    )
    session.add(search)
    search.question = question
    session.flush()
    return search


def change(search: ClientSearch, question: str, at: datetime) -> None:
    """Let the search ask something else from now on."""
    search.question = question
    search.changed_at = at
