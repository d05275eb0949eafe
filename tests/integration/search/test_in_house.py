"""What places do for their own clients alone: more than nothing, where nobody else does it."""

from resourcedir.engine.documents import Document, Question
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.search.in_house import in_house
from resourcedir.search.telling import asked
from resourcedir.search.words import weighed
from resourcedir.taxonomy.terms import taxonomy
from tests.integration.engine.engine_truth import Memory

REHAB = Document(1, keywords={"term": {"residential-treatment"}, "says": {"CCC", "DAUT"}})
NURSERY = Document(2, keywords={"term": {"childcare", "day-care"}})


def found(tmp_path, words, *documents):
    Indexer(tmp_path / "index", Memory(documents)).rebuild()
    index = WhooshIndex(tmp_path / "index")
    said = asked(index, weighed(words))
    return {hit.key for hit in index.search(Question(said.clauses, said.any_clause)).hits}


def test_where_nobody_offers_it_those_who_do_it_for_their_own_clients_are_found(tmp_path):
    assert found(tmp_path, "day care", REHAB) == {1}


def test_where_somebody_offers_it_they_are_not(tmp_path):
    assert found(tmp_path, "day care", REHAB, NURSERY) == {2}


def test_a_need_and_what_places_state_of_it_are_asked_for_as_one(tmp_path):
    assert found(tmp_path, "childcare while in group therapy", REHAB, NURSERY) >= {1, 2}


def test_each_is_of_a_need_that_there_is():
    assert {*in_house()} <= {term.code for term in taxonomy()}
