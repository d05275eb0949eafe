from dataclasses import replace

import pytest

from resourcedir.engine.documents import Clause, Document, Near, Question, Sort
from resourcedir.engine.errors import IndexMissing
from resourcedir.engine.matching import MOST_TOKENS
from resourcedir.engine.whoosh_index import WhooshIndex

METHADONE = Clause("methadone", ("need", frozenset({"otp"})))
HERE = (35.0456, -85.3097)
NEAR = Near(*HERE, within_km=80.0, areas=frozenset({"US", "TN"}))


def program(key, text, north=0.0, **more):
    return Document(key, ((text, 1.0),), point=(HERE[0] + north, HERE[1]), **more)


def certified(key, text, north):
    return program(key, text, north, keywords={"need": frozenset({"otp"})})


def keys(answer):
    return [hit.key for hit in answer.hits]


def test_those_named_by_a_term_come_before_those_that_mention_it_nearest_first(searching):
    search = searching(
        program(1, "methadone methadone methadone clients welcome", 0.0),
        certified(2, "clinic", 0.5),
        certified(3, "clinic for methadone methadone", 0.6),
        certified(4, "clinic", 0.1),
    )
    assert keys(search(Question((METHADONE,), near=NEAR))) == [4, 2, 3, 1]


def test_of_two_terms_having_both_comes_before_having_one(searching):
    search = searching(
        program(1, "night methadone", keywords={"need": frozenset({"otp"})}),
        program(2, "", 0.3, keywords={"need": frozenset({"otp", "late"})}),
    )
    question = Question((METHADONE, Clause("night", ("need", frozenset({"late"})))), near=NEAR)
    assert keys(search(question)) == [2, 1]


def test_a_better_fit_outweighs_a_small_difference_in_distance(searching):
    search = searching(
        Document(1, (("welding", 1.0), ("cooking sewing driving nursing", 1.0)), point=HERE),
        Document(2, (("welding", 3.0), ("welding school", 1.0)), point=(HERE[0] + 0.01, HERE[1])),
        Document(3, (("welding", 3.0), ("welding school", 1.0)), point=(HERE[0] + 0.6, HERE[1])),
    )
    assert keys(search(Question((Clause("welding"),), near=NEAR))) == [2, 1, 3]


def test_without_a_point_a_document_answers_by_its_area_as_from_some_miles_off(searching):
    search = searching(
        Document(1, (("hotline", 1.0),), areas=frozenset({"TN"})),
        Document(2, (("hotline", 1.0),), areas=frozenset({"GA"})),
        program(3, "hotline", 0.02),
        program(4, "hotline", 0.2),
        program(5, "hotline", 5.0, areas=frozenset({"TN"})),
    )
    for sort, order in ((Sort.BEST, [3, 1, 4]), (Sort.NEAREST, [3, 4, 1])):
        hits = search(Question((Clause("hotline"),), near=NEAR, sort=sort)).hits
        assert [hit.key for hit in hits] == order
        assert [hit.key for hit in hits if hit.distance_km is None] == [1]


def test_nearest_asks_for_distance_only(searching):
    search = searching(certified(1, "", 0.4), program(2, "methadone", 0.2))
    assert keys(search(Question((METHADONE,), near=NEAR))) == [1, 2]
    assert keys(search(Question((METHADONE,), near=NEAR, sort=Sort.NEAREST))) == [2, 1]


def test_without_a_place_the_words_of_a_term_break_the_tie(searching):
    search = searching(certified(1, "clinic", 0.0), certified(2, "methadone clinic", 0.0))
    assert keys(search(Question((METHADONE,)))) == [2, 1]


def test_with_any_clause_those_that_match_most_come_first(searching):
    search = searching(program(1, "detox"), program(2, "detox beds"), program(3, "parenting class"))
    question = Question((Clause("detox"), Clause("beds"), Clause("spanish")), any_clause=True)
    assert keys(search(question)) == [2, 1]
    assert search(replace(question, any_clause=False)).total == 0


def test_matching_more_clauses_outweighs_fitting_one_of_them_better(searching):
    search = searching(
        Document(1, (("zither zither zither", 9.0),)),
        Document(2, (("beds detox", 1.0),)),
        *(Document(key, (("beds", 1.0), ("detox" * (key % 2), 1.0))) for key in range(3, 20)),
    )
    clauses = tuple(Clause(word) for word in ("zither", "beds", "detox", "never"))
    found = keys(search(Question(clauses, any_clause=True)))
    assert found[-1] != 1
    assert found.index(2) < found.index(1)


def test_any_word_of_a_clause_is_enough_where_that_is_asked(searching):
    search = searching(program(1, "detox"), program(2, "beds detox"), program(3, "bus"))
    assert keys(search(Question((Clause("beds detox", any_word=True),)))) == [2, 1]
    assert keys(search(Question((Clause("beds detox"),)))) == [2]


def test_a_facet_is_counted_without_its_own_filter_and_keeps_the_chosen_value(searching):
    search = searching(
        program(1, "bed", keywords={"payer": frozenset({"free"}), "sex": frozenset({"men"})}),
        program(2, "bed", keywords={"payer": frozenset({"medicaid"})}),
        program(3, "bus", keywords={"payer": frozenset({"cash"})}),
    )
    chosen = {"payer": frozenset({"medicaid", "none"})}
    question = Question((Clause("bed"),), filters=chosen, facets=("payer", "sex"))
    answer = search(question)
    assert keys(answer) == [2]
    assert answer.facets == {"payer": {"free": 1, "medicaid": 1, "none": 0}, "sex": {}}


def test_a_weighted_text_counts_more(searching):
    search = searching(
        Document(1, (("about", 3.0), ("resume help", 1.0))),
        Document(2, (("resume", 3.0), ("about help", 1.0))),
    )
    assert keys(search(Question((Clause("resume"),)))) == [2, 1]


def test_only_the_first_words_of_an_endless_question_are_looked_at(searching):
    first = " ".join(f"w{n}" for n in range(MOST_TOKENS))
    search = searching(program(1, first))
    assert search(Question((Clause(first), Clause("never written")))).total == 1
    assert search(Question((Clause(first + " never written"),))).total == 1


def test_without_an_index_the_answer_is_how_to_make_one(tmp_path):
    with pytest.raises(IndexMissing, match="reindex"):
        WhooshIndex(tmp_path / "nowhere").search(Question())


def test_an_empty_index_answers(searching):
    answer = searching()(Question((Clause("bed"),), near=NEAR, facets=("need",)))
    assert (answer.total, answer.hits, answer.facets) == (0, (), {"need": {}})
