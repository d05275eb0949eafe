from hypothesis import given
from hypothesis import strategies as st

from resourcedir.numbers import MOST_DIGITS, whole_number


@given(st.integers(0, 10**MOST_DIGITS - 1))
def test_every_number_that_a_database_holds_is_read(number):
    assert whole_number(str(number)) == number


@given(st.text() | st.integers(10**MOST_DIGITS).map(str) | st.integers(max_value=-1).map(str))
def test_anything_else_is_none_or_plain_digits(text):
    number = whole_number(text)

    assert number is None or (text.isascii() and int(text) == number < 10**MOST_DIGITS)


def test_thousands_of_digits_foreign_digits_and_nothing_are_no_number():
    assert [whole_number(each) for each in ("9" * 5000, "٣", "²", "", None, " 1", "1_0")] == [
        None
    ] * 7
