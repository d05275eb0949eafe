"""What was ordered is kept sealed, in the order of its dates, and makes the need that meets it."""

from datetime import date, timedelta
from itertools import islice
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.clients import commands, queries
from resourcedir.clients import condition_commands as orders
from resourcedir.clients.commands import MOST_NEEDS, Deed, Need
from resourcedir.clients.condition_commands import Ordered, Seen
from resourcedir.clients.conditions import ConditionRow, condition_row, condition_rows
from resourcedir.clients.models import ClientCondition, NeedSource
from resourcedir.errors import BadInput, NotFound, StaleRecord
from resourcedir.taxonomy.terms import taxonomy
from tests.integration.clients.conftest import NOON, Staff, client_of

TODAY = date(2026, 3, 12)
WORDS = "Finish an assessment for anger management."
ASSESSED = Ordered(text=WORDS, due_on=date(2026, 3, 30), code="anger-management")


class Record:
    """One client of the first officer, and what is done about their conditions."""

    def __init__(self, session: Session, team: Staff) -> None:
        self.session = session
        self.officer = team.officers[0]
        self.deed = Deed(self.officer, NOON)
        self.client = client_of(session, self.officer)

    @property
    def version(self) -> int:
        return queries.client_card(self.session, self.officer, self.client).version

    def add(self, ordered: Ordered) -> UUID:
        made = orders.add_condition(
            self.session, self.deed, self.client, ordered, version=self.version
        )
        self.session.commit()
        return made

    def seen(self, condition: UUID, version: int | None = None) -> Seen:
        return Seen(self.client, condition, version or self.version)

    def change(self, condition: UUID, ordered: Ordered) -> None:
        orders.change_condition(self.session, self.deed, self.seen(condition), ordered)
        self.session.commit()

    def need(self, *needs: Need) -> None:
        commands.set_needs(self.session, self.deed, self.client, needs, version=self.version)
        self.session.commit()

    def rows(self) -> list[ConditionRow]:
        return condition_rows(self.session, self.officer, self.client)

    def needs(self) -> list[tuple[str, NeedSource, date | None]]:
        card = queries.client_card(self.session, self.officer, self.client)
        return [(need.code, need.source, need.due_on) for need in card.needs]


@pytest.fixture
def record(session: Session, team: Staff) -> Record:
    return Record(session, team)


def test_conditions_come_in_the_order_of_their_dates_and_those_without_last(
    record: Record,
) -> None:
    for text, due_on in (
        ("never", None),
        ("late", date(2026, 3, 1)),
        ("later", date(2026, 5, 1)),
        ("soon", date(2026, 3, 13)),
    ):
        record.add(Ordered(text=text, due_on=due_on))
    assert [row.text for row in record.rows()] == ["late", "soon", "later", "never"]
    assert [row.is_late(TODAY) for row in record.rows()] == [True, False, False, False]


def test_a_condition_makes_its_need_last_and_of_the_court(record: Record) -> None:
    record.need(Need("legal-aid", NeedSource.CLIENT, goal="Keep the apartment"))
    record.add(ASSESSED)
    assert record.needs() == [
        ("legal-aid", NeedSource.CLIENT, None),
        ("anger-management", NeedSource.COURT, date(2026, 3, 30)),
    ]
    card = queries.client_card(record.session, record.officer, record.client)
    assert [need.goal for need in card.needs] == ["Keep the apartment", ""]


@pytest.mark.parametrize(
    ("had", "has"),
    [
        (None, date(2026, 3, 30)),
        (date(2026, 4, 9), date(2026, 3, 30)),
        (date(2026, 3, 20), date(2026, 3, 20)),
    ],
)
def test_a_need_that_is_there_is_brought_forward_and_never_put_off(
    record: Record, had: date | None, has: date
) -> None:
    record.need(Need("anger-management", NeedSource.OFFICER, had))
    record.add(ASSESSED)
    assert record.needs() == [("anger-management", NeedSource.OFFICER, has)]


def test_more_time_from_the_court_is_more_time_for_the_need_up_to_the_next_date(
    record: Record,
) -> None:
    first = record.add(ASSESSED)
    record.change(first, Ordered(text=WORDS, due_on=date(2026, 5, 1), code="anger-management"))
    assert record.needs()[0][2] == date(2026, 5, 1)
    record.add(Ordered(text="Of the board too.", due_on=date(2026, 6, 1), code="anger-management"))
    record.change(first, Ordered(text=WORDS, due_on=date(2026, 7, 1), code="anger-management"))
    assert record.needs()[0][2] == date(2026, 6, 1)
    record.change(first, Ordered(text=WORDS, code="legal-aid"))
    assert [need[0] for need in record.needs()] == ["anger-management", "legal-aid"]


def test_a_met_condition_stays_and_a_lifted_one_goes_and_the_need_stays(record: Record) -> None:
    condition = record.add(ASSESSED)
    orders.meet_condition(record.session, record.deed, record.seen(condition), TODAY)
    assert [(row.met_on, row.is_late(date(2027, 1, 1))) for row in record.rows()] == [
        (TODAY, False)
    ]
    orders.meet_condition(record.session, record.deed, record.seen(condition), None)
    assert record.rows()[0].met_on is None
    orders.end_condition(record.session, record.deed, record.seen(condition))
    record.session.commit()
    assert record.rows() == []
    assert [need[0] for need in record.needs()] == ["anger-management"]
    with pytest.raises(NotFound):
        condition_row(record.session, record.officer, record.client, condition)
    assert record.session.scalars(select(ClientCondition.ended_at)).all() == [NOON]


def test_the_words_are_sealed_in_the_database(record: Record) -> None:
    record.add(ASSESSED)
    record.need(Need("legal-aid", NeedSource.CLIENT, goal="Keep the apartment"))
    bind = record.session.connection()
    stored = repr(
        [
            bind.exec_driver_sql("SELECT * FROM client_condition").all(),
            bind.exec_driver_sql("SELECT * FROM client_need").all(),
        ]
    )
    assert "anger-management" in stored
    assert "assessment" not in stored and "apartment" not in stored


@pytest.mark.parametrize(
    ("ordered", "words"),
    [
        (Ordered(text="  "), "Write what"),
        (Ordered(text="x" * 1001), "1,000"),
        (Ordered(text=WORDS, code="no-such-term"), "list"),
        (Ordered(text=WORDS, ordered_on=TODAY + timedelta(days=1)), "to come"),
        (Ordered(text=WORDS, ordered_on=TODAY, due_on=date(2026, 3, 11)), "before it was ordered"),
    ],
)
def test_what_cannot_have_been_ordered_is_refused_and_nothing_is_written(
    record: Record, ordered: Ordered, words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        record.add(ordered)
    record.session.commit()
    assert (record.rows(), record.needs(), record.version) == ([], [], 1)


def test_a_condition_whose_need_has_no_room_writes_nothing(record: Record) -> None:
    terms = (term for root in taxonomy().roots for term in taxonomy().within(root.code))
    *codes, other = islice(dict.fromkeys(terms), MOST_NEEDS + 1)
    record.need(*(Need(code, NeedSource.OFFICER) for code in codes))
    with pytest.raises(BadInput, match="as many needs"):
        record.add(Ordered(text=WORDS, code=other))
    record.session.commit()
    assert record.rows() == []
    record.add(Ordered(text=WORDS, code=codes[0]))
    with pytest.raises(BadInput, match="as many needs"):
        record.need(*(Need(code, NeedSource.OFFICER) for code in (*codes, other)))


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(2026, 2, 1)])
def test_nothing_is_met_in_days_to_come_or_before_it_was_ordered(record: Record, day: date) -> None:
    condition = record.add(Ordered(text=WORDS, ordered_on=date(2026, 2, 2)))
    with pytest.raises(BadInput):
        orders.meet_condition(record.session, record.deed, record.seen(condition), day)
    assert record.rows()[0].met_on is None


def test_each_command_counts_the_version_on_is_audited_and_refuses_an_old_page(
    record: Record,
) -> None:
    condition = record.add(ASSESSED)
    assert record.version == 2
    record.change(condition, Ordered(text="Changed."))
    assert record.version == 3
    old, session, deed = record.seen(condition, 2), record.session, record.deed
    for attempt in (
        lambda: orders.add_condition(session, deed, record.client, ASSESSED, version=2),
        lambda: orders.change_condition(session, deed, old, ASSESSED),
        lambda: orders.meet_condition(session, deed, old, TODAY),
        lambda: orders.end_condition(session, deed, old),
    ):
        with pytest.raises(StaleRecord):
            attempt()
    events = select(AuditRow.subject_id).where(AuditRow.event == AuditEvent.CLIENT_CHANGED)
    assert session.scalars(events).all() == [str(record.client)] * 2


def test_nobody_elses_conditions_are_there(
    record: Record, session: Session, teams: list[Staff]
) -> None:
    condition = record.add(ASSESSED)
    own = client_of(session, record.officer, case_number="C-2")
    for scope in (record.deed.by, teams[0].supervisor):
        assert condition_row(session, scope, record.client, condition).text == WORDS
    outsiders = [teams[0].officers[1], teams[1].supervisor, teams[2].officers[0]]
    for who, client in [*((each, record.client) for each in outsiders), (record.officer, own)]:
        by, version = Deed(who, NOON), 1 if client == own else record.version
        seen = Seen(client, condition, version)
        for attempt in (
            lambda by=by, c=client: condition_row(session, by.by, c, condition),
            lambda by=by, s=seen: orders.change_condition(session, by, s, ASSESSED),
            lambda by=by, s=seen: orders.meet_condition(session, by, s, TODAY),
            lambda by=by, s=seen: orders.end_condition(session, by, s),
        ):
            with pytest.raises(NotFound):
                attempt()
    with pytest.raises(NotFound):
        condition_rows(session, outsiders[0], record.client)
    with pytest.raises(NotFound):
        orders.change_condition(session, record.deed, record.seen(uuid4()), ASSESSED)
    assert condition_rows(session, record.officer, own) == []
