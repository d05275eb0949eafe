"""Of a list that is answered word by word, each answer keeps who gave it and of which day it is."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from resourcedir.clients.commands import Deed
from resourcedir.clients.fact_commands import answer
from resourcedir.clients.facts import Answers, Fact, FactSource, Told
from tests.integration.clients.conftest import NOON, Staff, client_of
from tests.integration.clients.test_client_facts import TODAY, known, record

COURT_2019 = Told(FactSource.COURT, date(2019, 1, 8))
BY_CLIENT = Told(FactSource.CLIENT, TODAY)


@pytest.fixture
def arsonist(session: Session, team: Staff) -> UUID:
    """Give a client of whom a court told in 2019."""
    client = client_of(session, team.officers[0])
    said = {Fact.OFFENSES: Answers(frozenset({"arson"}), frozenset({"weapons"}))}
    record(session, team, client, said, COURT_2019.source, COURT_2019.on)
    return client


def test_what_a_client_answers_leaves_what_a_court_said_with_the_court_and_its_day(
    session: Session, team: Staff, arsonist: UUID
) -> None:
    deed = Deed(team.officers[0], NOON)
    new = Answers(no=frozenset({"theft"}))
    answer(session, deed, arsonist, Fact.OFFENSES, new, source=FactSource.CLIENT)
    session.commit()

    found = known(session, team, arsonist)
    assert found.facts.offenses == Answers(frozenset({"arson"}), frozenset({"theft", "weapons"}))
    assert found.told_of == {
        (Fact.OFFENSES, "arson"): COURT_2019,
        (Fact.OFFENSES, "weapons"): COURT_2019,
        (Fact.OFFENSES, "theft"): BY_CLIENT,
    }
    assert found.told == {Fact.OFFENSES: BY_CLIENT}


def test_who_repeats_or_takes_back_an_entry_changes_no_other(
    session: Session, team: Staff, arsonist: UUID
) -> None:
    said = Answers(frozenset({"arson", "theft"}))
    record(session, team, arsonist, {Fact.OFFENSES: said}, FactSource.CLIENT)
    found = known(session, team, arsonist)
    assert found.told_of == {
        (Fact.OFFENSES, "arson"): COURT_2019,
        (Fact.OFFENSES, "theft"): BY_CLIENT,
    }

    said = Answers(no=frozenset({"arson", "theft"}))
    record(session, team, arsonist, {Fact.OFFENSES: said}, FactSource.ASSESSMENT)
    assert set(known(session, team, arsonist).told_of.values()) == {
        Told(FactSource.ASSESSMENT, TODAY)
    }


def test_a_list_is_as_new_as_its_newest_entry_that_is_left(
    session: Session, team: Staff, arsonist: UUID
) -> None:
    both = Answers(frozenset({"arson"}), frozenset({"theft"}))
    record(session, team, arsonist, {Fact.OFFENSES: both}, FactSource.CLIENT)
    court_alone = Answers(frozenset({"arson"}))

    record(session, team, arsonist, {Fact.OFFENSES: court_alone}, FactSource.CLIENT)

    found = known(session, team, arsonist)
    assert found.told == {Fact.OFFENSES: COURT_2019}
    assert found.told_of == {(Fact.OFFENSES, "arson"): COURT_2019}


def test_an_older_answer_does_not_make_the_list_older(
    session: Session, team: Staff, arsonist: UUID
) -> None:
    deed, before = Deed(team.officers[0], NOON), date(2015, 1, 1)
    new = Answers(frozenset({"theft"}))
    answer(session, deed, arsonist, Fact.OFFENSES, new, source=FactSource.DOCUMENT, on=before)
    session.commit()

    found = known(session, team, arsonist)
    assert found.told == {Fact.OFFENSES: COURT_2019}
    assert found.told_of[Fact.OFFENSES, "theft"] == Told(FactSource.DOCUMENT, before)
