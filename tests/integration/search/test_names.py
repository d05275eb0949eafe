"""Who types the name of a place finds it, whatever the words tell."""

import pytest

from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.search.ask import Ask
from resourcedir.search.queries import Searcher
from resourcedir.search.source import DirectorySource
from tests.conftest import NOON
from tests.factories import Factory

PLACES = (
    ("Cedar Hill Evenings", {"terms": ["intensive-outpatient"], "point": (35.3, -85.3)}),
    ("Night Owls", {"terms": ["emergency-shelter"], "point": (35.05, -85.31)}),
    ("Nowhere To Sleep Ministry", {"terms": ["clothes-closet"], "point": (35.2, -85.3)}),
    ("Soddy Daisy Pantry", {"terms": ["food-pantry"], "point": (35.24, -85.19)}),
    ("Shelves", {"terms": ["food-pantry"], "point": (35.23, -85.18)}),
    ("Group for Women who Fought", {"terms": ["anger-management"], "point": (35.3, -85.3)}),
    ("Near Anger", {"terms": ["anger-management"], "point": (35.05, -85.31)}),
    ("Pantry on Main", {"terms": ["food-pantry"], "point": (35.05, -85.31)}),
    ("Far Food Pantry", {"terms": ["food-pantry"], "point": (35.3, -85.3)}),
)


@pytest.fixture
def results(sessions, tmp_path):
    with sessions() as session:
        make = Factory(session)
        for name, more in PLACES:
            make.listing(name=name, **more)
    Indexer(tmp_path / "index", DirectorySource(sessions)).rebuild()
    searcher = Searcher(WhooshIndex(tmp_path / "index"), home_state="TN", now=NOON)

    def search(words, near="37402"):
        with sessions() as session:
            return searcher.results(session, Ask(words=words, near=near))

    return search


def names(found):
    return [each.facts.name for each in found]


def test_a_name_with_the_name_of_a_town_is_no_place(results):
    found = results("cedar hill evenings", near="")

    assert names(found.found)[0] == "Cedar Hill Evenings"
    assert found.reading.pieces == ()


def test_a_name_that_tells_of_a_need_finds_its_place_first(results):
    found = names(results("nowhere to sleep ministry").found)

    assert found[0] == "Nowhere To Sleep Ministry"
    assert "Night Owls" in found


def test_the_name_of_a_need_is_the_name_of_no_place(results):
    found = names(results("food pantry").found)

    assert found[0] == "Pantry on Main"
    assert found.index("Far Food Pantry") > found.index("Shelves")


def test_a_town_in_which_a_place_of_that_name_lies_stays_a_place(results):
    found = results("soddy daisy pantry", near="")

    assert [piece.values for piece in found.reading.pieces] == [("Soddy Daisy, TN",)]
    assert {"Soddy Daisy Pantry", "Shelves"} <= {*names(found.found)}


def test_whom_it_is_for_is_no_name(results):
    found = results("for women").found

    assert not found or names(found)[0] != "Group for Women who Fought"
