"""What was done with several rows, and what a team has to do, in the reader's words. For views.

A flash message is kept in a cookie: it names referrals by their references, and nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask_babel import gettext

from resourcedir.clients.card import OfficerRow
from resourcedir.today import wording
from resourcedir.today.queries import Work
from resourcedir.today.sections import Section
from resourcedir.today.showing import share_words
from resourcedir.today.wording import Bulk
from resourcedir.web.language import ngettext

NAMED: Final = 20
"""References in one message: a cookie holds 4 kB."""


@dataclass(frozen=True, slots=True)
class BulkWords:
    """What the page says that asks again."""

    title: str
    about: str
    button: str


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One officer of a team: how much stands in each list, and of how many nothing is known."""

    id: UUID
    name: str
    counts: tuple[int, ...]
    total: int
    unknown: str


TEAM_LISTS: Final = tuple(each for each in Section if each is not Section.DRAFTS)
"""A draft is nobody's business yet but its officer's."""


def bulk_words(bulk: Bulk) -> BulkWords:
    """Return what the page says that asks again."""
    return BulkWords(
        gettext(wording.BULK_TITLES[bulk]),
        gettext(wording.BULK_ABOUT[bulk]),
        gettext(wording.BULK_SURE[bulk]),
    )


def done_words(bulk: Bulk, count: int) -> str:
    """Return what was done, with how many."""
    match bulk:
        case Bulk.REMIND:
            words = ngettext("%(num)s reminder is out.", "%(num)s reminders are out.", count)
        case Bulk.SETTLE:
            words = ngettext(
                "%(num)s referral needs nothing more.",
                "%(num)s referrals need nothing more.",
                count,
            )
        case Bulk.THROW_AWAY:
            words = ngettext(
                "%(num)s draft is thrown away.", "%(num)s drafts are thrown away.", count
            )
    return words


def left_words(references: Sequence[str]) -> str:
    """Return which were left because they had changed meanwhile."""
    named = ", ".join(references[:NAMED])
    more = len(references) - NAMED
    words = gettext("Left as they are, because they changed meanwhile: %(which)s.", which=named)
    if more <= 0:
        return str(words)
    return f"{words} {ngettext('And %(num)s more.', 'And %(num)s more.', more)}"


def officer_rows(team: Iterable[OfficerRow], work: Work) -> list[OfficerLine]:
    """Return each officer of a team, in its order."""
    parts = work.by_officer()
    return [_line(each, parts.get(each.id) or work.of(each.id)) for each in team]


def team_columns() -> list[str]:
    """Return the headings of the counts."""
    return [gettext(wording.SHORT[section]) for section in TEAM_LISTS]


def _line(officer: OfficerRow, work: Work) -> OfficerLine:
    known = work.measures.known
    return OfficerLine(
        officer.id,
        officer.name,
        tuple(work.count(section) for section in TEAM_LISTS),
        work.total,
        share_words(known.rest, known.rest_percent),
    )
