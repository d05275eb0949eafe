"""Each reason of a match says who told the very fact that it rests on, and of which day."""

from datetime import date

from resourcedir import clock
from resourcedir.clients import fact_commands
from resourcedir.clients.commands import Deed
from resourcedir.clients.facts import Answers, Fact, FactSource
from tests.functional.matching.conftest import HOUSE, OPEN_TO_ALL, row


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
