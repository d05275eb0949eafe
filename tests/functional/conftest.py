"""Who and where the tests of referrals are about."""

import pytest


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
