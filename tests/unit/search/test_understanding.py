"""What is typed: pieces that set something, and the rest, in two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.search.ask import Ask
from resourcedir.search.hearing import odds_told
from resourcedir.search.preferring import people_of
from resourcedir.search.understanding.asking import reading
from resourcedir.search.understanding.grammar import grammar
from resourcedir.search.understanding.pieces import Sets
from resourcedir.search.understanding.reading import read

PHRASES = st.sampled_from([" ".join(phrase) for phrase in grammar().phrases])
PLACES = st.sampled_from(
    ["near East Ridge", "37402", "Cleveland, OK", "cerca de Ooltewah", "within 5 miles of", "10mi"]
)
PLAIN = st.sampled_from(["detox", "sober living", "methadone", "Northgate", "vivienda", "ged", "2"])
SAID = st.lists(PHRASES | PLACES | PLAIN | st.text(max_size=8), max_size=7).map(" ".join)
TEXTS = (SAID | st.text(max_size=120)).map(lambda text: " ".join(text.split()))


def understood(text, **more):
    found = read(text, home_state="TN", **more)
    return {(piece.sets.value, *piece.values) for piece in found.telling}, found.rest


def asked(**fields):
    return reading(Ask(**fields), None, home_state="TN")


@pytest.mark.parametrize(
    ("typed", "sets", "rest"),
    [
        ("detox tonight 37402", {("open", "tonight"), ("near", "Chattanooga, TN 37402")}, "detox"),
        ("halfway house takes arson", {("offense", "arson")}, "halfway house"),
        (
            "suboxone medicaid near East Ridge",
            {("payer", "medicaid"), ("near", "East Ridge, TN")},
            "suboxone",
        ),
        ("shelter woman 2 kids", {("population", "women-with-children")}, "shelter"),
        ("felon friendly warehouse", {("population", "justice-involved")}, "warehouse"),
        (
            "vivienda para hombres con antecedentes",
            {("population", "men"), ("population", "justice-involved")},
            "vivienda",
        ),
        ("donde puedo dormir esta noche", {("open", "tonight")}, "dormir"),
        ("GED in Spanish this weekend", {("language", "es"), ("open", "weekend")}, "GED"),
        (
            "food within 10 miles of Cleveland, OK",
            {("within", "10"), ("near", "Cleveland, OK")},
            "food",
        ),
        ("comida a menos de 5 millas", {("within", "5")}, "comida"),
        ("sober living 10mi", {("within", "10")}, "sober living"),
        ("despensa a pie", {("within", "1")}, "despensa"),
        ("asam 3.5 Ooltewah", {("need", "residential-treatment"), ("near", "Ooltewah, TN")}, ""),
        ("jobs in Hamilton County, TN", {("near", "Hamilton County, TN")}, "jobs"),
        ("dentista gratis", set(), "dentista gratis"),
        ("born in Ohio birth certificate", set(), "born in Ohio birth certificate"),
        ("warrant in Georgia lawyer", set(), "warrant in Georgia lawyer"),
        (
            "suboxone on masshealth Worcester",
            {("payer", "medicaid"), ("near", "Worcester, MA")},
            "suboxone on",
        ),
        ("ropa GRATIS", set(), "ropa GRATIS"),
        ("anger management free", {("cost", "free")}, "anger management"),
        ("Medicaid DETOX", {("payer", "medicaid")}, "DETOX"),
        ("detox que hablen ESPAÑOL", {("language", "es")}, "detox"),
    ],
)
def test_what_officers_type_is_understood_in_both_languages(typed, sets, rest):
    assert understood(typed) == (sets, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "free phone",
        "somebody give me a free phone",
        "felon friendly housing",
        "domestic violence shelter",
        "Hope house",
        "trabajo en casa",
        "near Greenville",  # in many states, and not in this one
        "Greenville",
        "detox in me",
        '"spanish house" "tonight"',
    ],
)
def test_what_names_a_term_or_is_no_sure_place_stays_words(typed):
    assert understood(typed)[0] == set()


def test_words_in_quotation_marks_are_words():
    assert understood('"women free" 37402') == (
        {("near", "Chattanooga, TN 37402")},
        '"women free"',
    )


def test_of_two_places_the_first_counts():
    sets, rest = understood("detox near Ooltewah near Cleveland")

    assert sets == {("near", "Ooltewah, TN")}
    assert "Cleveland" in rest


def test_the_near_field_wins_over_a_place_in_the_words():
    read_ = asked(words="detox Ooltewah", near="37402")

    assert (read_.effective.near, read_.rest) == ("37402", "detox Ooltewah")
    assert read_.pieces == ()


def test_a_distance_that_is_chosen_wins_over_one_in_the_words():
    read_ = asked(words="detox within 5 miles", near="37402", within=50.0)

    assert (read_.effective.within, read_.rest, read_.pieces) == (50.0, "detox", ())


@given(TEXTS)
def test_pieces_and_the_rest_are_exactly_what_was_typed(text):
    found = read(text, home_state="TN")

    assert "".join(part for part, _ in found.parts()) == text
    words = [part for part, piece in found.parts() if piece is None]
    assert found.rest == " ".join(" ".join(words).split())
    assert all(text[each.start : each.end] == each.words for each in found.pieces)


def filters(ask):
    hours = {name for name in ("open_now", "tonight", "weekend") if getattr(ask, name)}
    chosen = {(name, value) for name, values in ask.filters.items() for value in values}
    return chosen | hours | ({("near", ask.near, ask.within)} if ask.near else set())


@given(TEXTS, st.data())
def test_taking_a_chip_away_adds_no_filter_and_no_word(text, data):
    before = reading(Ask(words=text[:500]), None, home_state="TN")
    if not before.pieces:
        return
    piece = data.draw(st.sampled_from(before.pieces))
    after = reading(before.without(piece), None, home_state="TN")

    assert piece.key not in {each.key for each in after.pieces}
    if piece.sets is not Sets.WITHIN:
        assert filters(after.effective) <= filters(before.effective)
    assert after.rest == before.rest
    assert {each.key for each in after.pieces} == {each.key for each in before.pieces} - {piece.key}


TELLING = st.sampled_from(
    ["lights got cut off", "wife kicked him out", "needs rides to dialysis", "shower",
     "no me alcanza la renta",
     "dropped out of school wants diploma", "near 37402"]
)  # fmt: skip


@given(st.lists(TELLING | PLAIN, min_size=1, max_size=4).map(" ".join), st.data())
def test_a_need_that_words_tell_together_can_be_taken_back_and_its_words_stay(text, data):
    before = reading(Ask(words=text), None, home_state="TN")
    if not (needs := before.told_needs):
        return
    told = data.draw(st.sampled_from(needs))
    after = reading(before.plainly(told), None, home_state="TN")

    assert told.keyword not in {each.keyword for each in after.told_needs}
    assert len(after.told_needs) < len(needs)
    assert after.rest.replace('"', "") == before.rest
    assert after.pieces == before.pieces


@pytest.mark.parametrize(
    "typed",
    ["kicked out teenager", "ex offender kicked out", "pregnant and needs help with bills",
     "veteran woman sleeping in her car"],
)  # fmt: skip
def test_a_settled_search_hears_the_same(typed):
    once = reading(Ask(words=typed), None, home_state="TN")
    again = reading(once.settled, None, home_state="TN")

    assert again.heard == once.heard
    assert odds_told(again.rest, again.heard) == odds_told(once.rest, once.heard)
    assert sorted(people_of(again)) == sorted(people_of(once)) != []


HEARD = st.sampled_from(
    [
        "came home from iraq",
        "not a dime",
        "her boyfriend beats her",
        "sin un peso",
        "six months along",
    ]
)


@given(st.lists(HEARD | TELLING | PLAIN, min_size=1, max_size=4).map(" ".join), st.data())
def test_a_circumstance_can_be_taken_back_and_nothing_else_changes(text, data):
    before = reading(Ask(words=text), None, home_state="TN")
    if not before.whom:
        return
    one = data.draw(st.sampled_from(before.whom))
    after = reading(before.whoever(one), None, home_state="TN")

    assert set(after.whom) == set(before.whom) - {one}
    assert (after.pieces, after.rest, after.told_needs) == (
        before.pieces,
        before.rest,
        before.told_needs,
    )
    assert filters(after.effective) == filters(before.effective)


@given(TEXTS)
def test_a_settled_search_asks_the_same_and_has_nothing_left_to_understand(text):
    first = reading(Ask(words=text[:500]), None, home_state="TN")
    again = reading(first.settled, None, home_state="TN")

    assert again.pieces == ()
    assert again.effective.filters == first.effective.filters
    assert (again.effective.near, again.effective.within) == (
        first.effective.near,
        first.effective.within,
    )
    assert again.rest == first.rest
    assert set(again.whom) == set(first.whom)


@given(st.text(max_size=3000))
def test_any_text_of_any_length_and_script_is_read(text):
    reading(Ask(words=text), None, home_state="")


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("my fifteen year old smokes", {"youth"}),
        ("mi hijo de 16 fuma", {"youth"}),
        ("he is sixty and needs dentures", {"seniors"}),
        ("he is sixty days clean", set()),
        ("she is sixteen weeks along", set()),
        ("im eighteen months clean", set()),
        ("my rent is ninety dollars", set()),
        ("she is twenty nine", set()),
        ("joven de doce pasos", {"young-adults"}),
    ],
)
def test_a_number_is_an_age_only_if_it_counts_nothing_else(typed, people):
    found, _ = understood(typed)

    assert {value for sets, *values in found if sets == "population" for value in values} == people


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("substance use treatment Atlanta", "Atlanta, GA"),
        ("drunk driving again, Omaha", "Omaha, NE"),
        ("bed for Austin", ""),
        ("my son Dallas", ""),
        ("Houston detox", ""),
    ],
)
def test_a_great_city_is_meant_at_the_end_and_a_person_is_not(typed, place):
    assert asked(words=typed).settled.near == place
