"""What both sides do about a referral that has left, on pages without JavaScript."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.clients.models import Client
from resourcedir.db import writing
from resourcedir.referrals.models import Outcome, Referral
from tests.conftest import NOON
from tests.functional.loop.acting import answer, dates, ours, timeline, told
from tests.functional.referring import fresh, the_one
from tests.inspector import Browser


def test_the_house_asks_for_more_and_reads_the_answer(browser, sent, theirs):
    answer(theirs, "ask_info", {"note": ""}, status=422)
    theirs.submit({"note": "Is there a state ID?"})
    assert theirs.title == "You asked the officer for more"

    browser.get(ours(sent))
    assert browser.title == "They ask for more. The answer is yours."
    assert "They ask: Is there a state ID?" in browser.page.select_one(".rd-next").text
    browser.follow("Answer their question")
    assert "They ask: Is there a state ID?" in browser.text
    assert "The provider reads this word for word." in browser.text
    browser.submit({"note": "Yes, until 2029."})
    assert browser.title == "Opened. Not answered yet."

    theirs.get(f"/portal/referrals/{sent.id}")
    assert theirs.title == "Waiting for your answer"
    assert "Yes, until 2029." in theirs.text


def test_nothing_more_is_told_when_the_release_has_ended(browser, session, sent, theirs):
    answer(theirs, "ask_info", {"note": "Is there a state ID?"})
    fresh(session)
    writing(session)
    referral = session.get(Referral, sent.id)
    referral.release_until_on = NOON.date() - timedelta(days=1)
    session.commit()

    told(browser, sent, "answer_info", {"note": "canary-answer"}, status=422)

    assert "permission has ended" in browser.text
    assert the_one(session).status == "info_asked"
    assert "canary-answer" not in theirs.get(f"/portal/referrals/{sent.id}").text


def test_messages_go_both_ways_and_the_officers_own_notes_do_not(browser, sent, theirs):
    answer(theirs, "schedule", {"day": "2026-03-12", "at": "09:00", "minutes": "30"})
    answer(theirs, "message", {"note": "Please bring seven days of medicine."})
    answer(theirs, "miss")
    assert "Is the absence" not in theirs.text
    told(browser, sent, "message", {"note": "The officer will bring it."})
    told(browser, sent, "judge", {"absence": "unacceptable", "note": "canary-judged"})
    browser.get(ours(sent, "/call"))
    browser.submit({"reason": "spoke", "note": "canary-called"})

    assert "Please bring seven days of medicine." in browser.text
    assert "canary-judged" in browser.text and "canary-called" in browser.text
    theirs.get(f"/portal/referrals/{sent.id}")
    assert "The officer will bring it." in theirs.text
    for words in ("canary", "Called", "judged", "acceptable"):
        assert words not in theirs.page.text


def test_a_message_by_a_house_that_has_not_opened_is_not_there(app, staff, sent):
    theirs = Browser(app)
    theirs.sign_in(staff)
    theirs.get(f"/portal/referrals/{sent.id}")
    assert not theirs.page.select("main [href$='/step/message']")
    theirs.get(f"/portal/referrals/{sent.id}/step/message")
    assert theirs.path == f"/portal/referrals/{sent.id}"


def test_the_waiting_list_has_places_and_a_wait(browser, sent, theirs, another, at_noon):
    answer(theirs, "waitlist", {"reason": "full", "wait_days": "21"})
    at_noon(NOON + timedelta(minutes=5))
    second = another(name="Ray Dutton")
    theirs.get(f"/portal/referrals/{second.id}")
    theirs.submit({})
    answer(theirs, "waitlist", {"reason": "full", "wait_days": ""})

    assert dates(theirs)["Place in the waiting list"] == "2"
    browser.get(ours(sent))
    assert dates(browser)["Place in the waiting list"] == "1"
    assert dates(browser)["Wait as they said"] == "21 days"
    told(browser, sent, "withdraw", {"reason": "other_place"})
    browser.get(ours(second))
    assert dates(browser)["Place in the waiting list"] == "1"
    assert "Wait as they said" not in dates(browser)


@pytest.mark.parametrize(
    "case",
    [
        ("work_hours", "Mo-Fr 07:00-15:30", "14:00", "The client is at work from 2 pm to 3 pm"),
        ("curfew", "Mo-Su 20:00-06:00", "19:30", "In the client's curfew from 8 pm to 8:30 pm"),
    ],
    ids=["work", "curfew"],
)
def test_what_the_client_has_to_do_is_shown_before_an_intake_is_saved_and_saved_all_the_same(
    browser, session, client, sent, case
):
    kind, hours, when, words = case
    setattr(session.get(Client, client), kind, hours)
    session.commit()
    wanted = {"day": "2026-03-16", "at": when, "minutes": "60"}

    told(browser, sent, "schedule", wanted, status=422)
    assert words in browser.page.select_one("#error-summary").text
    assert the_one(session).status == "sent"
    browser.submit({"at": "16:00"})

    assert browser.title == "Accepted. The intake is set."
    told(browser, sent, "schedule", wanted, status=422)
    browser.submit({})
    assert words in browser.page.select_one(".rd-next").text
    assert dates(browser)["Intake"].startswith("Mar 16, 2026, ")


def test_another_time_that_does_not_fit_either_is_shown_again(browser, session, client, sent):
    session.get(Client, client).work_hours = "Mo-Fr 07:00-15:30"
    session.commit()
    told(browser, sent, "schedule", {"day": "2026-03-16", "at": "14:00"}, status=422)
    browser.submit({"at": "11:00"}, status=422)
    assert "11 am to noon" in browser.page.select_one("#error-summary").text


def test_two_intakes_of_one_client_at_one_time_are_shown(browser, sent, theirs, another):
    answer(theirs, "schedule", {"day": "2026-03-16", "at": "10:00", "minutes": "60"})

    wanted = {"day": "2026-03-16", "at": "10:30", "minutes": "60"}
    told(browser, another(), "schedule", wanted, status=422)

    words = f"Another appointment, {sent.reference}: 10:30 am to 11 am"
    assert words in browser.page.select_one("#error-summary").text


def test_a_time_that_the_clock_skips_is_refused_in_words(browser, sent):
    told(browser, sent, "schedule", {"day": "2027-03-14", "at": "02:30"}, status=422)
    assert browser.page.select_one("#error-summary a")["href"] == "#at"
    assert "there is no 2:30 am" in browser.text


def test_the_calendar_file_has_the_time_and_neither_client_nor_need_nor_place(
    browser, session, client, sent, theirs
):
    answer(theirs, "schedule", {"day": "2026-03-16", "at": "10:00", "minutes": "45"})
    browser.get(ours(sent))
    link = next(a for a in browser.page.select("aside a") if "Calendar file" in a.text)

    response = browser.client.get(link["href"])

    assert response.mimetype == "text/calendar"
    assert response.headers["Cache-Control"] == "no-store"
    assert f'filename="{sent.reference}.ics"' in response.headers["Content-Disposition"]
    text = response.text.replace("\r\n ", "")
    assert "DTSTART:20260316T140000Z" in text and "DTEND:20260316T144500Z" in text
    assert f"SUMMARY:Appointment {sent.reference}" in text
    assert "10 am (EDT)" in text.replace("\\", "")
    for word in ("Tolliver", "Marcus", "Riverbend", "Holtzclaw", "alfway", "ousing", "bus"):
        assert word not in text
    fresh(session)
    seen = select(AuditRow.subject_id).where(AuditRow.event == AuditEvent.REFERRAL_SEEN)
    assert str(sent.id) in session.scalars(seen).all()
    told(browser, sent, "withdraw", {"reason": "other_place"})
    assert "STATUS:CANCELLED" in browser.client.get(link["href"]).text


def test_without_an_intake_there_is_no_calendar_file(browser, sent):
    browser.get(ours(sent, "/intake.ics"), status=404)


def test_an_absence_is_judged_by_the_officer(browser, sent, theirs):
    answer(theirs, "schedule", {"day": "2026-03-12", "at": "09:00", "minutes": "30"})
    answer(theirs, "miss")
    browser.get(ours(sent))
    assert browser.title == "Did not come to the intake."
    assert dates(browser)["Absence"] == "Not said yet"

    told(browser, sent, "judge", status=422)
    browser.submit({"absence": "acceptable", "note": "Was at the hospital."})

    assert dates(browser)["Absence"] == "Acceptable: there was a good reason"
    assert "Was at the hospital." in browser.text


def test_a_mistaken_step_is_taken_back_by_the_side_that_made_it(browser, session, sent, theirs):
    answer(theirs, "decline", {"reason": "full"})
    browser.get(ours(sent))
    assert not browser.page.select("main [href$='/step/correct']"), "it is not the officer's"

    answer(theirs, "correct", {"note": "Meant another one."})
    assert theirs.title == "Waiting for your answer"
    browser.get(ours(sent))
    assert timeline(browser)[:2] == [
        "The step before was taken back",
        "Declined: No room taken back",
    ]

    told(browser, sent, "accept")
    theirs.get(f"/portal/referrals/{sent.id}")
    assert not theirs.page.select("main [href$='/step/correct']"), "it is not the house's"
    told(browser, sent, "correct", {"note": "It was another client."})
    assert browser.title == "Opened. Not answered yet."


def test_what_was_said_with_a_step_goes_with_it(browser, session, sent, theirs):
    answer(theirs, "accept")
    answer(theirs, "start")
    answer(theirs, "complete", {"result": "got_help"})
    browser.get(ours(sent))
    assert "Got the help" in browser.text

    answer(theirs, "correct", {"note": "Still here."})

    browser.get(ours(sent))
    assert browser.title == "Started. Not finished yet."
    assert "Got the help" not in browser.text
    fresh(session)
    assert session.scalars(select(Outcome)).one().taken_back_at == NOON


def test_what_was_entered_in_error_stays_and_counts_for_nothing(browser, sent, theirs):
    told(browser, sent, "error", status=422)
    assert "This cannot be taken back." in browser.text
    browser.submit({"note": "Wrong client."})

    assert browser.title == "Entered in error. It does not count."
    assert "Wrong client." in browser.text
    assert not browser.page.select("main [href$='/outcome'], main [href$='/step/correct']")
    theirs.get(f"/portal/referrals/{sent.id}")
    assert theirs.title == "Entered in error"
    assert "Tolliver" not in theirs.page.text and "Wrong client" not in theirs.page.text
