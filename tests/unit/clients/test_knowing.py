"""What is recorded of a client becomes what a match reads."""

from datetime import date
from uuid import UUID

import pytest

from resourcedir.clients.card import ClientCard
from resourcedir.clients.facts import Fact, FactSource, Told
from resourcedir.clients.knowing import FactRow, known
from resourcedir.clients.models import ContactBy, SupervisionType

ON = date(2023, 5, 1)


@pytest.fixture
def card():
    return ClientCard(
        id=UUID(int=1),
        version=1,
        officer_id=UUID(int=2),
        officer_name="M. Okafor",
        name="Dale Ownby",
        birth_year="",
        case_number="TN-1",
        supervision_type=SupervisionType.PAROLE,
        authority="",
        phone="",
        contact_by=ContactBy.OFFICER,
        leave_no_message=False,
        do_not_contact=False,
        home_zip="",
        languages=(),
        needs=(),
    )


@pytest.mark.parametrize("fact", [Fact.PREGNANT, Fact.WARRANT])
@pytest.mark.parametrize("said", [True, False])
def test_what_does_not_hold_for_ever_comes_with_its_day(card, fact, said):
    facts = known(card, [FactRow(fact, said, Told(FactSource.CLIENT, ON))], [], "UTC").facts

    assert getattr(facts, fact.value) is said
    assert getattr(facts, f"{fact.value}_on") == ON


def test_what_nobody_said_has_no_day(card):
    facts = known(card, [], [], "UTC").facts

    assert (facts.pregnant_on, facts.warrant_on) == (None, None)
