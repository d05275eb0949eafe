"""Without an index words are understood and put right all the same, as far as the tables tell."""

import pytest

from resourcedir.directory import sifting
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.search import simpler
from resourcedir.search.ask import Ask
from resourcedir.search.queries import Searcher
from tests.conftest import NOON
from tests.factories import Factory


@pytest.fixture(autouse=True)
def directory(sessions, monkeypatch):
    monkeypatch.setattr(simpler, "PATIENCE_S", 60.0)
    with sessions() as session:
        make = Factory(session)
        make.listing(name="Casa Northgate", terms=["sober-living"], languages=["en", "es"])
        make.listing(name="Metadon House", terms=["sober-living"], languages=["en"])
        make.listing(name="Car Pool Club", terms=["bus-passes"])


@pytest.fixture
def searched(sessions, tmp_path):
    searcher = Searcher(WhooshIndex(tmp_path / "none"), home_state="TN", now=NOON)

    def search(words, **more):
        with sessions() as session:
            found = searcher.results(session, Ask(words=words, **more))
        assert not found.indexed
        return found

    return search


def names(results):
    return [each.facts.name for each in results.found]


def test_pieces_and_synonyms_are_understood(searched):
    found = searched("vivienda sobria en español cerca de 37402")

    assert names(found) == ["Casa Northgate"]
    assert [piece.sets.value for piece in found.reading.pieces] == ["language", "near"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sobber living", "sober living"),
        ("soberliving near Chatanooga", "sober living near Chattanooga"),
        ("sober living spansh", "sober living spanish"),
    ],
)
def test_a_word_that_no_listing_has_is_put_right(searched, typed, meant):
    found = searched(typed)

    assert found.reading.repaired_words == meant
    assert "Casa Northgate" in names(found)


@pytest.mark.parametrize("typed", ["metadon", "Metadon House", "car pool", "northgat"])
def test_the_words_of_a_listing_and_of_what_might_be_a_name_stay(searched, typed):
    assert searched(typed).reading.repairs == ()


def test_nothing_is_put_right_where_not_every_listing_is_looked_into(searched, monkeypatch):
    monkeypatch.setattr(sifting, "MOST_LOOKED_INTO", 2)

    assert searched("sobber living").reading.repairs == ()


def test_words_that_name_nothing_are_offered_to_be_left_out(searched):
    found = searched("sober living zebra", near="37402")
    (fewer,) = found.widenings

    assert found.total == 0
    assert (fewer.fewer_words, fewer.total) == ("zebra", 2)
    assert sorted(names(searched(fewer.ask.words, near="37402"))) == [
        "Casa Northgate",
        "Metadon House",
    ]
