import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.engine.documents import Clause
from resourcedir.search.naming import MOST_WORDS, longest_term
from resourcedir.search.words import clauses


def named(text):
    return [(clause.text, set(clause.keyword[1])) for clause in clauses(text) if clause.keyword]


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("methadone", "opioid-treatment-program"),
        ("GED", "ged-classes"),
        ("G.E.D.", "ged-classes"),
        ("sober living", "sober-living"),
        ("anger management", "anger-management"),
        ("Halfway Houses", "halfway-house"),
        ("casas sobrias", "sober-living"),
        ("METADONA", "opioid-treatment-program"),
    ],
)
def test_words_that_name_a_term_are_known(typed, term):
    assert named(typed) == [(typed, {term})]


@pytest.mark.parametrize("typed", ["calling", "calls", "bad", "back is bad"])
def test_a_word_is_not_taken_for_another_with_its_stem(typed):
    assert named(typed) == []


@pytest.mark.parametrize(
    ("typed", "term"),
    [("calle", "emergency-shelter"), ("not that bad yet", "early-intervention"),
     ("multas", "court-fines")],
)  # fmt: skip
def test_the_same_words_as_they_are_name_the_term(typed, term):
    assert [codes for _, codes in named(typed)] == [{term}]


def test_the_telling_word_of_several_says_which_ride():
    assert [codes for _, codes in named("needs rides to dialysis")] == [{"medical-rides"}]


def test_the_longest_phrase_wins():
    assert named("domestic violence shelter") == [
        ("domestic violence shelter", {"domestic-violence-shelter"})
    ]


def test_other_words_stay_words():
    assert clauses("sober living for Ooltewah") == (
        Clause("sober living", ("term", frozenset({"sober-living"}))),
        Clause("Ooltewah"),
    )


@given(st.text())
def test_any_text_becomes_clauses_that_add_up_to_it(text):
    found = clauses(text)

    assert len(found) <= MOST_WORDS
    assert all(word in text for clause in found for word in clause.text.split())


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("sober living for Ooltewah", 2),
        ("domestic violence shelter tonight", 3),
        ("for detox", 0),
        ("Ooltewah detox", 0),
        ("", 0),
    ],
)
def test_the_longest_term_at_the_beginning_is_measured_in_words(words, many):
    assert longest_term(words.split()) == many
