"""Writes down what was ordered, and the need that it makes.

``commands`` says what holds of every command here. Each counts the record's version on.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.clients.commands import (
    MOST_NEEDS,
    Deed,
    client_at_version,
    record_changed,
)
from resourcedir.clients.conditions import condition_of, condition_rows
from resourcedir.clients.fact_commands import today
from resourcedir.clients.models import ClientCondition, ClientNeed, NeedSource
from resourcedir.errors import BadInput
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.texts import N_

LONGEST: Final = 1000  # characters; orders are quoted, not copied


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A condition as it is entered. ``code``: the need that it makes; None: none."""

    text: str
    ordered_on: date | None = None
    due_on: date | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """Which condition of which client, and the version of the record it was read in."""

    client_id: UUID
    condition_id: UUID
    version: int


def add_condition(
    session: Session, deed: Deed, client_id: UUID, ordered: Ordered, *, version: int
) -> UUID:
    """Add a condition, and its need where the client has not got it; return its id.

    :raises StaleRecord: if somebody changed the record after ``version`` was read.
    :raises BadInput: for no words or too many, dates in the wrong order, an order of a day to
        come, a term that does not exist, or one need more than a client can have.
    :raises NotFound: for a client out of scope.
    """
    _check(session, deed, ordered)
    client = client_at_version(session, deed.by, client_id, version)
    needs = _needs(session, client_id, ordered)
    row = ClientCondition(client_id=client_id)
    session.add(row)
    _write(session, deed, row, ordered)
    _make_need(session, deed, row, needs)
    record_changed(session, deed, client)
    return row.id


def change_condition(session: Session, deed: Deed, seen: Seen, ordered: Ordered) -> None:
    """Replace what a condition says.

    A need that was due when the condition was is due because of it: a court that gives more time
    gives it to the need, unless another condition is due before.

    :raises StaleRecord, BadInput: as ``add_condition``.
    :raises NotFound: for a client out of scope, or a condition that is none of theirs.
    """
    _check(session, deed, ordered)
    client = client_at_version(session, deed.by, seen.client_id, seen.version)
    row = condition_of(session, deed.by, seen.client_id, seen.condition_id)
    needs = _needs(session, seen.client_id, ordered)
    need = needs.get(ordered.code or "")
    follows = need is not None and row.term_code == ordered.code and need.due_on == row.due_on
    _write(session, deed, row, ordered)
    _make_need(session, deed, row, needs)
    if follows and need is not None and row.met_on is None:
        need.due_on = _first_due(session, deed, row)
    record_changed(session, deed, client)


def meet_condition(session: Session, deed: Deed, seen: Seen, met_on: date | None) -> None:
    """Keep on which day a condition was met; None: it is not met after all. The need stays.

    :raises StaleRecord: if somebody changed the record after it was seen.
    :raises BadInput: for a day to come, or before the order.
    :raises NotFound: for a client out of scope, or a condition that is none of theirs.
    """
    client = client_at_version(session, deed.by, seen.client_id, seen.version)
    row = condition_of(session, deed.by, seen.client_id, seen.condition_id)
    if met_on is not None and met_on > today(session, deed.at):
        raise BadInput(N_("This is a day to come. Enter the day on which it was met."))
    if met_on is not None and row.ordered_on is not None and met_on < row.ordered_on:
        raise BadInput(N_("This is before the day of the order. Check both days."))
    row.met_on = met_on
    record_changed(session, deed, client)


def end_condition(session: Session, deed: Deed, seen: Seen) -> None:
    """Take a condition off the record: it was lifted, or entered in error. The need stays.

    :raises StaleRecord: if somebody changed the record after it was seen.
    :raises NotFound: for a client out of scope, or a condition that is none of theirs.
    """
    client = client_at_version(session, deed.by, seen.client_id, seen.version)
    condition_of(session, deed.by, seen.client_id, seen.condition_id).ended_at = deed.at
    record_changed(session, deed, client)


def _check(session: Session, deed: Deed, ordered: Ordered) -> None:
    if not ordered.text.strip():
        raise BadInput(N_("Write what was ordered."))
    if len(ordered.text) > LONGEST:
        raise BadInput(N_("Shorten what was ordered to 1,000 characters."))
    if ordered.code is not None and ordered.code not in taxonomy():
        raise BadInput(N_("Choose the need from the list."))
    if ordered.ordered_on is None:
        return
    if ordered.ordered_on > today(session, deed.at):
        raise BadInput(N_("The order is of a day to come. Enter today or a day before."))
    if ordered.due_on is not None and ordered.due_on < ordered.ordered_on:
        raise BadInput(N_("It was due before it was ordered. Check both days."))


def _write(session: Session, deed: Deed, row: ClientCondition, ordered: Ordered) -> None:
    with session.no_autoflush:
        row.text = ordered.text.strip()
    row.ordered_on, row.due_on, row.term_code = ordered.ordered_on, ordered.due_on, ordered.code
    row.recorded_at, row.recorded_by = deed.at, deed.by.user_id
    session.flush()


def _needs(session: Session, client_id: UUID, ordered: Ordered) -> dict[str, ClientNeed]:
    """Return what the client needs by its term.

    :raises BadInput: if there is no room for the one that the condition makes.
    """
    statement = select(ClientNeed).where(ClientNeed.client_id == client_id)
    needs = {need.term_code: need for need in session.scalars(statement)}
    is_new = ordered.code is not None and ordered.code not in needs
    if is_new and len(needs) >= MOST_NEEDS:
        raise BadInput(N_("The client has as many needs as can be kept. Take one away first."))
    return needs


def _make_need(
    session: Session, deed: Deed, row: ClientCondition, needs: dict[str, ClientNeed]
) -> None:
    """Give the client the need of a condition, or bring the need's date forward."""
    if row.term_code is None or row.met_on is not None:
        return
    need = needs.get(row.term_code)
    if need is None:
        last = max((each.priority for each in needs.values()), default=0)
        session.add(
            ClientNeed(
                client_id=row.client_id,
                term_code=row.term_code,
                priority=last + 1,
                source=NeedSource.COURT,
                due_on=row.due_on,
                created_at=deed.at,
            )
        )
    elif row.due_on is not None and (need.due_on is None or row.due_on < need.due_on):
        need.due_on = row.due_on


def _first_due(session: Session, deed: Deed, row: ClientCondition) -> date | None:
    """Return the first day by which any condition with this need is to be met."""
    return next(
        (
            each.due_on
            for each in condition_rows(session, deed.by, row.client_id)
            if each.code == row.term_code and each.met_on is None
        ),
        None,
    )
