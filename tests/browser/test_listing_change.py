"""A provider puts a listing right, and an officer finds it as it is now."""

import re
import time

import pytest

from tests.browser.listings import TREATMENT

PATIENCE_S = 10


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_search_knows_within_seconds_what_a_provider_has_published(person, world, js):
    officer = person(js=js).sign_in(world.officer)
    officer.open("/search?q=residential+treatment&near=37402")
    assert "3 beds free" in _row(officer)
    assert "Open now" in _row(officer)

    provider = person(js=js, width=360).sign_in(world.provider)
    provider.follow("Listings").follow(re.compile(f"^Change {TREATMENT}"))
    provider.page.locator("#available").fill("2")
    provider.page.get_by_label("Thursday").fill("6-11am")
    provider.press("Check changes")
    review = provider.text
    assert "Nothing is published yet" in review
    assert "6 am to 11 am" in review
    officer.open("/search?q=residential+treatment&near=37402")
    assert "3 beds free" in _row(officer), "nothing is published before it is said"
    provider.press("Publish")
    assert "Search finds it" in provider.text

    published = time.monotonic()
    while "2 beds free" not in _row(officer):
        assert time.monotonic() - published < PATIENCE_S
        officer.open("/search?q=residential+treatment&near=37402")
    assert "Open now" not in _row(officer), "closed since eleven, by the new hours"
    officer.follow(TREATMENT, within=".rd-results")
    assert "2 beds free" in officer.text
    officer.follow("History")
    assert "J. Ortega" in officer.text


def _row(person) -> str:
    return " ".join(person.page.locator(".rd-row", has_text=TREATMENT).inner_text().split())
