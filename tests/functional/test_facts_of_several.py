"""Facts that several people told: each answer is shown with who gave it and of which day it is."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from resourcedir import clock
from resourcedir.clients import fact_commands, queries
from resourcedir.clients.commands import Deed
from resourcedir.clients.fact_values import Value
from resourcedir.clients.facts import Answers, Fact, FactSource, Told
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from tests.factories import Factory, Person
from tests.inspector import Browser

OFFENSES = frozenset(vocabulary.codes(Vocabulary.OFFENSE))
ARSON, THEFT = frozenset({"arson"}), frozenset({"theft"})
LONG_AGO = date(2019, 1, 8)
TODAY = date(2026, 3, 12)
Say = Callable[..., None]


@pytest.fixture
def client(make: Factory, officer: Person) -> UUID:
    return make.client(officer)


@pytest.fixture
def say(session: Session, officer: Person, client: UUID) -> Say:
    """Record what somebody told of the client."""

    def record(fact: Fact, value: Value, source: FactSource, on: date | None = None) -> None:
        session.rollback()
        deed = Deed(officer.identity, clock.now())
        fact_commands.answer(session, deed, client, fact, value, source=source, on=on)
        session.commit()

    return record


def row(browser: Browser, label: str):
    """Return what the record shows of a fact."""
    names = browser.page.select(".rd-kv dt")
    return next(name for name in names if name.text == label).find_next_sibling("dd")


def words(element) -> str:
    return " ".join(element.text.split())


def old(element) -> list[str]:
    return [each.text for each in element.select(".rd-old")]


def test_what_a_court_and_the_client_told_stand_apart(
    browser: Browser, client: UUID, say: Say
) -> None:
    say(Fact.OFFENSES, Answers(ARSON), FactSource.COURT, LONG_AGO)
    say(Fact.OFFENSES, Answers(no=THEFT), FactSource.CLIENT)
    browser.get(f"/clients/{client}")

    assert words(row(browser, "Offenses asked about")) == (
        "Arson (Court or board record, Jan 8, 2019); not: Theft or burglary (Client, Mar 12, 2026)"
    )


def test_of_a_whole_list_the_most_are_the_others(browser: Browser, client: UUID, say: Say) -> None:
    say(Fact.OFFENSES, Answers(no=THEFT), FactSource.COURT, LONG_AGO)
    say(Fact.OFFENSES, Answers(ARSON, OFFENSES - ARSON - THEFT), FactSource.CLIENT)
    browser.get(f"/clients/{client}")

    assert words(row(browser, "Offenses asked about")) == (
        "Arson (Client, Mar 12, 2026); not: Theft or burglary (Court or board record, Jan 8, 2019);"
        " none of the others (Client, Mar 12, 2026)"
    )


def test_what_one_told_of_one_day_stands_once(browser: Browser, client: UUID, say: Say) -> None:
    say(Fact.OFFENSES, Answers(ARSON, THEFT), FactSource.COURT, LONG_AGO)
    browser.get(f"/clients/{client}")

    shown = words(row(browser, "Offenses asked about"))
    assert shown == "Arson; not: Theft or burglary Court or board record, Jan 8, 2019"


def test_what_changes_is_marked_as_old_and_what_lasts_is_not(
    browser: Browser, client: UUID, say: Say
) -> None:
    say(Fact.BIRTH, date(1989, 5, 4), FactSource.DOCUMENT, LONG_AGO)
    say(Fact.GENDER, "men", FactSource.CLIENT, LONG_AGO)
    say(Fact.VETERAN, False, FactSource.CLIENT, LONG_AGO)
    say(Fact.STARTS_ON, LONG_AGO, FactSource.COURT, LONG_AGO)
    say(Fact.ENDS_ON, TODAY, FactSource.COURT, LONG_AGO)
    say(Fact.WARRANT, False, FactSource.COURT, LONG_AGO)
    say(Fact.OFFENSES, Answers(ARSON), FactSource.COURT, LONG_AGO)
    say(Fact.OFFENSES, Answers(no=THEFT), FactSource.CLIENT, date(2020, 1, 8))
    browser.get(f"/clients/{client}")

    for lasting in ("Date of birth", "Gender", "Veteran", "Supervision starts", "Supervision ends"):
        assert old(row(browser, lasting)) == [], lasting
    assert old(row(browser, "Open warrant")) == ["Court or board record, Jan 8, 2019"]
    assert old(row(browser, "Offenses asked about")) == ["(Client, Jan 8, 2020)"]


def test_none_of_the_others_is_a_tick_again_and_saved_as_it_was(
    browser: Browser, session: Session, officer: Person, client: UUID, say: Say
) -> None:
    say(Fact.OFFENSES, Answers(ARSON, OFFENSES - ARSON), FactSource.COURT, LONG_AGO)
    browser.get(f"/clients/{client}/facts")
    assert browser.page.select_one("#offenses-rest").has_attr("checked")
    assert browser.page.select_one("input[name=offenses-is-theft][value='']").has_attr("checked")

    browser.submit({"offenses-is-theft": "yes", "source": "client"})

    session.rollback()
    found = queries.known_of(session, officer.identity, client)
    assert found.facts.offenses == Answers(ARSON | THEFT, OFFENSES - ARSON - THEFT)
    theirs = {code for (_, code), told in found.told_of.items() if told.on == TODAY}
    assert theirs == THEFT
    assert found.told_of[Fact.OFFENSES, "arson"] == Told(FactSource.COURT, LONG_AGO)


def test_a_list_in_part_answered_is_no_tick(browser: Browser, client: UUID, say: Say) -> None:
    say(Fact.OFFENSES, Answers(ARSON, THEFT), FactSource.COURT, LONG_AGO)
    browser.get(f"/clients/{client}/facts")

    assert not browser.page.select_one("#offenses-rest").has_attr("checked")
    assert browser.page.select_one("input[name=offenses-is-theft][value=no]").has_attr("checked")


def test_the_pages_say_where_coordinates_are_from_and_what_is_changed(
    browser: Browser, client: UUID
) -> None:
    browser.get(f"/clients/{client}/zones/new")
    assert "press long or right-click the place" in browser.text
    browser.get(f"/clients/{client}")
    browser.follow("Change contact facts")
    assert browser.path == f"/clients/{client}/edit"
