import numpy as np
import pytest

from bench.corpora.corpus import Corpus, corpus, document
from bench.corpora.questions import (
    CLEAR_KM,
    Ask,
    Kind,
    cleared,
    distances_km,
    questions,
    read,
    write,
)
from resourcedir.engine.analysis import tokens


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus(120, tmp_path_factory.mktemp("corpora"))


def test_a_large_directory_begins_with_the_listings_of_a_small_one(small, tmp_path):
    large = corpus(200, tmp_path)
    same = range(small.size)
    assert list(small.entries(same, cut=False)) == list(large.entries(same, cut=False))
    assert large.size == 200


def test_a_directory_is_made_once(small):
    again = corpus(120, small.folder.parent)
    assert again.folder == small.folder
    assert [path.name for path in small.folder.parent.iterdir()] == [small.folder.name]


def test_peers_get_the_words_as_the_engine_cuts_them(small):
    keys = range(small.size)
    for whole, cut in zip(
        small.entries(keys, cut=False), small.entries(keys, cut=True), strict=True
    ):
        assert [" ".join(tokens(text)) for text in whole.texts] == list(cut.texts)


def test_a_listing_has_words_keywords_a_point_and_columns(small):
    listings = list(small.documents(range(small.size)))
    lengths = [len(each.texts[2][0].split()) for each in listings]
    assert min(lengths) >= 40 and max(lengths) <= 120
    assert [weight for _, weight in listings[0].texts] == [3.0, 2.0, 1.0]
    assert all(1 <= len(each.keywords["cat"]) <= 4 for each in listings)
    assert all("lang0" in each.keywords["lang"] for each in listings)
    assert all(18 < each.point[0] < 72 for each in listings)
    assert listings[7] == document(next(small.entries([7], cut=False)))


def test_each_word_of_a_question_counts():
    asked = questions(80)
    assert asked == questions(80)
    assert all(len(ask.words) == len(set(ask.cut)) for ask in asked)
    assert {len(ask.words) for ask in asked} == {1, 2, 3, 4}


def test_no_listing_lies_on_the_border_of_a_circle(small):
    ask = questions(1)[0]
    latitudes, longitudes = small.array("latitude") / 1e6, small.array("longitude") / 1e6
    away = distances_km(latitudes, longitudes, ask)
    on_the_border = Ask(**{**_fields(ask), "within_km": float(away[3])})
    [clear] = cleared([on_the_border], small)
    assert clear.within_km > on_the_border.within_km
    assert np.abs(away - clear.within_km).min() >= CLEAR_KM


def test_a_kind_leaves_out_what_it_does_not_ask():
    ask = Ask(("legal", "aid"), ("legal", "aid"), 3, None, 1, 35.0, -85.3, 8.0)
    whole = ask.question(Kind.ALL_NEED_PLACE)
    assert whole.filters == {"cat": {"cat3"}, "lang": {"lang1"}}
    assert not whole.clauses[0].any_word and whole.near is not None
    assert ask.question(Kind.ANY).clauses[0].any_word
    assert ask.question(Kind.ANY).near is None and not ask.question(Kind.ANY).filters
    assert not ask.question(Kind.PLACE).clauses


def test_questions_come_back_from_their_file(tmp_path):
    asked = questions(5)
    write(asked, tmp_path / "questions.json")
    assert read(tmp_path / "questions.json") == asked


def _fields(ask: Ask) -> dict[str, object]:
    return {name: getattr(ask, name) for name in Ask.__slots__}
