"""Each reason of a match says who told the very fact that it rests on, of which day, and no more.

What is said of a client is what is on the record, not what may be concluded from its silence.
"""

from datetime import date

import pytest

from resourcedir import clock
from resourcedir.clients import fact_commands
from resourcedir.clients.commands import Deed
from resourcedir.clients.facts import Answers, Fact, FactSource
from tests.functional.matching.conftest import HOUSE, MEDICATIONS, OFFENSES, OPEN_TO_ALL, only, row


def test_what_a_court_told_stays_the_courts_when_the_client_answers_of_another(
    find, make, session, officer, client, know
):
    session.rollback()
    deed, arson = Deed(officer.identity, clock.now()), Answers(frozenset({"arson"}))
    court, on = FactSource.COURT, date(2019, 1, 8)
    fact_commands.answer(session, deed, client, Fact.OFFENSES, arson, source=court, on=on)
    session.commit()
    know(client, {"offenses": Answers(no=frozenset({"theft"}))}, source=FactSource.CLIENT)
    rules = [("offense", code, "case_by_case") for code in ("arson", "theft")]
    make.listing(name="Ask House", terms=HOUSE, rules=[*rules, OPEN_TO_ALL[1]])

    table = row(find(client), "Ask House").select_one("details table")

    reasons = [" ".join(each.text.split()) for each in table.select("tbody tr")]
    (of_arson,) = [each for each in reasons if each.startswith("Arson")]
    assert of_arson.endswith("court or board record, Jan 8, 2019")


@pytest.mark.parametrize(
    "said",
    [
        ("medication", {"methadone"}, "no methadone"),
        ("medication", {"methadone", "buprenorphine"}, "no buprenorphine or methadone"),
        ("medication", MEDICATIONS, "none of these"),
        ("offense", {"arson"}, "not arson"),
        ("offense", OFFENSES, "none of these"),
    ],
)
def test_of_a_list_only_what_is_recorded_as_not_so_is_said_not_to_be(
    find, make, client, know, said
):
    matter, denied, known = said
    know(client, {f"{matter}s": only(frozenset(denied))})
    rules = [(matter, code, "excluded") for code in denied]
    others = [each for each in OPEN_TO_ALL if each[0] != matter]
    make.listing(
        name="Strict House", terms=HOUSE, rules=[*rules, *others, (matter, None, "accepted")]
    )

    reasons = row(find(client), "Strict House").select("details tbody tr")
    cells = [[" ".join(cell.text.split()) for cell in each.select("th, td")] for each in reasons]
    assert known in [each[1] for each in cells]
