"""What the codes of the national treatment directory mean, and the traps that they set."""

import os
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

from resourcedir.engine.folding import fold
from resourcedir.exchange.samhsa_codes import Kind, build, mappings
from resourcedir.taxonomy.csvtable import parse_table

CHECKOUT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("RESOURCEDIR_SHARED", CHECKOUT.parent / "shared"))
REFERENCE = SHARED / "data" / "samhsa_substance_use_2022.xlsx"
COLUMNS = ("code", "kind", "target", "label_en", "label_es", "note")

needs_reference = pytest.mark.skipif(
    not REFERENCE.exists(), reason=f"the published directory is not at {REFERENCE}"
)


@cache
def reference() -> dict[str, tuple[str, str]]:
    """Each published code with its name and description."""
    book = load_workbook(REFERENCE, read_only=True)
    rows = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    book.close()
    return {row[2]: (str(row[3] or ""), str(row[4] or "")) for row in rows}


def targets(code: str, kind: Kind) -> set[str]:
    return {mapping.target for mapping in mappings()[code] if mapping.kind is kind}


def codes_with(kind: Kind, target: str) -> set[str]:
    return {code for code in mappings() if target in targets(code, kind)}


def text_of(code: str) -> str:
    return fold(" ".join(f"{m.label_en} {m.label_es}" for m in mappings()[code]))


@needs_reference
def test_every_published_code_has_a_meaning_and_no_other_has():
    assert set(mappings()) == set(reference())


@needs_reference
def test_descriptions_are_not_copied():
    ours = {fold(m.label_en) for found in mappings().values() for m in found}
    published = {fold(description).strip() for _, description in reference().values()} - {""}
    assert {
        label for label in ours if any(label in d and len(label) > 40 for d in published)
    } == set()
    assert all(len(label) <= 60 for label in ours)


def test_every_meaning_has_a_label_in_both_languages():
    for found in mappings().values():
        for mapping in found:
            assert mapping.label("en") and mapping.label("es"), mapping.code


def test_treatment_of_two_illnesses_at_once_is_not_a_halfway_house():
    assert targets("SUMH", Kind.TERM) == {"co-occurring-treatment"}
    assert targets("SUMH", Kind.POPULATION) == {"co-occurring"}
    stems = ("hous", "home", "halfway", "viviend", "casa")
    assert [stem for stem in stems if stem in text_of("SUMH")] == []


def test_a_code_that_names_several_kinds_of_home_is_found_by_each_and_says_to_ask():
    assert targets("HH", Kind.TERM) == {"sober-living", "halfway-house"}
    assert all("ask which" in m.label_en for m in mappings()["HH"])
    assert codes_with(Kind.TERM, "sober-living") == {"HH"}


def test_only_the_certified_program_is_an_opioid_treatment_program():
    assert codes_with(Kind.TERM, "opioid-treatment-program") == {"OTP"}


def test_outpatient_medication_does_not_carry_the_word_methadone():
    assert targets("OMB", Kind.TERM) == {"medication-treatment"}
    assert "metha" not in text_of("OMB") and "metad" not in text_of("OMB")


def test_the_word_methadone_stands_only_where_methadone_is_given():
    carriers = {c for c in mappings() if "methad" in text_of(c) or "metad" in text_of(c)}
    assert carriers == {"MU", "METH", "MM", "MMW", "DM"}
    assert codes_with(Kind.MEDICATION, "methadone") == {"MU", "METH", "MM", "MMW"}


@needs_reference
def test_whoever_gives_methadone_is_a_certified_program_in_the_published_file():
    book = load_workbook(REFERENCE, read_only=True)
    rows = book.worksheets[0].iter_rows(min_row=2, min_col=13, max_col=13, values_only=True)
    facilities = [set(str(row[0]).split()) for row in rows]
    book.close()
    giving = [f for f in facilities if f & {"MU", "METH", "MM", "MMW", "DM"}]
    assert len(giving) > 1000
    assert all("OTP" in facility for facility in giving)
    assert sum("SOTP" in f and "OTP" not in f for f in facilities) == 307


@pytest.mark.parametrize(
    ("code", "stems"),
    [
        ("NOOP", ("opioid", "opiace", "heroin", "methad", "bupren", "medica")),
        ("NMOA", ("opioid", "medica", "medicin", "methad", "bupren", "naltrex", "mat ")),
        ("NAUT", ("alcohol", "drink", "beber")),
        ("NMAUT", ("alcohol", "medica", "medicin", "drink", "disulfiram", "naltrex")),
    ],
)
def test_a_negative_fact_cannot_be_found_by_what_is_not_offered(code, stems):
    assert [m.kind for m in mappings()[code]] == [Kind.ATTRIBUTE]
    assert [stem for stem in stems if stem in text_of(code)] == []


def test_anger_management_is_its_term():
    assert codes_with(Kind.TERM, "anger-management") == {"ANG"}


def test_training_or_school_help_is_found_by_ged_and_says_to_ask():
    assert targets("VOC", Kind.TERM) == {"ged-classes", "vocational-training"}
    assert all("GED" in m.label_en and "ask which" in m.label_en for m in mappings()["VOC"])


def test_justice_involvement_and_dui_are_apart():
    assert codes_with(Kind.POPULATION, "justice-involved") == {"CJ"}
    assert codes_with(Kind.POPULATION, "dui") == {"DU", "DUO"}
    assert codes_with(Kind.TERM, "dui-program") == {"DU", "DUO"}


def test_a_group_for_survivors_is_neither_a_shelter_nor_a_class_for_offenders():
    assert targets("DV", Kind.POPULATION) == {"domestic-violence-survivors"}
    for code in ("DV", "DVFP"):
        assert targets(code, Kind.TERM) == set()


@pytest.mark.parametrize("code", ["TA", "CCC", "HS", "AOSS", "EMP", "CM", "MHS", "SPS", "DAUT"])
def test_what_a_facility_adds_for_its_own_clients_is_no_need_it_answers(code):
    assert {m.kind for m in mappings()[code]} == {Kind.ATTRIBUTE}


@pytest.mark.parametrize("code", ["SMON", "SMOP", "SMPD", "VAPN", "VAPP", "VPPD", "STAG", "DEA"])
def test_house_rules_and_licenses_are_attributes(code):
    assert {m.kind for m in mappings()[code]} == {Kind.ATTRIBUTE}


@pytest.mark.parametrize(
    ("code", "kind", "target"),
    [
        ("MD", Kind.PAYER, "medicaid"),
        ("MC", Kind.PAYER, "medicare"),
        ("MI", Kind.PAYER, "tricare"),
        ("PI", Kind.PAYER, "private-insurance"),
        ("SF", Kind.PAYER, "self-pay"),
        ("SI", Kind.PAYER, "state-insurance"),
        ("NP", Kind.PAYER, "free"),
        ("PA", Kind.PAYER, "payment-assistance"),
        ("SS", Kind.PAYER, "sliding-fee"),
        ("SP", Kind.LANGUAGE, "es"),
        ("AH", Kind.LANGUAGE, "ase"),
        ("VET", Kind.POPULATION, "veterans"),
        ("FEM", Kind.GENDER, "women"),
        ("MALE", Kind.GENDER, "men"),
        ("VTRL", Kind.MEDICATION, "naltrexone"),
    ],
)
def test_payers_languages_and_people_have_their_codes(code, kind, target):
    assert targets(code, kind) == {target}


@pytest.mark.parametrize(
    ("code", "kind", "accepted"),
    [
        ("MOA", Kind.ALLOWED, {"methadone", "buprenorphine", "naltrexone"}),
        ("ACMA", Kind.ALLOWED, {"naltrexone", "acamprosate", "disulfiram"}),
        ("DUO", Kind.ONLY_FOR, {"dui"}),
        ("BC", Kind.CHILDREN, {"accepted"}),
    ],
)
def test_what_a_code_accepts_or_refuses_in_its_own_words_is_a_rule(code, kind, accepted):
    assert targets(code, kind) == accepted


def test_nothing_else_is_a_rule():
    kinds = {Kind.ALLOWED, Kind.ONLY_FOR, Kind.CHILDREN}
    rules = {code for code, found in mappings().items() if kinds & {each.kind for each in found}}
    assert rules == {"MOA", "ACMA", "DUO", "BC"}


def test_ages_are_whole_years_with_both_ends():
    found = {code: m.ages for code, (m, *_) in mappings().items() if m.kind is Kind.AGE}
    assert found == {"ADLT": (26, 64), "CHLD": (0, 17), "SNR": (65, None), "YAD": (18, 25)}
    assert mappings()["SP"][0].ages is None


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("X,color,red,,,\n", "line 2: there is no kind 'color'"),
        ("X,term,no-such-term,,,\n", "line 2: there is no term 'no-such-term'"),
        ("X,payer,gold,A,B,\n", "line 2: there is no payer 'gold'"),
        ("X,age,old,A,B,\n", "line 2: there is no age 'old'"),
        ("X,only-for,nobody,A,B,\n", "line 2: there is no only-for 'nobody'"),
        ("X,allowed,candy,A,B,\n", "line 2: there is no allowed 'candy'"),
        ("X,children,maybe,A,B,\n", "line 2: there is no children 'maybe'"),
        ("X,children,accepted,,,\n", "line 2: a row of kind children needs labels"),
        ("X,attribute,x,A,B,\n", "line 2: there is no attribute 'x'"),
        ("X,attribute,,,,\n", "line 2: a row of kind attribute needs labels"),
        ("X,term,detox,A,,\n", "line 2: a label is missing in one language"),
        ("X,term,detox,,,\nX,term,detox,A,B,\n", "line 3: X has this meaning already"),
    ],
)
def test_a_faulty_row_names_its_line(rows, message):
    lines = parse_table(",".join(COLUMNS) + "\n" + rows, "s.csv", COLUMNS, may_be_empty=COLUMNS)
    with pytest.raises(ValueError, match=message):
        build(lines)
