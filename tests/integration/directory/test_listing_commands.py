"""Changes of listings: what they write, keep, and refuse."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.directory import commands, editing, private, queries
from resourcedir.directory.commands import Hand, Seen
from resourcedir.directory.editing import edit_of
from resourcedir.directory.facts import CostFact, OpeningsFact, PhoneFact
from resourcedir.directory.kinds import CostKind, PhoneType, RuleKind, Stance, Unit, WrongFact
from resourcedir.directory.models import EligibilityRule, Listing, ListingReport, Metadata
from resourcedir.errors import BadInput, NotFound, StaleRecord
from resourcedir.outbox.models import Change
from tests.conftest import NOON

LATER = NOON + timedelta(minutes=5)
CANARY = "77 Canary Wharf Lane"


@pytest.fixture
def house(session, make):
    """Give a listing with its provider's hand."""
    organization = make.organization("Riverbend Recovery")
    number = make.listing(
        organization,
        hours=[("MO,TU,WE,TH,FR", time(8), time(17))],
        languages=["en"],
        available=3,
    )
    provider = make.provider(organization.id, name="R. Stone")
    return number, Hand(provider.identity, LATER, "192.0.2.7")


def _apply(session, number, by, **said):
    facts = queries.facts_for(session, number)
    edit = replace(edit_of(facts), **said)
    listing = queries.editable(session, by.identity, number)
    changed = commands.apply(session, listing, edit, Seen(facts.version, NOON), by)
    session.commit()
    return changed


def test_an_edit_is_found_in_the_facts_field_by_field(session, house):
    number, by = house
    said = {
        "description": "A house for men.",
        "hours": "Mo-Fr 09:00-18:00; Su closed",
        "phones": (
            PhoneFact("423-555-0102", "4", PhoneType.VOICE, "Intake"),
            PhoneFact("423-555-0103", None, PhoneType.TEXT),
        ),
        "languages": frozenset({"en", "es"}),
        "minimum_age": 18,
        "maximum_age": 65,
        "genders": frozenset({"men"}),
        "offenses": {"arson": Stance.CASE_BY_CASE, "sexual": Stance.EXCLUDED},
        "documents": frozenset({"state-id"}),
        "sobriety_days": 14,
        "eligibility": "Anyone on probation.",
        "cost": CostFact(CostKind.FEE, Decimal("120.00"), "a week"),
        "temporarily_closed": True,
        "alert": "Closed for repairs until May.",
        "openings": OpeningsFact(Unit.BED, 0, 16, NOON),
    }

    changed = _apply(session, number, by, **said)

    assert {each.field for each in changed} == set(editing.Field)
    session.expire_all()
    now = edit_of(queries.facts_for(session, number))
    assert {name: getattr(now, name) for name in said} == said


def test_an_edit_writes_one_line_of_history_a_field_with_who_and_when(session, house):
    number, by = house

    _apply(session, number, by, description="New", hours="24/7")

    facts = queries.facts_for(session, number)
    lines = queries.history(session, facts.resource_id)
    assert {(x.field, x.before, x.after) for x in lines} == {
        ("description", "nothing said", "New"),
        ("hours", "Mo-Fr 08:00-17:00", "24/7"),
    }
    assert {(x.at, x.by) for x in lines} == {(LATER, by.identity.user_id)}
    assert queries.names(session, lines) == {by.identity.user_id: "R. Stone"}


def test_an_edit_counts_as_a_check_and_tells_the_index_and_the_audit(session, house):
    number, by = house
    changes_before = len(session.scalars(select(Change)).all())

    _apply(session, number, by, description="New")

    listing = session.get(Listing, number)
    assert (listing.checked_at, listing.checked_by) == (LATER, by.identity.user_id)
    assert len(session.scalars(select(Change)).all()) == changes_before + 1
    (row,) = session.scalars(select(AuditRow).where(AuditRow.event == AuditEvent.LISTING_CHANGED))
    assert (row.subject_id, row.actor_id, row.address) == (
        str(number), by.identity.user_id, "192.0.2.7",
    )  # fmt: skip


def test_an_edit_that_changes_nothing_leaves_no_trace(session, house):
    number, by = house
    version = session.get(Listing, number).version

    assert _apply(session, number, by) == ()
    assert session.get(Listing, number).version == version
    assert not session.scalars(select(Metadata)).all()


def test_the_second_of_two_editors_is_told_what_the_first_changed_and_overwrites_nothing(
    make_session, house
):
    number, by = house
    with make_session() as first, make_session() as second:
        seen = queries.facts_for(second, number)
        _apply(first, number, by, description="The first was here")
        second.rollback()

        with pytest.raises(StaleRecord) as refused:
            commands.apply(
                second,
                queries.editable(second, by.identity, number),
                replace(edit_of(seen), description="The second"),
                Seen(seen.version, NOON),
                by,
            )

        assert "R. Stone" in str(refused.value)
        assert "The first was here" in str(refused.value)
        assert queries.facts_for(second, number).description == "The first was here"


def test_two_edits_in_the_same_second_are_still_two_versions(session, house):
    number, by = house
    first = queries.facts_for(session, number).version

    _apply(session, number, by, description="One")
    _apply(session, number, by, description="Two")

    assert queries.facts_for(session, number).version == first + 2


def test_a_count_told_from_the_openings_page_makes_an_open_edit_stale(session, house):
    number, by = house
    seen = queries.facts_for(session, number)
    listing = queries.editable(session, by.identity, number)
    commands.set_openings(session, listing, OpeningsFact(Unit.BED, 0, None, LATER), by)
    session.commit()

    with pytest.raises(StaleRecord, match="Openings"):
        commands.apply(session, listing, edit_of(seen), Seen(seen.version, NOON), by)


def _twin(session, make, number):
    """Offer the service of a listing at one more place."""
    listing = session.get(Listing, number)
    place = make._location(listing.organization_id, {})
    twin = Listing(kind=listing.kind, organization_id=listing.organization_id,
                   service_id=listing.service_id, location_id=place.id, source="Example",
                   source_key="twin")  # fmt: skip
    session.add(twin)
    session.commit()
    return twin


def test_an_edit_reaches_the_other_places_of_the_same_service(session, make, house):
    number, by = house
    twin = _twin(session, make, number)
    seen = twin.version

    _apply(session, number, by, description="For both")

    session.refresh(twin)
    assert twin.checked_at is None, "nobody has looked at the other place"
    assert queries.facts_for(session, twin.number).description == "For both"
    assert twin.version == seen + 1
    assert twin.number in session.scalars(select(Change.listing_number)).all()


def test_rules_that_the_form_does_not_show_stay_and_a_kept_rule_keeps_its_note(session, house):
    number, by = house
    session.add_all(
        EligibilityRule(listing_number=number, kind=kind, code=code, stance=stance, note=note)
        for kind, code, stance, note in (
            (RuleKind.OFFENSE, "arson", Stance.EXCLUDED, "unless 10 years ago"),
            (RuleKind.OFFENSE, "theft", Stance.EXCLUDED, None),
            (RuleKind.GENDER, "women", Stance.EXCLUDED, None),
            (RuleKind.PETS, None, Stance.EXCLUDED, "service animals may come"),
            (RuleKind.DOCUMENT, "photo-id", Stance.ACCEPTED, None),
        )
    )
    session.commit()

    _apply(
        session,
        number,
        by,
        offenses={"arson": Stance.EXCLUDED},
        genders=frozenset({"men"}),
        documents=frozenset({"state-id"}),
    )

    rules = {(r.kind, r.code, r.stance): r.note for r in queries.facts_for(session, number).rules}
    assert rules == {
        (RuleKind.OFFENSE, "arson", Stance.EXCLUDED): "unless 10 years ago",
        (RuleKind.GENDER, "women", Stance.EXCLUDED): None,
        (RuleKind.GENDER, "men", Stance.REQUIRED): None,
        (RuleKind.PETS, None, Stance.EXCLUDED): "service animals may come",
        (RuleKind.DOCUMENT, "photo-id", Stance.ACCEPTED): None,
        (RuleKind.DOCUMENT, "state-id", Stance.REQUIRED): None,
    }


def test_more_than_there_are_cannot_be_free_nor_at_a_time_to_come(session, house):
    number, by = house
    listing = queries.editable(session, by.identity, number)
    for told in (
        OpeningsFact(Unit.BED, 17, 16, NOON),
        OpeningsFact(Unit.BED, -1, 16, NOON),
        OpeningsFact(Unit.BED, 1, 16, LATER + timedelta(seconds=1)),
    ):
        with pytest.raises(BadInput):
            commands.set_openings(session, listing, told, by)


def test_a_count_is_kept_with_its_time_and_told_to_the_index(session, house):
    number, by = house
    changes_before = len(session.scalars(select(Change)).all())

    commands.set_openings(
        session,
        queries.editable(session, by.identity, number),
        OpeningsFact(Unit.BED, 0, 16, LATER),
        by,
    )
    session.commit()

    facts = queries.facts_for(session, number)
    (line,) = queries.history(session, facts.resource_id)
    assert facts.openings == OpeningsFact(Unit.BED, 0, 16, LATER)
    assert (line.field, line.after) == ("openings", "Beds: 0 free of 16, as of 2026-03-12 12:05")
    assert len(session.scalars(select(Change)).all()) == changes_before + 1


def test_still_true_marks_the_listing_as_checked_and_settles_what_was_said_against_it(
    session, make, house
):
    number, by = house
    officer = Hand(make.officer().identity, NOON)
    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, officer)

    commands.mark_still_true(session, queries.editable(session, by.identity, number), by)
    session.commit()

    facts = queries.facts_for(session, number)
    assert facts.checked_at == LATER
    assert queries.open_reports(session, number) == []
    assert [x.action for x in queries.history(session, facts.resource_id)] == ["checked"]


def test_an_edit_settles_the_reports_that_it_answers_and_no_others(session, make, house):
    number, by = house
    officer = Hand(make.officer().identity, NOON)
    for fact in WrongFact:
        commands.report_wrong_fact(session, number, fact, officer)
    session.commit()

    _apply(session, number, by, hours="24/7", minimum_age=21)

    left = {each.fact for each in queries.open_reports(session, number)}
    assert left == set(WrongFact) - {WrongFact.HOURS, WrongFact.RULES}


def test_checking_one_place_says_nothing_of_another_of_the_same_service(session, make, house):
    number, by = house
    twin = _twin(session, make, number)
    officer = Hand(make.officer().identity, NOON)
    commands.report_wrong_fact(session, twin.number, WrongFact.PLACE, officer)

    commands.mark_still_true(session, queries.editable(session, by.identity, number), by)
    session.commit()

    session.refresh(twin)
    assert twin.checked_at is None
    assert [each.fact for each in queries.open_reports(session, twin.number)] == [WrongFact.PLACE]


def test_the_day_of_a_check_is_the_day_at_the_place(session, make):
    organization = make.organization()
    number = make.listing(organization, checked_at=NOON)
    evening = Hand(make.provider(organization.id).identity, NOON + timedelta(hours=11))

    listing = queries.editable(session, evening.identity, number)
    commands.mark_still_true(session, listing, evening)
    session.commit()

    (line,) = queries.history(session, queries.facts_for(session, number).resource_id)
    assert line.after == "2026-03-12", "it is the 13th in London by then"


def test_the_same_report_by_the_same_person_is_one_row_until_it_is_settled(session, make, house):
    number, by = house
    one, two = (Hand(make.officer().identity, NOON) for _ in range(2))

    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, one)
    assert not commands.report_wrong_fact(session, number, WrongFact.PHONE, one)
    assert commands.report_wrong_fact(session, number, WrongFact.HOURS, one)
    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, two)
    assert len(session.scalars(select(ListingReport)).all()) == 3

    commands.mark_still_true(session, queries.editable(session, by.identity, number), by)
    assert commands.report_wrong_fact(session, number, WrongFact.PHONE, one)


def test_a_report_on_no_listing_is_not_found(session, make):
    with pytest.raises(NotFound):
        commands.report_wrong_fact(
            session, 999, WrongFact.PHONE, Hand(make.officer().identity, NOON)
        )


def test_a_withdrawn_listing_keeps_its_row_and_cannot_be_edited(session, house):
    number, by = house

    commands.withdraw(session, queries.editable(session, by.identity, number), by)
    session.commit()

    assert session.get(Listing, number).withdrawn_at == LATER
    assert number not in queries.listing_numbers(session)
    with pytest.raises(NotFound):
        queries.editable(session, by.identity, number)


def test_a_withdrawn_listing_can_be_offered_again_and_both_stand_in_its_history(session, house):
    number, by = house
    commands.withdraw(session, queries.editable(session, by.identity, number), by)
    session.commit()

    for _ in range(2):
        commands.offer_again(session, queries.kept_up(session, by.identity, number), by)
    session.commit()

    assert number in queries.listing_numbers(session)
    lines = queries.history(session, queries.facts_for(session, number).resource_id)
    assert sorted(line.action for line in lines) == ["offered", "withdrawn"]


def test_only_the_house_and_an_administrator_learn_a_confidential_place_and_it_is_written_down(
    session, make
):
    organization = make.organization()
    number = make.listing(organization, confidential=CANARY)
    may = (make.provider(organization.id).identity, make.administrator().identity)
    may_not = (make.provider(make.organization().id).identity, make.officer().identity)

    for identity in may:
        assert private.address_of(session, identity, number, NOON, "192.0.2.7") == CANARY
    for identity in may_not:
        with pytest.raises(NotFound):
            private.address_of(session, identity, number, NOON, "192.0.2.7")

    rows = session.scalars(
        select(AuditRow).where(AuditRow.event == AuditEvent.PRIVATE_PLACE_SEEN)
    ).all()
    assert [(r.actor_id, r.subject_id, r.address) for r in rows] == [
        (i.user_id, str(number), "192.0.2.7") for i in may
    ]
    assert "Canary" not in repr([vars(row) for row in rows])


def test_a_place_that_is_not_confidential_is_not_there(session, make):
    number = make.listing()

    with pytest.raises(NotFound):
        private.address_of(session, make.administrator().identity, number, NOON, None)


def test_the_history_of_a_confidential_listing_never_names_its_place(session, make):
    organization = make.organization()
    number = make.listing(organization, confidential=CANARY, available=1)
    by = Hand(make.provider(organization.id).identity, LATER)

    _apply(session, number, by, description="Safe", hours="24/7", alert="Call first")
    commands.set_openings(
        session,
        queries.editable(session, by.identity, number),
        OpeningsFact(Unit.BED, 2, None, LATER),
        by,
    )
    session.commit()

    lines = queries.history(session, queries.facts_for(session, number).resource_id)
    assert len(lines) == 4
    assert "Canary" not in repr(lines)
