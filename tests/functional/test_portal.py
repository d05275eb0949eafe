"""A provider opens what was sent to it and answers, page by page, without JavaScript."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from resourcedir.audit.models import AuditEvent, AuditRow
from resourcedir.clients.models import Client
from resourcedir.referrals import commands
from resourcedir.referrals.lifecycle import Action, Mode, Reason, Status
from resourcedir.referrals.models import Outcome, Referral, ReferralEvent
from tests.integration.referrals.conftest import RELEASE, by
from tests.integration.today.stories import Stories, days_ago


def fresh(session):
    """Let the test's session see what requests have committed since."""
    session.rollback()
    session.expire_all()


@pytest.fixture
def house(make):
    return make.organization("Riverbend Recovery")


@pytest.fixture
def provider(make, house):
    return make.provider(house.id)


@pytest.fixture
def officer(make):
    return make.officer()


@pytest.fixture
def sent(make, session, officer, house, provider):
    """A referral that waits in the provider's inbox."""
    return refer(make, session, officer, house)


def refer(make, session, officer, house, mode=Mode.LIVE):
    listing = make.listing(house, name="Riverbend House", terms=("halfway-house",))
    doing = by(officer)
    wanted = commands.Wanted(make.client(officer), listing, "halfway-house", uuid4())
    referral = commands.start_draft(session, doing, wanted)
    commands.choose_mode(session, doing, referral.id, mode)
    details = commands.Details(
        version=referral.version,
        need_code="halfway-house",
        contact_by=None,
        note="canary-note",
        given=RELEASE,
    )
    commands.save_details(session, doing, referral.id, details)
    told = commands.preview(session, doing, referral.id)
    leave = commands.send if mode is Mode.LIVE else commands.record
    checked = commands.Checked(referral.version, told.fingerprint())
    leave(session, doing, referral.id, checked)
    session.commit()
    return referral


def now(session, referral):
    fresh(session)
    return session.get(Referral, referral.id)


def test_a_provider_opens_accepts_starts_and_completes(browser, session, sent, provider):
    browser.sign_in(provider)
    page = browser.get("/portal")
    assert "Tolliver" not in page.text
    assert "Housing" in browser.text and "Halfway" not in browser.text
    browser.follow(sent.reference)
    assert browser.title == "Waiting for your answer"
    assert "Tolliver" not in browser.page.text and "canary" not in browser.page.text
    browser.submit({})
    assert "Marcus Tolliver" in browser.text and "canary-note" in browser.text
    assert "Tolliver" not in browser.page.title.text
    assert "Halfway" not in browser.text

    browser.submit({}, form=f"form[action$='{sent.id}/step/accept']")
    assert browser.title == "Accepted"
    browser.submit({}, form=f"form[action$='{sent.id}/step/start']")
    browser.follow("The person has finished")
    page = browser.submit({}, status=422)
    assert page.select_one("#error-summary a")["href"] == "#result-0"
    browser.submit({"result": "got_help", "on_date": "2026-03-12"})

    assert browser.title == "Finished"
    assert now(session, sent).status is Status.COMPLETED
    assert session.scalars(select(Outcome)).one().source.value == "provider"


def test_the_officer_sees_the_answer(browser, make, session, sent, officer, provider):
    browser.sign_in(provider)
    browser.get(f"/portal/referrals/{sent.id}")
    browser.submit({})
    browser.submit({}, form="form[action$='/step/accept']")
    browser.post("/sign-out")
    browser.sign_in(officer)

    browser.get(f"/referrals/{sent.id}")

    assert browser.title == "Accepted. Not started yet."
    assert "Opened, the name was shown" in browser.text


def test_a_provider_without_room_says_no_without_learning_the_name(
    browser, session, sent, provider
):
    browser.sign_in(provider)
    browser.get(f"/portal/referrals/{sent.id}")
    browser.follow("Decline")
    browser.submit({"reason": "full"})

    assert browser.title == "Declined"
    assert "no longer shown" in browser.text
    assert now(session, sent).opened_at is None


def test_opening_is_a_post_and_is_written_down_once(browser, session, sent, provider):
    browser.sign_in(provider)
    browser.get(f"/portal/referrals/{sent.id}/open", status=405)
    browser.get(f"/portal/referrals/{sent.id}")
    assert now(session, sent).opened_at is None

    for _ in range(2):
        browser.post(f"/portal/referrals/{sent.id}/open")

    fresh(session)
    disclosed = select(AuditRow).where(AuditRow.event == AuditEvent.REFERRAL_DISCLOSED)
    assert session.scalars(disclosed).one().subject_id == str(sent.id)
    assert session.scalars(select(ReferralEvent.action)).all().count(Action.OPEN) == 1


def test_an_answer_before_opening_is_refused(browser, session, sent, provider):
    browser.sign_in(provider)
    browser.post(f"/portal/referrals/{sent.id}/step/accept", {"version": sent.version}, status=409)

    assert now(session, sent).status is Status.SENT


def test_a_double_click_on_accept_accepts_once(browser, session, sent, provider):
    browser.sign_in(provider)
    browser.post(f"/portal/referrals/{sent.id}/open")
    version = browser.page.select_one("main form input[name=version]")["value"]

    for _ in range(2):
        browser.post(f"/portal/referrals/{sent.id}/step/accept", {"version": version})
        assert browser.title == "Accepted"

    fresh(session)
    assert session.scalar(select(func.count()).select_from(ReferralEvent)) == 3


def test_the_second_of_two_is_told_what_the_first_did(
    browser, make, session, house, sent, provider
):
    browser.sign_in(provider)
    browser.post(f"/portal/referrals/{sent.id}/open")
    version = browser.page.select_one("main form input[name=version]")["value"]
    browser.post("/sign-out")
    browser.sign_in(make.provider(house.id))
    browser.post(
        f"/portal/referrals/{sent.id}/step/waitlist", {"version": version, "reason": "full"}
    )
    browser.post("/sign-out")
    browser.sign_in(provider)

    browser.post(f"/portal/referrals/{sent.id}/step/accept", {"version": version})

    assert "waiting list meanwhile" in browser.text
    assert now(session, sent).status is Status.WAITLISTED


@pytest.mark.parametrize("action", ["withdraw", "send", "record", "open", "nonsense"])
def test_a_step_that_is_not_the_providers_is_not_there(browser, session, sent, provider, action):
    browser.sign_in(provider)
    data = {"version": sent.version, "reason": "mistake"}

    browser.get(f"/portal/referrals/{sent.id}/step/{action}", status=404)
    browser.post(f"/portal/referrals/{sent.id}/step/{action}", data, status=404)

    assert now(session, sent).status is Status.SENT


@pytest.mark.parametrize("who", ["another provider", "an officer", "a supervisor"])
def test_what_was_sent_to_one_is_not_there_for_others(browser, session, make, sent, officer, who):
    person = {
        "another provider": lambda: make.provider(make.organization().id),
        "an officer": lambda: officer,
        "a supervisor": make.supervisor,
    }[who]()
    browser.sign_in(person)
    data = {"version": sent.version}

    browser.get(f"/portal/referrals/{sent.id}", status=404)
    browser.post(f"/portal/referrals/{sent.id}/open", status=404)
    browser.get(f"/portal/referrals/{sent.id}/step/accept", status=404)
    browser.post(f"/portal/referrals/{sent.id}/step/accept", data, status=404)
    assert now(session, sent).opened_at is None


def test_a_recorded_referral_is_not_there_for_its_provider(
    browser, make, session, officer, house, provider
):
    referral = refer(make, session, officer, house, Mode.RECORDED)
    browser.sign_in(provider)

    assert "No referral is waiting for you." in browser.get("/portal").text
    browser.get(f"/portal/referrals/{referral.id}", status=404)
    browser.post(f"/portal/referrals/{referral.id}/open", status=404)


def test_a_provider_reads_nothing_on_the_officers_side(browser, sent, provider):
    browser.sign_in(provider)
    for path in ("", "/done", "/handout", "/outcome", "/step/withdraw"):
        browser.get(f"/referrals/{sent.id}{path}", status=404)
    browser.get("/referrals", status=404)


def test_what_the_provider_reads_stays_as_it_was_sent(browser, session, sent, provider):
    client = session.get(Client, sent.client_id)
    client.name = "Somebody Else"
    session.commit()
    browser.sign_in(provider)

    browser.get(f"/portal/referrals/{sent.id}")
    browser.submit({})

    assert "Marcus Tolliver" in browser.text
    assert "Somebody Else" not in browser.text


def test_a_stranger_is_sent_to_sign_in(browser, sent):
    browser.get(f"/portal/referrals/{sent.id}")
    assert browser.title == "Sign in"


def test_what_was_asked_again_stands_on_top_and_says_so(browser, session, make, house, provider):
    officer, number = make.officer(), make.listing(house, terms=("halfway-house",))
    stories = Stories(session, officer, provider)
    first = stories.sent(make.client(officer), number, days_ago(3))
    again = stories.sent(make.client(officer), number, days_ago(1))
    for note in ("One.", "Two.", "Three."):  # another one's longer history must not matter
        stories.took(first, Action.MESSAGE, days_ago(0.5), note=note)
    stories.took(first, Action.WAITLIST, days_ago(0.4), reason=Reason.FULL)
    third = stories.sent(make.client(officer), number, days_ago(2))
    stories.took(again, Action.NUDGE, days_ago(0.1))

    browser.sign_in(provider)
    browser.get("/portal")

    found = [row.get_text(" ", strip=True) for row in browser.page.select("main tbody tr")]
    assert again.reference in found[0] and "asked again" in found[0]
    assert third.reference in found[1] and "asked again" not in found[1]
