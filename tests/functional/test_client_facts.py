"""What is known of a client, on the form where it is entered and on their record."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from resourcedir.clients import queries
from resourcedir.clients.facts import (
    Answers,
    Fact,
    FactSource,
    Income,
    Pets,
    Sober,
    Told,
    Transport,
)
from resourcedir.clients.models import ClientFact
from resourcedir.db import writing
from resourcedir.taxonomy import vocabulary
from resourcedir.taxonomy.vocabulary import Vocabulary
from tests.factories import Factory, Person
from tests.inspector import Browser

TODAY = date(2026, 3, 12)
TYPED = {
    "birth": "1989-05-04",
    "gender": "men",
    "veteran": "no",
    "dependents": "2",
    "pets": "service-animal",
    "payers": ["medicaid", "va"],
    "income": "low",
    "documents-is-state-id": "no",
    "documents-is-social-security-card": "yes",
    "offenses-is-arson": "yes",
    "offenses-rest": "y",
    "warrant": "no",
    "medications-is-buprenorphine": "yes",
    "sobriety": "1,030",
    "transport": "bus",
    "farthest": "2.5",
    "access": "none",
    "stay_within": "tennessee",
    "county": "Hamilton County, TN",
    "starts_on": "2025-01-02",
    "ends_on": "2027-01-02",
    "release_on": "2025-12-24",
    "source": "court",
    "on": "2026-03-02",
}


@pytest.fixture
def client(make: Factory, officer: Person) -> UUID:
    return make.client(officer)


def known(session: Session, officer: Person, client: UUID):
    session.rollback()
    session.expire_all()
    return queries.known_of(session, officer.identity, client)


def errors(browser: Browser) -> list[str]:
    return [" ".join(each.text.split()) for each in browser.page.select("#error-summary li")]


def test_what_is_typed_is_known_and_stands_on_the_record(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    browser.get(f"/clients/{client}/facts")
    browser.submit(TYPED)

    assert browser.path == f"/clients/{client}"
    found = known(session, officer, client)
    facts, limits = found.facts, found.limits
    all_offenses = frozenset(vocabulary.codes(Vocabulary.OFFENSE))
    assert facts.born.first == facts.born.last == date(1989, 5, 4)
    assert (facts.gender, facts.veteran, facts.pregnant) == ("men", False, None)
    assert (facts.dependents, facts.pets) == (2, Pets.SERVICE_ANIMAL)
    assert (facts.payers, facts.income) == ({"medicaid", "va"}, Income.LOW)
    assert facts.documents == Answers(frozenset({"social-security-card"}), frozenset({"state-id"}))
    assert facts.offenses == Answers(frozenset({"arson"}), all_offenses - {"arson"})
    assert facts.warrant is False
    assert facts.medications == Answers(frozenset({"buprenorphine"}))
    assert facts.sober == Sober(1030, date(2026, 3, 2))
    assert facts.residence.areas == {"US", "TN", "TN/Hamilton"}
    assert (limits.stay_within, limits.transport) == ("TN", Transport.BUS)
    assert limits.farthest_km == pytest.approx(2.5 * 1.609344)
    assert limits.access == frozenset()
    assert set(found.told.values()) == {Told(FactSource.COURT, date(2026, 3, 2))}
    for words in (
        *("Arson; none of the others Court or board record, Mar 2, 2026", "1030 days"),
        *("Social Security card; not: State ID card", "Medicaid, VA benefits", "Tennessee"),
        *("None needed", "2.5 miles in a straight line", "Not known: Pregnant."),
    ):
        assert words in browser.text, words


def test_of_a_new_client_the_record_says_what_is_not_known(browser: Browser, client: UUID) -> None:
    browser.get(f"/clients/{client}")

    assert "Nothing is known yet of what services ask." in browser.text
    assert "Not known: Date of birth, Gender, Veteran, Pregnant," in browser.text
    assert "Not recorded: May not leave, Gets around, Farthest they can go" in browser.text
    assert "None is recorded. An order that names one is not checked" in browser.text


def test_what_is_left_as_it_was_keeps_who_said_it_and_when(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    browser.get(f"/clients/{client}/facts")
    browser.submit(TYPED)
    browser.get(f"/clients/{client}/facts")
    before = known(session, officer, client)

    browser.submit({"gender": "", "warrant": "yes", "source": "client", "on": ""})

    after = known(session, officer, client)
    assert after.facts.gender is None
    assert after.facts.warrant is True
    assert after.told[Fact.WARRANT] == Told(FactSource.CLIENT, TODAY)
    rest = before.told.keys() - {Fact.GENDER, Fact.WARRANT}
    assert {fact: after.told[fact] for fact in rest} == {fact: before.told[fact] for fact in rest}
    assert after.told.keys() == rest | {Fact.WARRANT}


def test_an_empty_form_is_no_mistake(browser: Browser, session: Session, client: UUID) -> None:
    browser.get(f"/clients/{client}/facts")
    browser.submit({})

    assert browser.path == f"/clients/{client}"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("birth", "1950-01-01", "The record says born 1989. Check the date"),
        ("birth", "4 May", "Enter the date as year-month-day: 2026-03-20."),
        ("birth", "2026-03-13", "Nobody is born on this day."),
        ("dependents", "a few", "Enter a number from 0 to 20, or leave it empty."),
        ("dependents", "21", "Enter a number from 0 to 20"),
        ("dependents", "1.5", "Enter a number from 0 to 20"),
        ("sobriety", "-3", "Enter a number from 0 to 36500"),
        ("farthest", "nan", "Enter a number from 0 to 3000"),
        ("county", "Tennessee", "Enter a county with its state: Hamilton County, TN."),
        ("county", "Nowhere", "There is no such county or state."),
        ("stay_within", "United States", "Enter a county or a state, such as Tennessee."),
        ("ends_on", "2024-01-01", "Supervision ends before it starts. Check both dates."),
        ("on", "2026-03-13", "“As of” is a day to come. Enter today or a day before."),
        ("payers", ["none", "medicaid"], "Tick what there is, or the last box, and not both."),
        ("gender", "green", "Not a valid choice"),
        ("offenses-is-arson", "perhaps", "Not a valid choice"),
    ],
)
def test_what_cannot_be_read_is_named_and_everything_typed_is_kept(  # noqa: PLR0917
    browser: Browser,
    session: Session,
    officer: Person,
    client: UUID,
    field: str,
    typed: str | list[str],
    words: str,
) -> None:
    browser.get(f"/clients/{client}/facts")
    browser.submit({**TYPED, field: typed}, status=422)

    (error,) = errors(browser)
    assert error.startswith(words)
    assert browser.page.select_one("#error-summary a")["href"].startswith(f"#{field}")
    assert browser.page.select_one("#release_on")["value"] == "2025-12-24"
    assert browser.page.select_one("#medications-is-buprenorphine-0").has_attr("checked")
    assert browser.page.select_one("#offenses-rest").has_attr("checked")
    if isinstance(typed, str) and field not in {"gender", "offenses-is-arson"}:
        assert browser.page.select_one(f"#{field}")["value"] == typed.replace(",", "")
    assert known(session, officer, client).told == {}


def test_what_somebody_else_changed_meanwhile_is_shown_beside_the_form(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    browser.get(f"/clients/{client}/facts")
    other = Browser(browser.client.application)
    other.sign_in(officer)
    other.get(f"/clients/{client}/facts")
    other.submit({"gender": "women", "source": "assessment"})

    browser.submit({"gender": "men"}, status=409)

    assert "What the record says now" in browser.text
    assert "Woman Assessment, Mar 12, 2026" in browser.text
    assert browser.page.select_one("#gender option[selected]")["value"] == "men"
    assert known(session, officer, client).facts.gender == "women"
    browser.submit({})
    assert known(session, officer, client).facts.gender == "men"


def test_somebody_elses_client_is_not_there(
    browser: Browser, make: Factory, officer: Person
) -> None:
    theirs = make.client(make.officer())
    for address in ("facts", "zones/new"):
        browser.get(f"/clients/{theirs}/{address}", status=404)


def test_the_form_and_the_record_are_read_in_spanish(
    browser: Browser, session: Session, client: UUID
) -> None:
    browser.get(f"/clients/{client}/facts")
    browser.submit(TYPED)
    browser.post("/language", {"language": "es"})
    browser.get(f"/clients/{client}")
    assert "Incendio provocado" in browser.text
    browser.get(f"/clients/{client}/facts")
    assert "Tarjeta del Seguro Social" in browser.text


def test_a_word_that_left_the_vocabulary_is_shown_by_its_code(
    browser: Browser, session: Session, officer: Person, client: UUID
) -> None:
    browser.get(f"/clients/{client}/facts")
    browser.submit({"offenses-is-arson": "yes"})
    session.rollback()
    fact = writing(session).scalars(select(ClientFact)).one()
    fact.value = '{"yes": ["arson", "piracy"], "no": []}'
    session.commit()

    browser.get(f"/clients/{client}")

    assert "Arson, piracy" in browser.text
