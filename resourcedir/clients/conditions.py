"""What courts and boards have ordered a client to do. Each function asks for the reader's scope.

Lifted conditions, and those entered in error, are on no page any more.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from resourcedir.clients import queries
from resourcedir.clients.models import ClientCondition
from resourcedir.clients.scope import Scope
from resourcedir.errors import NotFound
from resourcedir.taxonomy.terms import taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition. ``code`` is the term of the need that meets it; None: no place does."""

    id: UUID
    text: str
    ordered_on: date | None
    due_on: date | None
    code: str | None
    met_on: date | None

    def need(self, language: str) -> str:
        """Return the need in ``language``; "" where it makes none, its code if that is gone."""
        if self.code is None:
            return ""
        term = taxonomy().get(self.code)
        return self.code if term is None else term.name(language)

    def is_late(self, today: date) -> bool:
        """Say whether the day has passed by which it was to be met."""
        return self.met_on is None and self.due_on is not None and self.due_on < today


def condition_rows(session: Session, scope: Scope, client_id: UUID) -> list[ConditionRow]:
    """Return the conditions of one client, the first due first, those without a date last.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    queries.client_in_scope(session, scope, client_id)
    order = (ClientCondition.due_on.is_(None), ClientCondition.due_on, ClientCondition.id)
    return [_row(each) for each in session.scalars(_of(client_id).order_by(*order))]


def condition_row(
    session: Session, scope: Scope, client_id: UUID, condition_id: UUID
) -> ConditionRow:
    """Return one condition of one client.

    :raises NotFound: for a client who is nobody of ``scope``'s, and for what is none of theirs.
    """
    return _row(condition_of(session, scope, client_id, condition_id))


def condition_of(
    session: Session, scope: Scope, client_id: UUID, condition_id: UUID
) -> ClientCondition:
    """Return the row itself, for ``condition_commands`` alone.

    :raises NotFound: as ``condition_row``.
    """
    queries.client_in_scope(session, scope, client_id)
    found = session.scalar(_of(client_id).where(ClientCondition.id == condition_id))
    if found is None:
        raise NotFound
    return found


def _of(client_id: UUID) -> Select[ClientCondition]:
    return select(ClientCondition).where(
        ClientCondition.client_id == client_id, ClientCondition.ended_at.is_(None)
    )


def _row(each: ClientCondition) -> ConditionRow:
    return ConditionRow(
        id=each.id,
        text=each.text,
        ordered_on=each.ordered_on,
        due_on=each.due_on,
        code=each.term_code,
        met_on=each.met_on,
    )
