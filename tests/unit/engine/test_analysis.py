import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.analysis import RegexTokenizer

from resourcedir.engine.analysis import LONGEST_TOKEN, raw_words, tokens
from resourcedir.engine.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("counselling", "counsel"),
        ("Women's shelters", "womens shelter"),
        ("women\u2019s", "women"),
        ("educación", "EDUCACION"),
        ("felon-friendly warehouse", "felon friendly warehouses"),
        ("trabajo de noche", "trabajo noche"),
        ("help with the rent", "help rent"),
    ],
)
def test_words_that_people_take_for_the_same_are_cut_alike(one, other):
    assert tokens(one) == tokens(other) != []


def test_single_letters_and_digits_are_kept_because_they_tell_things_apart():
    assert tokens("hepatitis C") != tokens("hepatitis B")
    assert tokens("section 8")[-1] == "8"


def test_no_character_is_syntax():
    assert tokens('*det?x* AND "bed" -name:x^9 _') == [*tokens("det x bed name x"), "9"]


def test_stop_words_alone_say_nothing():
    assert tokens("and the for of") == []


@given(st.text())
def test_any_text_is_cut_into_short_words_without_marks(text):
    assert all(0 < len(token) <= LONGEST_TOKEN and token.isalnum() for token in tokens(text))


@given(
    st.text(st.sampled_from("aZ'\u2019\u0301\u0345\u1100\u1161 \u00a0\u01c4İßﬁ½。é_-8\u302e日本"))
    | st.text()
)
def test_raw_words_are_what_whoosh_cuts_from_the_text_folded_as_a_whole(text):
    joined = re.sub(r"(?<=\w)['\u2019](?=\w)", "", fold(text))
    assert raw_words(text) == [token.text for token in RegexTokenizer(r"[^\W_]+")(joined)]
