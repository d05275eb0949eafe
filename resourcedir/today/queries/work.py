"""All that the page Today shows, sorted into its lists."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from resourcedir.clients import queries as clients
from resourcedir.clients.card import CaseloadRow
from resourcedir.clients.scope import Scope
from resourcedir.engine.folding import fold
from resourcedir.identity import Supervisor
from resourcedir.referrals.deadlines import Calendar, Urgency
from resourcedir.referrals.lifecycle import Status
from resourcedir.today.measures import Measures, measures
from resourcedir.today.queries.beside import calendars, last_contacts
from resourcedir.today.queries.referred import Referred, referred
from resourcedir.today.sections import Section, section_of, without_contact

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_GRAVEST: Final = (Urgency.CRISIS, Urgency.URGENT, Urgency.ROUTINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What somebody, or a team, has to do with at ``now``.

    ``lists``: what is to be done, the most pressing first in each. ``idle``: clients of whom
    nothing else is said there, and for whom nothing was done for long.
    """

    now: datetime
    clients: Mapping[UUID, CaseloadRow]
    referrals: tuple[Referred, ...]
    contacts: Mapping[UUID, datetime]
    calendars: Mapping[int, Calendar]
    lists: Mapping[Section, tuple[Referred, ...]]
    idle: tuple[CaseloadRow, ...]

    @property
    def total(self) -> int:
        return sum(map(self.count, Section))

    @property
    def measures(self) -> Measures:
        return measures(len(self.clients), (each.standing for each in self.referrals), self.now)

    def count(self, section: Section) -> int:
        return len(self.idle if section is Section.NO_CONTACT else self.lists.get(section, ()))

    def escalated(self) -> tuple[Referred, ...]:
        """Return what is so late that the supervisor is to see it, the latest first."""
        return tuple(each for each in self.lists.get(Section.LATE, ()) if each.escalated)

    def by_officer(self) -> Mapping[UUID, "Work"]:
        """Return each officer's part of a team's; officers without clients are not in it."""
        return {each: self.of(each) for each in {c.officer_id for c in self.clients.values()}}

    def of(self, officer_id: UUID) -> "Work":
        """Return one officer's part of a team's."""
        return sort_out(
            [each for each in self.clients.values() if each.officer_id == officer_id],
            [each for each in self.referrals if each.officer_id == officer_id],
            self.contacts,
            self.calendars,
            self.now,
        )


def work(session: Session, scope: Scope, now: datetime) -> Work:
    """Return what is to be done for the clients of ``scope``. A supervisor sees no drafts."""
    caseload = clients.caseload(session, scope)
    found = referred(session, scope, now)
    contacts = last_contacts(session, scope)
    late = [each.listing_number for each in found if each.standing.answer_due_at is not None]
    if isinstance(scope, Supervisor):
        found = tuple(each for each in found if each.standing.status is not Status.DRAFT)
    return sort_out(caseload, found, contacts, calendars(session, late), now)


def sort_out(
    caseload: Iterable[CaseloadRow],
    referrals: Iterable[Referred],
    contacts: Mapping[UUID, datetime],
    days: Mapping[int, Calendar],
    now: datetime,
) -> Work:
    """Return the same in its lists, the most pressing first."""
    known = {client.id: client for client in caseload}
    mine = tuple(each for each in referrals if each.client_id in known)
    lists: dict[Section, list[Referred]] = defaultdict(list)
    for each in mine:
        if section := section_of(each.standing, now):
            lists[section].append(each)
    ordered = {
        section: tuple(sorted(found, key=_order(section, known)))
        for section, found in lists.items()
    }
    return Work(
        now=now,
        clients=known,
        referrals=mine,
        contacts=contacts,
        calendars=days,
        lists=ordered,
        idle=_idle(known, mine, ordered, contacts, now),
    )


def _idle(
    known: Mapping[UUID, CaseloadRow],
    referrals: Iterable[Referred],
    lists: Mapping[Section, Iterable[Referred]],
    contacts: Mapping[UUID, datetime],
    now: datetime,
) -> tuple[CaseloadRow, ...]:
    listed = {each.client_id for found in lists.values() for each in found}
    under_way = {each.client_id for each in referrals if each.standing.is_open}
    found = [
        client
        for client in known.values()
        if client.id not in listed
        and without_contact(
            contacts.get(client.id),
            needs=bool(client.needs),
            open_referrals=client.id in under_way,
            now=now,
        )
    ]
    return tuple(sorted(found, key=lambda c: (contacts.get(c.id, _NEVER), fold(c.name), c.id)))


def _order(
    section: Section, known: Mapping[UUID, CaseloadRow]
) -> Callable[[Referred], tuple[object, ...]]:
    def order(each: Referred) -> tuple[object, ...]:
        standing = each.standing
        name = (fold(known[each.client_id].name), each.id)
        match section:
            case Section.LATE:
                due = standing.answer_due_at or _NEVER
                return (not each.escalated, _GRAVEST.index(each.urgency), due, *name)
            case Section.INTAKE | Section.NOT_SAID if standing.intake:
                return (standing.intake.appointment.starts_at, *name)
            case Section.UNKNOWN:
                return (standing.heard_at, *name)
            case _:
                return (standing.moved_at, *name)

    return order
