"""A CSV file is read whole, or everything wrong with it is named by line and column."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.errors import BadFile, Fault
from resourcedir.exchange.csv_columns import (
    COLUMNS,
    MAY_BE_MISSING,
    OF_OPENINGS,
    disarm,
    join_list,
    rearm,
    split_list,
)
from resourcedir.exchange.csv_reader import read
from tests.unit.exchange.csv_files import JOB_LEAD, SERVICE, SHELTER, csv_file, service


def faults_of(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(BadFile) as found:
        read(data)
    return found.value.faults


def places_of(data: bytes) -> list[tuple[int | None, str | None]]:
    return [(fault.line, fault.column) for fault in faults_of(data)]


def test_a_right_file_is_read():
    harbor, packer, safe = read(csv_file(SERVICE, JOB_LEAD, SHELTER))
    assert harbor.areas == ("TN/Hamilton", "GA")
    assert harbor.place is not None
    assert harbor.place.county == "Hamilton County"
    assert [phone.number for phone in harbor.phones] == [
        "423-555-0143", "423-555-0144", "423-555-0145",
    ]  # fmt: skip
    assert harbor.phones[0].extension == "12"
    assert harbor.phones[2].type == "text"
    assert harbor.bring == ("towel", "; padlock")
    assert {(r.kind, r.code, r.stance) for r in harbor.rules} >= {
        (RuleKind.OFFENSE, "arson", Stance.EXCLUDED),
        (RuleKind.GENDER, "men", Stance.REQUIRED),
        (RuleKind.DOCUMENT, "state-id", Stance.REQUIRED),
        (RuleKind.RESIDENCY, "TN/Hamilton", Stance.REQUIRED),
        (RuleKind.PETS, None, Stance.EXCLUDED),
    }
    assert packer.job is not None
    assert packer.job.positions == 3
    assert safe.confidential


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_byte_order_mark_and_any_line_ends_are_read(line_end):
    data = b"\xef\xbb\xbf" + csv_file(SERVICE, line_end=line_end)
    (row,) = read(data)
    assert row.description == "Two rooms.\nAsk for the night desk."


BROKEN = [
    ("kind", "shop"), ("kind", ""), ("key", ""), ("source", ""), ("organization", ""), ("name", ""),
    ("organization_website", "harbor"), ("terms", "emergency-sheltr"),
    ("populations", "veteran"), ("payers", "cash"), ("medications", "aspirin"),
    ("languages", "english"), ("address_1", ""), ("city", ""), ("county", "Hamlet"),
    ("state", "Tennessee"), ("state", ""), ("zip", "3740"), ("zip", ""), ("latitude", "north"),
    ("latitude", ""), ("longitude", "-185"), ("longitude", "nan"), ("time_zone", "Chattanooga"),
    ("accessibility", "lift"), ("confidential", "maybe"), ("service_area", "Hamilton"),
    ("phone", "call us"), ("more_phones", "Nights"), ("email", "desk"), ("url", "harbor.example"),
    ("hours", "Mon 9-5"), ("hours", "Mo 09:00-25:00"), ("cost", "cheap"), ("cost", ""),
    ("cost_amount", "five"), ("minimum_age", "-1"), ("minimum_age", "eighteen"),
    ("maximum_age", "17"), ("gender", "male"), ("offenses", "arson"), ("offenses", "arson: no"),
    ("offenses", "arson: excluded; arson: accepted"), ("offenses", "murder: excluded"),
    ("also_asks", "night " * 40), ("only_for", "veteran"), ("not_for", "youth: accepted"),
    ("not_for", "veterans"), ("not_for", "youth: no"), ("warrants", "no"),
    ("warrants", "arson: excluded"),
    ("residency", "here"), ("documents", "passport photo"), ("medications_allowed", "methadone"),
    ("sobriety_days", "1.5"), ("referral_source", "judge"), ("pets", "dogs"), ("children", "2"),
    ("openings", "many"), ("openings", "21"), ("openings", ""), ("openings_of", "x"),
    ("openings_unit", "room"), ("openings_unit", ""), ("openings_at", "2026-03-12T08:00"),
    ("openings_at", ""), ("openings_at", "yesterday"), ("status", "open"),
    ("openings_wait_days", "two weeks"), ("openings_wait_days", "3651"),
    ("openings_hold_hours", "0"), ("openings_hold_hours", "337"), ("openings_hold_hours", "a day"),
    ("openings_starts_on", "2026-03-20"), ("openings_starts_on", "soon"),
    ("openings_waiting_list", "maybe"),
    ("checked_on", "12.03.2026"), ("checked_on", "2026-02-30"), ("wage_minimum", "15"),
    ("shift", "day"), ("name", "Night\x00shelter"), ("description", "a\x1bb"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell"), BROKEN)
def test_a_wrong_cell_is_named_by_line_and_column(column, cell):
    data = csv_file(service(key="other"), service(**{column: cell}))
    # The row before has a line break in quotes: its two lines count.
    assert (4, column) in places_of(data)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(BROKEN), min_size=1, max_size=6, unique_by=lambda pair: pair[0]))
def test_all_faults_of_a_row_are_found_at_once(wrong):
    found = places_of(csv_file(service(**dict(wrong))))
    alone = [set(places_of(csv_file(service(**{column: cell})))) for column, cell in wrong]
    assert {column for _, column in found} & {column for column, _ in wrong}
    assert all(places & set(found) or _taken_by_another(wrong) for places in alone)


def _taken_by_another(wrong):
    """Some cells are faulty only beside others: openings without a unit, a county of no state."""
    joined = {"openings", *OF_OPENINGS, "cost", "cost_amount"}
    joined |= {"minimum_age", "maximum_age", "kind", "state", "county", "latitude", "longitude"}
    return bool({column for column, _ in wrong} & joined)


@pytest.mark.parametrize("column", [each for each in COLUMNS if each not in MAY_BE_MISSING])
def test_each_missing_column_is_named(column):
    columns = [name for name in COLUMNS if name != column]
    assert places_of(csv_file(SERVICE, columns=columns)) == [(1, column)]


def test_a_file_from_before_some_rules_had_columns_can_be_read():
    columns = [name for name in COLUMNS if name not in MAY_BE_MISSING]
    (row,) = read(csv_file(SERVICE, columns=columns))
    kinds = {rule.kind for rule in row.rules}
    assert RuleKind.OFFENSE in kinds
    assert not {RuleKind.POPULATION, RuleKind.WARRANT} & kinds


def test_any_is_said_of_all_that_the_cell_does_not_name():
    (row,) = read(csv_file(SERVICE))
    said = {(rule.kind, rule.code): rule.stance for rule in row.rules}
    assert said[RuleKind.OFFENSE, None] is Stance.ACCEPTED
    assert said[RuleKind.OFFENSE, "arson"] is Stance.EXCLUDED
    assert said[RuleKind.MEDICATION, None] is Stance.CASE_BY_CASE
    assert said[RuleKind.WARRANT, None] is Stance.EXCLUDED
    assert {code: said[kind, code] for kind, code in said if kind is RuleKind.POPULATION} == {
        "veterans": Stance.REQUIRED,
        None: Stance.REQUIRED,
        "youth": Stance.EXCLUDED,
        "families": Stance.CASE_BY_CASE,
    }


def test_whom_alone_they_take_in_words_is_one_rule_that_fits_into_a_sentence():
    (row,) = read(csv_file(service(also_asks="people who\nwork  nights.")))
    found = [r for r in row.rules if r.kind is RuleKind.POPULATION and r.code is None]
    assert [(each.stance, each.note) for each in found] == [
        (Stance.REQUIRED, "people who work nights")
    ]


def test_columns_that_do_not_exist_or_come_twice_are_named():
    data = csv_file(SERVICE, columns=(*COLUMNS, "rating", "key"))
    assert places_of(data) == [(1, "rating"), (1, "key")]


def test_half_a_row_is_named_with_the_column_where_it_ends():
    lines = csv_file(service(description="Rooms.")).splitlines(keepends=True)
    whole = len(csv.reader(io.StringIO(lines[1].decode())).__next__())
    half = lines[1][: lines[1].index(b"Night shelter")].rstrip(b",") + b"\r\n"
    (fault,) = faults_of(lines[0] + half)
    assert (fault.line, fault.column) == (2, "name")
    assert str(whole) in fault.message


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", (None, None)),
        (b"\r\n\r\n", (None, None)),
        (csv_file(), (2, None)),
        (b"\xff\xfek\x00e\x00y\x00", (None, None)),
        (b"PK\x03\x04" + bytes(40), (1, "key")),
        (csv_file(SERVICE).partition(b"night desk")[0], (2, None)),
    ],
)
def test_what_is_no_csv_of_ours_is_refused(data, place):
    assert place in places_of(data)


def test_bytes_that_are_not_utf8_are_named_by_their_lines():
    data = csv_file(service(key="a", description="Rooms", name="Caf\u00e9"), service(key="b"))
    broken = data.replace("\u00e9".encode(), b"\xe9").replace(b"night desk", b"n\xefght desk")
    assert [fault.line for fault in faults_of(broken)] == [2, 4]


def test_a_key_that_comes_twice_is_named_with_the_line_of_the_first():
    (fault,) = faults_of(csv_file(SERVICE, service(name="Another")))
    assert (fault.line, fault.column) == (4, "key")
    assert "line 2" in fault.message


def test_rows_that_contradict_each_other_on_their_organization_are_named():
    other = service(key="other", organization_website="https://other.example")
    assert places_of(csv_file(SERVICE, other)) == [(4, "organization_website")]


def test_a_job_lead_with_cells_that_no_table_keeps_is_refused():
    lead = JOB_LEAD | {"hours": "24/7", "openings": "3", "status": "inactive"}
    assert {(2, "hours"), (2, "openings"), (2, "status")} <= set(places_of(csv_file(lead)))


def test_a_service_needs_an_address_or_an_area_and_a_secret_one_an_area():
    place = ("address_1", "city", "state", "zip", "latitude", "longitude", "location_name")
    nowhere = service(**dict.fromkeys((*place, "county", "service_area", "accessibility"), ""))
    assert places_of(csv_file(nowhere)) == [(2, "service_area")]
    assert places_of(csv_file(SHELTER | {"service_area": ""})) == [(2, "service_area")]


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_the_reader(data):
    with pytest.raises(BadFile):
        read(data)


@given(st.lists(st.text(max_size=8), max_size=5), st.integers(0, len(COLUMNS)))
@settings(max_examples=100, deadline=None)
def test_no_row_breaks_the_reader(cells, start):
    row = dict(zip(COLUMNS[start:], cells, strict=False))
    text = csv_file(service(**row))
    try:
        (found,) = read(text)
    except BadFile:
        return
    assert found.key


@given(st.text())
def test_a_disarmed_cell_is_no_formula_and_comes_back(text):
    assert not disarm(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert rearm(disarm(text)) == text


@given(st.lists(st.text(alphabet="a;\\ :", min_size=1).map(str.strip).filter(bool)))
def test_a_list_comes_back(parts):
    assert split_list(join_list(parts)) == parts
