"""SAMHSA's directories go in row by row, in our words, and a second time change nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from resourcedir.directory.kinds import CostKind
from resourcedir.directory.models import Listing, Metadata, Organization
from resourcedir.directory.queries import listing_facts
from resourcedir.errors import BadFile
from resourcedir.exchange.csv_export import export_csv
from resourcedir.exchange.csv_import import import_csv
from resourcedir.exchange.samhsa import MENTAL_HEALTH, SUBSTANCE_USE
from resourcedir.exchange.samhsa_import import import_samhsa
from tests.unit.exchange.workbooks import MENTAL_CODES, SUBSTANCE_CODES, facility, workbook

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def bring(store, write):
    """Give what imports a workbook of rows."""

    def rows(*found, at=NOON, dry_run=False, **kinds):
        return import_samhsa(store, write(workbook(found, **kinds)), at=at, dry_run=dry_run)

    return rows


def only(store):
    numbers = store.scalars(select(Listing.number).where(Listing.withdrawn_at.is_(None))).all()
    return listing_facts(store, numbers)[numbers[0]]


def test_codes_become_terms_payers_languages_ages_and_attributes(store, bring):
    codes = "SA * OP ORT * MD SS * FEM MALE * ADLT YAD * SP * CJ DU * BUM"
    bring(facility(service_code_info=codes))
    facts = only(store)
    assert facts.source == SUBSTANCE_USE
    assert {"treatment", "outpatient-treatment", "dui-program"} <= set(facts.terms)
    assert set(facts.payers) == {"medicaid", "sliding-fee"}
    assert facts.cost.kind is CostKind.SLIDING
    assert facts.languages == ("en", "es")  # the survey asks for what is spoken besides English
    assert {"justice-involved", "dui"} <= set(facts.populations)
    assert "buprenorphine" in facts.medications
    assert (facts.minimum_age, facts.maximum_age) == (18, 64)
    assert {rule.code for rule in facts.rules} == {"men", "women"}
    labels = {attribute.code: attribute.name for attribute in facts.attributes}
    assert labels["OP"] == "Outpatient: no overnight stay"
    assert labels["ADLT"] == "Ages 26 to 64"
    assert "SA" not in labels


def test_what_codes_accept_and_refuse_becomes_rules_and_a_group_for_some_does_not(store, bring):
    bring(facility(service_code_info="SA HH * MOA ACMA * DUO * BC * VET PW CJ * NMAUT"))
    rules = {(r.kind.value, r.code, r.stance.value) for r in only(store).rules}
    assert rules == {
        ("medication", "methadone", "accepted"),
        ("medication", "buprenorphine", "accepted"),
        ("medication", "naltrexone", "accepted"),
        ("medication", "acamprosate", "accepted"),
        ("medication", "disulfiram", "accepted"),
        ("population", "dui", "required"),
        ("children", None, "accepted"),
    }
    words = " ".join(each.name.lower() for each in only(store).attributes)
    assert "methadone" not in words


def test_a_facility_is_placed_by_its_zip_code(store, bring):
    bring(facility(zip="37347", city="Jasper"))
    place = only(store).place
    assert (place.county, place.time_zone) == ("Marion County", "America/Chicago")
    assert place.error_m >= 500
    assert round(place.latitude) == 35


def test_a_zip_code_that_is_nowhere_is_listed_and_the_row_is_there(store, bring):
    report = bring(facility(zip="00000")).report
    assert [(fault.line, fault.column) for fault in report.unlocated] == [(2, "zip")]
    assert report.added == 1
    assert only(store).place.latitude is None


def test_the_traps_of_the_code_list_are_not_fallen_into(store, bring):
    bring(facility(service_code_info="SA SUMH OMB"))
    facts = only(store)
    assert "co-occurring-treatment" in facts.terms
    assert not {"halfway-house", "sober-living", "opioid-treatment-program"} & set(facts.terms)
    assert "methadone" not in facts.medications
    words = " ".join(attribute.name.lower() for attribute in facts.attributes)
    assert not any(word in words for word in ("housing", "halfway", "methadone"))


def test_one_organization_has_the_facilities_of_one_name_and_state(store, bring):
    rows = [
        facility(street1="1 A Street"),
        facility(street1="2 B Street", name2="Outpatient"),
        facility(street1="3 C Street", state="GA", zip="30736"),
        facility(name1="RIDGE CLINIC"),
    ]
    bring(*rows)
    names = store.scalars(select(Organization.name).order_by(Organization.name)).all()
    assert names == ["RIDGE CLINIC", "Ridge Clinic", "Ridge Clinic"]


def test_a_second_time_changes_nothing_and_a_dry_run_says_the_same(store, bring, contents):
    rows = [facility(), facility(), facility(name1="Valley")]
    empty = contents()
    dry = bring(*rows, dry_run=True)
    assert contents() == empty
    first = bring(*rows)
    assert dry.report == first.report
    assert (first.report.added, len(first.numbers)) == (3, 3)
    before = contents()
    again = bring(*rows[::-1], at=LATER)
    assert (again.report.unchanged, again.numbers) == (3, ())
    assert contents() == before


def test_a_dry_run_over_listings_that_are_there_says_what_the_import_does(store, bring, contents):
    bring(facility(), facility(name1="Valley"), facility(name1="Hill"))
    before = contents()
    rows = [
        facility(),
        facility(name1="Valley", phone="423-555-0188", service_code_info="SA HH"),
        facility(name1="Lake", zip="00000"),
    ]
    codes = SUBSTANCE_CODES | {"NEW": "A code of next year"}
    rows[0]["service_code_info"] += " NEW"
    dry = bring(*rows, codes=codes, dry_run=True, at=LATER)
    assert contents() == before
    assert dry.numbers == ()
    done = bring(*rows, codes=codes, at=LATER)
    assert done.report == dry.report
    assert list(done.report.lines()) == list(dry.report.lines())
    assert (done.report.added, done.report.changed) == (1, 2)
    assert done.report.withdrawn == ("Hill",)
    assert len(done.report.unlocated) == len(done.report.unmapped) == 1
    history = store.scalars(
        select(Metadata.replacement_value).where(
            Metadata.field_name == "terms", Metadata.last_action_type == "update"
        )
    )
    assert any("A code of next year" in words for words in history)


def test_a_changed_facility_keeps_its_number(store, bring):
    first = bring(facility(), facility(name1="Valley"))
    changed = facility(phone="423-555-0188", service_code_info="SA HH")
    second = bring(changed, facility(name1="Valley"))
    assert (second.report.changed, second.report.unchanged) == (1, 1)
    assert set(second.numbers) < set(first.numbers)
    facts = listing_facts(store, second.numbers)[second.numbers[0]]
    assert "halfway-house" in facts.terms
    assert facts.payers == ()
    assert [phone.number for phone in facts.phones] == ["423-555-0188"]


def test_a_facility_that_vanished_is_withdrawn(store, bring):
    bring(facility(), facility(name1="Valley"))
    report = bring(facility()).report
    assert report.withdrawn == ("Valley",)
    assert report.rows == report.added + report.changed + report.unchanged + report.refused == 1


def test_a_broken_workbook_changes_nothing(store, bring, contents):
    bring(facility())
    before = contents()
    with pytest.raises(BadFile) as found:
        bring(facility(name1="Valley"), facility(zip="1"), facility(city="=A1"))
    assert {(fault.line, fault.column) for fault in found.value.faults} == {
        (3, "zip"),
        (4, "city (E4)"),
    }
    assert contents() == before


def test_the_mental_health_directory_goes_in_under_the_names_of_its_own_list(store, bring):
    row = facility(service_code_info="MH * OP * MD * ECT CMHC")
    bring(facility())
    report = bring(row, codes=MENTAL_CODES).report
    assert report.unmapped == (
        "CMHC (Community mental health center)",
        "ECT (Electroconvulsive therapy)",
        "MH (Mental health treatment)",
    )
    assert sum("no entry in our table" in line for line in report.lines()) == 1
    assert report.withdrawn == ()
    number = store.scalar(select(Listing.number).where(Listing.source == MENTAL_HEALTH))
    facts = listing_facts(store, [number])[number]
    names = {attribute.code: attribute.name for attribute in facts.attributes}
    assert names["ECT"] == "Electroconvulsive therapy"
    assert facts.payers == ("medicaid",)
    assert store.scalar(select(func.count()).select_from(Organization)) == 1
    assert bring(row, codes=MENTAL_CODES).numbers == ()


def test_facilities_come_out_as_csv_and_go_in_unchanged(store, bring, tmp_path, contents):
    bring(
        facility(service_code_info="SA HH * FEM MALE * MD NP * ADLT * SP * BUM CJ MOA DUO BC"),
        facility(name1="-Valley; Inc", name2="Care: day", intake1="888-PARNEXT x7"),
    )
    before = contents()
    path = tmp_path / "out.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        export_csv(store, file)
    found = import_csv(store, path, at=LATER)
    assert (found.report.unchanged, found.numbers) == (2, ())
    assert contents() == before
