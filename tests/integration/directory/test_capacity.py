"""Openings that referrals take and give back, and what referrals find out about a listing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from sqlalchemy import select

from resourcedir.db import writing
from resourcedir.directory import commands, queries
from resourcedir.directory.capacity import (
    give_back_opening,
    report_from_referral,
    take_opening,
)
from resourcedir.directory.commands import Hand
from resourcedir.directory.kinds import Unit, WrongFact
from resourcedir.directory.models import ServiceCapacity
from resourcedir.outbox.models import Change
from tests.conftest import NOON
from tests.integration.directory.conftest import LATER, twin_of


def _service(session, number):
    return queries.facts_for(session, number).resource_id


def _free(session, service_id):
    count = select(ServiceCapacity.available).where(ServiceCapacity.service_id == service_id)
    return session.scalar(count)


def _set(session, service_id, **columns):
    session.commit()
    writing(session)
    row = session.scalar(select(ServiceCapacity).where(ServiceCapacity.service_id == service_id))
    for name, value in columns.items():
        setattr(row, name, value)
    session.commit()


def test_a_taken_opening_is_not_free_any_more_and_one_given_back_is(session, house):
    service_id = _service(session, house[0])

    assert take_opening(session, service_id, LATER)
    assert _free(session, service_id) == 2

    give_back_opening(session, service_id, LATER)
    assert _free(session, service_id) == 3


def test_no_opening_is_taken_where_none_is_free_or_none_was_ever_counted(session, make):
    full, uncounted = make.listing(available=0), make.listing()

    assert not take_opening(session, _service(session, full), LATER)
    assert not take_opening(session, _service(session, uncounted), LATER)
    assert _free(session, _service(session, full)) == 0
    assert _free(session, _service(session, uncounted)) is None


def test_giving_back_never_makes_more_free_than_there_are(session, house):
    service_id = _service(session, house[0])
    _set(session, service_id, maximum=3)

    give_back_opening(session, service_id, LATER)

    assert _free(session, service_id) == 3


def test_an_object_that_was_read_before_shows_what_is_left(session, house):
    service_id = _service(session, house[0])
    row = session.scalar(select(ServiceCapacity).where(ServiceCapacity.service_id == service_id))

    take_opening(session, service_id, LATER)

    assert row.available == 2


def test_search_is_told_of_every_listing_of_the_service_and_only_when_something_changed(
    session, make, house
):
    number = house[0]
    twin = twin_of(session, make, number).number
    service_id = _service(session, number)
    before = len(session.scalars(select(Change)).all())

    assert take_opening(session, service_id, LATER)
    noted = session.scalars(select(Change).order_by(Change.number)).all()[before:]
    assert [(each.listing_number, each.at) for each in noted] == [(number, LATER), (twin, LATER)]

    _set(session, service_id, available=0)
    assert not take_opening(session, service_id, LATER)
    assert len(session.scalars(select(Change)).all()) == before + 2


def test_taking_leaves_the_history_and_the_version_of_the_listing_alone(session, house):
    number = house[0]
    before = queries.facts_for(session, number)

    take_opening(session, before.resource_id, LATER)
    session.commit()

    after = queries.facts_for(session, number)
    assert (after.version, after.openings.as_of) == (before.version, before.openings.as_of)
    assert queries.history(session, before.resource_id) == []


def test_the_last_opening_goes_to_exactly_one_of_eight_who_ask_at_once(make_session, session, make):
    service_id = _service(session, make.listing(available=1))
    session.rollback()
    gate = Barrier(8)

    def ask(_):
        with make_session() as own:
            gate.wait()
            writing(own)
            took = take_opening(own, service_id, LATER)
            own.commit()
            return took

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(ask, range(8))) == [False] * 7 + [True]
    assert _free(session, service_id) == 0


def test_what_is_told_of_a_capacity_is_read_whole(session, house):
    service_id = _service(session, house[0])
    starts = (NOON + timedelta(days=9)).date()
    _set(session, service_id, unit=Unit.SEAT, maximum=12, wait_days=9, hold_hours=24,
         starts_on=starts, waiting_list=False)  # fmt: skip

    told = queries.facts_for(session, house[0]).openings

    assert (told.unit, told.available, told.maximum) == (Unit.SEAT, 3, 12)
    assert (told.wait_days, told.hold_hours) == (9, 24)
    assert (told.starts_on, told.waiting_list) == (starts, False)


def test_a_referral_reports_a_fact_once_until_it_is_settled(session, house):
    number, by = house

    assert report_from_referral(session, number, WrongFact.OPENINGS, NOON, None)
    assert not report_from_referral(session, number, WrongFact.OPENINGS, LATER, by.identity.user_id)
    assert report_from_referral(session, number, WrongFact.PHONE, LATER, None)

    commands.mark_still_true(session, queries.editable(session, by.identity, number), by)
    assert report_from_referral(session, number, WrongFact.OPENINGS, LATER, None)


def test_a_report_by_an_officer_does_not_stand_in_for_what_a_referral_found(session, make, house):
    number, officer = house[0], make.officer()
    commands.report_wrong_fact(session, number, WrongFact.PHONE, Hand(officer.identity, NOON))

    assert report_from_referral(session, number, WrongFact.PHONE, LATER, officer.id)

    found = [(each.fact, each.from_referral) for each in queries.open_reports(session, number)]
    assert (WrongFact.PHONE, False) in found
    assert (WrongFact.PHONE, True) in found
