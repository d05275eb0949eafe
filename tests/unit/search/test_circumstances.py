"""Whom it is for, and how they fare: what is told without its name."""

import csv

import pytest

from bench.told import WHOM, whom_shares
from resourcedir.search.ask import Ask
from resourcedir.search.understanding.asking import reading
from resourcedir.search.understanding.circumstances import (
    SURE,
    WRITTEN,
    Acts,
    circumstances,
    least,
    told_of,
)
from resourcedir.search.understanding.likely import learned
from resourcedir.search.understood_showing import circumstance_name
from resourcedir.taxonomy.vocabulary import words


def heard(text, **more):
    return set(reading(Ask(words=text, **more), None, home_state="TN").whom)


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("came home from iraq and drinks himself to sleep", {"veterans", "alcohol"}),
        ("she won't go unless her babies can sleep there too", {"women", "children-along"}),
        ("ain't got a dime or a card and needs a bed", {"no-money"}),
        ("her boyfriend beats her when he is drunk", {"women", "domestic-violence-survivors"}),
        ("no tiene ni un peso para pagar el tratamiento", {"no-money"}),
        ("walked out of county jail this morning", {"leaving-custody"}),
    ],
)
def test_a_circumstance_is_heard_that_has_no_name_in_the_words(said, whom):
    assert whom <= heard(said)


@pytest.mark.parametrize("said", ["detox", "acupuncture", "halfway house", "bus passes", "comida"])
def test_the_name_of_a_need_tells_of_nobody(said):
    assert heard(said) == set()


def test_what_is_named_is_a_filter_and_is_not_heard_besides():
    found = reading(Ask(words="rehab for veterans with no insurance"), None, home_state="TN")

    assert {value for each in found.pieces for value in each.values} >= {"veterans", "uninsured"}
    assert not {"veterans", "no-money"} & set(found.whom)
    assert heard("he only speaks vietnamese and nobody here does") <= {"men"}


def test_what_was_taken_away_is_heard_no_more_in_these_words_alone():
    text = "came home from iraq and cannot sleep"
    first = reading(Ask(words=text), None, home_state="TN")
    away = first.whoever("veterans")

    assert "veterans" in first.whom
    assert "veterans" not in heard(text, aside=away.aside)
    assert "veterans" in heard("came home from iraq and needs work", aside=away.aside)
    assert "veterans" in heard(text, aside=frozenset({"~veterans", "~nonsense", "~"}))


def test_where_both_sexes_are_told_neither_is_heard():
    text = "no quiere ir a rehabilitacion sin sus bebes y no tiene ni un peso"
    told = told_of(tuple(text.split()))

    assert min(told["men"], told["women"]) >= SURE
    assert heard(text) == {"no-money", "children-along"}


def test_a_word_or_a_name_alone_tells_of_nobody():
    for text in ("women", "he", "her", "turned sixty", "call dallas", "nineteen year old"):
        assert heard(text) == set()


def test_taking_anything_away_never_makes_another_heard():
    with WHOM.open(encoding="utf-8", newline="") as file:
        texts = [row["words"] for row in csv.DictReader(file) if row["part"] == "apart"][::3]
    for text in texts:
        before = reading(Ask(words=text), None, home_state="TN")
        for ask in (
            *map(before.without, before.pieces),
            *map(before.plainly, before.told_needs),
            *map(before.whoever, before.whom),
        ):
            assert set(reading(ask, None, home_state="TN").whom) <= set(before.whom)
        assert reading(before.without_pieces(), None, home_state="TN").whom == ()


def test_the_sex_of_somebody_else_filters_nothing():
    def sexes(text):
        pieces = reading(Ask(words=text), None, home_state="TN").pieces
        return {value for each in pieces for value in each.values} & {"men", "women"}

    assert sexes("she just left a man who hits her") == set()
    assert sexes("shelter for men beaten by their partner") == {"men"}
    assert sexes("he beats her and needs a class for men") == {"men"}
    assert sexes("she wants her son in rehab") == {"men"}
    assert sexes("her husband drinks and she wants him in detox") == {"men"}
    assert sexes("my boyfriend beats her and she needs a bed") == set()
    assert "men" in sexes("my wife throws things at me and i'm a man")
    assert sexes("halfway house for men") == {"men"}
    assert sexes("casa de medio camino para mujeres") == {"women"}


def test_unknown_words_and_words_in_quotation_marks_tell_nothing():
    assert heard("northgate frobnitz") == set()
    assert heard('"came" "home" "from" "iraq"') == set()
    assert all(each < least(()) for each in told_of(()).values())


def test_few_words_must_be_surer():
    assert least(("broke", "today")) > least(("broke", "and", "hungry", "today"))


def test_each_that_acts_is_learned_has_a_name_and_asks_for_what_there_is():
    known = learned(WRITTEN).codes
    lists = words()
    for name, acts in circumstances().items():
        assert name in known
        assert circumstance_name(name, "en")
        for act in acts:
            field, codes = act.keyword
            if act.does is Acts.TAKES:
                assert field == "asks"
                assert codes <= lists["population"].keys()
            elif field not in {"says", "cost"}:
                assert codes <= lists[field].keys()


def test_of_sentences_never_learned_from_most_circumstances_are_heard_and_few_wrongly():
    for language in ("en", "es"):
        shares = whom_shares(language)
        assert shares["heard true"] > 0.75
        assert shares["ours found"] > max(0.65, 2 * shares["named found"])


def test_no_sentence_is_learned_from_that_is_kept_apart():
    with WHOM.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    apart = {row["words"] for row in rows if row["part"] == "apart"}

    assert len(apart) > 600
    assert apart.isdisjoint(row["words"] for row in rows if row["part"] == "taught")
