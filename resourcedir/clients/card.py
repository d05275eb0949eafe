"""What pages, referrals and matching read of a client: plain frozen values.

They hold personal text in the open. They live for one request and go into no log, URL, flash
message or cookie.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from resourcedir.clients import wording
from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.directory.hours import WeeklyHours
from resourcedir.taxonomy import terms, vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class NeedFact:
    """One need, in the order of its priority. ``goal``: what is to come of it, "" if not said."""

    code: str
    priority: int
    source: NeedSource
    due_on: date | None
    goal: str = ""

    def name(self, language: str) -> str:
        """Return the term in ``language`` ("es", else English); its code if the term is gone."""
        term = terms.taxonomy().get(self.code)
        return self.code if term is None else term.name(language)

    @property
    def source_words(self) -> str:
        """Who says so, in marked English."""
        return wording.NEED_SOURCE[self.source]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCard:
    """One client as their officer or supervisor may see them."""

    id: UUID
    version: int
    officer_id: UUID
    officer_name: str
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
    needs: tuple[NeedFact, ...]
    curfew: WeeklyHours | None = None  # these two are times at which the client is not free
    work_hours: WeeklyHours | None = None

    @property
    def supervision_words(self) -> str:
        """Probation, parole or before trial, in marked English."""
        return wording.SUPERVISION[self.supervision_type]

    @property
    def contact_words(self) -> str:
        """How to reach them, in marked English."""
        by = ContactBy.OFFICER if self.do_not_contact else self.contact_by
        return wording.CONTACT_BY[by]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What must be seen before anybody calls, in marked English, the gravest first."""
        return tuple(
            words
            for applies, words in (
                (self.do_not_contact, wording.DO_NOT_CONTACT),
                (self.leave_no_message, wording.LEAVE_NO_MESSAGE),
            )
            if applies
        )

    def language_names(self, language: str) -> tuple[str, ...]:
        """Return the names of their languages in ``language``, best first."""
        known = vocabulary.words()[Vocabulary.LANGUAGE]
        return tuple(
            known[code].name(language) if code in known else code for code in self.languages
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadRow:
    """One line of a list of clients."""

    id: UUID
    name: str
    birth_year: str
    case_number: str
    supervision_type: SupervisionType
    do_not_contact: bool
    needs: tuple[NeedFact, ...]
    officer_id: UUID
    officer_name: str

    @property
    def supervision_words(self) -> str:
        """Probation, parole or before trial, in marked English."""
        return wording.SUPERVISION[self.supervision_type]


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer of a team."""

    id: UUID
    name: str
    clients: int
    disabled: bool


@dataclass(frozen=True, slots=True)
class Period:
    """For how long an officer has had a client. ``until_at`` is None: now."""

    officer_name: str
    from_at: datetime
    until_at: datetime | None
