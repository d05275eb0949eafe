"""Words about a client, through the whole main job, and where they must not come out."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.clients.models import Client
from resourcedir.db import engine_for
from resourcedir.extensions import db
from resourcedir.referrals.models import Referral
from resourcedir.search.ask import Ask
from resourcedir.search.indexing import current_index
from resourcedir.search.queries import Searcher
from resourcedir.search.results_json import results_object
from tests.factories import Factory, Person
from tests.functional.walls.made import hurried
from tests.functional.walls.sinks import Sinks, in_files, in_log, leaks
from tests.functional.walls.visiting import rows
from tests.inspector import Browser

NAME, YEAR, PHONE, ZIP = "Zebulon Quarrymann", "1937", "423-555-0186", "37341"
NOTES = ("Zwetschge at noon", "Zitrone came late", "Zucchini said so", "Zander moved", "Zimt heard")
BIRTH, COUNTY = "1937-09-29", "Bledsoe County, TN"
VICTIM, PLACE, SPOT = "Zenobia's home", "29 Zephyr Lane", "35.098712"
ZONE = {"label": VICTIM, "address": PLACE, "how": "point", "point": f"{SPOT}, -85.2"}
SEARCHED = "wobblefish"
NEED = "anger-management"
WORDS = ("Zebulon", "Quarrymann", PHONE, "4235550186", *NOTES, SEARCHED)
WORDS += (BIRTH, "TN/Bledsoe", COUNTY, "Zenobia", "Zephyr", SPOT)
NUMBERS = (ZIP, YEAR)
OF_NEED = (NEED, "anger management")
CLIENT = {
    "name": NAME,
    "birth_year": YEAR,
    "case_number": "ZQ-77831",
    "supervision_type": "parole",
    "authority": "Zorbing County Court",
    "phone": PHONE,
    "contact_by": "call",
    "home_zip": ZIP,
    "language_1": "en",
}
RELEASE = {"ground": "client_word", "witness": NOTES[4]}


@dataclass
class MainJob:
    """Who does it, where, and what was listened to meanwhile."""

    app: Flask
    session: Session
    sinks: Sinks
    officer: Person
    supervisor: Person
    provider: Person
    listing: int
    colleague: Person

    def browser(self, person: Person) -> Browser:
        browser = Browser(self.app)
        browser.sign_in(person)
        return browser

    def whole(self) -> None:
        """Do it from the new client to the outcome, with the mistakes that people make."""
        officer = self.browser(self.officer)
        client = self._add(officer)
        self._search(officer, client)
        self._send(officer)
        first = self._referral()
        self._answer(first)
        self._hear_back(officer, first)
        self._record_only(officer, client)
        self._supervise(client)

    def _add(self, officer: Browser) -> UUID:
        officer.get("/clients/new")
        officer.submit({**CLIENT, "birth_year": "37"}, status=422)
        officer.submit({**CLIENT})
        officer.submit({"needs-0-code": NEED, "needs-0-source": "court"})
        for words in (NAME, "nobody of this name Zebulon"):
            officer.get("/clients")
            officer.submit({"words": words})
        officer.get("/clients/new")
        officer.submit({**CLIENT}, status=422)  # the case number is taken
        client = self.session.scalars(select(Client.id)).one()
        officer.get(f"/clients/{client}/edit")
        officer.submit({"name": f"{NAME} Jr", "version": "0"}, status=409)
        officer.get(f"/clients/{client}/edit")
        officer.submit({"name": f"{NAME} Sr"})
        self._know(officer, client)
        return client

    def _know(self, officer: Browser, client: UUID) -> None:
        officer.get(f"/clients/{client}/facts")
        officer.submit({"birth": BIRTH, "farthest": "far"}, status=422)
        officer.submit({"birth": BIRTH, "farthest": "9", "county": COUNTY})
        assert "Sep 29, 1937" in officer.text
        for number in (1, 2):
            officer.get(f"/clients/{client}/zones/new")
            officer.submit({**ZONE, "point": "nowhere"}, status=422)
            officer.submit(ZONE)
            assert f"Keep-away place {number}: {VICTIM}" in officer.text
        officer.follow("Change: Keep-away place 1")
        officer.submit({"version": "0"}, status=409)
        officer.submit({"buffer": "800"})
        officer.follow("Change: Keep-away place 2")
        officer.follow("It binds no more")
        officer.submit({})

    def _search(self, officer: Browser, client: UUID) -> None:
        officer.get(f"/clients/{client}")
        officer.submit({}, form="main form[action='/match']")
        address = officer.path
        for asked in (
            {"q": SEARCHED, "near": ZIP},
            {"near": f"{SEARCHED}, ZZ"},
            {"q": "", "near": ZIP},
        ):
            officer.submit({**asked, "need": NEED}, form=f"form[action='{address}']")
        assert "Riverbend" in officer.text

    def _send(self, officer: Browser) -> None:
        officer.submit({}, form="main form[action='/referrals/start']")
        officer.submit({"mode": "live"})
        officer.submit(
            {"contact_by": "call", "note": NOTES[0], "ground": "signed_release"}, status=422
        )
        officer.submit({"contact_by": "call", "note": NOTES[0], "need": NEED, **RELEASE})
        officer.submit({}, status=422)
        officer.submit({"right": "y"})

    def _referral(self) -> UUID:
        self.session.rollback()
        return self.session.scalars(select(Referral.id).order_by(Referral.created_at)).first()  # type: ignore[return-value]

    def _answer(self, referral: UUID) -> None:
        provider = self.browser(self.provider)
        provider.get("/portal")
        provider.get(f"/portal/referrals/{referral}")
        provider.submit({})
        for action in ("accept", "start"):
            provider.submit({}, form=f"form[action$='/step/{action}']")
        provider.get(f"/portal/referrals/{referral}/step/complete")
        provider.submit({"note": NOTES[1]}, status=422)
        provider.submit({"result": "got_help", "on_date": "2026-03-12", "note": NOTES[1]})

    def _hear_back(self, officer: Browser, referral: UUID) -> None:
        officer.get("/referrals")
        for page in ("/handout", "/handout?lang=es", "/done", ""):
            officer.get(f"/referrals/{referral}{page}")
        officer.get(f"/referrals/{referral}/outcome")
        said = {"result": "partly", "source": "client", "on_date": "2026-03-12", "note": NOTES[2]}
        officer.submit({**said, "on_date": "2027-01-01"}, status=422)
        officer.submit(said)
        assert NOTES[2] in officer.text

    def _record_only(self, officer: Browser, client: UUID) -> None:
        token = "11111111-1111-4111-8111-111111111111"
        officer.get(f"/clients/{client}")
        wanted = {"client_id": client, "listing": self.listing, "need": NEED, "form_token": token}
        officer.post("/referrals/start", wanted)
        officer.submit({"mode": "recorded"})
        officer.submit({"contact_by": "call", "note": NOTES[0]})
        officer.submit({"right": "y"})
        officer.follow("See the referral")
        officer.get(f"{officer.path}/step/withdraw")
        officer.submit({"reason": "moved", "note": NOTES[3]})

    def _supervise(self, client: UUID) -> None:
        supervisor = self.browser(self.supervisor)
        for page in ("/clients", f"/clients/{client}", "/referrals"):
            supervisor.get(page)
        supervisor.get(f"/clients/{client}/reassign")
        supervisor.submit({"officer": str(self.colleague.id)})
        supervisor.post("/sign-out")
        self.browser(self.officer).get(f"/clients/{client}", status=404)


@pytest.fixture
def job(
    app: Flask, make: Factory, session: Session, index: object, caplog: pytest.LogCaptureFixture
) -> Iterator[MainJob]:
    caplog.set_level(logging.DEBUG)
    hurried(app)
    organization = make.organization("Riverbend")
    job = MainJob(
        app=app,
        session=session,
        sinks=Sinks(app),
        officer=make.officer(),
        supervisor=make.supervisor(),
        provider=make.provider(organization.id),
        listing=make.listing(organization, name="Riverbend Groups", terms=(NEED,)),
        colleague=make.officer(),
    )
    index()  # type: ignore[operator]
    job.sinks.listen()
    return job


def test_no_word_about_a_client_comes_out_anywhere_but_on_their_own_pages(
    job: MainJob, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    job.whole()

    nothing_in_traffic(job.sinks)
    words = (*WORDS, *NUMBERS, *OF_NEED)
    assert leaks(words, in_log(caplog.records)) == set(), "log"
    assert leaks(words, capfd.readouterr()) == set(), "the terminal"
    tables = rows(job.app)
    assert tables["audit_event"] and tables["change"]
    for table in ("audit_event", "change", "metadata"):
        assert leaks(words, (repr(row) for row in tables[table])) == set(), table
    nothing_in_files(job)
    nothing_in_answers(job)


def nothing_in_traffic(sinks: Sinks) -> None:
    words = (*WORDS, *NUMBERS, *OF_NEED)
    assert sinks.pages > 40
    assert any("The record is saved." in each for each in sinks.cookies), "messages are read"
    addresses = [each for each in sinks.addresses if "/static/" not in each]
    assert leaks(words, addresses) == set(), "addresses"
    assert leaks(words, sinks.cookies) == set(), "cookies"
    assert leaks(words, sinks.headers) == set(), "headers"
    assert leaks(WORDS, (title for _, title in sinks.titles)) == set(), "titles"
    portal = (title for path, title in sinks.titles if path.startswith("/portal"))
    assert leaks(words, portal) == set(), "titles of the portal"


def nothing_in_files(job: MainJob) -> None:
    """The database, its log and the index: what is known of clients is sealed, also in the file."""
    settings = job.app.config["SETTINGS"]
    assert in_files((*WORDS, *NUMBERS), settings.index_dir) == set()
    kept = sorted(path.name for path in settings.data_dir.iterdir())
    assert {"resourcedir.db", "resourcedir.db-wal"} <= set(kept), kept
    assert in_files((*WORDS, *NUMBERS), settings.data_dir) == set()
    assert in_files(["Riverbend Groups"], settings.data_dir), "what is open is found"


def nothing_in_answers(job: MainJob) -> None:
    with job.app.app_context():
        searcher = Searcher(current_index(), home_state="TN", now=clock.now())
        found = json.dumps(results_object(searcher.results(db.session, Ask())))
    assert "Riverbend" in found
    assert leaks((*WORDS, *NUMBERS), [found]) == set()


def test_an_error_of_the_database_says_nothing_of_what_was_to_be_stored(app: Flask) -> None:
    url = app.config["SETTINGS"].database_url
    with app.app_context():
        engines = [db.engine, engine_for(url)]
    for engine in engines:
        with engine.connect() as connection, pytest.raises(OperationalError) as caught:
            connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": NAME})
        assert "nowhere" in str(caught.value)
        assert leaks((NAME,), [str(caught.value), repr(caught.value)]) == set()
        engine.dispose()


def test_a_client_who_could_not_be_stored_is_in_no_log(
    job: MainJob, caplog: pytest.LogCaptureFixture
) -> None:
    job.app.testing = False
    officer = job.browser(job.officer)
    stuck = "CREATE TRIGGER stuck BEFORE INSERT ON client BEGIN SELECT no_such_function(); END"
    job.session.execute(text(stuck))
    job.session.commit()
    officer.get("/clients/new")
    officer.submit(CLIENT, status=503)
    log = in_log(caplog.records)
    assert any("OperationalError" in record for record in log)
    assert leaks((NAME, "ZQ-77831", "Zorbing", PHONE), log) == set()
