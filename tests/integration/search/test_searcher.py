"""The same answers on both databases."""

from dataclasses import replace
from datetime import time

import pytest

from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.search.ask import Ask, Order
from resourcedir.search.queries import Searcher
from resourcedir.search.source import DirectorySource
from tests.conftest import NOON
from tests.factories import Factory

NEAR = Ask(near="37402", sort=Order.NEAREST)
DAYS = [("MO,TU,WE,TH,FR", time(8), time(17))]


@pytest.fixture
def results(sessions, tmp_path):
    """Give what answers a search of four places, one of them in Nashville."""
    with sessions() as session:
        make = Factory(session)
        for name, more in (
            ("Riverside House", {"terms": ["sober-living"], "available": 2, "hours": DAYS}),
            (
                "Northgate Clinic",
                {"terms": ["detox"], "point": (35.12, -85.3), "languages": ["es"]},
            ),
            ("Nashville Clinic", {"terms": ["detox"], "point": (36.16, -86.78)}),
            ("County Helpline", {"point": None, "area": "TN/Hamilton"}),
        ):
            make.listing(name=name, **more)
    Indexer(tmp_path / "index", DirectorySource(sessions)).rebuild()
    searcher = Searcher(WhooshIndex(tmp_path / "index"), home_state="TN", now=NOON)

    def search(ask):
        with sessions() as session:
            return searcher.results(session, ask)

    return search


def names(found):
    return [each.facts.name for each in found.found]


def test_the_nearest_comes_first_and_who_serves_the_area_last(results):
    found = results(NEAR)

    assert names(found) == ["Riverside House", "Northgate Clinic", "County Helpline"]
    assert [each.distance_km is None for each in found.found] == [False, False, True]


def test_any_distance_leaves_nobody_out(results):
    assert "Nashville Clinic" in names(results(replace(NEAR, within=None)))
    assert results(replace(NEAR, within=None, words="nowhere")).widenings == ()


def test_what_is_counted_is_what_choosing_it_brings(results):
    found = results(NEAR)

    assert found.open_now == results(replace(NEAR, open_now=True)).total == 1
    assert found.with_openings == results(replace(NEAR, openings=True)).total == 1
    tonight = results(replace(NEAR, tonight=True, within=None))
    assert results(replace(NEAR, within=None)).open_tonight == tonight.total == 0
    spanish = results(replace(NEAR, language=frozenset({"es"})))
    assert found.facets["language"]["es"] == spanish.total == 1


def test_an_empty_answer_names_the_next_distance_that_has_one(results):
    wider = results(Ask(words="northgate", near="37402", within=1.0)).widenings[0]

    assert wider is not None
    assert results(wider.ask).total == wider.total == 1
    assert wider.ask.within in {5.0, 10.0}


def test_a_withdrawn_listing_is_not_shown_before_the_index_knows(results, sessions):
    from resourcedir.directory.models import Listing

    with sessions() as session:
        session.query(Listing).update({"withdrawn_at": NOON})
        session.commit()

    assert names(results(NEAR)) == []


def test_who_has_a_free_place_comes_first_when_that_is_asked_for(results):
    soonest = results(replace(NEAR, sort=Order.SOONEST, within=None))

    assert names(soonest)[0] == "Riverside House"
    assert soonest.total == 4


def test_open_tonight_finds_who_opens_in_the_evening_and_who_is_open_by_night(sessions, tmp_path):
    with sessions() as session:
        make = Factory(session)
        make.listing(name="Day", hours=DAYS)
        make.listing(name="Evening", hours=[("MO,TU,WE,TH,FR,SA,SU", time(19), time(21))])
        make.listing(name="Night", hours=[("MO,TU,WE,TH,FR,SA,SU", time(23), time(4))])
        make.listing(name="Unknown")
    Indexer(tmp_path / "index", DirectorySource(sessions)).rebuild()
    searcher = Searcher(WhooshIndex(tmp_path / "index"), home_state="TN", now=NOON)
    with sessions() as session:
        found = searcher.results(session, Ask(tonight=True))

    assert sorted(names(found)) == ["Evening", "Night"]
    assert found.open_tonight == 2
    assert found.open_now == 0


def test_the_source_knows_confidential_listings_that_are_withdrawn(sessions):
    from resourcedir.directory.models import Listing

    with sessions() as session:
        make = Factory(session)
        hidden = make.listing(name="Hidden", point=None, area="TN/Hamilton")
        shown = make.listing(name="Shown")
        row = session.get(Listing, hidden)
        row.confidential, row.withdrawn_at = True, NOON
        session.commit()

    assert DirectorySource(sessions).sealed([hidden, shown]) == {hidden}


def test_what_the_words_set_is_settled_and_counted_as_a_filter_is(results):
    found = results(Ask(words="clinic in spanish near 37402"))

    assert names(found) == ["Northgate Clinic"]
    assert (found.ask.near, found.ask.language) == ("Chattanooga, TN 37402", frozenset({"es"}))
    assert results(found.ask).total == found.total
    assert found.reading.asked == Ask(words="clinic in spanish near 37402")


def test_a_word_that_nothing_has_is_left_out_and_named(results):
    found = results(Ask(words="northgate zebra"))

    assert names(found) == ["Northgate Clinic"]
    assert (found.left_out, found.every_word, found.any_word) == (("zebra",), False, False)


def test_of_alike_places_the_one_that_told_of_a_free_place_comes_first(sessions, tmp_path):
    with sessions() as session:
        make = Factory(session)
        for name, available in (("First", 0), ("Second", 3)):
            make.listing(name=name, terms=["detox"], available=available)
    Indexer(tmp_path / "index", DirectorySource(sessions)).rebuild()
    searcher = Searcher(WhooshIndex(tmp_path / "index"), home_state="TN", now=NOON)
    with sessions() as session:
        found = searcher.results(session, Ask(need="detox"))

    assert names(found) == ["Second", "First"]


def test_open_this_weekend_is_counted_and_chosen_alike(sessions, tmp_path):
    with sessions() as session:
        make = Factory(session)
        make.listing(name="Weekdays", hours=DAYS)
        make.listing(name="Saturdays", hours=[("SA", time(10), time(14))])
    Indexer(tmp_path / "index", DirectorySource(sessions)).rebuild()
    searchers = [
        Searcher(WhooshIndex(tmp_path / place), home_state="TN", now=NOON)
        for place in ("index", "none")
    ]
    with sessions() as session:
        found, simple = (each.results(session, Ask(weekend=True)) for each in searchers)

    assert names(found) == names(simple) == ["Saturdays"]
    assert found.open_weekend == 1
    assert simple.open_weekend is None


def test_the_index_tells_which_words_the_listings_have(sessions, tmp_path, results):
    from resourcedir.search.lexicon import Lexicon

    lexicon = Lexicon(WhooshIndex(tmp_path / "index"))

    assert lexicon.has("northgate")
    assert not lexicon.has("northgare")
    assert list(lexicon.near("northgare")) == [(1, "northgate")]
    assert lexicon.seldom
    assert lexicon.together("northgate", "clinic")
    assert not lexicon.together("northgate", "house")
    assert not Lexicon(WhooshIndex(tmp_path / "index"), surely=True).has("northgate")
