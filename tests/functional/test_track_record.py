"""What came of referrals is counted by the worker, and said in words."""

from time import monotonic, sleep

import pytest
from sqlalchemy import select

from resourcedir.directory.facts import RecordFact
from resourcedir.directory.models import TrackRecord
from resourcedir.directory.record_showing import record_words
from resourcedir.referrals.worker import COUNTED_EVERY_S, tending
from tests.functional.referring import fresh, refer_live


@pytest.fixture
def declined(browser, session, make, officer, house):
    """Give the number of a listing that has said no to somebody."""
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])
    browser.get(f"/referrals/{referral.id}")
    browser.follow("They declined")
    browser.submit({"reason": "full"})
    return house[1]


def test_the_worker_counts_when_it_starts(app, session, declined):
    deadline, counted = monotonic() + 20, []
    with tending(app):
        while not counted and monotonic() < deadline:
            sleep(0.02)
            fresh(session)
            counted = session.scalars(select(TrackRecord)).all()
    assert [(row.listing_number, row.referred, row.answered) for row in counted] == [
        (declined, 1, 1)
    ]
    assert COUNTED_EVERY_S == 3600


def test_a_track_record_is_said_in_words(app):
    with app.test_request_context():
        assert record_words(RecordFact(11, 10, 9, 8, 6)) == "accepted 9 of 11, completed 6"
        assert record_words(RecordFact(0, 0, 0, 0, 0)) == record_words(None) == ""
