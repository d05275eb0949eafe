"""Ages, distances, times, sums and phone numbers as people read them, in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string
from flask_babel import Babel, force_locale

from resourcedir.web import formats

CHATTANOOGA = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 12, 16, 10, tzinfo=CHATTANOOGA).astimezone(UTC)

SPANISH = {
    "just now": "ahora mismo",
    "today, %(time)s": "hoy, %(time)s",
    "yesterday, %(time)s": "ayer, %(time)s",
    "%(feet)s ft": "%(feet)s pies",
    "%(miles)s mi": "%(miles)s mi",
    "noon": "mediodía",
    "midnight": "medianoche",
    "%(number)s ext. %(extension)s": "%(number)s, extensión %(extension)s",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("words")
    catalog = Catalog(locale="es")
    for english, spanish in SPANISH.items():
        catalog.add(english, spanish)
    (folder / "es/LC_MESSAGES").mkdir(parents=True)
    with (folder / "es/LC_MESSAGES/messages.mo").open("wb") as file:
        write_mo(file, catalog)
    made = Flask(__name__)
    Babel(
        made,
        default_timezone="America/New_York",
        default_translation_directories=str(folder),
    )
    formats.register(made)
    return made


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("en"):
        yield


@pytest.fixture
def spanish(app: Flask) -> Iterator[None]:
    with app.test_request_context(), force_locale("es"):
        yield


def local(month: int, day: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHATTANOOGA).astimezone(UTC)


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (NOW, "just now"),
        (NOW + timedelta(seconds=30), "just now"),
        (NOW - timedelta(seconds=60), "1 minute ago"),
        (NOW - timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (NOW - timedelta(hours=1), "1 hour ago"),
        (NOW - timedelta(hours=2, minutes=50), "2 hours ago"),
        (local(3, 12, 9, 5), "today, 9:05 am"),
        (local(3, 11, 15), "yesterday, 3 pm"),
        (local(3, 10, 23, 59), "2 days ago"),
        (local(2, 28), "12 days ago"),
        (NOW - timedelta(days=89), "89 days ago"),
        (NOW - timedelta(days=90), "3 months ago"),
        (local(1, 10, year=2025), "14 months ago"),
        (local(3, 13, year=2024), "2 years ago"),
        (local(3, 20, 10), "Mar 20, 2026, 10 am"),
    ],
)
@pytest.mark.usefixtures("english")
def test_an_age_is_said_in_the_unit_that_a_reader_would_choose(instant, words):
    assert formats.age(instant, NOW) == words


@pytest.mark.usefixtures("english")
def test_yesterday_begins_at_the_readers_midnight_and_not_at_greenwichs():
    before_midnight = datetime(2026, 3, 12, 3, 30, tzinfo=UTC)  # 11:30 pm on the 11th
    assert formats.age(before_midnight, NOW) == "yesterday, 11:30 pm"


@pytest.mark.usefixtures("english")
def test_a_late_hour_of_yesterday_is_counted_in_hours_just_after_midnight():
    assert formats.age(local(3, 11, 22), local(3, 12, 1)) == "3 hours ago"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (NOW, "ahora mismo"),
        (NOW - timedelta(hours=2), "hace 2 horas"),
        (local(3, 11, 15), "ayer, 3 p.m."),
        (local(3, 12, 9, 5), "hoy, 9:05 a.m."),
        (local(2, 28), "hace 12 días"),
        (local(1, 10, year=2025), "hace 14 meses"),
    ],
)
@pytest.mark.usefixtures("spanish")
def test_an_age_is_said_in_spanish(instant, words):
    assert formats.age(instant, NOW) == words


def test_a_fact_is_stale_only_after_180_days():
    assert not formats.stale(NOW - timedelta(days=180), NOW)
    assert formats.stale(NOW - timedelta(days=180, seconds=1), NOW)


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (0.0, "10 ft"),
        (0.2652, "870 ft"),
        (0.3218, "1,060 ft"),
        (0.3219, "0.2 mi"),
        (3.7, "2.3 mi"),
        (16.0, "9.9 mi"),
        (16.05, "10 mi"),
        (1931.2, "1,200 mi"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_distance_is_in_miles_and_a_short_one_in_feet(km, words):
    assert formats.distance_words(km) == words


@pytest.mark.usefixtures("spanish")
def test_a_distance_in_spanish_keeps_the_decimal_point_of_the_united_states():
    assert formats.distance_words(3.7) == "2.3 mi"
    assert formats.distance_words(0.2652) == "870 pies"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(9), "9 am"),
        (time(12, 30), "12:30 pm"),
        (time(0, 5), "12:05 am"),
        (time(12), "noon"),
        (time(0), "midnight"),
        (time(23, 59), "11:59 pm"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_time_of_day_has_no_needless_zeros_and_no_doubtful_twelve(at, words):
    assert formats.clock_time(at) == words


@pytest.mark.usefixtures("spanish")
def test_times_dates_and_sums_are_said_in_spanish():
    assert formats.clock_time(time(9)) == "9 a.m."
    assert formats.clock_time(time(12)) == "mediodía"
    assert formats.date_words(date(2026, 3, 11)) == "11 mar 2026"
    assert formats.money(Decimal("12.50")) == "$12.50"


@pytest.mark.usefixtures("english")
def test_a_date_has_its_year_and_an_instant_is_dated_where_the_reader_is():
    assert formats.date_words(date(2026, 3, 11)) == "Mar 11, 2026"
    assert formats.date_words(datetime(2026, 3, 12, 2, tzinfo=UTC)) == "Mar 11, 2026"
    assert formats.moment_words(local(3, 11, 14, 15)) == "Mar 11, 2026, 2:15 pm"


@pytest.mark.usefixtures("english")
def test_a_sum_shows_cents_only_where_there_are_any():
    assert formats.money(120) == "$120"
    assert formats.money(Decimal("1200.00")) == "$1,200"
    assert formats.money(Decimal("12.5")) == "$12.50"


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("423-555-0141", "tel:+14235550141"),
        ("(423) 555-0141", "tel:+14235550141"),
        ("1.423.555.0141", "tel:+14235550141"),
        ("+1 423 555 0141", "tel:+14235550141"),
        ("423-555-0141 ext. 12", "tel:+14235550141;ext=12"),
        ("4235550141x7", "tel:+14235550141;ext=7"),
        ("423-555-HELP", "tel:+14235554357"),
        ("988", "tel:988"),
        ("555-0141", ""),
        ("423-555-0141 or 0142", ""),
        ("ask at the desk", ""),
        ("٤٢٣-555-0141", ""),
        ("", ""),
    ],
)
def test_a_number_can_be_dialed_only_if_it_is_surely_one(written, link):
    assert formats.phone_link(written) == link


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("(423) 555-0141", "423-555-0141"),
        ("4235550141 x 12", "423-555-0141 ext. 12"),
        ("423-555-HELP", "423-555-HELP"),
        ("988", "988"),
        ("ask at the desk", "ask at the desk"),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_phone_number_is_always_written_the_same_way(written, words):
    assert formats.phone_words(written) == words


def test_templates_get_every_word_as_a_filter(app):
    with app.test_request_context(), force_locale("es"):
        page = "{{ get_locale() }} {{ then | age(now) }} {{ then is stale(now) }} {{ 9 | money }}"
        words = render_template_string(page, then=local(2, 28), now=NOW)
    assert words == "es hace 12 días False $9"
