"""Finding a house for a man whom few take, through the pages alone: which would, which not, why."""

import re

import pytest
from flask import Flask

from resourcedir import clock
from resourcedir.db import writing
from resourcedir.exchange.csv_import import import_csv
from resourcedir.extensions import db
from resourcedir.search.indexing import bring_up_to_date
from tests.browser import houses as made
from tests.browser.conftest import aside
from tests.browser.listings import LONG

NAME = "Dwayne Ferris"
LABEL, ADDRESS = "Home of Wrenfield", "77 Quarrymoss Lane"
OFF_LIMITS = ("Wrenfield", "Quarrymoss", "35.0456", "85.3097")


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def js(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def houses(app: Flask, tmp_path) -> None:
    """Bring a dozen houses into the directory, before anybody asks for one."""

    def bring() -> None:
        with app.app_context():
            with db.sessionmaker() as session:
                writing(session)
                import_csv(session, made.write(tmp_path / "houses.csv"), at=clock.now())
                session.commit()
            bring_up_to_date()

    aside(bring)


def test_an_officer_finds_which_houses_would_take_a_man_and_why(houses, person, world, js):
    officer = person(js=js).sign_in(world.officer)
    _record(officer)
    record = officer.path
    officer.press("Find for this client")
    assert re.fullmatch(r"/match/[0-9a-f-]{36}", officer.path)
    assert NAME in officer.page.locator(".rd-client").inner_text()
    assert officer.title == "Find for this client"

    assert _group(officer, "yes") == [made.TAKES]
    assert set(_group(officer, "call")) == {
        *(made.ASKS_FIRST, made.WANTS_PAPERS, made.LATE, made.AT_THE_EDGE)
    }
    assert set(_group(officer, "unknown")) == {*made.SOBER, made.SAYS_NOTHING, LONG}
    assert set(_group(officer, "no")) == {made.NO_MEDICATION, made.NO_ARSON, made.TOO_NEAR}
    _says_why(officer)
    _names_no_place_to_keep_away_from(officer)
    _looks_at_narrow(officer, closely=js)

    _answers_the_question(officer, record)
    officer.press(f"Refer to {made.SOBER[0]}")
    assert officer.title == "How shall this referral go?"
    assert NAME in officer.page.locator(".rd-client").inner_text()


def test_offenses_are_asked_for_and_a_no_can_be_referred_to_all_the_same(houses, person, world, js):
    """A rule may be out of date, and the officer may know better: nothing is hidden."""
    officer = person(js=js, width=360).sign_in(world.officer)
    _record(officer, offenses=False)
    officer.press("Find for this client")
    asking = officer.page.locator("form[action$='/answer']")
    assert "Which of these offenses are on the record?" in asking.inner_text()
    assert "What is left unticked is recorded as not so." in asking.inner_text()
    officer.tick("Arson").press("Save and match again")
    assert made.TAKES in _group(officer, "yes")

    officer.follow(made.NO_ARSON)
    verdict = officer.page.locator(".rd-verdict").inner_text()
    assert "No" in verdict and "arson is refused" in verdict.lower()
    officer.follow("Back to the results")
    assert officer.page.get_by_role("button", name=f"Refer to {made.SAYS_NOTHING}").count() == 1
    officer.press(f"Refer to {made.NO_ARSON}")

    assert officer.title == "How shall this referral go?"


def _record(officer, *, offenses: bool = True) -> None:
    """Add a client and say of him what is known, his curfew, his need and where he must not be."""
    officer.open("/clients/new").fill("Full name", NAME).fill("Year of birth", "1989")
    officer.fill("Case number", "C-77").tick("Probation").fill("Court or board", "Hamilton County")
    officer.page.locator("#home_zip").fill("37402")
    officer.page.locator("#language_1").select_option("en")
    officer.page.locator("#curfew-usual").fill("8 pm - 6 am")
    officer.press("Add client")
    officer.page.locator("#needs-0-code").select_option("halfway-house")
    officer.press("Save needs")
    _say_what_is_known(officer.follow("Change what is known", within="main"), offenses=offenses)
    officer.follow("Add a place", within="main")
    officer.page.locator("#label").fill(LABEL)
    officer.page.locator("#address").fill(ADDRESS)
    officer.page.locator("#buffer").fill("1,000")
    officer.page.locator("#point").fill("{}, {}".format(*made.POINT))
    officer.page.locator("#error").fill("15")
    officer.press("Save this place")
    assert LABEL in officer.text, "on his own record, for his officer"


def _say_what_is_known(officer, *, offenses: bool) -> None:
    page = officer.page
    page.locator("#birth").fill("1989-04-02")
    page.locator("#gender").select_option("men")
    page.locator("#dependents").fill("0")
    page.locator("#pets").select_option("none")
    of_offenses = (("offenses", "arson"),) if offenses else ()
    for group, so in (*of_offenses, ("medications", "buprenorphine"), ("documents", "")):
        part = page.locator(f"fieldset:has(#{group}-rest)")
        if so:
            page.locator(f"label[for={group}-is-{so}-0]").click()
        part.locator(f"label[for={group}-rest]").click()
    page.locator("#source").select_option("court")
    officer.press("Save what is known")


def _says_why(officer) -> None:
    assert "Takes arson and buprenorphine" in _row(officer, made.TAKES)
    assert "is arson all right?" in _row(officer, made.ASKS_FIRST)
    assert "may the state ID card follow?" in _row(officer, made.WANTS_PAPERS)
    assert "is there a time outside of curfew and work?" in _row(officer, made.LATE)
    assert "Confirm the distance first." in _row(officer, made.AT_THE_EDGE)
    assert "days sober; they ask 30" in _row(officer, made.SOBER[0])
    assert "their rule on arson" in _row(officer, made.SAYS_NOTHING)
    assert "no buprenorphine there" in _row(officer, made.NO_MEDICATION).lower()
    assert "arson is refused" in _row(officer, made.NO_ARSON).lower()
    assert re.search(r"measured 500 ft, give or take \d+.*confirm", _row(officer, made.TOO_NEAR))

    row = officer.page.locator("li.rd-row", has_text=made.TAKES)
    row.locator("summary").click()
    reasons = " ".join(row.locator("table").inner_text().split())
    assert re.search(r"Keep-away place 1: 1,000 ft measured 4,000 ft, give or take \d+", reasons)
    assert "yes; confirm" in reasons
    assert "Men, 18 or older" in reasons and "man, 36" in reasons
    assert "court or board record" in reasons.lower()


def _names_no_place_to_keep_away_from(officer) -> None:
    match = officer.path
    pages = [officer.page.content()]
    for name in (made.TAKES, made.TOO_NEAR):
        pages.append(officer.follow(name, within="main").page.content())
        officer.open(match)
    assert [word for page in pages for word in OFF_LIMITS if word in page] == []


def _looks_at_narrow(officer, *, closely: bool) -> None:
    """See that it fits a phone with every reason shown. Axe needs JavaScript."""
    officer.at(360).look()
    for summary in officer.page.locator("main summary").all():
        summary.click()
    look = officer.look_closely if closely else officer.look
    look()
    officer.at(1280).look()


def _answers_the_question(officer, record: str) -> None:
    match = officer.path
    asking = officer.page.locator("form[action$='/answer']")
    assert "One answer may settle 3 of 5 not known" in asking.inner_text()
    officer.press("Save and match again")  # with nothing typed
    assert "There is a problem" in officer.text
    assert "Enter a whole number" in asking.inner_text()
    officer.fill("Days since the client last used anything not prescribed", "45")
    officer.press("Save and match again")
    assert officer.path == match
    assert set(_group(officer, "yes")) == {made.TAKES, *made.SOBER}
    assert set(_group(officer, "unknown")) == {made.SAYS_NOTHING, LONG}
    assert "No single answer settles any of what is not known" in officer.text
    officer.open(record)
    assert "45" in officer.text
    officer.open(match)


def _group(officer, look: str) -> list[str]:
    rows = officer.page.locator(f"section[aria-labelledby=g-{look}] li.rd-row")
    return [row.locator("a[href^='/match/']").inner_text() for row in rows.all()]


def _row(officer, name: str) -> str:
    return " ".join(officer.page.locator("li.rd-row", has_text=name).inner_text().split())
