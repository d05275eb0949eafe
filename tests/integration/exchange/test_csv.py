"""A CSV file goes in whole or not at all, a second time changes nothing, and comes out again."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from resourcedir.directory.asking import ANY
from resourcedir.directory.commands import Hand, Seen, apply, offer_again, withdraw
from resourcedir.directory.editing import edit_of
from resourcedir.directory.kinds import Stance
from resourcedir.directory.models import (
    Attribute,
    Listing,
    LocationPrivate,
    Metadata,
    Organization,
    Phone,
    Service,
    ServiceCapacity,
)
from resourcedir.directory.queries import listing_facts
from resourcedir.directory.ruling import said_in_words
from resourcedir.errors import BadFile
from resourcedir.identity import Administrator
from resourcedir.security.sealing import KEYRING, Keyring
from resourcedir.taxonomy.commands import TermRow, put_terms, term_id
from tests.integration.exchange.conftest import LATER, NOON, exported
from tests.unit.exchange.csv_files import JOB_LEAD, SERVICE, SHELTER, service

ALL = (SERVICE, JOB_LEAD, SHELTER)
PLACE_CELLS = (
    "location_name", "address_1", "city", "county", "state", "zip", "latitude", "longitude",
    "accessibility",
)  # fmt: skip


def facts_of(store, key):
    number = store.scalar(select(Listing.number).where(Listing.source_key == key))
    return listing_facts(store, [number])[number]


def test_listings_go_in_with_everything_around_them(store, bring):
    found = bring(*ALL)
    assert (found.report.added, found.report.rows, len(found.numbers)) == (3, 3, 3)
    harbor = facts_of(store, "harbor-beds")
    assert harbor.organization == "Harbor House (invented)"
    assert harbor.terms == ("emergency-shelter",)
    assert harbor.populations == ("men", "veterans")
    assert harbor.place.county == "Hamilton County"
    assert (harbor.place.error_m, harbor.place.time_zone) == (50, "America/New_York")
    assert harbor.hours.to_text() == "Mo-Fr 18:00-08:00; Su closed"
    assert dict(harbor.areas) == {"TN/Hamilton": "Hamilton County, TN", "GA": "Georgia"}
    assert (harbor.openings.available, harbor.openings.maximum) == (2, 20)
    assert len(harbor.rules) == 18
    assert said_in_words(harbor.rules) == "people who work nights"
    packer = facts_of(store, "mill-packer")
    assert packer.job.positions == 3
    assert packer.place.error_m >= 500
    assert packer.place.time_zone == "America/Chicago"


def test_a_second_time_changes_nothing(store, bring, contents):
    bring(*ALL)
    before = contents()
    found = bring(*ALL, at=LATER)
    assert (found.report.unchanged, found.numbers) == (3, ())
    assert contents() == before


def test_a_dry_run_says_what_the_import_does_and_writes_nothing(store, bring, contents):
    bring(*ALL)
    before = contents()
    rows = (service(alert="Full until June"), JOB_LEAD, service(key="new", name="Day room"))
    dry = bring(*rows, dry_run=True)
    assert contents() == before
    assert dry.numbers == ()
    assert bring(*rows).report == dry.report
    assert (dry.report.added, dry.report.changed, dry.report.unchanged) == (1, 1, 1)
    assert dry.report.withdrawn == ("Safe place",)


def test_a_changed_row_touches_only_what_differs(store, bring, contents):
    bring(*ALL)
    before = contents()
    found = bring(service(phone="423-555-0199 x12", alert="Full"), *ALL[1:], at=LATER)
    after = contents()
    assert found.report.changed == 1
    differing = {name for name, rows in before.items() if rows != after[name]}
    assert differing == {"phone", "service", "listing", "metadata", "change"}
    assert len(set(after["change"]) - set(before["change"])) == 1
    fields = store.scalars(
        select(Metadata.field_name).where(Metadata.last_action_type == "update")
    ).all()
    assert sorted(fields) == ["alert", "phones"]
    assert set(store.scalars(select(Listing.version))) == {1, 2}


def test_a_row_that_vanished_is_withdrawn_and_comes_back(store, bring):
    first = bring(*ALL)
    gone = bring(SERVICE, SHELTER, at=LATER)
    assert gone.report.withdrawn == ("Packer",)
    assert any("imported whole" in line for line in gone.report.lines())
    assert len(gone.numbers) == 1
    assert bring(SERVICE, SHELTER).numbers == ()
    back = bring(*ALL)
    assert back.report.changed == 1
    assert set(back.numbers) < set(first.numbers)
    assert store.scalars(select(Listing.withdrawn_at)).all() == [None] * 3


def test_listings_of_other_sources_stay(store, bring):
    bring(*ALL)
    found = bring(service(source="County", key="x"))
    assert found.report.withdrawn == ()
    assert found.report.added == 1


FAULTS = st.sampled_from(
    [{"zip": "3740"}, {"terms": "nothing"}, {"hours": "Mon"}, {"kind": "shop"}, {"name": ""}]
)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(FAULTS, min_size=1, max_size=4), st.integers(0, 3))
def test_a_file_with_a_fault_anywhere_changes_nothing(store, bring, contents, faults, right):
    bring(SERVICE)
    before = contents()
    rows = [service(key=f"r{number}") for number in range(right)]
    rows += [service(key=f"w{number}", **cells) for number, cells in enumerate(faults)]
    with pytest.raises(BadFile) as found:
        bring(*rows)
    assert {fault.line for fault in found.value.faults} == {
        2 + 2 * (right + number) for number in range(len(faults))
    }
    assert contents() == before


def test_a_key_does_not_turn_from_a_service_into_a_job_lead(store, bring, contents):
    bring(*ALL)
    before = contents()
    with pytest.raises(BadFile) as found:
        bring(SERVICE, JOB_LEAD | {"key": "safe-place"})
    assert [(fault.line, fault.column) for fault in found.value.faults] == [(4, "kind")]
    assert contents() == before


def test_a_secret_place_is_kept_apart_and_never_comes_out(store, bring, contents):
    bring(*ALL)
    assert facts_of(store, "safe-place").place is None
    assert store.scalar(select(LocationPrivate)).address == (
        "77 Canary Lane\nSoddy-Daisy, TN 37379"
    )
    (row,) = [r for r in csv.DictReader(io.StringIO(exported(store))) if r["key"] == "safe-place"]
    assert {row[column] for column in ("address_1", "city", "zip", "latitude", "longitude")} == {""}
    for table, rows in contents().items():
        assert not any("Canary" in row or "37379" in row for row in rows), table
    before = contents()
    assert bring(*ALL, at=LATER).numbers == ()
    assert contents() == before


def test_a_secret_place_can_move_and_the_history_does_not_say_where(store, bring, contents):
    bring(*ALL)
    found = bring(*ALL[:2], SHELTER | {"address_1": "78 Canary Lane"})
    assert found.report.changed == 1
    assert "78 Canary" in store.scalar(select(LocationPrivate)).address
    assert not any("Canary" in row for rows in contents().values() for row in rows)


def test_a_new_key_on_top_of_the_ring_moves_no_secret_place(store, bring, contents):
    bring(*ALL)
    before = contents()
    store.info[KEYRING] = Keyring([b"n" * 32, b"k" * 32])
    found = bring(*ALL, at=LATER)
    assert (found.report.unchanged, found.numbers) == (3, ())
    assert contents() == before
    assert store.scalar(select(LocationPrivate)).address.startswith("77 Canary Lane")


def test_a_place_that_becomes_secret_leaves_no_trace(store, bring, contents):
    open_place = SHELTER | {"confidential": "no"}
    bring(open_place)
    bring(open_place | {"address_1": "79 Canary Lane"})
    assert any("Canary" in row for row in contents()["metadata"])
    bring(SHELTER)
    assert facts_of(store, "safe-place").confidential
    assert not any("Canary" in row for rows in contents().values() for row in rows)
    bring(open_place)
    assert facts_of(store, "safe-place").place.address_1 == "77 Canary Lane"
    assert store.scalar(select(LocationPrivate)) is None


def test_newer_openings_and_checks_stay(store, bring):
    bring(*ALL)
    told = NOON + timedelta(hours=3)
    store.execute(update(ServiceCapacity).values(available=0, updated=told))
    store.execute(update(Listing).values(checked_at=told))
    assert bring(*ALL, at=LATER).numbers == ()
    newer = service(openings="7", openings_at="2026-03-14T08:00:00-04:00", checked_on="2026-03-14")
    assert len(bring(newer, *ALL[1:], at=LATER).numbers) == 1
    assert store.scalar(select(ServiceCapacity.available)) == 7


def test_a_file_gives_nothing_away_that_referrals_hold(store, bring):
    bring(*ALL)
    store.execute(update(ServiceCapacity).values(available=1))
    assert bring(*ALL, at=LATER).numbers == ()
    assert len(bring(service(openings_wait_days="30"), *ALL[1:], at=LATER).numbers) == 1
    told = facts_of(store, "harbor-beds").openings
    assert (told.available, told.wait_days, told.hold_hours) == (1, 30, 24)
    assert not told.waiting_list


def test_what_a_person_withdrew_stays_withdrawn_and_is_reported(store, bring):
    bring(*ALL)
    by_hand(store, "harbor-beds", at=NOON)
    by_hand(store, "mill-packer", at=NOON)
    changed = service(alert="Full", checked_on="2026-03-20")
    found = bring(changed, *ALL[1:], at=LATER)
    assert found.report.kept_withdrawn == ("Night shelter", "Packer")
    assert "  stays withdrawn: Packer" in found.report.lines()
    assert found.report.rows == found.report.changed + found.report.unchanged == 3
    withdrawn = store.scalars(select(Listing.withdrawn_at).order_by(Listing.source_key)).all()
    assert withdrawn == [NOON, NOON, None]
    again = bring(changed, *ALL[1:], at=LATER, dry_run=True)
    assert again.report.unchanged == len(again.report.kept_withdrawn) + 1 == 3


def by_hand(store, key, command=withdraw, *, at):
    listing = store.scalar(select(Listing).where(Listing.source_key == key))
    command(store, listing, Hand(Administrator(uuid4(), uuid4()), at))
    store.flush()


def test_what_a_person_offered_again_stays_on_offer(store, bring):
    bring(*ALL)
    by_hand(store, "harbor-beds", at=NOON)
    by_hand(store, "harbor-beds", offer_again, at=LATER)
    found = bring(*ALL, at=LATER)
    assert (found.report.unchanged, found.report.kept_withdrawn) == (3, ())


def test_what_a_person_has_edited_stays_until_the_file_is_newer(store, bring):
    bring(*ALL)
    harbor = facts_of(store, "harbor-beds")
    store.execute(
        update(Service).where(Service.id == harbor.resource_id).values(description="By staff")
    )
    store.add(
        Metadata(
            resource_id=harbor.resource_id,
            resource_type="service",
            last_action_date=NOON,
            last_action_type="update",
            field_name="description",
            previous_value="",
            replacement_value="By staff",
            updated_by=uuid4(),
        )
    )
    assert bring(*ALL, at=LATER).numbers == ()
    bring(service(checked_on="2026-03-14"), *ALL[1:])
    assert facts_of(store, "harbor-beds").description.startswith("Two rooms")


def test_rules_that_a_person_has_edited_stay_until_the_file_is_newer(store, bring):
    bring(*ALL)
    harbor = facts_of(store, "harbor-beds")
    edited = replace(
        edit_of(harbor), populations={}, also_asks="people on a farm",
        warrants=Stance.ACCEPTED, offenses={ANY: Stance.EXCLUDED}, medications={},
        residency=frozenset(), referral_sources=frozenset({"self"}),
        children=None, pets=None, payers=frozenset({"medicaid"}),
        accessibility=frozenset({"elevator"}),
    )  # fmt: skip
    listing = store.get_one(Listing, harbor.number)
    hand = Hand(Administrator(uuid4(), uuid4()), LATER)
    apply(store, listing, edited, Seen(harbor.version, NOON), hand)
    store.flush()

    assert bring(*ALL, at=LATER).numbers == ()
    now = facts_of(store, "harbor-beds")
    assert edit_of(now) == edited
    assert (now.terms, now.populations) == (harbor.terms, harbor.populations)

    bring(service(checked_on="2026-03-20"), *ALL[1:], at=LATER)
    assert edit_of(facts_of(store, "harbor-beds")) == edit_of(harbor)


def test_a_better_point_of_the_same_address_stays(store, bring):
    row = service(latitude="", longitude="")
    bring(row)
    store.execute(
        update(Listing.__table__.metadata.tables["location"]).values(
            latitude=35.04, longitude=-85.31, position_error_m=150
        )
    )
    assert bring(row, at=LATER).numbers == ()
    bring(row | {"address_1": "500 Broad Street"})
    assert facts_of(store, "harbor-beds").place.error_m >= 500


def test_terms_that_the_columns_do_not_speak_of_stay(store, bring):
    bring(*ALL)
    put_terms(store, "samhsa", "about", [TermRow("X", "Extra", "Extra")])
    harbor = facts_of(store, "harbor-beds")
    store.add(
        Attribute(
            link_id=harbor.resource_id,
            taxonomy_term_id=term_id("samhsa", "X"),
            link_entity="service",
        )
    )
    assert bring(*ALL, at=LATER).numbers == ()
    bring(service(terms="family-shelter"), *ALL[1:])
    after = facts_of(store, "harbor-beds")
    assert (after.terms, len(after.attributes)) == (("family-shelter",), 1)


def test_a_change_of_the_organization_tells_the_index_of_its_listings(store, bring):
    other = service(key="day", name="Day room")
    bring(SERVICE, other, JOB_LEAD)
    words = {"organization_description": "Beds, meals and a laundry."}
    found = bring(SERVICE | words, other | words, JOB_LEAD)
    assert (found.report.changed, len(found.numbers)) == (2, 2)
    assert "laundry" in store.scalar(
        select(Organization.description).where(Organization.name.startswith("Harbor"))
    )


def test_a_place_whose_zip_code_is_nowhere_is_listed(store, bring):
    found = bring(service(zip="00000", latitude="", longitude=""))
    assert [(fault.line, fault.column) for fault in found.report.unlocated] == [(2, "zip")]
    assert facts_of(store, "harbor-beds").place.latitude is None


def test_a_row_that_somebody_changed_in_place_can_be_changed_back(store, bring):
    bring(*ALL)
    harbor = facts_of(store, "harbor-beds")
    own = Phone.service_id == harbor.resource_id
    store.execute(update(Phone).where(own, Phone.rank == 1).values(number="423-555-0155"))
    assert bring(*ALL).report.changed == 1
    assert facts_of(store, "harbor-beds").phones == harbor.phones
