"""A workbook is opened safely and read whole, or everything wrong with it is named."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.errors import BadFile, Fault
from resourcedir.exchange import samhsa, xlsx
from resourcedir.exchange.samhsa import Directory, source_of
from tests.unit.exchange.workbooks import (
    COLUMNS,
    MENTAL_CODES,
    SUBSTANCE_CODES,
    facility,
    workbook,
)

RIGHT = workbook([facility(), facility(name1="Valley Clinic")])


def read(data: bytes) -> Directory:
    return samhsa.read(xlsx.open_workbook(data))


def faults_of(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(BadFile) as found:
        read(data)
    return found.value.faults


def packed(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"name1,name2\r\n",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        RIGHT[:-200],
        RIGHT[: len(RIGHT) // 2],
    ],
)
def test_what_is_no_spreadsheet_gives_one_clear_fault(data):
    (fault,) = faults_of(data)
    assert fault.message.startswith(xlsx.NOT_A_WORKBOOK)


def test_a_zip_file_of_something_else_is_no_spreadsheet():
    (fault,) = faults_of(packed(readme=b"hello"))
    assert fault.message.startswith(xlsx.NOT_A_WORKBOOK)


def test_a_bomb_is_not_unpacked():
    (fault,) = faults_of(packed(bomb=bytes(30_000_000)))
    assert "unpack" in fault.message


def test_a_file_that_is_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(xlsx, "LARGEST", len(RIGHT) - 1)
    (fault,) = faults_of(RIGHT)
    assert "larger" in fault.message


def test_entities_are_not_expanded():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet><sheetData>&b;</sheetData></worksheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(RIGHT)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name.endswith("sheet1.xml") else old.read(name))
    (fault,) = faults_of(file.getvalue())
    assert fault.message.startswith((xlsx.NOT_A_WORKBOOK, 'the sheet "Facilities List" cannot'))


@pytest.mark.parametrize(
    ("sheets", "missing"),
    [
        (("Facilities", "Service Code Reference"), "Facilities List"),
        (("Facilities List", "Codes"), "Service Code Reference"),
    ],
)
def test_a_missing_sheet_is_named(sheets, missing):
    assert [str(fault) for fault in faults_of(workbook([facility()], sheets=sheets))] == [
        f'the sheet "{missing}" is missing'
    ]


@pytest.mark.parametrize("column", COLUMNS)
def test_each_missing_column_is_named(column):
    columns = [name for name in COLUMNS if name != column]
    (fault,) = faults_of(workbook([facility()], columns=columns))
    assert (fault.line, fault.column) == (1, column)


WRONG = [
    ("name1", None, "name1"),
    ("name1", 360, "name1 (A3)"),
    ("name1", datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None), "name1 (A3)"),
    ("name1", True, "name1 (A3)"),
    ("name1", "=A1", "name1 (A3)"),
    ("city", None, "city"),
    ("city", "=1+1", "city (E3)"),
    ("state", "Tennessee", "state"),
    ("zip", "7712", "zip"),
    ("zip", 37402.5, "zip (G3)"),
    ("zip", -1, "zip (G3)"),
    ("phone", 1.5, "phone (H3)"),
    ("service_code_info", None, "service_code_info"),
    ("service_code_info", "#REF!", "service_code_info (M3)"),
]


@pytest.mark.parametrize(("column", "value", "place"), WRONG)
def test_a_wrong_cell_is_named_by_row_and_column(column, value, place):
    data = workbook([facility(), facility(**{column: value})])
    assert (3, place) in [(fault.line, fault.column) for fault in faults_of(data)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WRONG), min_size=1, max_size=6))
def test_every_fault_of_a_file_is_found(wrong):
    rows = [facility(**{column: value}) for column, value, _ in wrong]
    found = {
        (fault.line, (fault.column or "").partition(" ")[0]) for fault in faults_of(workbook(rows))
    }
    assert found >= {(line, column) for line, (column, _, _) in enumerate(wrong, 2)}


def test_half_a_row_is_named_by_all_that_it_lacks():
    row = facility(**dict.fromkeys(("city", "state", "zip", "phone", "service_code_info")))
    columns = {fault.column for fault in faults_of(workbook([facility(), row]))}
    assert columns == {"city", "state", "zip", "service_code_info"}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(RIGHT) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(place, noise):
    try:
        found = read(RIGHT[:place] + noise + RIGHT[place + len(noise) :])
    except BadFile:
        return
    assert len(found.facilities) == 2


def test_numbers_are_taken_for_zip_codes_and_phones_alone():
    (found,) = read(workbook([facility(zip=7712, phone=4235550170)])).facilities
    assert found.zip == "07712"
    assert found.phones[0].number == "4235550170"


def test_a_file_without_facilities_is_refused():
    assert faults_of(workbook([]))


def test_cells_are_cleaned_and_empty_rows_left_out():
    rows = [facility(name1="  Ridge \n Clinic "), {}, facility(name1="Valley")]
    names = [each.name1 for each in read(workbook(rows)).facilities]
    assert names == ["Ridge Clinic", "Valley"]


def test_phones_come_once_each_with_their_extensions():
    row = facility(intake1="423-555-0170", intake2="423-555-0171 x10", intake1a="888-PARNEXT")
    (found,) = read(workbook([row])).facilities
    assert [(p.number, p.extension, p.description) for p in found.phones] == [
        ("423-555-0170", None, None),
        ("423-555-0171", "10", "Intake"),
        ("888-PARNEXT", None, "Intake"),
    ]


def test_what_cannot_be_read_is_listed():
    found = read(workbook([facility(phone="call us", service_code_info="SA NOSUCH")]))
    assert [(fault.line, fault.column) for fault in found.unread] == [
        (2, "phone"),
        (2, "service_code_info"),
    ]
    assert found.facilities[0].codes == ("SA",)


@pytest.mark.parametrize(
    ("name1", "name2", "name"),
    [
        ("Ridge Clinic", None, "Ridge Clinic"),
        ("Ridge Clinic Inc", "Outpatient", "Outpatient"),
        ("Northern Council on", "Alcoholism Inc", "Northern Council on Alcoholism Inc"),
        ("Alcohol Counseling and", "Guidance LLC", "Alcohol Counseling and Guidance LLC"),
    ],
)
def test_a_name_cut_in_two_is_put_together(name1, name2, name):
    (found,) = read(workbook([facility(name1=name1, name2=name2)])).facilities
    assert found.service_name == name


def test_a_row_is_known_again_in_another_order_and_with_other_codes():
    twins = [facility(service_code_info="SA"), facility(service_code_info="SA HH")]
    rows = [*twins, facility(name1="Valley")]
    keys = {each.key for each in read(workbook(rows)).facilities}
    again = {each.key for each in read(workbook(rows[::-1])).facilities}
    assert len(keys) == 3
    assert keys == again
    moved = read(workbook([facility(service_code_info="SA MD", phone="423-555-0199")]))
    assert moved.facilities[0].key in keys


def test_the_two_directories_are_told_apart_by_their_code_lists():
    assert source_of(SUBSTANCE_CODES) == samhsa.SUBSTANCE_USE
    assert source_of(MENTAL_CODES) == samhsa.MENTAL_HEALTH
    assert source_of({"OTP", "MM"}) == samhsa.SUBSTANCE_USE
    assert source_of({"ECT", "CMHC"}) == samhsa.MENTAL_HEALTH
