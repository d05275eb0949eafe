"""Turns what is to be done into plain values that the page prints. For this room's views alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask import url_for

from resourcedir.clients.card import CaseloadRow
from resourcedir.referrals.lifecycle import Action, Mode
from resourcedir.referrals.views.words import language, need_words
from resourcedir.today import wording
from resourcedir.today.days import days_between
from resourcedir.today.measures import Measures, Share
from resourcedir.today.queries import Referred, Work
from resourcedir.today.sections import Section
from resourcedir.today.wording import BULK_OF, Bulk, Does
from resourcedir.today.wrong import is_late, what_to_do, wrong
from resourcedir.web.language import gettext, ngettext

ROWS_SHOWN: Final = 20
"""Rows of a list on the first page: a screen or two. The rest is a press away."""

NEEDS_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Press:
    """The one action of a row: a link, or with ``fields`` a button that sends them."""

    words: str
    url: str
    fields: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a list. ``tick``: several may be ticked and something done with all at once."""

    id: UUID
    who: str
    who_url: str
    what: str
    when: str
    late: bool
    press: Press | None
    tick: bool = False
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One list; ``total`` may be more than its rows."""

    section: Section
    title: str
    about: str
    total: int
    rows: tuple[Row, ...]
    bulk: Bulk | None


@dataclass(frozen=True, slots=True)
class Stat:
    """One number over the lists; ``of`` is its ground."""

    label: str
    value: str
    of: str = ""


def lists(work: Work, *, acts: bool, shown: int | None = ROWS_SHOWN) -> list[Listed]:
    """Return the lists that have rows. Without ``acts`` there are no actions but links."""
    return [
        listed(work, section, acts=acts, shown=shown) for section in Section if work.count(section)
    ]


def listed(work: Work, section: Section, *, acts: bool, shown: int | None = None) -> Listed:
    """Return one list; ``shown``: how many of its rows, None for all."""
    rows = tuple(_rows(work, section, acts, shown))
    bulk = BULK_OF.get(section) if acts and any(row.tick for row in rows) else None
    return Listed(
        section,
        gettext(wording.TITLES[section]),
        gettext(wording.ABOUT[section]),
        work.count(section),
        rows,
        bulk,
    )


def row_of(section: Section, each: Referred, work: Work, *, acts: bool) -> Row:
    """Return one referral as a row."""
    client = work.clients[each.client_id]
    return Row(
        id=each.id,
        who=client.name,
        who_url=url_for("referrals.page", referral_id=each.id),
        what=_where(each),
        when=wrong(section, each, work),
        late=is_late(section, each, work),
        press=_press(what_to_do(section, each), each) if acts else None,
        tick=acts and may_tick(section, each),
        officer=client.officer_name,
    )


def may_tick(section: Section, each: Referred) -> bool:
    """Say whether what is done with several rows can be done with this one."""
    match BULK_OF.get(section):
        case None:
            return False
        case Bulk.REMIND:
            return each.standing.mode is Mode.LIVE and each.standing.is_open
        case Bulk.SETTLE | Bulk.THROW_AWAY:
            return True


def stats(found: Measures) -> list[Stat]:
    """Return the numbers over the lists. No share of nothing: it is said in words."""
    answered, known = found.answered, found.known
    return [
        Stat(gettext("Clients"), str(found.clients)),
        Stat(gettext("Open referrals"), str(found.open_referrals)),
        _share(gettext("Answered in 7 days"), answered, answered.percent),
        _share(gettext("Known outcome, 90 days"), known, known.percent),
        _share(gettext("Outcome not known"), known.rest, known.rest_percent),
    ]


def share_words(share: Share, percent: int | None) -> str:
    """Return "19% (23 of 121)", or in words that there is none."""
    if percent is None:
        return gettext("none to count yet")
    return gettext(
        "%(percent)s%% (%(part)s of %(whole)s)",
        percent=percent,
        part=share.part,
        whole=share.whole,
    )


def needs_words(client: CaseloadRow) -> str:
    """Return what a client needs, the first few in order."""
    names = [need.name(language()) for need in client.needs]
    more = len(names) - NEEDS_NAMED
    if more > 0:
        others = ngettext("%(num)s more", "%(num)s more", more)
        names = [*names[:NEEDS_NAMED], others]
    return ", ".join(names) or gettext("no needs recorded")


def contact_words(last_at: datetime | None, now: datetime) -> str:
    """Return for how long nothing was done for a client."""
    if last_at is None:
        return gettext("no referral yet")
    days = days_between(last_at, now)
    return ngettext("nothing done for %(num)s day", "nothing done for %(num)s days", days)


def _share(label: str, share: Share, percent: int | None) -> Stat:
    if percent is None:
        return Stat(label, gettext("none"), gettext("to count yet"))
    of = gettext("%(part)s of %(whole)s", part=share.part, whole=share.whole)
    return Stat(label, f"{percent}%", of)


def _rows(work: Work, section: Section, acts: bool, shown: int | None) -> Iterator[Row]:  # noqa: FBT001
    if section is Section.NO_CONTACT:
        for client in work.idle[:shown]:
            yield _idle_row(client, work, acts=acts)
        return
    for each in work.lists.get(section, ())[:shown]:
        yield row_of(section, each, work, acts=acts)


def _idle_row(client: CaseloadRow, work: Work, *, acts: bool) -> Row:
    return Row(
        id=client.id,
        who=client.name,
        who_url=url_for("clients.record", client_id=client.id),
        what=needs_words(client),
        when=contact_words(work.contacts.get(client.id), work.now),
        late=False,
        press=_seek(client) if acts else None,
        officer=client.officer_name,
    )


def _seek(client: CaseloadRow) -> Press:
    if not client.needs:
        return _worded(Does.LOOK, url_for("clients.record", client_id=client.id))
    fields = {"client_id": str(client.id), "need": client.needs[0].code}
    return _worded(Does.FIND, url_for("matching.start"), fields)


def _press(does: Does, each: Referred) -> Press:
    endpoint, more = _PAGES.get(does, ("referrals.page", {}))
    if does is Does.FINISH:
        endpoint = _unfinished(each)
    url = url_for(endpoint, referral_id=each.id, **more)
    return _worded(does, url, {} if does is Does.ELSEWHERE else None)


_PAGES: Final[Mapping[Does, tuple[str, dict[str, Any]]]] = {
    Does.ANSWER: ("referrals.step", {"action": Action.ANSWER_INFO.value}),
    Does.CALL: ("referrals.call", {"from": "today"}),
    Does.CALL_CLIENT: ("referrals.call", {"from": "today"}),
    Does.ELSEWHERE: ("referrals.elsewhere", {}),
    Does.NEW_INTAKE: ("referrals.step", {"action": Action.SCHEDULE.value}),
    Does.OUTCOME: ("referrals.outcome", {}),
}
"""Where a row leads; the rest lead to the referral, which asks without leading."""


def _worded(does: Does, url: str, fields: Mapping[str, str] | None = None) -> Press:
    return Press(gettext(wording.ACTIONS[does]), url, fields)


def _unfinished(each: Referred) -> str:
    """Return the page at which a draft was left."""
    if each.standing.mode is None:
        return "referrals.how"
    return "referrals.check" if each.has_contact else "referrals.details"


def _where(each: Referred) -> str:
    if each.need_code is None:
        return each.listing_name
    return f"{each.listing_name}, {_lowered(need_words(each.need_code))}"


def _lowered(words: str) -> str:
    """Return words as they stand within a sentence; what is an abbreviation stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
