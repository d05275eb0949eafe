"""Where a shelter is that must not be found: on no page, in no file, in no order of results."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.db import writing
from resourcedir.directory.models import Listing, Organization
from resourcedir.exchange.csv_columns import COLUMNS
from resourcedir.exchange.csv_export import export_csv
from resourcedir.exchange.csv_import import import_csv
from resourcedir.extensions import db
from resourcedir.referrals.lifecycle import Mode, Status
from resourcedir.search.ask import Ask, Order
from resourcedir.search.indexing import bring_up_to_date, current_index, indexer
from resourcedir.search.queries import Searcher
from resourcedir.search.results_json import results_object
from tests.factories import Factory, Person
from tests.functional.walls.made import (
    NEED,
    ClientThing,
    ListingThing,
    ReferralThing,
    Sides,
    Thing,
    hurried,
)
from tests.functional.walls.routes import requests
from tests.functional.walls.sinks import in_files, leaks
from tests.functional.walls.visiting import rows
from tests.inspector import Browser

PLACE = {
    "location_name": "Quarantaine Hall",
    "address_1": "4711 Canaryhidden Way",
    "address_2": "Suite Zanzibar",
    "city": "Jasper",
    "county": "Marion",
    "state": "TN",
    "zip": "37347",
    "latitude": "35.07412",
    "longitude": "-85.62613",
    "transportation": "Bus Zyklop 9",
    "accessibility": "wheelchair",
}
ELSEWHERE = {
    **PLACE,
    "address_1": "1 Other St",
    "city": "Chattanooga",
    "county": "Hamilton",
    "zip": "37402",
    "latitude": "35.04560",
    "longitude": "-85.30970",
}
SECRET = (
    "Quarantaine", "Canaryhidden", "Zanzibar", "Jasper", "37347", "35.07412", "85.62613", "Zyklop",
)  # fmt: skip
AREA = "Hamilton County, TN"
SHELTER = {
    "key": "shelter",
    "kind": "service",
    "organization": "Harbor of Hope",
    "name": "Harbor shelter",
    "description": "A safe house, day and night.",
    "terms": NEED,
    "languages": "en",
    "confidential": "yes",
    "service_area": AREA,
    "phone": "423-555-0117",
    "hours": "Mo-Su 08:00-20:00",
    "openings": "3",
    "openings_unit": "bed",
    "openings_at": "2026-03-12T10:00:00-05:00",
    "status": "active",
    "checked_on": "2026-03-10",
    "source": "Example",
}
NEIGHBOR = {
    **SHELTER,
    "key": "decoy",
    "name": "Hearth shelter",
    "organization": "Hearth",
    **ELSEWHERE,
}
OPEN_HOUSES = [
    {
        **SHELTER, "key": f"open-{zip_}", "name": f"House in {zip_}", "organization": "Open Houses",
        "confidential": "no", "address_1": "2 Main St", "city": city, "county": county,
        "state": "TN", "zip": zip_,
    }
    for zip_, city, county in (
        ("37402", "Chattanooga", "Hamilton"),
        ("37379", "Soddy Daisy", "Hamilton"),
        ("37380", "South Pittsburg", "Marion"),
    )
]  # fmt: skip
ZIPS = ("37402", "37379", "37347")


@dataclass
class Directory:
    app: Flask
    session: Session
    folder: Path
    indexed: bool = True

    def bring(self, *listings: dict[str, str]) -> None:
        """Import a file with these listings, and let search follow."""
        path = self.folder / "listings.csv"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(listings)
        self.session.rollback()
        import_csv(writing(self.session), path, at=clock.now())
        self.session.commit()
        path.unlink()
        with self.app.app_context():
            assert bring_up_to_date()
        if not self.indexed:
            shutil.rmtree(self.app.config["SETTINGS"].index_dir)

    def searched(self, **asked: object) -> dict:
        with self.app.app_context():
            searcher = Searcher(current_index(), home_state="TN", now=clock.now())
            results = searcher.results(db.session, Ask(**asked))  # type: ignore[arg-type]
        assert results.indexed is self.indexed
        return results_object(results)

    def number(self, key: str = "shelter") -> int:
        return self.session.scalars(select(Listing.number).where(Listing.source_key == key)).one()

    def exported(self) -> str:
        file = io.StringIO(newline="")
        export_csv(self.session, file)
        return file.getvalue()


@pytest.fixture
def directory(
    app: Flask,
    session: Session,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Directory:
    indexed = getattr(request, "param", True)
    return Directory(hurried(app), session, tmp_path_factory.mktemp("files"), indexed)


either_way = pytest.mark.parametrize(
    "directory", [True, False], indirect=True, ids=["index", "database"]
)


@pytest.fixture
def staff(make: Factory, session: Session) -> Callable[[], Person]:
    """Give what makes somebody of the shelter's own house."""

    def member() -> Person:
        found = select(Organization.id).where(Organization.name == "Harbor of Hope")
        return make.provider(session.scalars(found).one())

    return member


def test_the_place_is_on_no_page_of_anybody_and_in_no_file(
    directory: Directory, make: Factory, staff: Callable[[], Person]
) -> None:
    directory.bring({**SHELTER, **PLACE}, NEIGHBOR, *OPEN_HOUSES)
    house = staff()
    people = [make.officer(), make.supervisor(), make.administrator(), house]
    things = referred(directory, people[0], house, make)
    read, opened = [], set()
    for person in people:
        browser = Browser(directory.app)
        browser.sign_in(person)
        for each in requests(directory.app, things, ["decline"]):
            if each.method == "GET" and each.endpoint != "static":
                answer = browser.client.get(each.address, buffered=True)
                read.append(answer.text)
                opened |= {each.endpoint} if answer.status_code == 200 else set()
        read += [browser.client.get(f"/search?{query}").text for query in QUERIES]
    assert {"referrals.handout", "referrals.check", "portal.referral", "directory.edit",
            "directory.history", "directory.openings"} <= opened  # fmt: skip
    assert any("Harbor shelter" in page for page in read)
    assert leaks(SECRET, read) == set()
    assert nowhere_else(directory) == set()


QUERIES = ("", "q=shelter", "near=37402", "near=37379&within=100&sort=nearest", f"need={NEED}")


def referred(directory: Directory, officer: Person, house: Person, make: Factory) -> list[Thing]:
    """Return referrals to the shelter in the states that have pages of their own."""
    sides, number = Sides(directory.session, officer, house), directory.number()
    client = make.client(officer)
    things: list[Thing] = [ClientThing(client, "", 1, ""), ListingThing(number, "", 1)]
    for mode, status in (
        (Mode.LIVE, Status.DRAFT),
        (Mode.LIVE, Status.SENT),
        (Mode.LIVE, Status.IN_SERVICE),
        (Mode.RECORDED, Status.SENT),
    ):
        made = sides.bring(sides.ready(client, number, mode), status)
        things.append(
            ReferralThing(made.id, made.reference, client, "", "", status, mode, made.version, "")
        )
    return things


def nowhere_else(directory: Directory) -> set[tuple[str, str]]:
    """Look through files, tables, the exported file and what search answers."""
    settings = directory.app.config["SETTINGS"]
    found = in_files(SECRET, settings.data_dir)
    found |= leaks(SECRET, [directory.exported()])
    found |= leaks(SECRET, [json.dumps(directory.searched(words=w)) for w in ("", "shelter")])
    for name, held in rows(directory.app).items():
        found |= leaks(SECRET, (f"{name} {row}" for row in held))
    return found


def test_only_who_keeps_it_up_is_shown_the_address_and_that_is_written_down(
    directory: Directory, make: Factory, staff: Callable[[], Person]
) -> None:
    directory.bring({**SHELTER, **PLACE}, NEIGHBOR, *OPEN_HOUSES)
    number, house = directory.number(), staff()
    address = f"/listings/{number}/address"
    knowing = {house.id, make.administrator().id}
    strangers = [make.officer(), make.supervisor(), make.provider(make.organization().id)]
    for person in (house, *strangers):
        browser = Browser(directory.app)
        browser.sign_in(person)
        browser.get(f"/listings/{number}")
        assert browser.client.get(address).status_code == 405, "no link shows it"
        browser.post(address, status=200 if person.id in knowing else 404)
        assert (leaks(SECRET, [browser.response.text]) != set()) is (person.id in knowing)  # type: ignore[union-attr]
    directory.session.rollback()
    seen = select(AuditRow.actor_id).where(AuditRow.event == AuditEvent.PRIVATE_PLACE_SEEN)
    assert directory.session.scalars(seen).all() == [house.id]


@either_way
def test_neither_its_zip_code_nor_its_town_nor_its_street_finds_it(directory: Directory) -> None:
    directory.bring({**SHELTER, **PLACE}, *OPEN_HOUSES)
    assert "Harbor shelter" in services(directory.searched(words="harbor"))
    for words in ("37347", "Jasper", "Canaryhidden", "Marion", "Quarantaine Hall", "Zyklop"):
        assert "Harbor shelter" not in services(directory.searched(words=words)), words
    for within in (5.0, 25.0, 100.0):
        near = directory.searched(near="37347", within=within)
        assert "Harbor shelter" not in services(near)
    near = directory.searched(near="37402", within=5.0)
    (row,) = [each for each in near["results"] if each["service"] == "Harbor shelter"]
    assert row["serves"] == AREA
    assert {row[name] for name in WHERE} == {None}


WHERE = ("city", "zip", "distance_miles", "distance_precision", "distance_error_miles")


@either_way
def test_the_order_from_three_places_says_nothing_of_where_it_is(directory: Directory) -> None:
    def everything() -> list[tuple[Order, dict]]:
        return [
            (sort, directory.searched(near=zip_, within=within, sort=sort, words=words))
            for zip_ in ZIPS
            for within in (5.0, 25.0, 100.0)
            for sort in Order
            for words in ("", "shelter")
        ]

    directory.bring({**SHELTER, **PLACE}, NEIGHBOR, *OPEN_HOUSES)
    here, exported = everything(), directory.exported()
    order = [each for each in services(here[0][1]) if each in {"Harbor shelter", "Hearth shelter"}]
    assert len(order) == 2
    for sort, found in here:
        both = [each for each in services(found) if each in set(order)]
        assert both in ([], order)
        known = [each["distance_miles"] is not None for each in found["results"]]
        if sort is Order.NEAREST:
            assert known == sorted(known, reverse=True), "after those with a distance"

    directory.bring({**SHELTER, **ELSEWHERE}, {**NEIGHBOR, **PLACE}, *OPEN_HOUSES)

    assert everything() == here
    assert directory.exported() == exported


def test_a_place_that_becomes_confidential_is_forgotten_everywhere(directory: Directory) -> None:
    directory.bring({**SHELTER, **PLACE, "confidential": "no"}, *OPEN_HOUSES)
    assert "Harbor shelter" in services(directory.searched(words="Jasper"))
    assert in_files(["Canaryhidden"], directory.app.config["SETTINGS"].data_dir)

    directory.bring({**SHELTER, **PLACE}, *OPEN_HOUSES)

    assert "Harbor shelter" not in services(directory.searched(words="Jasper"))
    assert leaks(SECRET, [directory.exported(), json.dumps(directory.searched())]) == set()
    held = rows(directory.app)
    assert leaks(SECRET, (f"{name} {row}" for name in held for row in held[name])) == set()
    directory.session.rollback()
    with directory.app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    data_dir = directory.app.config["SETTINGS"].data_dir
    assert {
        each for each in in_files(SECRET, data_dir) if each[1].startswith("resourcedir")
    } == set()


def test_a_place_that_becomes_confidential_is_in_no_file_of_the_index(directory: Directory) -> None:
    directory.bring({**SHELTER, **PLACE, "confidential": "no"}, *OPEN_HOUSES)
    directory.bring({**SHELTER, **PLACE}, *OPEN_HOUSES)
    assert in_files(SECRET, directory.app.config["SETTINGS"].index_dir) == set()


def test_an_index_made_anew_has_forgotten_it(directory: Directory) -> None:
    directory.bring({**SHELTER, **PLACE, "confidential": "no"}, *OPEN_HOUSES)
    directory.bring({**SHELTER, **PLACE}, *OPEN_HOUSES)
    with directory.app.app_context():
        indexer().rebuild()
    assert in_files(SECRET, directory.app.config["SETTINGS"].index_dir) == set()


@pytest.mark.parametrize("directory", [False], indirect=True)
def test_no_page_of_a_search_without_an_index_holds_it(directory: Directory, make: Factory) -> None:
    directory.bring({**SHELTER, **PLACE}, NEIGHBOR, *OPEN_HOUSES)
    browser = Browser(directory.app)
    browser.sign_in(make.officer())
    read = [browser.get(f"/search?{query}").get_text() for query in QUERIES]

    assert all("Harbor shelter" in page for page in read)
    assert leaks(SECRET, read) == set()


def services(found: dict) -> list[str]:
    return [each["service"] for each in found["results"]]
