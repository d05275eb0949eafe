"""What is written of a fact is read back as it was, whatever it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.clients.fact_values import Value, merged, parse, to_text, told_in
from resourcedir.clients.facts import Answers, Fact, FactSource, Income, Pets, Told, Transport

CODES = st.frozensets(st.text(min_size=1, max_size=8), max_size=5)


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    yes = draw(CODES)
    return Answers(yes, draw(CODES) - yes)


DATES = (Fact.BIRTH, Fact.STARTS_ON, Fact.ENDS_ON, Fact.RELEASE_ON)
VALUES: dict[Fact, st.SearchStrategy[Value]] = {
    **dict.fromkeys(DATES, st.dates()),
    **dict.fromkeys((Fact.VETERAN, Fact.PREGNANT, Fact.WARRANT), st.booleans()),
    **dict.fromkeys((Fact.DEPENDENTS, Fact.SOBRIETY), st.integers(0, 10**6)),
    Fact.FARTHEST: st.floats(0, 10**5),
    **dict.fromkeys((Fact.GENDER, Fact.COUNTY, Fact.STAY_WITHIN), st.text(min_size=1)),
    **dict.fromkeys((Fact.ACCESS, Fact.PAYERS), CODES),
    **dict.fromkeys((Fact.DOCUMENTS, Fact.OFFENSES, Fact.MEDICATIONS), answers()),
    Fact.PETS: st.sampled_from(Pets),
    Fact.INCOME: st.sampled_from(Income),
    Fact.TRANSPORT: st.sampled_from(Transport),
}


@st.composite
def facts(draw: st.DrawFn) -> tuple[Fact, Value]:
    fact = draw(st.sampled_from(Fact))
    return fact, draw(VALUES[fact])


@given(facts())
def test_what_is_written_is_read_back_and_is_of_the_same_kind(told: tuple[Fact, Value]) -> None:
    fact, value = told
    text = to_text(fact, value)
    assert text  # the empty text would be kept as nothing
    assert parse(fact, text) == value
    assert type(parse(fact, text)) is type(value)


def test_every_fact_can_be_written() -> None:
    assert VALUES.keys() == set(Fact)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (Fact.DEPENDENTS, True),
        (Fact.DEPENDENTS, "2"),
        (Fact.WARRANT, 1),
        (Fact.WARRANT, "yes"),
        (Fact.BIRTH, "1989-05-04"),
        (Fact.PETS, "cat"),
        (Fact.PAYERS, "medicaid"),
        (Fact.OFFENSES, frozenset({"arson"})),
        (Fact.FARTHEST, 10),
    ],
)
def test_a_value_of_another_kind_is_refused(fact: Fact, value: Value) -> None:
    with pytest.raises(TypeError):
        to_text(fact, value)


@given(answers(), answers())
def test_the_last_answer_on_each_word_counts(before: Answers, new: Answers) -> None:
    both = merged(before, new)
    for code in before.yes | before.no | new.yes | new.no:
        now = new.of(code)
        assert both.of(code) == (before.of(code) if now is None else now)


COURT, CLIENT = Told(FactSource.COURT, date(2019, 1, 8)), Told(FactSource.CLIENT, date(2026, 3, 12))


@given(answers(), st.data())
def test_who_told_each_answer_is_read_back(said: Answers, data: st.DataObject) -> None:
    told_of = {code: data.draw(st.sampled_from([COURT, CLIENT])) for code in said.yes | said.no}
    text = to_text(Fact.OFFENSES, said, told_of)
    assert parse(Fact.OFFENSES, text) == said
    assert told_in(text, Told(FactSource.OFFICER, date(2020, 1, 1))) == told_of


def test_answers_are_kept_by_code_each_with_its_source_and_its_day() -> None:
    text = to_text(Fact.OFFENSES, Answers(frozenset({"arson"})), {"arson": COURT})
    assert text == '{"arson": ["yes", "court", "2019-01-08"]}'


def test_answers_that_were_kept_without_sources_have_that_of_the_whole_fact() -> None:
    text = '{"yes": ["arson"], "no": ["theft"]}'
    assert parse(Fact.OFFENSES, text) == Answers(frozenset({"arson"}), frozenset({"theft"}))
    assert told_in(text, COURT) == {"arson": COURT, "theft": COURT}


def test_dates_and_codes_are_written_for_people_to_read() -> None:
    assert to_text(Fact.BIRTH, date(1989, 5, 4)) == "1989-05-04"
    assert to_text(Fact.PAYERS, frozenset({"va", "medicaid"})) == '["medicaid", "va"]'
    assert to_text(Fact.VETERAN, value=False) == "no"
