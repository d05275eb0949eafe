"""Every scenario of the table comes to the verdict and the words that stand beside it."""

import csv

import pytest

from resourcedir.directory.asking import Matter
from resourcedir.directory.kinds import RuleKind
from resourcedir.matching.judging import Ground, judge
from resourcedir.matching.verdicts import Limit, Verdict
from resourcedir.matching.wording import WORDS
from tests.unit.matching.scenarios import TABLE, scenarios

ALL = scenarios()


@pytest.mark.parametrize("row", ALL, ids=lambda row: f"{row.number}: {row.situation}")
def test_a_scenario_comes_to_its_verdict_for_its_reason(row):
    explained = row.explained()

    assert explained.verdict is row.verdict
    assert explained.line == row.reason


def test_there_are_many_and_each_has_its_number_and_its_own_name():
    assert len(ALL) >= 150
    assert [row.number for row in ALL] == list(range(1, len(ALL) + 1))
    assert len({row.situation for row in ALL}) == len(ALL)


def test_they_cover_every_matter_every_limit_and_every_reason_of_each():
    found = {
        (finding.about, finding.why)
        for row in ALL
        for finding in judge(Ground.of(row.listing), row.known, row.today).findings
    }

    assert found == set(WORDS)
    assert {about for about, _ in found} == {*Matter, *Limit}
    assert {kind.value for kind in RuleKind} <= {str(about) for about, _ in found}


@pytest.mark.parametrize("verdict", list(Verdict))
def test_each_verdict_has_many_of_them(verdict):
    assert sum(row.verdict is verdict for row in ALL) >= 30


def test_the_table_has_words_for_officers_and_no_names_of_the_code():
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    for row in rows:
        assert "_" not in "".join(row.values())
        assert row["reason"].strip() == row["reason"] != ""
