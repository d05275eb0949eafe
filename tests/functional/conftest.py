"""Who and where the tests of pages are about."""

from datetime import time

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditRow
from resourcedir.directory import queries

FACTS = {
    "name": "Denise Rowan",
    "birth_year": "1991",
    "case_number": "c-2044",
    "supervision_type": "parole",
    "authority": "Tennessee Board of Parole",
    "phone": "(423) 555-0188",
    "contact_by": "text",
    "home_zip": "37411",
    "language_1": "es",
    "language_2": "en",
}
"""What is typed of a new client."""


@pytest.fixture
def house(make):
    organization = make.organization("Riverbend Recovery")
    number = make.listing(organization, name="Riverbend House", terms=("halfway-house",))
    return organization, number


@pytest.fixture
def officer(make, browser):
    person = make.officer()
    browser.sign_in(person)
    return person


@pytest.fixture
def riverbend(make):
    """Give an organization, its listing and somebody who works there."""
    organization = make.organization("Riverbend Recovery")
    number = make.listing(
        organization,
        name="Riverbend House, men",
        description="A house for men.",
        terms=["sober-living"],
        hours=[("MO,TU,WE,TH,FR", time(9), time(19)), ("SU", None, None)],
        languages=["en"],
        available=3,
    )
    return number, make.provider(organization.id, name="R. Stone")


def facts_now(session, number):
    """Return what is known now: an open transaction would show what was known before."""
    session.rollback()
    session.expire_all()
    return queries.facts_for(session, number)


@pytest.fixture
def supervisor(make, browser):
    person = make.supervisor()
    browser.sign_in(person)
    return person


def audited(session, event):
    """Return who did it and to what, in the order of the audit."""
    session.rollback()
    rows = session.scalars(select(AuditRow).where(AuditRow.event == event).order_by("number"))
    return [(row.actor_id, row.subject_id) for row in rows]


def names(browser):
    """Return the names in the first column of the table of the page."""
    return [link.text for link in browser.page.select("table th a")]
