"""Writes down what is known of a client. ``commands`` says what holds of every command here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.clients import queries
from resourcedir.clients.commands import Deed, client_at_version, record_changed
from resourcedir.clients.fact_values import ANSWERED, Value, merged, parse, to_text, told_in
from resourcedir.clients.facts import Answers, Fact, FactSource, Told
from resourcedir.clients.models import ClientFact
from resourcedir.db import usual_zone
from resourcedir.errors import BadInput
from resourcedir.places.finding import area_code
from resourcedir.places.place import PlaceNotFound
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from resourcedir.texts import N_

LISTS: Final = {
    Fact.GENDER: Vocabulary.GENDER,
    Fact.ACCESS: Vocabulary.ACCESSIBILITY,
    Fact.PAYERS: Vocabulary.PAYER,
    Fact.DOCUMENTS: Vocabulary.DOCUMENT,
    Fact.OFFENSES: Vocabulary.OFFENSE,
    Fact.MEDICATIONS: Vocabulary.MEDICATION,
}
"""Facts that are told in codes of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Said:
    """All that is known by now; what is not among ``values`` is not known.

    ``source`` and ``on`` are those of what changed; ``on`` None: of today.
    """

    values: Mapping[Fact, Value]
    source: FactSource
    on: date | None = None


def record_facts(
    session: Session, deed: Deed, client_id: UUID, said: Said, *, version: int
) -> None:
    """Replace what is known of a client. What did not change keeps its source and its day.

    Of documents, offenses and medications each entry keeps its own.

    :raises StaleRecord: if somebody changed the record after ``version`` was read.
    :raises BadInput: for a code or an area that does not exist, a day to come, or a number below 0.
    :raises NotFound: for a client out of scope.
    """
    told = told_by(session, deed, said.source, said.on)
    for fact, value in said.values.items():
        _refuse_unknown(fact, value, told.on)
    client = client_at_version(session, deed.by, client_id, version)
    record_changed(session, deed, client)  # first, so that of two at once one is refused
    rows = _rows(session, client_id)
    for fact in rows.keys() - said.values.keys():
        session.delete(rows[fact])
    for fact, value in said.values.items():
        row = rows.get(fact)
        if row is None or parse(fact, row.value) != value:
            _write(session, deed, row or _new(client_id, fact), value, told)
    session.flush()


def answer(  # noqa: PLR0913 -- who says so, and of which day, belong to each answer
    session: Session,
    deed: Deed,
    client_id: UUID,
    fact: Fact,
    value: Value,
    *,
    source: FactSource,
    on: date | None = None,
) -> None:
    """Record one fact. ``on`` is the day of which it is true; None: today.

    Of documents, offenses and medications ``value`` is an ``Answers`` with the codes that are
    answered now; what was answered of others, or alike before, stays with its source and its day.

    :raises BadInput: for a code or an area that does not exist, a day to come, or a number below 0.
    :raises NotFound: for a client out of scope.
    """
    told = told_by(session, deed, source, on)
    _refuse_unknown(fact, value, told.on)
    client = queries.client_in_scope(session, deed.by, client_id)
    if fact is Fact.BIRTH and isinstance(value, date):
        _refuse_another_year(value, client.birth_year)
    record_changed(session, deed, client)
    row = _rows(session, client_id).get(fact)
    if row is not None and fact in ANSWERED and isinstance(value, Answers):
        before = parse(fact, row.value)
        value = _besides(before, value) if isinstance(before, Answers) else value
    _write(session, deed, row or _new(client_id, fact), value, told)
    session.flush()


def _besides(before: Answers, new: Answers) -> Answers:
    """Return what was answered before with what is answered now.

    Who answers many at once leaves out what they were not shown: that makes no known yes a no.
    """
    several = len(new.yes | new.no) > 1
    return merged(before, Answers(new.yes, new.no - before.yes) if several else new)


def today(session: Session, at: datetime) -> date:
    """Return the day of ``at`` on the clock of the deployment."""
    return at.astimezone(ZoneInfo(usual_zone(session))).date()


def told_by(session: Session, deed: Deed, source: FactSource, on: date | None) -> Told:
    """Return who says so and of which day, today if none is named.

    :raises BadInput: for a day to come.
    """
    now = today(session, deed.at)
    if on is not None and on > now:
        raise BadInput(N_("“As of” is a day to come. Enter today or a day before."))
    return Told(source, on or now)


def _rows(session: Session, client_id: UUID) -> dict[Fact, ClientFact]:
    found = session.scalars(select(ClientFact).where(ClientFact.client_id == client_id))
    return {row.kind: row for row in found}


def _new(client_id: UUID, fact: Fact) -> ClientFact:
    return ClientFact(client_id=client_id, kind=fact)


def _write(session: Session, deed: Deed, row: ClientFact, value: Value, told: Told) -> None:
    told_of = _told_of(row, value, told) if isinstance(value, Answers) else {}
    session.add(row)
    with session.no_autoflush:
        row.value = to_text(row.kind, value, told_of)
    newest = max(told_of.values(), key=lambda each: (each.on, each == told), default=told)
    row.source, row.told_on = newest.source, newest.on
    row.recorded_at, row.recorded_by = deed.at, deed.by.user_id


def _told_of(row: ClientFact, value: Answers, told: Told) -> dict[str, Told]:
    """Return who tells each entry: what is answered as before keeps who told it."""
    now = dict.fromkeys(value.yes | value.no, told)
    if row.value:
        before = cast(Answers, parse(row.kind, row.value))
        earlier = told_in(row.value, Told(row.source, row.told_on))
        now |= {code: earlier[code] for code in now if before.of(code) == value.of(code)}
    return now


def _refuse_unknown(fact: Fact, value: Value, on: date) -> None:
    """Refuse what no form offers; forms say more closely what is wrong with what was typed."""
    text = to_text(fact, value)  # of the right kind
    if (of := LISTS.get(fact)) is not None and not _codes(value) <= set(vocabulary.codes(of)):
        raise BadInput(N_("One of these is not on its list. Choose from the list."))
    if fact in _AREAS and not _is_area(text):
        raise BadInput(N_("There is no such county or state. Write it as Hamilton County, TN."))
    if fact is Fact.COUNTY and "/" not in text:
        raise BadInput(N_("Enter a county with its state: Hamilton County, TN."))
    if isinstance(value, date):
        _refuse_far_away(fact, value, on)
    if fact is Fact.DEPENDENTS and isinstance(value, int) and value > MOST_CHILDREN:
        raise BadInput(N_("These are more children than can come along. Check the number."))
    if isinstance(value, int | float) and not 0 <= value < _TOO_MUCH:
        raise BadInput(N_("A number is below 0 or far too large. Check the numbers."))


def _refuse_far_away(fact: Fact, day: date, on: date) -> None:
    if fact is Fact.BIRTH and (day > on or day.year < OLDEST_YEAR):
        raise BadInput(N_("Nobody is born on this day. Check the year."))
    if not OLDEST_YEAR <= day.year <= on.year + LONGEST_SENTENCE:
        raise BadInput(N_("This day is too far away. Check the year."))


def _refuse_another_year(born: date, birth_year: str) -> None:
    if birth_year and str(born.year) != birth_year:
        raise BadInput(
            N_("The record says born %(year)s. Check the date, or change the year there."),
            year=birth_year,
        )


def _codes(value: Value) -> frozenset[str]:
    if isinstance(value, Answers):
        return value.yes | value.no
    return value if isinstance(value, frozenset) else frozenset({str(value)})


def _is_area(code: str) -> bool:
    try:
        return area_code(code) == code
    except PlaceNotFound:
        return False


OLDEST_YEAR: Final = 1900
LONGEST_SENTENCE: Final = 100  # years
MOST_CHILDREN: Final = 20
_AREAS: Final = frozenset({Fact.COUNTY, Fact.STAY_WITHIN})
_TOO_MUCH: Final = 100_000
