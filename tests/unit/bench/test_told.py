"""How sentences are judged by which understanding is measured."""

import pytest

from bench.told import by_name, judged, said, understood
from resourcedir.taxonomy.terms import taxonomy


@pytest.mark.parametrize(
    ("named", "how"),
    [
        ([], "nothing"),
        ([{"detox"}], "right"),
        ([{"detox", "food"}], "right"),
        ([{"outpatient-detox"}], "near"),
        ([{"treatment"}], "near"),
        ([{"detox"}, {"food-pantry"}], "more"),
        ([{"food-pantry"}], "wrong"),
    ],
)
def test_what_is_named_is_held_against_what_is_meant(named, how):
    assert judged({"detox"}, [frozenset(codes) for codes in named]) == how


def test_names_alone_know_no_need_that_is_told_without_its_name():
    assert by_name("detox for him") == understood("detox for him") == [frozenset({"detox"})]
    assert by_name("power company is about to disconnect us") == []
    assert understood("power company is about to disconnect us") == [frozenset({"utility-help"})]


def test_each_sentence_names_needs_that_there_are():
    known = {term.code for term in taxonomy()}
    sentences = list(said())

    assert {each.part for each in sentences} == {"taught", "apart"}
    assert all(each.words and each.codes <= known for each in sentences)
    assert len({(each.language, each.words) for each in sentences}) == len(sentences)
