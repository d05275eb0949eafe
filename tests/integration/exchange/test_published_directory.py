"""SAMHSA's published directory, whole: imported once, indexed once, and then searched."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from resourcedir.directory.kinds import RuleKind
from resourcedir.directory.models import Listing, Location, Organization
from resourcedir.directory.queries import listing_facts
from resourcedir.exchange.bringing import bring
from resourcedir.exchange.samhsa_import import read_samhsa
from resourcedir.extensions import db
from resourcedir.places.distance import KM_PER_MILE, distance_km
from resourcedir.places.finding import find_place
from resourcedir.places.point import Point
from resourcedir.search.ask import Ask
from resourcedir.search.indexing import current_index, indexer
from resourcedir.search.queries import Searcher
from tests.conftest import made_app, settings_for, shared

NOON = datetime(2026, 3, 12, 16, tzinfo=UTC)
NAME = "samhsa_substance_use_2022.xlsx"
ROWS = 12_176
FAR = 50  # miles
HERE = "37402"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Give an app with every facility, indexed, and what the import said."""
    folder = shared()
    if folder is None or not (folder / "data" / NAME).is_file():
        pytest.skip(f"{NAME} is not here: set SHARED_DATA to the folder that has data/{NAME}")
    app = made_app(settings_for(tmp_path_factory.mktemp("published")))
    with app.app_context():
        with db.sessionmaker() as session:
            incoming = read_samhsa(folder / "data" / NAME)
            found = bring(session, incoming, at=NOON)
            session.commit()
        indexer().rebuild(lambda _done, _total: None)
        with db.sessionmaker() as session:
            yield SimpleNamespace(incoming=incoming, found=found, session=session)
        db.engine.dispose()


def test_the_report_accounts_for_every_row(published):
    report = published.found.report
    assert report.rows == report.added == len(published.found.numbers) == ROWS
    assert (report.refused, report.unread, report.unmapped) == (0, (), ())
    assert (report.unlocated, report.unplaced, report.withdrawn) == ((), (), ())
    assert published.session.scalar(select(func.count()).select_from(Listing)) == ROWS


def test_each_facility_is_on_the_map_and_has_its_terms(published):
    session = published.session
    points = session.execute(select(Location.latitude, Location.position_error_m)).all()
    assert len(points) == ROWS
    assert all(latitude is not None and error_m for latitude, error_m in points)
    assert session.scalar(select(func.count()).select_from(Organization)) < 7_900
    chosen = published.found.numbers[::97]
    facts = listing_facts(session, chosen).values()
    found = Counter(term for each in facts for term in each.terms)
    assert found["treatment"] > 0.9 * len(chosen)
    assert found["halfway-house"] < 0.3 * len(chosen)


@pytest.fixture(scope="module")
def nearby(published):
    """Give the facts of every facility within reach by a plain count, with its distance."""
    here = find_place(HERE, home_state=None).point
    rows = published.session.execute(
        select(Listing.number, Location.latitude, Location.longitude).join(
            Location, Location.id == Listing.location_id
        )
    )
    away = {row.number: distance_km(here, Point(row.latitude, row.longitude)) for row in rows}
    near = {number: km for number, km in away.items() if km <= FAR * KM_PER_MILE}
    return {
        number: (facts, near[number])
        for number, facts in listing_facts(published.session, list(near)).items()
    }


def who_alone(facts):
    """Give whom alone a listing takes: a place for all comes before one for some."""
    taken = {rule.code for rule in facts.rules if rule.kind is RuleKind.GENDER}
    one_sex = len(taken & {"men", "women"}) == 1 and "any" not in taken
    told = {"VAMC", "DDF", "DUO", "OUDO", "AUDO"} & {each.code for each in facts.attributes}
    return one_sex, bool(told)


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("methadone", "opioid-treatment-program"),
        ("GED", "ged-classes"),
        ("sober living", "sober-living"),
        ("anger management", "anger-management"),
    ],
)
def test_whatever_answers_the_need_comes_first_and_the_nearest_of_it_first(
    published, nearby, words, term
):
    searcher = Searcher(current_index(), home_state="TN", now=NOON)
    ask = Ask(words=words, near=HERE, within=float(FAR))
    found = searcher.results(published.session, ask, limit=1000).found
    answering = {number for number, (facts, _) in nearby.items() if term in facts.terms}
    first = [each.facts.number for each in found[: len(answering)]]

    assert answering
    assert set(first) == answering
    assert not any(term in each.facts.terms for each in found[len(answering) :])
    alike = defaultdict(list)
    for number in first:
        alike[who_alone(nearby[number][0])].append(nearby[number][1])
    assert all(distances == sorted(distances) for distances in alike.values())
    assert any(len(distances) > 1 for distances in alike.values())


def test_a_second_import_changes_nothing(published):
    again = bring(published.session, published.incoming, at=NOON + timedelta(days=1))
    published.session.rollback()
    assert (again.report.unchanged, again.numbers) == (ROWS, ())
