"""The calendar file of an appointment, read back as calendars read it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from resourcedir.referrals.appointments import Appointment
from resourcedir.referrals.calendar_file import Words, calendar_file, cancelled_file

EASTERN = "America/New_York"
OWN = Appointment(datetime(2026, 3, 9, 18, tzinfo=UTC), 45, EASTERN)
WORDS = Words(
    "Appointment", "Monday, March 9, 2026, 2:00 pm, Eastern Time", "Questions: 423-555-0141"
)
CITA = Words("Cita", "lunes, 9 de marzo de 2026, 2:00 p. m., hora del este", "Dudas: 423-555-0141")
GIVEN = {
    "uid": "6b2f@resourcedir",
    "reference": "R-7KQ2ZD",
    "made_at": datetime(2026, 3, 3, 12, 30, tzinfo=ZoneInfo(EASTERN)),
    "sequence": 0,
    "words": WORDS,
}
KNOWN = {
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DTSTAMP",
    "UID",
    "SEQUENCE",
    "CLASS",
    "DESCRIPTION",
    "STATUS",
}
MAKERS = (calendar_file, cancelled_file)


def event_of(content):
    (event,) = Calendar.from_ical(content).events
    return event


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("maker", MAKERS)
def test_the_file_says_the_instants_of_the_appointment_in_utc(maker):
    content = maker(OWN, **GIVEN)
    lines = unfolded(content)
    for line in (
        "DTSTART:20260309T180000Z",
        "DTEND:20260309T184500Z",
        "DTSTAMP:20260303T173000Z",
        "SUMMARY:Appointment R-7KQ2ZD",
    ):
        assert line in lines
    event = event_of(content)
    assert (event.start, event.end) == (OWN.starts_at, OWN.ends_at)


@pytest.mark.parametrize("maker", MAKERS)
def test_its_lines_end_and_fold_as_the_standard_says(maker):
    long = Words("Cita", "ñandú " * 60, "Llame: " + "\N{EM DASH}" * 90)
    content = maker(OWN, **{**GIVEN, "words": long, "reference": "R-" + "ñ" * 90})
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    assert {"BEGIN:VCALENDAR", "VERSION:2.0"} <= set(unfolded(content))


def test_a_reminder_comes_the_day_before():
    (alarm,) = event_of(calendar_file(OWN, **GIVEN)).walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["DESCRIPTION"] == "Appointment R-7KQ2ZD"
    assert alarm["TRIGGER"].dt == timedelta(days=-1)


def test_a_moved_appointment_replaces_the_one_before():
    first = event_of(calendar_file(OWN, **GIVEN))
    later = Appointment(OWN.starts_at + timedelta(days=2), 45, EASTERN)
    moved = event_of(calendar_file(later, **{**GIVEN, "sequence": 1}))
    assert first["UID"] == moved["UID"] == "6b2f@resourcedir"
    assert (first["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert moved.start == later.starts_at


def test_a_cancelled_appointment_leaves_the_calendar_and_reminds_nobody():
    kept = Calendar.from_ical(calendar_file(OWN, **GIVEN))
    gone = Calendar.from_ical(cancelled_file(OWN, **{**GIVEN, "sequence": 1}))
    assert (kept["METHOD"], kept.events[0]["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert (gone["METHOD"], gone.events[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert gone.events[0]["UID"] == kept.events[0]["UID"]
    assert gone.walk("VALARM") == []


def test_it_holds_the_time_in_words_and_a_phone_and_nothing_about_anybody():
    event = event_of(calendar_file(OWN, **{**GIVEN, "words": CITA}))
    assert event["SUMMARY"] == "Cita R-7KQ2ZD"
    assert event["DESCRIPTION"] == f"{CITA.time}\n{CITA.phone}"
    assert event["CLASS"] == "PRIVATE"


@pytest.mark.parametrize("maker", MAKERS)
def test_nothing_stands_in_it_that_could_name_a_client_or_a_place(maker):
    event = event_of(maker(OWN, **GIVEN))
    assert set(event) <= KNOWN  # no LOCATION, ORGANIZER, ATTENDEE, CONTACT, URL, GEO, COMMENT
    assert all(set(alarm) == {"ACTION", "DESCRIPTION", "TRIGGER"} for alarm in event.walk("VALARM"))
    assert b"America" not in maker(OWN, **GIVEN)
    said = maker(OWN, **{**GIVEN, "words": Words("", "", ""), "reference": "", "uid": ""})
    for word in (b"Marcus", b"Tolliver", b"Riverbend", b"Recovery", b"detox", b"probation"):
        assert word not in said


HOSTILE = (
    "x\r\nATTENDEE:mailto:spy@example.org",
    "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:other",
    "x\rLOCATION:here",
    "x\u2028URL:http://example.org",
    "x\x85URL:http://example.org",
    'x;ALTREP="http://example.org":y',
    "x\\nATTACH:http://example.org",
    "x\x00\x07\ud800\u202ey",
)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("place", ["uid", "reference", "title", "time", "phone"])
@pytest.mark.parametrize("maker", MAKERS)
def test_hostile_text_adds_no_line_of_its_own(maker, place, hostile):
    words = {"title": "Appointment", "time": "noon", "phone": "423-555-0141"}
    given = dict(GIVEN)
    if place in words:
        words[place] = hostile
    else:
        given[place] = hostile
    given["words"] = Words(**words)
    content = maker(OWN, **given)

    calm = [line.partition(":")[0] for line in unfolded(maker(OWN, **GIVEN))]
    assert [line.partition(":")[0] for line in unfolded(content)] == calm
    assert set(event_of(content)) <= KNOWN


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85", " \t "])
def test_words_of_several_lines_become_one_line(end):
    given = {**GIVEN, "words": Words(f"Your{end}appointment", "noon", "423-555-0141")}
    assert event_of(calendar_file(OWN, **given))["SUMMARY"] == "Your appointment R-7KQ2ZD"


@given(st.text(), st.text(), st.text(), st.integers(0, 10**6))
def test_any_text_makes_a_file_that_is_read_back(title, time, phone, sequence):
    content = calendar_file(
        OWN, **{**GIVEN, "words": Words(title, time, phone), "sequence": sequence}
    )
    event = event_of(content)
    assert (event.start, event["SEQUENCE"]) == (OWN.starts_at, sequence)
    assert event["SUMMARY"].endswith("R-7KQ2ZD")
    assert len(event["DESCRIPTION"].split("\n")) == 2
