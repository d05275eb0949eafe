"""With an address service configured, an import places addresses by it, over real HTTP."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.db import engine_for
from resourcedir.directory.models import Location
from resourcedir.exchange.cli import import_
from resourcedir.exchange.looking_up import GIVES_UP_AFTER
from resourcedir.extensions import db
from resourcedir.places.finding import find_place
from resourcedir.places.models import GeocodedAddress
from resourcedir.places.provider_addresses import AddressGeocoder
from tests.conftest import made_app, settings_for
from tests.integration.places.nominatim import ANSWER, nominatim
from tests.unit.exchange.csv_files import JOB_LEAD, SERVICE, SHELTER, csv_file, service
from tests.unit.exchange.workbooks import facility, workbook

BARE = {"latitude": "", "longitude": ""}
THERE = (35.0412, -85.2951)


@pytest.fixture
def outside():
    with nominatim() as state:
        yield state


class Deployment:
    """One deployment with an address service, and what its command line says."""

    def __init__(self, folder, **settings):
        self.folder = folder
        self.app = made_app(settings_for(folder, **settings))

    def after_import(self):
        """Index nothing: what can be found is not asked here."""

    def bring(self, *rows, flags=(), code=0):
        path = self.folder / "listings.csv"
        path.write_bytes(csv_file(*rows))
        return self.run("csv", path, *flags, code=code)

    def run(self, *words, code=0):
        with self.app.app_context():
            done = CliRunner().invoke(import_, [str(word) for word in words], obj=self)
            db.engine.dispose()
        assert done.exit_code == code, done.output
        return done.output

    def points(self):
        engine = engine_for(self.app.config["SETTINGS"].database_url)
        with Session(engine) as session:
            rows = session.execute(
                select(Location.latitude, Location.longitude, Location.position_error_m)
            ).all()
            kept = session.scalars(select(GeocodedAddress.query)).all()
        engine.dispose()
        return [tuple(row) for row in rows], sorted(kept)


@pytest.fixture
def deployment(tmp_path, outside, monkeypatch, at_noon):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    options = {
        "user_agent": "resourcedir-test",
        "domain": outside.domain,
        "scheme": "http",
        "min_delay_seconds": "0.1",
        "time_limit_seconds": "5",
    }
    return Deployment(tmp_path, geocoder="nominatim", geocoder_options=options)


def test_an_address_without_a_point_gets_that_of_the_service_and_is_asked_for_once(
    deployment, outside
):
    row = service(**BARE)
    deployment.bring(row)
    points, kept = deployment.points()

    assert points == [(*THERE, 50)]
    assert kept == ["12 East 11th Street, Chattanooga, TN 37402"]
    assert "1 unchanged" in deployment.bring(row)
    assert [query for _, query in outside.asked] == kept


def test_no_confidential_address_and_none_with_a_point_leaves_the_machine(deployment, outside):
    deployment.bring(SERVICE, SHELTER, SHELTER | {"key": "second", "address_1": "78 Canary Lane"})

    assert outside.asked == []
    assert deployment.points()[1] == []


def test_what_the_service_does_not_know_is_placed_by_zip_code_and_listed(deployment, outside):
    outside.body = b"[]"
    out = deployment.bring(service(**BARE), JOB_LEAD, SHELTER)
    points, _ = deployment.points()
    places = [find_place(code, home_state=None) for code in ("37402", "37347")]

    assert sorted(points) == sorted(
        (each.point.latitude, each.point.longitude, each.error_m) for each in places
    )
    assert "2 rows are placed by ZIP code alone:" in out
    assert "line 2, address_1: The address service does not know this address." in out
    assert "11th Street" not in out


def test_an_answer_far_away_is_not_believed(deployment, outside):
    outside.body = json.dumps([ANSWER[0] | {"lat": "47.6", "lon": "-122.3"}]).encode()

    assert "far outside its ZIP code" in deployment.bring(service(**BARE))
    assert deployment.points()[0][0][2] >= 500


def test_a_service_that_is_down_is_given_up_and_the_import_is_whole(deployment, outside):
    outside.status = 500
    rows = [service(key=f"k{n}", address_1=f"{n} Main Street", **BARE) for n in range(9)]
    out = deployment.bring(*rows)

    assert "9 rows: 9 added" in out
    assert "9 rows are placed by ZIP code alone:" in out
    assert len(outside.asked) == GIVES_UP_AFTER


def test_questions_keep_their_distance_in_time(deployment, outside):
    deployment.bring(*[service(key=f"k{n}", address_1=f"{n} Main St", **BARE) for n in range(4)])
    starts = [when for when, _ in outside.asked]

    assert len(starts) == 4
    # A busy machine may take the first one late: then the others are nearer to it, not the last.
    assert starts[-1] - starts[0] >= 0.15


def test_a_dry_run_says_the_same_and_writes_no_listing(deployment, outside):
    dry = deployment.bring(service(**BARE), JOB_LEAD, flags=["--dry-run"])
    points, kept = deployment.points()

    assert (points, len(kept)) == ([], 2)
    done = deployment.bring(service(**BARE), JOB_LEAD)
    assert dry.splitlines()[:-1] == done.splitlines()
    assert len(outside.asked) == 2


def test_others_can_write_while_an_answer_is_awaited(deployment, outside, monkeypatch):
    engine = engine_for(deployment.app.config["SETTINGS"].database_url)
    wrote = []

    def asked(this, address):
        with engine.connect() as other:
            other.exec_driver_sql("ROLLBACK")
            other.exec_driver_sql("PRAGMA busy_timeout = 0")
            other.exec_driver_sql("BEGIN IMMEDIATE")
            other.exec_driver_sql(
                "INSERT INTO change (listing_number, at) VALUES (1, '2026-03-12')"
            )
            other.exec_driver_sql("COMMIT")
        wrote.append(address.query)
        return usual(this, address)

    usual = AddressGeocoder.ask
    monkeypatch.setattr(AddressGeocoder, "ask", asked)
    deployment.bring(service(**BARE), JOB_LEAD)
    engine.dispose()

    assert len(wrote) == len(outside.asked) == 2


def test_facilities_of_samhsa_are_placed_by_zip_code(deployment, outside):
    path = deployment.folder / "facilities.xlsx"
    path.write_bytes(workbook([facility()]))
    deployment.run("samhsa", path)

    assert outside.asked == []
    assert deployment.points()[0][0][2] >= 500


def test_by_default_nobody_is_asked(tmp_path, outside, at_noon):
    out = Deployment(tmp_path).bring(service(**BARE))

    assert outside.asked == []
    assert "placed by ZIP" not in out


def test_a_geocoder_that_there_is_not_is_refused_before_anything_is_read(tmp_path, at_noon):
    deployment = Deployment(tmp_path, geocoder="nominatin")
    with deployment.app.app_context():
        done = CliRunner().invoke(import_, ["csv", __file__], obj=deployment)
        db.engine.dispose()

    assert "no geocoder called nominatin" in str(done.exception)
