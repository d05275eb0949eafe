"""R10: a search is answered while there is no index, and says that the answer is simpler."""

import gc
from time import monotonic, sleep, thread_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resourcedir.directory import sifting
from resourcedir.engine.folder import IndexFolder
from resourcedir.extensions import db
from resourcedir.search import indexing, simpler
from tests.functional.test_search_page import OPEN_DAYS, names

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
NOTE = "The search index is being made."


@pytest.fixture(autouse=True)
def _closed(monkeypatch):
    """Collect the files that a reader leaves open when it cannot read them.

    Each wider search begins, however slow the machine is.
    """
    monkeypatch.setattr(simpler, "PATIENCE_S", 60.0)
    gc.freeze()  # what is left of the tests before need not be gone through
    yield
    gc.collect()


@pytest.fixture
def directory(make):
    """Two places and a helpline near 37402, and a place far away."""
    make.listing(
        name="Northgate Recovery", terms=["detox"], point=(35.0457, -85.31), languages=["en", "es"]
    )
    make.listing(
        name="Counseling on Main", description="Ask for detox.", available=3, hours=OPEN_DAYS
    )
    make.listing(name="County Helpline", terms=["detox"], point=None, area="TN/Hamilton")
    make.listing(name="Nashville Clinic", terms=["detox"], point=(36.16, -86.78))


@pytest.fixture
def officer(make, browser):
    officer = make.officer()
    browser.sign_in(officer)
    return officer


@pytest.fixture
def folder(app):
    return IndexFolder(app.config["SETTINGS"].index_dir)


def damaged(folder):
    """Cut every file of the index in use to a third."""
    for path in folder.current().iterdir():
        if path.name != "manifest.json":
            draft = path.with_name("draft")
            draft.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
            draft.replace(path)


def test_the_page_answers_says_so_and_asks_for_the_index(browser, officer, directory, folder):
    folder.root.mkdir()
    browser.get("/search?q=detox&near=37402&within=50")

    assert names(browser) == ["Northgate Recovery", "County Helpline", "Counseling on Main"]
    assert NOTE in browser.text
    assert browser.client.get("/healthz").json["index_lag"] is None
    assert folder.rebuild_is_asked()


def test_it_says_so_in_spanish(browser, officer, directory):
    page = browser.client.get("/search", headers={"Accept-Language": "es"}).text

    assert "Se está creando el índice de búsqueda." in page


def test_filters_are_offered_without_a_number_and_work(browser, officer, directory):
    browser.get("/search?need=detox")
    assert browser.page.select(".rd-count") == []
    assert browser.page.select_one("#narrow input[name=cost]") is not None
    for more, found in (
        ("need=detox", {"Northgate Recovery", "County Helpline", "Nashville Clinic"}),
        ("language=es", {"Northgate Recovery"}),
        ("open=now", {"Counseling on Main"}),
        ("openings=free", {"Counseling on Main"}),
        ("offense=arson", set()),
        ("q=counselling", {"Counseling on Main"}),
        ("near=Nashville%2C+TN", {"Nashville Clinic"}),
    ):
        browser.get(f"/search?{more}")
        assert set(names(browser)) == found, more
        name, _, value = more.partition("=")
        if name not in {"q", "near"}:
            box = browser.page.select_one(f"#narrow [name={name}][value={value}]")
            assert box.has_attr("checked"), more
        assert browser.page.select(".rd-count") == []


def test_an_empty_answer_offers_a_wider_search(browser, officer, directory):
    browser.get("/search?q=nashville&near=37402&within=5")

    assert browser.title == "Nothing found"
    browser.follow(": 1")
    assert names(browser) == ["Nashville Clinic"]


def test_an_answer_from_a_part_of_the_directory_says_how_much_was_looked_through(
    browser, make, officer, directory, monkeypatch
):
    for number in range(25):
        make.listing(name=f"House {number}", terms=["detox"])
    monkeypatch.setattr(sifting, "MOST_LOOKED_INTO", 26)
    browser.get("/search?q=detox")

    assert browser.title == "At least 26 places"
    assert "Only 26 of 29 places were looked through, so some may be missing. Add" in browser.text
    assert "1 to 20 of at least 26" in browser.text
    browser.follow("Next")
    assert len(names(browser)) == 6
    browser.get("/search?q=zebra")
    assert browser.title == "Nothing found yet"
    assert "None of those looked through has all" in browser.text
    assert "No wider search" not in browser.text
    browser.get("/search")
    assert browser.title == "Search 29 places"
    assert "looked through" not in browser.text
    monkeypatch.setattr(sifting, "MOST_LOOKED_INTO", 2)
    browser.get("/search?q=detox&near=37402&within=50")
    assert "Only the nearest 2 of 28 places were looked through" in browser.text


def test_a_search_for_a_client_is_answered_too(browser, make, officer, directory):
    client = make.client(officer, needs=["detox"], home_zip="37404")
    browser.get(f"/clients/{client}")
    browser.post("/match", {"client_id": str(client), "need": "detox"})

    rows = browser.page.select("main li.rd-row a[href^='/match/']")
    assert [row.text for row in rows] == ["Northgate Recovery", "County Helpline"]
    assert "this answer is simpler" in browser.text


def test_a_truncated_index_is_answered_for_and_asked_to_be_made_anew(
    browser, officer, directory, index, folder
):
    index()
    browser.get("/search?q=detox")
    assert NOTE not in browser.text
    before = set(names(browser))
    damaged(folder)
    indexing.attach(browser.client.application, folder.root)  # as a process that starts now
    browser.get("/search?q=detox")

    assert set(names(browser)) == before
    assert NOTE in browser.text
    assert folder.rebuild_is_asked()


def test_a_search_in_the_middle_of_the_first_rebuild_is_answered(
    app, browser, officer, directory, folder
):
    seen = []

    def look(_done, _total):
        browser.get("/search?q=detox")
        seen.append((NOTE in browser.text, len(names(browser))))

    with app.app_context():
        indexing.indexer().rebuild(look)
    browser.get("/search?q=detox")

    assert set(seen) == {(True, 4)}
    assert NOTE not in browser.text
    assert not folder.rebuild_is_asked()


def test_whoever_keeps_the_index_makes_it_and_the_page_counts_again(
    app, browser, officer, directory, folder
):
    browser.get("/search?q=detox")
    assert NOTE in browser.text
    with indexing.following(app):
        until = monotonic() + 60
        while NOTE in browser.text and monotonic() < until:
            sleep(0.1)
            browser.get("/search?q=detox")

    assert NOTE not in browser.text
    assert browser.page.select(".rd-count")


def test_where_nobody_may_write_the_page_answers_all_the_same(
    browser, officer, directory, monkeypatch
):
    def refuse(_folder):
        raise PermissionError

    monkeypatch.setattr(IndexFolder, "ask_for_rebuild", refuse)
    browser.get("/search?q=detox")

    assert len(names(browser)) == 4


def test_a_question_writes_nothing_a_second_time(browser, officer, directory, folder, monkeypatch):
    folder.root.mkdir()
    browser.get("/search")
    assert folder.rebuild_is_asked()
    monkeypatch.setattr(IndexFolder, "ask_for_rebuild", lambda _: 1 / 0)

    browser.get("/search")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=300), near=st.text(max_size=60))
def test_any_text_is_answered_within_two_seconds(browser, officer, directory, words, near):
    begun = thread_time()  # what others do on the machine does not count
    response = browser.client.get("/search", query_string={"q": words, "near": near})

    assert response.status_code == 200
    assert thread_time() - begun < 2


def test_a_statement_holds_nothing_that_was_typed(app, browser, officer, directory):
    from sqlalchemy import event

    said = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, parameters, *_):
        said.append(f"{statement} {parameters}")

    event.listen(engine, "before_cursor_execute", note)
    browser.get("/search?q=canaryword&language=canarycode&cost=canarycost&offense=canaryrule")
    event.remove(engine, "before_cursor_execute", note)

    assert any("listing" in each for each in said)
    assert not [each for each in said if "canary" in each]


def test_it_says_in_words_that_each_word_must_be_there(browser, officer, directory):
    browser.get("/search?q=detox+zebra&near=37402")

    assert browser.title == "Nothing found"
    assert "Until the search index is made, each word must be there." in browser.text
    browser.follow("Without “zebra”: 3")
    assert len(names(browser)) == 3
    assert browser.page.select_one("#q")["value"] == "detox"


def test_a_misspelt_word_is_put_right_and_said(browser, officer, directory):
    browser.get("/search?q=detx+near+Chatanooga")

    assert "Showing results for detox near Chattanooga." in browser.text
    assert "Northgate Recovery" in names(browser)
    assert browser.page.select("a.rd-chip")
