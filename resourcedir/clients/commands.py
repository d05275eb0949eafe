"""What changes about clients, and the note that one was looked at.

Each function takes a ``Deed``: who, when, from where. It works only on clients of that person's
scope, and writes its row of the audit in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from resourcedir.audit.commands import AuditEvent, Entry, record
from resourcedir.clients import queries
from resourcedir.clients.models import (
    Assignment,
    Client,
    ClientNeed,
    ContactBy,
    NeedSource,
    SupervisionType,
)
from resourcedir.clients.scope import Scope
from resourcedir.directory.hours import parse
from resourcedir.errors import BadInput, NotFound, StaleRecord
from resourcedir.identity import Officer, Supervisor
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.texts import N_

MOST_NEEDS: Final = 8


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something, when, and from which network address."""

    by: Scope
    at: datetime
    address: str | None = None


@dataclass(frozen=True, slots=True)
class SupervisorDeed(Deed):
    """What only a supervisor does."""

    by: Supervisor


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """What is kept of a client besides needs. Empty texts are not known.

    ``curfew`` and ``work_hours`` are written as ``directory.hours`` reads them.
    """

    name: str
    birth_year: str
    case_number: str
    supervision_type: SupervisionType
    authority: str
    phone: str
    contact_by: ContactBy
    leave_no_message: bool
    do_not_contact: bool
    home_zip: str
    languages: tuple[str, ...]
    curfew: str = ""
    work_hours: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One need as it is entered; its place in the list is its priority.

    ``goal`` is what is to come of it, in words.
    """

    code: str
    source: NeedSource
    due_on: date | None = None
    goal: str = ""


def record_seen(session: Session, deed: Deed, client_id: UUID) -> None:
    """Write down that somebody looked at a client's record."""
    _record(session, deed, AuditEvent.CLIENT_SEEN, client_id)


def add_client(
    session: Session, deed: Deed, facts: ClientFacts, officer_id: UUID | None = None
) -> UUID:
    """Add a client and return their id. An officer's own; a supervisor names an officer.

    :raises BadInput: if the case number is taken in the agency.
    :raises NotFound: if the officer is not one of the team's.
    """
    _refuse_taken(session, deed.by.agency_id, facts.case_number, besides=None)
    to = deed.by.user_id if isinstance(deed.by, Officer) else _officer(session, deed.by, officer_id)
    client = Client(agency_id=deed.by.agency_id, created_at=deed.at)
    session.add(client)
    _write(client, facts)
    session.flush()
    session.add(
        Assignment(client_id=client.id, officer_id=to, from_at=deed.at, assigned_by=deed.by.user_id)
    )
    _record(session, deed, AuditEvent.CLIENT_ADDED, client.id)
    return client.id


def edit_client(
    session: Session, deed: Deed, client_id: UUID, facts: ClientFacts, *, version: int
) -> None:
    """Replace what is kept of a client.

    :raises StaleRecord: if somebody changed it after ``version`` was read.
    :raises BadInput: if the case number is taken in the agency.
    :raises NotFound: for a client out of scope.
    """
    client = client_at_version(session, deed.by, client_id, version)
    _refuse_taken(session, client.agency_id, facts.case_number, besides=client.id)
    _write(client, facts)
    session.flush()
    _record(session, deed, AuditEvent.CLIENT_CHANGED, client_id)


def set_needs(
    session: Session, deed: Deed, client_id: UUID, needs: tuple[Need, ...], *, version: int
) -> None:
    """Make ``needs`` all that the client needs, the first being the most urgent.

    :raises StaleRecord: if somebody changed the record after ``version`` was read.
    :raises BadInput: for a term that does not exist or stands twice, or more than ``MOST_NEEDS``.
    :raises NotFound: for a client out of scope.
    """
    codes = [need.code for need in needs]
    if len(set(codes)) < len(codes) or not all(code in taxonomy() for code in codes):
        raise BadInput(N_("Choose each need once, from the list."))
    if len(needs) > MOST_NEEDS:
        raise BadInput(N_("The client has as many needs as can be kept. Take one away first."))
    client = client_at_version(session, deed.by, client_id, version)
    statement = select(ClientNeed).where(ClientNeed.client_id == client_id)
    kept = {row.term_code: row for row in session.scalars(statement)}
    for code in kept.keys() - set(codes):
        session.delete(kept[code])
    for priority, need in enumerate(needs, 1):
        row = kept.get(need.code)
        if row is None:
            row = ClientNeed(client_id=client_id, term_code=need.code, created_at=deed.at)
            session.add(row)
        row.priority, row.source, row.due_on = priority, need.source, need.due_on
        with session.no_autoflush:
            row.goal = need.goal
    record_changed(session, deed, client)


def record_changed(session: Session, deed: Deed, client: Client) -> None:
    """Count the record's version on after a change of what stands in tables of its own."""
    flag_modified(client, "languages")
    session.flush()
    _record(session, deed, AuditEvent.CLIENT_CHANGED, client.id)


def reassign_client(
    session: Session, deed: SupervisorDeed, client_id: UUID, officer_id: UUID
) -> None:
    """Give a client of the team to another of its officers, from now on.

    :raises NotFound: for a client or an officer who is not of the team.
    :raises BadInput: if the officer has the client already.
    :raises StaleRecord: if somebody else reassigned the client meanwhile.
    """
    to = _officer(session, deed.by, officer_id)
    present = queries.current_assignment(session, deed.by, client_id)
    if present.officer_id == to:
        raise BadInput(N_("This officer has the client already. Choose another."))
    ended = session.execute(
        update(Assignment)
        .where(Assignment.id == present.id, Assignment.until_at.is_(None))
        .values(until_at=deed.at)
        .returning(Assignment.id)
    )
    if ended.first() is None:
        raise StaleRecord(N_("Somebody else reassigned this client meanwhile."))
    session.add(
        Assignment(client_id=client_id, officer_id=to, from_at=deed.at, assigned_by=deed.by.user_id)
    )
    _record(session, deed, AuditEvent.CLIENT_REASSIGNED, client_id)


def reassign_caseload(session: Session, deed: SupervisorDeed, from_id: UUID, to_id: UUID) -> int:
    """Give every client of one officer of the team to another; return how many there were.

    :raises NotFound: for an officer who is not of the team.
    :raises BadInput: if both are the same officer, or the first has no clients.
    """
    if from_id == to_id:
        raise BadInput(N_("Choose two different officers."))
    if from_id not in {row.id for row in queries.officers(session, deed.by)}:
        raise NotFound
    clients = queries.assigned_clients(session, deed.by, from_id)
    if not clients:
        raise BadInput(N_("This officer has no clients now."))
    for client_id in clients:
        reassign_client(session, deed, client_id, to_id)
    return len(clients)


def _officer(session: Session, scope: Supervisor, officer_id: UUID | None) -> UUID:
    """Return ``officer_id`` if clients can be given to that officer of the team."""
    for row in queries.officers(session, scope):
        if row.id == officer_id and not row.disabled:
            return row.id
    raise NotFound


def client_at_version(session: Session, scope: Scope, client_id: UUID, version: int) -> Client:
    """Return the row, for commands alone.

    :raises StaleRecord: if somebody changed it after ``version`` was read.
    :raises NotFound: for a client out of scope.
    """
    client = queries.client_in_scope(session, scope, client_id)
    if client.version != version:
        raise StaleRecord(N_("Somebody else changed this record after you opened it."))
    return client


def _refuse_taken(
    session: Session, agency_id: UUID, case_number: str, *, besides: UUID | None
) -> None:
    statement = select(Client.id).where(
        Client.agency_id == agency_id, Client.case_number == case_number, Client.id != besides
    )
    if session.scalar(statement) is not None:
        raise BadInput(
            N_("This case number is in use. If it is right, ask who has the client already.")
        )


def _write(client: Client, facts: ClientFacts) -> None:
    client.name = facts.name
    client.birth_year = facts.birth_year
    client.case_number = facts.case_number
    client.supervision_type = facts.supervision_type
    client.authority = facts.authority
    client.phone = facts.phone
    client.contact_by = facts.contact_by
    client.leave_no_message = facts.leave_no_message
    client.do_not_contact = facts.do_not_contact
    client.home_zip = facts.home_zip
    client.languages = " ".join(facts.languages)
    client.curfew = _week(facts.curfew)
    client.work_hours = _week(facts.work_hours)


def _week(text: str) -> str:
    """Return the hours of a week as all are written.

    :raises BadInput: if they cannot be read; then they could never be shown.
    """
    return parse(text).to_text() if text else ""


def _record(session: Session, deed: Deed, event: AuditEvent, client_id: UUID) -> None:
    record(
        session,
        Entry(
            event=event,
            at=deed.at,
            actor_id=deed.by.user_id,
            address=deed.address,
            subject_type="client",
            subject_id=client_id,
        ),
    )
