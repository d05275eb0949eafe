"""One thing done with several referrals, on both kinds of database: what fails leaves the rest."""

import pytest
from sqlalchemy import func, select

from resourcedir.db import writing
from resourcedir.errors import NotFound
from resourcedir.referrals.lifecycle import Action, Reason, Status
from resourcedir.referrals.models import Referral, ReferralEvent
from resourcedir.today import commands, queries
from resourcedir.today.commands import Ticked
from resourcedir.today.sections import Section
from tests.integration.today.stories import NOON, Stories, by, days_ago


@pytest.fixture
def officer(factory):
    return factory.officer()


@pytest.fixture
def stories(own_session, factory, officer, listings):
    return Stories(own_session, officer, factory.provider(next(iter(listings.values()))))


@pytest.fixture
def late(factory, officer, stories, listings):
    """Give three referrals that nobody has answered in time."""
    place = next(iter(listings))
    return [stories.sent(factory.client(officer), place, days_ago(14)) for _ in range(3)]


def do_all(session, officer, section, ticked, note=""):
    session.rollback()
    session.expire_all()
    writing(session)
    work = queries.work(session, officer.identity, NOON)
    done = commands.do_all(session, by(officer, NOON), work, section, ticked, note)
    session.commit()
    return done


def nudges(session):
    session.rollback()
    return session.scalar(select(func.count()).where(ReferralEvent.action == Action.NUDGE))


def test_what_has_moved_on_is_left_and_the_others_are_done(own_session, officer, stories, late):
    stories.took(late[1], Action.DECLINE, NOON, reason=Reason.FULL)

    done = do_all(own_session, officer, Section.LATE, [Ticked(each.id) for each in late])

    assert (done.count, done.left) == (2, (late[1].reference,))
    assert nudges(own_session) == 2


def test_a_draft_that_was_changed_after_it_was_read_is_left_and_the_others_go(
    own_session, factory, officer, stories, listings
):
    place = next(iter(listings))
    drafts = [stories.draft(factory.client(officer), place, days_ago(4)) for _ in range(3)]
    ticked = [Ticked(each.id, each.version) for each in drafts]
    ticked[1] = Ticked(drafts[1].id, drafts[1].version - 1)

    done = do_all(own_session, officer, Section.DRAFTS, ticked)

    assert (done.count, done.left) == (2, (drafts[1].reference,))
    own_session.expire_all()
    statuses = [own_session.get_one(Referral, each.id).status for each in drafts]
    assert statuses == [Status.WITHDRAWN, Status.DRAFT, Status.WITHDRAWN]


def test_none_is_done_if_one_is_another_officers(own_session, factory, late):
    with pytest.raises(NotFound):
        do_all(own_session, factory.officer(), Section.LATE, [Ticked(late[0].id)])
    assert nudges(own_session) == 0


def test_who_lost_the_client_has_lost_the_work(own_session, factory, officer, late):
    from resourcedir.clients.commands import SupervisorDeed, reassign_client

    own_session.rollback()
    writing(own_session)
    heir, lead = factory.officer(), factory.supervisor()
    deed = SupervisorDeed(lead.identity, NOON, None)
    reassign_client(own_session, deed, late[0].client_id, heir.id)
    own_session.commit()

    with pytest.raises(NotFound):
        do_all(own_session, officer, Section.LATE, [Ticked(each.id) for each in late])
    assert do_all(own_session, heir, Section.LATE, [Ticked(late[0].id)]).count == 1


def test_a_list_without_such_a_button_does_nothing(own_session, officer, late):
    with pytest.raises(NotFound):
        do_all(own_session, officer, Section.MISSED, [Ticked(late[0].id)])
