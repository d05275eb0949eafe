"""Who a client is acts in verdicts alone: for who differs in nothing else the order is the same."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from resourcedir.clients.facts import Answers, Born, Facts, Known, Limits, Pets
from resourcedir.engine.documents import Measured
from resourcedir.matching.masks import Verdicts
from resourcedir.matching.ranking import Ranker
from resourcedir.matching.scoring import Averages
from resourcedir.taxonomy.vocabulary import Vocabulary, codes
from tests.conftest import NOON

SOMEBODY = Facts(gender="men", born=Born(date(1980, 1, 1), date(1980, 1, 1)), dependents=0)
TAKES = frozenset({"methadone", "psychiatric"})
OTHERS = (
    {"gender": "women"},
    {"gender": "nonbinary"},
    {"gender": None},
    {"born": Born(date(1950, 1, 1), date(1950, 1, 1))},
    {"born": Born(date(2009, 1, 1), date(2009, 1, 1))},
    {"pregnant": True},
    {"dependents": 3},
    {"veteran": True},
    {"pets": Pets.SERVICE_ANIMAL},
    {"medications": Answers(TAKES, frozenset(codes(Vocabulary.MEDICATION)) - TAKES)},
)


def scores(index, facts, access=frozenset()):
    """Return the score of every listing, part by part."""
    known = Known(facts, Limits(access=access, languages=("en",)))
    ranker = Ranker(Verdicts(known, NOON.date()), Averages(), NOON)
    return [
        ranker.rank(living.part, living.part.everything, Measured(None, None, None))
        for living in index.snapshot().parts
    ]


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: next(iter(other)))
def test_the_order_is_the_same_whoever_the_client_is(town, other):
    for one, two in zip(
        scores(town.index, SOMEBODY), scores(town.index, replace(SOMEBODY, **other)), strict=True
    ):
        assert np.array_equal(one, two)


def test_the_order_is_the_same_for_who_uses_a_wheelchair(town):
    needs = frozenset({"wheelchair", "hearing"})
    for one, two in zip(
        scores(town.index, SOMEBODY), scores(town.index, SOMEBODY, needs), strict=True
    ):
        assert np.array_equal(one, two)


def test_what_is_no_trait_does_act(town):
    every = frozenset(codes(Vocabulary.OFFENSE))
    arson = replace(SOMEBODY, offenses=Answers(frozenset({"arson"}), every - {"arson"}))
    none = replace(SOMEBODY, offenses=Answers(no=every))

    assert any(
        not np.array_equal(one, two)
        for one, two in zip(scores(town.index, arson), scores(town.index, none), strict=True)
    )
