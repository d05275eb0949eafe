"""Finds a search for a client. It is its maker's alone, as long as the client is theirs."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.clients.scope import Scope
from resourcedir.errors import NotFound
from resourcedir.matching.models import ClientSearch


def own_search(session: Session, scope: Scope, search_id: UUID) -> ClientSearch:
    """Return a search that this person began.

    :raises NotFound: for anybody else's. Whether the client is still theirs, the client's own
        query says.
    """
    statement = select(ClientSearch).where(
        ClientSearch.id == search_id, ClientSearch.user_id == scope.user_id
    )
    if (search := session.scalar(statement)) is None:
        raise NotFound
    return search
