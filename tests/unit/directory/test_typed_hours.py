"""Hours as people type them."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.directory.hours import WHOLE_DAY, Interval, span_text
from resourcedir.directory.typed_hours import read_day
from resourcedir.errors import BadInput


def _said(text):
    day = read_day(text)
    return None if day is None else ",".join(map(span_text, day)) or "closed"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9-5", "09:00-17:00"),
        ("9am-5pm", "09:00-17:00"),
        ("9:00 - 17:00", "09:00-17:00"),
        ("08:00-12:00,13:00-17:00", "08:00-12:00,13:00-17:00"),
        ("8-12, 1-5", "08:00-12:00,13:00-17:00"),
        ("8 to noon and 1 to 4:30", "08:00-12:00,13:00-16:30"),
        ("9 a.m. to 5 p.m.", "09:00-17:00"),
        ("9 a. m. a 5 p. m.", "09:00-17:00"),
        ("9 AM \u2013 5 PM", "09:00-17:00"),
        ("8.30-4.30", "08:30-16:30"),
        ("9 a mediodía y 1 a 5 pm", "09:00-12:00,13:00-17:00"),
        ("8 pm hasta medianoche", "20:00-24:00"),
        ("9-5pm", "09:00-17:00"),
        ("1-5pm", "13:00-17:00"),
        ("9am-5", "09:00-17:00"),
        ("9am-12", "09:00-12:00"),
        ("8-11pm", "20:00-23:00"),
        ("9pm-2", "21:00-02:00"),
        ("10-2am", "22:00-02:00"),
        ("22:00-06:00", "22:00-06:00"),
        ("7pm-7am", "19:00-07:00"),
        ("7-7", "07:00-19:00"),
        ("11-10", "11:00-22:00"),
        ("12-4", "12:00-16:00"),
        ("10:00-12:30", "10:00-12:30"),
        ("0:00-24:00", "00:00-24:00"),
        ("24 hours", "00:00-24:00"),
        ("24 horas", "00:00-24:00"),
        ("Closed", "closed"),
        ("cerrado.", "closed"),
        ("CERRADA", "closed"),
        ("9-5,", "09:00-17:00"),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(typed, meant):
    assert _said(typed) == meant


def test_nothing_typed_is_not_known():
    assert read_day(" ") is None
    assert read_day("") is None


@pytest.mark.parametrize(
    "typed", ["9-11", "6-8", "5-9", "7-11", "9-11pm", "9am-11", "12:00-10:00", "12-12"]
)
def test_what_can_be_read_in_two_ways_is_refused_in_words(typed):
    with pytest.raises(BadInput, match="two ways"):
        read_day(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "nine to five", "9", "9-5-6", "25-3", "13pm-5pm", "0am-5am", "9:60-10:00", "24:00-06:00",
        "24:30-1:00", "9--5", "call us", "-", "9-5 or so", "de la mañana", "9-",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_in_words(typed):
    with pytest.raises(BadInput, match="cannot be read"):
        read_day(typed)


def test_times_that_overlap_are_refused():
    with pytest.raises(BadInput, match="overlap"):
        read_day("9am-5pm, 4pm-6pm")


CLOCK = st.times().map(lambda each: each.replace(second=0, microsecond=0))


@given(CLOCK, CLOCK)
def test_what_a_clock_of_24_hours_alone_reads_is_read_so(opens, closes):
    each = Interval(opens, closes)
    if max(opens, closes) >= time(13) or min(opens, closes) < time(10) or opens < closes:
        assert read_day(span_text(each)) == (each,)


@given(CLOCK, CLOCK)
def test_with_am_and_pm_on_both_nothing_is_guessed(opens, closes):
    each = Interval(opens, closes)

    assert read_day(f"{opens:%I:%M %p} - {closes:%I:%M %p}") == (each,)
    assert read_day("24 h") == (WHOLE_DAY,)


@given(st.text("0123456789 apmto,-:yhsc", max_size=20))
def test_no_text_breaks_it(typed):
    with suppress(BadInput):
        read_day(typed)
