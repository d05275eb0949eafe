"""Today of a supervisor: the same over the team, by officer, with nothing to press."""

from uuid import uuid4

import pytest

from resourcedir.referrals.lifecycle import Action, Mode, Reason
from tests.functional.test_today import listed, numbers, rows
from tests.integration.today.stories import NOON, Stories, days_ago


@pytest.fixture
def place(make):
    organization = make.organization("Riverbend Recovery")
    number = make.listing(organization, name="Riverbend House", terms=("halfway-house",))
    return number, make.provider(organization.id)


@pytest.fixture
def team(make, session, place):
    """Give two officers of the team and one of another, each with work."""
    people = [make.officer(name="A. First"), make.officer(name="B. Second")]
    people.append(make.officer(make.team(), name="C. Elsewhere"))
    for officer, days in zip(people, (14, 8.2, 14), strict=True):
        stories = Stories(session, officer, place[1])
        stories.sent(make.client(officer, name=f"Late of {officer.name}"), place[0], days_ago(days))
        silent = make.client(officer, name=f"Silent of {officer.name}")
        stories.sent(silent, place[0], days_ago(9), mode=Mode.RECORDED)
        stories.draft(make.client(officer, name=f"Draft of {officer.name}"), place[0], days_ago(5))
    return people


def table(browser):
    found = browser.page.select("main tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in found]


def test_a_supervisor_sees_the_counts_of_each_officer_of_the_team(browser, team, supervisor):
    browser.get("/today")

    assert browser.title == "Today" and browser.page.title.text.startswith("Today: 4 to do")
    assert table(browser) == [
        ["A. First", "2", "0", "0", "0", "1", "0", "0", "0", "0", "1", "0", "100% (1 of 1)"],
        ["B. Second", "2", "0", "0", "0", "1", "0", "0", "0", "0", "1", "0", "100% (1 of 1)"],
    ]
    assert numbers(browser)["Clients"] == "6"
    assert "Elsewhere" not in browser.text


def test_what_is_past_the_time_to_escalate_stands_first_with_its_officer(browser, team, supervisor):
    browser.get("/today")

    found = rows(browser, "escalated")
    assert [(row[0], row[3]) for row in found] == [("Late of A. First", "A. First")]


def test_an_officers_lists_have_links_and_nothing_to_press(browser, team, supervisor):
    browser.get("/today")
    browser.get(browser.page.select_one("main tbody a")["href"])

    assert browser.title == "Today of A. First"
    assert listed(browser) == ["late", "unknown"]
    assert not browser.page.select("main form, main button, main input")
    browser.follow("Late of A. First")
    assert browser.path.startswith("/referrals/")


def test_drafts_are_nobodys_business_but_the_officers(browser, make, team, supervisor):
    for address in ("/today", f"/today/officer?id={team[0].id}"):
        browser.get(address)
        assert "Draft of" not in browser.text


def test_an_officer_of_another_team_is_not_there(browser, make, team, supervisor):
    for wrong in (team[2].id, uuid4(), supervisor.id, "nonsense", ""):
        browser.get(f"/today/officer?id={wrong}", status=404)


def test_a_supervisor_does_nothing_with_rows(browser, team, supervisor):
    browser.get("/today")
    browser.get("/today/list?of=late", status=404)
    browser.get("/today/several", status=404)
    browser.post("/today/several", {"list": "late", "row": [str(uuid4())]}, status=404)


def test_an_officer_has_no_page_of_other_officers(browser, make, officer):
    browser.get(f"/today/officer?id={officer.id}", status=404)


def test_the_teams_clients_stand_by_officer(browser, team, supervisor):
    browser.get("/today/clients")

    headings = [" ".join(each.text.split()) for each in browser.page.select("main h2")]
    assert headings == ["A. First 3", "B. Second 3"]
    assert table(browser)[0][0].startswith("Late of A. First")


def test_who_has_the_client_now_has_the_work(browser, session, make, place, supervisor):
    old, new = make.officer(name="A. Old"), make.officer(name="B. New")
    client = make.client(old, name="Ben Castile")
    referral = Stories(session, old, place[1]).sent(client, place[0], days_ago(3))
    Stories(session, old, place[1]).took(referral, Action.DECLINE, days_ago(1), reason=Reason.FULL)
    browser.get(f"/clients/{client}/reassign")
    browser.submit({"officer": str(new.id)})

    browser.get("/today")

    assert [row[:2] for row in table(browser)] == [["A. Old", "0"], ["B. New", "1"]]
    assert referral.created_at < NOON


def test_an_empty_team_says_so(browser, supervisor):
    browser.get("/today")
    assert "Nobody is in your team yet." in browser.text
