"""Misspelt words: put right where nothing has them, never where anything does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.search.ask import Ask
from resourcedir.search.understanding.asking import reading
from resourcedir.search.understanding.nearest import Nearest, edits


class Listings:
    """The words of a few listings."""

    def __init__(self, *words):
        self.words = sorted(words)
        self.nearest = Nearest(self.words)

    def offered(self):
        return None

    def has(self, word):
        return word in self.words

    def near(self, word):
        return [(1, found) for _, found in self.nearest.within(word, 1)]

    def names(self, word):
        return word in self.words

    def together(self, first, second):
        return {first, second} <= set(self.words)


LISTINGS = Listings("northgate", "recovery", "kalani", "metadon")


def read(words, said=LISTINGS, **more):
    return reading(Ask(words=words, **more), said, home_state="TN")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("methadoen", "methadone"),
        ("suboxine near Chatanooga", "suboxone near Chattanooga"),
        ("desintoxicasion", "desintoxicación"),
        ("bibienda para hombres", "vivienda para hombres"),
        ("residental treatmant", "residential treatment"),
        ("anger managment", "anger management"),
        ("Northgat", "Northgate"),
        ("conselling", "counseling"),
        ("detox tonigth", "detox tonight"),
        ("(methadoen)", "(methadone)"),
        ("food East Rige", "food East Ridge"),
        ("methad clinic", "methadone clinic"),
        ("halfwayhouse", "halfway house"),
        ("soberliving, spanish", "sober living, spanish"),
        ("detox in signalmountain", "detox in Signal Mountain"),
        ("casa de mediocamino", "casa de medio camino"),
        ("car pool", "carpool"),
        ("over-night shelter", "overnight shelter"),
        ("des intoxicacion", "desintoxicación"),
        ("metha done clinic", "methadone clinic"),
        ("Chatta nooga", "Chattanooga"),
        ("un employment office", "unemployment office"),
    ],
)
def test_a_word_that_nothing_has_is_put_right(typed, meant):
    found = read(typed)

    assert found.repaired_words == meant
    assert found.asked.words == typed


@pytest.mark.parametrize(
    "typed",
    ["Kalani", "metadon", "Ooltewah", "mujeres", "37402", "GED", "xyzzyq", '"methadoen"', "zzz"],
)
def test_words_and_names_that_exist_and_what_is_near_nothing_stay(typed):
    assert read(typed).repairs == ()


@pytest.mark.parametrize(
    "typed",
    [
        "bus car",
        "day care",
        "car, pool",
        '"car pool"',
        "half way house",
        "por que",
        "hospital es gratis",
        "eat on",
    ],
)
def test_two_words_that_mean_something_apart_stay_apart(typed):
    assert read(typed).repairs == ()


def test_words_of_a_name_are_neither_put_together_nor_apart():
    named = Listings("car", "pool", "club", "soberliving", "methad")

    for typed in ("car pool club", "soberliving", "methad"):
        assert read(typed, named).repairs == ()


def test_words_put_together_have_a_way_back_too():
    found = read("car pool")
    again = reading(found.unrepaired, LISTINGS, home_state="TN")

    assert found.unrepaired.as_typed == {"car pool"}
    assert again.repairs == ()
    assert again.rest == '"car" "pool"'


def test_a_beginning_of_several_words_is_none_of_them():
    assert read("resid").repairs == ()


def test_another_form_of_a_word_is_no_slip():
    assert read("boot").repairs == ()


def test_a_repaired_place_and_time_are_understood():
    found = read("detox cerca de Chatanoga esta nohce")

    assert {piece.sets.value for piece in found.pieces} == {"near", "open"}
    assert found.effective.near == "Chattanooga, TN"
    assert found.rest == "detox"


def test_the_way_back_searches_what_was_typed():
    found = read("methadoen clinic")
    again = reading(found.unrepaired, LISTINGS, home_state="TN")

    assert again.repairs == ()
    assert again.rest == '"methadoen" clinic'


@given(st.text(max_size=60))
def test_any_text_can_be_put_right(text):
    words = " ".join(text.split())
    found = read(words)

    assert found.asked.words == words


WORDS = st.text("abcd", max_size=7)


def plainly(a, b):
    """Return the distance by its definition."""
    far = {(i, j): max(i, j) for i in range(len(a) + 1) for j in range(len(b) + 1) if not i * j}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            changed = far[i - 1, j - 1] + (a[i - 1] != b[j - 1])
            far[i, j] = min(far[i - 1, j] + 1, far[i, j - 1] + 1, changed)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                far[i, j] = min(far[i, j], far[i - 2, j - 2] + 1)
    return far[len(a), len(b)]


@given(WORDS, WORDS)
def test_edits_are_counted_truly_up_to_the_most(a, b):
    assert min(edits(a, b, 2), 3) == min(plainly(a, b), 3)


@given(WORDS, st.lists(WORDS, max_size=30, unique=True))
def test_the_nearest_words_are_all_found(word, words):
    found = {each for _, each in Nearest(words).within(word, 2)}

    assert found == {each for each in words if plainly(word, each) <= 2}


class Stems(Listings):
    """Listings that are asked for stems, as an index is."""

    def has(self, word):
        return word in {"nashville", "nashvile"} or super().has(word)


def test_a_town_is_put_right_though_listings_have_its_stem():
    assert read("detox Nashvile", Stems("kalani")).repaired_words == "detox Nashville"
    assert read("detox Nashville", Stems("kalani")).repaired_words == "detox Nashville"


def test_f_is_heard_where_ph_is_written():
    assert read("goverment fone").rest == "government phone"
