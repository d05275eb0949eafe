"""What a page of results asks of the database: the same for one result and for twenty."""

import pytest
from sqlalchemy import event

from resourcedir.extensions import db

MOST = 20  # statements, the sign-in's and the crisis lines' among them


@pytest.fixture
def statements(app):
    """Give the statements that reach the database from now on."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_twenty_results_cost_as_many_statements_as_one(browser, make, index, statements):
    for number in range(22):
        make.listing(name=f"House {number}", terms=["sober-living"], languages=["en"], available=1)
    make.listing(name="Lonely desk", terms=["detox"])
    index()
    browser.sign_in(make.officer())
    counts = []
    for words, rows in (("house", 20), ("lonely", 1)):
        browser.get(f"/search?q={words}")
        statements.clear()
        page = browser.get(f"/search?q={words}")
        assert len(page.select("li.rd-row")) == rows
        counts.append(len(statements))

    assert counts[0] == counts[1] <= MOST


def test_a_page_within_a_minute_of_another_writes_nothing(browser, make, index, statements):
    make.listing(name="House")
    index()
    browser.sign_in(make.officer())
    statements.clear()
    browser.get("/search?q=house")

    assert {each.split()[0] for each in statements} == {"BEGIN", "SELECT"}


def test_each_result_leads_to_its_listing_and_back_to_the_search(browser, make, index):
    for number in range(2):
        make.listing(name=f"House {number}", terms=["sober-living"])
    index()
    browser.sign_in(make.officer())
    browser.get("/search?q=house+%26+home&near=37402")
    links = [a["href"] for a in browser.page.select("li.rd-row h2 a")]

    assert len(set(links)) == len(links) == 2
    for link in links:
        browser.get(link)
        assert browser.page.select_one("a[href='/search?q=house+%26+home&near=37402']")


def test_completing_reads_no_listings_for_what_begins_no_word(browser, make, index, statements):
    make.listing(name="Northgate House")
    index()
    browser.sign_in(make.officer())

    def reads_listings(words):
        statements.clear()
        browser.client.get("/search/complete", query_string={"q": words})
        return any("FROM listing" in each for each in statements)

    assert reads_listings("northg")
    for words in ("n", "", "9", '"northg"', "zzz"):
        assert not reads_listings(words), words
    assert not [each for each in statements if each.split()[0] not in {"BEGIN", "SELECT"}]
