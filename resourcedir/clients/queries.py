"""Whose clients somebody sees. Each function asks for the reader's scope; none works without.

Which those are is in ``scope``. Anybody else's client is not found, as if there were no such
record. Names are sealed: the database cuts by scope, sorting and finding by name happen here.
"""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from resourcedir.accounts.models import User
from resourcedir.clients import knowing
from resourcedir.clients.card import CaseloadRow, ClientCard, NeedFact, OfficerRow, Period
from resourcedir.clients.facts import Fact, Known, Told
from resourcedir.clients.knowing import FactRow, ZoneRow
from resourcedir.clients.models import Assignment, Client, ClientFact, ClientNeed, ClientZone
from resourcedir.clients.scope import Scope, is_present, of_team
from resourcedir.clients.zone_values import read_point
from resourcedir.db import usual_zone
from resourcedir.directory.hours import WeeklyHours, parse
from resourcedir.engine.folding import fold
from resourcedir.errors import NotFound
from resourcedir.identity import Role, Supervisor

_FACTS: Final = list(Fact)
_PARTS: Final = re.compile(r"[^\W_]+")  # of O'Neal-Brock: o, neal, brock


def caseload(session: Session, scope: Scope, *, words: str = "") -> list[CaseloadRow]:
    """Return the clients of ``scope`` by name, for a supervisor each officer's together.

    ``words`` are beginnings of names or case numbers, in any order; case and accents do not count.
    """
    found = session.execute(select(Client, User.id, User.name).where(_of(scope)))
    needs = _needs(session, select(Client.id).where(_of(scope)))
    rows = [
        CaseloadRow(
            id=client.id,
            name=client.name,
            birth_year=client.birth_year,
            case_number=client.case_number,
            supervision_type=client.supervision_type,
            do_not_contact=client.do_not_contact,
            needs=needs.get(client.id, ()),
            officer_id=officer_id,
            officer_name=officer_name,
        )
        for client, officer_id, officer_name in found
    ]
    wanted = fold(words).split()
    return sorted((row for row in rows if _is_called(row, wanted)), key=_order)


def client_card(session: Session, scope: Scope, client_id: UUID) -> ClientCard:
    """Return what pages show of one client.

    A view that shows it calls ``commands.record_seen`` in the same request.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    client, officer_id, officer = _found(session, scope, client_id)
    return ClientCard(
        id=client.id,
        version=client.version,
        officer_id=officer_id,
        officer_name=officer,
        name=client.name,
        birth_year=client.birth_year,
        case_number=client.case_number,
        supervision_type=client.supervision_type,
        authority=client.authority,
        phone=client.phone,
        contact_by=client.contact_by,
        leave_no_message=client.leave_no_message,
        do_not_contact=client.do_not_contact,
        home_zip=client.home_zip,
        languages=tuple(client.languages.split()),
        needs=_needs(session, [client.id]).get(client.id, ()),
        curfew=_week(client.curfew, session),
        work_hours=_week(client.work_hours, session),
    )


def known_of(session: Session, scope: Scope, client_id: UUID) -> Known:
    """Return what a match reads of one client.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    return known_behind(session, client_card(session, scope, client_id))[0]


def known_behind(session: Session, card: ClientCard) -> tuple[Known, list[FactRow]]:
    """Return the same with the facts that it is made of, in the order of ``Fact``.

    ``card`` is of this request: whoever has it was in scope to be given it.
    """
    rows, zones = _fact_rows(session, card.id), _zone_rows(session, card.id)
    return knowing.known(card, rows, zones, usual_zone(session)), rows


def fact_rows(session: Session, scope: Scope, client_id: UUID) -> list[FactRow]:
    """Return the facts that are known of one client, in the order of ``Fact``.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    _found(session, scope, client_id)
    return _fact_rows(session, client_id)


def _fact_rows(session: Session, client_id: UUID) -> list[FactRow]:
    found = session.scalars(select(ClientFact).where(ClientFact.client_id == client_id))
    rows = [knowing.fact_row(row.kind, row.value, Told(row.source, row.told_on)) for row in found]
    return sorted(rows, key=lambda row: _FACTS.index(row.fact))


def zone_rows(session: Session, scope: Scope, client_id: UUID) -> list[ZoneRow]:
    """Return the places that one client must keep away from now, by number.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    _found(session, scope, client_id)
    return _zone_rows(session, client_id)


def _zone_rows(session: Session, client_id: UUID) -> list[ZoneRow]:
    statement = (
        select(ClientZone)
        .where(ClientZone.client_id == client_id, ClientZone.ended_at.is_(None))
        .order_by(ClientZone.number)
    )
    return [
        ZoneRow(
            id=row.id,
            number=row.number,
            label=row.label,
            address=row.address,
            point=read_point(row.point),
            error_m=row.error_m,
            buffer_m=row.buffer_m,
            told=Told(row.source, row.told_on),
        )
        for row in session.scalars(statement)
    ]


def client_in_scope(session: Session, scope: Scope, client_id: UUID) -> Client:
    """Return the row itself, for ``commands`` alone.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    return _found(session, scope, client_id)[0]


def current_assignment(session: Session, scope: Scope, client_id: UUID) -> Assignment:
    """Return the row that says whose the client is now, for ``commands`` alone.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    statement = select(Assignment).where(_of(scope), Client.id == client_id)
    if (row := session.scalar(statement)) is None:
        raise NotFound
    return row


def assigned_clients(session: Session, scope: Supervisor, officer_id: UUID) -> list[UUID]:
    """Return the ids of the clients whom an officer of the team has now."""
    statement = select(Client.id).where(_of(scope), User.id == officer_id).order_by(Client.id)
    return list(session.scalars(statement))


def officers(session: Session, scope: Supervisor) -> list[OfficerRow]:
    """Return the team's officers by name; disabled ones only while they still have clients."""
    current = and_(Assignment.officer_id == User.id, Assignment.until_at.is_(None))
    count = func.count(Assignment.id)
    statement = (
        select(User.id, User.name, User.disabled_at, count)
        .outerjoin(Assignment, current)
        .where(User.role == Role.OFFICER, of_team(scope))
        .group_by(User.id, User.name, User.disabled_at)
        .order_by(User.name, User.id)
    )
    return [
        OfficerRow(user_id, name, clients, disabled=disabled_at is not None)
        for user_id, name, disabled_at, clients in session.execute(statement)
        if disabled_at is None or clients
    ]


def history(session: Session, scope: Scope, client_id: UUID) -> list[Period]:
    """Return who has had the client, the latest first.

    :raises NotFound: for a client who is nobody of ``scope``'s.
    """
    _found(session, scope, client_id)
    statement = (
        select(User.name, Assignment.from_at, Assignment.until_at)
        .join(User, User.id == Assignment.officer_id)
        .where(Assignment.client_id == client_id)
        .order_by(Assignment.from_at.desc(), Assignment.id)
    )
    return [Period(*row) for row in session.execute(statement)]


def _of(scope: Scope) -> ColumnElement[bool]:
    """Return what holds of a client, the present assignment and its officer, in ``scope``."""
    return and_(
        Assignment.client_id == Client.id,
        Client.agency_id == scope.agency_id,
        is_present(scope),
    )


def _found(session: Session, scope: Scope, client_id: UUID) -> tuple[Client, UUID, str]:
    statement = select(Client, User.id, User.name).where(_of(scope), Client.id == client_id)
    if (row := session.execute(statement).one_or_none()) is None:
        raise NotFound
    return row


def _week(text: str, session: Session) -> WeeklyHours | None:
    """Return hours that are kept, on the clock of the deployment."""
    return parse(text, usual_zone(session)) if text else None


def _needs(
    session: Session, clients: Select[UUID] | list[UUID]
) -> Mapping[UUID, tuple[NeedFact, ...]]:
    statement = (
        select(ClientNeed)
        .where(ClientNeed.client_id.in_(clients))
        .order_by(ClientNeed.client_id, ClientNeed.priority, ClientNeed.term_code)
    )
    needs: dict[UUID, tuple[NeedFact, ...]] = {}
    for row in session.scalars(statement):
        fact = NeedFact(row.term_code, row.priority, row.source, row.due_on, row.goal)
        needs[row.client_id] = (*needs.get(row.client_id, ()), fact)
    return needs


def _is_called(row: CaseloadRow, wanted: list[str]) -> bool:
    said = f"{fold(row.name)} {fold(row.case_number)}"
    parts = [*said.split(), *_PARTS.findall(said)]
    return all(any(part.startswith(word) for part in parts) for word in wanted)


def _order(row: CaseloadRow) -> tuple[str, UUID, str, str, UUID]:
    return (row.officer_name, row.officer_id, fold(row.name), row.case_number, row.id)
