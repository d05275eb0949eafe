"""The file that puts an appointment into a calendar (iCalendar, RFC 5545). Pure.

Calendars are synced, shared and read over shoulders. So the file names nobody: no client, need,
service, organization or place, and no mail address of an organizer. What stands in it are the
reference, the time, and words that its caller has translated: a neutral title, and the phone
number of the officer.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from resourcedir.referrals.appointments import Appointment

MAKER: Final = "-//resourcedir//appointments//EN"
REMINDS_BEFORE: Final = timedelta(days=1)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})  # controls, marks of direction, lone surrogates


@dataclass(frozen=True, slots=True)
class Words:
    """What a person reads, in the language of the client.

    ``title`` is neutral, such as "Appointment"; the reference comes after it. ``time`` says date,
    time and zone in words, ``phone`` whom to call: "Questions: 423-555-0141".
    """

    title: str
    time: str
    phone: str


def calendar_file(
    appointment: Appointment,
    *,
    uid: str,
    reference: str,
    made_at: datetime,
    sequence: int,
    words: Words,
) -> bytes:
    """Return a file that adds an appointment to a calendar, or moves it there.

    ``uid`` is the same each time one referral's appointment is moved and ``sequence`` one more: by
    these a calendar knows that the old time is void. ``made_at`` is aware.
    """
    event = _event(appointment, uid, made_at, sequence)
    title = _title(words, reference)
    event.add("summary", title)
    event.add("description", "\n".join((_line(words.time), _line(words.phone))))
    event.add("status", "CONFIRMED")
    event.add_component(_reminder(title))
    return _file("PUBLISH", event)


def cancelled_file(
    appointment: Appointment,
    *,
    uid: str,
    reference: str,
    made_at: datetime,
    sequence: int,
    words: Words,
) -> bytes:
    """Return a file that takes the appointment out of a calendar which has it under ``uid``."""
    event = _event(appointment, uid, made_at, sequence)
    event.add("summary", _title(words, reference))
    event.add("status", "CANCELLED")
    return _file("CANCEL", event)


def _event(appointment: Appointment, uid: str, made_at: datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", _line(uid))
    event.add("sequence", sequence)
    event.add("dtstamp", made_at)
    event.add("dtstart", appointment.starts_at)
    event.add("dtend", appointment.ends_at)
    event.add("class", "PRIVATE")  # who may see a shared calendar sees that the time is taken
    return event


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMINDS_BEFORE)
    return alarm


def _file(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _title(words: Words, reference: str) -> str:
    return f"{_line(words.title)} {_line(reference)}"


def _line(text: str) -> str:
    """Return ``text`` as one line of characters that may stand in a file."""
    plain = " ".join(text.split())
    return "".join(each for each in plain if unicodedata.category(each) not in _UNSEEN)
