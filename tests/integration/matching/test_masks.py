"""Verdicts, questions and order of all listings at once are those of one after another."""

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.clients.facts import Known, Limits, Zone
from resourcedir.directory.whereabouts import Spot, whereabouts
from resourcedir.engine.documents import Hooks, Near, Question
from resourcedir.matching.masks import Verdicts
from resourcedir.matching.ranking import Ranker
from resourcedir.matching.scoring import Averages
from resourcedir.matching.verdicts import Limit, Verdict
from resourcedir.places.point import Point
from tests.integration.matching import invented, plainly
from tests.integration.matching.invented import NOW, TODAY

AVERAGES = Averages(0.8, 0.6, 0.3)


def assert_masks_are_the_truth(index, listings, known, *, pick=None):
    """``pick`` chooses places among the positions; all of them without it."""
    plain = plainly.Plain.of(listings.values(), known, TODAY)
    verdicts = Verdicts(known, TODAY)
    found, alone = {}, set()
    for part, positions, _ in plainly.living(index):
        chosen = positions if pick is None else positions[pick(len(positions))]
        numbers = part.keys[chosen].tolist()
        levels = verdicts.of(part, chosen).tolist()
        found |= dict(zip(numbers, map(Verdict, levels), strict=True))
        alone |= set(np.array(numbers, int)[verdicts.settled_by_one(part, chosen)].tolist())
    if pick is None:
        assert set(found) == set(listings)
    assert found == {number: plain.verdicts[number] for number in found}
    looked_at = plainly.Plain({key: plain.judged[key] for key in found})
    settled, questions = looked_at.settled
    assert alone == settled
    assert verdicts.missed() == looked_at.missed
    assert verdicts.settles == questions
    return plain


@given(draw=st.randoms(use_true_random=False), counts=st.tuples(*[st.integers(0, 5)] * 2))
@settings(deadline=None, max_examples=60)
def test_every_listing_is_judged_as_alone(draw, counts):
    """In several parts, with some gone, for any client."""
    first = [invented.listing(number, draw) for number in range(1, 1 + counts[0])]
    second = [invented.listing(number, draw) for number in range(3, 3 + counts[1])]
    listings = {each.number: each for each in (*first, *second)}
    gone = {number for number in listings if draw.randrange(5) == 0}
    with tempfile.TemporaryDirectory() as folder:
        index = plainly.indexed(Path(folder), first, second, sorted(gone))
        left = {number: each for number, each in listings.items() if number not in gone}
        for _ in range(3):
            assert_masks_are_the_truth(index, left, invented.known(draw))


@pytest.fixture(scope="module")
def listings():
    chance = Random(5)  # noqa: S311
    return {number: invented.listing(number, chance) for number in range(1, 1_001)}


@pytest.fixture(scope="module")
def index(listings, tmp_path_factory):
    """Give an index of several parts, with what was deleted or replaced in the first."""
    chance, every = Random(6), list(listings.values())  # noqa: S311
    old = [invented.listing(number, chance) for number in (*range(1, 301), *range(2_000, 2_020))]
    # One that becomes confidential has the whole index made anew: these were so before, or never.
    hidden = {each.number for each in every if each.confidential}
    old = [replace(each, confidential=each.number in hidden) for each in old]
    index = plainly.indexed(
        tmp_path_factory.mktemp("index"), [*old, *every[300:]], every[:300], range(2_000, 2_020)
    )
    assert len(index.snapshot().parts) > 1
    return index


@pytest.mark.parametrize("number", range(14))
def test_a_large_directory_is_judged_as_alone(index, listings, number):
    chance = Random(number)  # noqa: S311
    known = invented.known(chance)
    plain = assert_masks_are_the_truth(index, listings, known)
    assert len(plain.totals) > 1
    for share in (0.5, 0.01):  # positions in any order, many and few
        assert_masks_are_the_truth(
            index, listings, known, pick=lambda size, share=share: _some(size, share, number)
        )


def _some(size, share, number):
    return np.random.default_rng(number).permutation(size)[: max(1, int(size * share))]


def test_the_large_directory_has_all_that_verdicts_differ_by(listings):
    """Else the tests above would prove less than they say."""
    chance = Random(1)  # noqa: S311
    judged = [
        judged
        for _ in range(12)
        for judged in plainly.Plain.of(
            listings.values(), invented.known(chance), TODAY
        ).judged.values()
    ]
    seen = {(each.about, each.verdict) for one in judged for each in one.findings}
    assert {verdict for about, verdict in seen if about is Limit.ZONE} == set(Verdict)
    assert {Verdict.YES, Verdict.CALL, Verdict.NOT_KNOWN} <= {
        verdict for about, verdict in seen if about is Limit.HOURS
    }
    assert {one.verdict for one in judged} == set(Verdict)
    assert {whereabouts(each).spot for each in listings.values()} == set(Spot)


def test_one_search_tells_groups_totals_and_questions(index, listings):
    """As hooks of the engine, together, with the best of each group."""
    known = invented.known(Random(3))  # noqa: S311
    plain = plainly.Plain.of(listings.values(), known, TODAY)
    verdicts = Verdicts(known, TODAY)
    tally = {each.name: verdicts.are(each) for each in Verdict}
    hooks = Hooks(
        order=verdicts.order,
        rank=Ranker(verdicts, AVERAGES, NOW).rank,
        tally={**tally, "settled": verdicts.settled_by_one},
    )
    answer = index.search(Question(limit=7, limit_each=True), hooks)
    alone, questions = plain.settled
    assert {each: answer.tallies[each.name] for each in Verdict} == {
        each: plain.totals[each] for each in Verdict
    }
    assert answer.tallies["settled"] == len(alone) > 0
    assert verdicts.settles == questions
    scores = _by_hand(listings, known, None)
    for verdict in Verdict:
        of_it = {number for number, each in plain.verdicts.items() if each is verdict}
        shown = [hit for hit in answer.hits if hit.key in of_it]
        assert len(shown) == min(7, len(of_it))
        assert [hit.score for hit in shown] == pytest.approx(
            sorted((scores[number] for number in of_it), reverse=True)[:7], abs=1e-3
        )
        _assert_best_first(shown)
    verdicts_shown = [plain.verdicts[hit.key] for hit in answer.hits]
    assert verdicts_shown == sorted(verdicts_shown)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_page_of_one_verdict_holds_all_of_it(index, listings, verdict):
    known = invented.known(Random(4))  # noqa: S311
    verdicts = Verdicts(known, TODAY)
    hooks = Hooks(keep=[verdicts.are(verdict)], tally={"of it": verdicts.are(verdict)})
    answer = index.search(Question(limit=5_000), hooks)
    plain = plainly.Plain.of(listings.values(), known, TODAY).verdicts
    assert {hit.key for hit in answer.hits} == {n for n, each in plain.items() if each is verdict}
    assert answer.tallies == {"of it": answer.total}


@pytest.mark.parametrize("language", [(), ("en",), ("es",), ("fr", "en")])
@pytest.mark.parametrize("need", ["", "halfway-house"])
@pytest.mark.parametrize("near", [None, Point(35.0456, -85.3097)])
def test_the_order_is_that_of_the_points_added_up(index, listings, language, near, need):
    where = near and Near(near.latitude, near.longitude, None, frozenset({"TN"}))
    known = replace(invented.known(Random(2)), limits=Limits(languages=language))  # noqa: S311
    ranker = Ranker(Verdicts(known, TODAY), AVERAGES, NOW, need)
    hits = index.search(Question(near=where, limit=5_000), Hooks(rank=ranker.rank)).hits
    scores = _by_hand(listings, known, near, need)
    assert {hit.key: hit.score for hit in hits} == pytest.approx(scores, abs=1e-3)
    assert len({round(score, 3) for score in scores.values()}) > 300
    _assert_best_first(hits)


def _assert_best_first(hits):
    assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.key))


def _by_hand(listings, known, near, need=""):
    """Return the score of each listing."""
    asked = plainly.Asked(NOW, AVERAGES, known.limits.languages, need)
    judged = plainly.Plain.of(listings.values(), known, TODAY).judged
    scores = {}
    for number, facts in listings.items():
        km = plainly.far(facts, near)
        scores[number] = sum(plainly.points(facts, judged[number], km, asked).values())
    return scores


def test_a_place_at_the_zone_itself_is_inside_however_it_is_measured(index, listings):
    """A zone of a listing's own point, whose buffer is as wide as both errors."""
    for facts in listings.values():
        where = whereabouts(facts)
        if where.spot is Spot.BY_ADDRESS and where.error_m == 50:
            known = Known(limits=Limits(zones=(Zone(1, where.point, 50.0, 100.0),)))
            plain = assert_masks_are_the_truth(index, listings, known)
            assert plain.verdicts[facts.number] is Verdict.NO
            return
    raise AssertionError("no listing has such a place")


def test_of_many_questions_the_first_ones_are_told_apart(index, listings, monkeypatch):
    """Where there are more than bits, none is taken for another."""
    monkeypatch.setattr("resourcedir.matching.masks.MOST_QUESTIONS", 2)
    known = replace(invented.known(Random(8)), limits=Limits())  # noqa: S311
    verdicts, alone = Verdicts(known, TODAY), 0
    for part, positions, _ in plainly.living(index):
        alone += int(verdicts.settled_by_one(part, positions).sum())
    plain = plainly.Plain.of(listings.values(), known, TODAY)
    missed = verdicts.missed()
    assert len(missed) == 2
    assert all(missed[asked] == plain.missed[asked] for asked in missed)
    _, questions = plain.settled
    told = Counter(dict(verdicts.settles))
    assert 0 < alone == sum(told.values()) <= sum(questions.values())
    assert all(count <= questions[asked] for asked, count in told.items())
