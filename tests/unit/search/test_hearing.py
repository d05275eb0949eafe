"""Needs that are known from sentences which nobody wrote down, and when names alone decide."""

import csv

import pytest

from bench.told import SAID
from resourcedir.engine.analysis import raw_words
from resourcedir.search.hearing import named, odds_told
from resourcedir.search.understanding.alike import Alike, alike
from resourcedir.search.understanding.likely import features, learned, likely, number, numbers
from resourcedir.search.words import weighed
from resourcedir.taxonomy.csvtable import parse_table
from resourcedir.taxonomy.terms import taxonomy


def needs(text, heard=""):
    found, _ = named(text, heard)
    return [each.keyword[1] for each in found if each.is_term]


def test_of_sentences_never_learned_from_three_in_four_name_the_need_first():
    """A sample: the whole is ``python3 run.py bench told``."""
    with SAID.open(encoding="utf-8", newline="") as file:
        apart = [row for row in csv.DictReader(file) if row["part"] == "apart"][::10]
    first = [likely(words, words) for words in (tuple(raw_words(row["words"])) for row in apart)]
    right = sum(
        bool(told) and told[0][0] in row["codes"].split(";")
        for row, told in zip(apart, first, strict=True)
    )

    assert right >= 0.75 * len(apart) > 300


def test_what_was_learned_names_needs_that_there_are_and_none():
    assert {*learned().codes} - {"none"} <= {term.code for term in taxonomy()}
    assert "none" in learned().codes


def test_who_it_is_for_and_who_pays_is_no_need():
    for text in ("only for women", "run by the county"):
        assert odds_told(text) == {}


def test_a_slip_changes_little():
    words, slip = ("sleeping", "outside"), ("sleepping", "outsidee")

    assert len({*features(words)} & {*features(slip)}) > len(features(words)) / 2
    assert likely(words, words)[0][0] == likely(slip, slip)[0][0] == "emergency-shelter"


def test_nothing_said_tells_nothing():
    assert likely((), ()) == ()
    assert odds_told("") == odds_told("qqqq zzzz") == {}


def test_a_word_that_names_a_need_by_chance_gives_way_to_what_all_words_tell():
    assert "domestic-violence-help" in needs("he puts his hands on me when i get home from work")[0]
    assert all("job-lead" not in codes for codes in needs("he hits me after work every night"))


def test_the_likeliest_of_several_comes_first_and_the_others_after_it():
    odds = odds_told("he got out of jail and sleeps in his car")

    assert max(odds.values()) == 0 and odds["emergency-shelter"] == 0
    assert len(odds) > 1 and sum(each == 0 for each in odds.values()) == 1


def test_several_needs_by_their_names_are_asked_for_each():
    assert needs("anger management and GED classes") == [{"anger-management"}, {"ged-classes"}]


def test_one_or_two_words_that_may_be_anything_tell_nothing():
    assert needs("purple day") == needs("bad") == []


def test_what_stands_in_quotation_marks_tells_nothing():
    assert needs('"sleeping" "in" "my" "car"') == []


def test_whom_it_is_for_tells_of_the_need_with_the_rest():
    assert odds_told("kicked out", "my son got kicked out of the house")
    assert not odds_told("kicked out")


def test_words_that_tell_nothing_and_no_name_must_all_be_found():
    assert [each.text for each in weighed("quux frobnitz").must] == ["quux", "frobnitz"]


@pytest.mark.parametrize(
    ("said", "means"), [("cocinero", "kitchen"), ("techador", "roof"), ("muelas", "dental")]
)
def test_words_that_say_nearly_the_same_are_known_in_both_languages(said, means):
    assert means in alike(said) and said not in alike(said)


def test_a_group_of_one_word_is_named_by_its_line():
    lines = parse_table("words,why\nroof*,trade\n", "a.csv", ("words", "why"))

    with pytest.raises(ValueError, match=r"a\.csv, line 2: one word alone"):
        Alike(lines)


def test_what_nobody_offers_is_not_what_words_only_tell():
    words = ("who", "will", "treat", "me", "i", "have", "not", "a", "dime")
    every = {term.code for term in taxonomy()}
    first = likely(words, words)[0][0]

    assert likely(words, words, (), frozenset(every))[0][0] == first
    assert likely(words, words, (), frozenset(every - {first}))[0][0] != first
    assert likely(words, words, (), frozenset({"wic"}))[0][0] == first, "nothing else may be meant"


def test_a_need_that_is_named_is_meant_whoever_offers_it():
    found, _ = named("food pantry", "", frozenset({"treatment"}))

    assert [each.keyword[1] for each in found if each.is_term] == [{"food-pantry"}]


def test_what_is_looked_at_is_what_was_learned():
    words = ("sleeping", "outside", "señor", "x")

    assert {*numbers(words).tolist()} == {number(each) for each in features(words)}
