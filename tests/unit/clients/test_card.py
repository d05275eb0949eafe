"""What pages read of a client."""

from dataclasses import replace
from uuid import uuid4

from resourcedir.clients import wording
from resourcedir.clients.card import ClientCard, NeedFact
from resourcedir.clients.models import ContactBy, NeedSource, SupervisionType
from resourcedir.identity import Role
from resourcedir.security.permissions import POLICY, Permission

CARD = ClientCard(
    id=uuid4(),
    version=1,
    officer_id=uuid4(),
    officer_name="D. Whitaker",
    name="Marcus Tolliver",
    birth_year="1989",
    case_number="C-1042",
    supervision_type=SupervisionType.PROBATION,
    authority="Hamilton County Criminal Court",
    phone="423-555-0177",
    contact_by=ContactBy.CALL,
    leave_no_message=False,
    do_not_contact=False,
    home_zip="37404",
    languages=("es", "en", "xx"),
    needs=(),
)


def test_the_gravest_warning_comes_first_and_none_stands_without_cause() -> None:
    assert CARD.warnings == ()
    both = replace(CARD, leave_no_message=True, do_not_contact=True)
    assert both.warnings == ("Do not contact", "Leave no message")
    assert replace(CARD, leave_no_message=True).warnings == ("Leave no message",)


def test_who_is_not_to_be_contacted_is_reached_through_the_officer() -> None:
    assert CARD.contact_words == "Call"
    assert replace(CARD, do_not_contact=True).contact_words == "Through the officer only"


def test_languages_are_named_in_the_language_of_the_reader_best_first() -> None:
    assert CARD.language_names("en") == ("Spanish", "English", "xx")
    assert CARD.language_names("es") == ("Español", "Inglés", "xx")


def test_a_need_is_named_also_when_its_term_is_gone() -> None:
    need = NeedFact("anger-management", 1, NeedSource.COURT, None)
    assert (need.name("en"), need.name("es")) == ("Anger management", "Control de la ira")
    assert replace(need, code="gone").name("en") == "gone"
    assert need.source_words == "Court or board"


def test_everything_that_can_be_recorded_has_words() -> None:
    assert set(wording.SUPERVISION) == set(SupervisionType)
    assert set(wording.CONTACT_BY) == set(ContactBy)
    assert set(wording.NEED_SOURCE) == set(NeedSource)


def test_neither_providers_nor_administrators_have_to_do_with_clients() -> None:
    kinds = (Permission.CLIENT_READ, Permission.CLIENT_EDIT, Permission.CLIENT_REASSIGN)
    for permission in kinds:
        assert not POLICY[permission] & {Role.PROVIDER, Role.ADMINISTRATOR}
