"""Selections of payers that agree in those of weight come to the same for a client."""

from itertools import combinations

import pytest

from resourcedir.clients.facts import Facts, Income
from resourcedir.directory.asking import Asked, Matter
from resourcedir.directory.kinds import Stance
from resourcedir.matching.eligibility import finding, payers_of_weight
from resourcedir.matching.verdicts import combined, open_points
from tests.unit.matching.strategies import TODAY

PAYERS = ("free", "medicaid", "medicare", "self-pay", "sliding-fee", "uninsured", "va")
EVERY = [codes for count in range(1, 8) for codes in combinations(PAYERS, count)]
CLIENTS = {
    "nothing is known": Facts(),
    "nobody pays": Facts(payers=frozenset()),
    "nobody pays, no income": Facts(payers=frozenset(), income=Income.NONE),
    "Medicaid": Facts(payers=frozenset({"medicaid"})),
    "Medicare and the VA": Facts(payers=frozenset({"medicare", "va"}), income=Income.NONE),
}


@pytest.mark.parametrize("facts", CLIENTS.values(), ids=CLIENTS)
def test_payers_that_are_of_no_weight_change_no_verdict_and_no_question(facts):
    found = {}
    for codes in EVERY:
        asked = Asked(Matter.PAYER, tuple((code, Stance.ACCEPTED) for code in codes))
        findings = finding(asked, facts, TODAY)
        outcome = combined(findings), open_points(findings), [each.asks for each in findings]
        kind = payers_of_weight(facts).intersection(codes)

        assert found.setdefault(kind, outcome) == outcome, codes
    assert len(found) < len(EVERY) / 3
