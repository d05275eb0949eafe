"""Keeps the searches that are for a client, so that no URL holds what is searched for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from resourcedir.clients import queries as clients
from resourcedir.clients.scope import Scope
from resourcedir.matching.models import ClientSearch
from resourcedir.matching.verdicts import Question


@dataclass(frozen=True, slots=True)
class Sought:
    """For whom, as a query string what, and which referral it is to replace.

    ``tried`` are listings that earlier referrals for it went to, with what these came to: a
    lifecycle's status, which this room does not know.
    """

    client_id: UUID
    question: str
    instead_of: UUID | None = None
    tried: Mapping[int, str] = field(default_factory=dict)


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
    search.tried = " ".join(f"{number}:{status}" for number, status in sought.tried.items())
    session.flush()
    return search


def change(search: ClientSearch, question: str, at: datetime) -> None:
    """Let the search ask something else from now on."""
    search.question = question
    search.changed_at = at


def skip(search: ClientSearch, question: Question, at: datetime) -> None:
    """Ask this no more in this search."""
    search.skipped = " ".join(sorted({*search.skipped.split(), question.to_text()}))
    search.changed_at = at


def skipped(search: ClientSearch) -> frozenset[Question]:
    """Return what is asked no more in this search."""
    return frozenset(Question.parse(each) for each in search.skipped.split())


def tried(search: ClientSearch) -> dict[int, str]:
    """Return the listings tried before the search began, with what came of it."""
    pairs = (each.partition(":") for each in search.tried.split())
    return {int(number): status for number, _, status in pairs}
