"""What is known of a client is kept with who says so, and read back as matching wants it."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from resourcedir.audit.commands import AuditEvent
from resourcedir.audit.models import AuditRow
from resourcedir.clients import queries
from resourcedir.clients.commands import Deed
from resourcedir.clients.fact_commands import Said, answer, record_facts
from resourcedir.clients.fact_values import Value
from resourcedir.clients.facts import (
    Answers,
    Born,
    Fact,
    FactSource,
    Income,
    Pets,
    Residence,
    Sober,
    Told,
    Transport,
)
from resourcedir.clients.models import Client
from resourcedir.errors import BadInput, StaleRecord
from resourcedir.security.sealing import KEYRING, Keyring
from tests.integration.clients.conftest import NOON, Staff, client_of

TODAY = date(2026, 3, 12)
EVERYTHING: dict[Fact, Value] = {
    Fact.BIRTH: date(1989, 5, 4),
    Fact.GENDER: "men",
    Fact.VETERAN: False,
    Fact.PREGNANT: False,
    Fact.DEPENDENTS: 2,
    Fact.PETS: Pets.SERVICE_ANIMAL,
    Fact.ACCESS: frozenset({"wheelchair"}),
    Fact.PAYERS: frozenset(),
    Fact.INCOME: Income.LOW,
    Fact.DOCUMENTS: Answers(frozenset({"social-security-card"}), frozenset({"state-id"})),
    Fact.OFFENSES: Answers(frozenset({"arson"})),
    Fact.WARRANT: True,
    Fact.MEDICATIONS: Answers(frozenset({"buprenorphine"}), frozenset({"methadone"})),
    Fact.SOBRIETY: 30,
    Fact.TRANSPORT: Transport.BUS,
    Fact.FARTHEST: 10.0,
    Fact.COUNTY: "TN/Marion",
    Fact.STAY_WITHIN: "TN",
    Fact.STARTS_ON: date(2025, 1, 2),
    Fact.ENDS_ON: date(2027, 1, 2),
    Fact.RELEASE_ON: date(2025, 12, 24),
}


@pytest.fixture
def client(session: Session, team: Staff) -> UUID:
    return client_of(session, team.officers[0])


def record(
    session: Session,
    team: Staff,
    client: UUID,
    values: Mapping[Fact, Value],
    source: FactSource = FactSource.CLIENT,
    on: date | None = None,
) -> None:
    session.expire_all()
    version = session.get_one(Client, client).version
    deed = Deed(team.officers[0], NOON)
    record_facts(session, deed, client, Said(values, source, on), version=version)
    session.commit()


def known(session: Session, team: Staff, client: UUID):
    session.expire_all()
    return queries.known_of(session, team.officers[0], client)


def test_everything_that_is_recorded_reaches_a_match(
    session: Session, team: Staff, client: UUID
) -> None:
    record(session, team, client, EVERYTHING, on=date(2026, 3, 1))

    found = known(session, team, client)

    facts, limits = found.facts, found.limits
    assert facts.born == Born(date(1989, 5, 4), date(1989, 5, 4))
    assert (facts.gender, facts.veteran, facts.pregnant) == ("men", False, False)
    assert (facts.dependents, facts.pets) == (2, Pets.SERVICE_ANIMAL)
    assert (facts.payers, facts.income) == (frozenset(), Income.LOW)
    assert facts.documents == EVERYTHING[Fact.DOCUMENTS]
    assert facts.offenses == EVERYTHING[Fact.OFFENSES]
    assert facts.medications == EVERYTHING[Fact.MEDICATIONS]
    assert facts.warrant is True
    assert facts.sober == Sober(30, date(2026, 3, 1))
    assert facts.residence == Residence(frozenset({"US", "TN", "TN/Marion"}))
    assert facts.release_on == date(2025, 12, 24)
    assert (limits.stay_within, limits.transport) == ("TN", Transport.BUS)
    assert limits.farthest_km == pytest.approx(16.09344)
    assert limits.access == {"wheelchair"}
    assert limits.languages == ("en",)
    assert found.told == dict.fromkeys(EVERYTHING, Told(FactSource.CLIENT, date(2026, 3, 1)))


def test_of_a_bare_record_only_the_year_the_zip_code_and_the_card_are_known(
    session: Session, team: Staff
) -> None:
    client = client_of(session, team.officers[0], curfew="Mo-Su 20:00-06:00")

    found = known(session, team, client)

    assert found.facts.born == Born(date(1989, 1, 1), date(1989, 12, 31))
    assert found.facts.residence == Residence(frozenset({"US", "TN", "TN/Hamilton"}), by_zip=True)
    assert found.facts.gender is found.facts.payers is found.facts.warrant is None
    assert not found.facts.offenses.any_known
    assert found.limits.home is not None
    assert found.limits.home.error_m > 0
    assert found.limits.curfew is not None
    assert found.limits.farthest_km is None
    assert found.told == {}


def test_without_a_home_neither_residence_nor_distances_are_known(
    session: Session, team: Staff
) -> None:
    client = client_of(session, team.officers[0], home_zip="")

    found = known(session, team, client)

    assert found.facts.residence is None
    assert found.limits.home is None


def test_what_did_not_change_keeps_who_said_it_and_when(
    session: Session, team: Staff, client: UUID
) -> None:
    before = {Fact.GENDER: "men", Fact.VETERAN: True, Fact.DEPENDENTS: 1}
    record(session, team, client, before, FactSource.COURT, date(2026, 1, 5))

    record(session, team, client, {Fact.GENDER: "men", Fact.VETERAN: False}, FactSource.CLIENT)

    found = known(session, team, client)
    assert found.told == {
        Fact.GENDER: Told(FactSource.COURT, date(2026, 1, 5)),
        Fact.VETERAN: Told(FactSource.CLIENT, TODAY),
    }
    assert found.facts.veteran is False
    assert found.facts.dependents is None


def test_one_answer_of_a_list_leaves_the_others_and_the_other_facts(
    session: Session, team: Staff, client: UUID
) -> None:
    old = date(2026, 1, 5)
    record(session, team, client, EVERYTHING, FactSource.COURT, old)
    deed = Deed(team.officers[0], NOON)

    new = Answers(frozenset({"state-id"}), frozenset({"birth-certificate"}))
    answer(session, deed, client, Fact.DOCUMENTS, new, source=FactSource.DOCUMENT)
    session.commit()

    found = known(session, team, client)
    assert found.facts.documents == Answers(
        frozenset({"social-security-card", "state-id"}), frozenset({"birth-certificate"})
    )
    assert found.told[Fact.DOCUMENTS] == Told(FactSource.DOCUMENT, TODAY)
    assert found.told[Fact.OFFENSES] == Told(FactSource.COURT, old)


def test_an_answer_may_be_the_first_that_is_known(
    session: Session, team: Staff, client: UUID
) -> None:
    on = TODAY - timedelta(days=3)
    deed = Deed(team.officers[0], NOON)

    answer(session, deed, client, Fact.WARRANT, False, source=FactSource.COURT, on=on)
    session.commit()

    found = known(session, team, client)
    assert found.facts.warrant is False
    assert found.told == {Fact.WARRANT: Told(FactSource.COURT, on)}


def test_each_change_counts_the_record_on_and_stands_in_the_audit(
    session: Session, team: Staff, client: UUID
) -> None:
    record(session, team, client, EVERYTHING)
    deed = Deed(team.officers[0], NOON)
    answer(session, deed, client, Fact.GENDER, "women", source=FactSource.CLIENT)
    session.commit()

    session.expire_all()
    assert session.get_one(Client, client).version == 3
    rows = session.scalars(select(AuditRow).where(AuditRow.event == AuditEvent.CLIENT_CHANGED))
    told = [(row.actor_id, row.subject_id) for row in rows]
    assert told == [(team.officers[0].user_id, str(client))] * 2


def test_a_record_that_somebody_changed_meanwhile_is_not_overwritten(
    session: Session, team: Staff, client: UUID
) -> None:
    record(session, team, client, {Fact.GENDER: "men"})
    said = Said({Fact.GENDER: "women"}, FactSource.CLIENT)

    with pytest.raises(StaleRecord):
        record_facts(session, Deed(team.officers[0], NOON), client, said, version=1)

    session.rollback()
    assert known(session, team, client).facts.gender == "men"


@pytest.mark.parametrize(
    ("fact", "value", "on"),
    [
        (Fact.GENDER, "green", None),
        (Fact.OFFENSES, Answers(frozenset({"murmuring"})), None),
        (Fact.OFFENSES, Answers(no=frozenset({"murmuring"})), None),
        (Fact.PAYERS, frozenset({"medicaid", "uncle"}), None),
        (Fact.COUNTY, "TN/Nowhere", None),
        (Fact.STAY_WITHIN, "Tennessee", None),
        (Fact.BIRTH, date(2026, 3, 13), None),
        (Fact.DEPENDENTS, -1, None),
        (Fact.FARTHEST, float("nan"), None),
        (Fact.SOBRIETY, 10**9, None),
        (Fact.VETERAN, True, date(2026, 3, 13)),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    session: Session, team: Staff, client: UUID, fact: Fact, value: Value, on: date | None
) -> None:
    deed = Deed(team.officers[0], NOON)
    before = session.scalar(select(func.count()).select_from(AuditRow))

    with pytest.raises(BadInput) as refused:
        answer(session, deed, client, fact, value, source=FactSource.CLIENT, on=on)
    said = Said({fact: value}, FactSource.CLIENT, on)
    with pytest.raises(BadInput):
        record_facts(session, deed, client, said, version=1)

    assert str(value) not in str(refused.value)
    session.commit()
    assert queries.fact_rows(session, team.officers[0], client) == []
    assert session.scalar(select(func.count()).select_from(AuditRow)) == before


def test_of_two_who_answer_at_once_the_second_is_told(engine: Engine, team: Staff) -> None:
    if engine.dialect.name == "sqlite":
        pytest.skip("on SQLite the second waits before it reads")
    info = {KEYRING: Keyring([b"k" * 32])}
    with Session(engine, info=info) as first, Session(engine, info=info) as second:
        client = client_of(first, team.officers[0])
        deed = Deed(team.officers[0], NOON)
        read = queries.client_in_scope(second, deed.by, client)
        answer(first, deed, client, Fact.GENDER, "men", source=FactSource.CLIENT)
        first.commit()
        with pytest.raises(StaleDataError):
            answer(second, deed, client, Fact.GENDER, "women", source=FactSource.CLIENT)
        assert read in second
