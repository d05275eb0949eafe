"""The measurement of Today, on a small directory: its rows are such as the page lists."""

import pytest

from bench import today
from bench.web import stage
from resourcedir import clock
from resourcedir.extensions import db
from resourcedir.today import queries
from resourcedir.today.sections import Section


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.setattr(stage, "KEPT", tmp_path)
    return stage.generated(60)


def test_what_is_measured_has_rows_in_its_lists_and_asks_no_more_for_ten_times_as_many(small):
    with small.app() as app:
        people = today._people(app)
        counts = {
            (address, scale): today._statements(app, address, who)
            for address in today.PAGES
            for scale, who in people.items()
        }
        with db.sessionmaker() as session:
            work = queries.work(session, people[1].identity, clock.now())

    for address in today.PAGES:
        assert counts[address, 1] == counts[address, 10] > 5
    assert (len(work.clients), len(work.referrals)) == (today.CLIENTS, today.REFERRALS)
    rare = {Section.NO_CONTACT, Section.OFFERED, Section.WROTE}
    assert all(work.count(each) for each in Section if each not in rare)
