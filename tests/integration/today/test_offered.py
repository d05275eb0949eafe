"""An opening that became free for somebody who waits stands on the officer's page."""

from uuid import uuid4

from resourcedir.db import writing
from resourcedir.directory.models import Listing, ServiceCapacity
from resourcedir.referrals import commands
from resourcedir.referrals.lifecycle import Action, Reason
from resourcedir.today import queries
from resourcedir.today.sections import Section
from tests.integration.today.stories import DAY, NOON, Stories, days_ago


def test_who_waits_stands_in_the_list_while_an_opening_is_held(own_session, factory):
    officer, house = factory.officer(), factory.organization()
    number = factory.listing(house, terms=("halfway-house",))
    stories = Stories(own_session, officer, factory.provider(house.id))
    referral = stories.sent(factory.client(officer), number, days_ago(3))
    stories.took(referral, Action.WAITLIST, days_ago(2), reason=Reason.FULL)
    service = own_session.get_one(Listing, number).service_id
    capacity = ServiceCapacity(
        id=uuid4(), service_id=service, unit="bed", available=1, updated=NOON - DAY, hold_hours=24
    )
    own_session.add(capacity)
    own_session.commit()

    assert commands.offer_freed(writing(own_session), service, NOON) == 1
    own_session.commit()

    work = queries.work(own_session, officer.identity, NOON)
    assert [each.id for each in work.lists[Section.OFFERED]] == [referral.id]
