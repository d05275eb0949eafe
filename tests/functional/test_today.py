"""The officer's first page: what is to be done, in which list and words, and what to press."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditRow
from resourcedir.referrals.deadlines import Urgency
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Result, Status, WordOf
from resourcedir.referrals.models import Referral
from resourcedir.today.sections import Section
from tests.inspector import Browser
from tests.integration.today.stories import NOON, Stories, days_ago, intake

WEEK = [("MO,TU,WE,TH,FR", time(9), time(17))]


@pytest.fixture
def place(make):
    """Give a house and somebody who works there."""
    organization = make.organization("Riverbend Recovery")
    number = make.listing(
        organization, name="Riverbend House", terms=("halfway-house",), hours=WEEK
    )
    return number, make.provider(organization.id)


@pytest.fixture
def stories(session, officer, place):
    return Stories(session, officer, place[1])


@pytest.fixture
def client(make, officer):
    """Make a client with one need, by name."""
    return lambda name, **more: make.client(officer, name=name, needs=["halfway-house"], **more)


def rows(browser, section):
    """Return name, place, what is wrong and the button of each row of a list."""
    found = browser.page.select(f"section[aria-labelledby={section}] .rd-work > li")
    return [[_words(each) for each in row.find_all(recursive=False)[1:]] for row in found]


def press(browser, section):
    """Return the button or link at the end of the only row of a list."""
    row = browser.page.select_one(f"section[aria-labelledby={section}] .rd-work > li")
    return row.find_all(recursive=False)[-1]


def listed(browser):
    return [each["aria-labelledby"] for each in browser.page.select("section[aria-labelledby]")]


def numbers(browser):
    """Return the numbers over the lists, by their labels."""
    found = browser.page.select("dl.rd-stats > div")
    return {_words(each.dt): _words(each.dd) for each in found}


def _words(element):
    for hidden in element.select(".rd-sr"):
        hidden.extract()
    return " ".join(element.text.split())


def test_officers_begin_their_day_here(browser, make):
    browser.sign_in(make.officer())
    assert browser.path == "/today"
    assert browser.title == "Today"
    assert browser.page.select_one(".rd-nav a").text == "Today"
    assert browser.page.select_one(".rd-nav a")["aria-current"] == "page"


def test_an_empty_day_says_so_and_states_no_share_of_nothing(browser, officer):
    browser.get("/today")
    assert browser.page.title.text.startswith("Today: 0 to do")
    assert "Nothing waits for you" in browser.text
    assert numbers(browser) == {
        "Clients": "0",
        "Open referrals": "0",
        "Answered in 7 days": "none to count yet",
        "Known outcome, 90 days": "none to count yet",
        "Outcome not known": "none to count yet",
    }


def test_an_answer_that_is_past_due_is_late_in_working_days_and_leads_to_the_call(
    browser, session, client, place, stories
):
    referral = stories.sent(client("Ben Castile"), place[0], days_ago(14))

    browser.get("/today")

    expected = ["Ben Castile", "Riverbend House, halfway house", "4 working days late, due Mar 5"]
    assert rows(browser, "late") == [[*expected, "Call and log"]]
    link = press(browser, "late")["href"]
    assert link == f"/referrals/{referral.id}/call?from=today"
    browser.get(link)
    browser.submit({"reason": "no_answer"})
    assert browser.path == "/today"
    assert rows(browser, "late")[0][2] == "4 working days late, due Mar 5; called today"


def test_crisis_comes_first_among_what_is_late(browser, client, place, stories):
    stories.sent(client("Ben Castile"), place[0], days_ago(14))
    two_hours = NOON - timedelta(hours=2.5)
    stories.sent(client("Luis Arreaga"), place[0], two_hours, urgency=Urgency.CRISIS)

    browser.get("/today")

    assert [row[0] for row in rows(browser, "late")] == ["Luis Arreaga", "Ben Castile"]
    assert rows(browser, "late")[0][2] == "less than an hour late, due today"


def test_a_question_of_the_provider_leads_to_the_answer(browser, client, place, stories):
    referral = stories.sent(client("Denise Rowan"), place[0], days_ago(3))
    stories.took(referral, Action.ASK_INFO, days_ago(2), note="Is there a dog?")

    browser.get("/today")

    assert rows(browser, "asked")[0][2:] == ["asked Tue", "Answer them"]
    assert press(browser, "asked")["href"].endswith(f"{referral.id}/step/answer_info")


def test_a_decline_is_named_with_its_reason_and_refers_elsewhere_until_it_has_a_next_step(
    browser, session, client, place, stories
):
    who = client("Ashley Crane")
    referral = stories.sent(who, place[0], days_ago(3))
    stories.took(referral, Action.DECLINE, days_ago(0.1), reason=Reason.FULL)
    browser.get("/today")
    expected = ["Ashley Crane", "Riverbend House, halfway house", "declined today: no room"]
    assert rows(browser, "no-next-step") == [[*expected, "Refer elsewhere"]]

    browser.submit(form=f"#{press(browser, 'no-next-step')['form']}")
    assert browser.path.startswith("/match/")
    stories.draft(who, place[0], NOON, instead_of=referral.id)
    browser.get("/today")
    assert len(rows(browser, "no-next-step")) == 1, "nothing has left yet"

    stories.sent(who, place[0], NOON, instead_of=referral.id)
    browser.get("/today")
    assert rows(browser, "no-next-step") == []


def test_a_second_missed_intake_says_so_and_asks_to_call(browser, client, place, stories):
    referral = stories.sent(client("Kevin Pryor"), place[0], days_ago(20))
    stories.took(referral, Action.SCHEDULE, days_ago(12), appointment=intake(days_ago(9)))
    stories.took(referral, Action.MISS, days_ago(8))
    browser.get("/today")
    assert rows(browser, "missed")[0][2:] == ["missed Mar 3", "Set a new intake"]

    stories.took(referral, Action.SCHEDULE, days_ago(5), appointment=intake(days_ago(1)))
    stories.took(referral, Action.MISS, days_ago(0.5))
    browser.get("/today")
    assert rows(browser, "missed")[0][2:] == ["missed yesterday, 2nd time", "Call the client"]


def test_a_miss_that_was_taken_back_is_not_counted(browser, client, place, stories):
    referral = stories.sent(client("Kevin Pryor"), place[0], days_ago(20))
    stories.took(referral, Action.SCHEDULE, days_ago(12), appointment=intake(days_ago(3)))
    stories.took(referral, Action.MISS, days_ago(2))
    wrong = "It was another person."
    stories.took(referral, Action.CORRECT, days_ago(2), who=stories.provider, note=wrong)
    stories.took(referral, Action.MISS, days_ago(1))

    browser.get("/today")

    assert rows(browser, "missed")[0][2] == "missed Mon"


def test_intakes_stand_by_the_clock_of_the_place_until_they_are_over(
    browser, client, place, stories
):
    for name, at, zone in (
        ("Shonda Miles", NOON + timedelta(hours=6), "America/New_York"),
        ("Jorge Salinas", NOON + timedelta(hours=18), "America/Chicago"),
        ("Paul Nguyen", NOON + timedelta(days=3), "America/New_York"),
        ("Ray Dutton", days_ago(1), "America/New_York"),
    ):
        referral = stories.sent(client(name), place[0], days_ago(5))
        stories.took(referral, Action.SCHEDULE, days_ago(4), appointment=intake(at, zone))

    browser.get("/today")

    assert [row[2] for row in rows(browser, "intake")] == ["today, 6 pm", "tomorrow, 5 am (CDT)"]
    assert rows(browser, "not-said")[0][2:] == ["intake was yesterday, noon", "Say if they came"]
    browser.follow("Say if they came")
    assert "The client did not come" in browser.text


def test_silence_is_asked_about_in_the_words_of_what_was_last_heard(
    browser, client, place, stories
):
    stories.sent(client("Tina Vaughn"), place[0], days_ago(16), mode=Mode.RECORDED)
    accepted = stories.sent(client("Omar Reed"), place[0], days_ago(20))
    stories.took(accepted, Action.ACCEPT, days_ago(12))
    done = stories.sent(client("Fin Ished"), place[0], days_ago(30))
    stories.took(done, Action.ACCEPT, days_ago(25))
    stories.took(done, Action.START, days_ago(20))
    stories.took(done, Action.COMPLETE, days_ago(3), result=Result.NOT_KNOWN)

    browser.get("/today")

    assert [row[2:] for row in rows(browser, "unknown")] == [
        ["recorded, nothing heard for 16 days", "Record an outcome"],
        ["accepted, nothing heard for 12 days", "Call and log"],
        ["finished Mon, what came of it is not known", "Record an outcome"],
    ]
    stories.told(done, Result.GOT_HELP, NOON)
    browser.get("/today")
    assert len(rows(browser, "unknown")) == 2


def test_provider_and_client_who_contradict_each_other_leave_the_outcome_unknown(
    browser, client, place, stories
):
    done = stories.sent(client("Fin Ished"), place[0], days_ago(30))
    stories.took(done, Action.ACCEPT, days_ago(25))
    stories.took(done, Action.START, days_ago(20))
    stories.took(done, Action.COMPLETE, days_ago(3), result=Result.GOT_HELP)
    browser.get("/today")
    assert rows(browser, "unknown") == []
    stories.told(done, Result.NOT_HELPED, days_ago(1), source=WordOf.CLIENT)
    browser.get("/today")
    assert len(rows(browser, "unknown")) == 1
    assert numbers(browser)["Known outcome, 90 days"] == "0% 0 of 1"
    assert numbers(browser)["Outcome not known"] == "100% 1 of 1"


def test_a_draft_left_lying_leads_to_where_it_was_left(browser, client, place, stories):
    draft = stories.draft(client("Draft Er"), place[0], days_ago(4))
    stories.draft(client("Fresh One"), place[0], days_ago(1))

    browser.get("/today")

    assert rows(browser, "drafts")[0][2:] == ["begun 4 days ago", "Finish the draft"]
    assert press(browser, "drafts")["href"] == f"/referrals/{draft.id}/how"
    assert listed(browser) == ["drafts"]


def test_clients_with_needs_and_no_contact_have_a_place_found_for_them(
    browser, make, officer, client, place, stories
):
    client("Marcus Tolliver")
    make.client(officer, name="Nothing Needed")
    quiet = stories.sent(client("Long Ago"), place[0], days_ago(80))
    stories.took(quiet, Action.WITHDRAW, days_ago(40), reason=Reason.OTHER_PLACE)

    browser.get("/today")

    assert rows(browser, "no-contact") == [
        ["Marcus Tolliver", "Halfway house", "no referral yet", "Find a place"],
        ["Long Ago", "Halfway house", "nothing done for 40 days", "Find a place"],
    ]
    browser.submit(form=f"#{press(browser, 'no-contact')['form']}")
    assert browser.path.startswith("/match/")


def test_what_the_clock_did_is_no_contact(browser, session, client, place, stories):
    referral = stories.sent(client("Sam Start"), place[0], days_ago(80))
    stories.took(referral, Action.ACCEPT, days_ago(35))
    stories.took(referral, Action.START, days_ago(34))

    browser.get("/today")

    assert rows(browser, "unknown")[0][2] == "started, nothing heard for 34 days"


def test_one_referral_stands_in_one_list_and_one_client_is_not_told_of_twice(
    browser, client, place, stories
):
    who = client("Ben Castile")
    stories.sent(who, place[0], days_ago(50), mode=Mode.RECORDED)

    browser.get("/today")

    assert listed(browser) == ["unknown"]
    assert browser.page.title.text.startswith("Today: 1 to do")


def test_the_shares_stand_with_their_ground(browser, client, place, stories):
    first = stories.sent(client("A Answered"), place[0], days_ago(20))
    stories.took(first, Action.DECLINE, days_ago(18), reason=Reason.FULL)
    second = stories.sent(client("B Late"), place[0], days_ago(20))
    stories.took(second, Action.ACCEPT, days_ago(10))
    wrong = stories.sent(client("C Wrong"), place[0], days_ago(20))
    stories.took(wrong, Action.ERROR, days_ago(19), note="Wrong person.")

    browser.get("/today")

    assert numbers(browser) == {
        "Clients": "3",
        "Open referrals": "1",
        "Answered in 7 days": "50% 1 of 2",
        "Known outcome, 90 days": "50% 1 of 2",
        "Outcome not known": "50% 1 of 2",
    }
    assert "What these numbers count" in browser.text


def test_another_officers_referrals_and_clients_are_not_here(
    browser, make, client, place, stories, officer
):
    other = make.officer()
    theirs = Stories(stories.session, other, place[1])
    theirs.sent(make.client(other, name="Not Yours"), place[0], days_ago(20))
    make.client(other, name="Nor This", needs=["halfway-house"])

    for address in ("/today", "/today/clients", "/today/list?of=late"):
        browser.get(address)
        assert "Not Yours" not in browser.text and "Nor This" not in browser.text


def test_long_lists_are_cut_and_shown_whole_on_a_page_of_their_own(browser, client):
    for number in range(23):
        client(f"Client {number:02}")

    browser.get("/today")
    assert len(rows(browser, "no-contact")) == 20
    assert "23, showing 20" in browser.text
    browser.follow("all")
    assert len(rows(browser, "no-contact")) == 23
    assert browser.path == "/today/list"
    browser.get("/today/list?of=nonsense", status=404)
    browser.get("/today/list", status=404)


def test_clients_stand_by_who_was_longest_without_contact(browser, client, place, stories):
    never = client("Never Seen")
    early = stories.sent(client("Seen Early"), place[0], days_ago(20))
    stories.took(early, Action.SCHEDULE, days_ago(9), appointment=intake(NOON + timedelta(days=1)))
    stories.sent(client("Seen Late"), place[0], days_ago(1))
    stories.draft(client("Drafted"), place[0], days_ago(0.1))

    browser.get("/today")
    browser.follow("By client")

    table = browser.page.select("main tbody tr")
    found = [[" ".join(cell.text.split()) for cell in row.select("td")] for row in table]
    assert found == [
        ["never", "0", "nothing set", "Halfway house"],
        ["Mar 3", "1", "intake tomorrow, noon", "none"],
        ["yesterday", "1", "answer due Mar 18", "none"],
        ["today", "0", "a draft to finish", "none"],
    ]
    assert table[0].select_one("a")["href"] == f"/clients/{never}"


def test_looking_at_lists_leaves_no_note_of_a_client_as_with_other_lists(
    browser, session, client, place, stories
):
    stories.sent(client("Ben Castile"), place[0], days_ago(14))
    session.rollback()
    before = session.scalars(select(AuditRow.number)).all()
    for address in ("/today", "/today/clients", "/today/list?of=late"):
        browser.get(address)
    session.rollback()
    assert session.scalars(select(AuditRow.number)).all() == before


def test_in_spanish_nothing_breaks(browser, client, place, stories):
    referral = stories.sent(client("Ashley Crane"), place[0], days_ago(3))
    stories.took(referral, Action.DECLINE, days_ago(2), reason=Reason.FULL)
    browser.get("/today", headers={"Accept-Language": "es"})
    assert browser.page.html["lang"] == "es"
    assert rows(browser, "no-next-step")


def test_every_list_has_its_words(app):
    from resourcedir.today import wording

    for table in (wording.TITLES, wording.SHORT, wording.ABOUT):
        assert set(table) == set(Section)
    assert set(wording.BULK_OF.values()) == set(wording.BULK_BUTTONS) == set(wording.BULK_SURE)


def test_providers_and_administrators_have_no_such_page(app, make, place):
    for person in (place[1], make.administrator()):
        other = Browser(app)
        other.sign_in(person)
        for address in ("/today", "/today/clients", "/today/list?of=late", "/today/officer"):
            other.get(address, status=404)


def test_a_referral_that_was_withdrawn_is_done_with(browser, session, client, place, stories):
    referral = stories.sent(client("Wes Lowry"), place[0], days_ago(3))
    stories.took(
        referral, Action.WITHDRAW, days_ago(1), reason=Reason.OTHER_PLACE, who=stories.officer
    )
    browser.get("/today")
    assert listed(browser) == []
    session.rollback()
    assert session.get_one(Referral, referral.id).status is Status.WITHDRAWN
