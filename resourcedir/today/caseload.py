"""Every client, what is next for them, and when anything was last done. For this room's views."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Final
from uuid import UUID

from resourcedir.clients.card import CaseloadRow, NeedFact
from resourcedir.referrals.lifecycle import Status
from resourcedir.referrals.views.words import language
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.today.days import appointment_words, past_day
from resourcedir.today.measures import open_referrals
from resourcedir.today.queries import Referred, Work
from resourcedir.web.formats import date_words
from resourcedir.web.language import gettext

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientLine:
    """One client. ``unmet``: needs that no referral is open for, nor was finished for."""

    id: UUID
    name: str
    case_number: str
    open_referrals: int
    next: str
    last: str
    unmet: str


@dataclass(frozen=True, slots=True)
class Group:
    """The clients of one officer."""

    officer: str
    lines: tuple[ClientLine, ...]


def caseload(work: Work, seen_to: Mapping[UUID, frozenset[str]]) -> list[Group]:
    """Return the clients by officer, in each the one first for whom longest nothing was done."""
    under_way: dict[UUID, list[Referred]] = defaultdict(list)
    for each in work.referrals:
        if each.standing.is_open:
            under_way[each.client_id].append(each)

    def order(client: CaseloadRow) -> tuple[str, UUID, datetime]:
        return client.officer_name, client.officer_id, work.contacts.get(client.id, _NEVER)

    ordered = sorted(work.clients.values(), key=order)
    return [
        Group(
            name,
            tuple(
                _line(each, under_way[each.id], seen_to.get(each.id, frozenset()), work)
                for each in group
            ),
        )
        for (_, name), group in groupby(ordered, key=lambda c: (c.officer_id, c.officer_name))
    ]


def _line(
    client: CaseloadRow, referrals: list[Referred], seen_to: frozenset[str], work: Work
) -> ClientLine:
    last = work.contacts.get(client.id)
    return ClientLine(
        id=client.id,
        name=client.name,
        case_number=client.case_number,
        open_referrals=open_referrals(each.standing for each in referrals),
        next=_next(referrals, work.now),
        last=past_day(last, work.now) if last else gettext("never"),
        unmet=", ".join(_need_words(need) for need in client.needs if not _is_met(need, seen_to))
        or gettext("none"),
    )


def _next(referrals: Sequence[Referred], now: datetime) -> str:
    """Return the next thing that is to happen."""
    ahead = [found for each in referrals if (found := _ahead(each, now))]
    if ahead:
        return min(ahead)[1]
    drafts = any(each.standing.status is Status.DRAFT for each in referrals)
    return gettext("a draft to finish") if drafts else gettext("nothing set")


def _ahead(each: Referred, now: datetime) -> tuple[datetime, str] | None:
    standing = each.standing
    if standing.intake is not None and not standing.intake.missed:
        appointment = standing.intake.appointment
        words = gettext("intake %(when)s", when=appointment_words(appointment, now))
        return appointment.starts_at, words
    if standing.answer_due_at is None:
        return None
    due = past_day(standing.answer_due_at, now)
    if standing.answer_due_at < now:
        return standing.answer_due_at, gettext("answer was due %(day)s", day=due)
    return standing.answer_due_at, gettext("answer due %(day)s", day=due)


def _is_met(need: NeedFact, seen_to: frozenset[str]) -> bool:
    """Say whether a referral is for this need, or for a narrower or a wider one."""
    terms = taxonomy()
    if need.code not in terms:
        return need.code in seen_to
    wider = {term.code for term in terms.lineage(need.code)}
    return bool(seen_to & (wider | set(terms.within(need.code))))


def _need_words(need: NeedFact) -> str:
    name = need.name(language())
    if need.due_on is None:
        return name
    return gettext("%(need)s by %(date)s", need=name, date=date_words(need.due_on))
