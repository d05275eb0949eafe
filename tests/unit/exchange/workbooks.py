"""Makes workbooks like those that SAMHSA publishes."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

COLUMNS = (
    "name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1", "intake2",
    "intake1a", "intake2a", "service_code_info",
)  # fmt: skip
CODE_COLUMNS = (
    "category_code", "category_name", "service_code", "service_name", "service_description",
)  # fmt: skip
FACILITY = {
    "name1": "Ridge Clinic",
    "name2": None,
    "street1": "1 Ridge Road",
    "city": "Chattanooga",
    "state": "TN",
    "zip": "37402",
    "phone": "423-555-0170",
    "service_code_info": "SA * OP ORT * MD * FEM MALE * ADLT YAD * SP",
}
SUBSTANCE_CODES = {
    "SA": "Substance use treatment",
    "OP": "Outpatient",
    "ORT": "Regular outpatient treatment",
    "MD": "Medicaid",
    "OTP": "Certified program",
    "SUMH": "Care for both",
    "HH": "Transitional housing",
    "OMB": "Outpatient methadone",
    "FEM": "Female",
    "MALE": "Male",
    "ADLT": "Adults",
    "YAD": "Young adults",
    "SP": "Spanish",
}
MENTAL_CODES = {
    "MH": "Mental health treatment",
    "CMHC": "Community mental health center",
    "OP": "Outpatient",
    "MD": "Medicaid",
    "ECT": "Electroconvulsive therapy",
}


def facility(**cells: Any) -> dict[str, Any]:
    """Return a right row with some cells changed."""
    return FACILITY | cells


def workbook(
    rows: Sequence[Mapping[str, Any]],
    codes: Mapping[str, str] = SUBSTANCE_CODES,
    *,
    columns: Sequence[str] = COLUMNS,
    sheets: tuple[str, str] = ("Facilities List", "Service Code Reference"),
) -> bytes:
    """Return the bytes of a workbook with both sheets."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = sheets[0]
    first.append(list(columns))
    for row in rows:
        first.append([row.get(column) for column in columns])
    second = book.create_sheet(sheets[1])
    second.append(list(CODE_COLUMNS))
    for code, name in codes.items():
        second.append(["C", "Category", code, name, None])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
