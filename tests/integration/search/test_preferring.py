"""What comes first among places that answer alike, and what stands close."""

import pytest

from resourcedir.directory.kinds import RuleKind, ServiceStatus, Stance
from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from resourcedir.search.ask import Ask
from resourcedir.search.queries import Searcher
from resourcedir.search.source import DirectorySource
from tests.conftest import NOON
from tests.factories import Factory

PLACES = (
    ("Laundry Lane", {"terms": ["hygiene"], "description": "Washers.", "point": (35.1, -85.3)}),
    ("Soap", {"terms": ["hygiene"], "description": "Diapers too.", "point": (35.14, -85.3)}),
    ("Comb", {"terms": ["hygiene"], "point": (35.05, -85.3)}),
    ("Home Withdrawal", {"terms": ["outpatient-detox"], "point": (35.05, -85.31)}),
    ("Ward Withdrawal", {"terms": ["hospital-detox"], "point": (35.12, -85.31)}),
    (
        "Hers",
        {"terms": ["transitional-housing"], "rules": [(RuleKind.GENDER, "women", Stance.REQUIRED)]},
    ),
    ("Anyone's", {"terms": ["transitional-housing"], "point": (35.2, -85.3)}),
    (
        "Grown-ups",
        {"terms": ["residential-treatment"], "ages": (18, None), "point": (35.05, -85.3)},
    ),
    ("Day room", {"terms": ["warming-center"], "point": (35.05, -85.3)}),
    (
        "Shut",
        {
            "terms": ["emergency-shelter"],
            "point": (35.05, -85.3),
            "description": "Kicked out by a girlfriend and nowhere to go tonight? Come.",
            "status": ServiceStatus.TEMPORARILY_CLOSED,
        },
    ),
    ("Beds", {"terms": ["emergency-shelter"], "point": (35.12, -85.3)}),
    (
        "Old soldiers",
        {"terms": ["sober-living"], "populations": ["veterans"], "point": (35.18, -85.3)},
    ),
    ("Everybody", {"terms": ["sober-living"], "point": (35.05, -85.3)}),
    (
        "His",
        {
            "terms": ["sober-living"],
            "point": (35.05, -85.31),
            "rules": [(RuleKind.GENDER, "men", Stance.REQUIRED)],
        },
    ),
    ("GED", {"terms": ["ged-classes"], "point": (35.06, -85.3)}),
    (
        "GED and more",
        {"terms": ["ged-classes", "job-search-help", "id-documents"], "point": (35.05, -85.3)},
    ),
    ("All ages", {"terms": ["residential-treatment"], "point": (35.2, -85.3)}),
)


@pytest.fixture
def results(sessions, tmp_path):
    with sessions() as session:
        make = Factory(session)
        for name, more in PLACES:
            rules = [(*rule, None)[:4] for rule in more.get("rules", ())]
            make.listing(name=name, **{**more, "rules": rules})
    Indexer(tmp_path / "index", DirectorySource(sessions)).rebuild()
    searcher = Searcher(WhooshIndex(tmp_path / "index"), home_state="TN", now=NOON)

    def search(words):
        with sessions() as session:
            return searcher.results(session, Ask(words=words, near="37402"))

    return search


def names(found):
    return [each.facts.name for each in found]


def test_of_one_kind_who_says_the_very_word_comes_first(results):
    assert names(results("diapers").found)[0] == "Soap"
    assert names(results("pañales").found)[0] == "Soap"


def test_who_wants_detox_wants_a_bed(results):
    assert names(results("detox").found) == ["Ward Withdrawal", "Home Withdrawal"]
    assert names(results("detox at home").found)[0] == "Home Withdrawal"


def test_the_very_need_comes_before_a_narrower_one_and_who_is_closed_after_all_others(results):
    found = results("kicked out by my girlfriend and nowhere to go").found

    assert names(found)[:2] == ["Beds", "Day room"]
    assert names(found)[-1] == "Shut"


def test_everyday_words_keep_nobody_out(results):
    assert results("somebody really needs detox before friday").total == 2


def test_a_word_of_a_name_is_asked_for_beside_a_need(results):
    assert names(results("ward detox").found) == ["Ward Withdrawal"]


def test_who_takes_only_the_other_sex_is_not_close(results):
    close = names(results("transitional housing for men").related)

    assert "Anyone's" in close
    assert "Hers" not in close


def test_who_takes_no_minors_is_not_close_to_what_is_for_one(results):
    close = names(results("rehab for my 16 year old").related)

    assert "All ages" in close
    assert "Grown-ups" not in close


def test_who_is_there_for_the_need_alone_comes_first(results):
    assert names(results("ged classes").found) == ["GED", "GED and more"]


def test_what_is_heard_of_somebody_puts_places_first_and_keeps_none_out(results):
    assert names(results("sober living").found) == ["Everybody", "Old soldiers", "His"]

    iraq = results("sober living for somebody home from afghanistan")
    assert names(iraq.found)[0] == "Old soldiers"
    assert "Everybody" in names(iraq.found)


def test_who_refuses_such_people_goes_behind_where_they_are_only_heard(results):
    hers = results("she can not stay with him and needs sober living")

    assert "women" in hers.reading.whom
    assert names(hers.found) == ["Everybody", "Old soldiers", "His"]
