import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.engine.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Vivienda", "vivienda"),
        ("CAFÉ Años", "cafe anos"),
        ("Cafe\u0301", "cafe"),
        ("Stra\u00dfe", "strasse"),
        ("\ufb01nd", "find"),
        ("\u0130stanbul", "istanbul"),
        ("", ""),
    ],
)
def test_case_accents_and_typographic_forms_do_not_tell_words_apart(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_upper_and_lower_case_fold_alike(text):
    assert fold(text.upper()) == fold(text.upper().lower())
