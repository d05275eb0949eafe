"""What becomes of a referral after it was sent, with JavaScript and without: both sides' pages."""

import re
from datetime import timedelta

import pytest

from resourcedir import clock
from tests.browser.listings import ELSEWHERE
from tests.conftest import NOON

BESIDE = "aside:not(.rd-crisis)"
NOTE = "Comes by bus. Works until three."


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def js(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_declined_referral_goes_elsewhere_with_all_that_it_said(person, world, js):
    """The client's word was for the first place: of another it is asked anew (42 CFR 2.31)."""
    declined = world.referrals["opened"]
    provider = person(js=js, width=360).sign_in(world.provider)
    provider.open(f"/portal/referrals/{declined}").follow("Decline")
    provider.tick("No room").press("Save")
    assert provider.title == "Declined"
    assert "Tolliver" not in provider.text

    officer = person(js=js).sign_in(world.officer).open(f"/referrals/{declined}")
    assert officer.title == "Declined. Another place is needed."
    assert "Declined: No room" in officer.page.locator(".rd-time").inner_text()
    first = _reference(officer)
    officer.press("Refer elsewhere")
    assert re.fullmatch(r"/match/[0-9a-f-]{36}", officer.path)
    assert "Marcus Tolliver" in officer.page.locator(".rd-client").inner_text()
    officer.press(f"Refer to {ELSEWHERE}")
    officer.tick("Send it in the app").press("Continue")
    _carried_over(officer)
    assert not officer.page.locator("input[name=ground]:checked").count()
    officer.tick("agreed aloud").fill("Who heard the client agree?", "K. Ames")
    officer.press("Continue to check")
    officer.tick("Marcus Tolliver").press("Send to")
    assert officer.title == "The referral is sent"

    second = _linked_both_ways(officer.follow("See the referral"), first)
    other = person(js=js, width=360).sign_in(world.elsewhere)
    assert second in other.text
    assert first not in other.text


def test_a_client_who_missed_the_intake_comes_to_the_next_and_both_sides_say_what_came_of_it(
    person, world, js, monkeypatch
):
    sent = world.referrals["released"]
    provider = person(js=js, width=360).sign_in(world.provider).open(f"/portal/referrals/{sent}")
    _set_an_intake(provider, "2026-03-12", "12:15")
    assert provider.title == "Intake set"
    officer = person(js=js).sign_in(world.officer).open(f"/referrals/{sent}")
    assert officer.title == "Accepted. The intake is set."
    assert "Mar 12, 2026, 12:15 pm EDT" in officer.page.locator(BESIDE).inner_text()
    _saves_the_date(officer)

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=25))
    provider.open(provider.path).press("The person did not come")
    officer.open(f"/referrals/{sent}")
    assert officer.title == "Did not come to the intake."
    officer.follow("Say if the absence is acceptable")
    officer.tick("Acceptable").press("Save")
    assert "Acceptable" in officer.page.locator(BESIDE).inner_text()

    _set_an_intake(provider, "2026-03-16", "09:00")
    officer.open(f"/referrals/{sent}")
    assert "Mar 16, 2026, 9 am EDT" in officer.page.locator(BESIDE).inner_text()
    provider.press("The person has started")
    provider.follow("The person has finished").tick("Got the help").press("Save")

    officer.open(f"/referrals/{sent}").follow("Record an outcome")
    officer.tick("Did not get the help").tick("The client says so").press("Save")
    assert officer.title == "Finished."
    assert "Got the help" in _said(officer, "Provider says")
    assert "Did not get the help" in _said(officer, "Client says")
    assert _said(officer, "Counts as") == "Not known"
    happened = officer.page.locator(".rd-time").inner_text()
    assert happened.count("Intake set") == 2
    assert happened.index("Finished") < happened.index("Started") < happened.index("Did not come")
    assert "Did not get the help" not in provider.open(f"/portal/referrals/{sent}").text


def test_what_else_the_client_has_to_do_is_shown_before_an_intake_is_saved(person, world, js):
    sent = world.referrals["accepted"]
    officer = person(js=js, width=360).sign_in(world.officer).open(f"/referrals/{sent}")

    _set_an_intake(officer, "2026-03-13", "12:30", "They set an intake")

    summary = officer.page.locator("#error-summary")
    assert re.search(r"Another appointment, R-\w{6}: 12:30 pm to 1 pm", summary.inner_text())
    assert officer.focused.get_attribute("id") == "error-summary"
    officer.press("Save all the same")
    assert officer.title == "Accepted. The intake is set."
    assert "Another appointment" in officer.page.locator(".rd-next").inner_text()


def test_a_call_is_logged_in_two_presses(person, world, js):
    officer = person(js=js, width=360).sign_in(world.officer)
    officer.open(f"/referrals/{world.referrals['unopened']}")

    officer.follow("Log a call").press("Left a message")

    assert officer.steps == 2
    assert "Called: Left a message" in officer.page.locator(".rd-time").inner_text()


def _set_an_intake(who, day: str, at: str, words: str = "Set an intake") -> None:
    who.follow(words)
    who.page.locator("#day").fill(day)
    who.page.locator("#at").fill(at)
    who.press("Save")


def _saves_the_date(officer) -> None:
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Calendar file").click()
    assert download.value.suggested_filename == f"{_reference(officer)}.ics"


def _carried_over(officer) -> None:
    page = officer.page
    assert page.locator("#note").input_value() == NOTE
    assert page.locator("#need").input_value() == "residential-treatment"
    assert page.locator("input[name=contact_by]:checked").input_value() == "call"
    assert page.locator("input[name=urgency]:checked").input_value() == "routine"


def _linked_both_ways(officer, first: str) -> str:
    second = _reference(officer)
    assert officer.title == "Sent. Not opened yet."
    officer.follow(first, within=BESIDE)
    assert "Referred elsewhere" in officer.text
    officer.follow(second, within="main")
    assert officer.title == "Sent. Not opened yet."
    return second


def _reference(officer) -> str:
    above = officer.page.locator("main .rd-quiet").first.inner_text()
    found = re.search(r"R-\w{6}", above)
    assert found, above
    return found[0]


def _said(officer, column: str) -> str:
    words: str = officer.page.locator(f"td[data-label='{column}']").inner_text()
    return words
