"""Places to keep away from: how they are entered, changed and ended, and where they are named."""

import logging
from collections.abc import Iterator
from threading import Thread
from time import monotonic
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from resourcedir.clients import queries
from resourcedir.clients.facts import FactSource
from resourcedir.clients.knowing import ZoneRow
from resourcedir.db import writing
from resourcedir.errors import BadInput
from resourcedir.extensions import db
from resourcedir.places.point import Point
from tests.conftest import made_app, settings_for
from tests.factories import Factory, Person
from tests.inspector import Browser
from tests.integration.places.nominatim import Outside, nominatim

SCHOOL = {
    "label": "Zyxwella's school",
    "address": "4711 Quillon Street",
    "how": "point",
    "point": "35.0456, -85.3097",
}


@pytest.fixture
def client(make: Factory, officer: Person) -> UUID:
    return make.client(officer, needs=("halfway-house",))


def zones(session: Session, officer: Person, client: UUID) -> list[ZoneRow]:
    session.rollback()
    session.expire_all()
    return queries.zone_rows(session, officer.identity, client)


def add(browser: Browser, client: UUID, *, status: int = 200, **typed: str) -> None:
    browser.get(f"/clients/{client}/zones/new")
    browser.submit({**SCHOOL, **typed}, status=status)


def errors(browser: Browser) -> list[str]:
    return [" ".join(each.text.split()) for each in browser.page.select("#error-summary li")]


def test_coordinates_make_a_zone_of_a_thousand_feet_unless_something_else_is_typed(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    add(browser, client)
    add(browser, client, buffer="2,500", error="120", error_unit="feet", source="client", label="")

    first, second = zones(session, officer, client)
    assert (first.number, first.label) == (1, "Zyxwella's school")
    assert (first.point, first.error_m) == (Point(35.0456, -85.3097), 50.0)
    assert first.buffer_m == pytest.approx(304.8)
    assert first.told.source is FactSource.COURT
    assert (second.number, second.label) == (2, "")
    assert second.error_m == pytest.approx(36.576)
    assert second.buffer_m == pytest.approx(762)
    assert browser.path == f"/clients/{client}"
    for words in (
        *("Keep-away place 1: Zyxwella's school", "Stay 1,000 ft away.", "give or take 164 ft"),
        *("4711 Quillon Street", "Court or board record, Mar 12, 2026", "Stay 2,500 ft away."),
    ):
        assert words in browser.text, words


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"point": ""}, "point", "Enter latitude and longitude in degrees"),
        ({"point": "Elm Street"}, "point", "Enter latitude and longitude in degrees"),
        ({"point": "35.0456, 85.3097"}, "point", "This is not in the United States."),
        ({"point": "-85.3097, 35.0456"}, "point", "This is not in the United States."),
        ({"error": "some"}, "error", "Enter a number, such as 1,000."),
        ({"error": "-5"}, "error", "Enter a number, such as 1,000."),
        ({"buffer": "0"}, "buffer", "Enter how many feet, such as 1,000."),
        ({"buffer": "far"}, "buffer", "Enter a number, such as 1,000."),
        ({"buffer": "9" * 30}, "buffer", "Enter a number, such as 1,000."),
        ({"how": "listing", "listing": ""}, "listing", "Enter the number or the name"),
        ({"how": "listing", "listing": "999"}, "listing", "No listing has this number or name."),
        ({"how": "words", "label": "", "address": ""}, "address", "Say in words what or where"),
        ({"how": "look_up"}, "how-0", "Not a valid choice"),
        ({"on": "2026-03-13"}, "on", "This day is still to come."),
    ],
)
def test_what_cannot_be_is_named_and_everything_typed_is_kept(  # noqa: PLR0917
    browser: Browser,
    session: Session,
    officer: Person,
    client: UUID,
    typed: dict[str, str],
    field: str,
    words: str,
) -> None:
    sent = {"label": "Zyxwella's school", **typed}
    add(browser, client, status=422, **sent)

    (error,) = errors(browser)
    assert error.startswith(words)
    assert browser.page.select_one("#error-summary a")["href"] == f"#{field}"
    assert browser.page.select_one("#label").get("value", "") == sent["label"]
    assert zones(session, officer, client) == []


def test_a_listing_gives_its_point_and_its_error(
    browser: Browser, session: Session, officer: Person, client: UUID, make: Factory
) -> None:
    organization = make.organization("Hillside")
    number = make.listing(organization, name="Hillside School", point=(35.1, -85.2), error_m=2100)
    other = make.listing(organization, name="Hillside Clinic", point=(35.2, -85.1), error_m=50)

    add(browser, client, how="listing", listing=str(number), address="")
    add(browser, client, how="listing", listing="hillside clinic", address="")

    school, clinic = zones(session, officer, client)
    assert (school.point, school.error_m) == (Point(35.1, -85.2), 2100.0)  # known by its ZIP code
    assert (clinic.point, clinic.error_m) == (Point(35.2, -85.1), 50.0)
    assert "Hillside Clinic" in clinic.address
    add(browser, client, status=422, how="listing", listing="Hillside")
    (error,) = errors(browser)
    assert f"{number} (Hillside School)" in error
    assert f"{other} (Hillside Clinic)" in error


def test_a_confidential_place_is_refused_like_one_that_nobody_knows(
    browser: Browser, session: Session, officer: Person, client: UUID, make: Factory
) -> None:
    hidden = make.listing(name="Safe Harbor", confidential="9 Hidden Lane")
    nowhere = make.listing(name="By phone", point=None)

    told = []
    for number in (hidden, nowhere):
        add(browser, client, status=422, how="listing", listing=str(number))
        told.append(errors(browser))

    assert told[0] == told[1]
    assert told[0][0].startswith("Where this listing is on the map is not known here.")
    assert "Hidden Lane" not in browser.response.text
    assert zones(session, officer, client) == []


def test_an_address_in_words_is_kept_without_a_point(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    add(browser, client, how="words", point="35.0, -85.0")

    (zone,) = zones(session, officer, client)
    assert (zone.point, zone.error_m, zone.address) == (None, 0.0, "4711 Quillon Street")
    assert "Not on the map: whether a place is far enough away" in browser.text


def test_a_zone_is_changed_where_its_form_shows_what_is_recorded(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    add(browser, client, buffer="500", on="2026-01-05")
    (before,) = zones(session, officer, client)
    browser.follow("Change: Keep-away place 1")

    browser.submit({})
    assert zones(session, officer, client) == [before]

    browser.get(f"/clients/{client}/zones/{before.id}")
    browser.submit({"how": "words", "label": "Moved away"})
    (after,) = zones(session, officer, client)
    assert (after.id, after.number, after.label) == (before.id, 1, "Moved away")
    assert after.point is None


def test_a_zone_ends_on_a_page_of_its_own(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    add(browser, client)
    (zone,) = zones(session, officer, client)
    browser.get(f"/clients/{client}/zones/{zone.id}")
    browser.follow("It binds no more")
    assert browser.title == "End this keep-away place?"
    assert zones(session, officer, client) == [zone]

    browser.submit({})

    assert zones(session, officer, client) == []
    assert "Zyxwella" not in browser.text
    browser.get(f"/clients/{client}/zones/{zone.id}", status=404)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    add(browser, client)
    (zone,) = zones(session, officer, client)
    browser.get(f"/clients/{client}/zones/{zone.id}")
    other = Browser(browser.client.application)
    other.sign_in(officer)
    other.get(f"/clients/{client}/zones/{zone.id}")
    other.submit({"buffer": "700"})

    browser.submit({"buffer": "900"}, status=409)

    assert "What the record says now" in browser.text
    assert "700 ft" in browser.text
    assert browser.page.select_one("#buffer")["value"] == "900"
    browser.submit({})
    assert zones(session, officer, client)[0].buffer_m == pytest.approx(274.32)


def test_a_zone_of_another_client_is_not_there(
    browser: Browser, session: Session, officer: Person, client: UUID, make: Factory
) -> None:
    own, other = make.client(officer), make.officer()
    add(browser, own)
    (zone,) = zones(session, officer, own)
    theirs = make.client(other)
    for whose, which in ((client, zone.id), (theirs, zone.id), (client, uuid4())):
        for page in ("", "/end"):
            browser.get(f"/clients/{whose}/zones/{which}{page}", status=404)


def test_the_words_of_a_zone_stand_on_its_own_pages_and_nowhere_else(
    browser: Browser,
    session: Session,
    officer: Person,
    client: UUID,
    caplog: pytest.LogCaptureFixture,
    index: object,
) -> None:
    caplog.set_level(logging.DEBUG)
    add(browser, client)
    add(browser, client, status=422, buffer="0")
    browser.get(f"/clients/{client}")
    index()  # type: ignore[operator]
    browser.submit({}, form="form[action='/match']")
    texts = [browser.response.text, browser.path, caplog.text]
    for page in ("/today", "/clients", f"/clients/{client}/edit", f"/clients/{client}/facts"):
        browser.get(page)
        texts.append(browser.response.text)
    for text in texts:
        assert "Zyxwella" not in text
        assert "Quillon" not in text


@pytest.fixture
def map_server() -> Iterator[Outside]:
    with nominatim() as state:
        yield state


@pytest.fixture
def app(tmp_path, at_noon, request) -> Iterator[Flask]:
    """Give an app, with a geocoder of its own where the test asks for its server."""
    more: dict[str, object] = {}
    if "map_server" in request.fixturenames:
        domain = request.getfixturevalue("map_server").domain
        more["zone_geocoder"] = "nominatim"
        more["zone_geocoder_options"] = {
            "domain": domain,
            "scheme": "http",
            "time_limit_seconds": "1",
        }
    app = made_app(settings_for(tmp_path, **more))
    yield app
    with app.app_context():
        db.engine.dispose()


def test_an_address_is_looked_up_in_the_map_of_ones_own(
    map_server: Outside, browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    add(browser, client, how="look_up", point="")

    (zone,) = zones(session, officer, client)
    assert (zone.point, zone.error_m) == (Point(35.0412, -85.2951), 50.0)
    assert zone.address == "4711 Quillon Street"
    assert [text for _, text in map_server.asked] == ["4711 Quillon Street"]


def test_what_the_map_does_not_know_is_said_and_can_be_kept_in_words(
    map_server: Outside, browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    map_server.body = b"[]"
    add(browser, client, status=422, how="look_up", point="")
    assert errors(browser) == ["The address service does not know this address."]
    assert browser.page.select_one("#address")["value"] == "4711 Quillon Street"

    browser.submit({"how": "words"})

    assert zones(session, officer, client)[0].point is None


def test_nobody_waits_for_the_map(
    map_server: Outside, browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    map_server.hangs = True
    browser.get(f"/clients/{client}/zones/new")
    sending = Thread(
        target=browser.submit, args=({**SCHOOL, "how": "look_up"},), kwargs={"status": 422}
    )
    sending.start()
    while not map_server.asked:
        sending.join(0.01)
    began = monotonic()
    session.rollback()
    writing(session)
    session.commit()
    waited, still_asking = monotonic() - began, sending.is_alive()
    sending.join()
    assert still_asking
    assert waited < 0.5
    assert errors(browser) == ["The address service did not answer in time."]


def test_an_app_whose_map_would_be_outside_does_not_start(tmp_path) -> None:
    settings = settings_for(
        tmp_path, zone_geocoder="nominatim", zone_geocoder_options={"domain": "example.org"}
    )
    with pytest.raises(BadInput, match="must not leave your network"):
        made_app(settings)
