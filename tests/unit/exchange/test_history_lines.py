"""How rows that a file changes stand in a history: without codes that no page has words for."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from resourcedir.directory.kinds import CostKind, PhoneType, RuleKind, Stance
from resourcedir.exchange.history_lines import rows_kept, value_kept

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("side", "rows", "kept"),
    [
        ("languages", {("es", "Spanish", None), ("en", "English", None)},
         "{language:en}; {language:es}"),
        ("hours", {("MO,TU", time(8), time(17), None, None, None)}, "{hours:Mo-Tu 08:00-17:00}"),
        ("phones", {("423-555-0102", None, PhoneType.TEXT, "Nights", 1),
                    ("423-555-0101", "12", PhoneType.VOICE, None, 0)},
         "423-555-0101 x12; 423-555-0102 {phone:text} (Nights)"),
        ("cost", {(CostKind.FEE, Decimal("20.00"), "a {week}")}, "{cost:fee/20.00}, a {{week}}"),
        ("rules", {(RuleKind.OFFENSE, "arson", Stance.EXCLUDED, None, "ever")},
         "{rule:offense/arson/excluded/} (ever)"),
        ("service_area", {("Hamilton County, TN", "TN/Hamilton")}, "{area:TN/Hamilton}"),
        ("accessibility", {("wheelchair", None)}, "{accessibility:wheelchair}"),
        ("bring", {("Your {own} towel",)}, "Your {{own}} towel"),
        ("hours", set(), ""),
    ],
)  # fmt: skip
def test_rows_are_kept_as_marks_and_what_people_typed(side, rows, kept):
    assert rows_kept(side, frozenset(rows), "America/Chicago") == kept


def test_a_brace_that_somebody_typed_is_no_mark():
    assert value_kept("see {offense:arson}") == "see {{offense:arson}}"
