"""R10: without an index the database answers. What it finds is what the index would find."""

import csv
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from resourcedir.db import writing
from resourcedir.directory import sifting
from resourcedir.directory.models import Listing
from resourcedir.directory.sieve import Region, Sieve, having
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.exchange.csv_import import import_csv
from resourcedir.search import simpler
from resourcedir.search.ask import FILTERS, Ask, Order
from resourcedir.search.fallback import Reach
from resourcedir.search.queries import Searcher
from resourcedir.search.source import DirectorySource
from resourcedir.taxonomy.terms import taxonomy
from tests.conftest import NOON
from tests.factories import Factory

SEED = Path(__file__).parents[3] / "data" / "seed_resources.csv"
ALL = 2_000
ALWAYS = [("MO,TU,WE,TH,FR,SA,SU", time(0), time(0))]

WORDS = [
    "detox",
    "sober living",
    "Chattanooga",
    "37402",
    "medicaid",
    "veterans",
    "metadona",
    "Spanish",
    "español",
    "vivienda",
    "counselling women",
    "men's house",
    "jobs warehouse",
    "ged classes",
    "id card",
    "recovery riverbend",
    "night",
    "section 8",
    "the of and",
    "detox 37404 medicaid",
]


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Let each wider search begin, however slow the machine is."""
    monkeypatch.setattr(simpler, "PATIENCE_S", 60.0)


class Both:
    """One directory, searched with its index and without one."""

    def __init__(self, sessions, index, missing):
        self.sessions = sessions
        self._searchers = [
            Searcher(WhooshIndex(path), home_state="TN", now=NOON) for path in (index, missing)
        ]

    def results(self, ask, *, indexed, limit=ALL):
        with self.sessions() as session:
            found = self._searchers[not indexed].results(session, ask, limit=limit)
        assert found.indexed is indexed
        return found

    def numbers(self, ask):
        """Return the numbers that are found, which are the same either way."""
        found = [self.results(ask, indexed=each) for each in (True, False)]
        if found[0].every_word:
            numbers = [{each.facts.number for each in result.found} for result in found]
            assert numbers[0] == numbers[1], ask
            assert found[0].total == found[1].total == len(numbers[0])
        else:
            assert found[1].total == 0
        return {each.facts.number for each in found[1].found}


@pytest.fixture
def seed(sessions, tmp_path):
    header, *rows = csv.reader(SEED.read_text(encoding="utf-8").splitlines(keepends=True))
    few = tmp_path / "few.csv"
    with few.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows[::4]])
    with sessions() as session:
        import_csv(writing(session), few, at=NOON)
        session.commit()
    Indexer(tmp_path / "index", DirectorySource(sessions)).rebuild()
    return Both(sessions, tmp_path / "index", tmp_path / "none")


@pytest.fixture
def make(sessions):
    with sessions() as session:
        yield Factory(session)


@pytest.fixture
def searched(sessions, tmp_path):
    """Give what searches a directory that has no index, and returns the names found."""
    searcher = Searcher(WhooshIndex(tmp_path / "none"), home_state="TN", now=NOON)

    def search(**asked):
        with sessions() as session:
            found = searcher.results(session, Ask(**asked))
        assert not found.indexed
        assert not found.in_part
        assert found.total == len(found.found)
        return names_of(found)

    return search


@pytest.fixture
def in_part(sessions, tmp_path):
    """Give what searches without an index, and returns the results."""
    searcher = Searcher(WhooshIndex(tmp_path / "none"), home_state="TN", now=NOON)

    def search(**asked):
        with sessions() as session:
            return searcher.results(session, Ask(**asked))

    return search


def names_of(results):
    return [each.facts.name for each in results.found]


def test_the_database_finds_what_the_index_finds(seed):
    asks = [Ask(), *(Ask(words=words) for words in WORDS)]
    asks += [Ask(need=term.code) for term in taxonomy()]
    near = Ask(near="37402", within=10.0)
    asks += [
        near,
        replace(near, within=None),
        replace(near, near="Hamilton County, TN", within=5.0),
        replace(near, near="TN", words="detox"),
        Ask(open_now=True),
        Ask(openings=True),
        replace(near, open_now=True, openings=True),
        Ask(words="house", open_now=True),
    ]
    found = [seed.numbers(ask) for ask in asks]

    assert sum(map(bool, found)) > len(asks) / 2


def test_each_value_of_each_filter_finds_what_the_index_counts(seed):
    facets = seed.results(Ask(), indexed=True).facets
    for name in FILTERS:
        assert facets[name], name
        for value, count in facets[name].items():
            ask = Ask(**{name: frozenset({value})})
            assert len(seed.numbers(ask)) == count > 0
    for name in FILTERS:
        two = frozenset(list(facets[name])[:2]) | {"no such value"}
        # Of all filters the people alone are asked for together: who is a veteran, and a woman.
        assert bool(seed.numbers(Ask(**{name: two}))) == (name != "population")
        assert not seed.numbers(Ask(**{name: frozenset({"no such value\x00'"})}))


def test_distances_and_areas_are_those_of_the_index(seed):
    ask = Ask(near="37402", within=50.0, sort=Order.NEAREST)
    with_index, without = (seed.results(ask, indexed=each) for each in (True, False))

    def by_number(results):
        return {each.facts.number: (each.area, each.error_m) for each in results.found}

    assert by_number(with_index) == by_number(without)
    pairs = [(each.facts.number, each.distance_km) for each in without.found]
    truth = {each.facts.number: each.distance_km for each in with_index.found}
    assert all(km == (truth[number] and pytest.approx(truth[number])) for number, km in pairs)
    known = [km for _, km in pairs if km is not None]
    assert known == sorted(known)
    assert [km is None for _, km in pairs] == sorted(km is None for _, km in pairs)


def test_pages_go_to_the_end_without_a_gap_and_past_it_is_the_last(seed):
    total = seed.results(Ask(), indexed=False).total
    pages = [seed.results(Ask(page=page), indexed=False, limit=20) for page in range(1, 30)]
    numbers = [[each.facts.number for each in page.found] for page in pages]
    last = -(-total // 20)

    seen = [number for page in numbers[:last] for number in page]
    assert len(seen) == len(set(seen)) == total
    assert {page.ask.page for page in pages[last:]} == {last}
    assert numbers[last] == numbers[last - 1]


def test_nothing_is_counted_and_an_empty_answer_names_a_wider_search(seed):
    found = seed.results(Ask(words="detox", near="37402", within=0.01), indexed=False)

    assert (found.facets, found.open_now, found.with_openings) == ({}, None, None)
    assert found.total == 0
    assert found.widenings
    assert [seed.results(each.ask, indexed=False).total for each in found.widenings] == [
        each.total for each in found.widenings
    ]


def test_what_the_words_name_comes_first_then_the_nearest_then_words_in_the_name(make, searched):
    here, there = (35.0456, -85.3097), (35.09, -85.3097)
    make.listing(name="A mention of detox", point=here)
    make.listing(name="Far", terms=["detox"], point=there)
    make.listing(name="Near", terms=["detox"], point=here)
    make.listing(name="Line", terms=["detox"], point=None, area="TN/Hamilton")
    make.listing(name="Detox near", terms=["detox"], point=here)
    asked = {"words": "detox", "near": "37402", "within": 50.0}

    assert searched(**asked) == ["Detox near", "Near", "Far", "Line", "A mention of detox"]
    assert searched(**asked, sort=Order.NEAREST) == [
        "Detox near",
        "Near",
        "A mention of detox",
        "Far",
        "Line",
    ]
    assert searched(words="detox") == ["Detox near", "Far", "Near", "Line", "A mention of detox"]


def test_words_are_folded_and_cut_as_the_index_does(make, searched):
    make.listing(name="Clínica Ángeles", description="Women\u2019s counseling, by appointment.")

    for words in ("clinica angeles", "CLÍNICAS", '"womens"', '"women\'s counselings"'):
        assert searched(words=words) == ["Clínica Ángeles"], words
    for words in (
        "clin",
        '"%linica"',
        "c_inica",
        "clin*",
        "appointment OR zebra",
        "description:women",
    ):
        assert searched(words=words) == [], words


def test_a_confidential_place_is_found_by_what_it_offers_and_never_by_where_it_is(
    make, searched, sessions
):
    secret = "4711 Canaryhidden Way, Jasper, TN 37347"
    number = make.listing(
        name="Harbor", terms=["emergency-shelter"], confidential=secret, area="TN/Hamilton"
    )
    make.listing(name="Open", terms=["emergency-shelter"], point=(35.07412, -85.62613))

    for words in ('"Jasper"', '"37347"', "Canaryhidden", "4711", "Way"):
        assert searched(words=words) == []
    for place in ("Jasper", "37347"):
        assert searched(words=place) == ["Open"]
    assert searched(near="37347", within=5.0) == ["Open"]
    near = {"near": "37402", "within": 100.0}
    for more in ({}, {"sort": Order.NEAREST}, {"need": "emergency-shelter"}, {"words": "shelter"}):
        assert searched(**near, **more) == ["Open", "Harbor"], "after those with a distance"
    with sessions() as session:
        every = Sieve({}, Region(None, frozenset(["TN/Hamilton"])))
        rows = sifting.placed(session, every, ALL)
        words = list(sifting.told(session, [each.number for each in rows]))
    assert len(rows) == len(words) == 2
    assert "Canaryhidden" not in repr(words)
    assert [each[1:] for each in rows if each.number == number] == [(None, None)]


def test_a_withdrawn_listing_is_never_found(make, searched, sessions):
    number = make.listing(name="Gone House", terms=["detox"], available=2)
    with sessions() as session:
        writing(session).get(Listing, number).withdrawn_at = NOON - timedelta(days=1)
        session.commit()

    for asked in ({}, {"words": "gone"}, {"need": "detox"}, {"near": "37402"}, {"openings": True}):
        assert searched(**asked) == []


def test_a_count_of_beds_is_believed_as_long_as_everywhere_else(make, searched):
    for hours in (11, 13, 71, 73):
        updated = NOON - timedelta(hours=hours)
        make.listing(name=f"Detox {hours}", terms=["detox"], available=1, updated=updated)
        make.listing(name=f"House {hours}", terms=["sober-living"], available=1, updated=updated)

    assert searched(openings=True) == ["Detox 11", "House 11", "House 13", "House 71"]


def test_filters_go_with_free_places_and_hours(make, searched):
    much = {"terms": ["detox"], "languages": ["es"], "available": 2, "hours": ALWAYS}
    make.listing(name="All of it", **much)
    make.listing(name="Full", **{**much, "available": 0})
    make.listing(name="Not that kind", **{**much, "terms": ["halfway-house"]})

    for more in ({"openings": True}, {"openings": True, "open_now": True, "tonight": True}):
        asked = {"need": "detox", "language": frozenset({"es"}), **more}
        assert searched(**asked) == ["All of it"]


@pytest.fixture
def along_a_road(make, monkeypatch):
    """Make five places, the last the nearest to 37402, of which an answer looks into two."""
    for number in range(5):
        make.listing(
            name=f"House {number}", point=(35.25 - number / 20, -85.3097), hours=ALWAYS, available=1
        )
    make.listing(name="Far house", point=(36.16, -86.78), hours=ALWAYS, available=1)
    monkeypatch.setattr(sifting, "MOST_LOOKED_INTO", 2)


def test_more_than_are_allowed_are_not_looked_into_and_that_is_said(along_a_road, in_part):
    for asked in ({"words": "house"}, {"open_now": True}, {"tonight": True}, {"openings": True}):
        found = in_part(**asked)
        assert names_of(found) == ["House 0", "House 1"], asked
        assert (found.in_part, found.total, found.reach) == (True, 2, Reach(2, 6))


def test_those_nearest_to_the_place_are_looked_into(along_a_road, in_part):
    asked = {"words": "house", "near": "37402"}
    found = in_part(**asked)
    assert names_of(found) == ["House 4", "House 3"]
    assert found.reach == Reach(2, 5, nearest=True)
    assert in_part(**asked, within=None).reach == Reach(2, 6, nearest=True)
    assert not in_part(**asked, within=6.0).in_part


def test_without_words_all_are_looked_at_up_to_a_bound_of_its_own(
    along_a_road, in_part, monkeypatch
):
    assert not in_part().in_part
    monkeypatch.setattr(sifting, "MOST_READ", 3)

    assert in_part().reach == Reach(3, 6)
    assert in_part(near="37402", within=None).reach == Reach(3, 6), "not said to be the nearest"


def test_a_wider_search_that_was_not_made_is_not_said_to_find_nothing(
    along_a_road, in_part, monkeypatch
):
    nothing = {"words": "zebra", "near": "37402", "within": 0.1}
    assert not in_part(**nothing).nothing_wider, "each looked into two"
    monkeypatch.setattr(sifting, "MOST_LOOKED_INTO", 6)
    assert in_part(**nothing).nothing_wider
    monkeypatch.setattr(simpler, "PATIENCE_S", 0.0)

    found = in_part(**nothing)
    assert not found.nothing_wider
    assert not found.in_part
    assert found.widenings == ()


def test_what_a_wider_search_finds_may_be_a_part_too(along_a_road, in_part, monkeypatch):
    monkeypatch.setattr(sifting, "MOST_LOOKED_INTO", 1)
    found = in_part(words="house", near="37402", within=0.1)

    assert (found.total, found.widenings[0].total, found.widenings[0].at_least) == (0, 1, True)


def test_every_filter_of_a_search_is_known_to_the_database(sessions):
    with sessions() as session:
        for name in ("term", *FILTERS):
            assert session.scalars(select(Listing).where(having(name, {"x"}))).all() == []
