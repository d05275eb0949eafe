"""Today asks the same few questions for 400 referrals as for 4,000, on both kinds of database."""

import pytest

from bench.web.worklist import fill
from resourcedir.today import queries
from resourcedir.today.sections import Section
from tests.conftest import NOON
from tests.inspector import Browser

PAGES = ("/today", "/today/clients", "/today/list?of=late")


@pytest.fixture
def filled(own_session, factory, listings):
    """Give an officer with 120 clients and 400 referrals, and one with a tenth of that."""
    busy = factory.officer(name="B. Busy")
    fill(own_session, busy.identity, listings, NOON)
    calm = factory.officer(name="C. Calm")
    client = factory.client(calm, needs=["halfway-house"])
    return busy, calm, client


@pytest.mark.parametrize("address", PAGES)
def test_a_page_sends_as_many_statements_for_four_hundred_referrals_as_for_none(
    house, filled, counted, address
):
    sent = {}
    for person in filled[:2]:
        browser = Browser(house)
        browser.sign_in(person)
        browser.get(address)  # what is read once a process is read
        sent[person.name] = counted(lambda b=browser: b.get(address))
    assert len(sent["B. Busy"]) == len(sent["C. Calm"]) <= 20


def test_a_teams_page_sends_as_many_statements_for_four_times_the_rows(
    house, own_session, factory, listings, filled, counted
):
    browser = Browser(house)
    browser.sign_in(factory.supervisor())
    browser.get("/today")
    before = counted(lambda: browser.get("/today"))
    for number in range(3):
        fill(own_session, factory.officer(name=f"O. {number}").identity, listings, NOON)

    after = counted(lambda: browser.get("/today"))

    assert len(before) == len(after) <= 20
    assert len(browser.page.select("main tbody tr")) == 5


def test_every_list_is_filled_and_no_referral_stands_in_two(own_session, filled):
    own_session.rollback()
    work = queries.work(own_session, filled[0].identity, NOON)

    rare = {Section.NO_CONTACT, Section.OFFERED, Section.WROTE}
    assert all(work.count(section) for section in Section if section not in rare)
    listed = [each.id for found in work.lists.values() for each in found]
    assert len(listed) == len(set(listed)) <= 400
    found = work.measures
    assert 0 < found.answered.part < found.answered.whole
    assert 0 < found.known.part < found.known.whole


def test_a_teams_work_is_that_of_its_officers(own_session, factory, filled):
    supervisor = factory.supervisor().identity
    own_session.rollback()
    team = queries.work(own_session, supervisor, NOON)
    alone = queries.work(own_session, filled[0].identity, NOON)

    part = team.of(filled[0].id)
    for section in set(Section) - {Section.DRAFTS, Section.NO_CONTACT}:
        ids = [each.id for each in alone.lists.get(section, ())]
        assert [each.id for each in part.lists.get(section, ())] == ids
    assert part.measures == alone.measures
    assert team.count(Section.DRAFTS) == 0
