"""Needs as clients tell them and officers jot them down, and what search understands of them.

``told.csv`` has what is typed, and what is understood: the chips, and the terms and statements of
places that the words name ("|": any of them), in any order. None of them is a judged query.
"""

import csv
from pathlib import Path

import pytest

from resourcedir.directory.kinds import CostKind
from resourcedir.exchange.samhsa_codes import mappings
from resourcedir.search.ask import Ask
from resourcedir.search.understanding.asking import reading
from resourcedir.search.understanding.by_ear import sound
from resourcedir.search.understanding.situations import WORD, Does, Situations, situations, told
from resourcedir.search.words import clauses, weighed
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.csvtable import parse_table
from resourcedir.taxonomy.terms import taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary, each_of

TOLD = [
    tuple(row)
    for row in csv.reader(Path(__file__).with_name("told.csv").read_text("utf-8").splitlines()[1:])
]
COLUMNS = ("does", "field", "codes", "words", "source")


def understood(typed):
    found = reading(Ask(words=typed), None, home_state="TN")
    chips = {(each.sets.value, *each.values) for each in found.pieces}
    named = {
        (clause.keyword[0], *sorted(clause.keyword[1]))
        for clause in weighed(found.rest, found.heard).must
        if clause.keyword
    }
    return {
        f"{name}:{'|'.join(values)}".replace(", ", "_").replace(" ", "_")
        for name, *values in chips | named
    }


def agree(got, meant):
    """Say whether the same is understood: of several needs that are meant any will do."""
    needs = [each.split(":")[1].split("|") for each in meant if each.startswith("term:")]
    told = [each.split(":")[1].split("|") for each in got if each.startswith("term:")]
    others = [{each for each in some if not each.startswith("term:")} for some in (got, meant)]
    met = all(any(set(one) & set(other) for other in told) for one in needs)
    return met and len(told) <= max(1, len(needs)) and others[0] == others[1]


@pytest.mark.parametrize(("typed", "meant"), TOLD)
def test_a_need_is_known_from_how_people_tell_it(typed, meant):
    got = understood(typed)

    assert agree(got, meant.split()), got


@pytest.mark.parametrize(
    "typed",
    [
        "they cut our lights off",
        "lights got cut off",
        "about to shut off the lights",
        "my lights are getting shut off tomorrow",
    ],
)
def test_the_order_of_the_words_does_not_matter(typed):
    assert understood(typed) == {"term:utility-help"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("he is 15 and drinks", {"population:youth"}),
        ("22 years old detox", {"population:young-adults", "term:detox"}),
        ("rehab for a 45 year old", {"term:residential-treatment"}),
        ("she is 70 needs dentist", {"population:seniors", "term:dental-care"}),
        ("detox 2 months sober", {"term:detox"}),
        (
            "señor de 68 años que toma mucho",
            {"population:men", "population:seniors"},
        ),
    ],
)
def test_an_age_says_which_people_are_meant(typed, meant):
    assert understood(typed) >= meant
    assert {each for each in understood(typed) if each.startswith("population")} == {
        each for each in meant if each.startswith("population")
    }


def test_everyday_words_beside_a_need_need_not_be_found():
    found = weighed("somebody really wants detox before christmas eve")

    assert [clause.text for clause in found.must if clause.keyword] == ["detox"]
    assert "before" in {clause.text for clause in found.may}


def test_without_a_need_every_word_must_be_found():
    assert [clause.text for clause in weighed("quux zebra").must] == ["quux", "zebra"]


def test_a_wide_kind_beside_a_need_need_not_be_found():
    found = weighed("anger management family")

    assert [clause.text for clause in found.must] == ["anger management"]
    assert [clause.text for clause in found.may] == ["family"]


def test_words_far_apart_tell_nothing_together():
    apart = " ".join(["cut", *["x"] * 12, "lights"])

    assert [each for each in told(apart.split()) if each.does is Does.NAMES] == []


def test_what_is_told_by_chance_out_of_two_phrases_is_nothing():
    named = {code for each in clauses("anger class and drug screen") for code in each.keyword[1]}

    assert "substance-education" not in named


def test_every_situation_names_what_there_is():
    statements = {*mappings(), *vocabulary.codes(Vocabulary.MEDICATION), "takes-pets"}
    statements |= {"takes-children", "takes-buprenorphine", "takes-methadone"}
    known = {
        "term": {term.code for term in taxonomy()},
        "says": statements,
        "population": set(vocabulary.codes(Vocabulary.POPULATION)),
        "access": set(vocabulary.codes(Vocabulary.ACCESSIBILITY)),
        "cost": {kind.value for kind in CostKind},
        "payer": set(vocabulary.codes(Vocabulary.PAYER)),
    }
    for pattern in situations().patterns:
        field, codes = pattern.keyword
        assert field == WORD or codes <= known[field], (field, codes)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("does-not,term,food,hungry,test", "nothing is done by does-not"),
        ("names,term,food,hungry|,test", "empty word"),
        ("names,term,food,hungry,", "source is empty"),
    ],
)
def test_a_faulty_row_names_its_line(row, fault):
    lines = parse_table(f"{','.join(COLUMNS)}\n{row}\n", "s.csv", COLUMNS)

    with pytest.raises(ValueError, match=rf"s\.csv, line 2: .*{fault}"):
        Situations(lines)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("detocks", "detox"),
        ("enbarasada", "embarazada"),
        ("sertification", "certification"),
        ("bibienda", "vivienda"),
        ("siquiatra", "psiquiatra"),
        ("eroina", "heroina"),
    ],
)
def test_words_that_sound_alike_in_either_language_are_known_by_it(one, other):
    assert sound(one) == sound(other)


def test_who_is_pregnant_need_not_be_called_a_woman_too():
    assert each_of(["women", "pregnant", "veterans"]) == (
        frozenset({"pregnant"}),
        frozenset({"veterans"}),
    )
