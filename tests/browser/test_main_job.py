"""The main job, with JavaScript and without: find a place, refer, hear back."""

import pytest

from tests.browser.listings import TREATMENT


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def js(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_an_officer_refers_a_client_and_sees_what_the_provider_answers(person, world, js):
    officer = person(js=js).sign_in(world.officer)
    reference = _refer(officer)
    _answer(person(js=js, width=360).sign_in(world.provider), reference)

    officer.open(officer.path.removesuffix("/handout"))
    assert officer.title == "Finished."
    said = officer.page.locator("td[data-label='Provider says']").inner_text()
    assert "Finished treatment" in said
    assert "J. Ortega" in officer.page.locator(".rd-time").inner_text()


def _refer(officer) -> str:
    officer.follow("Clients").follow("Marcus Tolliver").press("Find for this client")
    assert officer.steps == 3, "a first useful result is two steps from the caseload"
    first = officer.page.locator(".rd-row").first
    assert officer.page.locator("#near").input_value() == "37402"
    assert TREATMENT in first.inner_text()
    assert " mi" in first.inner_text()
    assert "arson is refused" in first.inner_text().casefold(), "and why it may not take him"

    officer.press(f"Refer to {TREATMENT}")
    assert officer.title == "How shall this referral go?"
    assert not officer.page.locator("main textarea").count()
    officer.tick("Send it in the app").press("Continue")
    officer.page.locator("#note").fill("Comes by bus.")
    officer.tick("signed a release")
    officer.page.locator("#release_from_on").fill("2026-03-02")
    officer.page.locator("#release_until_on").fill("2026-09-02")
    officer.press("Continue to check")
    assert officer.title == "Check before sending"
    assert "Marcus Tolliver" in officer.page.locator(".rd-client").inner_text()
    officer.tick("Marcus Tolliver").press("Send to")

    assert officer.title == "The referral is sent"
    assert "What happens next" in officer.text
    reference = officer.page.locator(".rd-lede b").inner_text()
    officer.follow("Hand-out in Spanish")
    assert officer.page.locator("html").get_attribute("lang") == "es"
    assert officer.title == f"Vaya a {TREATMENT}"
    assert "Lleve con usted" in officer.text
    assert "Tolliver" not in officer.page.locator("body").inner_text()
    return reference


def _answer(provider, reference: str) -> None:
    assert "Tolliver" not in provider.page.content()
    provider.follow(reference)
    assert "Tolliver" not in provider.page.content()
    provider.press("Open")
    assert "Marcus Tolliver" in provider.text
    provider.press("Accept")
    provider.press("The person has started")
    provider.press("The person has finished")
    assert "Tolliver" not in provider.page.title()
