"""Changes of listings: what they write, keep, and refuse."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.directory import commands, editing, queries
from resourcedir.directory.asking import ANY
from resourcedir.directory.capacity import take_opening
from resourcedir.directory.commands import Seen
from resourcedir.directory.editing import edit_of
from resourcedir.directory.facts import CostFact, OpeningsFact, PhoneFact
from resourcedir.directory.kinds import CostKind, PhoneType, RuleKind, Stance, Unit
from resourcedir.directory.models import EligibilityRule, Listing, Metadata
from resourcedir.errors import BadInput, StaleRecord
from resourcedir.identity import Role
from resourcedir.outbox.models import Change
from tests.conftest import NOON
from tests.integration.directory.conftest import LATER, applied, twin_of

CANARY = "77 Canary Wharf Lane"


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
        "populations": {
            "veterans": Stance.REQUIRED, "seniors": Stance.REQUIRED, "youth": Stance.EXCLUDED,
            "families": Stance.CASE_BY_CASE,
        },
        "offenses": {
            "arson": Stance.CASE_BY_CASE, "sexual": Stance.EXCLUDED, ANY: Stance.ACCEPTED,
        },
        "warrants": Stance.EXCLUDED,
        "medications": {"methadone": Stance.ACCEPTED, ANY: Stance.CASE_BY_CASE},
        "sobriety_days": 14,
        "residency": frozenset({"TN/Hamilton", "GA"}),
        "documents": frozenset({"state-id"}),
        "referral_sources": frozenset({"officer", "court"}),
        "children": Stance.REQUIRED,
        "pets": Stance.CASE_BY_CASE,
        "payers": frozenset({"medicaid", "self-pay"}),
        "accessibility": frozenset({"wheelchair"}),
        "eligibility": "Anyone on probation.",
        "cost": CostFact(CostKind.FEE, Decimal("120.00"), "a week"),
        "temporarily_closed": True,
        "alert": "Closed for repairs until May.",
        "openings": OpeningsFact(
            Unit.SEAT, 0, 16, NOON, wait_days=12, hold_hours=24,
            starts_on=NOON.date() + timedelta(days=9), waiting_list=False,
        ),
    }  # fmt: skip

    changed = applied(session, number, by, **said)

    assert {each.field for each in changed} == set(editing.Field)
    session.expire_all()
    now = edit_of(queries.facts_for(session, number))
    assert {name: getattr(now, name) for name in said} == said


def test_an_edit_writes_one_line_of_history_a_field_with_who_and_when(session, house):
    number, by = house

    applied(session, number, by, description="New", hours="24/7")

    facts = queries.facts_for(session, number)
    lines = queries.history(session, facts.resource_id)
    assert {(x.field, x.before, x.after) for x in lines} == {
        ("description", "{said:nothing}", "New"),
        ("hours", "{hours:Mo-Fr 08:00-17:00}", "{hours:24/7}"),
    }
    assert {(x.at, x.by) for x in lines} == {(LATER, by.identity.user_id)}
    assert queries.names(session, lines) == {by.identity.user_id: "R. Stone"}


def test_an_edit_counts_as_a_check_and_tells_the_index_and_the_audit(session, house):
    number, by = house
    changes_before = len(session.scalars(select(Change)).all())

    applied(session, number, by, description="New")

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

    assert applied(session, number, by) == ()
    assert session.get(Listing, number).version == version
    assert not session.scalars(select(Metadata)).all()


def test_the_second_of_two_editors_is_told_what_the_first_changed_and_overwrites_nothing(
    make_session, house
):
    number, by = house
    with make_session() as first, make_session() as second:
        seen = queries.facts_for(second, number)
        applied(first, number, by, description="The first was here")
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
        (line,) = queries.changes_since(second, number, NOON)
        assert (line.field, line.after) == ("description", "The first was here")
        assert queries.facts_for(second, number).description == "The first was here"


def test_two_edits_in_the_same_second_are_still_two_versions(session, house):
    number, by = house
    first = queries.facts_for(session, number).version

    applied(session, number, by, description="One")
    applied(session, number, by, description="Two")

    assert queries.facts_for(session, number).version == first + 2


def test_a_count_told_from_the_openings_page_makes_an_open_edit_stale(session, house):
    number, by = house
    seen = queries.facts_for(session, number)
    listing = queries.editable(session, by.identity, number)
    commands.set_openings(session, listing, OpeningsFact(Unit.BED, 0, None, LATER), by)
    session.commit()

    with pytest.raises(StaleRecord):
        commands.apply(session, listing, edit_of(seen), Seen(seen.version, NOON), by)


def test_an_edit_reaches_the_other_places_of_the_same_service(session, make, house):
    number, by = house
    twin = twin_of(session, make, number)
    seen = twin.version

    applied(session, number, by, description="For both")

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

    applied(
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


def test_what_is_not_said_any_more_goes(session, house):
    number, by = house
    said = {
        "populations": {"veterans": Stance.REQUIRED},
        "offenses": {"arson": Stance.EXCLUDED, ANY: Stance.ACCEPTED},
        "warrants": Stance.EXCLUDED,
        "residency": frozenset({"TN"}),
        "pets": Stance.EXCLUDED,
        "payers": frozenset({"medicaid", "free"}),
        "accessibility": frozenset({"wheelchair", "elevator"}),
    }
    applied(session, number, by, **said)

    changed = applied(
        session, number, by, populations={}, offenses={}, warrants=None, residency=frozenset(),
        pets=None, payers=frozenset({"free"}), accessibility=frozenset({"elevator"}),
    )  # fmt: skip

    assert {each.field.value for each in changed} == set(said)
    facts = queries.facts_for(session, number)
    assert facts.rules == ()
    assert (facts.payers, facts.place.accessibility) == (("free",), ("elevator",))


def test_words_on_whom_they_take_change_and_go_without_touching_those_of_the_list(session, house):
    number, by = house
    veterans = {"veterans": Stance.REQUIRED}

    def said():
        return {(r.code, r.note) for r in queries.facts_for(session, number).rules}

    applied(session, number, by, populations=veterans, also_asks="people who work nights")
    assert said() == {("veterans", None), (None, "people who work nights")}
    applied(session, number, by, populations=veterans, also_asks="people who work")
    assert said() == {("veterans", None), (None, "people who work")}
    applied(session, number, by, populations=veterans, also_asks="")
    assert said() == {("veterans", None)}


def test_what_the_form_says_of_a_code_takes_the_place_of_what_it_has_no_words_for(session, house):
    number, by = house
    session.add_all(
        EligibilityRule(listing_number=number, kind=kind, code=code, stance=stance)
        for kind, code, stance in (
            (RuleKind.DOCUMENT, "state-id", Stance.ACCEPTED),
            (RuleKind.DOCUMENT, "photo-id", Stance.ACCEPTED),
            (RuleKind.SOBRIETY_DAYS, None, Stance.CASE_BY_CASE),
        )
    )
    session.commit()

    applied(session, number, by, documents=frozenset({"state-id"}), sobriety_days=5)

    rules = {(r.kind, r.code, r.stance) for r in queries.facts_for(session, number).rules}
    assert rules == {
        (RuleKind.DOCUMENT, "state-id", Stance.REQUIRED),
        (RuleKind.DOCUMENT, "photo-id", Stance.ACCEPTED),
        (RuleKind.SOBRIETY_DAYS, None, Stance.REQUIRED),
    }


def test_what_helps_at_a_place_is_told_of_every_listing_there(session, make, house):
    number, by = house
    place = session.get(Listing, number).location_id
    other = session.get(Listing, make.listing(make.organization()))
    other.location_id = place
    session.commit()
    seen = other.version

    applied(session, number, by, accessibility=frozenset({"wheelchair"}))

    session.refresh(other)
    assert other.version == seen + 1
    assert other.number in session.scalars(select(Change.listing_number)).all()
    assert queries.facts_for(session, other.number).place.accessibility == ("wheelchair",)


def test_more_than_there_are_cannot_be_free_nor_at_a_time_to_come(session, house):
    number, by = house
    listing = queries.editable(session, by.identity, number)
    for told in (
        OpeningsFact(Unit.BED, 17, 16, NOON),
        OpeningsFact(Unit.BED, -1, 16, NOON),
        OpeningsFact(Unit.BED, 1, 16, LATER + timedelta(seconds=1)),
        OpeningsFact(Unit.BED, 1, 16, LATER, wait_days=3651),
        OpeningsFact(Unit.BED, 1, 16, LATER, hold_hours=0),
        OpeningsFact(Unit.BED, 1, 16, LATER, starts_on=NOON.date() + timedelta(days=9)),
        OpeningsFact(Unit.SEAT, 1, 16, LATER, starts_on=NOON.date()),
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
    assert (line.field, line.after) == (
        "openings", "{openings:bed/0/16/2026-03-12T12:05-04:00}",
    )  # fmt: skip
    assert len(session.scalars(select(Change)).all()) == changes_before + 1


def test_a_number_that_has_changed_since_it_was_seen_is_not_overwritten(session, house):
    number, by = house
    service_id = queries.facts_for(session, number).resource_id
    assert take_opening(session, service_id, LATER)
    session.commit()
    told = OpeningsFact(Unit.BED, 3, None, LATER)

    listing = queries.editable(session, by.identity, number)
    with pytest.raises(StaleRecord):
        commands.set_openings(session, listing, told, by, seen=3)
    session.rollback()

    assert queries.facts_for(session, number).openings.available == 2
    listing = queries.editable(session, by.identity, number)
    commands.set_openings(session, listing, told, by, seen=2)
    assert queries.facts_for(session, number).openings.available == 3


def test_the_role_of_whoever_told_is_known_and_not_the_name(session, house):
    number, by = house
    assert queries.facts_for(session, number).openings.told_by is None

    listing = queries.editable(session, by.identity, number)
    commands.set_openings(session, listing, OpeningsFact(Unit.BED, 1, None, LATER), by)

    assert queries.facts_for(session, number).openings.told_by is Role.PROVIDER
