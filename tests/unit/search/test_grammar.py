"""The table of phrases: whole, in two languages, each with its source, and each value known."""

import csv
from importlib.resources import files

import pytest

from resourcedir.directory.kinds import CostKind
from resourcedir.search.understanding.grammar import BY_AGE, EITHER, grammar
from resourcedir.search.understanding.pieces import Piece, Sets
from resourcedir.search.words import clauses
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.csvtable import parse_table
from resourcedir.taxonomy.terms import build, taxonomy
from resourcedir.taxonomy.vocabulary import Vocabulary

LISTS = {
    Sets.LANGUAGE: Vocabulary.LANGUAGE,
    Sets.PAYER: Vocabulary.PAYER,
    Sets.POPULATION: Vocabulary.POPULATION,
    Sets.OFFENSE: Vocabulary.OFFENSE,
}


def test_every_phrase_sets_what_a_list_knows():
    for phrase, meaning in grammar().phrases.items():
        if meaning.sets in LISTS:
            if meaning.value != BY_AGE:
                codes = set(meaning.value.split(EITHER))
                assert codes <= set(vocabulary.codes(LISTS[meaning.sets])), phrase
        elif meaning.sets is Sets.COST:
            assert meaning.value in set(CostKind), phrase
        elif meaning.sets is Sets.NEED:
            assert meaning.value in taxonomy(), phrase
        elif meaning.sets is Sets.OPEN:
            assert meaning.value in {"now", "tonight", "weekend"}, phrase


@pytest.mark.parametrize(
    ("package", "table"),
    [
        ("resourcedir.search.understanding", "grammar.csv"),
        ("resourcedir.taxonomy", "synonyms.csv"),
    ],
)
def test_every_row_says_where_it_is_from(package, table):
    rows = csv.DictReader(files(package).joinpath(table).read_text("utf-8").splitlines())

    assert all(row["source"].strip() for row in rows)


def test_a_piece_is_named_by_its_words_however_they_are_spelt():
    assert Piece(0, 9, "EN Español", Sets.LANGUAGE).key == "en espanol"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("no-such,en,word,test", "no term has the code no-such"),
        ("housing,fr,maison,test", "neither en nor es"),
        ("housing,en,,test", "phrases is empty"),
        ("housing,en,roof,", "source is empty"),
    ],
)
def test_a_faulty_row_of_synonyms_names_its_line(row, fault):
    terms = "code,parent,name_en,name_es,synonyms_en,synonyms_es\nhousing,,Housing,Vivienda,h,v\n"
    columns = ("code", "parent", "name_en", "name_es", "synonyms_en", "synonyms_es")
    more = ("code", "language", "phrases", "source")
    synonyms = parse_table(f"{','.join(more)}\n{row}\n", "s.csv", more)

    with pytest.raises(ValueError, match=rf"s\.csv, line 2: .*{fault}"):
        build(parse_table(terms, "t.csv", columns, may_be_empty={"parent"}), synonyms)


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("MAT", "medication-treatment"),
        ("suboxone", "buprenorphine-treatment"),
        ("NA meetings", "support-groups"),
        ("HiSET", "ged-classes"),
        ("halfway", "halfway-house"),
        ("IOP", "intensive-outpatient"),
        ("PHP", "partial-hospitalization"),
        ("CDL", "cdl-training"),
        ("TANF", "cash-assistance"),
        ("SNAP", "food-benefits"),
        ("DWI", "dui-program"),
        ("OTP", "opioid-treatment-program"),
        ("TPR", "legal-aid"),
        ("DV", "domestic-violence-help"),
        ("casa limpia", "sober-living"),
        ("manejo de coraje", "anger-management"),
        ("CLASES PARA PAPÁS", "parenting-classes"),
    ],
)
def test_abbreviations_and_everyday_words_name_their_term(typed, term):
    (clause,) = clauses(typed)
    assert clause.keyword == ("term", frozenset({term}))
