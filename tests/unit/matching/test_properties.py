"""What holds of every client and every listing."""

from dataclasses import replace
from math import inf, nextafter

import pytest
from geopy.distance import geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from resourcedir.clients.facts import Home, Limits, Zone
from resourcedir.directory.asking import EXPECTED, Asked, Matter, asked_by, parse
from resourcedir.directory.kinds import RuleKind, Stance
from resourcedir.directory.whereabouts import Spot, Whereabouts
from resourcedir.matching import limits as limiting
from resourcedir.matching.explaining import explain
from resourcedir.matching.verdicts import Finding, Verdict, Why, combined
from resourcedir.places.distance import distance_km
from resourcedir.places.point import Point
from tests.unit.matching.strategies import (
    TODAY,
    judged,
    known,
    listings,
    places,
    points,
    rules,
    with_less,
)

ONE_OF = {
    RuleKind.GENDER,
    RuleKind.POPULATION,
    RuleKind.OFFENSE,
    RuleKind.MEDICATION,
    RuleKind.RESIDENCY,
    RuleKind.REFERRAL_SOURCE,
}
"""Kinds of which several mean one of them."""
POSITIVE = {Stance.REQUIRED, Stance.ACCEPTED}
many = settings(max_examples=300, deadline=None)
slow = settings(deadline=None)


@many
@given(listings, known)
def test_taking_a_fact_or_an_answer_away_turns_nothing_into_yes(listing, client):
    before = judged(listing, client).verdict
    for less in with_less(client.facts):
        after = judged(listing, replace(client, facts=less)).verdict
        assert after is not Verdict.YES or before is Verdict.YES, less


@many
@given(listings, known, rules)
def test_a_rule_more_makes_a_verdict_no_better_but_in_three_cases(listing, client, rule):
    """It may be better if the rule

    (a) says what was not said, where that left a question: what most such places ask, or how long
        somebody must be sober;
    (b) is one more of a list of which one is enough;
    (c) is a named exception to what is said in general.
    """
    more = replace(listing, rules=(*listing.rules, rule))
    before, after = judged(listing, client).verdict, judged(more, client).verdict

    if after < before:
        said = {each.matter: each for each in asked_by(listing)}.get(Matter(rule.kind))
        assert said is not None
        assert _breaks_a_silence(said, rule) or _widens(said, rule) or _is_an_exception(said, rule)


def _breaks_a_silence(said: Asked, rule) -> bool:
    if said.matter is Matter.SOBRIETY:
        return said.low is None and rule.stance is Stance.REQUIRED and rule.amount is not None
    return said.matter in EXPECTED and said.expected and said.stance(rule.code or "") is None


def _widens(said: Asked, rule) -> bool:
    named = [code for code, stance in said.said if stance in POSITIVE]
    is_new = (rule.code, rule.stance) not in said.said and rule.stance in POSITIVE
    if rule.kind is RuleKind.GENDER and rule.stance is Stance.CASE_BY_CASE:
        return bool(named)  # one more whom they may take
    if rule.kind is RuleKind.REFERRAL_SOURCE:  # one may be shut and another open
        return is_new and bool(said.said)
    return is_new and rule.kind in ONE_OF and bool(named)


def _is_an_exception(said: Asked, rule) -> bool:
    general = "any" if rule.kind is RuleKind.GENDER else ""
    codes = dict(said.said)
    return general in codes and bool(rule.code) and rule.code not in codes


@slow
@given(listings, known, st.randoms(use_true_random=False))
def test_the_order_of_rules_does_not_matter(listing, client, random):
    shuffled = random.sample(listing.rules, len(listing.rules))
    turned = replace(listing, rules=tuple(shuffled))

    assert asked_by(turned) == asked_by(listing)
    assert judged(turned, client) == judged(listing, client)


@slow
@given(listings)
def test_the_index_gives_back_all_that_is_asked(listing):
    for asked in asked_by(listing):
        assert parse(asked.to_text()) == asked


@slow
@given(listings, known, st.none() | places)
def test_nothing_said_of_a_confidential_listing_tells_where_it_is(listing, client, elsewhere):
    hidden = replace(listing, confidential=True)
    moved = replace(hidden, place=elsewhere)

    assert judged(moved, client) == judged(hidden, client)
    words = [
        explain(judged(each, client).findings, client, each, TODAY, "en")
        for each in (hidden, moved)
    ]
    assert words[0] == words[1]


@given(points, points)
def test_a_distance_at_exactly_the_limit_is_inside(home, there):
    assume(home != there)
    where = Whereabouts(Spot.BY_ADDRESS, there)
    km = distance_km(home, there)

    def reach(farthest: float) -> Finding | None:
        return limiting.reach_finding(Limits(home=Home(home, 0.0), farthest_km=farthest), where)

    assert reach(km).why is Why.FITS
    assert reach(nextafter(km, 0)).why is Why.BEYOND

    assert reach(nextafter(km, inf)).why is Why.FITS


meters = st.integers(0, 10_000).map(float)


@given(meters, meters, meters)
def test_a_zone_is_clear_only_for_certain_and_inside_only_for_certain(distance, error, buffer):
    verdict = limiting.zone_verdict(distance, error, buffer)
    at_least, at_most = distance - error, distance + error

    assert (verdict is Verdict.YES) == (at_least > buffer)
    assert (verdict is Verdict.NO) == (at_most <= buffer)
    assert limiting.zone_verdict(buffer + error, error, buffer) is not Verdict.YES
    assert limiting.zone_verdict(nextafter(buffer + error, inf), error, buffer) is Verdict.YES


@given(points, points)
def test_the_distance_to_a_zone_agrees_with_the_geodesic_to_six_per_mille(zone, place):
    found = limiting.zone_finding(Zone(1, zone, 50, 304.8), Whereabouts(Spot.BY_ADDRESS, place))
    truth = geodesic((zone.latitude, zone.longitude), (place.latitude, place.longitude)).m

    assert found.measure.distance_m == pytest.approx(truth, rel=0.006, abs=1e-3)


def around(where, degrees):
    return st.builds(
        lambda north, east: Point(where.latitude + north, where.longitude + east),
        st.floats(-degrees, degrees),
        st.floats(-degrees, degrees),
    )


anywhere = st.builds(Point, st.floats(-70, 70), st.floats(-170, 170))
near_or_far = anywhere.flatmap(lambda zone: st.tuples(st.just(zone), around(zone, 0.9)))


@many
@given(near_or_far, st.sampled_from((0.0, 50.0)), st.sampled_from((0.0, 50.0)), st.data())
def test_however_large_a_zone_is_its_verdict_holds_on_the_ellipsoid(ends, error, its, data):
    """Whatever the sphere is off by, up to the largest zone that can be recorded."""
    zone, place = ends
    truth = geodesic((zone.latitude, zone.longitude), (place.latitude, place.longitude)).m
    assume(truth > 1)
    buffer = data.draw(st.sampled_from((0.98, 0.995, 1.0, 1.005, 1.02))) * truth
    where = Whereabouts(Spot.BY_ADDRESS, place, error_m=its)
    verdict = limiting.zone_finding(Zone(1, zone, error, buffer), where).verdict

    if truth <= buffer:
        assert verdict is not Verdict.YES
    else:
        assert verdict is not Verdict.NO
    if truth > (buffer + error + its) * 1.012:
        assert verdict is Verdict.YES


@given(points)
def test_a_place_at_the_very_point_of_a_zone_is_inside_of_it(point):
    found = limiting.zone_finding(Zone(1, point, 0.0, 30.0), Whereabouts(Spot.BY_ADDRESS, point))

    assert (found.verdict, found.measure.error_m) == (Verdict.NO, 0)


verdicts = st.lists(st.sampled_from(Verdict), max_size=5)


def of(found: list[Verdict]) -> Verdict:
    return combined(Finding(each, Matter.AGE, Why.FITS) for each in found)


@given(verdicts, st.sampled_from(Verdict))
def test_a_finding_more_never_improves_the_whole_and_is_never_below_it(found, more):
    assert of([*found, more]) >= of(found)
    assert of([*found, more]) >= more
    assert of([more, *found]) is of([*found, more])
    assert of([*found, Verdict.YES]) is of(found)
