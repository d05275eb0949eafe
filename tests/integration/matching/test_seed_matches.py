"""The whole seed matched for several clients: groups, totals, questions and points hold."""

from dataclasses import replace
from random import Random

import pytest

from resourcedir.clients.facts import Known
from resourcedir.matching.masks import Verdicts
from resourcedir.matching.queries import SHOWN_EACH, averages
from resourcedir.matching.scoring import Merit
from resourcedir.matching.verdicts import Verdict
from resourcedir.places.point import Point
from resourcedir.search.ask import PER_PAGE, Ask
from tests.integration.matching import invented, plainly
from tests.integration.matching.invented import NOW, TODAY

NEAR = Ask(near="37402", within=10.0)
ASKS = {
    "everything": Ask(),
    "near": NEAR,
    "a need, near": replace(NEAR, need="halfway-house"),
    "any distance": replace(NEAR, within=None),
    "words": Ask(words="evening classes"),
    "a need in words": replace(NEAR, words="detox"),
    "two needs": Ask(words="halfway house food"),
    "filters": Ask(language=frozenset({"es"}), payer=frozenset({"medicaid"})),
    "with openings": replace(NEAR, openings=True),
    "nothing": Ask(words="qqqq"),
}
every_ask = pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
CLIENTS = [
    Known(),
    *(replace(invented.known(Random(seed)), told={}) for seed in range(4)),  # noqa: S311
]
every_client = pytest.mark.parametrize("known", CLIENTS, ids=range(len(CLIENTS)))


def judged(town, ask, known):
    return plainly.Plain.of((town.listings[n] for n in town.answering(ask)), known, TODAY)


@every_client
def test_every_listing_is_judged_as_alone(town, known):
    plain = plainly.Plain.of(town.listings.values(), known, TODAY)
    verdicts, found = Verdicts(known, TODAY), {}
    for part, positions, numbers in plainly.living(town.index):
        levels = verdicts.of(part, positions).tolist()
        found |= dict(zip(numbers, map(Verdict, levels), strict=True))
        verdicts.settled_by_one(part, positions)
    assert found == plain.verdicts
    assert verdicts.settles == plain.settled[1]
    assert len(plain.totals) > 1


@every_ask
@every_client
def test_the_groups_of_a_match_are_those_of_a_plain_loop(town, ask, known):
    found, plain = town.matches(ask, known), judged(town, ask, known)

    assert plain.judged or ask.words == "qqqq"
    assert {group.verdict: group.total for group in found.groups} == plain.totals
    assert [group.verdict for group in found.groups] == sorted(plain.totals)
    assert found.total == len(plain.judged)
    for group in found.groups:
        assert len(group.matches) == min(SHOWN_EACH, group.total)
        for match in group.matches:
            assert match.judged == plain.judged[match.found.facts.number]
    assert_settling(found, plain)


def assert_settling(found, plain, skipped=frozenset()):
    """By itself where one answer can settle any; else what most of them miss; else nothing."""
    settled, missed = (
        {each: n for each, n in counts.items() if each not in skipped}
        for counts in (plain.settled[1], plain.missed)
    )
    open_ones = settled or missed
    if not open_ones:
        assert found.settling is None
        return
    assert found.settling.alone == bool(settled)
    assert found.settling.settles == max(open_ones.values())
    assert open_ones[found.settling.question] == found.settling.settles
    assert found.settling.of == plain.totals[Verdict.NOT_KNOWN]


def test_a_question_that_was_put_aside_is_not_asked_again(town):
    ask, known, skipped = Ask(), Known(), frozenset()
    plain = judged(town, ask, known)
    for _ in range(3):
        found = town.matches(ask, known, skipped=skipped)
        assert_settling(found, plain, skipped)
        skipped |= {found.settling.question}
    assert len(skipped) == 3


@every_ask
def test_points_add_up_to_the_order(town, ask):
    known = CLIENTS[1]
    found = town.matches(ask, known)
    asked = asked_for(town, known, ask.need)
    where = Point(found.place.point.latitude, found.place.point.longitude) if found.place else None
    for group in found.groups:
        scores = [sum(match.points.values()) for match in group.matches]
        assert scores == sorted(scores, reverse=True) or scores == pytest.approx(
            sorted(scores, reverse=True), abs=1e-4
        )
        for match in group.matches:
            facts = match.found.facts
            expected = plainly.points(facts, match.judged, plainly.far(facts, where), asked)
            care = match.points[Merit.CARE]
            assert 0 <= care <= expected[Merit.CARE] + 1e-3
            assert ask.words or care == pytest.approx(expected[Merit.CARE], abs=1e-3)
            assert match.points == pytest.approx(expected | {Merit.CARE: care}, abs=1e-3)


def asked_for(town, known, need):
    with town.sessions() as session:
        return plainly.Asked(NOW, averages(session), known.limits.languages, need)


def test_what_has_the_need_has_all_points_of_its_kind(town):
    found = town.matches(replace(NEAR, words="detox"), Known())
    shown = [match for group in found.groups for match in group.matches]
    having = set(town.answering(Ask(need="detox")))
    assert {m.found.facts.number for m in shown} & having
    for match in shown:
        if match.found.facts.number in having:
            assert match.points[Merit.CARE] == pytest.approx(40, abs=1e-3)
        else:
            assert match.points[Merit.CARE] <= 20 + 1e-3


@pytest.mark.parametrize("verdict", Verdict)
def test_pages_of_one_verdict_show_all_of_it_once(town, verdict):
    known = CLIENTS[2]
    plain = judged(town, Ask(), known)
    total, shown = plain.totals[verdict], []
    for page in range(1, 2 + total // PER_PAGE):
        found = town.matches(Ask(page=page), known, only=verdict)
        groups = [group for group in found.groups if group.matches]
        assert [(group.verdict, group.total) for group in groups] in ([(verdict, total)], [])
        shown += [m.found.facts.number for group in groups for m in group.matches]
    of_it = {number for number, each in plain.verdicts.items() if each is verdict}
    assert len(shown) == len(set(shown)) == total
    assert set(shown) == of_it


@every_client
@pytest.mark.parametrize("name", ["a need, near", "filters", "with openings", "nothing"])
def test_without_an_index_the_same_is_found_and_judged_alike(town, name, known):
    ask = ASKS[name]
    plain = judged(town, ask, known)
    assert len(plain.judged) <= 200

    found = town.matches(ask, known, indexed=False)

    assert not found.indexed
    assert not found.in_part
    assert {group.verdict: group.total for group in found.groups} == plain.totals
    for group in found.groups:
        for match in group.matches:
            assert match.judged == plain.judged[match.found.facts.number]
    assert_settling(found, plain)


def test_without_an_index_it_says_that_there_are_more_than_it_judged(town):
    found = town.matches(Ask(), CLIENTS[1], indexed=False)
    assert found.in_part
    assert 0 < found.total < len(town.listings)
    plain = judged(town, Ask(), CLIENTS[1])
    for group in found.groups:
        for match in group.matches:
            assert match.judged.verdict is plain.verdicts[match.found.facts.number]


def test_a_need_that_is_none_finds_nothing(town):
    assert town.matches(Ask(need="nonsense"), Known()).groups == ()


def test_a_place_that_is_none_is_told_and_nothing_is_found(town):
    found = town.matches(Ask(near="99999"), Known())
    assert found.trouble is not None
    assert found.groups == ()
