"""The measurement of matching, on a small directory: it compares like with like, and all is equal.

How long things take is not looked at here.
"""

from collections import Counter

import pytest

from bench import match
from bench.matching import corpus
from bench.web import stage
from resourcedir.clients import queries as clients
from resourcedir.directory.whereabouts import Spot
from resourcedir.extensions import db
from resourcedir.matching.verdicts import Verdict
from resourcedir.search.indexing import current_index

LISTINGS = 300


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("bench")
        patch.setattr(stage, "KEPT", folder)
        patch.setattr(corpus, "KEPT", folder)
        yield corpus.ruled(LISTINGS)


def test_every_verdict_is_equal_and_each_page_has_its_other(small):
    found = match.measured(small, rounds=1)

    assert found.equal == found.judged == found.listings == LISTINGS
    for pair in (found.pages.all, found.behind):
        assert len(pair.this) == len(pair.other) >= len(corpus.NEEDS)
        assert all(pair.this)
        assert all(pair.other)
    assert found.kinds > 50
    assert len(found.pages.places) == len(found.pages.all.this)
    assert all(0 < each <= match.FULL for pair in found.pages.places for each in pair)


def test_of_pages_those_that_show_as_many_places_can_be_told_apart():
    twice = match.Pair((1.0, 2.0, 3.0, 4.0), (5.0, 6.0, 7.0, 8.0))

    assert match.Pages(twice, ((20, 20), (17, 20))).full == match.Pair((1.0, 3.0), (5.0, 7.0))
    assert match.Pages(twice, ((19, 20), (17, 20))).full is None


def test_what_is_judged_is_as_various_as_what_is_found_in_life(small):
    with small.app() as app:
        [officer] = stage.officers(app, 1)
        with db.sessionmaker() as session:
            client_id = corpus.a_client(session, officer.identity)
        with db.sessionmaker() as session:
            known = clients.known_of(session, officer.identity, client_id)
            card = clients.client_card(session, officer.identity, client_id)
            grounds = match._grounds(session)
        verdicts = Counter(match.by_masks(current_index(), known, match._today()).values())

    assert len(known.told) == len(corpus.FACTS) == 12
    assert tuple(need.code for need in card.needs) == corpus.NEEDS
    assert known.limits.curfew is not None
    assert len(known.limits.zones) == 1
    assert set(verdicts) == set(Verdict)
    spots = Counter(ground.offered.where.spot for ground in grounds.values())
    assert set(spots) == set(Spot)
    matters = Counter(asked.matter for ground in grounds.values() for asked in ground.asked)
    assert len(matters) >= 12
