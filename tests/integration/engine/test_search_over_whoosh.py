import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


def test_without_a_point_a_document_answers_by_its_area_after_those_within_the_distance(searching):
    search = searching(
        Document(1, (("hotline", 5.0),), areas=frozenset({"TN"})),
        Document(2, (("hotline", 1.0),), areas=frozenset({"GA"})),
        program(3, "a hotline among many other things that are done here", 0.5),
        program(4, "hotline", 5.0, areas=frozenset({"TN"})),
    )
    for sort in Sort:
        answer = search(Question((Clause("hotline"),), near=NEAR, sort=sort))
        assert [(hit.key, hit.distance_km is None) for hit in answer.hits] == [
            (3, False),
            (1, True),
        ]


def test_nearest_asks_for_distance_only(searching):
    search = searching(certified(1, "", 0.4), program(2, "methadone", 0.2))
    assert keys(search(Question((METHADONE,), near=NEAR))) == [1, 2]
    assert keys(search(Question((METHADONE,), near=NEAR, sort=Sort.NEAREST))) == [2, 1]


def test_without_a_place_the_words_of_a_term_break_the_tie(searching):
    search = searching(certified(1, "clinic", 0.0), certified(2, "methadone clinic", 0.0))
    assert keys(search(Question((METHADONE,)))) == [2, 1]


def test_when_no_document_has_every_word_those_with_most_come_first(searching):
    search = searching(program(1, "detox"), program(2, "detox beds"), program(3, "parenting class"))
    answer = search(Question((Clause("detox"), Clause("beds"), Clause("spanish"))))
    assert (keys(answer), answer.every_word) == ([2, 1], False)


def test_matching_more_words_outweighs_fitting_one_of_them_better(searching):
    search = searching(
        Document(1, (("zither zither zither", 9.0),)),
        Document(2, (("beds detox", 1.0),)),
        *(Document(key, (("beds", 1.0), ("detox" * (key % 2), 1.0))) for key in range(3, 20)),
    )
    clauses = tuple(Clause(word) for word in ("zither", "beds", "detox", "never"))
    assert keys(search(Question(clauses)))[-1] != 1
    assert keys(search(Question(clauses))).index(1) > keys(search(Question(clauses))).index(2)


def test_a_filter_does_not_loosen_the_words(searching):
    search = searching(
        program(1, "detox beds"), program(2, "detox", keywords={"payer": frozenset({"free"})})
    )
    question = Question((Clause("detox"), Clause("beds")), {"payer": frozenset({"free"})})
    assert (search(question).total, search(question).every_word) == (0, True)


def test_a_facet_is_counted_without_its_own_filter_and_keeps_the_chosen_value(searching):
    search = searching(
        program(1, "bed", keywords={"payer": frozenset({"free"}), "sex": frozenset({"men"})}),
        program(2, "bed", keywords={"payer": frozenset({"medicaid"})}),
        program(3, "bus", keywords={"payer": frozenset({"cash"})}),
    )
    question = Question(
        (Clause("bed"),), {"payer": frozenset({"medicaid", "none"})}, facets=("payer", "sex")
    )
    answer = search(question)
    assert keys(answer) == [2]
    assert answer.facets == {"payer": {"free": 1, "medicaid": 1, "none": 0}, "sex": {}}


def test_keep_sees_the_stored_strings_and_is_counted(searching):
    search = searching(
        program(1, "bed", keywords={"payer": frozenset({"free"})}, extras={"open": "1"}),
        program(2, "bed", keywords={"payer": frozenset({"free"})}, extras={"open": "0"}),
        program(3, "bed", keywords={"payer": frozenset({"cash"})}, extras={"open": "1"}),
    )
    question = Question(
        filters={"payer": frozenset({"free"})},
        keep=(lambda extras: extras["open"] == "1",),
        facets=("payer",),
    )
    answer = search(question)
    assert (keys(answer), answer.total) == ([1], 1)
    assert answer.facets == {"payer": {"free": 1, "cash": 1}}


def test_a_weighted_text_counts_more(searching):
    search = searching(
        Document(1, (("about", 3.0), ("resume help", 1.0))),
        Document(2, (("resume", 3.0), ("about help", 1.0))),
    )
    assert keys(search(Question((Clause("resume"),)))) == [2, 1]


@pytest.mark.parametrize(
    "typed", ["*", "need:otp", '"', "\x00", "\ud800", "the and", "", "a" * 9999]
)
def test_awkward_text_is_only_text(searching, typed):
    search = searching(certified(1, "methadone", 0.0))
    assert search(Question((Clause(typed),))).total in (0, 1)


@given(words=st.text(), value=st.text(), name=st.text(alphabet=st.characters(codec="utf-8")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=2000)
def test_any_text_answers(tmp_path, words, value, name):
    from resourcedir.engine.indexer import Indexer
    from tests.integration.engine.engine_truth import Memory

    if not (tmp_path / "current").exists():
        Indexer(tmp_path, Memory([certified(1, "methadone", 0.0)])).rebuild()
    name = name.replace("\x1f", "")
    question = Question(
        (Clause(words), Clause(words, (name, frozenset({value})))),
        {name: frozenset({value})},
        facets=(name,),
    )
    assert WhooshIndex(tmp_path).search(question).total <= 1


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
