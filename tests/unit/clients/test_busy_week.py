"""Curfews and work shifts as people type them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.clients.busy_week import Busy, read, taken_apart, text_of
from resourcedir.directory.hours import DAYS, WHOLE_DAY, Interval, WeeklyHours, parse
from resourcedir.errors import BadInput

NIGHT, SHIFT = Interval(time(20), time(6)), Interval(time(7), time(15, 30))


@pytest.mark.parametrize(
    "text",
    ["8pm-6am", "8 PM to 6 AM", "20:00-06:00", "20-6", "8 p. m. a 6 a. m.", "8 - 6 am", "8pm - 6"],
)
def test_a_curfew_is_read_as_people_write_it(text):
    assert read(text, Busy.CURFEW) == (NIGHT,)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("7-3:30", (SHIFT,)),
        ("7 am - 3:30 pm", (SHIFT,)),
        ("10 pm to 6 am", (Interval(time(22), time(6)),)),
        ("9-noon, 1-5", (Interval(time(9), time(12)), Interval(time(13), time(17)))),
        ("1 pm - 5 pm y 9 am - 12 pm", (Interval(time(9), time(12)), Interval(time(13), time(17)))),
        ("24 hours", (WHOLE_DAY,)),
        (" ", None),
        ("", None),
        ("None", ()),
        ("closed", ()),
        ("ninguno", ()),
    ],
)
def test_a_shift_is_read_as_people_write_it(text, spans):
    assert read(text, Busy.WORK) == spans


@pytest.mark.parametrize("text", ["8-6", "8:15 - 6:15", "9 to 5", "8-6, 9pm-10pm", "10-12"])
def test_a_curfew_that_may_mean_the_day_or_the_night_is_refused(text):
    with pytest.raises(BadInput, match="with am or pm, like 8 pm - 6 am"):
        read(text, Busy.CURFEW)


@pytest.mark.parametrize("kind", Busy)
@pytest.mark.parametrize("text", ["Zanzibar", "8pm", "25:00-26:00", "8pm-6am-9am", "8 pm or so"])
def test_an_error_names_the_mend_and_nothing_that_was_typed(kind, text):
    with pytest.raises(BadInput) as refused:
        read(text, kind)
    assert "Write when the client" in str(refused.value)
    assert text not in str(refused.value)


@pytest.mark.parametrize("text", ["8pm-10pm, 9pm-6am", "8pm-6am, 9pm-10pm"])
def test_times_that_overlap_are_refused(text):
    with pytest.raises(BadInput, match="overlap"):
        read(text, Busy.CURFEW)


def test_the_usual_days_of_a_curfew_are_all_and_of_work_those_to_friday():
    assert text_of((NIGHT,), {}, Busy.CURFEW) == "Mo-Su 20:00-06:00"
    assert text_of((SHIFT,), {}, Busy.WORK) == "Mo-Fr 07:00-15:30"
    assert text_of(None, {}, Busy.WORK) == ""
    assert text_of((WHOLE_DAY,), {}, Busy.CURFEW) == "24/7"


def test_a_single_day_replaces_the_usual_times_or_frees_the_day():
    own = {"Sa": (Interval(time(8), time(12)),), "We": (), "Mo": None}
    assert text_of((SHIFT,), own, Busy.WORK) == (
        "Mo-Tu 07:00-15:30; Th-Fr 07:00-15:30; Sa 08:00-12:00"
    )


def test_what_is_recorded_is_shown_in_as_few_fields_as_it_takes():
    assert taken_apart(parse("Mo-Su 20:00-06:00"), Busy.CURFEW) == ((NIGHT,), {})
    assert taken_apart(parse("Mo-Fr 07:00-15:30; Su 07:00-15:30"), Busy.WORK) == (
        (SHIFT,),
        {"Su": (SHIFT,)},
    )
    assert taken_apart(parse("Mo 20:00-06:00"), Busy.CURFEW) == (None, {"Mo": (NIGHT,)})
    late = Interval(time(23), time(6))
    week = parse("Mo-Th 20:00-06:00; Fr 23:00-06:00; Sa 20:00-06:00")
    assert taken_apart(week, Busy.CURFEW) == ((NIGHT,), {"Fr": (late,), "Su": ()})


def test_what_holds_on_few_days_is_not_shown_as_usual():
    week = parse("Mo-We 20:00-06:00; Th-Fr 07:00-15:30")
    own = dict.fromkeys(("Mo", "Tu", "We"), (NIGHT,)) | dict.fromkeys(("Th", "Fr"), (SHIFT,))
    assert taken_apart(week, Busy.CURFEW) == (None, own)
    assert taken_apart(week, Busy.WORK) == ((NIGHT,), {"Th": (SHIFT,), "Fr": (SHIFT,)})


times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
days = st.sampled_from([None, (NIGHT,), (SHIFT,), (WHOLE_DAY,)]) | st.builds(
    lambda a, b: (Interval(a, b),), times, times
)


@given(st.tuples(*[days] * 7) | days.map(lambda day: (day,) * 7), st.sampled_from(Busy))
def test_taken_apart_and_joined_a_week_is_as_it_was(week, kind):
    usual, own = taken_apart(WeeklyHours(week, "UTC"), kind)
    text = text_of(usual, own, kind)
    assert (parse(text).days if text else (None,) * len(DAYS)) == week
