"""The tree of needs as it ships, and the faults that would stop it from loading."""

from collections import defaultdict

import pytest

from resourcedir.engine.analysis import tokens
from resourcedir.engine.folding import fold
from resourcedir.taxonomy.csvtable import parse_table
from resourcedir.taxonomy.terms import MAX_DEPTH, build, label, taxonomy

COLUMNS = ("code", "parent", "name_en", "name_es", "synonyms_en", "synonyms_es")
HEADER = ",".join(COLUMNS) + "\n"
ROOTS = {
    "housing", "employment", "treatment", "education", "id-documents", "transport", "food",
    "clothing", "phone", "health", "mental-health", "legal", "childcare", "money", "family",
    "crisis", "peer-support",
}  # fmt: skip


def built(rows: str):
    return build(parse_table(HEADER + rows, "t.csv", COLUMNS, may_be_empty=COLUMNS))


def owner_of(word: str) -> str:
    (code,) = {t.code for t in taxonomy() if fold(word) in {fold(own) for own in t.words}}
    return code


def test_the_roots_are_the_fields_of_the_officers_work():
    assert {term.code for term in taxonomy().roots} == ROOTS


def test_there_are_about_120_terms():
    assert 110 <= len(taxonomy()) <= 140


def test_every_parent_exists_and_no_term_is_too_deep():
    for term in taxonomy():
        lineage = taxonomy().lineage(term.code)
        assert lineage[0] is term
        assert lineage[-1].parent is None
        assert len(lineage) <= MAX_DEPTH


def test_every_term_has_names_and_synonyms_in_both_languages():
    for term in taxonomy():
        assert term.name_en and term.name_es and term.synonyms_en and term.synonyms_es, term.code


def test_names_are_short_enough_for_a_list_of_filters():
    assert [t.code for t in taxonomy() if max(len(t.name_en), len(t.name_es)) > 36] == []


@pytest.mark.parametrize("form", [fold, lambda word: tuple(tokens(word))], ids=["folded", "cut"])
def test_a_word_means_one_term_only(form):
    owners = defaultdict(set)
    for term in taxonomy():
        for word in term.words:
            owners[form(word)].add(term.code)
    assert {word: codes for word, codes in owners.items() if len(codes) > 1} == {}


def test_no_synonym_is_lost_among_the_stop_words():
    assert [word for term in taxonomy() for word in term.words if not tokens(word)] == []


def test_no_synonym_is_given_twice():
    for term in taxonomy():
        for own in ((term.name_en, *term.synonyms_en), (term.name_es, *term.synonyms_es)):
            assert len({fold(word) for word in own}) == len(own), term.code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("methadone", "opioid-treatment-program"),
        ("methadone clinic", "opioid-treatment-program"),
        ("METADONA", "opioid-treatment-program"),
        ("suboxone", "buprenorphine-treatment"),
        ("sober living", "sober-living"),
        ("halfway house", "halfway-house"),
        ("GED", "ged-classes"),
        ("anger management", "anger-management"),
        ("control del enojo", "anger-management"),
        ("MAT", "medication-treatment"),
        ("IOP", "intensive-outpatient"),
        ("PHP", "partial-hospitalization"),
        ("withdrawal management", "detox"),
        ("DWI", "dui-program"),
        ("BIP", "batterer-intervention"),
        ("MRT", "cognitive-classes"),
        ("vivienda", "housing"),
        ("albergues", "emergency-shelter"),
    ],
)
def test_everyday_words_name_their_term(word, code):
    assert owner_of(word) == code


def test_only_opioid_treatment_programs_carry_the_word_methadone():
    carriers = {
        term.code
        for term in taxonomy()
        if any("methad" in fold(word) or "metadon" in fold(word) for word in term.words)
    }
    assert carriers == {"opioid-treatment-program"}


@pytest.mark.parametrize(
    ("level", "code"),
    [
        ("asam 0.5", "early-intervention"),
        ("asam 1", "outpatient-treatment"),
        ("asam 2.1", "intensive-outpatient"),
        ("asam 2.5", "partial-hospitalization"),
        ("asam 3.5", "residential-treatment"),
        ("asam 4", "inpatient-treatment"),
    ],
)
def test_levels_of_care_are_terms(level, code):
    assert owner_of(level) == code


def test_a_need_holds_the_terms_below_it():
    assert taxonomy().within("transitional-housing") == {
        "transitional-housing", "sober-living", "halfway-house", "reentry-housing",
    }  # fmt: skip
    assert taxonomy().within("wic") == {"wic"}


def test_lineage_goes_from_the_term_to_its_root():
    codes = [term.code for term in taxonomy().lineage("opioid-treatment-program")]
    assert codes == ["opioid-treatment-program", "medication-treatment", "treatment"]


def test_an_unknown_code_is_told():
    assert taxonomy().get("no-such-term") is None
    assert "no-such-term" not in taxonomy()
    with pytest.raises(KeyError):
        taxonomy().lineage("no-such-term")
    with pytest.raises(KeyError):
        taxonomy().children("no-such-term")


def test_labels_are_in_the_language_asked_for_and_else_in_english():
    assert label("sober-living", "es") == "Vivienda sobria"
    assert label("sober-living", "en") == label("sober-living", "fr") == "Sober living"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("Big Code,,A,B,,\n", "line 2: the code 'Big Code' is not made of"),
        ("a,,A,B,,\na,,C,D,,\n", "line 3: the code a is used twice"),
        ("a,,A,B,,\nb,c,C,D,,\nc,b,E,F,,\n", "line 3: the parent c does not stand above it"),
        ("a,a,A,B,,\n", "line 2: the parent a does not stand above it"),
        (
            "a,,A,B,,\nb,a,A,B,,\nc,b,A,B,,\nd,c,A,B,,\ne,d,A,B,,\n",
            "line 6: e is more than 4 levels deep",
        ),
    ],
)
def test_a_faulty_tree_names_the_line(rows, message):
    with pytest.raises(ValueError, match=message):
        built(rows)
