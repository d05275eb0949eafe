"""A referral after it has left: what officers and supervisors see of it and record."""

import logging
import re
from datetime import time
from uuid import uuid4

import pytest
from sqlalchemy import select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.referrals import commands
from resourcedir.referrals.lifecycle import Action, Status
from resourcedir.referrals.models import Outcome, ReferralEvent
from tests.functional.referring import fresh, refer_live, refer_through_pages, start, the_one
from tests.integration.referrals.conftest import by

CANARIES = ("Tolliver", "halfway", "Halfway", "canary-note", "423-555-0177")


def test_an_officer_records_what_was_told_by_phone(browser, session, make, officer, house):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])

    browser.get(f"/referrals/{referral.id}")
    browser.follow("They declined")
    page = browser.submit({}, status=422)
    assert page.select_one("#error-summary a")["href"] == "#reason-0"
    browser.submit({"reason": "full", "note": "Ms. Ortega, at the desk"})

    assert browser.title == "Declined. Another place is needed."
    assert "Declined: No room" in browser.text
    assert "Provider says" in browser.text
    assert browser.page.select_one(".rd-next form")["action"].endswith("/elsewhere")


def test_an_officer_withdraws_and_the_page_before_it_says_what_that_means(
    browser, session, make, officer, house
):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])
    browser.get(f"/referrals/{referral.id}")

    browser.follow("Withdraw this referral")
    assert "This ends the referral" in browser.text
    browser.submit({"reason": "other_place"})

    assert browser.title == "Withdrawn."
    browser.get(f"/referrals/{referral.id}/step/accept")
    assert "the referral has moved on" in browser.text


def test_an_outcome_is_recorded_with_its_source(browser, session, make, officer, house):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])
    browser.get(f"/referrals/{referral.id}/outcome")
    assert not browser.page.select("main [checked]"), "the page must not lead"

    browser.submit({"result": "got_help", "on_date": "2026-03-13"}, status=422)
    page = browser.submit(
        {"result": "got_help", "source": "client", "on_date": "2026-03-13"}, status=422
    )
    assert page.select_one("#error-summary a")["href"] == "#on_date"
    browser.submit({"result": "got_help", "source": "client", "on_date": "2026-03-11"})

    fresh(session)
    assert session.scalars(select(Outcome)).one().source.value == "client"
    assert "Got the help, Mar 11, 2026" in browser.text


@pytest.mark.parametrize("action", ["send", "record", "open", "nonsense"])
def test_a_step_without_a_page_is_not_there(browser, session, make, officer, house, action):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])

    browser.get(f"/referrals/{referral.id}/step/{action}", status=404)
    browser.post(f"/referrals/{referral.id}/step/{action}", {"version": 1}, status=404)


def test_somebody_else_was_first_and_the_page_says_what_they_did(
    browser, session, make, officer, house
):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])
    browser.get(f"/referrals/{referral.id}/step/accept")
    other_tab = browser.page
    browser.get(f"/referrals/{referral.id}/step/withdraw")
    browser.submit({"reason": "mistake"})
    browser.page = other_tab

    browser.submit({})

    assert browser.title == "Withdrawn."
    assert "withdrawn meanwhile" in browser.text


def test_own_referrals_stand_in_the_order_of_work(browser, session, make, officer, house):
    make.provider(house[0].id)
    client = make.client(officer)
    refer_live(session, client, house[1])
    start(browser, client, house[1])

    page = browser.get("/referrals")

    captions = [each.text for each in page.select("table caption")]
    assert captions == ["Drafts", "Waiting for an answer"]
    assert "Marcus Tolliver" in browser.text
    assert "Waiting for the provider" in browser.text


def test_a_supervisor_reads_a_referral_and_has_nothing_to_press(
    browser, session, make, officer, house
):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])
    browser.post("/sign-out")
    browser.sign_in(make.supervisor())

    page = browser.get(f"/referrals/{referral.id}")

    assert "Marcus Tolliver" in page.select_one(".rd-client").text
    assert not page.select("main form, main a[href*='/step/'], main a[href*=handout]")
    browser.post(f"/referrals/{referral.id}/step/withdraw", {"reason": "mistake"}, status=404)


ROUTES = [
    ("get", ""),
    ("get", "/how"),
    ("post", "/how"),
    ("get", "/details"),
    ("post", "/details"),
    ("get", "/check"),
    ("post", "/check"),
    ("get", "/done"),
    ("get", "/handout"),
    ("get", "/outcome"),
    ("post", "/outcome"),
    ("get", "/step/withdraw"),
    ("post", "/step/withdraw"),
    ("get", "/step/accept"),
    ("post", "/step/accept"),
]


@pytest.mark.parametrize(("verb", "path"), ROUTES)
def test_a_referral_of_another_agency_is_not_there(browser, session, make, house, verb, path):
    ours = make.officer()
    with browser.client.application.app_context():
        wanted = commands.Wanted(make.client(ours), house[1], None, uuid4())
        referral = commands.start_draft(session, by(ours), wanted)
        session.commit()
    browser.sign_in(make.officer(make.team(make.agency())))

    data = {"version": referral.version, "mode": "recorded", "reason": "mistake", "right": "y"}
    data |= {"fingerprint": "x", "result": "got_help", "source": "client", "on_date": "2026-03-11"}
    url = f"/referrals/{referral.id}{path}"
    if verb == "get":
        browser.get(url, status=404)
    else:
        browser.post(url, data, status=404)

    assert the_one(session).status is Status.DRAFT


def test_looking_is_written_down_and_fails_when_it_cannot_be(
    browser, session, make, officer, house, monkeypatch
):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])
    browser.get(f"/referrals/{referral.id}")
    fresh(session)
    seen = session.scalars(
        select(AuditRow.event).where(AuditRow.subject_id == str(referral.id))
    ).all()
    assert AuditEvent.REFERRAL_SEEN in seen

    def fail(*_, **__):
        raise RuntimeError("the audit is out of order")

    monkeypatch.setattr("resourcedir.referrals.commands.acting.write_audit", fail)
    with pytest.raises(RuntimeError, match="out of order"):
        browser.client.get(f"/referrals/{referral.id}")


def test_no_name_need_or_note_gets_into_addresses_cookies_messages_or_logs(
    browser, session, make, officer, house, caplog
):
    caplog.set_level(logging.DEBUG)
    make.provider(house[0].id)
    gone = []
    send = browser.client.open

    def watched(*args, **kwargs):
        response = send(*args, **kwargs)
        gone.append(str(args[0]) if args else "")
        gone.append(str(response.headers))
        return response

    browser.client.open = watched
    referral = refer_through_pages(
        browser, session, make.client(officer), house[1], note="canary-note"
    )
    browser.get(f"/referrals/{referral.id}/step/accept")
    browser.submit({"note": "canary-note"})
    flashes = [each.text for each in browser.page.select(".rd-flash")]
    fresh(session)
    audit = [str(vars(row)) for row in session.scalars(select(AuditRow))]

    for canary in CANARIES:
        for sink in (*gone, *flashes, *audit, caplog.text):
            assert canary not in sink


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_handout_is_one_sheet_in_the_clients_language(browser, session, make, officer, lang):
    organization = make.organization("Riverbend Recovery")
    make.provider(organization.id)
    listing = make.listing(
        organization,
        name="Riverbend House",
        hours=[("MO,TU,WE,TH,FR", time(8), time(17)), ("SA", time(10), time(14))],
    )
    referral = refer_live(session, make.client(officer), listing)

    page = browser.get(f"/referrals/{referral.id}/handout?lang={lang}")

    assert page.html["lang"] == lang
    text = browser.text
    assert "M. T." in text and "Tolliver" not in page.text
    assert "1510 N Holtzclaw Ave" in text
    assert "423-555-0141" in text and "423-555-0160" in text
    assert referral.reference in text
    assert ("Monday" if lang == "en" else "Lunes") in text
    assert "halfway" not in text.lower()
    fresh(session)
    printed = select(AuditRow).where(AuditRow.event == AuditEvent.HANDOUT_PRINTED)
    assert session.scalars(printed).one().subject_id == str(referral.id)


def test_a_handout_comes_in_the_first_language_of_the_client(
    browser, session, make, officer, house
):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer, languages="es en"), house[1])

    assert browser.get(f"/referrals/{referral.id}/handout").html["lang"] == "es"


def test_a_handout_for_a_confidential_place_says_call_first_and_no_address(
    browser, session, make, officer
):
    organization = make.organization()
    make.provider(organization.id)
    hidden = make.listing(
        organization, name="Harbor", confidential="77 Canary Lane", area="TN/Hamilton"
    )
    referral = refer_live(session, make.client(officer), hidden)

    page = browser.get(f"/referrals/{referral.id}/handout?lang=en")

    assert browser.title == "Call Harbor first"
    assert "Canary" not in page.text
    assert not re.search(r"\b\d{5}\b", browser.text)


def test_the_clients_page_lists_their_referrals(browser, session, make, officer, house):
    make.provider(house[0].id)
    client = make.client(officer)
    refer_live(session, client, house[1])

    page = browser.get(f"/clients/{client}")

    assert "Riverbend House" in page.text
    assert "Waiting for the provider" in page.text


def test_hostile_words_are_inert(browser, session, make, officer, house):
    make.provider(house[0].id)
    evil = "<script>alert(1)</script>{{7*7}}"
    client = make.client(officer, name=f"Evil {evil}")
    referral = refer_live(session, client, house[1], note=evil)
    for path in ("", "/handout?lang=en", "/done", "/step/withdraw", "/outcome"):
        browser.get(f"/referrals/{referral.id}{path}")
        assert "<script>alert" not in browser.response.text
        assert "49" not in browser.page.select_one("main").text.replace("2149", "")


def test_nothing_of_a_referral_changes_on_get(browser, session, make, officer, house):
    make.provider(house[0].id)
    referral = refer_live(session, make.client(officer), house[1])
    before = (referral.status, referral.version)
    for path in ("", "/handout", "/done", "/step/withdraw?reason=mistake", "/outcome", "/how"):
        browser.get(f"/referrals/{referral.id}{path}")

    again = the_one(session)
    assert (again.status, again.version) == before
    assert session.scalars(select(ReferralEvent.action)).all() == [Action.SEND]
