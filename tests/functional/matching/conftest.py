"""A client near whom there are houses, and what an officer sees of them."""

from datetime import date

import pytest

from resourcedir import clock
from resourcedir.clients import fact_commands
from resourcedir.clients.commands import Deed
from resourcedir.clients.facts import Answers, Fact, FactSource
from resourcedir.taxonomy.vocabulary import Vocabulary, codes

OFFENSES = frozenset(codes(Vocabulary.OFFENSE))
MEDICATIONS = frozenset(codes(Vocabulary.MEDICATION))
NEAR = (35.0457, -85.31)
HOUSE = ("halfway-house",)
OPEN_TO_ALL = (
    ("offense", None, "accepted"),
    ("medication", None, "accepted"),
)


def only(every, *so):
    """Answer a whole list: these are so, no others."""
    return Answers(frozenset(so), every - frozenset(so))


@pytest.fixture
def officer(make, browser):
    person = make.officer()
    browser.sign_in(person)
    return person


@pytest.fixture
def know(session, officer):
    """Record what is known of a client."""

    def record(client, facts, source=FactSource.COURT):
        session.rollback()
        deed = Deed(officer.identity, clock.now())
        for fact, value in facts.items():
            fact_commands.answer(session, deed, client, Fact(fact), value, source=source)
        session.commit()

    return record


@pytest.fixture
def client(make, officer):
    return make.client(officer, needs=["halfway-house", "food-pantry"], home_zip="37404")


@pytest.fixture
def all_known(client, know):
    """Everything that houses ask: a man, 37, arson, on buprenorphine, without papers."""
    facts = {
        "birth": date(1989, 4, 2),
        "gender": "men",
        "offenses": only(OFFENSES, "arson"),
        "medications": only(MEDICATIONS, "buprenorphine"),
        "documents": only(frozenset(codes(Vocabulary.DOCUMENT))),
    }
    know(client, facts)
    return facts


@pytest.fixture
def find(browser, index):
    """Begin a search for a client and show what answers it."""

    def start(client, need="halfway-house"):
        index()
        browser.get(f"/clients/{client}")
        browser.post("/match", {"client_id": str(client), "need": need})
        return browser

    return start


def group(browser, look):
    """Return the names of one group, in order."""
    rows = browser.page.select(f"section[aria-labelledby=g-{look}] li.rd-row")
    return [row.select_one("a[href^='/match/']").text for row in rows]


def row(browser, name):
    """Return the row of a place."""
    for each in browser.page.select("main li.rd-row"):
        if each.select_one("a[href^='/match/']").text == name:
            return each
    raise AssertionError(name)
