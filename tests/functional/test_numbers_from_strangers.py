"""Every place where the app reads a whole number, with numbers that nobody means."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import IntegerConverter

NUMBERS = st.one_of(
    st.sampled_from(["9" * 5000, "9" * 30, "9" * 18, str(2**63), "-1", "0", "٣", "²"]),
    st.sampled_from(["1e9", "NaN", "sNaN", "Infinity", "1e999999", "1_0"]),
    st.integers().map(str),
    st.text(max_size=12),
)
FAIR = {200, 302, 303, 308, 400, 404, 405, 409, 422}
quick = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def officer(make, browser, index):
    officer = make.officer()
    browser.sign_in(officer)
    index()
    return officer


@pytest.fixture
def own_listing(make, browser):
    """Give a listing and sign in somebody who may edit it."""
    organization = make.organization()
    number = make.listing(organization, available=2)
    browser.sign_in(make.provider(organization.id))
    return number


def number_routes(app):
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if any(isinstance(each, IntegerConverter) for each in rule._converters.values())
    ]


def send(browser, url, data):
    """Send a form as the page at hand would, and return the status."""
    token = browser.page.select_one("input[name=csrf_token]")["value"]
    return browser.client.post(url, data={"csrf_token": token, **data}).status_code


@quick
@given(number=NUMBERS)
def test_a_number_in_any_url_is_found_or_not(app, browser, officer, number):
    routes = number_routes(app)
    assert len(routes) >= 7
    for rule, method in routes:
        name = next(iter(rule.arguments))
        url = rule.rule.replace(f"<int:{name}>", number.replace("/", "").replace("?", "") or "x")
        asked = browser.client.get(url).status_code if method == "GET" else None
        status = asked or send(browser, url, {})
        assert status in FAIR, f"{method} {rule.rule}: {status}"


@quick
@given(number=NUMBERS)
def test_a_page_or_a_distance_that_is_no_number_is_not_asked(browser, officer, number):
    asked = {"q": "bed", "near": "37402", "page": number, "within": number}

    assert browser.client.get("/search", query_string=asked).status_code == 200


@quick
@given(number=NUMBERS)
def test_so_it_is_in_a_search_for_a_client(browser, officer, make, number):
    client = make.client(officer)
    browser.get(f"/clients/{client}")
    browser.post("/match", {"client_id": str(client)})
    asked = {"q": "bed", "page": number, "within": number}

    assert send(browser, browser.path, asked) == 303
    browser.get(browser.path)


@quick
@given(number=NUMBERS)
def test_a_listing_or_a_version_that_was_tampered_with_is_refused(browser, officer, make, number):
    client = make.client(officer)
    browser.get(f"/clients/{client}")
    start = {"client_id": str(client), "listing": number, "form_token": str(uuid4())}

    assert send(browser, "/referrals/start", start) in FAIR
    assert send(browser, f"/clients/{client}", {"version": number}) in FAIR
    assert send(browser, f"/clients/{client}/edit", {"version": number}) in FAIR
    assert send(browser, f"/clients/{client}/needs", {"version": number}) in FAIR


FIELDS = ("version", "minimum_age", "maximum_age", "sobriety_days", "available", "maximum")


@quick
@given(number=NUMBERS, field=st.sampled_from([*FIELDS, "cost_amount", "opened_at"]))
def test_the_form_of_a_listing_refuses_what_is_no_number(browser, own_listing, number, field):
    browser.get(f"/listings/{own_listing}/edit")
    sent = {"description": "d", "unit": "bed", "cost": "fee", "version": "1", field: number}

    assert send(browser, f"/listings/{own_listing}/edit", sent) in FAIR
    assert send(browser, f"/listings/{own_listing}/openings", {"available": number}) in FAIR


@pytest.mark.parametrize("amount", ["sNaN", "NaN", "Infinity", "1e999999", "9" * 5000])
def test_an_amount_that_is_none_is_refused_beside_its_field(browser, own_listing, amount):
    browser.get(f"/listings/{own_listing}/edit")
    sent = {"description": "d", "unit": "bed", "cost": "fee", "version": "1"}

    assert send(browser, f"/listings/{own_listing}/edit", {**sent, "cost_amount": amount}) == 422


@pytest.mark.parametrize(
    "opened_at", ["2026-01-01", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59-12:00"]
)
def test_a_time_of_opening_that_never_was_is_stale(browser, own_listing, opened_at):
    browser.get(f"/listings/{own_listing}/edit")
    sent = {"description": "d", "version": "99", "opened_at": opened_at}

    assert send(browser, f"/listings/{own_listing}/edit", sent) in {409, 422}
