"""What completes the words of the field: short, for anybody's text, and nothing that is hidden."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resourcedir.directory.models import Listing
from resourcedir.search.ask import LONGEST_WORDS
from resourcedir.search.completing import MOST

PATH = "/search/complete"
SECRET = "4711 Canaryhidden Way, Zanzibar Suite, Jasper, TN 37347"


@pytest.fixture(autouse=True)
def listings(make, index):
    numbers = {
        "harbor": make.listing(
            name="Harborlight Shelter", terms=["emergency-shelter"], confidential=SECRET
        ),
        "house": make.listing(name="Northgate House", phone="423-555-0188"),
        "gone": make.listing(name="Yesterdays Lodge"),
    }
    index()
    return numbers


@pytest.fixture
def officer(make, browser):
    officer = make.officer()
    browser.sign_in(officer)
    return officer


@pytest.fixture
def options(browser, officer):
    """Give what asks for completions, and returns the words of each and how it is shown."""

    def ask(words):
        answer = browser.client.get(PATH, query_string={"q": words})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        page = BeautifulSoup(answer.text, "html.parser")
        assert {tag.name for tag in page.find_all(True)} <= {"option"}, answer.text
        return [(option["value"], option.text) for option in page.select("option")]

    return ask


def test_the_address_of_a_hidden_place_completes_nothing(options):
    for words in ("canary", "4711", "zanzi", "harborlight canary", "way, zanz"):
        assert options(words) == [], words
    shown = options("harborl")
    assert [words for words, _ in shown] == ["Harborlight Shelter"]
    for secret in SECRET.replace(",", "").split():
        assert secret not in str(shown)


def test_a_withdrawn_listing_completes_nothing_at_once(options, session, listings, index):
    assert options("yesterd")
    session.get(Listing, listings["gone"]).withdrawn_at = session.get(
        Listing, listings["house"]
    ).checked_at
    session.commit()

    assert options("yesterd") == [], "the index does not know yet"
    index()
    assert options("yesterd") == []


def test_people_and_telephones_complete_nothing(options, make, officer):
    make.client(officer, given_name="Quirinius", family_name="Tolliverson")

    for words in ("quirin", "tolliv", "whitak", "423-555-01", "0188"):
        assert options(words) == [], words


def test_a_stranger_completes_nothing(app):
    answer = app.test_client().get(f"{PATH}?q=northgate")

    assert answer.status_code == 303
    assert "Northgate" not in answer.text
    assert answer.headers["Location"] == "/sign-in?next=/search/complete"


def test_what_is_typed_is_given_back_as_text_alone(options):
    typed = '"><script>alert(1)</script> sober liv'
    (words, label), *_ = options(typed)

    assert words == '"><script>alert(1)</script> Sober living'
    assert label == "Sober living"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            [
                "приют для женщин",
                "住居支援",
                "مأوى للنساء",
                "nhà ở",
                "आश्रय",
                "🏠 shel",
                "\uff33\uff4f\uff42\uff45\uff52 liv",
                "vivienda\u0000sob",
                "\u202esober liv",
                "a" * 20_000,
                "sober liv " * 2_000,
                "e\u0301" * 3_000,
            ]
        ),
    )
)
def test_any_text_of_any_length_and_script_is_answered_shortly(options, words):
    found = options(words)

    assert len(found) <= MOST
    assert all(len(meant) <= LONGEST_WORDS + 100 for meant, _ in found)
    assert all(len(label) <= 200 for _, label in found)
