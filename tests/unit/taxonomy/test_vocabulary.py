"""The flat lists as they ship, and the faults that would stop them from loading."""

import re

import pytest

from resourcedir.engine.folding import fold
from resourcedir.taxonomy.csvtable import parse_table
from resourcedir.taxonomy.vocabulary import Vocabulary, build, choices, codes, label, words

COLUMNS = ("list", "code", "name_en", "name_es")
HEADER = ",".join(COLUMNS) + "\n"


@pytest.mark.parametrize("vocabulary", Vocabulary)
def test_no_list_is_empty_and_no_two_entries_are_called_the_same(vocabulary):
    entries = words()[vocabulary].values()
    assert entries
    for language in ("en", "es"):
        names = {fold(word.name(language)) for word in entries}
        assert len(names) == len(entries), language


@pytest.mark.parametrize(
    ("vocabulary", "expected"),
    [
        (Vocabulary.OFFENSE, {"arson", "sexual", "violent", "meth-manufacture", "registry"}),
        (Vocabulary.MEDICATION, {"methadone", "buprenorphine", "naltrexone"}),
        (Vocabulary.PAYER, {"medicaid", "medicare", "va", "uninsured", "sliding-fee", "free"}),
        (Vocabulary.DOCUMENT, {"state-id", "birth-certificate", "social-security-card"}),
        (Vocabulary.POPULATION, {"justice-involved", "dui", "veterans", "women-with-children"}),
        (Vocabulary.GENDER, {"men", "women", "any"}),
        (Vocabulary.REFERRAL_SOURCE, {"self", "court", "officer", "provider"}),
        (Vocabulary.ACCESSIBILITY, {"wheelchair"}),
        (Vocabulary.LANGUAGE, {"en", "es", "ase"}),
    ],
)
def test_the_lists_hold_what_services_ask(vocabulary, expected):
    assert expected <= set(codes(vocabulary))


def test_languages_have_iso_639_codes():
    assert [
        code for code in codes(Vocabulary.LANGUAGE) if not re.fullmatch("[a-z]{2,3}", code)
    ] == []


def test_labels_are_in_the_language_asked_for_and_else_in_english():
    assert label(Vocabulary.LANGUAGE, "es", "es") == "Español"
    assert label(Vocabulary.LANGUAGE, "es", "en") == "Spanish"
    with pytest.raises(KeyError):
        label(Vocabulary.PAYER, "gold", "en")


def test_choices_come_in_the_order_of_the_table():
    assert choices(Vocabulary.GENDER, "es")[:2] == (("men", "Hombres"), ("women", "Mujeres"))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("color,red,Red,Rojo\n", "line 2: there is no list 'color'"),
        ("payer,VA!,A,B\n", "line 2: the code 'VA!' is not made of"),
        ("payer,va,A,B\npayer,va,C,D\n", "line 3: the code va is used twice in payer"),
        ("payer,va,A,\n", "line 2: name_es is empty"),
    ],
)
def test_a_faulty_list_names_the_line(rows, message):
    with pytest.raises(ValueError, match=message):
        build(parse_table(HEADER + rows, "v.csv", COLUMNS))


def test_one_code_may_stand_in_two_lists():
    lists = build(parse_table(HEADER + "payer,x,A,B\ndocument,x,C,D\n", "v.csv", COLUMNS))
    assert "x" in lists[Vocabulary.PAYER] and "x" in lists[Vocabulary.DOCUMENT]
