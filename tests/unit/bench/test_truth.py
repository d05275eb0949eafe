"""The exact answers of the measurement against loops that a child could follow."""

from collections import Counter
from math import asin, cos, log, radians, sin, sqrt

import numpy as np
import pytest
from whoosh.util.numeric import byte_to_length, length_to_byte

from bench.corpora.corpus import LAYOUT, corpus
from bench.corpora.questions import Ask, Kind
from bench.corpora.truth import Exact, Truth
from resourcedir.engine.analysis import tokens

SIZE = 250


@pytest.fixture(scope="module")
def listings(tmp_path_factory):
    return corpus(SIZE, tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def asked(listings):
    place = next(listings.entries([0], cut=False))
    wanted = [
        ("program training", 2, None, 40),
        ("housing", None, 5, 900),
        ("counseling program", 0, None, 3000),
    ]
    return [
        Ask(
            tuple(text.split()),
            tuple(tokens(text)),
            wish,
            group,
            1,
            place.latitude,
            place.longitude,
            km,
        )
        for text, wish, group, km in wanted
    ]


@pytest.mark.parametrize("kind", Kind)
def test_exact_answers_are_those_of_plain_loops(listings, asked, kind):
    truth = Truth(listings, asked)
    documents = list(listings.documents(range(SIZE)))
    answered = 0
    for ask in asked:
        exact = truth.answer(ask, kind)
        scores, counts = _by_loops(documents, ask, kind)
        order = sorted(scores, key=lambda key: (-round(scores[key], 9), key))
        assert exact.keys.tolist() == order
        assert exact.scores.tolist() == pytest.approx([scores[key] for key in order])
        assert exact.counted() == counts
        answered += bool(order)
    assert answered


def test_a_page_is_in_order_when_only_equal_scores_change_places():
    exact = Exact(np.array([4, 7, 1]), np.array([0.9, 0.9 - 1e-7, 0.5]), {})
    assert exact.in_order([4, 7, 1])
    assert exact.in_order([7, 4, 1])
    assert not exact.in_order([4, 1, 7])
    assert not exact.in_order([4, 7])
    assert not exact.in_order([4, 4, 1])
    assert not exact.in_order([4, 7, 2])


def _by_loops(documents, ask, kind):
    bags = {each.key: _bag(each) for each in documents}
    rarity = {}
    for token in ask.cut:
        holding = sum(token in bag for bag in bags.values())
        rarity[token] = log(1 + (SIZE - holding + 0.5) / (holding + 0.5))
    fits, closeness, counts = {}, {}, Counter()
    for each in documents:
        bag = bags[each.key]
        held = [token for token in ask.cut if token in bag]
        enough = len(held) == len(ask.cut) if kind.needs_all else bool(held)
        if kind.has_words and not enough:
            continue
        away = _kilometres(each.point, ask)
        if kind.has_place and away > ask.within_km:
            continue
        wanted = ask.question(kind).filters
        if any(not wanted[name] & each.keywords[name] for name in wanted if name != "cat"):
            continue
        counts.update(int(name[3:]) for name in each.keywords["cat"])
        if not wanted.get("cat", each.keywords["cat"]) & each.keywords["cat"]:
            continue
        length = byte_to_length(length_to_byte(sum(bag.values()))) / LAYOUT.usual_length
        fits[each.key] = sum(
            rarity[token] * bag[token] * 2.2 / (bag[token] + 1.2 * (0.25 + 0.75 * length))
            for token in held
        )
        closeness[each.key] = 8.04672 / (8.04672 + away)
    best = max(fits.values(), default=1)
    scores = {key: fit / best if kind.has_words else 1 for key, fit in fits.items()}
    if kind.has_place:
        scores = {key: (score + closeness[key]) / 2 for key, score in scores.items()}
    return scores, dict(counts)


def _bag(document):
    bag = Counter()
    for text, weight in document.texts:
        for token in tokens(text):
            bag[token] += int(weight)
    return bag


def _kilometres(point, ask):
    (phi, lam), (here, there) = (
        map(radians, each) for each in (point, (ask.latitude, ask.longitude))
    )
    half = sin((phi - here) / 2) ** 2 + cos(phi) * cos(here) * sin((lam - there) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))
