"""Keeps the searches that are for a client, so that no URL holds what is searched for whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from resourcedir.clients import queries as clients
from resourcedir.clients.scope import Scope
from resourcedir.matching.models import ClientSearch


@dataclass(frozen=True, slots=True)
class Sought:
    """For whom, as a query string what, and which referral it is to replace."""

    client_id: UUID
    question: str
    instead_of: UUID | None = None


def start(session: Session, scope: Scope, sought: Sought, at: datetime) -> ClientSearch:
    """Begin a search for a client of ``scope``.

    :raises NotFound: if the client is not theirs.
    """
    clients.client_card(session, scope, sought.client_id)
    search = ClientSearch(
        id=uuid4(),
        client_id=sought.client_id,
        user_id=scope.user_id,
        instead_of_id=sought.instead_of,
        created_at=at,
        changed_at=at,
    )
    session.add(search)
    search.question = sought.question
    session.flush()
    return search


def change(search: ClientSearch, question: str, at: datetime) -> None:
    """Let the search ask something else from now on."""
    search.question = question
    search.changed_at = at
