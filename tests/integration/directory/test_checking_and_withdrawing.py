"""Checks, reports, offers that end and begin again, and places that are secret."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.directory import commands, private, queries
from resourcedir.directory.commands import Hand
from resourcedir.directory.facts import OpeningsFact
from resourcedir.directory.kinds import Unit, WrongFact
from resourcedir.directory.models import Listing, ListingReport
from resourcedir.errors import NotFound
from tests.conftest import NOON
from tests.integration.directory.conftest import LATER, applied, twin_of

CANARY = "77 Canary Wharf Lane"


def test_still_true_marks_the_listing_as_checked_and_settles_what_was_said_against_it(
    session, make, house
):
    number, by = house
    officer = Hand(make.officer().identity, NOON)
    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, officer)

    commands.mark_still_true(session, queries.editable(session, by.identity, number), by)
    session.commit()

    facts = queries.facts_for(session, number)
    assert facts.checked_at == LATER
    assert queries.open_reports(session, number) == []
    assert [x.action for x in queries.history(session, facts.resource_id)] == ["checked"]


def test_an_edit_settles_the_reports_that_it_answers_and_no_others(session, make, house):
    number, by = house
    officer = Hand(make.officer().identity, NOON)
    for fact in WrongFact:
        commands.report_wrong_fact(session, number, fact, officer)
    session.commit()

    applied(session, number, by, hours="24/7", minimum_age=21)

    left = {each.fact for each in queries.open_reports(session, number)}
    assert left == set(WrongFact) - {WrongFact.HOURS, WrongFact.RULES}


def test_checking_one_place_says_nothing_of_another_of_the_same_service(session, make, house):
    number, by = house
    twin = twin_of(session, make, number)
    officer = Hand(make.officer().identity, NOON)
    commands.report_wrong_fact(session, twin.number, WrongFact.PLACE, officer)

    commands.mark_still_true(session, queries.editable(session, by.identity, number), by)
    session.commit()

    session.refresh(twin)
    assert twin.checked_at is None
    assert [each.fact for each in queries.open_reports(session, twin.number)] == [WrongFact.PLACE]


def test_the_day_of_a_check_is_the_day_at_the_place(session, make):
    organization = make.organization()
    number = make.listing(organization, checked_at=NOON)
    evening = Hand(make.provider(organization.id).identity, NOON + timedelta(hours=11))

    listing = queries.editable(session, evening.identity, number)
    commands.mark_still_true(session, listing, evening)
    session.commit()

    (line,) = queries.history(session, queries.facts_for(session, number).resource_id)
    assert line.after == "2026-03-12", "it is the 13th in London by then"


def test_the_same_report_by_the_same_person_is_one_row_until_it_is_settled(session, make, house):
    number, by = house
    one, two = (Hand(make.officer().identity, NOON) for _ in range(2))

    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, one)
    assert not commands.report_wrong_fact(session, number, WrongFact.PHONE, one)
    assert commands.report_wrong_fact(session, number, WrongFact.HOURS, one)
    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, two)
    assert len(session.scalars(select(ListingReport)).all()) == 3

    commands.mark_still_true(session, queries.editable(session, by.identity, number), by)
    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, one)


def test_a_report_on_no_listing_is_not_found(session, make):
    with pytest.raises(NotFound):
        commands.report_wrong_fact(
            session, 999, WrongFact.PHONE, Hand(make.officer().identity, NOON)
        )


def test_a_withdrawn_listing_keeps_its_row_and_cannot_be_edited(session, house):
    number, by = house

    commands.withdraw(session, queries.editable(session, by.identity, number), by)
    session.commit()

    assert session.get(Listing, number).withdrawn_at == LATER
    assert number not in queries.listing_numbers(session)
    with pytest.raises(NotFound):
        queries.editable(session, by.identity, number)


def test_a_withdrawn_listing_can_be_offered_again_and_both_stand_in_its_history(session, house):
    number, by = house
    commands.withdraw(session, queries.editable(session, by.identity, number), by)
    session.commit()

    for _ in range(2):
        commands.offer_again(session, queries.kept_up(session, by.identity, number), by)
    session.commit()

    assert number in queries.listing_numbers(session)
    lines = queries.history(session, queries.facts_for(session, number).resource_id)
    assert sorted(line.action for line in lines) == ["offered", "withdrawn"]


def test_only_the_house_and_an_administrator_learn_a_confidential_place_and_it_is_written_down(
    session, make
):
    organization = make.organization()
    number = make.listing(organization, confidential=CANARY)
    may = (make.provider(organization.id).identity, make.administrator().identity)
    may_not = (make.provider(make.organization().id).identity, make.officer().identity)

    for identity in may:
        assert private.address_of(session, identity, number, NOON, "192.0.2.7") == CANARY
    for identity in may_not:
        with pytest.raises(NotFound):
            private.address_of(session, identity, number, NOON, "192.0.2.7")

    rows = session.scalars(
        select(AuditRow).where(AuditRow.event == AuditEvent.PRIVATE_PLACE_SEEN)
    ).all()
    assert [(r.actor_id, r.subject_id, r.address) for r in rows] == [
        (i.user_id, str(number), "192.0.2.7") for i in may
    ]
    assert "Canary" not in repr([vars(row) for row in rows])


def test_a_place_that_is_not_confidential_is_not_there(session, make):
    number = make.listing()

    with pytest.raises(NotFound):
        private.address_of(session, make.administrator().identity, number, NOON, None)


def test_the_history_of_a_confidential_listing_never_names_its_place(session, make):
    organization = make.organization()
    number = make.listing(organization, confidential=CANARY, available=1)
    by = Hand(make.provider(organization.id).identity, LATER)

    applied(session, number, by, description="Safe", hours="24/7", alert="Call first")
    commands.set_openings(
        session,
        queries.editable(session, by.identity, number),
        OpeningsFact(Unit.BED, 2, None, LATER),
        by,
    )
    session.commit()

    lines = queries.history(session, queries.facts_for(session, number).resource_id)
    assert len(lines) == 4
    assert "Canary" not in repr(lines)
